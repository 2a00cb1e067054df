import path from 'node:path';
import type { Provenance } from '../providers/schema';
import type { Module } from '../terraform/model';
import { ancestors } from '../terraform/ancestors';
import type { ModuleIndex } from '../terraform/moduleIndex';
import { attributeOf, blocksOf, literalString } from '../terraform/values';
import { compareVersions, satisfies } from '../terraform/versionConstraint';
import type { Snapshot } from './snapshot';

/** Answers that stay true as long as an index does, because it is one moment of the workspace. */
const gapsOfMoments = new WeakMap<ModuleIndex, Map<string, string | undefined>>();

/** Answers that stay true as long as no call changes and no lock file, by directory of the module. */
interface Places {
  readonly directories: Map<string, readonly string[]>;
  readonly locked: Map<string, ReadonlyMap<string, string>>;
  /** Of one lock file, by its directory. */
  readonly locks: Map<string, ReadonlyMap<string, string>>;
}

const placesOfSurroundings = new WeakMap<object, Places>();

/**
 * The directories whose installed providers count for a module, the most important first: its own and those above it,
 * then the root modules that call it. Which files are open makes no difference.
 */
export function schemaDirectories(snapshot: Snapshot, module: Module): readonly string[] {
  const { directories } = placesOf(snapshot.index);
  const known = directories.get(module.directory);
  if (known !== undefined) return known;
  const found = [...new Set([...ancestors(module.directory), ...snapshot.index.rootsOf(module)])];
  directories.set(module.directory, found);
  return found;
}

/**
 * Why a schema may not be the one the configuration is written for, in a sentence; `undefined` where it is. The
 * version constraints and the lock files around the module decide.
 */
export function versionGap(snapshot: Snapshot, module: Module, provenance: Provenance): string | undefined {
  if (provenance.origin === 'learned') return undefined;
  const gaps = gapsOfMoments.get(snapshot.index) ?? new Map<string, string | undefined>();
  gapsOfMoments.set(snapshot.index, gaps);
  const key = `${module.dialect} ${module.directory}\n${provenance.source} ${provenance.version} ${provenance.origin}`;
  if (gaps.has(key)) return gaps.get(key);
  // A stack asks for versions itself; the directory's module may be another thing.
  let gap = unmetRequirement(module, provenance);
  for (const directory of schemaDirectories(snapshot, module)) {
    gap ??= gapIn(snapshot.index, directory, provenance);
  }
  gaps.set(key, gap);
  return gap;
}

/** The versions that the lock files around a module name, by full source; the nearest file wins. */
export function lockedVersions(snapshot: Snapshot, module: Module): ReadonlyMap<string, string> {
  const { locked } = placesOf(snapshot.index);
  const known = locked.get(module.directory);
  if (known !== undefined) return known;
  const found = new Map<string, string>();
  locked.set(module.directory, found);
  for (const directory of schemaDirectories(snapshot, module)) {
    for (const [source, version] of lockIn(snapshot.index, directory)) {
      if (!found.has(source)) found.set(source, version);
    }
  }
  return found;
}

/** What one lock file says, by full source. */
function lockIn(index: ModuleIndex, directory: string): ReadonlyMap<string, string> {
  const { locks } = placesOf(index);
  const known = locks.get(directory);
  if (known !== undefined) return known;
  const versions = new Map<string, string>();
  const lock = index.file(path.join(directory, '.terraform.lock.hcl'));
  for (const block of lock === undefined ? [] : blocksOf(lock.syntax.body, 'provider')) {
    const source = block.labels[0]?.value ?? '';
    const version = literalString(attributeOf(block.body, 'version')?.value);
    if (version !== undefined && !versions.has(source)) versions.set(source, version);
  }
  locks.set(directory, versions);
  return versions;
}

function placesOf({ surroundings }: ModuleIndex): Places {
  let places = placesOfSurroundings.get(surroundings);
  if (places === undefined) {
    places = { directories: new Map(), locked: new Map(), locks: new Map() };
    placesOfSurroundings.set(surroundings, places);
  }
  return places;
}

function unmetRequirement({ requirements }: Module, { source, version }: Provenance): string | undefined {
  const unmet = requirements.find(
    (each) =>
      each.source === source && each.version !== undefined && satisfies(version, each.version) === false,
  );
  return unmet?.version === undefined
    ? undefined
    : `The configuration asks for version ${unmet.version} of the provider.`;
}

function gapIn(index: ModuleIndex, directory: string, provenance: Provenance): string | undefined {
  const { source, version, origin } = provenance;
  const unmet = unmetRequirement(index.kept(directory), provenance);
  if (unmet !== undefined) return unmet;
  if (origin === 'installed') return undefined;
  const locked = lockIn(index, directory).get(source);
  if (locked === undefined) return undefined;
  // A newer provider may know more than the schema; an older one of another major version knew other things.
  const order = compareVersions(locked, version);
  if (order !== undefined && order <= 0 && locked.split('.')[0] === version.split('.')[0]) return undefined;
  return `The lock file names version ${locked} of the provider.`;
}
