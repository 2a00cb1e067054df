import { readdir } from 'node:fs/promises';
import path from 'node:path';
import { isLocalSource, moduleSource } from '../terraform/moduleCalls';
import type { ModuleIndex } from '../terraform/moduleIndex';
import { isConfigName } from '../terraform/module';

/** Deeper than this and beyond this number nobody keeps root modules, but other tools keep copies. */
const deepest = 8;
const mostFolders = 4000;

const skipped = new Set(['node_modules', 'dist', 'out', 'vendor', 'venv', '__pycache__']);

/** The directories below `folders` that hold configuration files, the nearest first. Hidden folders are skipped. */
export async function findModuleFolders(folders: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  let level = [...folders];
  let seen = 0;
  for (let depth = 0; depth <= deepest && level.length > 0 && seen < mostFolders; depth += 1) {
    const next: string[] = [];
    for (const folder of level) {
      seen += 1;
      const entries = await entriesOf(folder);
      if (entries.some((entry) => entry.isFile() && isConfigName(entry.name))) found.push(folder);
      for (const entry of entries) {
        if (entry.isDirectory() && !entry.name.startsWith('.') && !skipped.has(entry.name)) {
          next.push(path.join(folder, entry.name));
        }
      }
    }
    level = next.sort();
  }
  return [...new Set(found)];
}

/** Those of the folders that no other one calls as a module. */
export function rootsAmong(folders: readonly string[], index: ModuleIndex): readonly string[] {
  const called = new Set<string>();
  for (const folder of folders) {
    for (const declaration of index.module(folder).declarations) {
      const source = declaration.kind === 'module' ? moduleSource(declaration) : undefined;
      if (source !== undefined && isLocalSource(source)) called.add(path.resolve(folder, source));
    }
  }
  return folders.filter((folder) => !called.has(folder));
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    // A folder that may not be read holds nothing for us.
    return [];
  }
}
