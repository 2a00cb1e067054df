import { factsOf } from '../terraform/facts';
import type { ConfigFile, Declaration, Module } from '../terraform/model';
import type { ModuleIndex } from '../terraform/moduleIndex';
import { impliedProvider } from '../terraform/providerSource';
import type { Use } from '../terraform/uses';
import { attributeOf } from '../terraform/values';
import type { Range } from '../text/range';

/**
 * A step of the graph that Terraform orders its work by. Nodes are addresses; of a module call there are more:
 * `module.m` is how often it is made, `module.m#size` an argument, `module.m.url` an output, `module.m*` all of it.
 */
export interface Edge {
  readonly from: string;
  readonly to: string;
  /** The reference that makes the step; absent for steps that lie inside a module call. */
  readonly place?: { readonly file: ConfigFile; readonly range: Range };
}

export type Edges = ReadonlyMap<string, readonly Edge[]>;

const edgesOfFiles = new WeakMap<ConfigFile, readonly Edge[]>();
const edgesOfModules = new WeakMap<Module, Edges>();

/**
 * What waits for what in a module, where every output of a call is taken to depend on every argument: what is in no
 * circle here is in none at all.
 */
export function coarseEdges(module: Module): Edges {
  const known = edgesOfModules.get(module);
  if (known !== undefined) return known;
  const edges = new Map<string, Edge[]>();
  const add = (edge: Edge) => {
    const present = edges.get(edge.from);
    if (present === undefined) edges.set(edge.from, [edge]);
    else present.push(edge);
  };
  for (const file of module.files) for (const edge of edgesIn(file)) add(edge);
  for (const declaration of module.declarations) {
    if (declaration.kind === 'module') addCall(declaration, edges, add);
    else addProvider(declaration, module, add);
  }
  edgesOfModules.set(module, edges);
  return edges;
}

const shapesOfFiles = new WeakMap<ConfigFile, string>();

/** All that decides about the steps of a configuration, as a text: the same text makes the same steps. */
export function shapeOfEdges({ files }: Module): string {
  return files.map(shapeOfFile).join('\n\n');
}

function shapeOfFile(file: ConfigFile): string {
  const known = shapesOfFiles.get(file);
  if (known !== undefined) return known;
  const declared = factsOf(file).declarations.map(({ kind, address, node }) => {
    if (node.kind !== 'block') return address;
    const names = node.body.items.map((item) => (item.kind === 'attribute' ? item.name : ''));
    const inside = kind === 'module' ? names : names.filter((name) => name === 'provider');
    return `${address} ${inside.join(' ')}`;
  });
  const steps = edgesIn(file).map(({ from, to }) => `${from} ${to}`);
  const shape = [...declared, '', ...steps].join('\n');
  shapesOfFiles.set(file, shape);
  return shape;
}

/**
 * The arguments of a call that one of its outputs depends on; none where the module is not on disk.
 * @param depth how many calls were entered already; modules that call each other have no end.
 */
export function argumentsBehind(
  index: ModuleIndex,
  module: Module,
  call: Declaration,
  output: string,
  depth = 0,
): ReadonlySet<string> {
  const found = new Set<string>();
  const called = depth > deepest ? undefined : index.called(call, module);
  if (called === undefined) return found;
  const edges = coarseEdges(called);
  const seen = new Set<string>();
  const pending = [`output.${output}`];
  for (let node = pending.pop(); node !== undefined; node = pending.pop()) {
    if (seen.has(node)) continue;
    seen.add(node);
    if (node.startsWith('var.')) found.add(node.slice('var.'.length));
    pending.push(...stepsFrom(index, called, node, edges, depth + 1));
  }
  return found;
}

/** The nodes that a node waits for, with no step through a call that its module does not make. */
export function stepsFrom(
  index: ModuleIndex,
  module: Module,
  node: string,
  edges: Edges,
  depth = 0,
): readonly string[] {
  const steps = (edges.get(node) ?? []).map(({ to }) => to);
  const output = outputOf(node);
  const call = output === undefined ? undefined : module.find(output.call);
  if (output === undefined || call === undefined) return steps;
  const needed = argumentsBehind(index, module, call, output.name, depth);
  return steps.filter((to) => {
    const argument = to.split('#')[1];
    return argument === undefined || needed.has(argument);
  });
}

/** The call and the name, where a node is an output of a module call. */
function outputOf(node: string): { readonly call: string; readonly name: string } | undefined {
  const match = /^(module\.[^.#*]+)\.(.+)$/.exec(node);
  return match === null ? undefined : { call: match[1] ?? '', name: match[2] ?? '' };
}

const deepest = 20;

function edgesIn(file: ConfigFile): readonly Edge[] {
  const known = edgesOfFiles.get(file);
  if (known !== undefined) return known;
  const { declarations, uses } = factsOf(file);
  const edges: Edge[] = [];
  for (const declaration of declarations) {
    for (const use of uses.get(declaration.node) ?? []) {
      const from = sourceNode(declaration, use);
      const to = from === undefined ? undefined : targetNode(use);
      if (from === undefined || to === undefined) continue;
      if (from === to && mayReadItself(declaration, use)) continue;
      edges.push({ from, to, place: { file, range: use.range } });
    }
  }
  for (const [node, list] of uses) {
    if (node.kind === 'block' && node.type === 'import') edges.push(...importEdges(list, file));
  }
  edgesOfFiles.set(file, edges);
  return edges;
}

/** What is imported waits for what says how it is called. */
function importEdges(uses: readonly Use[], file: ConfigFile): Edge[] {
  const from = uses.find(({ kind }) => kind === 'address')?.target;
  if (from === undefined || from.startsWith('module.')) return [];
  return uses.flatMap((use) => {
    const to = targetNode(use);
    return to === undefined ? [] : [{ from, to, place: { file, range: use.range } }];
  });
}

/** A variable's validation reads the variable, provisioners run when the resource is there, and to wait for oneself is no wait. */
function mayReadItself({ kind, node }: Declaration, { explicit, range }: Use): boolean {
  if (kind === 'variable' || explicit) return true;
  const around =
    node.kind === 'block' ? node.body.items.find((item) => contains(item.range, range)) : undefined;
  return around?.kind === 'block' && (around.type === 'provisioner' || around.type === 'connection');
}

function contains(outer: Range, inner: Range): boolean {
  return outer.start <= inner.start && inner.end <= outer.end;
}

function sourceNode({ kind, address, node }: Declaration, use: Use): string | undefined {
  if (kind === 'check') return undefined;
  if (kind !== 'module' || node.kind !== 'block') return address;
  const argument = node.body.items.find(({ range }) => contains(range, use.range));
  if (argument?.kind !== 'attribute' || argument.name === 'providers') return undefined;
  return ownArguments.has(argument.name) ? address : `${address}#${argument.name}`;
}

const ownArguments = new Set(['count', 'for_each', 'depends_on', 'source', 'version']);

function targetNode({ kind, target, attributes }: Use): string | undefined {
  if (kind === 'address') return undefined;
  if (!target.startsWith('module.')) return target;
  const [output] = attributes;
  return output === undefined ? `${target}*` : `${target}.${output}`;
}

/** What lies inside a call: outputs wait for arguments, and all for the call itself. */
function addCall(
  { address, node }: Declaration,
  edges: Map<string, Edge[]>,
  add: (edge: Edge) => void,
): void {
  if (node.kind !== 'block') return;
  const inputs = node.body.items.flatMap((item) =>
    item.kind === 'attribute' && !ownArguments.has(item.name) && item.name !== 'providers'
      ? [`${address}#${item.name}`]
      : [],
  );
  const outputs = new Set<string>();
  for (const list of edges.values()) {
    for (const { to } of list) if (to === `${address}*` || outputOf(to)?.call === address) outputs.add(to);
  }
  for (const input of inputs) add({ from: input, to: address });
  for (const output of outputs) {
    add({ from: output, to: address });
    for (const input of inputs) add({ from: output, to: input });
  }
}

/** A resource waits for the configuration of its provider, which may be made from resources. */
function addProvider(
  { kind, type, address, node }: Declaration,
  module: Module,
  add: (edge: Edge) => void,
): void {
  if (type === '' || kind === 'action' || node.kind !== 'block') return;
  if (attributeOf(node.body, 'provider') !== undefined) return;
  const provider = `provider.${impliedProvider(type)}`;
  if (module.find(provider) !== undefined) add({ from: address, to: provider });
}
