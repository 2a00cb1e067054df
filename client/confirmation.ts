import * as vscode from 'vscode';
import { summaryOf, type PlanModel, type Target } from '../server/operations/operations';

/** How many addresses the question lists before it says how many more there are. */
const listed = 8;

const runProvisioners = 'Run Provisioners This Time';

/** What is asked about. */
export interface PlanQuestion {
  /** Of the root module. */
  readonly name: string;
  readonly target: Target;
  readonly model: PlanModel;
  /** Addresses whose provisioners would not run. */
  readonly silencedProvisioners: readonly string[];
  /** Addresses whose provisioners the person agreed to for this plan. */
  readonly agreedProvisioners: readonly string[];
}

/**
 * Asks before an apply, in proportion to the damage: creating needs a button, destroying for real needs the name.
 * @returns whether to go on; `provisioners` to plan again so that they run
 */
export async function confirmApply(question: PlanQuestion): Promise<'apply' | 'provisioners' | undefined> {
  const { name, target, model, silencedProvisioners } = question;
  const lost = model.changes.filter((change) => change.action === 'delete' || change.action === 'replace');
  const button = lost.length > 0 ? `Apply and Destroy ${lost.length}` : 'Apply';
  const answer = await vscode.window.showWarningMessage(
    target === 'sandbox'
      ? `Apply this simulated plan of ${name} in the sandbox?`
      : `Apply this plan of ${name} for real?`,
    { modal: true, detail: detailOf(question) },
    ...(silencedProvisioners.length > 0 ? [button, runProvisioners] : [button]),
  );
  if (answer === runProvisioners) return 'provisioners';
  if (answer !== button) return undefined;
  if (target === 'sandbox' || lost.length === 0) return 'apply';
  const typed = await vscode.window.showInputBox({
    title: `This destroys ${lost.length} real resources`,
    prompt: `Type ${name} to go on`,
    ignoreFocusOut: true,
  });
  return typed === name ? 'apply' : undefined;
}

/** Asks whether provisioners may really run, once. */
export async function confirmProvisioners(name: string, addresses: readonly string[]): Promise<boolean> {
  const answer = await vscode.window.showWarningMessage(
    `Really run the provisioners of ${name} on this machine?`,
    {
      modal: true,
      detail: [
        // All of them: nobody agrees to what is not named.
        ...addresses,
        '',
        "They run when the next plan is applied: with your rights, in the sandbox's copy of the folder, without your credentials in the environment. This holds for that plan only.",
      ].join('\n'),
    },
    runProvisioners,
  );
  return answer === runProvisioners;
}

function detailOf({ model, target, silencedProvisioners, agreedProvisioners }: PlanQuestion): string {
  const lost = model.changes.filter((change) => change.action === 'delete' || change.action === 'replace');
  return [
    summaryOf(model, target),
    ...shortened(
      lost.map((change) => `${change.action === 'delete' ? 'destroys' : 'replaces'} ${change.address}`),
    ),
    ...(silencedProvisioners.length > 0
      ? ['Provisioners do not run:', ...shortened(silencedProvisioners)]
      : []),
    ...(agreedProvisioners.length > 0
      ? ['Provisioners really run, with your rights:', ...agreedProvisioners]
      : []),
  ].join('\n');
}

function shortened(lines: readonly string[]): readonly string[] {
  if (lines.length <= listed) return lines;
  return [...lines.slice(0, listed), `and ${lines.length - listed} more`];
}
