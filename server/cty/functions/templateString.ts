import type { Expression } from '../../hcl/syntax';
import { convert } from '../convert';
import { deepMarks, withoutDeepMarks } from '../marks';
import type { Value } from '../value';
import { unknownValue, withMarks } from '../value';
import { parameter, textOf } from './argumentValues';
import type { FunctionTable, LazyArgument, Templates } from './function';
import { ArgumentError } from './function';

/** Facts: Terraform `lang/funcs/string.go`. */
export const templateFunctions: FunctionTable = {
  templatestring: {
    parameters: [parameter('template', 'dynamic'), parameter('vars', 'dynamic')],
    type: 'string',
    notNull: true,
    // How the first argument is written matters, so both are given as they are written.
    call: () => unknownValue('string', true),
    callLazily: ([template, variables], _, templates) => templateString(template, variables, templates),
  },
};

function templateString(
  template: LazyArgument | undefined,
  variables: LazyArgument | undefined,
  templates: Templates,
): Value {
  const given = valueOf(variables, 1, '');
  const marks = deepMarks(given);
  if (given.kind === 'null') throw new ArgumentError(1, 'argument must not be null');
  if (given.kind === 'unknown') return withMarks(unknownValue('string', true), marks);
  if (template?.expression) checkReference(template.expression);
  const text = valueOf(template, 0, 'invalid template expression: ');
  const allMarks = marks | text.marks;
  if (text.kind === 'unknown') return withMarks(unknownValue('string', true), allMarks);
  if (text.type !== 'string' || text.kind === 'null') {
    throw new ArgumentError(0, 'invalid template value: a string is required');
  }
  const result = templates.render(textOf(text), withoutDeepMarks(given), { files: false });
  return withMarks(asText(result), allMarks);
}

function valueOf(argument: LazyArgument | undefined, index: number, prefix: string): Value {
  if (!argument) throw new ArgumentError(index, 'the argument is missing');
  const { value, faults } = argument.evaluate();
  if (faults[0] !== undefined) throw new ArgumentError(index, prefix + faults[0]);
  return value;
}

function asText(result: Value): Value {
  try {
    return convert(result, 'string');
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new Error(`invalid template result: ${error.message}`, { cause: error });
  }
}

/** The template must come from elsewhere: anything but a plain reference is taken for a misunderstanding. */
function checkReference(expression: Expression): void {
  if (expression.kind === 'template') throw new ArgumentError(0, inlineMessage(expression));
  if (isReference(expression)) return;
  throw new ArgumentError(
    0,
    'invalid template expression: must be a direct reference to a single string from elsewhere, containing valid Terraform template syntax',
  );
}

function inlineMessage({ parts }: Extract<Expression, { kind: 'template' }>): string {
  const [first] = parts;
  const only =
    'invalid template expression: templatestring is only for rendering templates retrieved dynamically from elsewhere';
  if (parts.length > 1)
    return `${only}; to render an inline template, consider using a plain template string expression`;
  return first?.kind === 'interpolation'
    ? `${only}; to treat the inner expression as template syntax, write the reference expression directly without any template interpolation syntax`
    : `${only}, and so does not support providing a literal template; consider using a template string expression instead`;
}

function isReference(expression: Expression): boolean {
  switch (expression.kind) {
    case 'variable':
      return true;
    case 'getAttribute':
    case 'index':
    case 'splat':
      return isReference(expression.object);
    default:
      return false;
  }
}
