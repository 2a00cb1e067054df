import { convert } from '../convert';
import { isWhollyKnown } from '../marks';
import type { CtyType } from '../type';
import {
  attributeEntries,
  attributeNames,
  attributeType,
  friendlyName,
  isObject,
  isTuple,
  kindOf,
  objectType,
  typesEqual,
} from '../types';
import type { Value } from '../value';
import {
  compareNames,
  listValue,
  mapValue,
  noMarks,
  objectValue,
  stringValue,
  tupleValue,
  unknownValue,
  withMarks,
} from '../value';
import { membersOf, textOf } from './argumentValues';
import { argument, elementType, entriesOf, listOf, mapOf, redacted } from './contents';
import type { FunctionTable } from './function';
import { ArgumentError } from './function';

/** Functions of maps and objects. Facts: go-cty 1.16 `function/stdlib`, Terraform 1.11 `lang/funcs`. */
export const mapFunctions: FunctionTable = {
  keys: {
    notNull: true,
    parameters: [{ name: 'inputMap', type: 'dynamic', allowUnknown: true, allowMarked: true }],
    type: (args) => {
      const { type } = argument(args, 0);
      if (kindOf(type) === 'map') return ['list', 'string'];
      if (isObject(type)) return ['tuple', Object.keys(type[1]).map(() => 'string')];
      throw new ArgumentError(0, 'must have map or object type');
    },
    call: keys,
  },
  lookup: {
    parameters: [
      { name: 'inputMap', type: 'dynamic', allowMarked: true, allowUnknown: true },
      { name: 'key', type: 'string', allowMarked: true, allowUnknown: true },
    ],
    variadic: {
      name: 'default',
      type: 'dynamic',
      allowUnknown: true,
      allowDynamic: true,
      allowNull: true,
      allowMarked: true,
    },
    type: lookupType,
    call: lookup,
  },
  merge: {
    notNull: true,
    parameters: [],
    variadic: { name: 'maps', type: 'dynamic', allowDynamic: true, allowNull: true, allowMarked: true },
    type: mergeType,
    call: merge,
  },
  transpose: {
    notNull: true,
    parameters: [{ name: 'values', type: ['map', ['list', 'string']] }],
    type: ['map', ['list', 'string']],
    call: transpose,
  },
  values: {
    notNull: true,
    parameters: [{ name: 'mapping', type: 'dynamic', allowMarked: true }],
    type: (args) => {
      const { type } = argument(args, 0);
      if (kindOf(type) === 'map') return ['list', elementType(type)];
      if (isObject(type)) return ['tuple', attributeEntries(type).map(([, attribute]) => attribute)];
      throw new Error('values() requires a map as the first argument');
    },
    call: (args, type) => {
      const map = argument(args, 0);
      const values = membersOf(map);
      return withMarks(isTuple(type) ? tupleValue(values) : listOf(values, elementType(type)), map.marks);
    },
  },
  zipmap: {
    notNull: true,
    parameters: [
      { name: 'keys', type: ['list', 'string'], allowMarked: true },
      { name: 'values', type: 'dynamic', allowMarked: true },
    ],
    type: zipmapType,
    call: zipmap,
  },
};

function keys(args: readonly Value[], type: CtyType): Value {
  const map = argument(args, 0);
  if (isObject(map.type)) {
    // The names are in the type, so they are known even where the object is not.
    return withMarks(tupleValue(attributeNames(map.type).map(stringValue)), map.marks);
  }
  if (map.kind === 'unknown') return withMarks(unknownValue(type), map.marks);
  return withMarks(listValue('string', [...entriesOf(map).keys()].map(stringValue)), map.marks);
}

function lookupType(args: readonly Value[]): CtyType {
  if (args.length > 3) throw new Error(`lookup() takes two or three arguments, got ${args.length}`);
  const [map, key, fallback] = [argument(args, 0), argument(args, 1), args[2]];
  if (isObject(map.type)) {
    if (key.kind === 'unknown') return 'dynamic';
    const name = textOf(key);
    const found = attributeType(map.type, name) ?? fallback?.type;
    if (found !== undefined) return found;
    throw new ArgumentError(0, `the given object has no attribute ${JSON.stringify(name)}`);
  }
  if (kindOf(map.type) !== 'map') throw new ArgumentError(0, 'lookup() requires a map as the first argument');
  const inner = elementType(map.type);
  if (fallback !== undefined && !converts(fallback, inner)) {
    throw new ArgumentError(2, 'the default value must have the same type as the map elements');
  }
  return inner;
}

function lookup(args: readonly Value[], type: CtyType): Value {
  const [map, key, fallback] = [argument(args, 0), argument(args, 1), args[2]];
  const marks = map.marks | key.marks;
  if (map.kind === 'unknown' || key.kind === 'unknown') return withMarks(unknownValue(type), marks);
  const name = textOf(key);
  const found = entriesOf(map).get(name);
  if (found !== undefined) return withMarks(found, marks);
  if (fallback !== undefined) return withMarks(convert(fallback, type), marks);
  throw new Error(`lookup failed to find key ${redacted(name, key.marks)}`);
}

function converts(value: Value, type: CtyType): boolean {
  try {
    convert(value, type);
    return true;
  } catch {
    return false;
  }
}

/** One type for all where they agree; otherwise an object with what can be in any of them. */
function mergeType(args: readonly Value[]): CtyType {
  const [first] = args;
  if (first === undefined) return objectType([]);
  const attributes = new Map<string, CtyType>();
  let allKnown = true;
  for (const arg of args) {
    const { type } = arg;
    if (type === 'dynamic') return 'dynamic';
    if (isObject(type)) {
      if (arg.kind !== 'null')
        for (const [name, attribute] of Object.entries(type[1])) attributes.set(name, attribute);
    } else if (kindOf(type) === 'map') {
      if (arg.kind === 'unknown') allKnown = false;
      else if (arg.kind === 'known')
        for (const name of entriesOf(arg).keys()) attributes.set(name, elementType(type));
    } else {
      throw new Error(`arguments must be maps or objects, got ${JSON.stringify(friendlyName(type))}`);
    }
  }
  if (args.every((arg) => typesEqual(arg.type, first.type))) return first.type;
  return allKnown ? objectType(attributes) : 'dynamic';
}

function merge(args: readonly Value[], type: CtyType): Value {
  const merged = new Map<string, Value>();
  let marks = noMarks;
  for (const arg of args) {
    if (arg.kind === 'null') continue;
    marks |= arg.marks;
    // After an untyped null the types were not looked at, and what is empty has nothing to merge.
    if (membersOf(arg).length === 0) continue;
    for (const [name, value] of entriesOf(arg)) merged.set(name, value);
  }
  return withMarks(kindOf(type) === 'map' ? mapOf(merged, elementType(type)) : objectValue(merged), marks);
}

function transpose(args: readonly Value[], type: CtyType): Value {
  const map = argument(args, 0);
  if (!isWhollyKnown(map)) return unknownValue(type);
  const names = new Map<string, string[]>();
  for (const [name, list] of entriesOf(map)) {
    if (list.kind === 'null') throw new Error('input must not contain null list');
    for (const value of membersOf(list)) {
      if (value.kind === 'null') throw new Error('input list must not contain null string');
      const known = names.get(textOf(value));
      if (known) known.push(name);
      else names.set(textOf(value), [name]);
    }
  }
  const lists = [...names].map(
    ([name, found]) => [name, listValue('string', found.sort(compareNames).map(stringValue))] as const,
  );
  return mapValue(['list', 'string'], lists);
}

function zipmapType(args: readonly Value[]): CtyType {
  const [keyList, values] = [argument(args, 0), argument(args, 1)];
  if (kindOf(values.type) === 'list') return ['map', elementType(values.type)];
  if (!isTuple(values.type)) throw new Error('values argument must be a list or tuple value');
  if (!isWhollyKnown(keyList)) return 'dynamic';
  const names = membersOf(keyList);
  const types = values.type[1];
  requireSameLength(names.length, types.length);
  return objectType(
    names.map((name, index) => {
      if (name.kind === 'null') throw new Error(`keys list has null value at index ${index}`);
      return [textOf(name), types[index] ?? 'dynamic'];
    }),
  );
}

function zipmap(args: readonly Value[], type: CtyType): Value {
  const [keyList, valueList] = [argument(args, 0), argument(args, 1)];
  const marks = keyList.marks | valueList.marks;
  if (!isWhollyKnown(keyList)) return withMarks(unknownValue(type), marks);
  const names = membersOf(keyList);
  const values = membersOf(valueList);
  requireSameLength(names.length, values.length);
  const entries = names.map((name, index) => [textOf(name), argument(values, index)] as const);
  const result = kindOf(type) === 'map' ? mapOf(new Map(entries), elementType(type)) : objectValue(entries);
  // A name has no place for marks, so the whole map takes those of the names.
  return withMarks(
    result,
    names.reduce((all, name) => all | name.marks, marks),
  );
}

function requireSameLength(names: number, values: number): void {
  if (names !== values)
    throw new Error(`number of keys (${names}) does not match number of values (${values})`);
}
