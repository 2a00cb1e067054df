import { NotificationType, RequestType } from 'vscode-languageserver/node';
import type { UsedProvider } from '../features/usedProviders';
import type { Picture } from '../graph/layout';

/**
 * The messages that Terratrain's server understands beside LSP's own. Directories and URIs are `file:` URIs; positions
 * are LSP's. A request about a folder without Terraform gets an empty answer, never an error.
 */

/**
 * `initializationOptions`. Without them the server knows the bundled providers only. Asking installed providers for
 * their schemas runs their programs, so a client says first that the person trusts the workspace.
 */
export interface InitializationOptions {
  /** The person trusts the workspace. */
  readonly trusted?: boolean;
  /** The terraform or tofu to run; a server that was started by `terratrain lsp` finds one by itself. */
  readonly terraform?: TerraformProgram;
  /**
   * Who starts the talk about diagnostics, where the client could do both: without it a client that can ask for them
   * is expected to.
   */
  readonly diagnostics?: 'push' | 'pull';
  /** The client has the commands of the extension, `terratrain.plan` and so on, which code lenses run. */
  readonly hasCommands?: boolean;
}

export interface TerraformProgram {
  /** Absolute. */
  readonly path: string;
  /** Without a leading `v`. */
  readonly version: string;
  readonly product: 'terraform' | 'opentofu';
}

/** The person trusts the workspace from now on, or chose another terraform: replaces what initialisation said. */
export const workspaceTrusted = new NotificationType<InitializationOptions>('terratrain/workspaceTrusted');

/** The root modules below the workspace folders, the nearest first. */
export const rootModules = new RequestType<null, { readonly roots: readonly string[] }, void>(
  'terratrain/rootModules',
);

/** The providers that a root module and what it calls need, sorted by source. */
export const providers = new RequestType<
  { readonly root: string },
  { readonly providers: readonly UsedProvider[] },
  void
>('terratrain/providers');

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
