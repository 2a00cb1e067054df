import { BigFloat } from '../bigFloat';
import { valuesEqual } from '../equality';
import { isComposite } from '../marks';
import type { Value } from '../value';

/**
 * Values to be found again by equality, in about the same time however many there are. All must be wholly known and
 * without marks: `has` throws where it cannot be said whether two are equal.
 */
export class Buckets {
  private readonly byKey = new Map<string, Value[]>();

  has(value: Value): boolean {
    return this.byKey.get(keyOf(value, depth))?.some((other) => isEqual(other, value)) ?? false;
  }

  add(value: Value): void {
    const key = keyOf(value, depth);
    const same = this.byKey.get(key);
    if (same) same.push(value);
    else this.byKey.set(key, [value]);
  }
}

export function isEqual(a: Value, b: Value): boolean {
  const answer = valuesEqual(a, b);
  if (answer.kind !== 'known') throw new Error('cannot compare what is not known');
  return answer.content === true;
}

/** How deep keys look into values; equal values have equal keys at any depth, and unequal ones may. */
const depth = 4;

function keyOf(value: Value, left: number): string {
  if (value.kind !== 'known') return value.kind;
  const { content } = value;
  if (content instanceof BigFloat) return content.isZero() ? '0' : content.toText();
  if (!isComposite(content)) return typeof content === 'string' ? JSON.stringify(content) : String(content);
  if (left === 0) return '…';
  const parts: string[] = [];
  for (const [name, member] of content.entries()) parts.push(`${name}:${keyOf(member, left - 1)}`);
  return `{${parts.join()}}`;
}
