import * as vscode from 'vscode';
import { summaryOf, type PlanModel, type Target } from '../server/operations/operations';

/** How many addresses the question lists before it says how many more there are. */
const listed = 8;

/**
 * Asks before an apply, in proportion to the damage: creating needs a button, destroying for real needs the name.
 * @returns whether to go on
 */
export async function confirmApply(name: string, target: Target, model: PlanModel): Promise<boolean> {
  const lost = model.changes.filter((change) => change.action === 'delete' || change.action === 'replace');
  const where = target === 'sandbox' ? 'in the sandbox' : 'for real';
  const detail = [
    summaryOf(model),
    ...lost
      .slice(0, listed)
      .map((change) => `${change.action === 'delete' ? 'destroys' : 'replaces'} ${change.address}`),
    ...(lost.length > listed ? [`and ${lost.length - listed} more`] : []),
  ].join('\n');
  const button = lost.length > 0 ? `Apply and Destroy ${lost.length}` : 'Apply';
  const answer = await vscode.window.showWarningMessage(
    `Apply this plan of ${name} ${where}?`,
    { modal: true, detail },
    button,
  );
  if (answer !== button) return false;
  if (target === 'sandbox' || lost.length === 0) return true;
  const typed = await vscode.window.showInputBox({
    title: `This destroys ${lost.length} real resources`,
    prompt: `Type ${name} to go on`,
    ignoreFocusOut: true,
  });
  return typed === name;
}
