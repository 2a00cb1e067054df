import { compareText } from './model';
import type { DependencyGraph, GraphNode, PlanAction } from './model';

/** From the gravest on: a block whose instances differ shows the first that occurs. */
const gravity: readonly PlanAction[] = ['delete', 'replace', 'forget', 'update', 'create', 'read', 'none'];

/**
 * The actions of a plan by block address (no instance keys), the gravest first. Reads the document that
 * `terraform show -json PLAN` writes, and any other with a list of `{address, action}` or `{address, change: {actions}}`
 * under `resource_changes` or `changes`. Throws an Error with a sentence for a person where there is no such list.
 */
export function planActions(document: unknown): ReadonlyMap<string, readonly PlanAction[]> {
  const changes = field(document, 'resource_changes') ?? field(document, 'changes');
  if (!Array.isArray(changes)) {
    // A plan without resources has no list at all, but it does say that it is a plan.
    if (field(document, 'terraform_version') !== undefined) return new Map();
    throw new Error(
      'The plan has no list of resource changes; give the JSON that "terraform show -json PLANFILE" writes.',
    );
  }
  const found = new Map<string, Set<PlanAction>>();
  for (const change of changes) {
    const address = field(change, 'address');
    const action = actionOf(change);
    if (typeof address !== 'string' || action === undefined) continue;
    const block = blockAddress(address);
    const actions = found.get(block) ?? new Set();
    found.set(block, actions.add(action));
  }
  return new Map([...found].map(([address, actions]) => [address, byGravity(actions)]));
}

/** An address without its instance keys: `module.a["x.y"].b.c[0]` gives `module.a.b.c`. */
export function blockAddress(address: string): string {
  return address.replace(/\[(?:"(?:[^"\\]|\\.)*"|[^\]"]*)\]/g, '');
}

/**
 * The graph with the actions painted on its nodes; modules show those of everything inside. What a plan changes but
 * the configuration no longer has becomes a node of kind `missing`.
 */
export function withActions(
  graph: DependencyGraph,
  actions: ReadonlyMap<string, readonly PlanAction[]>,
): DependencyGraph {
  const known = new Set(graph.nodes.map((node) => node.id));
  const gone = [...actions]
    .filter(([id, [worst]]) => !known.has(id) && worst !== undefined && worst !== 'none' && worst !== 'read')
    .map(([id]) => goneNode(id, known));
  const inside = new Map<string, Set<PlanAction>>();
  const nodes = [...graph.nodes, ...gone];
  const modules = new Map(nodes.map((node) => [node.id, node.module]));
  for (const { id, module } of nodes) {
    for (let around = module; around !== ''; around = modules.get(around) ?? '') {
      const all = inside.get(around) ?? new Set();
      for (const action of actions.get(id) ?? []) all.add(action);
      inside.set(around, all);
    }
  }
  const painted = nodes.map((node): GraphNode => {
    const own = actions.get(node.id) ?? byGravity(inside.get(node.id) ?? new Set());
    return own.length === 0 ? node : { ...node, actions: own };
  });
  return { ...graph, nodes: painted.sort((a, b) => compareText(a.id, b.id)) };
}

function goneNode(id: string, known: ReadonlySet<string>): GraphNode {
  const parts = id.split('.');
  let module = '';
  for (let length = 2; length < parts.length && parts[length - 2] === 'module'; length += 2) {
    module = parts.slice(0, length).join('.');
  }
  const local = module === '' ? parts : parts.slice(module.split('.').length);
  return {
    id,
    kind: 'missing',
    module: known.has(module) ? module : '',
    type: local.slice(0, -1).join('.'),
    name: local.at(-1) ?? id,
  };
}

function actionOf(change: unknown): PlanAction | undefined {
  const single = field(change, 'action');
  const actions = field(field(change, 'change'), 'actions') ?? field(change, 'actions') ?? [single];
  if (!Array.isArray(actions)) return undefined;
  if (actions.includes('create') && actions.includes('delete')) return 'replace';
  const [only] = actions as unknown[];
  if (only === 'no-op') return 'none';
  if (only === 'destroy') return 'delete';
  return gravity.find((action) => action === only);
}

function byGravity(actions: ReadonlySet<PlanAction>): readonly PlanAction[] {
  return gravity.filter((action) => actions.has(action));
}

function field(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}
