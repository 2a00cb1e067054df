import type { DependencyGraph, GraphNode } from '../model';

/** The document of `graph --format json`: `{nodes, edges, cycles}`, files relative to the root module. */
export function toJson(graph: DependencyGraph): string {
  const document = { nodes: graph.nodes.map(jsonNode), edges: graph.edges, cycles: graph.cycles };
  return `${JSON.stringify(document, null, 2)}\n`;
}

function jsonNode({ id, kind, module, place, repeated, actions }: GraphNode): object {
  // What is left undefined does not appear in the text.
  return { id, kind, module, file: place?.file, range: place?.range, repeated, actions };
}
