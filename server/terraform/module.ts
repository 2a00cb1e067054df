import path from 'node:path';
import { ancestors } from './ancestors';
import { ConfigCache } from './configFile';
import { factsOf } from './facts';
import { configNames, isOpenTofuName, isOverride } from './fileNames';
import type { ConfigFile, Declaration, FileSource, Module, Reference } from './model';
import type { Use } from './uses';

/**
 * Reads the configuration files directly inside `directory`. A directory without any gives an empty module.
 * With the same `cache`, files that did not change are not parsed again.
 */
export function readModule(
  directory: string,
  files: FileSource,
  cache: ConfigCache = new ConfigCache(),
): Module {
  const read: ConfigFile[] = [];
  const unread: string[] = [];
  const names = files.list(directory);
  for (const name of configNames(names, names.some(isOpenTofuName) && isOpenTofu(directory, files))) {
    const file = path.join(directory, name);
    const text = files.read(file);
    if (text === undefined) unread.push(name);
    else read.push(cache.file(file, text));
  }
  return new ReadModule(directory, read, unread);
}

/**
 * Whether a directory is worked on with OpenTofu: it, or one above it, pins a version of OpenTofu or locks providers
 * of OpenTofu's registry. Without a sign of it, Terraform is the tool.
 */
function isOpenTofu(directory: string, files: FileSource): boolean {
  return ancestors(directory).some((place) => {
    if (files.read(path.join(place, '.opentofu-version')) !== undefined) return true;
    return files.read(path.join(place, '.terraform.lock.hcl'))?.includes('"registry.opentofu.org/') === true;
  });
}

class ReadModule implements Module {
  readonly dialect = 'configuration';
  readonly declarations: readonly Declaration[];
  readonly requirements: Module['requirements'];
  private readonly byAddress = new Map<string, Declaration>();
  /** What override files say about an address that another file declares. */
  private readonly overrides = new Map<string, Declaration[]>();

  constructor(
    readonly directory: string,
    readonly files: readonly ConfigFile[],
    readonly unread: readonly string[],
  ) {
    const facts = files.map(factsOf);
    this.requirements = facts.flatMap((fact) => fact.requirements);
    const declarations: Declaration[] = [];
    const first = (file: ConfigFile) => !isOverride(file.path);
    for (const file of [...files.filter(first), ...files.filter((file) => !first(file))]) {
      for (const declaration of factsOf(file).declarations) {
        const base = this.byAddress.get(declaration.address);
        if (base !== undefined && isOverride(file.path)) {
          this.overrides.set(base.address, [...(this.overrides.get(base.address) ?? []), declaration]);
          continue;
        }
        // Terraform does not see the other one.
        if (base !== undefined && isOpenTofuName(file.path) && !isOpenTofuName(base.file.path)) continue;
        if (base === undefined) this.byAddress.set(declaration.address, declaration);
        declarations.push(declaration);
      }
    }
    this.declarations = declarations;
  }

  references(declaration: Declaration): readonly Reference[] {
    const sources = [declaration, ...(this.overrides.get(declaration.address) ?? [])];
    return sources
      .flatMap((source) => referencesIn(source))
      .filter((use) => use.kind !== 'provider' || this.byAddress.has(use.target));
  }

  find(address: string): Declaration | undefined {
    return this.byAddress.get(address);
  }
}

function referencesIn(declaration: Declaration): Use[] {
  const { uses } = factsOf(declaration.file);
  // Data sources inside a check are no top-level blocks: they take their part of the check's uses.
  const own = uses.get(declaration.node);
  const candidates = own ?? [...uses.values()].flat().filter((use) => contains(declaration.range, use.range));
  return candidates.filter(
    (use) =>
      use.kind !== 'address' &&
      // A variable's validation reads the variable itself, which makes it depend on nothing.
      !(declaration.kind === 'variable' && use.target === declaration.address),
  );
}

function contains(outer: { start: number; end: number }, inner: { start: number; end: number }): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}
