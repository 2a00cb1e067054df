import type { Content, Marks, Value } from './value';
import { noMarks } from './value';

/** The marks of the value and of everything in it. */
export function deepMarks(value: Value): Marks {
  if (value.kind !== 'known' || !isComposite(value.content)) return value.marks;
  const known = cache.get(value);
  if (known !== undefined) return known;
  let marks = value.marks;
  for (const member of value.content.values()) marks |= deepMarks(member);
  cache.set(value, marks);
  return marks;
}

/** The value with no marks at any depth. */
export function withoutDeepMarks(value: Value): Value {
  if (deepMarks(value) === noMarks) return value;
  if (value.kind !== 'known' || !isComposite(value.content)) return { ...value, marks: noMarks };
  return { ...value, content: mapContent(value.content, withoutDeepMarks), marks: noMarks };
}

/** Nothing in the value is unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (value.kind === 'unknown') return false;
  if (value.kind === 'null' || !isComposite(value.content)) return true;
  const answer = wholly.get(value);
  if (answer !== undefined) return answer;
  let known = true;
  for (const member of value.content.values()) known &&= isWhollyKnown(member);
  wholly.set(value, known);
  return known;
}

export function isComposite(content: Content): content is readonly Value[] | ReadonlyMap<string, Value> {
  return Array.isArray(content) || content instanceof Map;
}

export function mapContent(
  content: readonly Value[] | ReadonlyMap<string, Value>,
  change: (value: Value) => Value,
): readonly Value[] | ReadonlyMap<string, Value> {
  if (content instanceof Map) {
    return new Map([...content].map(([name, member]: [string, Value]) => [name, change(member)]));
  }
  return [...content.values()].map(change);
}

/** Values never change, so that what was found out once about a large one holds. */
const cache = new WeakMap<Value, Marks>();
const wholly = new WeakMap<Value, boolean>();
