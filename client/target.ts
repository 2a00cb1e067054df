import * as vscode from 'vscode';
import type { Target } from '../server/operations/operations';
import { saveSetting, setting } from './settings';

interface TargetItem extends vscode.QuickPickItem {
  readonly target: Target;
}

const items: readonly TargetItem[] = [
  {
    target: 'sandbox',
    label: '$(beaker) Sandbox',
    detail:
      'Your terraform against simulated providers. No account, no credentials, nothing is created, no bill.',
  },
  {
    target: 'real',
    label: '$(cloud) Real',
    detail:
      'Your terraform against the real providers, with your credentials. Apply creates and destroys for real.',
  },
];

/** The target for a folder; asks once when none was chosen. `undefined` when the person did not choose. */
export async function targetFor(folder: vscode.Uri): Promise<Target | undefined> {
  const chosen = setting('operations.target', folder);
  return chosen === 'ask' ? selectTarget() : chosen;
}

/** Asks for the target and keeps the answer in the workspace's settings. */
export async function selectTarget(): Promise<Target | undefined> {
  const item = await vscode.window.showQuickPick(items, {
    title: 'Terratrain: what should plan, apply and destroy work on?',
    placeHolder: 'You can change this later in the status bar',
    ignoreFocusOut: true,
  });
  if (item === undefined) return undefined;
  await saveSetting('operations.target', item.target);
  return item.target;
}
