import { documentationUrl } from '../providers/documentationUrl';
import type { Module } from '../terraform/model';
import { eachNode, providerUses } from '../terraform/moduleTree';
import { shortSource } from '../terraform/providerSource';
import { lockedVersions, schemaDirectories } from './schemaPlaces';
import type { Snapshot } from './snapshot';

/** A provider that a root module needs, with what is known about it. */
export interface UsedProvider {
  /** As people write it: `hashicorp/aws`. */
  readonly source: string;
  /** What the modules ask for, all of it at once: `>= 5.0, ~> 6.1`; absent where nobody asks. */
  readonly constraint?: string;
  /** What the lock file holds. */
  readonly locked?: string;
  /** Which schema answers: `6.66.0 bundled`; absent where nobody knows the provider. */
  readonly schema?: string;
  /** Its documentation. */
  readonly page?: string;
}

/** The providers of a root module and of all modules it calls, sorted. */
export function usedProviders(snapshot: Snapshot, root: string): readonly UsedProvider[] {
  const tree = snapshot.index.tree(root);
  const modules = [...eachNode(tree)].map(({ module }) => module);
  const locked = lockedVersions(snapshot, tree.module);
  return providerUses(tree).map(({ source }): UsedProvider => {
    const constraint = constraintsOn(source, modules);
    const known = snapshot.schemas.provider(source, schemaDirectories(snapshot, tree.module))?.provenance;
    const version = locked.get(source);
    const page = documentationUrl({ source, version: version ?? known?.version ?? '' }, 'provider', '');
    return {
      source: shortSource(source),
      ...(constraint !== '' && { constraint }),
      ...(version !== undefined && { locked: version }),
      ...(known !== undefined && { schema: `${known.version} ${known.origin}`.trim() }),
      ...(page !== undefined && { page }),
    };
  });
}

function constraintsOn(source: string, modules: readonly Module[]): string {
  const asked = modules.flatMap(({ requirements }) =>
    requirements.flatMap((each) =>
      each.source === source && each.version !== undefined ? [each.version] : [],
    ),
  );
  return [...new Set(asked)].join(', ');
}
