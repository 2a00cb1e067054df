import { readFileSync } from 'node:fs';
import type { ProviderUse } from '../terraform/model';
import { stateFiles } from './places';
import type { Places } from './places';
import type { ObjectType } from './scenarioRules';

interface StateResource {
  readonly module?: string;
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  /** `provider["registry.terraform.io/hashicorp/aws"].west`, with the module's path in front. */
  readonly provider: string;
  readonly instances?: readonly { readonly attributes?: Readonly<Record<string, unknown>> }[];
}

/** What the sandbox's states hold. */
export interface StateContents {
  /** Types that must be served even when the configuration has dropped them. */
  readonly uses: readonly ProviderUse[];
  /** By address without instance keys. */
  readonly objects: ReadonlyMap<string, ObjectType>;
  /** Names of the attributes that objects of a type have. */
  readonly attributes: ReadonlyMap<ObjectType, ReadonlySet<string>>;
}

export function readStates(places: Places): StateContents {
  const uses: ProviderUse[] = [];
  const objects = new Map<string, ObjectType>();
  const attributes = new Map<ObjectType, Set<string>>();
  for (const resource of stateFiles(places).flatMap(readResources)) {
    const managed = resource.mode === 'managed';
    const type: ObjectType = `${managed ? 'resource' : 'data'} ${resource.type}`;
    const module =
      resource.module === undefined ? '' : `${resource.module.replace(/\[("[^"]*"|\d+)\]/g, '')}.`;
    objects.set(`${module}${managed ? '' : 'data.'}${resource.type}.${resource.name}`, type);
    const names = attributes.get(type) ?? new Set<string>();
    attributes.set(type, names);
    for (const instance of resource.instances ?? [])
      for (const name of Object.keys(instance.attributes ?? {})) names.add(name);
    const source = /provider\["([^"]+)"\]/.exec(resource.provider)?.[1];
    if (source === undefined) continue;
    uses.push({
      source: source.replace(/^registry\.opentofu\.org\//, 'registry.terraform.io/'),
      resources: managed ? [resource.type] : [],
      data: managed ? [] : [resource.type],
      ephemeral: [],
    });
  }
  return { uses: mergeUses(uses), objects, attributes };
}

/** One entry for each provider. */
export function mergeUses(uses: readonly ProviderUse[]): readonly ProviderUse[] {
  const bySource = new Map<string, ProviderUse>();
  for (const use of uses) {
    const known = bySource.get(use.source);
    bySource.set(use.source, {
      source: use.source,
      resources: [...new Set([...(known?.resources ?? []), ...use.resources])],
      data: [...new Set([...(known?.data ?? []), ...use.data])],
      ephemeral: [...new Set([...(known?.ephemeral ?? []), ...use.ephemeral])],
    });
  }
  return [...bySource.values()];
}

function readResources(file: string): readonly StateResource[] {
  try {
    const state = JSON.parse(readFileSync(file, 'utf8')) as { readonly resources?: readonly StateResource[] };
    return state.resources ?? [];
  } catch {
    // Terraform itself reports a state it cannot read, and better.
    return [];
  }
}
