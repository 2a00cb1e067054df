import * as path from 'node:path';
import * as vscode from 'vscode';
import { LanguageClient, TransportKind } from 'vscode-languageclient/node';
import { Trace, type LanguageClientOptions, type ServerOptions } from 'vscode-languageclient/node';
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
  const clientOptions: LanguageClientOptions = {
    documentSelector: languages.map((language) => ({ language, scheme: 'file' })),
    outputChannel: log(),
    synchronize: {
      fileEvents: vscode.workspace.createFileSystemWatcher(
        '**/{*.tf,*.tofu,*.tfvars,.terraform/modules/modules.json}',
      ),
    },
  };
  return new LanguageClient('terratrain', 'Terratrain Language Server', serverOptions, clientOptions);
}

/** Applies the setting that says how much of the traffic is logged. */
export async function applyTrace(client: LanguageClient): Promise<void> {
  await client.setTrace(Trace.fromString(setting('languageServer.trace')));
}
