import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { ProviderUse } from '../terraform/model';
import type { ShadowPlaces } from './workingDirectory';

interface StateResource {
  readonly mode: string;
  readonly type: string;
  /** `provider["registry.terraform.io/hashicorp/aws"].west`, with the module's path in front. */
  readonly provider: string;
}

/** What the sandbox's states use: their types must be served even when the configuration has dropped them. */
export function stateUses(places: ShadowPlaces): readonly ProviderUse[] {
  return stateFiles(places)
    .flatMap((file) => readResources(file))
    .flatMap((resource) => {
      const source = /provider\["([^"]+)"\]/.exec(resource.provider)?.[1];
      if (source === undefined) return [];
      const managed = resource.mode === 'managed';
      return [
        {
          source: source.replace(/^registry\.opentofu\.org\//, 'registry.terraform.io/'),
          resources: managed ? [resource.type] : [],
          data: managed ? [] : [resource.type],
          ephemeral: [],
        },
      ];
    });
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

function stateFiles({ stateFile, workspaces }: ShadowPlaces): readonly string[] {
  const others = existsSync(workspaces)
    ? readdirSync(workspaces).map((name) => path.join(workspaces, name, 'terraform.tfstate'))
    : [];
  return [stateFile, ...others].filter((file) => existsSync(file));
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
