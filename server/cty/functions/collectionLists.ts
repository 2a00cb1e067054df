import { convert } from '../convert';
import { friendlyName, isTuple, kindOf, typesEqual } from '../types';
import type { CtyType } from '../type';
import { unify } from '../unify';
import type { KnownValue, Marks, Value } from '../value';
import {
  compareNames,
  listValue,
  noMarks,
  numberValue,
  stringValue,
  tupleValue,
  unknownValue,
  withMarks,
  withoutMarks,
} from '../value';
import { BigFloat } from '../bigFloat';
import { isComposite, isWhollyKnown } from '../marks';
import { membersOf, numberOf, textOf, wholeNumberOf } from './argumentValues';
import { argument, elementType, faultOf, listOf, prefixed } from './contents';
import type { FunctionTable, Parameter } from './function';
import { ArgumentError } from './function';

const anyList: Parameter = { name: 'list', type: 'dynamic', allowMarked: true };

/** Functions that make one sequence out of others. Facts: go-cty 1.16 `function/stdlib`, Terraform 1.11 `lang/funcs`. */
export const listFunctions: FunctionTable = {
  chunklist: {
    notNull: true,
    parameters: [
      { name: 'list', type: ['list', 'dynamic'], allowMarked: true },
      { name: 'size', type: 'number', allowMarked: true },
    ],
    type: (args) => ['list', argument(args, 0).type],
    call: chunklist,
  },
  coalescelist: {
    notNull: true,
    parameters: [],
    variadic: { name: 'vals', type: 'dynamic', allowUnknown: true, allowDynamic: true, allowNull: true },
    type: coalescelistType,
    call: (args, type) => {
      for (const arg of args) {
        if (arg.kind === 'unknown') return unknownValue(type);
        if (arg.kind === 'known' && membersOf(arg).length > 0) return arg;
      }
      throw new Error('no non-null arguments');
    },
  },
  compact: {
    notNull: true,
    parameters: [{ name: 'list', type: ['list', 'string'] }],
    type: ['list', 'string'],
    call: (args, type) => {
      const list = argument(args, 0);
      if (!isWhollyKnown(list)) return unknownValue(type);
      const kept = membersOf(list).filter((value) => value.kind === 'known' && textOf(value) !== '');
      return listValue('string', kept);
    },
  },
  concat: {
    notNull: true,
    parameters: [],
    variadic: { name: 'seqs', type: 'dynamic', allowMarked: true },
    type: concatType,
    call: concat,
  },
  flatten: {
    notNull: true,
    parameters: [anyList],
    type: (args) => {
      const list = argument(args, 0);
      if (!isWhollyKnown(list)) return 'dynamic';
      if (!isSequence(list.type)) throw new Error('can only flatten lists, sets and tuples');
      return ['tuple', flatElements(list).values.map((value) => value.type)];
    },
    call: (args, type) => {
      const flat = flatElements(argument(args, 0));
      return withMarks(flat.known ? tupleValue(flat.values) : unknownValue(type), flat.marks);
    },
  },
  range: {
    notNull: true,
    parameters: [],
    variadic: { name: 'params', type: 'number' },
    type: ['list', 'number'],
    call: range,
  },
  reverse: {
    notNull: true,
    parameters: [anyList],
    type: (args) => {
      const { type } = argument(args, 0);
      if (isTuple(type)) return ['tuple', type[1].toReversed()];
      if (isSequence(type)) return ['list', elementType(type)];
      throw new ArgumentError(0, `can only reverse list or tuple values, not ${friendlyName(type)}`);
    },
    call: (args, type) => {
      const list = argument(args, 0);
      return withMarks(sequence(membersOf(list).toReversed(), type), list.marks);
    },
  },
  slice: {
    notNull: true,
    parameters: [anyList, { name: 'start_index', type: 'number' }, { name: 'end_index', type: 'number' }],
    type: sliceType,
    call: slice,
  },
  sort: {
    notNull: true,
    parameters: [{ name: 'list', type: ['list', 'string'], allowUnknown: true }],
    type: ['list', 'string'],
    call: (args, type) => {
      const list = argument(args, 0);
      if (!isWhollyKnown(list)) return unknownValue(type);
      const texts = membersOf(list).map((value, index) => {
        if (value.kind === 'known') return textOf(value);
        throw new Error(`given list element ${index} is null; a null string cannot be sorted`);
      });
      return listValue('string', texts.sort(compareNames).map(stringValue));
    },
  },
};

function chunklist(args: readonly Value[]): Value {
  const [list, sizeValue] = [argument(args, 0), argument(args, 1)];
  const size = prefixed('invalid size: ', () => wholeNumberOf(sizeValue));
  if (size < 0) throw new Error('the size argument must be positive');
  const elements = membersOf(list);
  const inner = elementType(list.type);
  const chunks: Value[] = [];
  if (size === 0 && elements.length > 0) chunks.push(withoutMarks(list));
  for (let start = 0; size > 0 && start < elements.length; start += size) {
    chunks.push(listOf(elements.slice(start, start + size), inner));
  }
  return withMarks(listOf(chunks, list.type), list.marks | sizeValue.marks);
}

function coalescelistType(args: readonly Value[]): CtyType {
  const [first] = args;
  if (first === undefined) throw new Error('at least one argument is required');
  for (const arg of args) {
    if (arg.kind === 'unknown') return 'dynamic';
    if (kindOf(arg.type) !== 'list' && !isTuple(arg.type)) {
      throw new Error('coalescelist arguments must be lists or tuples');
    }
  }
  return args.every((arg) => typesEqual(arg.type, first.type)) ? first.type : 'dynamic';
}

function concatType(args: readonly Value[]): CtyType {
  if (args.length === 0) throw new Error('at least one argument is required');
  if (args.every((arg) => kindOf(arg.type) === 'list')) {
    const common = unify(
      args.map((arg) => arg.type),
      'unsafe',
    );
    if (common !== undefined) return common;
  }
  const types: CtyType[] = [];
  for (const [index, arg] of args.entries()) {
    if (isTuple(arg.type)) {
      for (const type of arg.type[1]) types.push(type);
    } else if (kindOf(arg.type) === 'list') {
      if (arg.kind === 'unknown') return 'dynamic';
      const inner = elementType(arg.type);
      for (let left = membersOf(arg).length; left > 0; left--) types.push(inner);
    } else {
      throw new ArgumentError(index, `all arguments must be lists or tuples; got ${friendlyName(arg.type)}`);
    }
  }
  return ['tuple', types];
}

function concat(args: readonly Value[], type: CtyType): Value {
  const isTupleResult = isTuple(type);
  const values: Value[] = [];
  let marks = noMarks;
  for (const [index, arg] of args.entries()) {
    const part = isTupleResult ? arg : faultOf(index, () => convert(arg, type));
    marks |= part.marks;
    for (const value of membersOf(part)) values.push(value);
  }
  return withMarks(sequence(values, type), marks);
}

interface Flat {
  readonly values: readonly Value[];
  readonly marks: Marks;
  readonly known: boolean;
}

/** Everything in nested sequences, one after the other. Null is an element, also where its type is a list. */
function flatElements(list: Value): Flat {
  const values: Value[] = [];
  let marks = noMarks;
  let known = true;
  const open = [list];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    if (next !== list && (next.kind === 'null' || !isSequence(next.type))) {
      if (next.kind === 'unknown' && next.type === 'dynamic') known = false;
      values.push(next);
      continue;
    }
    marks |= next.marks;
    if (next.kind !== 'known' || !hasKnownLength(next)) known = false;
    else for (const value of membersOf(next).toReversed()) open.push(value);
  }
  return { values, marks, known };
}

/** Unknown elements of a set may turn out equal to others, which makes its length unknown unless it has just one. */
export function hasKnownLength(value: KnownValue): boolean {
  return kindOf(value.type) !== 'set' || membersOf(value).length === 1 || isWhollyKnown(value);
}

const most = 1024;

function range(args: readonly Value[]): Value {
  const [first, second, third] = args.map(numberOf);
  if (first === undefined || args.length > 3) throw new Error('must have one, two, or three arguments');
  const start = second === undefined ? BigFloat.from(0) : first;
  const end = second ?? first;
  const step = third ?? BigFloat.from(end.compare(start) < 0 ? -1 : 1);
  const direction = step.sign() < 0 ? -1 : 1;
  if (direction * end.compare(start) < 0) {
    const [relation, sign] = direction < 0 ? ['less', 'negative'] : ['greater', 'positive'];
    throw new ArgumentError(1, `end must be ${relation} than start when step is ${sign}`);
  }
  const values: Value[] = [];
  for (let number = start; direction * number.compare(end) < 0; number = number.add(step)) {
    if (values.length >= most) {
      throw new Error(
        `more than ${most} values were generated; either decrease the difference between start and end or use a smaller step`,
      );
    }
    values.push(numberValue(number));
  }
  return listValue('number', values);
}

function sliceType(args: readonly Value[]): CtyType {
  const { type } = argument(args, 0);
  if (kindOf(type) === 'set') {
    throw new ArgumentError(
      0,
      'cannot slice a set, because its elements do not have indices; explicitly convert to a list if the ordering of the result is not important',
    );
  }
  if (!isSequence(type)) throw new ArgumentError(0, 'must be a list or tuple value');
  const bounds = sliceBounds(args);
  if (!isTuple(type)) return type;
  return bounds === undefined ? 'dynamic' : ['tuple', type[1].slice(...bounds)];
}

function slice(args: readonly Value[], type: CtyType): Value {
  const list = argument(args, 0);
  const bounds = sliceBounds(args);
  const result = bounds === undefined ? unknownValue(type) : sequence(membersOf(list).slice(...bounds), type);
  return withMarks(result, list.marks);
}

/** The checked start and end, or undefined where one of them is not known. */
function sliceBounds(args: readonly Value[]): [number, number] | undefined {
  const length = lengthFor(argument(args, 0));
  const start = sliceBound(argument(args, 1), 1, 'start', length);
  const end = sliceBound(argument(args, 2), 2, 'end', length);
  if (start === undefined || end === undefined) return undefined;
  if (start > end) throw new ArgumentError(1, 'start index must not be greater than end index');
  return [start, end];
}

function sliceBound(
  value: Value,
  index: number,
  name: string,
  length: number | undefined,
): number | undefined {
  if (value.kind === 'unknown') return undefined;
  const bound = faultOf(index, () => wholeNumberOf(value), `invalid ${name} index: `);
  if (bound < 0) throw new ArgumentError(index, `${name} index must not be less than zero`);
  if (length !== undefined && bound > length) {
    throw new ArgumentError(index, `${name} index must not be greater than the length of the list`);
  }
  return bound;
}

function lengthFor(list: Value): number | undefined {
  if (isTuple(list.type)) return list.type[1].length;
  return list.kind === 'known' && isComposite(list.content) ? membersOf(list).length : undefined;
}

/** A tuple where the result type is one, otherwise a list. */
function sequence(values: readonly Value[], type: CtyType): Value {
  return isTuple(type) ? tupleValue(values) : listOf(values, elementType(type));
}

/** Lists, sets and tuples. */
export function isSequence(type: CtyType): boolean {
  const kind = kindOf(type);
  return kind === 'list' || kind === 'set' || kind === 'tuple';
}
