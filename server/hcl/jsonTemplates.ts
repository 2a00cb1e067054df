import type { Range } from '../text/range';
import { jsonError } from './jsonErrors';
import { offsetIn } from './jsonText';
import type { JsonString } from './jsonText';
import { parse } from './parser';
import { relocate } from './relocate';
import type { Expression, SyntaxError, Template, TemplatePart } from './syntax';

/**
 * A string that is a template once JSON's escapes are resolved: `${ }` and `%{ }` as in a heredoc, a backslash that is
 * left is a backslash. Every range is where the part stands in the JSON text.
 */
export function templateIn(string: JsonString, errors: SyntaxError[]): Template {
  if (!/[$%]\{/.test(string.value)) return literalTemplate(string);
  const marker = markerFor(string.value);
  const opening = `_=<<${marker}\n`;
  const read = readNative(string, opening, `\n${marker}\n`);
  if (read.value?.kind !== 'template') return literalTemplate(string);
  errors.push(...read.errors);
  const template = relocate(read.value, read.at);
  if (template.kind !== 'template') return literalTemplate(string);
  return { kind: 'template', range: string.range, form: 'quoted', parts: withoutLastBreak(template.parts) };
}

/** The string as it is, whatever stands in it. */
export function literalTemplate(string: JsonString): Template {
  const { value } = string;
  const parts: TemplatePart[] =
    value === '' ? [] : [{ kind: 'text', range: insideOf(string), value: value.normalize('NFC') }];
  return { kind: 'template', range: string.range, form: 'quoted', parts };
}

/** The expression that a string holds without `${ }`: a reference, a type, a keyword. */
export function referenceIn(string: JsonString, errors: SyntaxError[]): Expression {
  const read = readNative(string, '_=(', '\n)');
  const inner = read.value?.kind === 'parenthesis' ? read.value.inner : undefined;
  const isWhole = inner !== undefined && inner.kind !== 'missing' && read.alone;
  // The parser's own words would speak of parentheses that nobody wrote.
  if (!isWhole || read.errors.length > 0) {
    errors.push(jsonError('json-reference-expected', string.range, string.value));
  }
  if (!isWhole) return { kind: 'error', range: string.range };
  return relocate(inner, read.at);
}

/** The range between the quotes. */
export function insideOf(string: JsonString): Range {
  return { start: offsetIn(string, 0), end: offsetIn(string, string.value.length) };
}

interface Read {
  readonly value: Expression | undefined;
  /** Nothing but that value came out. */
  readonly alone: boolean;
  readonly errors: readonly SyntaxError[];
  readonly at: (range: Range) => Range;
}

/** Parses a string's value between `opening` and `closing`, which make it one argument of a native file. */
function readNative(string: JsonString, opening: string, closing: string): Read {
  const { value } = string;
  const file = parse(`${opening}${value}${closing}`);
  const inside = (offset: number): number =>
    offsetIn(string, Math.max(0, Math.min(value.length, offset - opening.length)));
  const at = ({ start, end }: Range): Range => ({ start: inside(start), end: inside(end) });
  const [first] = file.body.items;
  return {
    value: first?.kind === 'attribute' ? first.value : undefined,
    alone:
      file.body.items.length === 1 && first?.range.end === opening.length + value.length + closing.length,
    errors: file.errors.map((error) => ({ ...error, range: at(error.range) })),
    at,
  };
}

/** A heredoc's marker that is no line of the text. */
function markerFor(value: string): string {
  let marker = 'T';
  while (value.includes(marker)) marker += 'T';
  return marker;
}

/** The line break before a heredoc's marker belongs to the heredoc, not to the string. */
function withoutLastBreak(parts: readonly TemplatePart[]): TemplatePart[] {
  const last = parts.at(-1);
  if (last?.kind !== 'text' || !last.value.endsWith('\n')) return [...parts];
  const value = last.value.slice(0, -1);
  return [...parts.slice(0, -1), ...(value === '' ? [] : [{ ...last, value }])];
}
