import type { Entries, FlatItem } from './flatTree';
import { STRIDE, childrenAt, endAt, kindAt, lastChildAt, rootsOf, startAt } from './flatTree';
import { canonicalLabel } from './formatLabels';
import { FIRST_NODE, Kind } from './kinds';
import type { FlatSourceFile } from './sourceFile';

/** Kinds that the tree does not have. */
export const NEWLINE = 200;
/** With the line break that ends it. */
export const LINE_COMMENT = 201;
/** The word `in`, whatever it is there. */
export const IN = 202;

/** What the formatter moves: a token and the number of spaces before it. A heredoc's opener owns its line break. */
export interface FormatToken {
  readonly kind: number;
  /** Where it stands in the source; where it would stand when it does not. */
  readonly start: number;
  end: number;
  /** Undefined for the text of the source. */
  readonly text: string | undefined;
  spaces: number;
}

/** The tokens of a file without errors, rewritten where the canonical form has other tokens. */
export function formatTokens(text: string, file: FlatSourceFile): FormatToken[] {
  const writer = new TokenWriter(text);
  file.items.forEach((item, order) => {
    writer.writeItem(item, file.starts[order] ?? 0);
  });
  writer.finish();
  return writer.tokens;
}

/** A token that the source does not have. */
interface NewToken {
  readonly kind: number;
  readonly text: string;
}

/** What happens to single leaves of an item, by their index. */
interface Rewrites {
  /** Written instead of the leaf. */
  readonly tokens: Map<number, readonly NewToken[]>;
  /** `${` and `}` of wrappers that are taken off. */
  readonly opens: Set<number>;
  readonly closes: Set<number>;
}

class TokenWriter {
  readonly tokens: FormatToken[] = [];
  private position = 0;
  private unwrapFrom = 0;

  constructor(private readonly text: string) {
    if (text.startsWith('\uFEFF')) this.position = 1;
  }

  writeItem(item: FlatItem, base: number): void {
    const { entries, first, limit } = item;
    const rewrites = findRewrites(this.text, item, base);
    for (let index = first; index < limit; index += STRIDE) {
      const kind = kindAt(entries, index);
      if (kind >= FIRST_NODE) continue;
      const start = base + startAt(entries, index);
      if (start > this.position) this.writeGap(start);
      this.position = base + endAt(entries, index);
      if (rewrites === undefined) this.writeLeaf(kind, start);
      else if (rewrites.opens.has(index)) this.unwrapFrom = this.tokens.length;
      else if (rewrites.closes.has(index)) this.unwrap();
      else this.writeRewritten(kind, start, rewrites.tokens.get(index));
    }
  }

  finish(): void {
    const { length } = this.text;
    const from = Math.max(this.position, this.text.lastIndexOf('\n') + 1);
    this.writeGap(length);
    // What stands after the last token or line break is kept, in spaces.
    this.push(Kind.endOfFile, length, length);
    this.last().spaces = length - from;
  }

  private writeLeaf(kind: number, start: number): void {
    const { text, position } = this;
    if (kind === Kind.comment && text.charCodeAt(start + 1) !== 42) this.push(LINE_COMMENT, start, position);
    else if (position - start === 2 && isName(kind) && text.startsWith('in', start))
      this.push(IN, start, position);
    else this.push(kind, start, position);
  }

  private writeRewritten(kind: number, start: number, instead: readonly NewToken[] | undefined): void {
    if (instead === undefined) this.writeLeaf(kind, start);
    else for (const { kind, text } of instead) this.push(kind, start, this.position, text);
  }

  /** The line breaks between two leaves. */
  private writeGap(end: number): void {
    let offset = this.position;
    while (offset < end) {
      const newline = this.text.indexOf('\n', offset);
      if (newline < 0 || newline >= end) break;
      const start = newline > offset && this.text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
      this.writeNewline(start, newline + 1);
      offset = newline + 1;
    }
    this.position = end;
  }

  private writeNewline(start: number, end: number): void {
    const last = this.tokens.at(-1);
    if (last?.kind === LINE_COMMENT && this.text.charCodeAt(last.end - 1) !== 10) last.end = end;
    else this.push(NEWLINE, start, end);
  }

  /** Ends the tokens of a wrapper's inside: no line breaks around them, parentheses around several lines. */
  private unwrap(): void {
    let inside = this.tokens.splice(this.unwrapFrom);
    while (inside[0]?.kind === NEWLINE) inside = inside.slice(1);
    while (inside.at(-1)?.kind === NEWLINE) inside = inside.slice(0, -1);
    const parentheses = needsParentheses(inside);
    const start = inside[0]?.start ?? this.position;
    if (parentheses) this.push(Kind.openParenthesis, start, start, '(');
    for (const item of inside) this.tokens.push(item);
    if (parentheses) this.push(Kind.closeParenthesis, this.position, this.position, ')');
  }

  private push(kind: number, start: number, end: number, text?: string): void {
    this.tokens.push({ kind, start, end, text, spaces: 0 });
  }

  private last(): FormatToken {
    const last = this.tokens.at(-1);
    if (last === undefined) throw new Error('There is no token yet.');
    return last;
  }
}

/** Keywords are identifiers to Terraform's formatter. */
export function isName(kind: number): boolean {
  return (
    kind === Kind.identifier ||
    kind === Kind.keyword ||
    kind === Kind.variable ||
    kind === Kind.literal ||
    kind === IN
  );
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
    const breaks = item.kind === NEWLINE || item.kind === LINE_COMMENT;
    return breaks && depth === 0 && order < tokens.length - 1;
  });
}

/** How a token changes the number of open brackets. */
export function bracketChange(kind: number): number {
  return BRACKETS[kind] ?? 0;
}

const BRACKETS = new Int8Array(256);
for (const kind of [
  Kind.openBrace,
  Kind.openBracket,
  Kind.openParenthesis,
  Kind.openInterpolation,
  Kind.openDirective,
]) {
  BRACKETS[kind] = 1;
}
for (const kind of [Kind.closeBrace, Kind.closeBracket, Kind.closeParenthesis, Kind.closeTemplate]) {
  BRACKETS[kind] = -1;
}

/** Undefined for the many items in which nothing is rewritten. */
function findRewrites(text: string, item: FlatItem, base: number): Rewrites | undefined {
  const { entries } = item;
  const rewrites: Rewrites = { tokens: new Map(), opens: new Set(), closes: new Set() };
  const types = typeAttributes(text, item, base);
  const source = (index: number): string =>
    text.slice(base + startAt(entries, index), base + endAt(entries, index));
  for (let index = item.first; index < item.limit; index += STRIDE) {
    const kind = kindAt(entries, index);
    if (kind === Kind.label) {
      const written = source(index);
      const label = canonicalLabel(written);
      if (label !== written) rewrites.tokens.set(index, [{ kind, text: label }]);
    } else if (kind === Kind.attribute) {
      const value = lastChildAt(entries, index);
      if (types?.has(index) === true) rewriteType(entries, value, source, rewrites);
      else if (kindAt(entries, value) === Kind.quoted) findWrapper(entries, value, rewrites);
    }
  }
  return rewrites.tokens.size > 0 ? rewrites : undefined;
}

/** A value that is one string with one interpolation and nothing else loses its quotes and `${}`. */
function findWrapper(entries: Entries, value: number, { tokens, opens, closes }: Rewrites): void {
  const [quote, part, end, ...more] = childrenAt(entries, value);
  if (quote === undefined || part === undefined || end === undefined || more.length > 0) return;
  if (kindAt(entries, part) !== Kind.interpolation) return;
  const inner = childrenAt(entries, part);
  const [open, close] = [inner[0], inner.at(-1)];
  if (open === undefined || close === undefined) return;
  tokens.set(quote, []);
  tokens.set(end, []);
  opens.add(open);
  closes.add(close);
}

/** The `type` arguments directly in a top-level `variable` block. */
function typeAttributes(text: string, item: FlatItem, base: number): Set<number> | undefined {
  const { entries } = item;
  const isWord = (index: number, word: string): boolean =>
    endAt(entries, index) - startAt(entries, index) === word.length &&
    text.startsWith(word, base + startAt(entries, index));
  for (const root of rootsOf(item)) {
    if (kindAt(entries, root) !== Kind.block) continue;
    const children = childrenAt(entries, root);
    const body = children.find((child) => kindAt(entries, child) === Kind.body);
    if (body === undefined || !isWord(children[0] ?? root, 'variable')) continue;
    return new Set(
      childrenAt(entries, body).filter(
        (child) =>
          kindAt(entries, child) === Kind.attribute && isWord(childrenAt(entries, child)[0] ?? child, 'type'),
      ),
    );
  }
  return undefined;
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
  entries: Entries,
  value: number,
  source: (index: number) => string,
  { tokens }: Rewrites,
): void {
  const kind = kindAt(entries, value);
  if (kind !== Kind.variable && kind !== Kind.quoted) return;
  const type = Object.hasOwn(TYPES, source(value)) ? TYPES[source(value)] : undefined;
  if (type === undefined) return;
  const [first = value, ...rest] = childrenAt(entries, value);
  const [name, element] = type;
  const written = [{ kind: Kind.identifier as number, text: name }];
  if (element !== undefined) {
    written.push(
      { kind: Kind.openParenthesis, text: '(' },
      { kind: Kind.identifier, text: element },
      { kind: Kind.closeParenthesis, text: ')' },
    );
  }
  tokens.set(first, written);
  for (const leaf of rest) tokens.set(leaf, []);
}
