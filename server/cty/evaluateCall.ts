import type { Call, Expression } from '../hcl/syntax';
import type { Range } from '../text/range';
import { callFunction } from './callFunction';
import { ConversionError, convert } from './convert';
import { describeValue } from './describe';
import type { EvaluationContext } from './evaluationContext';
import type { FunctionDefinition, LazyArgument, Parameter, Templates } from './functions/function';
import { ArgumentError } from './functions/function';
import { isCollection, isTuple } from './types';
import type { Value } from './value';
import { unknownValue, withMarks } from './value';

/** An argument as written, or one of the values that `...` makes of the last one. */
interface Argument {
  readonly range: Range;
  readonly source: Expression | Value;
}

export function evaluateCall(call: Call, templates: Templates, context: EvaluationContext): Value {
  const definition = context.scope.functions(call.name);
  if (definition === undefined) return callUnknown(call, context);
  const args = call.expand ? expand(call, context) : call.arguments.map(asWritten);
  if (args === undefined) return unknownValue('dynamic');
  if (definition.callLazily) return callLazily(call, definition, args, templates, context);
  if (!checkCount(call, definition, args, context)) return unknownValue('dynamic');
  const inner = context.apart();
  const values = args.map((arg, at) => evaluateArgument(arg, parameterAt(definition, at), call, inner));
  context.addAll(inner.errors);
  if (inner.errors.length > 0) return unknownValue('dynamic');
  return attempt(call, definition, args, context, () =>
    callFunction(definition, values, context.scope.world, templates),
  );
}

/** A provider's function runs in the provider; all others have to be known. */
function callUnknown(call: Call, context: EvaluationContext): Value {
  for (const argument of call.arguments) context.evaluate(argument);
  if (call.name.startsWith('provider::')) return unknownValue('dynamic');
  const hint = call.name.includes('::')
    ? 'Functions of providers are called as provider::name::function.'
    : 'Check the spelling, or the version of Terraform.';
  return context.fail(call.nameRange, 'unknown-function', `There is no function ${call.name}. ${hint}`);
}

function asWritten(expression: Expression): Argument {
  return { range: expression.range, source: expression };
}

/** The arguments with the members of the last one in its place; undefined where they are not known, or none. */
function expand(call: Call, context: EvaluationContext): Argument[] | undefined {
  const last = call.arguments.at(-1);
  if (last === undefined) return [];
  const inner = context.apart();
  const value = inner.evaluate(last);
  context.addAll(inner.errors);
  if (inner.errors.length > 0) return undefined;
  const sequence = isTuple(value.type) || (isCollection(value.type) && value.type[0] !== 'map');
  if (value.kind === 'null') {
    context.fail(
      last.range,
      'invalid-expansion',
      'This value is null, so ... has no arguments to make of it. Use coalesce, or a condition, to give it a value.',
    );
    return undefined;
  }
  if (!sequence) {
    if (value.type === 'dynamic') return undefined;
    context.fail(
      last.range,
      'invalid-expansion',
      `This is ${describeValue(value)}, and ... makes arguments of a list, set or tuple only.`,
    );
    return undefined;
  }
  if (value.kind === 'unknown' || !Array.isArray(value.content)) return undefined;
  const members = value.content as readonly Value[];
  return [
    ...call.arguments.slice(0, -1).map(asWritten),
    ...members.map((member) => ({ range: last.range, source: withMarks(member, value.marks) })),
  ];
}

function evaluateArgument(
  { range, source }: Argument,
  parameter: Parameter | undefined,
  call: Call,
  context: EvaluationContext,
): Value {
  const value = isValue(source) ? source : context.evaluate(source);
  if (parameter === undefined) return value;
  try {
    return convert(value, parameter.type);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    return context.fail(range, 'invalid-argument', argumentMessage(call, parameter, error.message));
  }
}

function isValue(source: Expression | Value): source is Value {
  return 'marks' in source;
}

function parameterAt(definition: FunctionDefinition, at: number): Parameter | undefined {
  return definition.parameters[at] ?? definition.variadic;
}

function checkCount(
  call: Call,
  definition: FunctionDefinition,
  args: readonly Argument[],
  context: EvaluationContext,
): boolean {
  const { parameters, variadic } = definition;
  const missing = parameters[args.length];
  const count = `${parameters.length.toString()} argument${parameters.length === 1 ? '' : 's'}`;
  if (missing !== undefined) {
    const close = { start: Math.max(call.nameRange.end, call.range.end - 1), end: call.range.end };
    const least = variadic ? 'at least ' : '';
    context.fail(
      close,
      'missing-argument',
      `${call.name} takes ${least}${count}. The one for "${missing.name}" is missing.`,
    );
    return false;
  }
  const extra = args[parameters.length];
  if (variadic === undefined && extra !== undefined) {
    context.fail(
      extra.range,
      'extra-argument',
      `${call.name} takes only ${count}. Remove this one and what follows it.`,
    );
    return false;
  }
  return true;
}

function callLazily(
  call: Call,
  definition: FunctionDefinition,
  args: readonly Argument[],
  templates: Templates,
  context: EvaluationContext,
): Value {
  const lazy = args.map(({ source }): LazyArgument => {
    if (isValue(source)) {
      return { expression: undefined, evaluate: () => ({ value: source, faults: [] }) };
    }
    return {
      expression: source,
      evaluate: () => {
        const inner = context.apart();
        const value = inner.evaluate(source);
        return { value, faults: inner.errors.map((error) => error.message) };
      },
    };
  });
  if (!checkCount(call, definition, args, context)) return unknownValue('dynamic');
  return attempt(
    call,
    definition,
    args,
    context,
    () => definition.callLazily?.(lazy, context.scope.world, templates) ?? unknownValue('dynamic'),
  );
}

function attempt(
  call: Call,
  definition: FunctionDefinition,
  args: readonly Argument[],
  context: EvaluationContext,
  run: () => Value,
): Value {
  try {
    return run();
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    const parameter = error instanceof ArgumentError ? parameterAt(definition, error.index) : undefined;
    if (error instanceof ArgumentError && parameter !== undefined) {
      const range = args[error.index]?.range ?? call.range;
      return context.fail(range, 'invalid-argument', argumentMessage(call, parameter, error.message));
    }
    return context.fail(call.range, 'call-failed', `${call.name} failed: ${withPeriod(error.message)}`);
  }
}

function argumentMessage(call: Call, parameter: Parameter, reason: string): string {
  return `The argument "${parameter.name}" of ${call.name} is not suitable: ${withPeriod(reason)}`;
}

function withPeriod(text: string): string {
  return /[.!?]\s*$/.test(text) ? text : `${text}.`;
}
