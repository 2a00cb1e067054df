import { compareText } from './model';
import type { GraphEdge, GraphNode } from './model';

/**
 * The sets of nodes that depend on themselves, each sorted, the sets by their first node. What depends on a module
 * depends on everything inside, and everything inside depends on what the module depends on, as in Terraform.
 */
export function findCycles(nodes: readonly GraphNode[], edges: readonly GraphEdge[]): string[][] {
  const graph = new Digraph();
  for (const node of nodes) {
    graph.vertex(node.id, node.id);
    if (node.kind === 'module') {
      graph.vertex(opening(node.id), node.id);
      graph.vertex(closing(node.id), node.id);
    }
  }
  const modules = new Set(nodes.filter((node) => node.kind === 'module').map((node) => node.id));
  for (const node of nodes) {
    if (!modules.has(node.module)) continue;
    const inside = node.kind === 'module';
    graph.edge(closing(node.module), inside ? closing(node.id) : node.id);
    graph.edge(inside ? opening(node.id) : node.id, opening(node.module));
  }
  for (const id of modules) graph.edge(closing(id), opening(id));
  for (const { from, to } of edges) {
    graph.edge(modules.has(from) ? opening(from) : from, modules.has(to) ? closing(to) : to);
  }
  return graph
    .cycles()
    .map((ids) => [...new Set(ids)].sort(compareText))
    .sort((a, b) => compareText(a[0] ?? '', b[0] ?? ''));
}

function opening(module: string): string {
  return `open ${module}`;
}

function closing(module: string): string {
  return `close ${module}`;
}

interface Frame {
  readonly vertex: number;
  next: number;
}

class Digraph {
  private readonly index = new Map<string, number>();
  private readonly owners: string[] = [];
  private readonly targets: number[][] = [];

  vertex(name: string, owner: string): void {
    if (this.index.has(name)) return;
    this.index.set(name, this.owners.length);
    this.owners.push(owner);
    this.targets.push([]);
  }

  edge(from: string, to: string): void {
    const a = this.index.get(from);
    const b = this.index.get(to);
    if (a !== undefined && b !== undefined) this.targets[a]?.push(b);
  }

  /** Owners of the vertices of each strongly connected component that has an edge inside itself. */
  cycles(): string[][] {
    const components = this.components();
    return components
      .filter((component) => {
        const [only] = component;
        return component.length > 1 || (only !== undefined && this.targets[only]?.includes(only) === true);
      })
      .map((component) => component.map((vertex) => this.owners[vertex] ?? ''));
  }

  /** Tarjan's algorithm with its own stack, so that long chains do not exhaust the call stack. */
  private components(): number[][] {
    const count = this.owners.length;
    const order = new Int32Array(count).fill(-1);
    const low = new Int32Array(count);
    const onPath = new Uint8Array(count);
    const path: number[] = [];
    const found: number[][] = [];
    let visited = 0;
    const enter = (vertex: number): Frame => {
      order[vertex] = low[vertex] = visited++;
      onPath[vertex] = 1;
      path.push(vertex);
      return { vertex, next: 0 };
    };
    for (let root = 0; root < count; root++) {
      if (order[root] !== -1) continue;
      const frames = [enter(root)];
      for (let frame = frames.at(-1); frame !== undefined; frame = frames.at(-1)) {
        const { vertex } = frame;
        const target = this.targets[vertex]?.[frame.next++];
        if (target === undefined) {
          frames.pop();
          const above = frames.at(-1)?.vertex;
          if (above !== undefined) low[above] = Math.min(at(low, above), at(low, vertex));
          if (low[vertex] === order[vertex]) found.push(takeComponent(path, vertex, onPath));
        } else if (order[target] === -1) {
          frames.push(enter(target));
        } else if (onPath[target] === 1) {
          low[vertex] = Math.min(at(low, vertex), at(order, target));
        }
      }
    }
    return found;
  }
}

function takeComponent(path: number[], root: number, onPath: Uint8Array): number[] {
  const component = path.splice(path.lastIndexOf(root));
  for (const vertex of component) onPath[vertex] = 0;
  return component;
}

function at(numbers: Int32Array, index: number): number {
  return numbers[index] ?? 0;
}
