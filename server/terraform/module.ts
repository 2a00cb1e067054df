import path from 'node:path';
import { ConfigCache } from './configFile';
import { factsOf } from './facts';
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
  const names = files.list(directory);
  const read: ConfigFile[] = [];
  for (const name of configNames(names)) {
    const file = path.join(directory, name);
    const text = files.read(file);
    if (text !== undefined) read.push(cache.file(file, text));
  }
  return new ReadModule(
    directory,
    read,
    names.filter((name) => /\.(tf|tofu)\.json$/.test(name)),
  );
}

/** Whether a file of that name is part of its directory's module. */
export function isConfigName(name: string): boolean {
  return /\.(tf|tofu)$/.test(name) && !isIgnored(name);
}

/** Override files change what other files declare (`override.tf`, `west_override.tf`). */
export function isOverride(file: string): boolean {
  return /^(.*_)?override\.(tf|tofu)$/.test(path.basename(file));
}

/** OpenTofu reads `main.tofu` in the place of `main.tf`; Terraform knows only the latter. */
function configNames(names: readonly string[]): string[] {
  const all = new Set(names);
  return names
    .filter(
      (name) => isConfigName(name) && !(name.endsWith('.tf') && all.has(name.replace(/\.tf$/, '.tofu'))),
    )
    .sort();
}

/** Terraform skips hidden files and the leftovers of editors. */
function isIgnored(name: string): boolean {
  return name.startsWith('.') || name.endsWith('~') || (name.startsWith('#') && name.endsWith('#'));
}

class ReadModule implements Module {
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
