import { readFile, readdir } from 'node:fs/promises';
import path from 'node:path';
import ignore from 'ignore';
import type { Ignore } from 'ignore';
import { dialectOf } from '../terraform/dialect';
import { isConfigName } from '../terraform/fileNames';
import { isStackDialect } from '../terraform/stacks/stackModule';

/** Deeper than this and beyond this number nobody keeps modules, but other tools keep copies. */
const deepest = 16;
const mostFolders = 20_000;

/** Never modules of this workspace, whatever `.gitignore` says. */
const skipped = new Set(['node_modules', 'venv', '__pycache__', 'terraform.tfstate.d']);

interface Level {
  readonly folder: string;
  /** The `.gitignore` files above, each with the folder it lies in. */
  readonly ignored: readonly { readonly base: string; readonly rules: Ignore }[];
}

/**
 * The directories below `folders` that hold files of modules or stacks, the nearest first. Hidden folders, links to folders and
 * what git ignores are skipped.
 */
export async function findModuleFolders(folders: readonly string[]): Promise<readonly string[]> {
  const found: string[] = [];
  let level: readonly Level[] = folders.map((folder) => ({ folder, ignored: [] }));
  let seen = 0;
  for (let depth = 0; depth <= deepest && level.length > 0 && seen < mostFolders; depth += 1) {
    seen += level.length;
    const below = await Promise.all(level.map((each) => look(each, found)));
    level = below.flat().sort((a, b) => (a.folder < b.folder ? -1 : 1));
  }
  return [...new Set(found)];
}

/** Notes a folder that is a module; resolves to the folders in it that are worth a look. */
async function look({ folder, ignored }: Level, found: string[]): Promise<Level[]> {
  const entries = await entriesOf(folder);
  if (entries.some((entry) => !entry.isDirectory() && isRead(entry.name))) found.push(folder);
  const rules = entries.some(({ name }) => name === '.gitignore') ? await rulesIn(folder) : undefined;
  const all = rules === undefined ? ignored : [...ignored, { base: folder, rules }];
  return entries.flatMap((entry): Level[] => {
    if (!entry.isDirectory() || entry.name.startsWith('.') || skipped.has(entry.name)) return [];
    const below = path.join(folder, entry.name);
    return isIgnored(below, all) ? [] : [{ folder: below, ignored: all }];
  });
}

/** Whether Terraform reads a file of that name, for a module or for a stack. */
function isRead(name: string): boolean {
  return isConfigName(name) || isStackDialect(dialectOf(name));
}

function isIgnored(folder: string, ignored: Level['ignored']): boolean {
  return ignored.some(({ base, rules }) => {
    const relative = path.relative(base, folder).split(path.sep).join('/');
    return rules.ignores(`${relative}/`);
  });
}

async function rulesIn(folder: string): Promise<Ignore | undefined> {
  try {
    return ignore().add(await readFile(path.join(folder, '.gitignore'), 'utf8'));
  } catch {
    // One that may not be read ignores nothing.
    return undefined;
  }
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch {
    // A folder that may not be read holds nothing for us.
    return [];
  }
}
