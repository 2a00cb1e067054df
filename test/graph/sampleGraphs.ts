import type { DependencyGraph, GraphEdge, GraphNode } from '../../server/graph/model';

/** Numbers from 0 to below 1, the same ones for the same seed. */
export function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

export function shuffled<T>(items: readonly T[], random: () => number): T[] {
  return items
    .map((item) => ({ item, key: random() }))
    .sort((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** A graph from lines such as `a -> b` (a depends on b), `a => b` (by depends_on) or a lone node. */
export function graphOf(text: string, cycles: readonly (readonly string[])[] = []): DependencyGraph {
  const ids = new Set<string>();
  const edges: GraphEdge[] = [];
  for (const line of text.split('\n').map((each) => each.trim())) {
    if (line === '') continue;
    const [from = '', arrow, to] = line.split(/\s+/);
    ids.add(from);
    if (to === undefined) continue;
    ids.add(to);
    edges.push({ from, to, kind: arrow === '=>' ? 'explicit' : 'implicit', via: [] });
  }
  return { directory: '/sample', nodes: withModules([...ids]), edges, cycles };
}

/** Blocks in modules of 12 inside modules of 72, with 1.6 edges per block. `deep` makes long chains of modules. */
export function generated(count: number, shape: 'deep' | 'shallow' | 'flat', seed = 1): DependencyGraph {
  const random = randomNumbers(seed);
  const prefix = (index: number): string =>
    shape === 'flat' ? '' : `module.s${Math.floor(index / 72)}.module.m${Math.floor(index / 12)}.`;
  const ids = Array.from({ length: count }, (_, index) => `${prefix(index)}t_block.n${index}`);
  const edges = new Map<string, GraphEdge>();
  const add = (from: number, to: number): void => {
    const [a, b] = [ids[from], ids[to]];
    if (a === undefined || b === undefined || from === to) return;
    edges.set(`${a} ${b}`, { from: a, to: b, kind: random() < 0.1 ? 'explicit' : 'implicit', via: [] });
  };
  for (let index = 1; index < count; index++) {
    const near = shape === 'deep' ? Math.max(0, index - 1 - Math.floor(random() * 18)) : index - (index % 12);
    add(index, near);
    if (random() < 0.6) add(index, Math.floor(random() * (shape === 'deep' ? index : Math.min(index, 8))));
  }
  return { directory: '/sample', nodes: withModules(ids), edges: [...edges.values()], cycles: [] };
}

function withModules(ids: readonly string[]): GraphNode[] {
  const nodes = new Map<string, GraphNode>();
  const add = (id: string): void => {
    if (nodes.has(id)) return;
    const { module, local } = splitAddress(id);
    if (module !== '') add(module);
    const parts = local.split('.');
    const kind = parts[0] === 'module' ? 'module' : parts[0] === 'data' ? 'data' : 'resource';
    const type = kind === 'module' ? '' : parts.slice(kind === 'data' ? 1 : 0, -1).join('.');
    nodes.set(id, { id, kind, module, type, name: parts.at(-1) ?? id });
  };
  ids.forEach(add);
  return [...nodes.values()];
}

function splitAddress(id: string): { module: string; local: string } {
  const parts = id.split('.');
  let taken = 0;
  while (parts[taken] === 'module' && parts.length > taken + 2) taken += 2;
  return { module: parts.slice(0, taken).join('.'), local: parts.slice(taken).join('.') };
}
