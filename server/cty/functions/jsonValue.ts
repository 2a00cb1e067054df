import { BigFloat } from '../bigFloat';
import { convert } from '../convert';
import { typesEqual } from '../types';
import type { Value } from '../value';
import { boolValue, nullValue, numberValue, objectValue, stringValue, tupleValue } from '../value';
import { quote, quoteCharacter } from './goQuote';
import { deepestJson } from './jsonText';

/** The last text and what it stands for: the type and then the value of a call are asked for one after the other. */
let last: { readonly text: string; readonly value: Value } | undefined;

/**
 * The value that a JSON text describes: an array is a tuple, an object an object. What follows the first value up to
 * a closing bracket is an error, as in Terraform; faults are told in the words of Go's `encoding/json`.
 */
export function parseJson(text: string): Value {
  if (last?.text !== text) last = { text, value: new JsonReader(text).read() };
  return last.value;
}

type Place =
  | 'top'
  | 'arrayStart'
  | 'arrayValue'
  | 'arrayComma'
  | 'objectStart'
  | 'objectKey'
  | 'objectColon'
  | 'objectValue'
  | 'objectComma';

/** What the end of "invalid character" says where something else stands than may stand there. */
const expectations: Readonly<Record<Place, string>> = {
  top: ' looking for beginning of value',
  arrayStart: ' looking for beginning of value',
  arrayValue: ' looking for beginning of value',
  arrayComma: ' after array element',
  objectStart: '',
  objectKey: ' looking for beginning of object key string',
  objectColon: ' after object key',
  objectValue: ' looking for beginning of value',
  objectComma: ' after object key:value pair',
};

const literals: Readonly<Record<string, Value>> = {
  true: boolValue(true),
  false: boolValue(false),
  null: nullValue('dynamic'),
};

class JsonReader {
  private at = 0;

  constructor(private readonly text: string) {}

  read(): Value {
    const value = this.value('top', 0);
    this.skipSpace();
    const next = this.text.charAt(this.at);
    if (next !== '' && next !== ']' && next !== '}') throw new Error('extraneous data after JSON object');
    return value;
  }

  private value(place: Place, depth: number): Value {
    const next = this.peek();
    if (next === '[' || next === '{') {
      if (depth >= deepestJson) {
        throw new Error(`the JSON text is nested more than ${String(deepestJson)} deep`);
      }
      this.at++;
      return next === '[' ? this.array(depth + 1) : this.object(depth + 1);
    }
    if (next === '"') return stringValue(this.string());
    if (next === '-' || isDigit(next)) return this.number();
    for (const [word, value] of Object.entries(literals)) {
      if (next === word.charAt(0)) return this.literal(word, value);
    }
    throw this.unexpected(expectations[place]);
  }

  private array(depth: number): Value {
    const members: Value[] = [];
    for (let place: Place = 'arrayStart'; ;) {
      const next = this.peek();
      if (next === ']' && place !== 'arrayValue') {
        this.at++;
        return tupleValue(members);
      }
      if (place === 'arrayComma') {
        if (next !== ',') throw this.unexpected(expectations[place]);
        this.at++;
        place = 'arrayValue';
        continue;
      }
      members.push(this.value(place, depth));
      place = 'arrayComma';
    }
  }

  private object(depth: number): Value {
    const members = new Map<string, Value[]>();
    for (let place: Place = 'objectStart'; ;) {
      const next = this.peek();
      if (next === '}' && place !== 'objectKey') {
        this.at++;
        return objectOf(members);
      }
      if (place === 'objectComma') {
        if (next !== ',') throw this.unexpected(expectations[place]);
        this.at++;
        place = 'objectKey';
        continue;
      }
      if (next !== '"') throw this.unexpected(expectations[place]);
      const name = this.string();
      // Terraform looks an attribute up by a name that it has normalized, and does not find the other one.
      if (name !== name.normalize('NFC')) throw new Error(`unsupported attribute ${quote(name)}`);
      if (this.peek() !== ':') throw this.unexpected(expectations.objectColon);
      this.at++;
      const value = this.value('objectValue', depth);
      const same = members.get(name);
      if (same) same.push(value);
      else members.set(name, [value]);
      place = 'objectComma';
    }
  }

  private string(): string {
    const start = this.at;
    const special = /["\\\p{Cc}]/gu;
    special.lastIndex = start + 1;
    for (let found = special.exec(this.text); found; found = special.exec(this.text)) {
      this.at = found.index;
      // Of the control characters, only those of the first row must be escaped.
      if (found[0] >= '\x7f') continue;
      if (found[0] === '"') {
        this.at++;
        // What JavaScript reads there as half a character stands for no character.
        const read = JSON.parse(this.text.slice(start, this.at)) as string;
        return read.replace(/\p{Surrogate}/gu, '\ufffd');
      }
      if (found[0] !== '\\') throw this.unexpected(' in string literal');
      special.lastIndex = this.skipEscape();
    }
    throw new Error('unexpected EOF');
  }

  private skipEscape(): number {
    this.at++;
    const letter = this.text.charAt(this.at);
    if (letter === '') throw new Error('unexpected EOF');
    if (!'"\\/bfnrtu'.includes(letter)) throw this.unexpected(' in string escape code');
    this.at++;
    if (letter !== 'u') return this.at;
    for (const end = this.at + 4; this.at < end; this.at++) {
      const digit = this.text.charAt(this.at);
      if (digit === '') throw new Error('unexpected EOF');
      if (!/[0-9a-fA-F]/.test(digit)) throw this.unexpected(' in \\u hexadecimal character escape');
    }
    return this.at;
  }

  private number(): Value {
    const start = this.at;
    if (this.text.charAt(this.at) === '-') this.at++;
    if (this.text.charAt(this.at) === '0') this.at++;
    else this.digits(' in numeric literal');
    if (this.text.charAt(this.at) === '.') {
      this.at++;
      this.digits(' after decimal point in numeric literal');
    }
    if (/[eE]/.test(this.text.charAt(this.at))) {
      this.at++;
      if (/[-+]/.test(this.text.charAt(this.at))) this.at++;
      this.digits(' in exponent of numeric literal');
    }
    const number = BigFloat.parse(this.text.slice(start, this.at));
    if (!number) throw new Error('a number is required');
    return numberValue(number);
  }

  /** At least one. */
  private digits(place: string): void {
    const start = this.at;
    while (isDigit(this.text.charAt(this.at))) this.at++;
    if (this.at > start) return;
    throw this.at >= this.text.length ? new Error('unexpected EOF') : this.unexpected(place);
  }

  private literal(word: string, value: Value): Value {
    for (let index = 0; index < word.length; index++, this.at++) {
      const expected = word.charAt(index);
      if (this.at >= this.text.length) throw new Error('unexpected EOF');
      if (this.text.charAt(this.at) !== expected) {
        throw this.unexpected(` in literal ${word} (expecting ${quoteCharacter(expected)})`);
      }
    }
    return value;
  }

  private peek(): string {
    this.skipSpace();
    if (this.at >= this.text.length) throw new Error('EOF');
    return this.text.charAt(this.at);
  }

  private skipSpace(): void {
    while (' \t\r\n'.includes(this.text.charAt(this.at)) && this.at < this.text.length) this.at++;
  }

  private unexpected(place: string): Error {
    // Go looks at bytes, and names the first of a character that takes several.
    const byte = Buffer.from(String.fromCodePoint(this.text.codePointAt(this.at) ?? 0))[0] ?? 0;
    return new Error(`invalid character ${quoteCharacter(String.fromCharCode(byte))}${place}`);
  }
}

function isDigit(character: string): boolean {
  return character >= '0' && character <= '9';
}

/** The last of several members of one name gives the type, and all must convert to it. */
function objectOf(members: ReadonlyMap<string, readonly Value[]>): Value {
  return objectValue(
    [...members].map(([name, values]): [string, Value] => {
      const value = values.at(-1) ?? nullValue('dynamic');
      for (const other of values) {
        if (typesEqual(other.type, value.type)) continue;
        if (value.kind === 'null') throw new Error(`the values of ${quote(name)} have different types`);
        convert(other, value.type);
      }
      return [name, value];
    }),
  );
}
