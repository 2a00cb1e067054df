import { convert } from '../convert';
import { valuesEqual } from '../equality';
import { isComposite, isWhollyKnown } from '../marks';
import type { CtyType } from '../type';
import { friendlyName, isObject, isTuple, kindOf } from '../types';
import { unify } from '../unify';
import type { Value } from '../value';
import { boolValue, listValue, nullValue, numberValue, unknownValue, withMarks } from '../value';
import { membersOf, textOf, wholeNumberOf } from './argumentValues';
import { Buckets } from './buckets';
import { hasKnownLength, isSequence } from './collectionLists';
import { argument, elementType, listOf, prefixed } from './contents';
import type { FunctionTable } from './function';
import { ArgumentError } from './function';
import { graphemes } from './graphemes';

const oneOrNone = 'must be a list, set, or tuple value with either zero or one elements';

/** Functions that pick from collections or ask about them. Facts: go-cty 1.16 `function/stdlib`, Terraform 1.11 `lang/funcs`. */
export const queryFunctions: FunctionTable = {
  alltrue: {
    notNull: true,
    parameters: [{ name: 'list', type: ['list', 'bool'] }],
    type: 'bool',
    call: allTrue,
  },
  anytrue: {
    notNull: true,
    parameters: [{ name: 'list', type: ['list', 'bool'] }],
    type: 'bool',
    call: anyTrue,
  },
  coalesce: {
    notNull: true,
    parameters: [],
    variadic: { name: 'vals', type: 'dynamic', allowUnknown: true, allowDynamic: true, allowNull: true },
    type: (args) => {
      const type = unify(
        args.map((arg) => arg.type),
        'unsafe',
      );
      if (type === undefined) throw new Error('all arguments must have the same type');
      return type;
    },
    call: coalesce,
  },
  contains: {
    notNull: true,
    parameters: [
      { name: 'list', type: 'dynamic' },
      { name: 'value', type: 'dynamic' },
    ],
    type: 'bool',
    call: contains,
  },
  distinct: {
    notNull: true,
    parameters: [{ name: 'list', type: ['list', 'dynamic'] }],
    type: (args) => argument(args, 0).type,
    call: (args, type) => {
      const list = argument(args, 0);
      if (!isWhollyKnown(list)) return unknownValue(type);
      const seen = new Buckets();
      const kept = membersOf(list).filter((value) => {
        if (seen.has(value)) return false;
        seen.add(value);
        return true;
      });
      return listOf(kept, elementType(type));
    },
  },
  element: {
    parameters: [
      { name: 'list', type: 'dynamic', allowMarked: true },
      { name: 'index', type: 'number' },
    ],
    type: elementResult,
    call: element,
  },
  index: {
    notNull: true,
    parameters: [
      { name: 'list', type: 'dynamic' },
      { name: 'value', type: 'dynamic' },
    ],
    type: 'number',
    call: index,
  },
  length: {
    notNull: true,
    parameters: [
      { name: 'value', type: 'dynamic', allowDynamic: true, allowUnknown: true, allowMarked: true },
    ],
    type: (args) => {
      const { type } = argument(args, 0);
      if (type !== 'number' && type !== 'bool') return 'number';
      throw new Error('argument must be a string, a collection type, or a structural type');
    },
    call: (args) => withMarks(lengthOf(argument(args, 0)), argument(args, 0).marks),
  },
  matchkeys: {
    notNull: true,
    parameters: ['values', 'keys', 'searchset'].map((name) => ({ name, type: ['list', 'dynamic'] as const })),
    type: (args) => {
      if (unify([argument(args, 1).type, argument(args, 2).type], 'unsafe') === undefined) {
        throw new Error('keys and searchset must be of the same type');
      }
      return argument(args, 0).type;
    },
    call: matchkeys,
  },
  one: {
    parameters: [{ name: 'list', type: 'dynamic' }],
    type: (args) => {
      const { type } = argument(args, 0);
      if (kindOf(type) === 'list' || kindOf(type) === 'set') return elementType(type);
      if (isTuple(type) && type[1].length < 2) return type[1][0] ?? 'dynamic';
      throw new ArgumentError(0, oneOrNone);
    },
    call: one,
  },
};

function allTrue(args: readonly Value[]): Value {
  for (const value of membersOf(args[0])) {
    if (value.kind === 'unknown') return unknownValue('bool');
    if (value.kind === 'null' || value.content === false) return boolValue(false);
  }
  return boolValue(true);
}

function anyTrue(args: readonly Value[]): Value {
  const values = membersOf(args[0]);
  if (values.some((value) => value.kind === 'known' && value.content === true)) return boolValue(true);
  return values.some((value) => value.kind === 'unknown') ? unknownValue('bool') : boolValue(false);
}

function coalesce(args: readonly Value[], type: CtyType): Value {
  for (const arg of args) {
    const value = convert(arg, type);
    if (value.kind === 'unknown') return unknownValue(type);
    if (value.kind === 'null' || value.content === '') continue;
    return value;
  }
  throw new Error('no non-null, non-empty-string arguments');
}

function contains(args: readonly Value[]): Value {
  const [list, wanted] = [argument(args, 0), argument(args, 1)];
  if (!isSequence(list.type)) throw new Error('argument must be list, tuple, or set');
  let isOpen = false;
  for (const value of membersOf(list)) {
    const equal = valuesEqual(wanted, value);
    if (equal.kind === 'known' && equal.content === true) return boolValue(true);
    if (equal.kind === 'unknown') isOpen = true;
  }
  return isOpen ? unknownValue('bool') : boolValue(false);
}

function elementResult(args: readonly Value[]): CtyType {
  const [{ type }, position] = [argument(args, 0), argument(args, 1)];
  if (kindOf(type) === 'list') return elementType(type);
  if (!isTuple(type)) throw new Error(`cannot read elements from ${friendlyName(type)}`);
  if (position.kind === 'unknown') return 'dynamic';
  const at = prefixed('invalid index: ', () => wholeNumberOf(position));
  if (type[1].length === 0) throw new Error('cannot use element function with an empty list');
  const found = type[1][at % type[1].length];
  if (found !== undefined) return found;
  throw new Error(
    `the index ${at} is negative; with a tuple, only a list converted by tolist can be read from its end`,
  );
}

function element(args: readonly Value[]): Value {
  const [list, position] = [argument(args, 0), argument(args, 1)];
  const at = prefixed('invalid index: ', () => wholeNumberOf(position));
  const values = membersOf(list);
  if (values.length === 0) throw new Error('cannot use element function with an empty list');
  const wrapped = ((at % values.length) + values.length) % values.length;
  return withMarks(argument(values, wrapped), list.marks);
}

function index(args: readonly Value[]): Value {
  const [list, wanted] = [argument(args, 0), argument(args, 1)];
  if (kindOf(list.type) !== 'list' && !isTuple(list.type))
    throw new Error('argument must be a list or tuple');
  const values = membersOf(list);
  if (values.length === 0) throw new Error('cannot search an empty list');
  for (const [at, value] of values.entries()) {
    const equal = valuesEqual(value, wanted);
    if (equal.kind === 'unknown') return unknownValue('number');
    if (equal.kind === 'known' && equal.content === true) return numberValue(at);
  }
  throw new Error('item not found');
}

function lengthOf(value: Value): Value {
  if (isTuple(value.type)) return numberValue(value.type[1].length);
  if (isObject(value.type)) return numberValue(Object.keys(value.type[1]).length);
  if (value.kind !== 'known') return unknownValue('number');
  if (value.type === 'string') return numberValue(graphemes(textOf(value)).length);
  if (!hasKnownLength(value)) return unknownValue('number');
  return numberValue(isComposite(value.content) ? [...value.content.keys()].length : 0);
}

function matchkeys(args: readonly Value[], type: CtyType): Value {
  const [valueList, keyList, searchList] = [argument(args, 0), argument(args, 1), argument(args, 2)];
  const values = membersOf(valueList);
  if (values.length !== membersOf(keyList).length) {
    throw new Error('length of keys and values should be equal');
  }
  const common = unify([keyList.type, searchList.type], 'unsafe') ?? keyList.type;
  const searched = membersOf(convert(searchList, common));
  if (searched.length === 0) return listValue(elementType(type), []);
  const names = convert(keyList, common);
  if (!isWhollyKnown(valueList) || !isWhollyKnown(names)) return unknownValue(type);
  const matches = matcher(searched);
  const kept: Value[] = [];
  for (const [at, name] of membersOf(names).entries()) {
    const match = matches(name);
    // Terraform gives an empty list, not an unknown one, where it cannot tell yet what matches.
    if (match === undefined) return listValue(elementType(type), []);
    if (match) kept.push(argument(values, at));
  }
  return listOf(kept, elementType(type));
}

/** Tells whether a value is among those searched; undefined where one that is not known comes before it. */
function matcher(searched: readonly Value[]): (value: Value) => boolean | undefined {
  if (searched.every(isWhollyKnown)) {
    const buckets = new Buckets();
    for (const value of searched) buckets.add(value);
    return (value) => buckets.has(value);
  }
  return (value) => {
    for (const other of searched) {
      const equal = valuesEqual(value, other);
      if (equal.kind !== 'known') return undefined;
      if (equal.content === true) return true;
    }
    return false;
  };
}

function one(args: readonly Value[], type: CtyType): Value {
  const list = argument(args, 0);
  if (list.kind === 'known' && !hasKnownLength(list)) return unknownValue(type);
  const values = membersOf(list);
  if (values.length > 1) throw new ArgumentError(0, oneOrNone);
  return values[0] ?? nullValue(type);
}
