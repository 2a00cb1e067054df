import { BigFloat } from './bigFloat';
import { valuesEqual } from './equality';
import { quote } from './functions/goQuote';
import { deepMarks, withoutDeepMarks } from './marks';
import type { CtyType } from './type';
import type { KnownValue, Value } from './value';
import { compareNames, noMarks } from './value';

/**
 * A set of the values, which must all have the element type: without duplicates, in Terraform's order. The set as a
 * whole takes all marks of its members. Members that are not known yet are never the same as another.
 */
export function setValue(element: CtyType, values: readonly Value[]): KnownValue {
  const marks = values.reduce((all, value) => all | deepMarks(value), noMarks);
  const members = marks === noMarks ? values : values.map(withoutDeepMarks);
  const content = sorted(element, distinct(members));
  return { kind: 'known', type: ['set', element], content, marks };
}

interface Member {
  readonly key: string;
  readonly value: Value;
}

function distinct(values: readonly Value[]): Member[] {
  const byKey = new Map<string, Value[]>();
  const kept: Member[] = [];
  for (const value of values) {
    const key = sortKey(value);
    const same = byKey.get(key);
    if (same?.some((other) => isEqual(other, value))) continue;
    if (same) same.push(value);
    else byKey.set(key, [value]);
    kept.push({ key, value });
  }
  return kept;
}

function isEqual(a: Value, b: Value): boolean {
  const answer = valuesEqual(a, b);
  return answer.kind === 'known' && answer.content === true;
}

/** Known values before unknown ones before null; numbers by size, strings and all others by their text. */
function sorted(element: CtyType, members: readonly Member[]): readonly Value[] {
  const rank = { known: 0, unknown: 1, null: 2 };
  return [...members]
    .sort((a, b) => rank[a.value.kind] - rank[b.value.kind] || compareMembers(element, a, b))
    .map((member) => member.value);
}

function compareMembers(element: CtyType, a: Member, b: Member): number {
  if (a.value.kind !== 'known' || b.value.kind !== 'known') return 0;
  const [x, y] = [a.value.content, b.value.content];
  if (x instanceof BigFloat && y instanceof BigFloat) return x.compare(y);
  if (typeof x === 'string' && typeof y === 'string') return compareNames(x, y);
  if (element === 'bool') return Number(x) - Number(y);
  return compareNames(a.key, b.key);
}

/** The text by which Terraform sorts members that are no primitives: two values that differ may share it. */
function sortKey(value: Value): string {
  if (value.kind === 'unknown') return '?';
  if (value.kind === 'null') return '~';
  const { content } = value;
  if (content instanceof BigFloat) return content.toShortText();
  if (typeof content === 'boolean') return content ? 'T' : 'F';
  if (typeof content === 'string') return quote(content);
  const kind = typeof value.type === 'string' ? value.type : value.type[0];
  if (content instanceof Map) {
    const entries = [...(content as ReadonlyMap<string, Value>)];
    if (kind === 'object') return `<${entries.map(([, member]) => `${sortKey(member)};`).join('')}>`;
    return `{${entries.map(([name, member]) => `${quote(name)}:${sortKey(member)};`).join('')}}`;
  }
  const inside = [...content.values()].map((member) => `${sortKey(member)};`).join('');
  return kind === 'tuple' ? `<${inside}>` : `[${inside}]`;
}
