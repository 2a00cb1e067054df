import * as vscode from 'vscode';
import { report } from './log';

/** Every command of the extension. A test holds `package.json` equal to this list. */
export const commandNames = [
  'plan',
  'apply',
  'destroy',
  'runProvisioners',
  'stopOperation',
  'selectTarget',
  'showGraph',
  'openNode',
  'exportGraph',
  'trainModel',
  'openRun',
  'openRunFolder',
  'openModel',
  'refreshRuns',
  'openExample',
  'restartLanguageServer',
  'init',
  'validate',
  'runTests',
  'showReferences',
  'showLog',
] as const;

export type CommandName = (typeof commandNames)[number];

/** What each command does. */
export type CommandTable = Readonly<Record<CommandName, (...args: readonly unknown[]) => unknown>>;

/** What is said when a command fails, before the reason. */
const failures: Readonly<Record<CommandName, string>> = {
  plan: 'The plan could not be made',
  apply: 'The plan could not be applied',
  destroy: 'Nothing was destroyed',
  runProvisioners: 'The provisioners could not be run',
  stopOperation: 'The operation could not be stopped',
  selectTarget: 'The target could not be saved',
  showGraph: 'The graph could not be shown',
  openNode: 'The block could not be opened',
  exportGraph: 'The graph could not be exported',
  trainModel: 'The training panel could not be opened',
  openRun: 'The run could not be opened',
  openRunFolder: 'The run folder could not be opened',
  openModel: 'The model could not be opened',
  refreshRuns: 'The runs could not be read',
  openExample: 'The example could not be copied',
  restartLanguageServer: 'The language server could not be restarted',
  init: 'Terraform could not be initialised',
  validate: 'The configuration could not be validated',
  runTests: 'The tests could not be run',
  showReferences: 'The references could not be shown',
  showLog: 'The log could not be shown',
};

/** These run code of the workspace. */
const needTrust: ReadonlySet<CommandName> = new Set([
  'plan',
  'apply',
  'destroy',
  'runProvisioners',
  'init',
  'validate',
  'runTests',
  'trainModel',
  'openRun',
  'openModel',
]);

/** Registers the whole table. A failure is shown with the command's words; nothing is swallowed. */
export function registerCommands(context: vscode.ExtensionContext, table: CommandTable): void {
  for (const name of commandNames) {
    const run = table[name];
    const handler = async (...args: readonly unknown[]): Promise<unknown> => {
      try {
        if (needTrust.has(name) && !vscode.workspace.isTrusted) {
          throw new Error(
            'this workspace is not trusted yet, and this would run code from it. Trust it first.',
          );
        }
        return await run(...args);
      } catch (error) {
        report(failures[name], error);
        return undefined;
      }
    };
    context.subscriptions.push(vscode.commands.registerCommand(`terratrain.${name}`, handler));
  }
}
