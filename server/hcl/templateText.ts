import type { Built } from './built';
import { decodeHeredoc, decodeQuoted } from './escapes';
import { FIRST_NODE, Kind } from './kinds';
import type { Template } from './syntax';

/** What stands between two sequences, in pieces that end with each line, or the place of a sequence. */
interface Token {
  readonly part: Built;
  value: string;
  readonly literal: boolean;
}

/**
 * The value of every literal part of a template: escapes resolved, trimmed next to `~`, the indentation of `<<-`
 * removed. HCL reads a heredoc line by line, so `~` reaches to the end of its line only, and a line that begins with
 * something trimmed is no line of its own for the indentation.
 */
export function templateTexts(
  text: string,
  form: Template['form'],
  children: readonly Built[],
): ReadonlyMap<Built, string> {
  const tokens = children.flatMap((part) => toTokens(text, form, part));
  trimTokens(text, tokens);
  if (form === 'indented-heredoc') removeIndentation(tokens);
  const values = new Map<Built, string>();
  for (const { part, value, literal } of tokens) {
    if (literal) values.set(part, (values.get(part) ?? '') + value);
  }
  return values;
}

function toTokens(text: string, form: Template['form'], part: Built): Token[] {
  if (part.kind !== Kind.text) {
    return part.kind >= FIRST_NODE ? [{ part, value: '', literal: false }] : [];
  }
  const source = text.slice(part.range.start, part.range.end);
  if (form === 'quoted') return [{ part, value: decodeQuoted(source), literal: true }];
  const lines = source.match(/[^\n]*\n|[^\n]+$/g) ?? [];
  return lines.map((line) => ({ part, value: decodeHeredoc(line), literal: true }));
}

const TILDE = 126;

function trimTokens(text: string, tokens: readonly Token[]): void {
  for (const [order, { part, literal }] of tokens.entries()) {
    if (literal) continue;
    const before = tokens[order - 1];
    const after = tokens[order + 1];
    if (before?.literal && text.charCodeAt(part.range.start + 2) === TILDE) {
      before.value = before.value.replace(SPACE_AT_END, '');
    }
    if (after?.literal && text.charCodeAt(part.range.end - 2) === TILDE) {
      after.value = after.value.replace(SPACE_AT_START, '');
    }
  }
}

/** What Go counts as space; not quite what JavaScript does. */
const SPACE = '[\\t-\\r \\u0085\\u00a0\\u1680\\u2000-\\u200a\\u2028\\u2029\\u202f\\u205f\\u3000]';
const SPACE_AT_START = new RegExp(`^${SPACE}+`);
const SPACE_AT_END = new RegExp(`${SPACE}+$`);

/** Takes from every line as much as the least indented one has. Blank lines neither count nor lose anything. */
function removeIndentation(tokens: readonly Token[]): void {
  const indented: Token[] = [];
  let least = Infinity;
  let atLineStart = true;
  for (const token of tokens) {
    if (atLineStart) {
      const spaces = SPACE_AT_START.exec(token.value)?.[0].length ?? 0;
      const blank = token.literal && spaces === token.value.length && token.value.endsWith('\n');
      if (!blank) least = Math.min(least, spaces);
      if (token.literal && !blank) indented.push(token);
    }
    atLineStart = token.literal && token.value.endsWith('\n');
  }
  for (const token of indented) token.value = token.value.slice(least);
}
