import path from 'node:path';
import type { Provenance } from '../providers/schema';
import type { Module } from '../terraform/model';
import { ancestors } from '../terraform/ancestors';
import type { ModuleIndex } from '../terraform/moduleIndex';
import { attributeOf, blocksOf, literalString } from '../terraform/values';
import { compareVersions, satisfies } from '../terraform/versionConstraint';
import type { Snapshot } from './snapshot';

/** Answers that stay true as long as an index does, because it is one moment of the workspace. */
interface Answers {
  readonly directories: Map<string, readonly string[]>;
  readonly gaps: Map<string, string | undefined>;
  readonly locked: Map<string, ReadonlyMap<string, string>>;
}

const remembered = new WeakMap<ModuleIndex, Answers>();

/**
 * The directories whose installed providers count for a module, the most important first: its own and those above it,
 * then the root modules that call it. Which files are open makes no difference.
 */
export function schemaDirectories(snapshot: Snapshot, module: Module): readonly string[] {
  const { directories } = answersOf(snapshot.index);
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
  const { gaps } = answersOf(snapshot.index);
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
  const { locked } = answersOf(snapshot.index);
  const known = locked.get(module.directory);
  if (known !== undefined) return known;
  const found = new Map<string, string>();
  locked.set(module.directory, found);
  for (const directory of schemaDirectories(snapshot, module)) {
    const lock = snapshot.index.file(path.join(directory, '.terraform.lock.hcl'));
    for (const block of lock === undefined ? [] : blocksOf(lock.syntax.body, 'provider')) {
      const source = block.labels[0]?.value ?? '';
      const version = literalString(attributeOf(block.body, 'version')?.value);
      if (version !== undefined && !found.has(source)) found.set(source, version);
    }
  }
  return found;
}

function answersOf(index: ModuleIndex): Answers {
  let answers = remembered.get(index);
  if (answers === undefined) {
    answers = { directories: new Map(), gaps: new Map(), locked: new Map() };
    remembered.set(index, answers);
  }
  return answers;
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
  const unmet = unmetRequirement(index.module(directory), provenance);
  if (unmet !== undefined) return unmet;
  if (origin === 'installed') return undefined;
  const locked = lockedVersion(index, directory, source);
  if (locked === undefined) return undefined;
  // A newer provider may know more than the schema; an older one of another major version knew other things.
  const order = compareVersions(locked, version);
  if (order !== undefined && order <= 0 && locked.split('.')[0] === version.split('.')[0]) return undefined;
  return `The lock file names version ${locked} of the provider.`;
}

function lockedVersion(index: ModuleIndex, directory: string, source: string): string | undefined {
  const lock = index.file(path.join(directory, '.terraform.lock.hcl'));
  if (lock === undefined) return undefined;
  const entry = blocksOf(lock.syntax.body, 'provider').find((block) => block.labels[0]?.value === source);
  return entry === undefined ? undefined : literalString(attributeOf(entry.body, 'version')?.value);
}
