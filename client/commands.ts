import * as vscode from 'vscode';
import { report } from './log';

/** Every command of the extension. A test holds `package.json` equal to this list. */
export const commandNames = [
  'plan',
  'apply',
  'destroy',
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
  'showLog',
] as const;

export type CommandName = (typeof commandNames)[number];

/** What each command does. A failure is shown with the command's words; nothing is swallowed. */
export type CommandTable = Readonly<
  Record<CommandName, { readonly failure: string; run(...args: readonly unknown[]): unknown }>
>;

/** Registers the whole table. */
export function registerCommands(context: vscode.ExtensionContext, table: CommandTable): void {
  for (const name of commandNames) {
    const { failure, run } = table[name];
    const handler = async (...args: readonly unknown[]): Promise<unknown> => {
      try {
        return await run(...args);
      } catch (error) {
        report(failure, error);
        return undefined;
      }
    };
    context.subscriptions.push(vscode.commands.registerCommand(`terratrain.${name}`, handler));
  }
}
