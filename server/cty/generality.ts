import type { ObjectType, TupleType } from './types';
import { attributeType, isObject, isPrimitive, isTuple, kindOf } from './types';
import type { CtyType } from './type';

/** The types with the more general ones first, otherwise in their order. */
export function orderByGenerality(types: readonly CtyType[]): CtyType[] {
  const moreGeneral = types.map((type) => types.map((other) => compareGenerality(type, other) < 0));
  const waiting = types.map((_, at) => moreGeneral.filter((row) => row[at]).length);
  const queue = [...types.keys()].filter((at) => waiting[at] === 0);
  // The queue grows while it is walked: a type follows all that are more general.
  for (const at of queue) {
    for (const [other, isMore] of (moreGeneral[at] ?? []).entries()) {
      if (!isMore) continue;
      waiting[other] = (waiting[other] ?? 0) - 1;
      if (waiting[other] === 0) queue.push(other);
    }
  }
  return queue.map((at) => types[at] ?? 'dynamic');
}

/** Negative where the first type is the more general, 0 where neither is. */
function compareGenerality(a: CtyType, b: CtyType): number {
  if (a === 'dynamic' || b === 'dynamic') return Number(a === 'dynamic') - Number(b === 'dynamic');
  if (isPrimitive(a) || isPrimitive(b)) {
    if (!isPrimitive(a) || !isPrimitive(b)) return 0;
    return Number(b === 'string') - Number(a === 'string');
  }
  if (isObject(a) && isObject(b)) return compareObjects(a, b);
  if (isTuple(a) && isTuple(b)) return compareTuples(a, b);
  if (a[0] === b[0] && !isObject(a) && !isObject(b) && !isTuple(a) && !isTuple(b)) {
    return compareGenerality(a[1], b[1]);
  }
  return compareKinds(kindOf(a), kindOf(b));
}

/** A list stands above a tuple, which stands above a set; a map above an object. */
function compareKinds(a: string, b: string): number {
  const sequences = ['list', 'tuple', 'set'];
  const mappings = ['map', 'object'];
  for (const order of [sequences, mappings]) {
    if (order.includes(a) && order.includes(b)) return order.indexOf(a) - order.indexOf(b);
  }
  return 0;
}

function compareObjects(a: ObjectType, b: ObjectType): number {
  const names = Object.keys(a[1]);
  if (names.length !== Object.keys(b[1]).length) return 0;
  const signs: number[] = [];
  for (const name of names) {
    const [mine, theirs] = [attributeType(a, name), attributeType(b, name)];
    if (mine === undefined || theirs === undefined) return 0;
    signs.push(compareGenerality(mine, theirs));
  }
  return agree(signs);
}

function compareTuples(a: TupleType, b: TupleType): number {
  if (a[1].length !== b[1].length) return 0;
  return agree(a[1].map((type, at) => compareGenerality(type, b[1][at] ?? 'dynamic')));
}

/** The sign that all members that differ have in common. */
function agree(signs: readonly number[]): number {
  const up = signs.some((sign) => sign < 0);
  const down = signs.some((sign) => sign > 0);
  return up === down ? 0 : up ? -1 : 1;
}
