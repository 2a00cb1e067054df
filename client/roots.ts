import * as path from 'node:path';
import * as vscode from 'vscode';

/** Asks the language server for the root modules of the workspace. */
export type RootLister = () => Promise<readonly string[]>;

/**
 * The root module a command is about: the one given, else the one around the active editor, else the only one, else the
 * one the person picks. `undefined` when there is none (which is said) or nothing was picked.
 */
export async function pickRoot(argument: unknown, list: RootLister): Promise<string | undefined> {
  // A lens of the language server writes a URI as LSP does.
  const uri = typeof argument === 'string' ? vscode.Uri.parse(argument) : argument;
  if (uri instanceof vscode.Uri) {
    const inside = await rootAround(uri, list);
    if (inside !== undefined) return inside;
  }
  const active = vscode.window.activeTextEditor?.document;
  if (active?.uri.scheme === 'file') {
    const inside = await rootAround(active.uri, list);
    if (inside !== undefined) return inside;
  }
  const roots = await list();
  if (roots.length <= 1) {
    if (roots[0] === undefined) sayNothingThere();
    return roots[0];
  }
  const items = roots.map((directory) => ({
    label: path.basename(directory),
    description: vscode.workspace.asRelativePath(directory),
    directory,
  }));
  return (await vscode.window.showQuickPick(items, { title: 'Which root module?' }))?.directory;
}

/** The root module of a file or folder: the nearest root at or above it. A file of a called module belongs to its root. */
async function rootAround(uri: vscode.Uri, list: RootLister): Promise<string | undefined> {
  const roots = await list();
  const holders = roots.filter((root) => uri.fsPath === root || uri.fsPath.startsWith(root + path.sep));
  return holders.sort((one, other) => other.length - one.length)[0];
}

function sayNothingThere(): void {
  void vscode.window
    .showWarningMessage('There is no Terraform here: no .tf file lies in the open folders.', 'Open Example')
    .then((choice) => {
      if (choice !== undefined) void vscode.commands.executeCommand('terratrain.openExample');
    });
}
