import type { BlockSchema, Provenance, ProviderSchema, SchemaKind } from '../providers/schema';
import type { Module } from '../terraform/model';
import { builtinProvider, impliedProvider, shortSource, sourceOf } from '../terraform/providerSource';
import { learnSchema } from './learnedSchema';
import { schemaDirectories, versionGap } from './schemaPlaces';
import type { Snapshot } from './snapshot';

/** The schema behind a block, and how much it can be trusted. */
export interface FoundSchema {
  readonly provenance: Provenance;
  readonly schema: BlockSchema;
  /** Whether it describes the version that the configuration asks for; what it does not know may else still be right. */
  readonly matches: boolean;
}

/**
 * The schema of a resource, data source, ephemeral resource or provider configuration. For a provider that nobody knows
 * it is what the workspace itself does with that type, and open: nothing is unknown or missing in it.
 */
export function findSchema(
  snapshot: Snapshot,
  module: Module,
  kind: SchemaKind,
  type: string,
  chosenProvider?: string,
): FoundSchema | undefined {
  const localName = chosenProvider ?? (kind === 'provider' ? type : impliedProvider(type));
  const source = sourceOf(localName, module);
  const provider = snapshot.schemas.provider(source, schemaDirectories(snapshot, module));
  if (provider === undefined) {
    const learned = learnSchema(snapshot, module, kind, type, source);
    const provenance = { source, version: '', origin: 'learned' } as const;
    return learned === undefined ? undefined : { provenance, schema: learned, matches: true };
  }
  const schema = provider.block(kind, type);
  if (schema === undefined) return undefined;
  const { provenance } = provider;
  return { provenance, schema, matches: isVersionAtHand(snapshot, module, provenance) };
}

/** The providers whose types a module wants: those it requires, configures or already uses. None when it names none. */
export function providersInUse(snapshot: Snapshot, module: Module): readonly ProviderSchema[] {
  const sources = new Set(module.requirements.map((requirement) => requirement.source));
  for (const declaration of module.declarations) {
    const { kind, type, name } = declaration;
    if (kind === 'provider') sources.add(sourceOf(name, module));
    else if (type !== '' && type.includes('_')) sources.add(sourceOf(impliedProvider(type), module));
  }
  const used = known(snapshot, module, [...sources]);
  return used.length === 0 ? [] : [...new Set([...used, ...known(snapshot, module, [builtinProvider])])];
}

/** Those of the named providers whose schema is at hand. */
export function providersNamed(
  snapshot: Snapshot,
  module: Module,
  sources: readonly string[],
): readonly ProviderSchema[] {
  return known(snapshot, module, sources);
}

/** `hashicorp/aws 6.66.0 bundled` */
export function provenanceText(provenance: Provenance): string {
  const source = shortSource(provenance.source);
  if (provenance.source === builtinProvider) return 'terraform, built in';
  if (provenance.origin === 'learned') return `${source}, learned from this workspace`;
  return `${source} ${provenance.version} ${provenance.origin}`;
}

/**
 * Whether the configuration is for the version of the provider that the schema describes. Where it is not (a version
 * constraint or the lock file says otherwise) what the schema does not know may still be right.
 */
export function isVersionAtHand(snapshot: Snapshot, module: Module, provenance: Provenance): boolean {
  return versionGap(snapshot, module, provenance) === undefined;
}

function known(snapshot: Snapshot, module: Module, sources: readonly string[]): ProviderSchema[] {
  const directories = schemaDirectories(snapshot, module);
  return sources
    .map((source) => snapshot.schemas.provider(source, directories))
    .filter((provider) => provider !== undefined);
}
