import path from 'node:path';
import type { FileSource, Module } from './model';
import { isConfigName, readModule } from './module';
import { isLocalSource, moduleSource } from './moduleCalls';

/** Folders that hold no configuration of the person's own. */
const skipped = new Set(['node_modules', '.terraform', '.git', '.terratrain']);

/** Lists the folders directly inside a folder; what cannot be read has none. */
export type FolderLister = (directory: string) => readonly string[];

/**
 * The root modules at or below a folder: directories with configuration that no other module there calls. Sorted by
 * path, the nearest to the folder first.
 *
 * @param limit directories visited at most; a very large tree answers with what was found until then
 */
export function findRootModules(
  folder: string,
  files: FileSource,
  folders: FolderLister,
  limit = 5000,
): string[] {
  const modules: Module[] = [];
  const waiting = [folder];
  for (let visited = 0; visited < limit; visited += 1) {
    const directory = waiting.shift();
    if (directory === undefined) break;
    if (files.list(directory).some(isConfigName)) modules.push(readModule(directory, files));
    for (const name of folders(directory)) {
      if (!skipped.has(name)) waiting.push(path.join(directory, name));
    }
  }
  const called = new Set(modules.flatMap(calledLocally));
  return modules.map((module) => module.directory).filter((directory) => !called.has(directory));
}

function calledLocally(module: Module): string[] {
  return module.declarations.flatMap((declaration) => {
    const source = declaration.kind === 'module' ? moduleSource(declaration) : undefined;
    return source !== undefined && isLocalSource(source) ? [path.resolve(module.directory, source)] : [];
  });
}
