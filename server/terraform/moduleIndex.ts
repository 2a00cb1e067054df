import path from 'node:path';
import { dialectOf } from './dialect';
import type { ConfigFile, Declaration, FileSource, Module, ModuleNode } from './model';
import { ModuleStore } from './moduleStore';
import type { ModuleCall } from './moduleStore';
import { readView } from './view';

/**
 * The modules of a workspace at one moment: everything is read when first asked for and then kept. A change makes a new
 * index over the same store, which keeps what did not change.
 */
export class ModuleIndex {
  /** `roots` are the directories known to be worked in; callers of a module are looked for there. */
  constructor(
    readonly files: FileSource,
    readonly roots: readonly string[] = [],
    private readonly store: ModuleStore = new ModuleStore(files),
  ) {}

  private readonly views = new Map<string, Module>();

  module(directory: string): Module {
    return this.store.module(directory);
  }

  /** The module that a file belongs to, or would belong to: of its directory, or the view that the file has. */
  view(file: string): Module {
    const dialect = dialectOf(file);
    if (dialect === undefined || dialect === 'configuration' || dialect === 'variables')
      return this.module(path.dirname(file));
    const known = this.views.get(file);
    if (known !== undefined) return known;
    const view = readView(file, dialect, this);
    this.views.set(file, view);
    return view;
  }

  /** One parsed file, of any kind that is written in HCL; `undefined` when it cannot be read. */
  file(file: string): ConfigFile | undefined {
    const text = this.files.read(file);
    return text === undefined ? undefined : this.store.cache.file(file, text);
  }

  tree(root: string): ModuleNode {
    return this.store.tree(root);
  }

  /** The module behind a call in `caller`; `undefined` when its source is not on disk. */
  called(call: Declaration, caller: Module): Module | undefined {
    const directory = this.store.calledDirectory(call, caller.directory);
    if (directory === undefined) return undefined;
    const module = this.module(directory);
    return module.files.length > 0 || module.unread.length > 0 ? module : undefined;
  }

  /** Who calls a module, in all modules that are known. */
  callsOf(module: Module): readonly ModuleCall[] {
    return this.store.callsOf(module.directory, this.roots);
  }

  /** The modules that call a module, directly or not, and that nobody calls; itself when nobody calls it. Sorted. */
  rootsOf(module: Module): readonly string[] {
    const seen = new Set([module.directory]);
    const roots = new Set<string>();
    const pending = [module];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      const callers = this.callsOf(next).map(({ caller }) => caller);
      if (callers.length === 0) roots.add(next.directory);
      for (const caller of callers) {
        if (seen.has(caller.directory)) continue;
        seen.add(caller.directory);
        pending.push(caller);
      }
    }
    return [...roots].sort();
  }

  /** Every module that is known. */
  knownModules(): readonly Module[] {
    return this.store.known(this.roots);
  }
}
