import type { CtyType } from './type';
import { compareNames } from './value';

export type ObjectType = Extract<CtyType, readonly ['object', ...unknown[]]>;
export type TupleType = Extract<CtyType, readonly ['tuple', unknown]>;
export type CollectionType = readonly ['list' | 'set' | 'map', CtyType];
export type TypeKind = 'string' | 'number' | 'bool' | 'dynamic' | 'list' | 'set' | 'map' | 'object' | 'tuple';

export function kindOf(type: CtyType): TypeKind {
  return typeof type === 'string' ? type : type[0];
}

export function isPrimitive(type: CtyType): type is 'string' | 'number' | 'bool' {
  return typeof type === 'string' && type !== 'dynamic';
}

export function isObject(type: CtyType): type is ObjectType {
  return typeof type !== 'string' && type[0] === 'object';
}

export function isTuple(type: CtyType): type is TupleType {
  return typeof type !== 'string' && type[0] === 'tuple';
}

/** A list, set or map, whose members all have one type. */
export function isCollection(type: CtyType): type is CollectionType {
  return typeof type !== 'string' && (type[0] === 'list' || type[0] === 'set' || type[0] === 'map');
}

/** The type of an attribute, undefined where the object has none of that name. */
export function attributeType(type: ObjectType, name: string): CtyType | undefined {
  return Object.hasOwn(type[1], name) ? type[1][name] : undefined;
}

export function isOptional(type: ObjectType, name: string): boolean {
  return type[2]?.includes(name) ?? false;
}

/** In Terraform's order, by name. */
export function attributeNames(type: ObjectType): string[] {
  return Object.keys(type[1]).sort(compareNames);
}

/** In Terraform's order, by name. */
export function attributeEntries(type: ObjectType): [string, CtyType][] {
  return Object.entries(type[1]).sort(([a], [b]) => compareNames(a, b));
}

export function objectType(entries: Iterable<readonly [string, CtyType]>): ObjectType {
  return ['object', Object.fromEntries(entries)];
}

export function typesEqual(a: CtyType, b: CtyType): boolean {
  if (a === b) return true;
  if (typeof a === 'string' || typeof b === 'string') return false;
  if (isObject(a)) return isObject(b) && objectsEqual(a, b);
  if (isTuple(a)) {
    const other = isTuple(b) ? b[1] : undefined;
    return (
      other?.length === a[1].length && a[1].every((type, at) => typesEqual(type, other[at] ?? 'dynamic'))
    );
  }
  return isCollection(b) && a[0] === b[0] && typesEqual(a[1], b[1]);
}

function objectsEqual(a: ObjectType, b: ObjectType): boolean {
  const names = Object.keys(a[1]);
  if (names.length !== Object.keys(b[1]).length) return false;
  return names.every((name) => {
    const [mine, theirs] = [attributeType(a, name), attributeType(b, name)];
    if (mine === undefined || theirs === undefined) return false;
    return typesEqual(mine, theirs) && isOptional(a, name) === isOptional(b, name);
  });
}

/** The type without its optional marks at any depth, as the type of a value always is. */
export function withoutOptional(type: CtyType): CtyType {
  if (!hasOptional(type) || typeof type === 'string') return type;
  if (isObject(type)) {
    return objectType(Object.entries(type[1]).map(([name, member]) => [name, withoutOptional(member)]));
  }
  if (isTuple(type)) return ['tuple', type[1].map(withoutOptional)];
  return [type[0], withoutOptional(type[1])];
}

function hasOptional(type: CtyType): boolean {
  if (typeof type === 'string') return false;
  if (isObject(type)) return type[2] !== undefined || Object.values(type[1]).some(hasOptional);
  return isTuple(type) ? type[1].some(hasOptional) : hasOptional(type[1]);
}

/** The type is `any`, or holds `any` at some depth. */
export function hasDynamic(type: CtyType): boolean {
  if (typeof type === 'string') return type === 'dynamic';
  if (isObject(type)) return Object.values(type[1]).some(hasDynamic);
  return isTuple(type) ? type[1].some(hasDynamic) : hasDynamic(type[1]);
}

/** Whether a value of the type can stand where `wanted` is asked for; `any` in it stands for every type. */
export function conforms(given: CtyType, wanted: CtyType): boolean {
  if (wanted === 'dynamic') return true;
  if (typeof given === 'string' || typeof wanted === 'string') return given === wanted;
  if (isObject(given)) {
    if (!isObject(wanted)) return false;
    const names = Object.keys(given[1]);
    return (
      names.length === Object.keys(wanted[1]).length &&
      names.every((name) => {
        const [mine, theirs] = [attributeType(given, name), attributeType(wanted, name)];
        return mine !== undefined && theirs !== undefined && conforms(mine, theirs);
      })
    );
  }
  if (isTuple(given)) {
    const members = isTuple(wanted) ? wanted[1] : undefined;
    return (
      members?.length === given[1].length &&
      given[1].every((type, at) => conforms(type, members[at] ?? 'dynamic'))
    );
  }
  return isCollection(wanted) && given[0] === wanted[0] && conforms(given[1], wanted[1]);
}

/** As messages name a type: `string`, `list of string`, `object`. */
export function friendlyName(type: CtyType): string {
  if (typeof type === 'string') return type;
  return isCollection(type) ? `${type[0]} of ${friendlyName(type[1])}` : type[0];
}

/** As messages name a type that is asked for: `any type`, `list of any single type`. */
export function friendlyConstraint(type: CtyType): string {
  if (type === 'dynamic') return 'any type';
  if (typeof type === 'string') return type;
  if (!isCollection(type)) return type[0];
  return `${type[0]} of ${type[1] === 'dynamic' ? 'any single type' : friendlyConstraint(type[1])}`;
}
