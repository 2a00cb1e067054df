import * as path from 'node:path';
import type { World } from '../../server/cty/functions/function';
import { MissingFileError } from '../../server/cty/functions/function';
import { matchPart } from '../../server/cty/glob';

/** Files by their names, instead of a disk. Patterns have one part here. `null` is a file too large to be read. */
export function memoryWorld(files: Readonly<Record<string, string | Uint8Array | null>> = {}): World {
  const known = new Map(Object.entries(files));
  const nameOf = (file: string): string => file.split(path.sep).join('/');
  return {
    baseFolder: path.resolve('/module'),
    readFile: (file) => {
      const content = known.get(nameOf(file));
      if (content === undefined) throw new MissingFileError(`open ${file}: no such file or directory`);
      return content === null ? undefined : Buffer.from(content);
    },
    fileExists: (file) => {
      if (nameOf(file) === '.') throw new Error('"." is a directory, not a file');
      return known.has(nameOf(file));
    },
    findFiles: (folder, pattern) =>
      known.has('many')
        ? undefined
        : [...known.keys()].filter((name) => folder === '.' && matchPart(pattern, name)),
    homeFolder: () => path.resolve('/home/ann'),
  };
}
