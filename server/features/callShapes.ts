import type { Call, Expression } from '../hcl/syntax';
import type { Module } from '../terraform/model';
import { calledFunction } from './callables';
import { elementOf, keysOf, listOf, merged, plain, typeShape, unknown } from './shapes';
import type { Shape } from './shapes';
import type { Snapshot } from './snapshot';

interface Calling {
  readonly snapshot: Snapshot;
  readonly module: Module;
}

/** What a call gives: by its arguments where the function hands them on, else by what the function says. */
export function callShape(
  call: Call,
  { snapshot, module }: Calling,
  shapeOf: (argument: Expression) => Shape,
): Shape {
  const argument = (index: number): Shape => {
    const given = call.arguments[index];
    return given === undefined ? unknown : shapeOf(given);
  };
  const name = call.name.replace(/^core::/, '');
  const handing = Object.hasOwn(byArguments, name) ? byArguments[name] : undefined;
  if (handing !== undefined) return handing(argument, call.arguments.length);
  const called = calledFunction(snapshot, module, call.name);
  return called === undefined ? unknown : typeShape(called.returns);
}

type Argument = (index: number) => Shape;

const all = (argument: Argument, count: number): Shape[] =>
  Array.from({ length: count }, (_, index) => argument(index));

const same = (argument: Argument): Shape => argument(0);
const any = (argument: Argument, count: number): Shape => merged(all(argument, count));

function collectionOf(of: 'list' | 'set' | 'map') {
  return (argument: Argument): Shape => {
    const given = argument(0);
    if (given.kind === 'unknown') return { kind: 'collection', of, element: unknown };
    return {
      kind: 'collection',
      of,
      element: elementOf(given),
      ...(of === 'map' && { keys: () => keysOf(given) }),
    };
  };
}

function flattened(shape: Shape): Shape {
  return shape.kind === 'collection' && shape.of !== 'map' ? flattened(shape.element) : shape;
}

const together = (argument: Argument, count: number): Shape =>
  listOf(merged(all(argument, count).map(elementOf)));

const byArguments: Readonly<Record<string, (argument: Argument, count: number) => Shape>> = {
  sensitive: same,
  nonsensitive: same,
  ephemeralasnull: same,
  distinct: same,
  reverse: same,
  slice: same,
  sort: same,
  compact: same,
  try: any,
  coalesce: any,
  coalescelist: any,
  merge: any,
  setunion: any,
  setintersection: any,
  setsubtract: same,
  toset: collectionOf('set'),
  tolist: collectionOf('list'),
  tomap: (argument) => {
    const given = argument(0);
    return given.kind === 'object' ? given : collectionOf('map')(argument);
  },
  values: (argument) => listOf(elementOf(argument(0))),
  keys: () => listOf(plain('string')),
  concat: together,
  flatten: (argument) => listOf(flattened(argument(0))),
  chunklist: (argument) => listOf(argument(0)),
  element: (argument) => elementOf(argument(0)),
  one: (argument) => elementOf(argument(0)),
  lookup: (argument) => merged([elementOf(argument(0)), argument(2)]),
  zipmap: (argument) => ({ kind: 'collection', of: 'map', element: elementOf(argument(1)) }),
  matchkeys: same,
};
