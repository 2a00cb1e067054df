import { labelOf } from '../layout';
import type { DependencyGraph, GraphNode } from '../model';

/** Graphviz: modules as clusters, edges from dependents to dependencies, explicit ones dashed. */
export function toDot(graph: DependencyGraph): string {
  const modules = new Set(graph.nodes.filter((node) => node.kind === 'module').map((node) => node.id));
  const children = new Map<string, GraphNode[]>();
  for (const node of graph.nodes) {
    const parent = modules.has(node.module) ? node.module : '';
    children.set(parent, [...(children.get(parent) ?? []), node]);
  }
  const lines = [
    'digraph G {',
    '  rankdir = "RL";',
    '  compound = true;',
    '  node [shape = rect, fontname = "sans-serif"];',
    '  edge [fontname = "sans-serif"];',
    ...nodeLines('', children, '  '),
    ...edgeLines(graph, modules, children),
    '}',
  ];
  return `${lines.join('\n')}\n`;
}

function nodeLines(
  parent: string,
  children: ReadonlyMap<string, readonly GraphNode[]>,
  indent: string,
): string[] {
  return (children.get(parent) ?? []).flatMap((node) => {
    const { title, subtitle } = labelOf(node);
    if (node.kind === 'module' && children.has(node.id)) {
      return [
        `${indent}subgraph ${quoted(`cluster_${node.id}`)} {`,
        `${indent}  label = ${quoted(node.id)};`,
        `${indent}  fontname = "sans-serif";`,
        ...nodeLines(node.id, children, `${indent}  `),
        `${indent}}`,
      ];
    }
    const style = node.kind === 'missing' ? ', style = dashed' : '';
    return [`${indent}${quoted(node.id)} [label = ${quoted(`${title}\n${subtitle}`)}${style}];`];
  });
}

/** A cluster is no node in Graphviz: an edge to one ends at a node inside and is cut at the border. */
function edgeLines(
  graph: DependencyGraph,
  modules: ReadonlySet<string>,
  children: ReadonlyMap<string, readonly GraphNode[]>,
): string[] {
  const anchor = (id: string): string => {
    let at = id;
    for (let inside = children.get(at)?.[0]; inside !== undefined; inside = children.get(at)?.[0])
      at = inside.id;
    return at;
  };
  return graph.edges.map(({ from, to, kind }) => {
    const attributes = [
      ...(kind === 'explicit' ? ['style = dashed'] : []),
      ...(modules.has(from) && children.has(from) ? [`ltail = ${quoted(`cluster_${from}`)}`] : []),
      ...(modules.has(to) && children.has(to) ? [`lhead = ${quoted(`cluster_${to}`)}`] : []),
    ];
    const suffix = attributes.length === 0 ? '' : ` [${attributes.join(', ')}]`;
    return `  ${quoted(anchor(from))} -> ${quoted(anchor(to))}${suffix};`;
  });
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')}"`;
}
