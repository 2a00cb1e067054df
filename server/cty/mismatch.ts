import type { CollectionType, ObjectType } from './types';
import {
  attributeEntries,
  attributeType,
  friendlyConstraint,
  isCollection,
  isObject,
  isOptional,
  isTuple,
  typesEqual,
} from './types';
import type { CtyType } from './type';
import { canConvertType } from './unify';

/** Why values of a type do not convert to another, as go-cty says it. */
export function mismatchMessage(given: CtyType, wanted: CtyType): string {
  if (isObject(given) && isObject(wanted)) return mismatchOfObjects(given, wanted);
  if (isCollection(wanted) && typeof given !== 'string') return mismatchOfCollection(given, wanted);
  return `${friendlyConstraint(wanted)} required`;
}

function mismatchOfObjects(given: ObjectType, wanted: ObjectType): string {
  const missing = attributeEntries(wanted)
    .filter(([name]) => !Object.hasOwn(given[1], name) && !isOptional(wanted, name))
    .map(([name]) => JSON.stringify(name));
  const last = missing.at(-1);
  if (last !== undefined) {
    if (missing.length === 1) return `attribute ${last} is required`;
    if (missing.length === 2) return `attributes ${missing.join(' and ')} are required`;
    return `attributes ${missing.slice(0, -1).join(', ')}, and ${last} are required`;
  }
  for (const safety of ['unsafe', 'safe'] as const) {
    for (const [name, type] of attributeEntries(wanted)) {
      const mine = attributeType(given, name);
      if (mine === undefined || typesEqual(mine, type) || canConvertType(mine, type, safety)) continue;
      return `attribute ${JSON.stringify(name)}: ${mismatchMessage(mine, type)}`;
    }
  }
  return 'incorrect object attributes';
}

function mismatchOfCollection(given: CtyType, wanted: CollectionType): string {
  const [kind, element] = wanted;
  const structural = isTuple(given) || isObject(given);
  const matches = kind === 'map' ? isObject(given) : isTuple(given);
  if (structural && matches) {
    return element === 'dynamic'
      ? `all ${kind} elements must have the same type`
      : mismatchOfMember(given, element);
  }
  if (isCollection(given)) {
    const alike = kind === 'map' ? given[0] === 'map' : given[0] !== 'map';
    if (alike) return `incorrect ${kind} element type: ${mismatchMessage(given[1], element)}`;
  }
  return `${friendlyConstraint(wanted)} required`;
}

function mismatchOfMember(given: CtyType, element: CtyType): string {
  const members: [string, CtyType][] = isTuple(given)
    ? given[1].map((type, at) => [at.toString(), type])
    : isObject(given)
      ? attributeEntries(given).map(([name, type]) => [JSON.stringify(name), type])
      : [];
  const wrong = members.find(
    ([, type]) => !typesEqual(type, element) && !canConvertType(type, element, 'unsafe'),
  );
  return wrong === undefined
    ? `all elements must be ${friendlyConstraint(element)}`
    : `element ${wrong[0]}: ${mismatchMessage(wrong[1], element)}`;
}
