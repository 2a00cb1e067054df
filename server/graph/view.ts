import type { DependencyGraph, GraphNode } from './model';

/**
 * The nodes within `depth` edges of `id`, in both directions, with the modules around them. For a module, everything
 * inside it counts as the start. `undefined` when the graph has no such node.
 */
export function focusGraph(graph: DependencyGraph, id: string, depth: number): DependencyGraph | undefined {
  const centre = graph.nodes.find((node) => node.id === id);
  if (centre === undefined) return undefined;
  const inside = graph.nodes.filter((node) => centre.kind === 'module' && node.id.startsWith(`${id}.`));
  const kept = new Set([id, ...inside.map((node) => node.id)]);
  for (let hop = 0; hop < depth; hop++) {
    const reached = graph.edges.filter((edge) => kept.has(edge.from) !== kept.has(edge.to));
    if (reached.length === 0) break;
    for (const { from, to } of reached) kept.add(from).add(to);
  }
  const byId = new Map(graph.nodes.map((node) => [node.id, node]));
  for (const start of [...kept]) {
    for (let module = byId.get(start)?.module; module !== undefined && module !== '';) {
      kept.add(module);
      module = byId.get(module)?.module;
    }
  }
  return keep(graph, (node) => kept.has(node.id));
}

function keep(graph: DependencyGraph, wanted: (node: GraphNode) => boolean): DependencyGraph {
  const nodes = graph.nodes.filter(wanted);
  const ids = new Set(nodes.map((node) => node.id));
  return {
    ...graph,
    nodes,
    edges: graph.edges.filter((edge) => ids.has(edge.from) && ids.has(edge.to)),
    cycles: graph.cycles.filter((cycle) => cycle.every((id) => ids.has(id))),
  };
}
