import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import path from 'node:path';
import type { Module } from '../terraform/model';
import { makeDirectory, mirrorDirectory, writeWhenDifferent } from './mirror';
import { additionFile, editedTexts, overrideName, overrideText, provisionedResources } from './overrides';
import { removedProvisioners, silentProvisioner } from './overrides';
import type { TextEdit } from './overrides';
import { safeName } from './places';
import type { Places } from './places';
import { SandboxError } from './sandboxError';
import { moduleVariable } from './scenarioRules';
import type { StubModule } from './stubModules';

/** What a shadow is made of. */
export interface Shadow {
  /** Real path of the root module's directory. */
  readonly root: string;
  /** Every module that terraform may read, each directory once. */
  readonly modules: readonly Module[];
  readonly places: Places;
  /** The person agreed that they run. */
  readonly provisioners: boolean;
  /** Lines for override blocks, by module directory and the block's header. */
  readonly overrides: readonly ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>[];
  readonly edits: readonly TextEdit[];
  /** Directories of modules that are told their own address. */
  readonly located: ReadonlySet<string>;
  readonly stubs: readonly StubModule[];
  /** Modules of the tree that terraform has to find listed beside the stand-ins. */
  readonly locals: readonly StubModule[];
}

/**
 * Makes, or brings up to date, the shadow of a root module: the person's files at the same relative places, with
 * overrides that keep state and side effects out of the person's folder. Nothing is written there.
 *
 * @returns where terraform runs: the shadow of the root module's directory
 */
export function prepareWorkingDirectory(shadow: Shadow): string {
  const { root, places } = shadow;
  const modules = new Map(shadow.modules.map((module) => [module.directory, module]));
  const installed = path.join(root, '.terraform', 'modules');
  const [downloaded, local] = partition([...modules.keys()], (directory) => isInside(directory, installed));
  const top = commonTop([root, ...local]);
  const treeTop = path.join(places.tree, safeBase(top));
  const shadowOf = (directory: string): string =>
    isInside(directory, installed)
      ? path.join(places.dataDirectory, 'modules', path.relative(installed, directory))
      : path.join(treeTop, path.relative(top, directory));

  mkdirSync(path.join(places.dataDirectory, 'modules'), { recursive: true });
  writeWhenDifferent(places.cliConfigFile, '');
  const mirror = (directory: string, inside: readonly string[]): void => {
    const module = modules.get(directory);
    const own = module === undefined ? [] : writeOwnFiles(shadow, module, shadowOf(directory));
    const rewritten = module === undefined ? new Map<string, string>() : rewrittenTexts(shadow, module);
    mirrorDirectory(directory, shadowOf(directory), {
      isModule: module !== undefined,
      isMirrored: (child) => inside.some((other) => isInside(other, child)),
      rewritten,
      ...(module !== undefined && { read: new Set(module.files.map((file) => file.path)) }),
      own,
    });
  };
  for (const directory of directoriesDownTo(top, [root, ...local])) mirror(directory, [root, ...local]);
  for (const directory of directoriesDownTo(installed, downloaded).slice(1)) mirror(directory, downloaded);
  const workingDirectory = shadowOf(root);
  writeManifest(shadow, installed, workingDirectory, shadowOf);
  return workingDirectory;
}

/** The files that are ours in a module's shadow; older ones of another name disappear. */
function writeOwnFiles(shadow: Shadow, module: Module, folder: string): readonly string[] {
  const { root, places, provisioners, located } = shadow;
  const name = overrideName(readdirSync(module.directory), provisioners);
  makeDirectory(folder);
  for (const other of readdirSync(folder)) {
    if (other.includes('terratrain_sandbox') && other !== name) rmSync(path.join(folder, other));
  }
  const inBlocks = new Map<string, string[]>();
  const add = (header: string, lines: readonly string[]): void => {
    inBlocks.set(header, [...(inBlocks.get(header) ?? []), ...lines]);
  };
  if (!provisioners) for (const header of provisionedResources(module)) add(header, silentProvisioner);
  for (const overrides of shadow.overrides) {
    for (const [header, lines] of overrides.get(module.directory) ?? []) add(header, lines);
  }
  const deviations = { places: module.directory === root ? places : undefined, inBlocks };
  writeWhenDifferent(path.join(folder, name), overrideText(deviations));
  if (!located.has(module.directory)) return [name];
  const variable = `variable "${moduleVariable}" {\n  type    = string\n  default = ""\n}\n`;
  writeWhenDifferent(path.join(folder, additionFile), variable);
  return [name, additionFile];
}

function rewrittenTexts(shadow: Shadow, module: Module): ReadonlyMap<string, string> {
  const removed = shadow.provisioners ? [] : removedProvisioners(module);
  const edits = [...removed, ...shadow.edits];
  const inJson = edits.find((edit) => edit.path.endsWith('.json') && isInside(edit.path, module.directory));
  if (inJson !== undefined) {
    throw new SandboxError(
      `${inJson.path} holds a provisioner in a "removed" block, or a terraform_remote_state in a check. In JSON the sandbox cannot replace those; write this block in HCL.`,
    );
  }
  return editedTexts(module, edits);
}

interface ManifestEntry {
  readonly Key: string;
  readonly Source: string;
  readonly Version?: string;
  readonly Dir: string;
}

/** Terraform's list of installed modules: those that the person downloaded, at their shadows, and the stand-ins. */
function writeManifest(
  { root, places, stubs, locals }: Shadow,
  installed: string,
  workingDirectory: string,
  shadowOf: (directory: string) => string,
): void {
  const file = path.join(places.dataDirectory, 'modules', 'modules.json');
  const relative = (directory: string): string =>
    path.relative(workingDirectory, directory).replaceAll('\\', '/') || '.';
  const known = readManifest(path.join(installed, 'modules.json')).map((entry) => ({
    ...entry,
    Dir: relative(shadowOf(path.resolve(root, entry.Dir))),
  }));
  // Then the list is terraform's own, of modules it found without us.
  if (known.length === 0 && stubs.length === 0) return;
  const own = new Map<string, ManifestEntry>([['', { Key: '', Source: '', Dir: '.' }]]);
  for (const { directory, ...entry } of locals)
    own.set(entry.Key, { ...entry, Dir: relative(shadowOf(directory)) });
  for (const entry of known) own.set(entry.Key, entry);
  for (const { directory, ...entry } of stubs) own.set(entry.Key, { ...entry, Dir: relative(directory) });
  const all = [...own.values()];
  writeWhenDifferent(file, JSON.stringify({ Modules: all }));
}

function readManifest(file: string): readonly ManifestEntry[] {
  if (!existsSync(file)) return [];
  try {
    const { Modules } = JSON.parse(readFileSync(file, 'utf8')) as {
      readonly Modules?: readonly ManifestEntry[];
    };
    return (Modules ?? []).filter(({ Key, Dir }) => typeof Key === 'string' && typeof Dir === 'string');
  } catch (error) {
    throw new SandboxError(
      `${file} cannot be read (${error instanceof Error ? error.message : String(error)}). Run "terraform get" to write it anew.`,
    );
  }
}

/** Names that people derive from `path.cwd` stay what they are, as long as they are harmless. */
function safeBase(top: string): string {
  const name = path.basename(top);
  return name !== '' && Buffer.byteLength(name) <= 200 ? name : safeName(name);
}

/** The lowest directory that holds all modules; a repository's own top when there is one, so that `../file` works. */
function commonTop(directories: readonly string[]): string {
  let top = directories[0] ?? path.sep;
  for (const directory of directories) {
    while (!isInside(directory, top)) {
      if (top === path.dirname(top)) {
        throw new SandboxError(
          `${directory} and ${directories[0] ?? ''} are on different drives, so no relative path leads from one to the other.`,
        );
      }
      top = path.dirname(top);
    }
  }
  for (let above = top; above !== path.dirname(above); above = path.dirname(above)) {
    if (existsSync(path.join(above, '.git'))) return above;
  }
  return top;
}

/** `top` and every directory between it and the given ones, parents first. */
function directoriesDownTo(top: string, directories: readonly string[]): readonly string[] {
  const all = new Set<string>();
  for (const directory of directories) {
    const chain: string[] = [];
    for (let at = directory; isInside(at, top); at = path.dirname(at)) {
      chain.unshift(at);
      if (at === path.dirname(at)) break;
    }
    for (const step of chain) all.add(step);
  }
  return [...all].sort((a, b) => a.length - b.length);
}

function isInside(directory: string, parent: string): boolean {
  const relative = path.relative(parent, directory);
  return (
    relative === '' ||
    (relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative))
  );
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}
