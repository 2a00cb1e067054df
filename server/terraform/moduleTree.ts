import path from 'node:path';
import { ConfigCache } from './configFile';
import type { Block } from '../hcl/syntax';
import { factsOf } from './facts';
import type { Declaration, FileSource, Module, ModuleNode, ProviderUse } from './model';
import { readModule } from './module';
import { calledDirectory, readInstalledModules } from './moduleCalls';
import type { InstalledModules } from './moduleCalls';
import { chosenProvider, impliedProvider, providerOf, sourceOf } from './providerSource';
import { attributeOf } from './values';

/** A tree above this size is cut off: calls beyond it count as unresolved. */
const mostNodes = 5000;

/**
 * The module at `root` with every module it calls, directly or not. Local sources are read from their place, others
 * from where `terraform init` put them. A module that calls itself ends in `unresolved`. With the same `cache`, files
 * that did not change are not parsed again.
 */
export function readModuleTree(
  root: string,
  files: FileSource,
  cache: ConfigCache = new ConfigCache(),
  moduleAt: (directory: string) => Module = rememberedModules(files, cache),
): ModuleNode {
  const directory = path.resolve(root);
  return new TreeReader(moduleAt, readInstalledModules(directory, files)).node(
    [],
    directory,
    undefined,
    new Set(),
  );
}

function rememberedModules(files: FileSource, cache: ConfigCache): (directory: string) => Module {
  const modules = new Map<string, Module>();
  return (directory) => {
    const module = modules.get(directory) ?? readModule(directory, files, cache);
    modules.set(directory, module);
    return module;
  };
}

/** Every node of a tree, callers before what they call. */
export function* eachNode(tree: ModuleNode): Generator<ModuleNode> {
  yield tree;
  for (const child of tree.children) yield* eachNode(child);
}

/**
 * Every provider the tree uses, implied ones included, sorted by source, with the sorted types used of each: those of
 * resource, data and ephemeral blocks, of the targets of `import` and `moved` and of what `removed` lets go.
 * `terraform_data` and `terraform_remote_state` belong to `terraform.io/builtin/terraform`.
 */
export function providerUses(tree: ModuleNode): readonly ProviderUse[] {
  const uses = new Uses();
  for (const { module } of eachNode(tree)) addModule(module, uses);
  return uses.sorted();
}

class TreeReader {
  private count = 0;

  constructor(
    private readonly moduleAt: (directory: string) => Module,
    private readonly installed: InstalledModules,
  ) {}

  node(
    callPath: readonly string[],
    directory: string,
    call: Declaration | undefined,
    ancestors: ReadonlySet<string>,
  ): ModuleNode {
    this.count += 1;
    const module = this.moduleAt(directory);
    const children: ModuleNode[] = [];
    const unresolved: Declaration[] = [];
    const above = new Set([...ancestors, directory]);
    for (const inner of module.declarations) {
      if (inner.kind !== 'module' || module.find(inner.address) !== inner) continue;
      const place = calledDirectory(inner, { directory, path: callPath }, this.installed);
      if (place === undefined || above.has(place) || this.count >= mostNodes || !this.exists(place)) {
        unresolved.push(inner);
      } else {
        children.push(this.node([...callPath, inner.name], place, inner, above));
      }
    }
    return { path: callPath, module, call, children, unresolved };
  }

  private exists(directory: string): boolean {
    const module = this.moduleAt(directory);
    return module.files.length > 0 || module.unread.length > 0;
  }
}

type Kind = 'resources' | 'data' | 'ephemeral';

const kindOf: Readonly<Record<string, Kind>> = {
  resource: 'resources',
  data: 'data',
  ephemeral: 'ephemeral',
};

class Uses {
  private readonly bySource = new Map<string, Record<Kind, Set<string>>>();

  provider(source: string): Record<Kind, Set<string>> {
    const use = this.bySource.get(source) ?? { resources: new Set(), data: new Set(), ephemeral: new Set() };
    this.bySource.set(source, use);
    return use;
  }

  sorted(): ProviderUse[] {
    return [...this.bySource.entries()]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([source, use]) => ({
        source,
        resources: [...use.resources].sort(),
        data: [...use.data].sort(),
        ephemeral: [...use.ephemeral].sort(),
      }));
  }
}

function addModule(module: Module, uses: Uses): void {
  for (const requirement of module.requirements) uses.provider(requirement.source);
  for (const declaration of module.declarations) {
    if (declaration.kind === 'provider') uses.provider(sourceOf(declaration.name, module));
    const kind = Object.hasOwn(kindOf, declaration.kind) ? kindOf[declaration.kind] : undefined;
    if (kind !== undefined) uses.provider(providerOf(declaration, module))[kind].add(declaration.type);
  }
  for (const file of module.files) {
    for (const [node, inside] of factsOf(file).uses) {
      if (node.kind !== 'block' || !['import', 'moved', 'removed'].includes(node.type)) continue;
      const chosen = chosenProvider(node);
      for (const use of inside) {
        if (use.kind !== 'address' || (node.type === 'moved' && !isTo(node, use.range))) continue;
        const type = managedType(use.target);
        if (type !== undefined)
          uses.provider(sourceOf(chosen ?? impliedProvider(type), module)).resources.add(type);
      }
    }
  }
}

function isTo(node: Block, range: { readonly start: number }): boolean {
  return attributeOf(node.body, 'to')?.value.range.start === range.start;
}

/** The resource type of an address inside the module; addresses of other modules' resources say nothing here. */
function managedType(address: string): string | undefined {
  const [type, name, ...more] = address.split('.');
  if (type === undefined || name === undefined || more.length > 0 || type === 'module') return undefined;
  return type;
}
