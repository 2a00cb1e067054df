import { evaluate } from '../../server/cty/evaluate';
import type { Evaluation } from '../../server/cty/evaluate';
import { formatValue } from '../../server/cty/format';
import type { World } from '../../server/cty/functions/function';
import { findFunctionDefinition } from '../../server/cty/functions/table';
import type { Scope } from '../../server/cty/scope';
import { typeToString } from '../../server/cty/type';
import type { Value } from '../../server/cty/value';
import { parse } from '../../server/hcl/parser';
import type { Expression } from '../../server/hcl/syntax';

/** A world without any files. */
export const emptyWorld: World = {
  baseFolder: '/',
  readFile: (name) => {
    throw new Error(`no file ${name}`);
  },
  fileExists: () => false,
  findFiles: () => [],
  homeFolder: () => '/',
};

const prefix = '_ = ';

/** Throws where the text is no expression. */
export function parseExpression(text: string): Expression {
  const { body, errors } = parse(`${prefix}${text}\n`);
  const [item] = body.items;
  if (errors[0] || item?.kind !== 'attribute')
    throw new Error(`${text}: ${errors[0]?.message ?? 'no expression'}`);
  return item.value;
}

export function scopeOf(names: Readonly<Record<string, Value>> = {}, more: Partial<Scope> = {}): Scope {
  return {
    variable: (name) => (Object.hasOwn(names, name) ? names[name] : undefined),
    functions: findFunctionDefinition,
    world: emptyWorld,
    ...more,
  };
}

export function evaluateText(
  text: string,
  names: Readonly<Record<string, Value>> = {},
  more: Partial<Scope> = {},
): Evaluation {
  return evaluate(parseExpression(text), scopeOf(names, more));
}

/** The value of an expression without errors. */
export function valueOf(text: string, names: Readonly<Record<string, Value>> = {}): Value {
  const { value, errors } = evaluateText(text, names);
  if (errors[0]) throw new Error(`${text}: ${errors[0].message}`);
  return value;
}

/** What a person would want to know of a value, in one line: `unknown string, not null`, `[1, 2] sensitive`. */
export function summary(value: Value): string {
  const marks = ['', ' sensitive', ' ephemeral', ' sensitive ephemeral'][value.marks] ?? '';
  const plain = { ...value, marks: 0 };
  if (plain.kind === 'unknown') {
    return `unknown ${typeToString(plain.type)}${plain.notNull ? ', not null' : ''}${marks}`;
  }
  return formatValue(plain).replace(/\n\s*/g, ' ') + marks;
}

/** The errors as drawn under the expression, one line each: `  ^^^ code: message`. */
export function drawErrors(text: string, { errors }: Pick<Evaluation, 'errors'>): string[] {
  return errors.map(({ range, code, message }) => {
    const [start, end] = [range.start - prefix.length, range.end - prefix.length];
    const line = text.lastIndexOf('\n', start - 1) + 1;
    return `${' '.repeat(start - line)}${'^'.repeat(Math.max(1, end - start))} ${code}: ${message}`;
  });
}
