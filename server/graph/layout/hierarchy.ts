import type { GraphNode } from '../model';
import type { End, Net } from './level';
import { orderForward } from './orientation';

/** Two nodes that a line joins: a dependent and what it depends on. */
export interface Pair {
  readonly from: string;
  readonly to: string;
  readonly kind: 'explicit' | 'implicit';
  readonly via: readonly string[];
}

export interface Level {
  /** The module; the empty string for the root. */
  readonly id: string;
  /** What lies directly inside, sorted. */
  readonly children: readonly string[];
}

/** The way of a line through the modules, from the dependency to the dependent. */
export interface Course {
  readonly net: string;
  readonly stages: readonly { readonly level: string; readonly leaf: End }[];
}

interface Crossing {
  /** The innermost module around both ends, and the children of it that hold each. */
  readonly level: string;
  readonly source: string;
  readonly target: string;
}

/** The modules of a graph as boxes in boxes, and the nets that join what is in them. */
export class Hierarchy {
  private readonly nodes: ReadonlyMap<string, GraphNode>;
  private readonly levels = new Map<string, string[]>();
  private readonly places = new Map<string, number>();
  private readonly netsOfLevel = new Map<string, Map<string, Net & { readonly leaves: End[] }>>();
  private readonly courses = new Map<Pair, Course>();

  /** Both sorted; a module that is no node itself counts as the root. */
  constructor(nodes: readonly GraphNode[], pairs: readonly Pair[]) {
    this.nodes = new Map(nodes.map((node) => [node.id, node]));
    this.levels.set('', []);
    for (const { id } of nodes) {
      const siblings = this.levels.get(this.parent(id)) ?? [];
      this.places.set(id, siblings.push(id) - 1);
      this.levels.set(this.parent(id), siblings);
    }
    const orders = this.orient(pairs);
    for (const pair of pairs) this.trace(pair, orders);
  }

  node(id: string): GraphNode | undefined {
    return this.nodes.get(id);
  }

  parent(id: string): string {
    const module = this.nodes.get(id)?.module ?? '';
    return module !== id && this.nodes.has(module) ? module : '';
  }

  contains(outer: string, inner: string): boolean {
    return this.pathTo(inner).includes(outer);
  }

  innermostFirst(): Level[] {
    const depth = new Map([...this.levels.keys()].map((id) => [id, id === '' ? 0 : this.pathTo(id).length]));
    return [...this.levels]
      .map(([id, children]) => ({ id, children }))
      .sort((a, b) => (depth.get(b.id) ?? 0) - (depth.get(a.id) ?? 0));
  }

  outermostFirst(): GraphNode[] {
    return this.innermostFirst()
      .reverse()
      .flatMap(({ children }) => children.flatMap((id) => this.nodes.get(id) ?? []));
  }

  nets(level: string): readonly Net[] {
    return [...(this.netsOfLevel.get(level)?.values() ?? [])];
  }

  /** `undefined` for a line from a node to itself, or between a module and something inside it. */
  course(pair: Pair): Course | undefined {
    return this.courses.get(pair);
  }

  /** The node and all modules around it, outermost first. Ends even where modules claim to hold each other. */
  private pathTo(id: string): string[] {
    const path = new Set<string>();
    for (let at = id; at !== '' && !path.has(at); at = this.parent(at)) path.add(at);
    return [...path].reverse();
  }

  private crossing(pair: Pair): Crossing | undefined {
    const to = this.pathTo(pair.to);
    const from = this.pathTo(pair.from);
    let shared = 0;
    while (shared < to.length && to[shared] === from[shared]) shared++;
    const [source, target] = [to[shared], from[shared]];
    if (source === undefined || target === undefined) return undefined;
    return { level: to[shared - 1] ?? '', source, target };
  }

  /** For each level an order of its boxes in which most lines run forward. */
  private orient(pairs: readonly Pair[]): ReadonlyMap<string, ReadonlyMap<string, number>> {
    const connections = new Map<string, { from: string; to: string; weight: number }[]>();
    for (const pair of pairs) {
      const crossing = this.crossing(pair);
      if (crossing === undefined) continue;
      const list = connections.get(crossing.level) ?? [];
      list.push({ from: crossing.source, to: crossing.target, weight: 1 });
      connections.set(crossing.level, list);
    }
    return new Map(
      [...connections].map(([level, list]) => [level, orderForward(this.levels.get(level) ?? [], list)]),
    );
  }

  /** Adds the pair to the nets of every level that its line passes. */
  private trace(pair: Pair, orders: ReadonlyMap<string, ReadonlyMap<string, number>>): void {
    const crossing = this.crossing(pair);
    if (crossing === undefined) return;
    const order = orders.get(crossing.level);
    const reversed = (order?.get(crossing.source) ?? 0) > (order?.get(crossing.target) ?? 0);
    const net = `${pair.to} ${pair.kind}${reversed ? ' reversed' : ''}`;
    const stages: { level: string; leaf: End }[] = [];
    const add = (level: string, root: End, leaf: End): void => {
      stages.push({ level, leaf });
      this.addToNet(level, { id: net, reversed, root, leaves: [leaf] });
    };
    for (let at = pair.to; at !== crossing.source; at = this.parent(at)) {
      add(this.parent(at), this.end(at, pair.to), reversed ? 'left' : 'right');
    }
    add(crossing.level, this.end(crossing.source, pair.to), this.end(crossing.target, pair.from));
    const inward = this.pathTo(pair.from);
    for (const at of inward.slice(inward.indexOf(crossing.target) + 1)) {
      add(this.parent(at), reversed ? 'right' : 'left', this.end(at, pair.from));
    }
    this.courses.set(pair, { net, stages });
  }

  private end(box: string, node: string): End {
    return { box: this.places.get(box) ?? 0, inner: box !== node };
  }

  private addToNet(level: string, net: Net): void {
    const nets = this.netsOfLevel.get(level) ?? new Map<string, Net & { leaves: End[] }>();
    this.netsOfLevel.set(level, nets);
    const known = nets.get(net.id);
    if (known === undefined) {
      nets.set(net.id, { ...net, leaves: [...net.leaves] });
      return;
    }
    for (const leaf of net.leaves) {
      if (!known.leaves.some((each) => isSameEnd(each, leaf))) known.leaves.push(leaf);
    }
  }
}

function isSameEnd(a: End, b: End): boolean {
  if (typeof a === 'string' || typeof b === 'string') return a === b;
  return a.box === b.box && a.inner === b.inner;
}
