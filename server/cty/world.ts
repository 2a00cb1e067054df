import * as fs from 'node:fs';
import { homedir } from 'node:os';
import * as path from 'node:path';
import { cleanPath, withSlashes } from './functions/files';
import type { World } from './functions/function';
import { MissingFileError } from './functions/function';
import { quote } from './functions/goQuote';
import { hasPattern, matchPart, splitPattern } from './glob';

/** What is larger is not read: functions of it give an unknown value, and an editor stays quick. */
const largestFile = 16 * 1024 * 1024;
/** What has more entries is not searched. */
const mostEntries = 50_000;
/** A link to a folder above it would never end. */
const deepestFolder = 255;

/**
 * The file system of this machine, as Terraform's functions see it from a folder. Nothing is written, and nothing is
 * read that can block: a pipe, a device, a file of more than 16 MiB, a tree of more than 50,000 entries.
 */
export function openWorld(baseFolder: string): World {
  const base = path.resolve(baseFolder);
  return {
    baseFolder: base,
    readFile: (name) => readFile(path.resolve(base, name), name),
    fileExists: (name) => fileExists(path.resolve(base, name), name),
    findFiles: (folder, pattern) => findFiles(base, folder, pattern),
    homeFolder: homedir,
  };
}

function readFile(file: string, name: string): Uint8Array | undefined {
  const status = attempt(`open ${name}`, () => fs.statSync(file));
  if (status.isDirectory()) throw new Error(`read ${name}: is a directory`);
  if (!status.isFile() || status.size > largestFile) return undefined;
  const bytes = attempt(`open ${name}`, () => fs.readFileSync(file));
  return bytes.length > largestFile ? undefined : bytes;
}

/** Go's words for the usual faults. */
const reasons: Readonly<Record<string, string>> = {
  ENOENT: 'no such file or directory',
  EACCES: 'permission denied',
  EPERM: 'operation not permitted',
  ENOTDIR: 'not a directory',
  ENAMETOOLONG: 'file name too long',
  ELOOP: 'too many levels of symbolic links',
};

function attempt<T>(what: string, work: () => T): T {
  try {
    return work();
  } catch (error) {
    const code = codeOf(error);
    const message = `${what}: ${reasons[code] ?? (error instanceof Error ? error.message : String(error))}`;
    if (code === 'ENOENT') throw new MissingFileError(message, { cause: error });
    throw new Error(message, { cause: error });
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

function fileExists(file: string, name: string): boolean {
  const status = statusOf(file, `failed to stat ${quote(name)}`);
  if (status === undefined || status.isFile()) return status !== undefined;
  const kinds = [
    [status.isDirectory(), 'a directory, not a file'],
    [status.isBlockDevice() || status.isCharacterDevice(), 'a device node, not a regular file'],
    [status.isFIFO(), 'a named pipe, not a regular file'],
    [status.isSocket(), 'a unix domain socket, not a regular file'],
  ] as const;
  const kind = kinds.find(([isIt]) => isIt)?.[1] ?? 'not a regular file';
  throw new Error(`${quote(name)} is ${kind}`);
}

function statusOf(file: string, message: string): fs.Stats | undefined {
  try {
    return fs.statSync(file);
  } catch (error) {
    if (codeOf(error) === 'ENOENT') return undefined;
    throw new Error(message, { cause: error });
  }
}

function findFiles(base: string, folder: string, pattern: string): readonly string[] | undefined {
  const search = new Search();
  const whole = cleanPath(path.join(folder, pattern));
  const { root } = path.parse(whole);
  search.in(root === '' ? base : root, splitPattern(withSlashes(whole.slice(root.length))), 0);
  if (search.isTooMuch) return undefined;
  const start = path.resolve(base, folder);
  return search.found
    .filter((file) => attempt(`failed to stat ${quote(file)}`, () => fs.statSync(file)).isFile())
    .map((file) => withSlashes(path.relative(start, file)));
}

/** Walks folders as doublestar 1.1.5 does. A folder that cannot be read counts as empty. */
class Search {
  readonly found: string[] = [];
  private seen = 0;
  private tooDeep = false;

  get isTooMuch(): boolean {
    return this.seen > mostEntries || this.tooDeep;
  }

  in(base: string, parts: readonly string[], depth: number): void {
    if (depth > deepestFolder) this.tooDeep = true;
    const plain = parts.findIndex(hasPattern);
    const folder = path.join(base, ...parts.slice(0, plain < 0 ? parts.length : plain));
    if (!exists(folder) || this.isTooMuch) return;
    if (plain < 0) {
      this.found.push(folder);
      return;
    }
    const entries = entriesOf(folder);
    this.seen += entries.length;
    const [part = '', ...rest] = parts.slice(plain);
    if (part === '**') this.below(folder, entries, [part, ...rest], depth);
    else this.here(folder, entries, part, rest, depth);
  }

  /** All folders below, then this one without the stars. */
  private below(folder: string, entries: readonly Entry[], parts: readonly string[], depth: number): void {
    const isLast = parts.length === 1;
    for (const { name, isFolder } of entries) {
      const file = path.join(folder, name);
      if (isFolder) this.in(file, parts, depth + 1);
      else if (isLast) this.found.push(file);
    }
    const [part = '', ...rest] = parts.slice(1);
    if (!isLast) this.here(folder, entries, part, rest, depth);
  }

  private here(
    folder: string,
    entries: readonly Entry[],
    part: string,
    rest: readonly string[],
    depth: number,
  ): void {
    for (const { name } of entries) {
      if (!matchPart(part, name)) continue;
      if (rest.length === 0) this.found.push(path.join(folder, name));
      else this.in(path.join(folder, name), rest, depth + 1);
    }
  }
}

interface Entry {
  readonly name: string;
  readonly isFolder: boolean;
}

function entriesOf(folder: string): Entry[] {
  try {
    if (!fs.statSync(folder).isDirectory()) return [];
    return fs.readdirSync(folder, { withFileTypes: true }).map((entry) => ({
      name: entry.name,
      isFolder: entry.isSymbolicLink() ? isFolder(path.join(folder, entry.name)) : entry.isDirectory(),
    }));
  } catch (error) {
    if (codeOf(error) !== '') return [];
    throw error;
  }
}

function isFolder(file: string): boolean {
  try {
    return fs.statSync(file).isDirectory();
  } catch (error) {
    if (codeOf(error) !== '') return false;
    throw error;
  }
}

function exists(file: string): boolean {
  try {
    fs.lstatSync(file);
    return true;
  } catch (error) {
    if (codeOf(error) !== '') return false;
    throw error;
  }
}
