import { BigFloat } from './bigFloat';
import type { CtyType } from './type';

/**
 * A value of Terraform's type system: known, null, or unknown until apply. Immutable.
 * Marks say what must not be shown or stored; they may sit on a value at any depth.
 */
export type Value = KnownValue | NullValue | UnknownValue;

interface TypedValue {
  readonly type: CtyType;
  readonly marks: Marks;
}

export interface KnownValue extends TypedValue {
  readonly kind: 'known';
  readonly content: Content;
}

export interface NullValue extends TypedValue {
  readonly kind: 'null';
}

export interface UnknownValue extends TypedValue {
  readonly kind: 'unknown';
  /** It will not turn out to be null. */
  readonly notNull: boolean;
}

/**
 * By type: a string in Unicode NFC, a number, a bool; the members of a list, tuple or set (a set's in Terraform's order,
 * without duplicates); the members of a map or object by name, in Terraform's order (by UTF-8 bytes).
 */
export type Content = string | boolean | BigFloat | readonly Value[] | ReadonlyMap<string, Value>;

/** A set of `sensitive` and `ephemeral`, as bits. */
export type Marks = number;
export const noMarks: Marks = 0;
export const sensitive: Marks = 1;
export const ephemeral: Marks = 2;

export function stringValue(text: string): KnownValue {
  return { kind: 'known', type: 'string', content: text.normalize('NFC'), marks: noMarks };
}

export function numberValue(number: BigFloat | number | bigint): KnownValue {
  const content = number instanceof BigFloat ? number : BigFloat.from(number);
  return { kind: 'known', type: 'number', content, marks: noMarks };
}

export function boolValue(bool: boolean): KnownValue {
  return { kind: 'known', type: 'bool', content: bool, marks: noMarks };
}

/** The elements must all have the given type. */
export function listValue(element: CtyType, values: readonly Value[]): KnownValue {
  return { kind: 'known', type: ['list', element], content: values, marks: noMarks };
}

/** The elements must all have the given type. */
export function mapValue(element: CtyType, entries: Iterable<readonly [string, Value]>): KnownValue {
  return { kind: 'known', type: ['map', element], content: sortedByName(entries), marks: noMarks };
}

export function tupleValue(values: readonly Value[]): KnownValue {
  return {
    kind: 'known',
    type: ['tuple', values.map((value) => value.type)],
    content: values,
    marks: noMarks,
  };
}

export function objectValue(entries: Iterable<readonly [string, Value]>): KnownValue {
  const content = sortedByName(entries);
  const types = Object.fromEntries([...content].map(([name, value]) => [name, value.type]));
  return { kind: 'known', type: ['object', types], content, marks: noMarks };
}

export function nullValue(type: CtyType): NullValue {
  return { kind: 'null', type, marks: noMarks };
}

export function unknownValue(type: CtyType, notNull = false): UnknownValue {
  return { kind: 'unknown', type, notNull, marks: noMarks };
}

/** The value with these marks added to its own. */
export function withMarks<T extends Value>(value: T, marks: Marks): T {
  const all = value.marks | marks;
  return all === value.marks ? value : { ...value, marks: all };
}

/** The value without marks of its own; its members keep theirs. */
export function withoutMarks<T extends Value>(value: T): T {
  return value.marks === noMarks ? value : { ...value, marks: noMarks };
}

/** Compares as Go compares strings: by their UTF-8 bytes, which is the order of code points. */
export function compareNames(a: string, b: string): number {
  const shared = Math.min(a.length, b.length);
  for (let at = 0; at < shared; at++) {
    const x = a.charCodeAt(at);
    const y = b.charCodeAt(at);
    if (x !== y) return isSurrogate(x) === isSurrogate(y) ? x - y : isSurrogate(x) ? 1 : -1;
  }
  return a.length - b.length;
}

/** A surrogate stands for a code point above all that one UTF-16 unit can hold. */
function isSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdfff;
}

function sortedByName(entries: Iterable<readonly [string, Value]>): ReadonlyMap<string, Value> {
  const named = [...entries].map(([name, value]) => [name.normalize('NFC'), value] as const);
  return new Map(named.sort(([a], [b]) => compareNames(a, b)));
}
