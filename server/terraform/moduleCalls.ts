import path from 'node:path';
import type { Declaration, FileSource } from './model';
import { attributeOf, blocksOf, literalString } from './values';

/** Where `terraform init` put the modules of one root: call path (`storage.encryption`) to directory. */
export type InstalledModules = ReadonlyMap<string, string>;

/** The source of a module call, or of what a run runs, as written; `undefined` when it is missing or no plain string. */
export function moduleSource({ kind, node }: Declaration): string | undefined {
  if (node.kind !== 'block') return undefined;
  const body = kind === 'run' ? blocksOf(node.body, 'module')[0]?.body : node.body;
  return body === undefined ? undefined : literalString(attributeOf(body, 'source')?.value);
}

/** Whether a module source is a directory beside the caller. */
export function isLocalSource(source: string): boolean {
  return /^\.\.?([/\\]|$)/.test(source);
}

/**
 * The directory a call stands for: beside the caller for a local source, else where `terraform init` of the root put
 * it. `undefined` when there is no such place.
 */
export function calledDirectory(
  call: Declaration,
  caller: { readonly directory: string; readonly path: readonly string[] },
  installed: InstalledModules,
): string | undefined {
  const source = moduleSource(call);
  if (source === undefined) return undefined;
  if (isLocalSource(source)) return path.resolve(caller.directory, source);
  return installed.get([...caller.path, call.name].join('.'));
}

/** Reads `.terraform/modules/modules.json` of a root; empty where there is none or it cannot be read. */
export function readInstalledModules(root: string, files: FileSource): InstalledModules {
  const text = files.read(path.join(root, '.terraform', 'modules', 'modules.json'));
  const installed = new Map<string, string>();
  for (const entry of text === undefined ? [] : manifestEntries(text)) {
    installed.set(entry.key, path.resolve(root, entry.directory));
  }
  return installed;
}

function manifestEntries(text: string): { key: string; directory: string }[] {
  const entries = fieldOf(parseJson(text), 'Modules');
  if (!Array.isArray(entries)) return [];
  return entries.flatMap((entry: unknown) => {
    const key = fieldOf(entry, 'Key');
    const directory = fieldOf(entry, 'Dir');
    return typeof key === 'string' && typeof directory === 'string' ? [{ key, directory }] : [];
  });
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A half-written manifest is as good as none: its modules count as not installed.
    return undefined;
  }
}
