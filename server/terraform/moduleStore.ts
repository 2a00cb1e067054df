import path from 'node:path';
import { ancestors } from './ancestors';
import { ConfigCache } from './configFile';
import { dialectOf } from './dialect';
import type { Declaration, FileSource, Module, ModuleNode } from './model';
import { readModule } from './module';
import { calledDirectory, isLocalSource, moduleSource, readInstalledModules } from './moduleCalls';
import type { InstalledModules } from './moduleCalls';
import { readModuleTree } from './moduleTree';
import { holdsStack } from './stacks/stackModule';

/** A module call as its caller writes it. */
export interface ModuleCall {
  readonly caller: Module;
  readonly call: Declaration;
}

interface Kept {
  readonly module: Module;
  /** When it was last compared with its files. */
  readonly round: number;
}

/**
 * The modules that were read so far, kept from one edit to the next: a change costs the module it is in. Who calls whom
 * is known for all of them.
 */
export class ModuleStore {
  private readonly modules = new Map<string, Kept>();
  private readonly installed = new Map<string, InstalledModules>();
  private readonly trees = new Map<string, ModuleNode>();
  /** By directory of the caller: the directories it calls. */
  private readonly calls = new Map<string, ReadonlyMap<Declaration, string>>();
  /** By directory of the called module: its callers. */
  private readonly callers = new Map<string, Set<string>>();
  /** Directories that are known to be there and not read yet. */
  private readonly waiting = new Set<string>();
  /** Directories seen to hold a stack. */
  private readonly stacks = new Set<string>();
  private round = 0;
  /** By directory; as long as no call changes. */
  private readonly above = new Map<string, readonly string[]>();
  private around: object = {};
  /** What was reached last. */
  private reached: readonly string[] = [];

  constructor(
    readonly files: FileSource,
    readonly cache: ConfigCache = new ConfigCache(),
  ) {}

  module(directory: string): Module {
    const kept = this.modules.get(directory);
    if (kept?.round === this.round) return kept.module;
    const read = readModule(directory, this.noting, this.cache);
    const module = kept !== undefined && isSame(kept.module, read) ? kept.module : read;
    this.modules.set(directory, { module, round: this.round });
    this.waiting.delete(directory);
    if (module !== kept?.module) this.follow(module);
    return module;
  }

  tree(root: string): ModuleNode {
    const known = this.trees.get(root);
    if (known !== undefined) return known;
    const tree = readModuleTree(root, this.files, this.cache, (directory) => this.module(directory));
    this.trees.set(root, tree);
    return tree;
  }

  /** The calls of a module by all modules that are known, those that `roots` reach among them. */
  callsOf(directory: string, roots: readonly string[]): readonly ModuleCall[] {
    this.reach(roots);
    return [...(this.callers.get(directory) ?? [])]
      .sort()
      .flatMap((caller) =>
        [...(this.calls.get(caller) ?? [])].flatMap(([call, called]) =>
          called === directory ? [{ caller: this.module(caller), call }] : [],
        ),
      );
  }

  /** The directories of the modules that call a module. */
  callersOf(directory: string, roots: readonly string[]): Iterable<string> {
    this.reach(roots);
    return this.callers.get(directory) ?? [];
  }

  /** The directories of a module and of all that call it, directly or not. Sorted. */
  callersAbove(directory: string, roots: readonly string[]): readonly string[] {
    this.reach(roots);
    const known = this.above.get(directory);
    if (known !== undefined) return known;
    const seen = new Set([directory]);
    for (const next of seen) for (const caller of this.callers.get(next) ?? []) seen.add(caller);
    const found = [...seen].sort();
    this.above.set(directory, found);
    return found;
  }

  /** The same without those that somebody calls. */
  rootsOf(directory: string, roots: readonly string[]): readonly string[] {
    return this.callersAbove(directory, roots).filter((each) => (this.callers.get(each)?.size ?? 0) === 0);
  }

  /**
   * The same object as long as nothing changed but what stands in modules: no call, and no file that is part of none,
   * such as a lock file.
   */
  surroundings(roots: readonly string[]): object {
    this.reach(roots);
    return this.around;
  }

  /** The module as it was read last: who asks about hundreds of them cannot look at the disk for each. */
  kept(directory: string): Module {
    return this.modules.get(directory)?.module ?? this.module(directory);
  }

  /** Every module that is known, those that `roots` reach among them. */
  known(roots: readonly string[]): readonly Module[] {
    this.reach(roots);
    return [...this.modules.keys()].map((directory) => this.module(directory));
  }

  /** The directories that hold a stack or its deployments, as far as they were looked at; what `roots` reach is. */
  stackFolders(roots: readonly string[]): readonly string[] {
    this.reach(roots);
    return [...this.stacks].sort();
  }

  /** A file came, went or changed: its module is read again when next asked for. */
  changed(file: string): void {
    const directory = path.dirname(file);
    if (path.basename(file) === 'modules.json') {
      this.installed.clear();
      for (const { module } of this.modules.values()) this.follow(module);
    }
    if (!isPartOfModule(file)) this.around = {};
    const kept = this.modules.get(directory);
    if (kept !== undefined) {
      this.modules.set(directory, { module: kept.module, round: -1 });
      this.waiting.add(directory);
    }
    this.trees.clear();
  }

  /** Anything may have changed: every module is compared with its files when next asked for. */
  recheck(): void {
    this.round += 1;
    this.around = {};
    this.installed.clear();
    this.trees.clear();
  }

  /** Where the module behind a call lies; `undefined` when that is not on this disk. */
  calledDirectory(call: Declaration, caller: string): string | undefined {
    const source = moduleSource(call);
    if (source === undefined) return undefined;
    if (isLocalSource(source)) return path.resolve(caller, source);
    for (const root of ancestors(caller)) {
      const installed = this.installedIn(root);
      for (const [key, directory] of [['', root], ...installed] as const) {
        if (directory !== caller) continue;
        const callPath = key === '' ? [] : key.split('.');
        const place = calledDirectory(call, { directory, path: callPath }, installed);
        if (place !== undefined) return place;
      }
    }
    return undefined;
  }

  /** The files, watched for stacks on the way. */
  private readonly noting: FileSource = {
    list: (directory) => {
      const names = this.files.list(directory);
      if (holdsStack(names)) this.stacks.add(directory);
      else this.stacks.delete(directory);
      return names;
    },
    read: (file) => this.files.read(file),
  };

  /** Without roots nothing is read. */
  private reach(roots: readonly string[]): void {
    if (roots.length === 0 || (this.reached === roots && this.waiting.size === 0)) return;
    this.reached = roots;
    for (const root of roots) if (!this.modules.has(root)) this.waiting.add(root);
    for (let [next] = this.waiting; next !== undefined; [next] = this.waiting) this.module(next);
  }

  /** Notes whom a module calls; what it calls will be read when somebody asks for callers. */
  private follow(module: Module): void {
    const { directory } = module;
    const before = new Set(this.calls.get(directory)?.values());
    for (const called of before) this.callers.get(called)?.delete(directory);
    const calls = new Map<Declaration, string>();
    for (const call of module.declarations) {
      const place = call.kind === 'module' ? this.calledDirectory(call, directory) : undefined;
      if (place === undefined) continue;
      calls.set(call, place);
      const callers = this.callers.get(place) ?? new Set<string>();
      this.callers.set(place, callers.add(directory));
      if (!this.modules.has(place)) this.waiting.add(place);
    }
    this.calls.set(directory, calls);
    // Most edits change no calls, and who is above whom stays.
    const after = new Set(calls.values());
    if (after.size === before.size && [...after].every((called) => before.has(called))) return;
    this.above.clear();
    this.around = {};
  }

  private installedIn(root: string): InstalledModules {
    const known = this.installed.get(root);
    if (known !== undefined) return known;
    const installed = readInstalledModules(root, this.files);
    this.installed.set(root, installed);
    return installed;
  }
}

/** Whether only the module in whose directory a file lies can tell what it says. */
function isPartOfModule(file: string): boolean {
  const dialect = dialectOf(file);
  return dialect === 'configuration' || dialect === 'variables';
}

/** Files keep their identity as long as their texts do. */
function isSame(a: Module, b: Module): boolean {
  return (
    a.files.length === b.files.length &&
    a.files.every((file, index) => file === b.files[index]) &&
    a.unread.join('\n') === b.unread.join('\n')
  );
}
