import { labelOf } from '../layout';
import type { DependencyGraph, GraphNode } from '../model';

/** A Mermaid flowchart: modules as subgraphs, edges from dependents to dependencies, explicit ones dotted. */
export function toMermaid(graph: DependencyGraph): string {
  const names = new Map(graph.nodes.map((node, index) => [node.id, `n${index}`]));
  const name = (id: string): string => names.get(id) ?? 'n';
  const parents = new Set(graph.nodes.map((node) => node.module));
  const write = (parent: string, indent: string): string[] =>
    graph.nodes
      .filter((node) => (names.has(node.module) ? node.module : '') === parent)
      .flatMap((node) => {
        if (node.kind !== 'module' || !parents.has(node.id))
          return [`${indent}${name(node.id)}${shape(node)}`];
        return [
          `${indent}subgraph ${name(node.id)}[${quoted(node.id)}]`,
          ...write(node.id, `${indent}  `),
          `${indent}end`,
        ];
      });
  const edges = graph.edges.map(({ from, to, kind }) => {
    return `  ${name(from)} ${kind === 'explicit' ? '-.->' : '-->'} ${name(to)}`;
  });
  return `${['flowchart RL', ...write('', '  '), ...edges].join('\n')}\n`;
}

function shape(node: GraphNode): string {
  const { title, subtitle } = labelOf(node);
  const text = quoted(`${title}<br/>${subtitle}`);
  if (node.kind === 'data' || node.kind === 'ephemeral') return `[(${text})]`;
  return node.kind === 'missing' ? `{{${text}}}` : `[${text}]`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('"', '#quot;')}"`;
}
