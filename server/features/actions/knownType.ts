import { typeToString } from '../../cty/type';
import type { CtyType } from '../../cty/type';
import { hasDynamic, typesEqual } from '../../cty/types';
import { unify } from '../../cty/unify';
import type { Expression } from '../../hcl/syntax';
import type { Module } from '../../terraform/model';
import type { Snapshot } from '../snapshot';
import { typesOf } from '../values/inputs';

/** Longer types are left for a person to write. */
const longestType = 120;

/**
 * The type constraint that a variable for this value should have: lists and maps in the place of the tuples and objects
 * that expressions give; `dynamic` where it is not known or too long to be of use.
 */
export function constraintFor(
  snapshot: Snapshot,
  module: Module,
  expression: Expression | undefined,
): CtyType {
  if (expression === undefined) return 'dynamic';
  const { value } = typesOf(snapshot, module).evaluate(expression);
  const type = value.kind === 'null' ? 'dynamic' : general(value.type);
  return hasDynamic(type) || typeToString(type).length > longestType ? 'dynamic' : type;
}

/** Members of one type make a collection. */
export function general(type: CtyType): CtyType {
  if (typeof type === 'string') return type;
  switch (type[0]) {
    case 'tuple': {
      const members = type[1].map(general);
      const one = oneOf(members);
      return one === undefined ? ['tuple', members] : ['list', one];
    }
    case 'object': {
      const members = Object.entries(type[1]).map(([name, member]) => [name, general(member)] as const);
      const one = oneOf(members.map(([, member]) => member));
      // An object of several strings is a map; objects of equal objects are maps too, single ones mostly not.
      return one !== undefined && (members.length > 1 || typeof one === 'string')
        ? ['map', one]
        : ['object', Object.fromEntries(members)];
    }
    default:
      return [type[0], general(type[1])];
  }
}

function oneOf(types: readonly CtyType[]): CtyType | undefined {
  const [first] = types;
  if (first === undefined) return undefined;
  if (types.every((type) => typesEqual(type, first))) return first;
  // Only objects may differ, by members that some of them lack: those stay as they are written.
  return types.every((type) => typeof type === 'string') && !types.includes('dynamic')
    ? undefined
    : sameKind(types);
}

function sameKind(types: readonly CtyType[]): CtyType | undefined {
  const unified = unify(types);
  return unified === undefined || hasDynamic(unified) ? undefined : unified;
}
