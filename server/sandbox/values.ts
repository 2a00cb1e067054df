import { ExtData, ExtensionCodec, decode, encode } from '@msgpack/msgpack';
import type { CtyType } from '../cty/type';

/** A value that Terraform does not know before apply. */
export const UNKNOWN: unique symbol = Symbol('unknown');

/** A value in a place of any type carries its own. */
export class AnyValue {
  constructor(
    readonly type: CtyType,
    readonly value: Value,
  ) {}
}

/**
 * A value of Terraform's value system as the sandbox handles it. Lists, sets and tuples are arrays, maps and objects
 * are plain records. A number that no double holds exactly is a bigint or its decimal text.
 */
export type Value =
  null | typeof UNKNOWN | string | number | bigint | boolean | AnyValue | readonly Value[] | ValueRecord;
export interface ValueRecord {
  readonly [name: string]: Value;
}

/** Reads Terraform's wire encoding. Unknown values lose their refinements, which no answer needs. */
export function decodeValue(bytes: Uint8Array, type: CtyType): Value {
  return fromWire(decode(bytes, { extensionCodec, useBigInt64: true }), type);
}

/** Objects get all attributes of their type; those absent in the value are null. */
export function encodeValue(value: Value, type: CtyType): Uint8Array {
  return encode(toWire(value, type), { extensionCodec, sortKeys: true, useBigInt64: true });
}

/**
 * Reads a value from state JSON by its type: unknown members are dropped, absent ones are null. Numbers keep every
 * digit, because a rounded one would show up as a change in every following plan.
 */
export function fromStateJson(json: string, type: CtyType): Value {
  return fromJson(JSON.parse(quoteNumbers(json)) as Json, type);
}

export function isRecord(value: Value | undefined): value is ValueRecord {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof AnyValue);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

/** Whether no part of the value is unknown. */
export function isKnown(value: Value): boolean {
  if (value === UNKNOWN) return false;
  if (value instanceof AnyValue) return isKnown(value.value);
  if (isList(value)) return value.every(isKnown);
  return !isRecord(value) || Object.values(value).every(isKnown);
}

/** Whether two values of one type are the same; sets must be in the same order, as Terraform sends them. */
export function isSame(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a instanceof AnyValue || b instanceof AnyValue) {
    return (
      a instanceof AnyValue &&
      b instanceof AnyValue &&
      JSON.stringify(a.type) === JSON.stringify(b.type) &&
      isSame(a.value, b.value)
    );
  }
  if (isList(a)) {
    return isList(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index] ?? null));
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return [...names].every((name) => name in a && name in b && isSame(a[name] ?? null, b[name] ?? null));
}

/** The same text for the same value, whatever the order of names: for hashes. Unknown parts are marked. */
export function canonicalText(value: Value): string {
  if (value === UNKNOWN) return '?';
  if (value instanceof AnyValue) return canonicalText(value.value);
  if (isList(value)) return `[${value.map(canonicalText).join(',')}]`;
  if (isRecord(value)) {
    const names = Object.keys(value).sort();
    return `{${names.map((name) => `${JSON.stringify(name)}:${canonicalText(value[name] ?? null)}`).join(',')}}`;
  }
  return typeof value === 'bigint' ? value.toString() : JSON.stringify(value);
}

type Json = null | string | number | boolean | readonly Json[] | { readonly [name: string]: Json };

const unknownExtension = 0;
const refinedUnknownExtension = 12;
const unknownData = new ExtData(unknownExtension, Uint8Array.of(0));
const extensionCodec = new ExtensionCodec();
for (const type of [unknownExtension, refinedUnknownExtension]) {
  extensionCodec.register({ type, encode: () => null, decode: () => UNKNOWN });
}

function fromWire(raw: unknown, type: CtyType): Value {
  if (raw === null || raw === undefined) return null;
  if (raw === UNKNOWN) return UNKNOWN;
  if (type === 'dynamic') {
    const [typeBytes, value] = raw as [Uint8Array | string, unknown];
    const inner = JSON.parse(Buffer.from(typeBytes as Uint8Array).toString('utf8')) as CtyType;
    return new AnyValue(inner, fromWire(value, inner));
  }
  if (typeof type === 'string') return raw as Value;
  switch (type[0]) {
    case 'list':
    case 'set':
      return (raw as unknown[]).map((item) => fromWire(item, type[1]));
    case 'tuple':
      return type[1].map((item, index) => fromWire((raw as unknown[])[index], item));
    case 'map':
      return mapRecord(raw as Record<string, unknown>, (item) => fromWire(item, type[1]));
    case 'object':
      return mapRecord(type[1], (member, name) => fromWire((raw as Record<string, unknown>)[name], member));
  }
}

function toWire(value: Value, type: CtyType): unknown {
  if (value === null) return null;
  if (value === UNKNOWN) return unknownData;
  if (type === 'dynamic') return anyToWire(value);
  if (typeof type === 'string') return value;
  if (isList(value)) {
    if (type[0] === 'tuple') return type[1].map((item, index) => toWire(value[index] ?? null, item));
    const item = type[0] === 'list' || type[0] === 'set' ? type[1] : misfit(value, type);
    return value.map((each) => toWire(each, item));
  }
  if (!isRecord(value)) return misfit(value, type);
  if (type[0] === 'map') return mapRecord(value, (item) => toWire(item, type[1]));
  if (type[0] === 'object') return mapRecord(type[1], (member, name) => toWire(value[name] ?? null, member));
  return misfit(value, type);
}

function anyToWire(value: Value): unknown {
  const any = value instanceof AnyValue ? value : new AnyValue(typeOf(value), value);
  return [Buffer.from(JSON.stringify(any.type)), toWire(any.value, any.type)];
}

/** The type that a value without one has by itself. */
export function typeOf(value: Value): CtyType {
  if (isList(value)) return ['tuple', value.map(typeOf)];
  if (isRecord(value)) return ['object', mapRecord(value, typeOf)];
  if (typeof value === 'boolean') return 'bool';
  return typeof value === 'number' || typeof value === 'bigint'
    ? 'number'
    : typeof value === 'string'
      ? 'string'
      : 'dynamic';
}

function misfit(value: Value, type: CtyType): never {
  throw new TypeError(`${canonicalText(value)} is no value of the type ${JSON.stringify(type)}`);
}

function fromJson(json: Json | undefined, type: CtyType): Value {
  if (json === null || json === undefined) return null;
  if (type === 'dynamic') {
    if (isTyped(json)) return new AnyValue(json.type, fromJson(json.value, json.type));
    const inner = typeOfJson(json);
    return new AnyValue(inner, fromJson(json, inner));
  }
  // A guessed schema may have called this a value of any type when the state was written.
  if (isTyped(json)) return fromJson(json.value, type);
  if (type === 'number') return exactNumber(typeof json === 'string' ? json : JSON.stringify(json));
  if (type === 'bool') return json === true || json === 'true';
  if (type === 'string') return typeof json === 'string' ? json : JSON.stringify(json);
  switch (type[0]) {
    case 'list':
    case 'set':
      return (json as readonly Json[]).map((item) => fromJson(item, type[1]));
    case 'tuple':
      return type[1].map((item, index) => fromJson((json as readonly Json[])[index], item));
    case 'map':
      return mapRecord(json as Readonly<Record<string, Json>>, (item) => fromJson(item, type[1]));
    case 'object':
      return mapRecord(type[1], (member, name) =>
        fromJson((json as Readonly<Record<string, Json>>)[name], member),
      );
  }
}

/** How the state writes a value of any type: with the type beside it. */
function isTyped(json: Json): json is { readonly type: CtyType; readonly value: Json } {
  if (typeof json !== 'object' || json === null || Array.isArray(json)) return false;
  const { type, value } = json as Readonly<Record<string, Json>>;
  const isType =
    Array.isArray(type) || (typeof type === 'string' && /^(string|number|bool|dynamic)$/.test(type));
  return isType && value !== undefined && Object.keys(json).length === 2;
}

function typeOfJson(json: Json): CtyType {
  if (json === null) return 'dynamic';
  if (Array.isArray(json)) return ['tuple', (json as readonly Json[]).map(typeOfJson)];
  if (typeof json === 'object') return ['object', mapRecord(json as Record<string, Json>, typeOfJson)];
  // Numbers were made text on the way, and which one it was is lost; text reads as either.
  return typeof json === 'boolean' ? 'bool' : 'string';
}

/** Terraform accepts decimal text wherever a number is expected. */
function exactNumber(digits: string): number | string {
  const value = Number(digits);
  return Number.isSafeInteger(value) && String(value) === digits ? value : digits;
}

/** JSON.parse rounds numbers, so they are turned into text first; who reads them knows from the type. */
export function quoteNumbers(json: string): string {
  const tokens = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
  return json.replace(tokens, (token) => (token.startsWith('"') ? token : `"${token}"`));
}

function mapRecord<A, B>(
  record: Readonly<Record<string, A>>,
  each: (value: A, name: string) => B,
): Record<string, B> {
  return Object.fromEntries(Object.entries(record).map(([name, value]) => [name, each(value, name)]));
}
