import { NotificationType, RequestType } from 'vscode-languageserver/node';
import type { Picture } from '../graph/layout';

/**
 * The messages that Terratrain's server understands beside LSP's own. Directories and URIs are `file:` URIs; positions
 * are LSP's. A request about a folder without Terraform gets an empty answer, never an error.
 */

/** The root modules below the workspace folders, the nearest first. */
export const rootModules = new RequestType<null, { readonly roots: readonly string[] }, void>(
  'terratrain/rootModules',
);

export interface GraphParams {
  /** Directory of the root module. */
  readonly root: string;
  /** What a plan does to each instance, painted onto the boxes. */
  readonly changes?: readonly { readonly address: string; readonly action: string }[];
}

/** The dependency graph of a root module, laid out. From then on `graphChanged` is sent for that root. */
export const graph = new RequestType<GraphParams, { readonly picture: Picture }, void>('terratrain/graph');

/** Files of a root module whose graph was asked for have changed: ask again. */
export const graphChanged = new NotificationType<{ readonly root: string }>('terratrain/graphChanged');

/** Where a node of the graph is declared; `null` for what is not in the files. */
export const nodeLocation = new RequestType<
  { readonly root: string; readonly id: string },
  {
    readonly uri: string;
    readonly range: {
      readonly start: { readonly line: number; readonly character: number };
      readonly end: { readonly line: number; readonly character: number };
    };
  } | null,
  void
>('terratrain/nodeLocation');

export type ExportFormat = 'svg' | 'html' | 'dot' | 'mermaid' | 'json';

/** The dependency graph of a root module as the text of a file. */
export const exportGraph = new RequestType<
  { readonly root: string; readonly format: ExportFormat },
  { readonly text: string },
  void
>('terratrain/exportGraph');
