import { expectedAliases } from '../terraform/expectedAliases';
import type { Module } from '../terraform/model';
import { attributeOf } from '../terraform/values';
import { impliedProvider, sourceOf } from '../terraform/providerSource';
import type { BlockHeader } from './bodyRules';
import type { CompletionItem } from './completionItems';
import type { Reading } from './expressionShapes';
import type { ValuePlace } from './place';

/** Provider configurations for `provider = ` and the values of `providers = { … }`, those of the same provider first. */
export function providerAddresses(
  { module }: Reading,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
): CompletionItem[] {
  const holder = blocks.at(-1);
  const wanted = wantedLocal(place, holder);
  if (module.dialect === 'stack') return stackConfigurations(module, place, wanted);
  return configurations(module).map((address) => {
    const local = address.replace(/^provider\./, '').split('.')[0] ?? '';
    const source = sourceOf(local, module);
    return {
      label: address,
      kind: 'reference' as const,
      range: place.chain,
      insert: address,
      detail: source,
      group: wanted === undefined || source === sourceOf(wanted, module) ? 0 : 1,
    };
  });
}

/** A stack's configurations have addresses of their own, and an instance is read by its key. */
function stackConfigurations(
  module: Module,
  place: ValuePlace,
  wanted: string | undefined,
): CompletionItem[] {
  return module.declarations
    .filter(({ kind }) => kind === 'provider_configuration')
    .map(({ address, type, node }): CompletionItem => {
      const repeats = node.kind === 'block' && attributeOf(node.body, 'for_each') !== undefined;
      const insert = repeats ? `${address}[each.key]` : address;
      const group = type === wanted ? 0 : 1;
      return {
        label: insert,
        kind: 'reference',
        range: place.chain,
        insert,
        detail: sourceOf(type, module),
        group,
      };
    });
}

/** The provider that fits: that of the resource's type, or of the key in `providers`. */
function wantedLocal(place: ValuePlace, holder: BlockHeader | undefined): string | undefined {
  if (place.attribute === 'providers') return place.keys.at(-1)?.split('.')[0];
  const type = holder?.type === 'import' ? undefined : holder?.labels[0];
  return type === undefined ? undefined : impliedProvider(type);
}

/** `aws` and `aws.west`: configured here, expected from the caller, or at least required. */
export function configurations(module: Module): string[] {
  // A stack names them with their prefix, and all of them.
  if (module.dialect === 'stack')
    return module.declarations.flatMap(({ kind, address }) =>
      kind === 'provider_configuration' ? [address] : [],
    );
  const configured = module.declarations
    .filter(({ kind }) => kind === 'provider')
    .map(({ address }) => address.replace(/^provider\./, ''));
  const required = module.requirements.map(({ name }) => name);
  const aliased = [...configured, ...expectedAliases(module)];
  // A module that only has aliases of a provider still has its default configuration where it requires it.
  return [...new Set([...aliased, ...required])].sort();
}

/** The keys that `providers = { … }` of a call may have: what the called module requires and expects. */
export function providerKeys(called: Module): readonly { readonly name: string; readonly detail: string }[] {
  const aliases = expectedAliases(called);
  const names = new Set([
    ...aliases,
    ...called.requirements.map(({ name }) => name),
    ...called.declarations.flatMap(({ kind, name, node }) =>
      kind === 'provider' && node.kind === 'block' && attributeOf(node.body, 'alias') === undefined
        ? [name]
        : [],
    ),
  ]);
  return [...names].sort().map((name) => ({ name, detail: sourceOf(name.split('.')[0] ?? '', called) }));
}
