import { hasDynamic, isCollection, typesEqual } from '../types';
import type { CtyType } from '../type';
import type { Marks, Value } from '../value';
import { listValue, mapValue, sensitive } from '../value';
import { numberOf } from './argumentValues';
import { ArgumentError } from './function';

/** The argument at an index. A definition sees no call with fewer arguments than it has parameters. */
export function argument(args: readonly Value[], index: number): Value {
  const found = args[index];
  if (found === undefined) throw new RangeError(`argument ${index + 1} is missing`);
  return found;
}

/** The whole number of any size that a known number holds. Throws Terraform's words for a fraction. */
export function bigIntegerOf(value: Value): bigint {
  const whole = numberOf(value).toBigInt();
  if (whole === undefined) throw new RangeError('value must be a whole number');
  return whole;
}

/** The members of a known map or object by name. */
export function entriesOf(value: Value): ReadonlyMap<string, Value> {
  if (value.kind === 'known' && value.content instanceof Map) {
    return value.content as ReadonlyMap<string, Value>;
  }
  throw new TypeError('the argument is not a known map or object');
}

/** Runs `read`; what it throws becomes a fault of the argument at `index`. */
export function faultOf<T>(index: number, read: () => T, prefix = ''): T {
  try {
    return read();
  } catch (error) {
    throw new ArgumentError(index, prefix + messageOf(error));
  }
}

/** Runs `read`; what it throws gets `prefix` before its message. */
export function prefixed<T>(prefix: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw new Error(prefix + messageOf(error), { cause: error });
  }
}

/** The type of what is in a list, set or map; `dynamic` for other types. */
export function elementType(type: CtyType): CtyType {
  return isCollection(type) ? type[1] : 'dynamic';
}

/** A list of the values' own type, as Go makes it; of the given type where there are none. */
export function listOf(values: readonly Value[], type: CtyType): Value {
  return listValue(commonType(values, type), values);
}

/** A map of the values' own type, as Go makes it; of the given type where there are none. */
export function mapOf(entries: ReadonlyMap<string, Value>, type: CtyType): Value {
  return mapValue(commonType([...entries.values()], type), entries);
}

/** Where it is open which type it is, the values say so. Those whose type is not known can be of any. */
function commonType(values: readonly Value[], type: CtyType): CtyType {
  if (!hasDynamic(type)) return type;
  const [first = type, ...others] = values.map((value) => value.type).filter((own) => own !== 'dynamic');
  if (others.every((other) => typesEqual(first, other))) return first;
  throw new TypeError('all elements must have the same type');
}

/** The text in quotes, or a stand-in where it must not be shown. */
export function redacted(text: string, marks: Marks): string {
  return (marks & sensitive) === 0 ? JSON.stringify(text) : '(sensitive value)';
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
