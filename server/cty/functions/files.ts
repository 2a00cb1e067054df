import * as path from 'node:path';
import { prefixed } from './contents';
import type { World } from './function';

/**
 * The bytes of the file that a configuration names; undefined where it is not read while somebody types. Throws as
 * `World.readFile` does.
 */
export function readPath(name: string, world: World): Uint8Array | undefined {
  return world.readFile(pathOf(name, world));
}

/** The path of a file that a configuration names, relative where the name is. */
export function pathOf(name: string, world: World): string {
  return cleanPath(prefixed('failed to expand ~: ', () => withHome(name, world)));
}

/** `~` at the start stands for the home folder. Throws where it would be another user's. */
export function withHome(name: string, world: World): string {
  if (!name.startsWith('~')) return name;
  if (name.length > 1 && name[1] !== '/' && name[1] !== '\\') {
    throw new Error('cannot expand user-specific home dir');
  }
  return cleanPath(path.join(world.homeFolder(), name.slice(1)));
}

/** As Go's `filepath.Clean`: the shortest name of the same place, never empty, without a separator at its end. */
export function cleanPath(name: string, system: path.PlatformPath = path): string {
  const short = system.normalize(name);
  const isRoot = short.length <= system.parse(short).root.length;
  return !isRoot && short.endsWith(system.sep) ? short.slice(0, -1) : short;
}

/** As Go's `filepath.Base`. */
export function baseName(name: string, system: path.PlatformPath = path): string {
  if (name === '') return '.';
  const base = system.basename(name);
  return base === '' ? system.sep : base;
}

/** As Go's `filepath.Dir`: all before the last separator, cleaned. */
export function folderName(name: string, system: path.PlatformPath = path): string {
  const ends = system.sep === '\\' ? /[\\/](?=[^\\/]*$)/ : /\/(?=[^/]*$)/;
  const { root } = system.parse(name);
  const last = name.search(ends);
  return cleanPath(last < 0 ? root : name.slice(0, Math.max(last + 1, root.length)), system);
}

/** With `/` on every system. */
export function withSlashes(name: string, system: path.PlatformPath = path): string {
  return system.sep === '\\' ? name.replaceAll('\\', '/') : name;
}
