import type { Declaration } from '../terraform/model';
import { attributeOf } from '../terraform/values';
import type { BlockHeader } from './bodyRules';
import { rulesFor, isSettable } from './bodyRules';
import type { CompletionItem, CompletionKind } from './completionItems';
import { argumentDetail, declarationDocs } from './documentation';
import { ownDeclaration } from './completeMembers';
import { declarationShape, readingOf } from './expressionShapes';
import type { Reading } from './expressionShapes';
import type { ValuePlace } from './place';
import { providerAddresses } from './providerAddresses';
import { keysOf } from './shapes';
import { checkable } from './tests/checkExpectedFailures';

/** Offers for places that take addresses or names and nothing else; `undefined` where any expression may stand. */
export function completeAddresses(
  reading: Reading,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
): readonly CompletionItem[] | undefined {
  if (place.call !== undefined || place.steps.some((step) => step.kind === 'index')) return undefined;
  const { module } = reading;
  const inner = blocks.at(-1)?.type ?? '';
  const item = (address: string, kind: CompletionKind, detail: string): CompletionItem => ({
    label: address,
    kind,
    range: place.chain,
    insert: address,
    detail,
  });
  const offered = (declaration: Declaration): CompletionItem => ({
    ...item(declaration.address, 'reference', declaration.kind),
    documentation: declarationDocs(declaration, declaration.file.syntax.text),
  });
  const own = ownDeclaration(module, blocks, place.attribute);
  const ofKinds = (...kinds: readonly Declaration['kind'][]) =>
    module.declarations.filter((each) => each !== own && kinds.includes(each.kind));
  switch (place.attribute) {
    case 'depends_on':
      return ofKinds('resource', 'data', 'ephemeral', 'module', 'component', 'stack').map(offered);
    case 'replace_triggered_by':
      return inner === 'lifecycle'
        ? ofKinds('resource').flatMap((each) =>
            withInstances(reading, each).map((at) => item(at, 'reference', each.kind)),
          )
        : undefined;
    case 'actions':
      return inner === 'action_trigger' ? ofKinds('action').map(offered) : undefined;
    case 'ignore_changes':
      return inner === 'lifecycle' ? ignorable(reading, place, blocks) : undefined;
    case 'provider':
    case 'providers':
      return isProviderChoice(place, blocks) ? providerAddresses(reading, place, blocks) : undefined;
    case 'expect_failures':
      return inner === 'run' ? checkableItems(reading, item) : undefined;
    case 'target':
    case 'replace':
      return targets(reading, inner)?.map(([address, kind]) => item(address, 'reference', kind));
    case 'to':
    case 'from':
      return movable(reading, place, inner)?.map(([address, kind]) => item(address, 'reference', kind));
    default:
      return undefined;
  }
}

function isProviderChoice({ attribute }: ValuePlace, blocks: readonly BlockHeader[]): boolean {
  if (attribute === 'providers') return ['module', 'run', 'component'].includes(blocks.at(-1)?.type ?? '');
  const type = blocks.at(-1)?.type ?? '';
  return ['resource', 'data', 'ephemeral', 'action', 'import', 'list'].includes(type);
}

/** The address, and those of its instances as far as they are known. */
function withInstances(reading: Reading, declaration: Declaration): string[] {
  const { address, node } = declaration;
  if (node.kind !== 'block') return [address];
  if (attributeOf(node.body, 'count') !== undefined) return [address, `${address}[0]`];
  if (attributeOf(node.body, 'for_each') === undefined) return [address];
  const keys = keysOf(declarationShape(reading, declaration)).slice(0, mostInstances);
  return [address, ...keys.map((key) => `${address}[${key}]`)];
}

/** What `expect_failures` names: what has conditions that may fail. */
function checkableItems(
  { module }: Reading,
  item: (address: string, kind: CompletionKind, detail: string) => CompletionItem,
): CompletionItem[] {
  return checkable(module).map((address) =>
    item(address, 'reference', module.find(address)?.kind ?? 'condition'),
  );
}

/** Addresses that a test overrides, or that its plan is told to look at alone. */
function targets(reading: Reading, block: string): readonly (readonly [string, string])[] | undefined {
  switch (block) {
    case 'override_resource':
      return addressesIn(reading, ['resource'], '', 0);
    case 'override_data':
      return addressesIn(reading, ['data'], '', 0);
    case 'override_module':
      return addressesIn(reading, ['module'], '', 0);
    case 'plan_options':
      return addressesIn(reading, ['resource', 'data', 'module'], '', 0);
    default:
      return undefined;
  }
}

const mostInstances = 20;
const deepestModule = 3;

/** Addresses for `moved`, `removed` and `import`, those inside called modules among them. */
function movable(
  reading: Reading,
  { attribute }: ValuePlace,
  block: string,
): readonly (readonly [string, string])[] | undefined {
  switch (block) {
    case 'import':
      return attribute === 'to' ? addressesIn(reading, ['resource'], '', 0) : undefined;
    case 'moved':
    case 'removed':
      return addressesIn(reading, ['resource', 'module'], '', 0);
    default:
      return undefined;
  }
}

function addressesIn(
  reading: Reading,
  kinds: readonly Declaration['kind'][],
  prefix: string,
  depth: number,
): (readonly [string, string])[] {
  const { snapshot, module } = reading;
  return module.declarations.flatMap((declaration): (readonly [string, string])[] => {
    const { kind } = declaration;
    if (kind !== 'module' && !kinds.includes(kind)) return [];
    const own = withInstances(reading, declaration).map((address) => `${prefix}${address}`);
    const shown = kinds.includes(kind)
      ? own.map((address): readonly [string, string] => [address, kind])
      : [];
    if (kind !== 'module' || depth >= deepestModule) return shown;
    const called = snapshot.index.called(declaration, module);
    if (called === undefined) return shown;
    const inside = own
      // Without a key only a module that there is one of has things in it.
      .slice(own.length > 1 ? 1 : 0)
      .flatMap((address) => addressesIn(readingOf(snapshot, called), kinds, `${address}.`, depth + 1));
    return [...shown, ...inside];
  });
}

/** The resource's own arguments and blocks, which `ignore_changes` names without quotes; `all` in the place of a list. */
function ignorable(reading: Reading, place: ValuePlace, blocks: readonly BlockHeader[]): CompletionItem[] {
  const outer = blocks.slice(0, -1);
  const rules = rulesFor(reading.snapshot, reading.module, outer);
  const inList = place.steps.length > 0;
  const all: CompletionItem = {
    label: 'all',
    kind: 'keyword',
    range: place.chain,
    insert: 'all',
    detail: 'every argument',
  };
  const items = [...rules.arguments].flatMap(([name, { schema, origin }]): CompletionItem[] => {
    if (origin !== 'provider' || !isSettable(schema)) return [];
    return [named(name, argumentDetail(schema), place, inList)];
  });
  for (const [name, { origin }] of rules.blocks) {
    if (origin === 'provider' && !rules.arguments.has(name)) items.push(named(name, 'block', place, inList));
  }
  return inList ? items : [all, ...items];
}

/** Outside of brackets the whole list is written. */
function named(name: string, detail: string, { chain }: ValuePlace, inList: boolean): CompletionItem {
  const insert = inList ? name : `[${name}]`;
  return { label: insert, kind: 'argument', range: chain, insert, filter: name, detail, group: 1 };
}
