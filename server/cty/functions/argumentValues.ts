import { BigFloat } from '../bigFloat';
import { isComposite } from '../marks';
import type { CtyType } from '../type';
import type { Value } from '../value';
import type { Parameter } from './function';

/** The text of a known string. The caller of a function has made sure that the argument is one. */
export function textOf(value: Value | undefined): string {
  if (value?.kind === 'known' && typeof value.content === 'string') return value.content;
  throw new TypeError('the argument is not a known string');
}

/** The number of a known number. */
export function numberOf(value: Value | undefined): BigFloat {
  if (value?.kind === 'known' && value.content instanceof BigFloat) return value.content;
  throw new TypeError('the argument is not a known number');
}

const smallestInt = -(2n ** 63n);
const largestInt = 2n ** 63n - 1n;

/** A number where Terraform takes a whole one; far beyond any length, the nearest float64 stands for it. */
export function wholeNumberOf(value: Value | undefined): number {
  const whole = numberOf(value).toBigInt();
  if (whole === undefined || whole < smallestInt || whole > largestInt) {
    throw new RangeError(
      `value must be a whole number, between ${String(smallestInt)} and ${String(largestInt)}`,
    );
  }
  return Number(whole);
}

/** The members of a known list, set or tuple in order, or the values of a known map or object. */
export function membersOf(value: Value | undefined): readonly Value[] {
  if (value?.kind !== 'known' || !isComposite(value.content)) {
    throw new TypeError('the argument is not a known collection');
  }
  return [...value.content.values()];
}

/** Neither the value nor anything in it is unknown. */
export function isWhollyKnown(value: Value): boolean {
  if (value.kind !== 'known') return value.kind === 'null';
  return !isComposite(value.content) || membersOf(value).every(isWhollyKnown);
}

/** A parameter that takes only known values that are not null. */
export function parameter(name: string, type: CtyType): Parameter {
  return { name, type };
}
