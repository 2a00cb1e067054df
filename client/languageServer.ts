import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  CloseAction,
  ErrorAction,
  LanguageClient,
  Trace,
  TransportKind,
  type DocumentSelector,
  type LanguageClientOptions,
  type ServerOptions,
} from 'vscode-languageclient/node';
import { workspaceTrusted, type InitializationOptions, type TerraformProgram } from '../server/lsp/protocol';
import { findTerraform } from '../server/operations/operations';
import { log, report } from './log';
import { Restarts } from './restarts';
import { setting } from './settings';

/** The languages that the server answers for. */
export const languages = [
  'terraform',
  'terraform-vars',
  'terraform-test',
  'terraform-mock',
  'terraform-search',
  'terraform-stack',
  'terraform-deploy',
  'terraform-lock',
] as const;

/** Makes the client of the language server; the caller starts and stops it. */
export function createLanguageClient(context: vscode.ExtensionContext): LanguageClient {
  const module = path.join(context.extensionPath, 'dist', 'server.js');
  const serverOptions: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=0'] } },
  };
  const clientOptions: LanguageClientOptions = {
    documentSelector: selector(),
    outputChannel: log(),
    // Nothing of the workspace is run before the client knows that the person trusts it: see `tellTrust`.
    initializationOptions: { ...own, trusted: false },
    errorHandler: {
      error: (error) => {
        log().error('A message of the language server could not be read', error);
        return { action: ErrorAction.Continue, handled: true };
      },
      closed: () => ({
        action: restarts.died() ? CloseAction.Restart : CloseAction.DoNotRestart,
        // What happened was said already.
        handled: true,
      }),
    },
  };
  const client = new LanguageClient('terratrain', 'Terratrain Language Server', serverOptions, clientOptions);
  const restarts = new Restarts(
    () => {
      log().show();
    },
    () => {
      client.start().catch((error: unknown) => {
        report('The language server did not start', error);
      });
    },
  );
  return client;
}

/** Diagnostics are sent: they come sooner than an editor asks, and for the files beside the open ones too. */
const own: InitializationOptions = { diagnostics: 'push', hasCommands: true };

/** The files to answer in: none where the person wants another extension to. The graph and the views stay. */
function selector(): DocumentSelector {
  if (!setting('languageServer.enable')) return [];
  return [
    ...languages.map((language) => ({ language, scheme: 'file' })),
    // Their language is that of what they make, one for each.
    { pattern: '**/*.tftpl', scheme: 'file' },
    // Their language is JSON's, and VS Code's own help stays beside ours.
    { pattern: '**/*.{tf,tofu,tfvars,tftest,tofutest,tfquery,tfcomponent,tfdeploy}.json', scheme: 'file' },
  ];
}

/** Starts the server anew: it forgets all it knew, and follows the settings of now. */
export async function restart(client: LanguageClient): Promise<void> {
  client.clientOptions.documentSelector = selector();
  await client.restart();
}

/**
 * Tells the server whether it may ask installed providers for their schemas, which runs their programs, and through
 * which terraform. To be called after each start, when the workspace becomes trusted, and when another terraform is chosen.
 */
export async function tellTrust(
  client: LanguageClient,
  status: { showTerraform(program: TerraformProgram | undefined): void },
): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  const terraform = await knownTerraform();
  status.showTerraform(terraform);
  await client.sendNotification(workspaceTrusted, {
    trusted: true,
    ...(terraform !== undefined && { terraform }),
    ...own,
  });
}

/** Schemas are an extra: without a terraform the bundled ones answer, and a plan will say what is missing. */
async function knownTerraform(): Promise<TerraformProgram | undefined> {
  try {
    const {
      path: program,
      version,
      product,
    } = await findTerraform({
      configured: setting('terraform.path'),
      env: process.env,
    });
    return { path: program, version, product };
  } catch (error) {
    log().info(`Installed providers are not asked for their schemas: ${String(error)}`);
    return undefined;
  }
}

/** Shows the places behind a code lens. The server writes them as LSP does. */
export async function showReferences(client: LanguageClient, given: readonly unknown[]): Promise<void> {
  const [uri, position, locations] = given as [string, LspPosition, readonly LspLocation[]];
  const convert = client.protocol2CodeConverter;
  await vscode.commands.executeCommand(
    'editor.action.showReferences',
    convert.asUri(uri),
    convert.asPosition(position),
    locations.map((location) => convert.asLocation(location)),
  );
}

type LspPosition = Parameters<LanguageClient['protocol2CodeConverter']['asPosition']>[0] & object;
type LspLocation = Parameters<LanguageClient['protocol2CodeConverter']['asLocation']>[0] & object;

/** Applies the setting that says how much of the traffic is logged. */
export async function applyTrace(client: LanguageClient): Promise<void> {
  await client.setTrace(Trace.fromString(setting('languageServer.trace')));
}
