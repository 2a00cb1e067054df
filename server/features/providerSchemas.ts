import path from 'node:path';
import type { BlockSchema, Provenance, ProviderSchema, SchemaKind } from '../providers/schema';
import type { Module } from '../terraform/model';
import { ancestors } from '../terraform/moduleIndex';
import { impliedProvider, shortSource, sourceOf } from '../terraform/providerSource';
import { attributeOf, blocksOf, literalString } from '../terraform/values';
import { compareVersions, satisfies } from '../terraform/versionConstraint';
import type { Snapshot } from './snapshot';

/** The schema behind a block, and how much it can be trusted. */
export interface FoundSchema {
  readonly provenance: Provenance;
  readonly schema: BlockSchema;
}

/** The schema of a resource, data source, ephemeral resource or provider configuration, where one is known. */
export function findSchema(
  snapshot: Snapshot,
  module: Module,
  kind: SchemaKind,
  type: string,
  chosenProvider?: string,
): FoundSchema | undefined {
  const localName = chosenProvider ?? (kind === 'provider' ? type : impliedProvider(type));
  const provider = snapshot.schemas.provider(sourceOf(localName, module));
  const schema = provider?.block(kind, type);
  return provider === undefined || schema === undefined
    ? undefined
    : { provenance: provider.provenance, schema };
}

/**
 * The providers whose types a module may want: those it requires, configures or already uses; all that are known when
 * it names none.
 */
export function providersInUse(snapshot: Snapshot, module: Module): readonly ProviderSchema[] {
  const sources = new Set(module.requirements.map((requirement) => requirement.source));
  for (const declaration of module.declarations) {
    const { kind, type, name } = declaration;
    if (kind === 'provider') sources.add(sourceOf(name, module));
    else if (type !== '' && type.includes('_')) sources.add(sourceOf(impliedProvider(type), module));
  }
  const used = known(snapshot, [...sources]);
  return used.length > 0 ? used : known(snapshot, snapshot.schemas.sources());
}

/** `hashicorp/aws 6.66.0 bundled` */
export function provenanceText(provenance: Provenance): string {
  return `${shortSource(provenance.source)} ${provenance.version} ${provenance.origin}`;
}

/**
 * Whether the configuration is for the version of the provider that the schema describes. Where it is not (a version
 * constraint or the lock file says otherwise) what the schema does not know may still be right.
 */
export function isVersionAtHand(snapshot: Snapshot, module: Module, provenance: Provenance): boolean {
  if (provenance.origin === 'installed') return true;
  const places = new Set([...ancestors(module.directory), ...snapshot.index.roots]);
  return [...places].every((directory) => agrees(snapshot, directory, provenance));
}

function known(snapshot: Snapshot, sources: readonly string[]): ProviderSchema[] {
  return sources
    .map((source) => snapshot.schemas.provider(source))
    .filter((provider) => provider !== undefined);
}

function agrees(snapshot: Snapshot, directory: string, { source, version }: Provenance): boolean {
  const constraints = snapshot.index
    .module(directory)
    .requirements.filter((requirement) => requirement.source === source && requirement.version !== undefined);
  if (constraints.some((requirement) => satisfies(version, requirement.version ?? '') === false))
    return false;
  const locked = lockedVersion(snapshot, directory, source);
  if (locked === undefined) return true;
  // A newer provider may know more than the schema; an older one of another major version knew other things.
  const order = compareVersions(locked, version);
  return order !== undefined && order <= 0 && locked.split('.')[0] === version.split('.')[0];
}

function lockedVersion(snapshot: Snapshot, directory: string, source: string): string | undefined {
  const lock = snapshot.index.file(path.join(directory, '.terraform.lock.hcl'));
  if (lock === undefined) return undefined;
  const entry = blocksOf(lock.syntax.body, 'provider').find((block) => block.labels[0]?.value === source);
  return entry === undefined ? undefined : literalString(attributeOf(entry.body, 'version')?.value);
}
