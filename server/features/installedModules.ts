import path from 'node:path';
import { ancestors } from '../terraform/ancestors';
import type { Module } from '../terraform/model';
import type { ModuleIndex } from '../terraform/moduleIndex';

/** A module that `terraform init` put on this disk. */
interface InstalledModule {
  /** As a call names it, without the registry's default host. */
  readonly source: string;
  readonly version: string | undefined;
  readonly directory: string;
}

const kept = new WeakMap<ModuleIndex, Map<string, readonly InstalledModule[]>>();

/** The modules installed for a module or for a root above it, each source and version once. */
export function installedModules(index: ModuleIndex, module: Module): readonly InstalledModule[] {
  const known = kept.get(index) ?? new Map<string, readonly InstalledModule[]>();
  kept.set(index, known);
  const before = known.get(module.directory);
  if (before !== undefined) return before;
  const found = new Map<string, InstalledModule>();
  for (const root of [...ancestors(module.directory), ...index.rootsOf(module)]) {
    const text = index.files.read(path.join(root, '.terraform', 'modules', 'modules.json'));
    for (const each of text === undefined ? [] : readManifest(root, text))
      found.set(`${each.source} ${each.version ?? ''}`, each);
  }
  const all = [...found.values()];
  known.set(module.directory, all);
  return all;
}

function readManifest(root: string, text: string): InstalledModule[] {
  const entries = field(parseJson(text), 'Modules');
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown): InstalledModule[] => {
    const source = field(entry, 'Source');
    const version = field(entry, 'Version');
    const directory = field(entry, 'Dir');
    if (typeof source !== 'string' || typeof directory !== 'string') return [];
    if (source === '' || /^\.\.?([/\\]|$)/.test(source)) return [];
    return [
      {
        source: source.replace(/^registry\.(terraform\.io|opentofu\.org)\//, ''),
        version: typeof version === 'string' && version !== '' ? version : undefined,
        directory: path.resolve(root, directory),
      },
    ];
  });
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A half-written manifest is as good as none.
    return undefined;
  }
}
