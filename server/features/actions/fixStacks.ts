import type { Block } from '../../hcl/syntax';
import { toType } from '../../terraform/typeExpression';
import { attributeOf } from '../../terraform/values';
import { placeholder } from './declare';
import { removeEntry } from './fixBodies';
import { addArguments, addEntry } from './insertion';
import { blockAround, fact, write } from './quickFix';
import type { Case, Fix, Mending } from './quickFix';
import { skeleton } from './skeleton';

/** Fixes for the files of stacks. */
export const stackFixes: Readonly<Record<string, Fix>> = {
  'undeclared-block': declareBlock,
  'unknown-input': removeEntry,
  'missing-input': addInput,
};

/** A component, stack, identity token … with what it needs. */
function declareBlock(given: Case): Mending[] {
  const [type, first, name] = [fact(given, 'block'), fact(given, 'type'), fact(given, 'name')];
  if (type === undefined || name === undefined) return [];
  const labels = first === undefined || first === '' ? [name] : [first, name];
  const text = skeleton(given.snapshot, given.module, { type, labels });
  const end = given.file.syntax.text.trimEnd().length;
  const title = `Declare the ${type} ${labels.map((label) => `"${label}"`).join(' ')}`;
  return [{ title, edits: [write(given, { start: end, end }, `\n\n${text}`)] }];
}

function addInput(given: Case): Mending[] {
  const name = fact(given, 'name');
  const block = blockAround(given);
  if (name === undefined || block === undefined) return [];
  const entry = `${name} = ${placeholder(typeOf(given, block, name))}`;
  const place = given.file;
  const inputs = attributeOf(block.body, 'inputs')?.value;
  const title = `Add the input "${name}"`;
  if (inputs?.kind === 'object') return [{ title, edits: [addEntry(place, inputs, entry)] }];
  if (inputs !== undefined) return [];
  return [{ title, edits: [addArguments(place, block, ['inputs = {', `  ${entry}`, '}'])] }];
}

function typeOf({ snapshot, module }: Case, block: Block, name: string) {
  const call = module.declarations.find(({ range }) => range.start === block.range.start);
  const called = call === undefined ? undefined : snapshot.index.called(call, module);
  const node = called?.find(`var.${name}`)?.node;
  return node?.kind === 'block' ? toType(attributeOf(node.body, 'type')?.value) : undefined;
}
