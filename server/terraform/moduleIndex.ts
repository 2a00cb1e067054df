import path from 'node:path';
import { ancestors } from './ancestors';
import { dialectOf } from './dialect';
import type { Dialect } from './dialect';
import type { ConfigFile, Declaration, FileSource, Module, ModuleNode } from './model';
import { ModuleStore } from './moduleStore';
import type { ModuleCall } from './moduleStore';
import { isStackCall, stackCallDirectory } from './stacks/stackCalls';
import { holdsStack, isStackDialect, readDeployments, readStack } from './stacks/stackModule';
import { TestView } from './tests/testModule';
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

  private readonly calls = new Map<string, readonly ModuleCall[]>();
  private readonly views = new Map<string, Module>();

  module(directory: string): Module {
    return this.store.module(directory);
  }

  /**
   * The module that a file belongs to, or would belong to: of its directory, or the view that the file has, from `offset`
   * where that is given.
   */
  view(file: string, offset?: number): Module {
    const view = this.fileView(file);
    return offset === undefined ? view : (view.at?.(offset) ?? view);
  }

  private fileView(file: string): Module {
    const dialect = dialectOf(file);
    if (dialect === undefined || dialect === 'configuration' || dialect === 'variables')
      return this.module(path.dirname(file));
    return this.viewOnce(isStackDialect(dialect) ? `${path.dirname(file)}\n${dialect}` : file, () =>
      readView(file, dialect, this),
    );
  }

  private viewOnce(key: string, read: () => Module): Module {
    const known = this.views.get(key);
    if (known !== undefined) return known;
    const view = read();
    this.views.set(key, view);
    return view;
  }

  /** The stack of a directory, empty where it holds none, or how it is deployed. */
  stack(directory: string, dialect: Extract<Dialect, 'stack' | 'deployment'> = 'stack'): Module {
    return this.viewOnce(`${directory}\n${dialect}`, () =>
      dialect === 'stack' ? readStack(directory, this) : readDeployments(directory, this),
    );
  }

  /** One parsed file, of any kind that is written in HCL; `undefined` when it cannot be read. */
  file(file: string): ConfigFile | undefined {
    const text = this.files.read(file);
    return text === undefined ? undefined : this.store.cache.file(file, text);
  }

  tree(root: string): ModuleNode {
    return this.store.tree(root);
  }

  /** The module behind a call in `caller`, or behind a run of a test; `undefined` when its source is not on disk. */
  called(call: Declaration, caller: Module): Module | undefined {
    if (call.kind === 'run') {
      const view = this.view(call.file.path);
      return view instanceof TestView ? view.ranBy(call) : undefined;
    }
    if (isStackCall(call.kind)) return this.calledByStack(call, caller);
    const directory = this.store.calledDirectory(call, caller.directory);
    if (directory === undefined) return undefined;
    const module = this.module(directory);
    return module.files.length > 0 || module.unread.length > 0 ? module : undefined;
  }

  /** Who calls a module, in all modules that are known. */
  callsOf(module: Module): readonly ModuleCall[] {
    // A stack and a module can share a directory.
    if (isStackDialect(module.dialect)) return [];
    const { directory } = module;
    const calls = this.calls.get(directory) ?? this.store.callsOf(directory, this.roots);
    this.calls.set(directory, calls);
    return calls;
  }

  /** Whether any module that is known calls this one. */
  isCalled(module: Module): boolean {
    if (isStackDialect(module.dialect)) return false;
    const [first] = this.store.callersOf(module.directory, this.roots);
    return first !== undefined;
  }

  /** A module and all that call it, directly or not, as they were read last. */
  callersAbove(module: Module): readonly Module[] {
    if (isStackDialect(module.dialect)) return [module];
    return this.store
      .callersAbove(module.directory, this.roots)
      .map((directory) => (directory === module.directory ? module : this.store.kept(directory)));
  }

  /** The module in a directory as it was read last. */
  kept(directory: string): Module {
    return this.store.kept(directory);
  }

  /** The same object as long as nothing changed but what stands in modules; more lives as long as this. */
  get surroundings(): object {
    return this.store.surroundings(this.roots);
  }

  /** The modules that call a module, each once, as they were read last. */
  callersOf(module: Module): readonly Module[] {
    if (isStackDialect(module.dialect)) return [];
    return [...this.store.callersOf(module.directory, this.roots)]
      .sort()
      .map((caller) => this.store.kept(caller));
  }

  /**
   * Components that use a module; for a stack the stacks it is embedded in, and its deployments. Looked for in the
   * directories above and in all that are known.
   */
  stackCallsOf(module: Module): readonly ModuleCall[] {
    const above = ancestors(module.directory).filter((each) => holdsStack(this.files.list(each)));
    const folders = [...new Set([...above, ...this.store.stackFolders(this.roots)])].sort();
    const wanted = module.dialect === 'stack' ? 'stack' : 'component';
    const calls = folders.flatMap((folder): ModuleCall[] => {
      const caller = this.stack(folder);
      return caller.declarations
        .filter(({ kind }) => kind === wanted)
        .filter((call) => stackCallDirectory(call, folder, this.files) === module.directory)
        .map((call) => ({ caller, call }));
    });
    if (module.dialect !== 'stack') return calls;
    const deployments = this.stack(module.directory, 'deployment');
    const own = deployments.declarations.filter(({ kind }) => kind === 'deployment');
    return [...calls, ...own.map((call) => ({ caller: deployments, call }))];
  }

  /** A deployment deploys the stack beside it; a component is a module, an embedded stack another stack. */
  private calledByStack(call: Declaration, caller: Module): Module | undefined {
    const directory =
      call.kind === 'deployment' ? caller.directory : stackCallDirectory(call, caller.directory, this.files);
    if (directory === undefined) return undefined;
    const called = call.kind === 'component' ? this.module(directory) : this.stack(directory);
    return called.files.length > 0 || called.unread.length > 0 ? called : undefined;
  }

  /** The modules that call a module, directly or not, and that nobody calls; itself when nobody calls it. Sorted. */
  rootsOf(module: Module): readonly string[] {
    // A stack and a module can share a directory.
    if (isStackDialect(module.dialect)) return [module.directory];
    return this.store.rootsOf(module.directory, this.roots);
  }

  /** Every module that is known, those of components among them. */
  knownModules(): readonly Module[] {
    const known = this.store.known(this.roots);
    const directories = new Set(known.map(({ directory }) => directory));
    const components = this.knownStacks().flatMap((stack) =>
      stack.declarations.flatMap((call) => {
        const called = call.kind === 'component' ? this.called(call, stack) : undefined;
        return called === undefined || directories.has(called.directory) ? [] : [called];
      }),
    );
    return [...known, ...new Set(components)];
  }

  /** Every stack that is known, and how it is deployed. */
  knownStacks(): readonly Module[] {
    return this.store
      .stackFolders(this.roots)
      .flatMap((folder) => [this.stack(folder), this.stack(folder, 'deployment')])
      .filter(({ files }) => files.length > 0);
  }
}
