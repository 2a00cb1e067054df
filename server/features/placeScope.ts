import { parse } from '../hcl/parser';
import type { Expression } from '../hcl/syntax';
import type { Module } from '../terraform/model';
import { attributeOf } from '../terraform/values';
import type { Range } from '../text/range';
import type { BlockHeader } from './bodyRules';
import { declarationShape, expressionShape, readingOf, withLoop } from './expressionShapes';
import type { Reading } from './expressionShapes';
import type { ValuePlace } from './place';
import { elementOf, keyOf, objectOf, plain } from './shapes';
import type { Shape } from './shapes';
import type { Snapshot } from './snapshot';
import { contextShape } from './stacks/stackShapes';

/**
 * How expressions are read at a place: with `each`, `count`, `self`, the iterators of `dynamic` blocks and the
 * variables of `for` that hold there.
 */
export function readingAt(
  snapshot: Snapshot,
  module: Module,
  text: string,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
): Reading {
  const scope = blockScope(snapshot, module, blocks);
  const own = blocks.length === 1 ? unknownIn[place.attribute] : undefined;
  const known = own === undefined ? scope : new Map([...scope].filter(([name]) => name !== own));
  let reading = readingOf(snapshot, module, known);
  for (const loop of place.loops) {
    const collection = expressionShape(reading, expressionIn(text, loop.collection));
    reading = { ...reading, scope: withLoop(reading.scope, loop.names, collection) };
  }
  return reading;
}

/** What an argument makes does not exist in its own value. */
const unknownIn: Readonly<Record<string, string>> = { for_each: 'each', count: 'count' };

/** The expression that a part of a text is, on its own. */
export function expressionIn(text: string, range: Range): Expression | undefined {
  return expressionOf(text.slice(range.start, range.end));
}

export function expressionOf(text: string): Expression | undefined {
  const [item] = parse(`_ = (${text}\n)\n`).body.items;
  if (item?.kind !== 'attribute') return undefined;
  return item.value.kind === 'parenthesis' ? item.value.inner : item.value;
}

/** The names that the blocks around a place give a meaning to. */
export function blockScope(
  snapshot: Snapshot,
  module: Module,
  blocks: readonly BlockHeader[],
): ReadonlyMap<string, Shape> {
  const scope = new Map<string, Shape>();
  const reading = (): Reading => readingOf(snapshot, module, new Map(scope));
  const [top] = blocks;
  const forEach = argumentOf(top, 'for_each');
  if (forEach !== undefined) scope.set('each', eachOf(expressionShape(reading(), forEach)));
  if (argumentOf(top, 'count') !== undefined) scope.set('count', objectOf({ index: plain('number') }));
  if (module.dialect === 'deployment' && blocks.at(-1)?.type === 'check')
    scope.set('context', contextShape());
  const self = selfShape(reading(), blocks);
  if (self !== undefined) scope.set('self', self);
  for (const [index, block] of blocks.entries()) {
    if (block.type !== 'dynamic' || blocks[index + 1]?.type !== 'content') continue;
    const name = iteratorName(block);
    if (name === undefined) continue;
    scope.set(name, eachOf(expressionShape(reading(), argumentOf(block, 'for_each'))));
  }
  return scope;
}

function eachOf(collection: Shape): Shape {
  const isSet = collection.kind === 'collection' && collection.of === 'set';
  const key = isSet ? collection.element : keyOf(collection);
  return objectOf({ key, value: elementOf(collection) });
}

const selfHolders = new Set(['provisioner', 'connection', 'postcondition', 'action_trigger']);

/** The object that `self` means inside some nested blocks of resources and data sources. */
function selfShape(reading: Reading, [top, ...inner]: readonly BlockHeader[]): Shape | undefined {
  if (top === undefined || !inner.some((block) => selfHolders.has(block.type))) return undefined;
  const prefix = top.type === 'data' || top.type === 'ephemeral' ? [top.type] : [];
  const declaration = reading.module.find([...prefix, ...top.labels].join('.'));
  if (declaration === undefined) return undefined;
  const shape = declarationShape(reading, declaration);
  return shape.kind === 'collection' ? shape.element : shape;
}

/** The name of the current element inside the content of a dynamic block. */
function iteratorName(block: BlockHeader): string | undefined {
  const iterator = argumentOf(block, 'iterator');
  return iterator?.kind === 'variable' ? iterator.name : block.labels[0];
}

function argumentOf(block: BlockHeader | undefined, name: string): Expression | undefined {
  return block?.node === undefined ? undefined : attributeOf(block.node.body, name)?.value;
}
