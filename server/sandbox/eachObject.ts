import { isList, isRecord } from './values';
import type { Value, ValueRecord } from './values';

/** Applies a change to the one object, or to every object of a collection. */
export function eachObject(value: Value, isMap: boolean, change: (item: ValueRecord) => ValueRecord): Value {
  const each = (item: Value): Value => (isRecord(item) ? change(item) : item);
  if (isList(value)) return value.map(each);
  if (!isRecord(value)) return value;
  return isMap
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, each(item)]))
    : change(value);
}
