import { BigFloat } from './bigFloat';
import { deepMarks, isComposite, withoutDeepMarks } from './marks';
import { conforms, hasDynamic, typesEqual } from './types';
import type { CtyType } from './type';
import type { KnownValue, Value } from './value';
import { boolValue, unknownValue, withMarks } from './value';

/**
 * Whether Terraform's `==` holds: a bool, unknown where it depends on what is not known yet. Values of different types
 * differ; nulls of any types are equal. The result takes the marks of both.
 */
export function valuesEqual(a: Value, b: Value): Value {
  const marks = deepMarks(a) | deepMarks(b);
  if (marks === 0) return asBool(compare(a, b));
  // Whether one of them is null does not depend on what the other holds, so marks inside do not matter.
  const relevant = (a.kind === 'null') !== (b.kind === 'null') ? a.marks | b.marks : marks;
  return withMarks(asBool(compare(withoutDeepMarks(a), withoutDeepMarks(b))), relevant);
}

/** Whether the two are the same in type, content and marks; two unknown values of one type are the same. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind || a.marks !== b.marks || !typesEqual(a.type, b.type)) return false;
  if (a.kind !== 'known' || b.kind !== 'known') {
    return a.kind !== 'unknown' || b.kind !== 'unknown' || a.notNull === b.notNull;
  }
  return sameContent(a, b);
}

/** `undefined` stands for not known yet. */
type Answer = boolean | undefined;

function asBool(answer: Answer): Value {
  return answer === undefined ? unknownValue('bool', true) : boolValue(answer);
}

function compare(a: Value, b: Value): Answer {
  if (a.kind === 'unknown' || b.kind === 'unknown') return compareUnknown(a, b);
  if (a.kind === 'null' || b.kind === 'null') return a.kind === b.kind;
  if (a.type !== b.type && (hasUnknownType(a) || hasUnknownType(b))) {
    return conforms(a.type, b.type) || conforms(b.type, a.type) ? undefined : false;
  }
  return typesEqual(a.type, b.type) ? compareContents(a, b) : false;
}

function compareUnknown(a: Value, b: Value): Answer {
  if (isNotNull(a) && b.kind === 'null') return false;
  if (isNotNull(b) && a.kind === 'null') return false;
  if (a.kind === b.kind || a.kind === 'null' || b.kind === 'null') return undefined;
  const unknownType = a.kind === 'unknown' ? a.type : b.type;
  return hasDynamic(unknownType) || typesEqual(a.type, b.type) ? undefined : false;
}

/** Something in the value is unknown even by its type; a null of no type in particular is not. */
function hasUnknownType(value: Value): boolean {
  if (value.kind === 'unknown') return value.type === 'dynamic';
  if (value.kind === 'null' || !isComposite(value.content) || !hasDynamic(value.type)) return false;
  return [...value.content.values()].some(hasUnknownType);
}

function isNotNull(value: Value): boolean {
  return value.kind === 'known' || (value.kind === 'unknown' && value.notNull);
}

function compareContents(a: KnownValue, b: KnownValue): Answer {
  const [x, y] = [a.content, b.content];
  if (x instanceof BigFloat) return y instanceof BigFloat && x.equals(y);
  if (x instanceof Map && y instanceof Map) return compareMaps(x, y);
  if (Array.isArray(x) && Array.isArray(y)) {
    return isSet(a.type) ? compareSets(x as Value[], y as Value[]) : compareLists(x as Value[], y as Value[]);
  }
  return x === y;
}

function compareMaps(x: ReadonlyMap<string, Value>, y: ReadonlyMap<string, Value>): Answer {
  if (x.size !== y.size) return false;
  let answer: Answer = true;
  for (const [name, member] of x) {
    const other = y.get(name);
    if (other === undefined) return false;
    const equal = compare(member, other);
    if (equal === false) return false;
    if (equal === undefined) answer = undefined;
  }
  return answer;
}

function compareLists(x: readonly Value[], y: readonly Value[]): Answer {
  if (x.length !== y.length) return false;
  for (const [at, member] of x.entries()) {
    const other = y[at];
    const equal = other === undefined ? false : compare(member, other);
    if (equal !== true) return equal;
  }
  return true;
}

function compareSets(x: readonly Value[], y: readonly Value[]): Answer {
  if ([...x, ...y].some((member) => member.kind === 'unknown')) return undefined;
  return x.length === y.length && x.every((member) => y.some((other) => compare(member, other) === true));
}

function isSet(type: CtyType): boolean {
  return typeof type !== 'string' && type[0] === 'set';
}

function sameContent(a: KnownValue, b: KnownValue): boolean {
  const [x, y] = [a.content, b.content];
  if (x instanceof BigFloat) return y instanceof BigFloat && x.equals(y);
  if (x instanceof Map && y instanceof Map) {
    const other = y as ReadonlyMap<string, Value>;
    return (
      x.size === other.size &&
      [...(x as ReadonlyMap<string, Value>)].every(([name, member]) => {
        const match = other.get(name);
        return match !== undefined && sameValue(member, match);
      })
    );
  }
  if (Array.isArray(x) && Array.isArray(y)) {
    const others = y as readonly Value[];
    return (
      x.length === others.length &&
      (x as readonly Value[]).every((member, at) => {
        const match = others[at];
        return match !== undefined && sameValue(member, match);
      })
    );
  }
  return x === y;
}
