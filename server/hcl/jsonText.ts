import type { Range } from '../text/range';
import { jsonError } from './jsonErrors';
import type { JsonErrorCode } from './jsonErrors';
import type { SyntaxError } from './syntax';

/** A JSON value with its place in the text. */
export type JsonValue =
  | JsonObject
  | JsonArray
  | JsonString
  | { readonly kind: 'number'; readonly range: Range; readonly text: string }
  | { readonly kind: 'bool'; readonly range: Range; readonly value: boolean }
  | { readonly kind: 'null'; readonly range: Range }
  /** Nothing or nothing readable stands where a value must be. */
  | { readonly kind: 'invalid'; readonly range: Range };

export interface JsonObject {
  readonly kind: 'object';
  readonly range: Range;
  /** In file order; a name may come twice. */
  readonly properties: readonly JsonProperty[];
  readonly closed: boolean;
}

export interface JsonProperty {
  readonly name: JsonString;
  readonly value: JsonValue;
}

export interface JsonArray {
  readonly kind: 'array';
  readonly range: Range;
  readonly items: readonly JsonValue[];
  readonly closed: boolean;
}

export interface JsonString {
  readonly kind: 'string';
  /** With the quotes. */
  readonly range: Range;
  /** With escapes resolved. */
  readonly value: string;
  /** The offset in the text of each UTF-16 unit of the value and of its end; absent where nothing is escaped. */
  readonly offsets?: readonly number[];
}

export interface JsonText {
  readonly root: JsonValue;
  /** Empty exactly when the text is JSON as RFC 8259 has it, without a byte order mark and not too deep. */
  readonly errors: readonly SyntaxError[];
}

/** Deeper values are errors: whoever walks the tree may recurse. */
const deepest = 400;

/** More say nothing new. */
const mostErrors = 100;

/** Reads any text at all as JSON, as far as it is: never throws, and keeps what stands around a mistake. */
export function readJson(text: string): JsonText {
  const reader = new Reader(text);
  return { root: reader.document(), errors: reader.errors };
}

/** Where in the text the unit at `index` of the string's value stands. */
export function offsetIn(string: JsonString, index: number): number {
  return string.offsets?.[index] ?? string.range.start + 1 + index;
}

const space = /[ \t\r\n]*/y;
const comment = /\/\/[^\n]*|#[^\n]*|\/\*[^]*?(?:\*\/|$)/y;
/** All but the quote, the backslash and control characters. */
const plainString = /"[ !#-[\]-\uffff]*"/y;
const stringChunk = /[ !#-[\]-\uffff]+/y;
const escape = /\\(?:["\\/bfnrt]|u[0-9a-fA-F]{4})/y;
const numberLike = /[-+.0-9][-+.0-9eE]*/y;
const number = /^-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?(?:[eE][-+]?[0-9]+)?$/;
const word = /[A-Za-z_$][A-Za-z0-9_$.-]*/y;
/** Text that means nothing, up to where JSON may go on. */
const junk = /[^\s"{}[\],:]+/y;

class Reader {
  readonly errors: SyntaxError[] = [];
  private at = 0;
  /** The brackets that are open, outermost first. */
  private readonly open: string[] = [];

  constructor(private readonly text: string) {}

  document(): JsonValue {
    if (this.text.startsWith('\uFEFF')) {
      this.error('json-byte-order-mark', { start: 0, end: 1 });
      this.at = 1;
    }
    const root = this.value();
    this.skip();
    if (this.at < this.text.length) {
      this.error('json-after-end', { start: this.at, end: this.text.length });
    }
    return root;
  }

  private value(): JsonValue {
    this.skip();
    const start = this.at;
    const char = this.text.charAt(start);
    if (char === '{' || char === '[') return this.bracket(char, start);
    if (char === '"') return this.string();
    const digits = this.match(numberLike);
    if (digits !== undefined) return this.number(digits, start);
    const name = this.match(word);
    if (name !== undefined) return this.keyword(name, start);
    const nothing = this.match(junk) === undefined;
    const range = { start, end: this.at };
    const shown = nothing && start < this.text.length ? { start, end: start + 1 } : range;
    this.error(char === "'" ? 'json-single-quotes' : 'json-value-expected', shown);
    return { kind: 'invalid', range };
  }

  private bracket(char: string, start: number): JsonValue {
    if (this.open.length >= deepest) {
      this.error('json-too-deep', { start, end: start + 1 });
      this.skipBalanced();
      return { kind: 'invalid', range: { start, end: this.at } };
    }
    this.at += 1;
    this.open.push(char);
    const value = char === '{' ? this.object(start) : this.array(start);
    this.open.pop();
    return value;
  }

  private object(start: number): JsonObject {
    const properties: JsonProperty[] = [];
    for (;;) {
      const end = this.end('}', start);
      if (end !== undefined) return { kind: 'object', properties, ...end };
      const name = this.name();
      if (name !== undefined) properties.push({ name, value: this.propertyValue() });
      this.separator('}');
    }
  }

  private array(start: number): JsonArray {
    const items: JsonValue[] = [];
    for (;;) {
      const end = this.end(']', start);
      if (end !== undefined) return { kind: 'array', items, ...end };
      items.push(this.value());
      this.skip();
      if (this.text.charAt(this.at) === ':') {
        this.error('json-colon-in-array', { start: this.at, end: this.at + 1 });
        this.at += 1;
        this.value();
      }
      this.separator(']');
    }
  }

  /** What ends an object or array here, if anything does. */
  private end(close: '}' | ']', start: number): { range: Range; closed: boolean } | undefined {
    this.skip();
    const char = this.text.charAt(this.at);
    if (char === close) {
      this.at += 1;
      return { range: { start, end: this.at }, closed: true };
    }
    if (char === '') {
      this.error(close === '}' ? 'json-unclosed-object' : 'json-unclosed-array', { start, end: start + 1 });
      return { range: { start, end: this.at }, closed: false };
    }
    if (char !== '}' && char !== ']') return undefined;
    this.error('json-wrong-bracket', { start: this.at, end: this.at + 1 }, close);
    // The bracket belongs to something around this, or it stands for the right one.
    const belongsOutside = this.open.slice(0, -1).includes(char === '}' ? '{' : '[');
    if (!belongsOutside) this.at += 1;
    return { range: { start, end: this.at }, closed: false };
  }

  private name(): JsonString | undefined {
    const start = this.at;
    if (this.text.charAt(start) === '"') return this.string();
    const bare = this.match(word) ?? this.match(junk);
    if (bare === undefined) {
      this.error('json-name-expected', { start, end: start + 1 });
      // A value that has no name is read over as a whole.
      if (/[{[]/.test(this.text.charAt(start))) this.value();
      else if (this.text.charAt(start) !== ',') this.at += 1;
      return undefined;
    }
    this.error('json-name-quotes', { start, end: this.at });
    return { kind: 'string', range: { start, end: this.at }, value: bare, offsets: unquoted(start, bare) };
  }

  private propertyValue(): JsonValue {
    this.skip();
    const char = this.text.charAt(this.at);
    const range = { start: this.at, end: Math.min(this.at + 1, this.text.length) };
    if (char === ':') {
      this.at += 1;
      return this.value();
    }
    if (char === '=') {
      this.error('json-equals', range);
      this.at += 1;
      return this.value();
    }
    this.error('json-colon-expected', range);
    if (/^[,}\]]?$/.test(char)) return { kind: 'invalid', range: { start: this.at, end: this.at } };
    return this.value();
  }

  /** The comma between two members, and what is wrong about it. */
  private separator(close: '}' | ']'): void {
    this.skip();
    const start = this.at;
    const char = this.text.charAt(start);
    if (char === '' || char === '}' || char === ']') return;
    if (char !== ',') {
      this.error('json-comma-expected', { start, end: start + 1 });
      // What can start no member would be met again.
      if (char === ':' || char === '=') this.at += 1;
      return;
    }
    this.at += 1;
    this.skip();
    if (this.text.charAt(this.at) === close) {
      this.error('json-trailing-comma', { start, end: start + 1 });
    }
  }

  private string(): JsonString {
    const start = this.at;
    const plain = this.match(plainString);
    if (plain !== undefined) {
      return { kind: 'string', range: { start, end: this.at }, value: plain.slice(1, -1) };
    }
    this.at += 1;
    const pieces: string[] = [];
    const offsets: number[] = [];
    for (;;) {
      const from = this.at;
      const chunk = this.match(stringChunk);
      if (chunk !== undefined) {
        pieces.push(chunk);
        for (let unit = 0; unit < chunk.length; unit++) offsets.push(from + unit);
        continue;
      }
      const char = this.text.charAt(from);
      if (char !== '\\') {
        offsets.push(from);
        if (char === '"') this.at += 1;
        else this.unterminated(char, start);
        return {
          kind: 'string',
          range: { start, end: this.at },
          value: withoutLoneSurrogates(pieces.join('')),
          offsets,
        };
      }
      const sequence = this.match(escape);
      pieces.push(sequence === undefined ? '\\' : decodeEscape(sequence));
      offsets.push(from);
      if (sequence !== undefined) continue;
      this.at += 1;
      this.error('json-escape', { start: from, end: Math.min(from + 2, this.text.length) });
    }
  }

  private unterminated(char: string, start: number): void {
    if (char === '' || char === '\n' || char === '\r') {
      this.error('json-unclosed-string', { start, end: this.at });
      return;
    }
    this.error('json-control-character', { start: this.at, end: this.at + 1 });
    // The string goes on behind a tab or another such character for whoever wrote it.
    const rest = /[^"\n\r]*"?/y;
    this.match(rest);
  }

  private number(digits: string, start: number): JsonValue {
    const range = { start, end: this.at };
    if (number.test(digits)) return { kind: 'number', range, text: digits };
    this.error('json-number', range);
    return { kind: 'invalid', range };
  }

  private keyword(name: string, start: number): JsonValue {
    const range = { start, end: this.at };
    if (name === 'true' || name === 'false') return { kind: 'bool', range, value: name === 'true' };
    if (name === 'null') return { kind: 'null', range };
    this.error('json-keyword', range);
    return { kind: 'invalid', range };
  }

  /** White space, and comments, which JSON does not have. */
  private skip(): void {
    for (;;) {
      this.match(space);
      const start = this.at;
      if (this.match(comment) === undefined) return;
      this.error('json-comment', { start, end: this.at });
    }
  }

  /** Past the bracket that closes the one here, or to the end of the text. */
  private skipBalanced(): void {
    let depth = 0;
    const step = /"(?:[^"\\]|\\.)*"?|[{}[\]]|[^"{}[\]]+/y;
    for (let token = this.match(step); token !== undefined; token = this.match(step)) {
      if (token === '{' || token === '[') depth += 1;
      if ((token === '}' || token === ']') && --depth === 0) return;
    }
  }

  /** What a sticky pattern finds here, behind which reading goes on; `undefined` where it finds nothing. */
  private match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.at;
    const found = pattern.exec(this.text)?.[0];
    if (found === undefined || found === '') return undefined;
    this.at += found.length;
    return found;
  }

  private error(code: JsonErrorCode, range: Range, detail?: string): void {
    if (this.errors.length >= mostErrors) return;
    const at = detail ?? this.text.slice(range.start, Math.min(range.end, range.start + 200));
    this.errors.push(jsonError(code, range, at));
  }
}

/** The offsets of a name that has no quotes, which would stand before its first unit. */
function unquoted(start: number, name: string): number[] {
  return Array.from({ length: name.length + 1 }, (_, unit) => start + unit);
}

function decodeEscape(sequence: string): string {
  switch (sequence.charAt(1)) {
    case 'b':
      return '\b';
    case 'f':
      return '\f';
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'u':
      return String.fromCharCode(parseInt(sequence.slice(2), 16));
    default:
      return sequence.charAt(1);
  }
}

/** Half of a surrogate pair is no character: Go's JSON reader puts U+FFFD in its place. */
function withoutLoneSurrogates(text: string): string {
  return text.replace(/[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g, '\uFFFD');
}
