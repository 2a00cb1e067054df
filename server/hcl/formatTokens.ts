import type { FlatItem } from './flatTree';
import { STRIDE, childrenAt, endAt, kindAt, rootsOf, startAt } from './flatTree';
import { canonicalLabel } from './formatLabels';
import { FIRST_NODE, Kind, isExpression } from './kinds';
import type { FlatSourceFile } from './sourceFile';

/** A line break; the kinds of the tree have none. */
export const NEWLINE = 200;

/** What the formatter moves: a token and the number of spaces before it. */
export interface FormatToken {
  readonly kind: number;
  /** A line comment and a heredoc opener own their line break. */
  readonly text: string;
  spaces: number;
}

/** The tokens of a file without errors, rewritten where the canonical form has other tokens. */
export function formatTokens(file: FlatSourceFile): FormatToken[] {
  const writer = new TokenWriter(file.text);
  file.items.forEach((item, order) => {
    writer.writeItem(item, file.starts[order] ?? 0);
  });
  writer.finish();
  return writer.tokens;
}

/** What happens to single leaves of an item, by their index. */
interface Rewrites {
  /** Written instead of the leaf. */
  readonly texts: ReadonlyMap<number, readonly FormatToken[]>;
  /** `${` and `}` of wrappers that are taken off. */
  readonly opens: ReadonlySet<number>;
  readonly closes: ReadonlySet<number>;
}

class TokenWriter {
  readonly tokens: FormatToken[] = [];
  private position = 0;
  private unwrapFrom = 0;

  constructor(private readonly text: string) {
    if (text.startsWith('\uFEFF')) this.position = 1;
  }

  writeItem({ entries }: FlatItem, base: number): void {
    const rewrites = findRewrites(this.text, entries, base);
    for (let index = 0; index < entries.length; index += STRIDE) {
      const kind = kindAt(entries, index);
      if (kind >= FIRST_NODE) continue;
      this.writeGap(base + startAt(entries, index));
      this.position = base + endAt(entries, index);
      if (rewrites.opens.has(index)) this.unwrapFrom = this.tokens.length;
      else if (rewrites.closes.has(index)) this.unwrap();
      else this.writeLeaf(kind, base + startAt(entries, index), rewrites.texts.get(index));
    }
  }

  finish(): void {
    const from = Math.max(this.position, this.text.lastIndexOf('\n') + 1);
    this.writeGap(this.text.length);
    // What stands after the last token or line break is kept, in spaces.
    this.tokens.push({ kind: Kind.endOfFile, text: '', spaces: this.text.length - from });
  }

  private writeLeaf(kind: number, start: number, instead: readonly FormatToken[] | undefined): void {
    if (instead === undefined) this.tokens.push(token(kind, this.text.slice(start, this.position)));
    else this.tokens.push(...instead);
  }

  /** The line breaks between two leaves. */
  private writeGap(end: number): void {
    let offset = this.position;
    while (offset < end) {
      const newline = this.text.indexOf('\n', offset);
      if (newline < 0 || newline >= end) break;
      const start = newline > offset && this.text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
      this.writeNewline(this.text.slice(start, newline + 1));
      offset = newline + 1;
    }
    this.position = end;
  }

  private writeNewline(text: string): void {
    const last = this.tokens.at(-1);
    if (last !== undefined && isLineComment(last) && !last.text.endsWith('\n')) {
      this.tokens.splice(-1, 1, token(Kind.comment, last.text + text));
    } else this.tokens.push(token(NEWLINE, text));
  }

  /** Ends the tokens of a wrapper's inside: no line breaks around them, parentheses around several lines. */
  private unwrap(): void {
    let inside = this.tokens.splice(this.unwrapFrom);
    while (inside[0]?.kind === NEWLINE) inside = inside.slice(1);
    while (inside.at(-1)?.kind === NEWLINE) inside = inside.slice(0, -1);
    if (needsParentheses(inside)) {
      inside = [token(Kind.openParenthesis, '('), ...inside, token(Kind.closeParenthesis, ')')];
    }
    for (const item of inside) this.tokens.push(item);
  }
}

export function isLineComment({ kind, text }: FormatToken): boolean {
  return kind === Kind.comment && !text.startsWith('/*');
}

function token(kind: number, text: string): FormatToken {
  return { kind, text, spaces: 0 };
}

/**
 * Terraform puts parentheses around an inside of several lines that does not begin and end with one. That is not enough
 * where a line break outside of all brackets would end the argument; there the parentheses are ours.
 */
function needsParentheses(tokens: readonly FormatToken[]): boolean {
  const bracketed = tokens[0]?.kind === Kind.openParenthesis && tokens.at(-1)?.kind === Kind.closeParenthesis;
  if (!bracketed && tokens.some(({ kind }) => kind === NEWLINE)) return true;
  let depth = 0;
  return tokens.some((item, order) => {
    depth += bracketChange(item.kind);
    const breaks = item.kind === NEWLINE || isLineComment(item);
    return breaks && depth === 0 && order < tokens.length - 1;
  });
}

/** How a token changes the number of open brackets. */
export function bracketChange(kind: number): number {
  return BRACKETS[kind] ?? 0;
}

const BRACKETS: Readonly<Record<number, number>> = {
  [Kind.openBrace]: 1,
  [Kind.openBracket]: 1,
  [Kind.openParenthesis]: 1,
  [Kind.openInterpolation]: 1,
  [Kind.openDirective]: 1,
  [Kind.closeBrace]: -1,
  [Kind.closeBracket]: -1,
  [Kind.closeParenthesis]: -1,
  [Kind.closeTemplate]: -1,
};

function findRewrites(text: string, entries: Int32Array, base: number): Rewrites {
  const texts = new Map<number, readonly FormatToken[]>();
  const opens = new Set<number>();
  const closes = new Set<number>();
  const types = typeAttributes(text, entries, base);
  const source = (index: number): string =>
    text.slice(base + startAt(entries, index), base + endAt(entries, index));
  for (let index = 0; index < entries.length; index += STRIDE) {
    const kind = kindAt(entries, index);
    if (kind === Kind.label) texts.set(index, [token(Kind.label, canonicalLabel(source(index)))]);
    if (kind !== Kind.attribute) continue;
    const value = childrenAt(entries, index).findLast((child) => isExpression(kindAt(entries, child)));
    if (value === undefined) continue;
    if (types.has(index)) rewriteType(entries, value, source, texts);
    else findWrapper(entries, value, texts, opens, closes);
  }
  return { texts, opens, closes };
}

/** A value that is one string with one interpolation and nothing else loses its quotes and `${}`. */
function findWrapper(
  entries: Int32Array,
  value: number,
  texts: Map<number, readonly FormatToken[]>,
  opens: Set<number>,
  closes: Set<number>,
): void {
  if (kindAt(entries, value) !== Kind.quoted) return;
  const [quote, part, end, ...more] = childrenAt(entries, value);
  if (quote === undefined || part === undefined || end === undefined || more.length > 0) return;
  if (kindAt(entries, part) !== Kind.interpolation) return;
  const inner = childrenAt(entries, part);
  const [open, close] = [inner[0], inner.at(-1)];
  if (open === undefined || close === undefined) return;
  texts.set(quote, []);
  texts.set(end, []);
  opens.add(open);
  closes.add(close);
}

/** The `type` arguments directly in a top-level `variable` block. */
function typeAttributes(text: string, entries: Int32Array, base: number): Set<number> {
  const found = new Set<number>();
  const word = (index: number): string =>
    text.slice(base + startAt(entries, index), base + endAt(entries, index));
  for (const root of rootsOf(entries)) {
    if (kindAt(entries, root) !== Kind.block) continue;
    const children = childrenAt(entries, root);
    const body = children.find((child) => kindAt(entries, child) === Kind.body);
    if (body === undefined || word(children[0] ?? root) !== 'variable') continue;
    for (const child of childrenAt(entries, body)) {
      if (
        kindAt(entries, child) === Kind.attribute &&
        word(childrenAt(entries, child)[0] ?? child) === 'type'
      ) {
        found.add(child);
      }
    }
  }
  return found;
}

/** Type constraints of Terraform 0.11 and bare collection types in their present form. */
const TYPES: Readonly<Record<string, readonly [string, string?]>> = {
  list: ['list', 'any'],
  map: ['map', 'any'],
  set: ['set', 'any'],
  '"string"': ['string'],
  '"list"': ['list', 'string'],
  '"map"': ['map', 'string'],
};

function rewriteType(
  entries: Int32Array,
  value: number,
  source: (index: number) => string,
  texts: Map<number, readonly FormatToken[]>,
): void {
  const kind = kindAt(entries, value);
  if (kind !== Kind.variable && kind !== Kind.quoted) return;
  const type = Object.hasOwn(TYPES, source(value)) ? TYPES[source(value)] : undefined;
  if (type === undefined) return;
  const [first = value, ...rest] = childrenAt(entries, value);
  const [name, element] = type;
  const tokens = [token(Kind.identifier, name)];
  if (element !== undefined) {
    tokens.push(
      token(Kind.openParenthesis, '('),
      token(Kind.identifier, element),
      token(Kind.closeParenthesis, ')'),
    );
  }
  texts.set(first, tokens);
  for (const leaf of rest) texts.set(leaf, []);
}
