import type { CtyType } from '../cty/type';
import { isPrimitive, typesEqual } from '../cty/types';
import { canConvertType } from '../cty/unify';
import type { Expected } from './expected';

/** How well a value of some type stands where another is wanted; what does not fit is still offered, further down. */
export type Fit = 'yes' | 'maybe' | 'no';

export function fitOf(type: CtyType, expected: Expected): Fit {
  if (type === 'dynamic') return 'maybe';
  if (expected.collection) return isMany(type) ? 'yes' : 'no';
  const wanted = wantedType(expected);
  if (wanted === 'dynamic') return 'maybe';
  if (typesEqual(type, wanted)) return 'yes';
  // A number is taken as text too, but it is seldom what is meant.
  if (!isPrimitive(wanted) && canConvertType(type, wanted, 'safe')) return 'yes';
  return canConvertType(type, wanted, 'unsafe') ? 'maybe' : 'no';
}

/** The type that is wanted; nested attributes of a provider are objects of anything here. */
export function wantedType({ schema: { type, nested } }: Expected): CtyType {
  if (type !== undefined) return type;
  if (nested === undefined) return 'dynamic';
  return nested.nesting === 'single' || nested.nesting === 'group' ? ['map', 'dynamic'] : ['list', 'dynamic'];
}

/** Whether a type is that of a list, set, map, tuple or object. */
export function isMany(type: CtyType): boolean {
  return typeof type !== 'string';
}

/** The type of one element, where all have the same. */
export function elementTypeOf(type: CtyType): CtyType | undefined {
  if (typeof type === 'string' || type[0] === 'object' || type[0] === 'tuple') return undefined;
  return type[1];
}
