import { parse } from '../hcl/parser';
import { allFunctions, signatureOf } from '../terraform/functions';
import type { Declaration, Module } from '../terraform/model';
import { toTraversal } from '../terraform/traversal';
import type { Traversal } from '../terraform/traversal';
import type { Range } from '../text/range';
import { rulesFor } from './bodyRules';
import type { BlockHeader } from './bodyRules';
import { completeMembers } from './completeMembers';
import { fitting } from './completionItems';
import type { CompletionItem, CompletionList } from './completionItems';
import { functionDocs } from './documentation';
import type { ValuePlace } from './place';
import type { Snapshot } from './snapshot';

/** Completes inside an expression: what is in scope, and after a dot what can be read there. */
export function completeValue(
  snapshot: Snapshot,
  module: Module,
  text: string,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
): CompletionList {
  const chain = text.slice(place.chain.start, place.chain.end);
  const dot = chain.lastIndexOf('.');
  const word = chain.slice(dot + 1).trimStart();
  const range: Range = { start: place.chain.end - word.length, end: place.chain.end };
  if (addressOnly(place, blocks)) return fitting(addresses(module, place), chain);
  if (dot < 0) return fitting(namesInScope(snapshot, module, place, blocks, range), word);
  const before = traversalIn(chain.slice(0, dot));
  if (before === undefined) return { items: [], isIncomplete: false };
  const dotRange = { start: place.chain.start + dot, end: place.chain.end };
  const members = completeMembers(snapshot, module, before, { place, blocks, range, dotRange });
  return fitting(members, members[0]?.filter?.startsWith('.') === true ? `.${word}` : word);
}

function traversalIn(chain: string): Traversal | undefined {
  const [item] = parse(`_ = ${chain}\n`).body.items;
  return item?.kind === 'attribute' ? toTraversal(item.value) : undefined;
}

/** Places that take whole addresses and nothing else. */
function addressOnly(place: ValuePlace, blocks: readonly BlockHeader[]): boolean {
  if (place.call !== undefined) return false;
  if (place.attribute === 'depends_on' || place.attribute === 'replace_triggered_by') return true;
  return (
    isProviderChoice(place, blocks) || ['moved', 'removed', 'import'].includes(addressBlock(place, blocks))
  );
}

function isProviderChoice(place: ValuePlace, blocks: readonly BlockHeader[]): boolean {
  const direct = blocks.length === 1;
  return (
    direct &&
    (place.attribute === 'provider' || (place.attribute === 'providers' && blocks[0]?.type === 'module'))
  );
}

function addressBlock(place: ValuePlace, blocks: readonly BlockHeader[]): string {
  return place.attribute === 'to' || place.attribute === 'from' ? (blocks.at(-1)?.type ?? '') : '';
}

function addresses(module: Module, place: ValuePlace): CompletionItem[] {
  const providers = place.attribute === 'provider' || place.attribute === 'providers';
  const kinds = new Set<Declaration['kind']>(providers ? ['provider'] : ['resource', 'data', 'module']);
  if (place.attribute === 'depends_on') kinds.add('ephemeral');
  return module.declarations
    .filter((declaration) => kinds.has(declaration.kind))
    .map((declaration): CompletionItem => {
      const address = providers ? declaration.address.replace(/^provider\./, '') : declaration.address;
      return {
        label: address,
        kind: 'reference',
        range: place.chain,
        insert: address,
        detail: declaration.kind,
      };
    });
}

function namesInScope(
  snapshot: Snapshot,
  module: Module,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
  range: Range,
): CompletionItem[] {
  const item = (
    label: string,
    kind: CompletionItem['kind'],
    group: number,
    detail: string,
  ): CompletionItem => ({
    label,
    kind,
    range,
    insert: label,
    group,
    detail,
  });
  const rule = rulesFor(snapshot, module, blocks).arguments.get(place.attribute);
  const isType = place.attribute === 'type' && ['variable', 'output'].includes(blocks.at(-1)?.type ?? '');
  const keywords = place.keys.length === 0 && place.call === undefined ? (rule?.keywords ?? []) : [];
  const words = keywords.map((word) => item(word, 'keyword', 0, 'keyword'));
  if (isType) return [...words, ...typeConstructors(range)];
  return [
    ...words,
    ...place.variables.map((name) => item(name, 'variable', 0, 'for variable')),
    ...iterators(blocks).map((name) => item(name, 'variable', 0, 'iterator')),
    ...roots(module, blocks).map(([name, detail]) => item(name, 'reference', 1, detail)),
    ...resourceTypes(module).map((type) => item(type, 'reference', 1, 'resource')),
    ...allFunctions().map((called) => ({
      ...item(called.name, 'function', 2, signatureOf(called)),
      insert: called.name,
      snippet:
        called.parameters.length === 0 && called.variadic === undefined
          ? `${called.name}()`
          : `${called.name}($1)`,
      documentation: functionDocs(called),
    })),
    ...['true', 'false', 'null'].map((word) => item(word, 'keyword', 3, 'keyword')),
  ];
}

function typeConstructors(range: Range): CompletionItem[] {
  return ['list', 'set', 'map', 'object', 'tuple', 'optional'].map((name) => ({
    label: name,
    kind: 'keyword',
    range,
    insert: `${name}(`,
    snippet: name === 'object' ? 'object({\n  $1\n})' : `${name}($1)`,
    group: 1,
    detail: 'type',
  }));
}

/** The first names of references that mean something here. */
function roots(module: Module, blocks: readonly BlockHeader[]): (readonly [string, string])[] {
  const has = (kind: Declaration['kind']) =>
    module.declarations.some((declaration) => declaration.kind === kind);
  const top = blocks[0];
  const repeats = (name: string) =>
    top?.node?.body.items.some((item) => item.kind === 'attribute' && item.name === name) === true;
  const found: (readonly [string, string])[] = [
    ['path', 'folders of this configuration'],
    ['terraform', 'about this run of Terraform'],
  ];
  if (has('variable')) found.push(['var', 'input variables']);
  if (has('local')) found.push(['local', 'local values']);
  if (has('module')) found.push(['module', 'outputs of called modules']);
  if (has('data')) found.push(['data', 'data sources']);
  if (has('ephemeral')) found.push(['ephemeral', 'ephemeral resources']);
  if (repeats('for_each')) found.push(['each', 'the current element of for_each']);
  if (repeats('count')) found.push(['count', 'the number of this instance']);
  const inside = new Set(blocks.slice(1).map((block) => block.type));
  if (['provisioner', 'connection', 'postcondition'].some((type) => inside.has(type)))
    found.push(['self', 'this object']);
  return found;
}

function iterators(blocks: readonly BlockHeader[]): string[] {
  return blocks.flatMap((block, index) => {
    if (block.type !== 'dynamic' || blocks[index + 1]?.type !== 'content') return [];
    return [iteratorName(block)].filter((name) => name !== undefined);
  });
}

/** The name of the current element inside the content of a dynamic block. */
export function iteratorName(block: BlockHeader): string | undefined {
  for (const item of block.node?.body.items ?? []) {
    if (item.kind === 'attribute' && item.name === 'iterator' && item.value.kind === 'variable')
      return item.value.name;
  }
  return block.labels[0];
}

function resourceTypes(module: Module): string[] {
  return [
    ...new Set(
      module.declarations.filter(({ kind }) => kind === 'resource').map((declaration) => declaration.type),
    ),
  ];
}
