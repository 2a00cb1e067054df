import * as vscode from 'vscode';

let channel: vscode.LogOutputChannel | undefined;

/** The extension's log, made when first written to. Values of variables and resources never go in. */
export function log(): vscode.LogOutputChannel {
  channel ??= vscode.window.createOutputChannel('Terratrain', { log: true });
  return channel;
}

/** The message of whatever was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Shows a failure with a way to the log, and writes the stack there. */
export function report(what: string, error: unknown): void {
  log().error(what, error instanceof Error ? (error.stack ?? error.message) : String(error));
  void vscode.window.showErrorMessage(`${what}: ${messageOf(error)}`, 'Show Log').then((choice) => {
    if (choice !== undefined) log().show();
  });
}
