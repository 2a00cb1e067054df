import * as path from 'node:path';
import * as vscode from 'vscode';
import { terraformFor } from './terraformBinary';

/** Installs the providers and modules of a root module; what the lock file says is kept. */
export function runInit(folder: string): Promise<void> {
  return runTask(folder, 'init', ['init']);
}

/** Asks terraform and the installed providers whether a root module is valid. */
export function runValidate(folder: string): Promise<void> {
  return runTask(folder, 'validate', ['validate']);
}

/**
 * Runs the tests of a module.
 *
 * @param given what a lens of the language server holds: the URI of the directory to run in, and terraform's arguments
 */
export function runTests(given: readonly unknown[]): Promise<void> {
  const [directory, args] = given;
  if (typeof directory !== 'string' || !Array.isArray(args)) return Promise.resolve();
  return runTask(vscode.Uri.parse(directory).fsPath, 'test', args.map(String));
}

/** Runs terraform in a terminal of its own, where it can be read, answered and stopped. */
async function runTask(folder: string, verb: string, args: readonly string[]): Promise<void> {
  const terraform = await terraformFor(folder);
  if (terraform === undefined) return;
  const task = new vscode.Task(
    { type: 'process' },
    vscode.workspace.getWorkspaceFolder(vscode.Uri.file(folder)) ?? vscode.TaskScope.Workspace,
    `${terraform.product} ${verb} ${path.basename(folder)}`,
    'Terratrain',
    new vscode.ProcessExecution(terraform.path, [...args], { cwd: folder }),
  );
  task.presentationOptions = {
    reveal: vscode.TaskRevealKind.Always,
    panel: vscode.TaskPanelKind.Dedicated,
    clear: true,
  };
  await vscode.tasks.executeTask(task);
}
