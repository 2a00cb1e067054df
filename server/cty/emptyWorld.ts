import path from 'node:path';
import type { World } from './functions/function';

/** A world without files: what reads one gives an unknown value. */
export const emptyWorld: World = {
  baseFolder: path.resolve('/'),
  readFile: () => undefined,
  fileExists: () => false,
  findFiles: () => undefined,
  homeFolder: () => path.resolve('/'),
};
