import { toDot } from './exports/dot';
import { toHtml } from './exports/html';
import { toJson } from './exports/json';
import { toMermaid } from './exports/mermaid';
import { toSvg } from './exports/svg';
import { layoutGraph } from './layout';
import type { DependencyGraph } from './model';

export const graphFormats = ['json', 'dot', 'mermaid', 'svg', 'html'] as const;
export type GraphFormat = (typeof graphFormats)[number];

/**
 * A graph as a text, ending with a line break: `json` as the command line documents it, `dot` for Graphviz, `mermaid`
 * for Markdown, `svg` and `html` as a drawing in one file that loads nothing else.
 */
export function exportGraph(graph: DependencyGraph, format: GraphFormat): string {
  switch (format) {
    case 'json':
      return toJson(graph);
    case 'dot':
      return toDot(graph);
    case 'mermaid':
      return toMermaid(graph);
    case 'svg':
      return toSvg(layoutGraph(graph));
    case 'html':
      return toHtml(layoutGraph(graph));
  }
}
