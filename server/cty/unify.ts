import type { CollectionType, ObjectType, TupleType } from './types';
import {
  attributeEntries,
  attributeType,
  isCollection,
  isObject,
  isOptional,
  isPrimitive,
  isTuple,
  kindOf,
  objectType,
  typesEqual,
} from './types';
import type { CtyType } from './type';
import { orderByGenerality } from './generality';

/**
 * Safe conversions always succeed and lose nothing; unsafe ones, which Terraform makes wherever a value is given for
 * a type, may fail for some values.
 */
export type Safety = 'safe' | 'unsafe';

/** The most general of types that all others convert to; undefined where there is none, or no type at all. */
export function unify(types: readonly CtyType[], safety: Safety = 'safe'): CtyType | undefined {
  const [first] = types;
  if (first === undefined) return undefined;
  if (types.every((type) => type === first)) return first;
  const ofOneKind = unifyKinds(types, safety);
  return ofOneKind === 'other' ? unifyByPreference(types, safety) : ofOneKind;
}

/** Where types of one kind stand beside some not known yet, nothing can be said about the result before they are. */
export function waitsForTypes(types: readonly CtyType[]): boolean {
  const known = types.filter((type) => type !== 'dynamic');
  const [first] = known;
  if (first === undefined || known.length === types.length || typeof first === 'string') return false;
  return known.every((type) => kindOf(type) === kindOf(first));
}

/** Whether values of a type convert to another; unsafe ones may still fail for some values. */
export function canConvertType(from: CtyType, to: CtyType, safety: Safety): boolean {
  if (to === 'dynamic') return true;
  if (from === 'dynamic') return safety === 'unsafe';
  if (isPrimitive(from) && isPrimitive(to)) return canConvertPrimitive(from, to, safety);
  if (isObject(to)) {
    if (isObject(from)) return canConvertObject(from, to, safety);
    return (
      isCollection(from) &&
      from[0] === 'map' &&
      safety === 'unsafe' &&
      canConvertMapToObject(from, to, safety)
    );
  }
  if (isTuple(to)) return isTuple(from) && canConvertTuple(from, to, safety);
  return isCollection(to) && canConvertToCollection(from, to, safety);
}

/** The element type of the collection that a tuple's or object's members convert to; undefined where they do not. */
export function elementTypeFor(
  members: readonly CtyType[],
  wanted: CtyType,
  kind: CollectionType[0],
  safety: Safety,
): CtyType | undefined {
  if (wanted !== 'dynamic') {
    return members.every((type) => isSame(type, wanted, safety)) ? wanted : undefined;
  }
  if (members.length === 0) return 'dynamic';
  const element = unify(members, safety);
  if (element === undefined) return undefined;
  // A list of values of different types that could not be unified is no list.
  if (element === 'dynamic' && kind !== 'map' && members.some((type) => type !== 'dynamic')) return undefined;
  return members.every((type) => isSame(type, element, safety)) ? element : undefined;
}

function isSame(from: CtyType, to: CtyType, safety: Safety): boolean {
  return typesEqual(from, to) || canConvertType(from, to, safety);
}

function canConvertPrimitive(from: CtyType, to: CtyType, safety: Safety): boolean {
  if (from === to) return false;
  return to === 'string' || (from === 'string' && safety === 'unsafe');
}

function canConvertObject(from: ObjectType, to: ObjectType, safety: Safety): boolean {
  return Object.entries(to[1]).every(([name, wanted]) => {
    const given = attributeType(from, name);
    return given === undefined ? isOptional(to, name) : isSame(given, wanted, safety);
  });
}

function canConvertMapToObject(from: CollectionType, to: ObjectType, safety: Safety): boolean {
  // An optional attribute of another type only matters to a map that has it.
  return Object.entries(to[1]).every(
    ([name, wanted]) => isSame(from[1], wanted, safety) || isOptional(to, name),
  );
}

function canConvertTuple(from: TupleType, to: TupleType, safety: Safety): boolean {
  return (
    from[1].length === to[1].length &&
    from[1].every((type, at) => isSame(type, to[1][at] ?? 'dynamic', safety))
  );
}

function canConvertToCollection(from: CtyType, to: CollectionType, safety: Safety): boolean {
  if (typeof from === 'string') return false;
  if (to[0] === 'map') {
    if (isObject(from)) {
      return elementTypeFor(Object.values(from[1]), to[1], 'map', safety) !== undefined;
    }
    return from[0] === 'map' && canConvertType(from[1], to[1], safety);
  }
  if (isTuple(from)) return elementTypeFor(from[1], to[1], to[0], safety) !== undefined;
  if (from[0] === 'list' && to[0] === 'set' && safety === 'safe') return false;
  return (from[0] === 'list' || from[0] === 'set') && isSame(from[1], to[1], safety);
}

function unifyKinds(types: readonly CtyType[], safety: Safety): CtyType | undefined | 'other' {
  const kinds = new Set(types.map(kindOf));
  const hasAny = kinds.delete('dynamic');
  const [only] = kinds;
  if (kinds.size === 1 && only !== undefined && !isPrimitiveKind(only)) {
    return hasAny ? 'dynamic' : unifyOneKind(only, types, safety);
  }
  if (kinds.size === 2 && kinds.has('map') && kinds.has('object')) {
    return unifyInDisguise(types, 'object', 'map', safety) ?? 'other';
  }
  if (kinds.size === 2 && kinds.has('list') && kinds.has('tuple')) {
    return unifyInDisguise(types, 'tuple', 'list', safety) ?? 'other';
  }
  return kinds.has('object') && kinds.has('tuple') ? undefined : 'other';
}

function isPrimitiveKind(kind: string): boolean {
  return kind === 'string' || kind === 'number' || kind === 'bool';
}

function unifyOneKind(kind: string, types: readonly CtyType[], safety: Safety): CtyType | undefined {
  if (kind === 'object') return unifyObjects(types.filter(isObject), safety);
  if (kind === 'tuple') return unifyTuples(types.filter(isTuple), safety);
  const collections = types.filter(isCollection);
  const element = unify(
    collections.map((type) => type[1]),
    safety,
  );
  const [first] = collections;
  if (element === undefined || first === undefined) return undefined;
  return ifAllConvert(types, [first[0], element], safety);
}

function ifAllConvert(types: readonly CtyType[], to: CtyType, safety: Safety): CtyType | undefined {
  return types.every((type) => isSame(type, to, safety)) ? to : undefined;
}

/** An object often is a map, and a tuple a list, that the language had no other way to write. */
function unifyInDisguise(
  types: readonly CtyType[],
  disguise: 'object' | 'tuple',
  as: 'map' | 'list',
  safety: Safety,
): CtyType | undefined {
  const disguised = types.filter((type) => kindOf(type) === disguise);
  const one =
    disguise === 'object'
      ? unifyToMap(disguised.filter(isObject), safety)
      : unifyToList(disguised.filter(isTuple), safety);
  if (one === undefined) return undefined;
  const all = unify(
    types.map((type) => (kindOf(type) === disguise ? one : type)),
    safety,
  );
  return all !== undefined && kindOf(all) === as ? all : undefined;
}

function unifyObjects(types: readonly ObjectType[], safety: Safety): CtyType | undefined {
  const [first, ...rest] = types;
  if (first === undefined) return undefined;
  const names = Object.keys(first[1]);
  const alike = rest.every(
    (type) =>
      Object.keys(type[1]).length === names.length && names.every((name) => Object.hasOwn(type[1], name)),
  );
  if (!alike) return unifyToMap(types, safety);
  const attributes: [string, CtyType][] = [];
  for (const name of names) {
    const across = types.map((type) => attributeType(type, name) ?? 'dynamic');
    const unified = unify(across, safety);
    if (unified === undefined) return undefined;
    attributes.push([name, unified]);
  }
  const to = objectType(attributes);
  return ifAllConvert(types, to, safety) ?? unifyToMap(types, safety);
}

function unifyToMap(types: readonly ObjectType[], safety: Safety): CtyType | undefined {
  const members = types.flatMap((type) => attributeEntries(type).map(([, member]) => member));
  const element = unify(members, safety);
  return element && ifAllConvert(types, ['map', element], safety);
}

function unifyTuples(types: readonly TupleType[], safety: Safety): CtyType | undefined {
  const [first, ...rest] = types;
  if (first === undefined) return undefined;
  if (rest.some((type) => type[1].length !== first[1].length)) return unifyToList(types, safety);
  const members: CtyType[] = [];
  for (const at of first[1].keys()) {
    const unified = unify(
      types.map((type) => type[1][at] ?? 'dynamic'),
      safety,
    );
    if (unified === undefined) return undefined;
    members.push(unified);
  }
  return ifAllConvert(types, ['tuple', members], safety) ?? unifyToList(types, safety);
}

function unifyToList(types: readonly TupleType[], safety: Safety): CtyType | undefined {
  const element = unify(
    types.flatMap((type) => type[1]),
    safety,
  );
  return element && ifAllConvert(types, ['list', element], safety);
}

function unifyByPreference(types: readonly CtyType[], safety: Safety): CtyType | undefined {
  return orderByGenerality(types).find((wanted) => types.every((type) => isSame(type, wanted, safety)));
}
