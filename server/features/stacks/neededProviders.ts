import type { Block } from '../../hcl/syntax';
import { expectedAliases } from '../../terraform/expectedAliases';
import type { Declaration, Module } from '../../terraform/model';
import type { ModuleIndex } from '../../terraform/moduleIndex';
import { impliedProvider, sourceOf } from '../../terraform/providerSource';
import { entriesOf } from '../../terraform/stacks/stackCalls';
import { toTraversal } from '../../terraform/traversal';
import { attributeOf, literalString } from '../../terraform/values';
import type { Snapshot } from '../snapshot';

/** A provider configuration that a module must be given by its component. */
interface NeededProvider {
  /** What the module calls it: `aws`, `aws.west`. */
  readonly name: string;
  /** Full source address. */
  readonly source: string;
}

/**
 * The provider configurations that a component must pass to its module: what the module names as aliases it expects,
 * what its resources and actions use, and the default ones of the modules it calls. Providers that it only requires are
 * not among them. By the rules of `EffectiveRequiredProviderConfigs` in Terraform's `internal/configs/config.go`.
 */
export function neededProviders(snapshot: Snapshot, module: Module): readonly NeededProvider[] {
  const known = remembered.get(snapshot.index) ?? new Map<Module, readonly NeededProvider[]>();
  remembered.set(snapshot.index, known);
  const before = known.get(module);
  if (before !== undefined) return before;
  const found = collect(snapshot, module, new Set());
  known.set(module, found);
  return found;
}

/** An index is one moment of the workspace, so that what it gave once stays true. */
const remembered = new WeakMap<ModuleIndex, Map<Module, readonly NeededProvider[]>>();

function collect(snapshot: Snapshot, module: Module, above: ReadonlySet<string>): readonly NeededProvider[] {
  if (above.has(module.directory)) return [];
  const own = new Set(
    module.declarations
      .filter(({ kind }) => kind === 'provider')
      .map(({ address }) => address.slice('provider.'.length)),
  );
  const found = new Map<string, NeededProvider>();
  const need = (name: string): void => {
    const [local = '', ...alias] = name.split('.');
    const source = sourceOf(local, module);
    const key = [source, ...alias].join('.');
    if (!own.has(name) && !found.has(key)) found.set(key, { name, source });
  };
  for (const alias of expectedAliases(module)) need(alias);
  for (const declaration of module.declarations) {
    const name = usedProvider(declaration);
    if (name !== undefined) need(name);
  }
  const inside = new Set([...above, module.directory]);
  for (const call of module.declarations.filter(({ kind }) => kind === 'module')) {
    const passed = call.node.kind === 'block' ? attributeOf(call.node.body, 'providers')?.value : undefined;
    if (passed !== undefined) {
      for (const { value } of entriesOf(passed)) {
        const name = configurationName(value);
        if (name !== undefined) need(name);
      }
      continue;
    }
    const called = snapshot.index.called(call, module);
    for (const { name, source } of called === undefined ? [] : collect(snapshot, called, inside)) {
      if (!name.includes('.')) need(localName(source, module));
    }
  }
  return [...found.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The configuration that a resource uses: `aws`, `aws.west`. */
function usedProvider({ kind, type, node }: Declaration): string | undefined {
  if (kind !== 'resource' && kind !== 'data' && kind !== 'ephemeral' && kind !== 'action') return undefined;
  const chosen = node.kind === 'block' ? choice(node) : undefined;
  return chosen ?? impliedProvider(type);
}

function choice(block: Block): string | undefined {
  const value = attributeOf(block.body, 'provider')?.value;
  return value === undefined ? undefined : configurationName(value);
}

/** `aws.west` as it is written, also between quotes, as Terraform 0.11 had it. */
function configurationName(value: Parameters<typeof toTraversal>[0]): string | undefined {
  const traversal = toTraversal(value);
  if (traversal === undefined) return literalString(value);
  const [alias] = traversal.steps;
  return alias?.kind === 'name' ? `${traversal.root.name}.${alias.name}` : traversal.root.name;
}

/** What a module calls the provider of that source. */
function localName(source: string, module: Module): string {
  const required = module.requirements.find((requirement) => requirement.source === source);
  return required?.name ?? source.slice(source.lastIndexOf('/') + 1);
}
