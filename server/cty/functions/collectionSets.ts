import { convert } from '../convert';
import { setValue } from '../set';
import { isWhollyKnown } from '../marks';
import type { CtyType } from '../type';
import { isTuple, kindOf, typesEqual } from '../types';
import { unify } from '../unify';
import type { Value } from '../value';
import { noMarks, tupleValue, unknownValue, withMarks } from '../value';
import { membersOf } from './argumentValues';
import { Buckets } from './buckets';
import { hasKnownLength } from './collectionLists';
import { elementType, faultOf, listOf } from './contents';
import type { FunctionDefinition, FunctionTable, Parameter } from './function';
import { ArgumentError } from './function';

const anySet: Parameter = { name: 'first_set', type: ['set', 'dynamic'], allowDynamic: true };
const otherSets: Parameter = { ...anySet, name: 'other_sets' };

/** Set algebra. Facts: go-cty 1.16 `function/stdlib`. */
export const setFunctions: FunctionTable = {
  setintersection: {
    notNull: true,
    parameters: [anySet],
    variadic: otherSets,
    ...operation((a, b) => {
      const wanted = bucketsOf(b);
      return a.filter((value) => wanted.has(value));
    }),
  },
  setproduct: {
    notNull: true,
    parameters: [],
    variadic: { name: 'sets', type: 'dynamic', allowMarked: true, allowUnknown: true },
    type: productType,
    call: product,
  },
  setsubtract: {
    notNull: true,
    parameters: [
      { ...anySet, name: 'a' },
      { ...anySet, name: 'b' },
    ],
    ...operation((a, b) => {
      const unwanted = bucketsOf(b);
      return a.filter((value) => !unwanted.has(value));
    }),
  },
  setunion: {
    notNull: true,
    parameters: [anySet],
    variadic: otherSets,
    ...operation((a, b) => [...a, ...b], true),
  },
};

type Combine = (a: readonly Value[], b: readonly Value[]) => readonly Value[];

/** All sets are converted to one element type first; what is equal then counts once. */
function operation(combine: Combine, takesUnknown = false): Pick<FunctionDefinition, 'type' | 'call'> {
  return {
    type: (args) => {
      const types = args.filter((arg) => !isEmptyOfAnything(arg)).map((arg) => elementType(arg.type));
      const common = types.length === 0 ? 'dynamic' : unify(types, 'unsafe');
      if (common === undefined) throw new Error('given sets must all have compatible element types');
      return ['set', common];
    },
    call: (args, type) => {
      const sets = args.map((arg, index) => faultOf(index, () => convert(arg, type)));
      if (!takesUnknown && !sets.every(isWhollyKnown)) return unknownValue(type);
      const element = elementType(sets[0]?.type ?? type);
      if (!sets.every((set) => typesEqual(elementType(set.type), element))) {
        throw new TypeError('given sets must all have the same element type');
      }
      const [first = [], ...others] = sets.map(membersOf);
      return setValue(element, others.reduce(combine, first));
    },
  };
}

function isEmptyOfAnything(set: Value): boolean {
  return set.kind === 'known' && elementType(set.type) === 'dynamic' && membersOf(set).length === 0;
}

function bucketsOf(values: readonly Value[]): Buckets {
  const buckets = new Buckets();
  for (const value of values) buckets.add(value);
  return buckets;
}

function productType(args: readonly Value[]): CtyType {
  if (args.length < 2) throw new Error('at least two arguments are required');
  const types = args.map((arg, index): CtyType => {
    const kind = kindOf(arg.type);
    if (kind === 'list' || kind === 'set') return elementType(arg.type);
    if (!isTuple(arg.type)) throw new ArgumentError(index, 'a set or a list is required');
    if (arg.type[1].length === 0) return 'dynamic';
    const common = unify(arg.type[1], 'unsafe');
    if (common === undefined) throw new ArgumentError(index, 'all elements must be of the same type');
    return common;
  });
  return [args.some((arg) => kindOf(arg.type) === 'set') ? 'set' : 'list', ['tuple', types]];
}

/** More combinations than these are not worked out while somebody types: the result stays unknown. */
const mostCombinations = 100_000;

function product(args: readonly Value[], type: CtyType): Value {
  const tuple = elementType(type);
  const types = isTuple(tuple) ? tuple[1] : [];
  const marks = args.reduce((all, arg) => all | arg.marks, noMarks);
  const most = args.reduce((all, arg) => all * mostElements(arg), 1);
  // Nothing times a number that is not known is nothing. With a bound that is not known either, it is NaN.
  if (most !== 0 && (!args.every(isCountable) || most > mostCombinations)) {
    return withMarks(unknownValue(type), marks);
  }
  const columns = most === 0 ? [[]] : args.map((arg, index) => column(arg, types[index] ?? 'dynamic'));
  const values = combinations(columns).map(tupleValue);
  return withMarks(kindOf(type) === 'list' ? listOf(values, tuple) : setValue(tuple, values), marks);
}

function isCountable(list: Value): boolean {
  return list.kind === 'known' && hasKnownLength(list);
}

/** How many elements there are at most. */
function mostElements(list: Value): number {
  if (isTuple(list.type)) return list.type[1].length;
  return list.kind === 'known' ? membersOf(list).length : Number.POSITIVE_INFINITY;
}

function column(list: Value, type: CtyType): readonly Value[] {
  return membersOf(list).map((value) => (typesEqual(value.type, type) ? value : convert(value, type)));
}

/** The last column changes fastest. */
function combinations(columns: readonly (readonly Value[])[]): Value[][] {
  let rows: Value[][] = [[]];
  for (const values of columns) rows = rows.flatMap((row) => values.map((value) => [...row, value]));
  return rows;
}
