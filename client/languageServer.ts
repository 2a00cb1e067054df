import * as path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { Trace, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';
import { workspaceTrusted, type InitializationOptions } from '../server/lsp/protocol';
import { findTerraform } from '../server/operations/operations';
import { log } from './log';
import { setting } from './settings';

/** The languages that the server answers for. */
export const languages = ['terraform', 'terraform-vars', 'terraform-test', 'terraform-mock'] as const;

/** Makes the client of the language server; the caller starts and stops it. */
export function createLanguageClient(context: vscode.ExtensionContext): LanguageClient {
  const module = path.join(context.extensionPath, 'dist', 'server.js');
  const serverOptions: ServerOptions = {
    run: { module, transport: TransportKind.ipc },
    debug: { module, transport: TransportKind.ipc, options: { execArgv: ['--nolazy', '--inspect=0'] } },
  };
  // Nothing of the workspace is run before the client knows that the person trusts it: see `tellTrust`.
  const initializationOptions: InitializationOptions = { trusted: false, showsReferences: true };
  const clientOptions: LanguageClientOptions = {
    documentSelector: [
      ...languages.map((language) => ({ language, scheme: 'file' })),
      // Their language is JSON's, and VS Code's own help stays beside ours.
      { pattern: '**/*.{tf,tofu,tfvars}.json', scheme: 'file' },
    ],
    outputChannel: log(),
    initializationOptions,
  };
  return new LanguageClient('terratrain', 'Terratrain Language Server', serverOptions, clientOptions);
}

/**
 * Tells the server whether it may ask installed providers for their schemas, which runs their programs, and through
 * which terraform. To be called after each start, when the workspace becomes trusted, and when another terraform is chosen.
 */
export async function tellTrust(client: LanguageClient): Promise<void> {
  if (!vscode.workspace.isTrusted) return;
  const terraform = await knownTerraform();
  await client.sendNotification(workspaceTrusted, {
    trusted: true,
    ...(terraform !== undefined && { terraform }),
    showsReferences: true,
  });
}

/** Schemas are an extra: without a terraform the bundled ones answer, and a plan will say what is missing. */
async function knownTerraform(): Promise<InitializationOptions['terraform']> {
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
