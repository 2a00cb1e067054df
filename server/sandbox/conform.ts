import type { CtyType } from '../cty/type';
import { AnyValue, isList, isRecord, typeOf } from './values';
import type { Value } from './values';

/**
 * A made-up value in the shape of an attribute: what is missing is null, what is too much is dropped. Schemas change
 * between versions of a provider, and a simulator may know another one.
 *
 * @returns undefined when it does not fit at all
 */
export function conform(value: Value, type: CtyType): Value | undefined {
  if (value === null) return null;
  if (type === 'dynamic') return value instanceof AnyValue ? value : new AnyValue(typeOf(value), value);
  if (type === 'string') return scalarText(value);
  if (type === 'number') {
    if (typeof value === 'string') return /^-?\d+(\.\d+)?$/.test(value) ? value : undefined;
    return typeof value === 'number' || typeof value === 'bigint' ? value : undefined;
  }
  if (type === 'bool') return typeof value === 'boolean' ? value : undefined;
  if (type[0] === 'map') {
    if (!isRecord(value)) return undefined;
    return allFit(Object.entries(value).map(([key, item]) => [key, conform(item, type[1])]));
  }
  if (type[0] === 'object') {
    if (!isRecord(value)) return undefined;
    return allFit(
      Object.entries(type[1]).map(([name, member]) => [name, conform(value[name] ?? null, member)]),
    );
  }
  if (!isList(value)) return undefined;
  const items = value.map((item, index) => {
    const inner = type[0] === 'tuple' ? type[1][index] : type[1];
    return inner === undefined ? undefined : conform(item, inner);
  });
  return items.some((item) => item === undefined) ? undefined : items.map((item) => item ?? null);
}

function scalarText(value: Value): Value | undefined {
  if (typeof value === 'string') return value;
  return typeof value === 'number' || typeof value === 'boolean' || typeof value === 'bigint'
    ? String(value)
    : undefined;
}

function allFit(entries: readonly (readonly [string, Value | undefined])[]): Value | undefined {
  return entries.some(([, value]) => value === undefined)
    ? undefined
    : Object.fromEntries(entries.map(([name, value]) => [name, value ?? null]));
}
