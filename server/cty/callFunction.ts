import { ConversionError, convert } from './convert';
import type { FunctionDefinition, Parameter, Templates, World } from './functions/function';
import { ArgumentError } from './functions/function';
import { deepMarks, withoutDeepMarks } from './marks';
import type { CtyType } from './type';
import type { Value } from './value';
import { noMarks, unknownValue, withMarks } from './value';

/**
 * Calls a function as Terraform does: checks the number of arguments, converts each to its parameter's type, refuses
 * null where the function does, answers for it where an argument is unknown, and carries marks over to the result.
 * Throws an ArgumentError for one argument's fault and an Error for any other.
 */
export function callFunction(
  definition: FunctionDefinition,
  args: readonly Value[],
  world: World,
  templates: Templates = noTemplates,
): Value {
  checkCount(definition, args.length);
  const parameters = args.map((_, at) => definition.parameters[at] ?? definition.variadic);
  const converted = args.map((value, at) => convertArgument(value, parameters[at], at));
  let marks = noMarks;
  const plain = converted.map((value, at) => {
    if (parameters[at]?.allowMarked) return value;
    marks |= deepMarks(value);
    return withoutDeepMarks(value);
  });
  const type = resultType(definition, plain, parameters);
  const waits = plain.some((value, at) => value.kind === 'unknown' && !parameters[at]?.allowUnknown);
  if (type === undefined) return withMarks(unknownValue('dynamic'), marks);
  if (waits) return withMarks(unknownValue(type, definition.notNull && type !== 'dynamic'), marks);
  const result = definition.call(plain, type, world, templates);
  return withMarks(
    definition.notNull && result.kind === 'unknown' && result.type !== 'dynamic'
      ? { ...result, notNull: true }
      : result,
    marks,
  );
}

const noTemplates: Templates = {
  render: () => {
    throw new Error('templates cannot be rendered here');
  },
};

/** Undefined where an argument's type is not known yet and the function cannot deal with that. */
function resultType(
  definition: FunctionDefinition,
  args: readonly Value[],
  parameters: readonly (Parameter | undefined)[],
): CtyType | undefined {
  for (const [at, value] of args.entries()) {
    const parameter = parameters[at];
    if (value.kind === 'null' && !parameter?.allowNull) {
      throw new ArgumentError(at, 'argument must not be null');
    }
    if (value.type === 'dynamic' && !parameter?.allowDynamic) return undefined;
  }
  return typeof definition.type === 'function' ? definition.type(args) : definition.type;
}

function convertArgument(value: Value, parameter: Parameter | undefined, at: number): Value {
  if (parameter === undefined) return value;
  try {
    return convert(value, parameter.type);
  } catch (error) {
    if (error instanceof ConversionError) throw new ArgumentError(at, error.message);
    throw error;
  }
}

function checkCount(definition: FunctionDefinition, given: number): void {
  const required = definition.parameters.length;
  if (definition.variadic ? given >= required : given === required) return;
  const atLeast = definition.variadic ? 'at least ' : '';
  throw new Error(
    `wrong number of arguments (${atLeast}${required.toString()} required; ${given.toString()} given)`,
  );
}
