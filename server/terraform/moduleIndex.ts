import path from 'node:path';
import { ConfigCache } from './configFile';
import type { ConfigFile, Declaration, FileSource, Module, ModuleNode } from './model';
import { readModule } from './module';
import { calledDirectory, isLocalSource, moduleSource, readInstalledModules } from './moduleCalls';
import type { InstalledModules } from './moduleCalls';
import { eachNode, readModuleTree } from './moduleTree';

/** How many folders above a module are asked whether they are a root that installed it. */
const foldersAbove = 5;

/**
 * The modules of a workspace at one moment. Everything is read when first asked for and then kept, so that all answers
 * of one index agree with each other; an edit makes a new index over the same `cache`.
 */
export class ModuleIndex {
  private readonly modules = new Map<string, Module>();
  private readonly installed = new Map<string, InstalledModules>();
  private readonly trees = new Map<string, ModuleNode>();

  /** `roots` are the directories known to be worked in; callers of a module are looked for there. */
  constructor(
    readonly files: FileSource,
    readonly cache: ConfigCache = new ConfigCache(),
    readonly roots: readonly string[] = [],
  ) {}

  module(directory: string): Module {
    const known = this.modules.get(directory);
    if (known !== undefined) return known;
    const module = readModule(directory, this.files, this.cache);
    this.modules.set(directory, module);
    return module;
  }

  /** One parsed file, of any kind that is written in HCL; `undefined` when it cannot be read. */
  file(file: string): ConfigFile | undefined {
    const text = this.files.read(file);
    return text === undefined ? undefined : this.cache.file(file, text);
  }

  tree(root: string): ModuleNode {
    const known = this.trees.get(root);
    if (known !== undefined) return known;
    const tree = readModuleTree(root, this.files, this.cache);
    this.trees.set(root, tree);
    return tree;
  }

  /** The module behind a call in `caller`; `undefined` when its source is not on disk. */
  called(call: Declaration, caller: Module): Module | undefined {
    const directory = this.calledDirectory(call, caller);
    if (directory === undefined) return undefined;
    const module = this.module(directory);
    return module.files.length > 0 || module.unread.length > 0 ? module : undefined;
  }

  /** The trees of the known roots, and of the module itself. */
  treesAround(module: Module): readonly ModuleNode[] {
    return [...new Set([module.directory, ...this.roots])].map((root) => this.tree(root));
  }

  /** The modules of the known roots with all they call, and every other module that was asked for. */
  knownModules(): readonly Module[] {
    const known = new Map<string, Module>();
    for (const root of this.roots)
      for (const { module } of eachNode(this.tree(root))) known.set(module.directory, module);
    for (const [directory, module] of this.modules) known.set(directory, module);
    return [...known.values()];
  }

  private calledDirectory(call: Declaration, caller: Module): string | undefined {
    const source = moduleSource(call);
    if (source === undefined) return undefined;
    if (isLocalSource(source)) return path.resolve(caller.directory, source);
    for (const root of ancestors(caller.directory)) {
      const installed = this.installedIn(root);
      for (const [key, directory] of [['', root], ...installed] as const) {
        if (directory !== caller.directory) continue;
        const callPath = key === '' ? [] : key.split('.');
        const place = calledDirectory(call, { directory, path: callPath }, installed);
        if (place !== undefined) return place;
      }
    }
    return undefined;
  }

  private installedIn(root: string): InstalledModules {
    const known = this.installed.get(root);
    if (known !== undefined) return known;
    const installed = readInstalledModules(root, this.files);
    this.installed.set(root, installed);
    return installed;
  }
}

/** The directory itself and those above it, nearest first. */
export function ancestors(directory: string): string[] {
  const found: string[] = [];
  let place = directory;
  for (let level = 0; level <= foldersAbove; level += 1) {
    found.push(place);
    const above = path.dirname(place);
    if (above === place) break;
    place = above;
  }
  return found;
}
