import { rm } from 'node:fs/promises';
import * as path from 'node:path';
import * as vscode from 'vscode';
import {
  findTerraform,
  type Operation,
  Operations,
  type ApplyOutcome,
  type PlanOutcome,
  type Place,
  type Review,
  type PlanModel,
  type Target,
  createRenderer,
  renderApplyOutcome,
  type OperationListener,
} from '../server/operations/operations';
import { confirmApply, confirmProvisioners } from './confirmation';
import type { Installation } from './installation';
import { report } from './log';
import { OperationTerminal } from './operationTerminal';
import { Places, type OpenPlace, type WantedPlace } from './places';
import { setting } from './settings';
import type { Status } from './status';
import { targetFor } from './target';

/** What a plan is made for. */
interface PlanWishes {
  readonly destroy?: boolean;
  /** Addresses whose provisioners the person agreed to, for this plan and its apply; the sandbox runs no others. */
  readonly agreedProvisioners?: readonly string[];
}

/** A plan that was shown and may be applied. */
interface ReviewedPlan {
  readonly target: Target;
  readonly destroy: boolean;
  readonly silencedProvisioners: readonly string[];
  readonly agreedProvisioners: readonly string[];
  readonly planFile: string;
  /** Of the operation that made it: the plan may hold secrets, so the folder goes when the plan is done with. */
  readonly folder: string;
  readonly review: Review;
  readonly model: PlanModel;
}

/** What an apply needs to be found again after the window was reloaded. */
interface ApplyRecord {
  readonly folder: string;
  readonly directory: string;
  readonly workingDirectory: string;
  readonly target: Target;
}

const applyKey = 'terratrain.apply';

const applyHint = 'Apply exactly this plan with the command "Terratrain: Apply".\n';

/** An end is announced only to somebody who had time to look away. */
const longOperation = 10_000;

/** What happens in the sandbox says so wherever it is told. */
function labelled(text: string, target: Target): string {
  return target === 'sandbox' ? `${text} (simulated)` : text;
}

function styleOf(terminal: OperationTerminal): { readonly colour: boolean; readonly width: number } {
  return { colour: true, width: terminal.size.columns };
}

async function removeFolder(folder: string): Promise<void> {
  if (folder !== '') await rm(folder, { recursive: true, force: true });
}

/** Plans, applies and destroys root modules, each in its own terminal. */
export class OperationsController implements vscode.Disposable {
  private readonly operations = new Operations();
  private readonly terminals = new Map<string, OperationTerminal>();
  private readonly plans = new Map<string, ReviewedPlan>();
  private readonly places: Places;
  private readonly planned = new vscode.EventEmitter<{
    readonly directory: string;
    readonly model: PlanModel | undefined;
  }>();
  /** Fires with the plan of a root module, and with `undefined` when that plan is done with. */
  readonly onDidPlan = this.planned.event;

  constructor(
    private readonly context: vscode.ExtensionContext,
    installation: Installation,
    private readonly status: Status,
  ) {
    this.places = new Places(installation.sandbox);
  }

  /** Plans and shows the plan; an apply afterwards applies exactly it. */
  async plan(directory: string, wishes: PlanWishes = {}): Promise<ReviewedPlan | undefined> {
    const target = await targetFor(vscode.Uri.file(directory));
    if (target === undefined) return undefined;
    const { destroy = false, agreedProvisioners = [] } = wishes;
    return this.atPlace({ directory, target, agreedProvisioners }, async (place) => {
      const what = destroy ? 'Planning to destroy' : 'Planning';
      let folder = '';
      const outcome = await this.track(`${what} ${path.basename(directory)}`, place, (listener) => {
        const operation = this.operations.plan({ ...this.options(directory), place, destroy }, listener);
        folder = operation.folder;
        return operation;
      });
      const { silencedProvisioners } = place;
      const about = { target, destroy, silencedProvisioners, agreedProvisioners };
      const reviewed = this.reviewedPlan(directory, about, outcome, folder);
      await this.forget(directory);
      if (reviewed === undefined) await removeFolder(folder);
      // A plan to destroy is asked about at once; it is never what a later Apply applies.
      else if (!destroy) this.keep(directory, reviewed);
      return reviewed;
    });
  }

  /** Applies the reviewed plan of a root module, or plans first where there is none. */
  async apply(directory: string): Promise<void> {
    const reviewed = this.plans.get(directory) ?? (await this.plan(directory));
    if (reviewed === undefined) return;
    await this.applyReviewed(directory, reviewed);
  }

  /** Plans to destroy everything, asks, and destroys. */
  async destroy(directory: string): Promise<void> {
    const reviewed = await this.plan(directory, { destroy: true });
    if (reviewed === undefined) return;
    await this.applyReviewed(directory, reviewed);
    // Asked and refused, or done: either way nobody applies it any more.
    await removeFolder(reviewed.folder);
    this.planned.fire({ directory, model: undefined });
  }

  /** Plans and applies in the sandbox with provisioners that really run, after the person agreed to each by name. */
  async runProvisioners(directory: string): Promise<void> {
    const target = await targetFor(vscode.Uri.file(directory));
    if (target === undefined) return;
    if (target === 'real') {
      void vscode.window.showInformationMessage(
        'On the real target every apply runs provisioners. This command is for the sandbox, where they stay silent.',
      );
      return;
    }
    const reviewed = await this.planWithProvisioners(directory, false);
    if (reviewed !== undefined) await this.applyReviewed(directory, reviewed);
  }

  /** Asks the running operation for a graceful stop; while it stops, offers to force it. */
  async stop(): Promise<void> {
    const [operation] = this.operations.running();
    if (operation === undefined) return;
    await operation.stop();
    const force = 'Force Stop';
    const choice = await vscode.window.showWarningMessage(
      'Terraform is stopping: it finishes what it has begun and saves the state.',
      { detail: 'Force it only when it hangs. What is being created then may be missing from the state.' },
      force,
    );
    if (choice === force && this.operations.running().includes(operation)) await operation.forceStop();
  }

  /** Takes over an apply that went on while the window was closed. */
  async reattach(): Promise<void> {
    const record = this.context.workspaceState.get<ApplyRecord>(applyKey);
    if (record === undefined) return;
    const binary = await findTerraform({ configured: setting('terraform.path'), env: process.env });
    const { directory, target } = record;
    const place: Place = { ...record, env: process.env, binary };
    const operation = await this.operations.reattach(record.folder, place, this.printer(directory));
    if (operation !== undefined) {
      this.terminal(directory).show();
      const title = labelled(`Applying ${path.basename(directory)}`, target);
      this.sayApplied(directory, target, await this.follow(title, operation), longOperation);
    }
    await this.context.workspaceState.update(applyKey, undefined);
  }

  dispose(): void {
    this.planned.dispose();
    for (const terminal of this.terminals.values()) terminal.dispose();
  }

  private async planWithProvisioners(directory: string, destroy: boolean): Promise<ReviewedPlan | undefined> {
    const name = path.basename(directory);
    const wanted: WantedPlace = { directory, target: 'sandbox', agreedProvisioners: [] };
    const addresses = await this.atPlace(wanted, (open) => Promise.resolve(open.silencedProvisioners));
    if (addresses === undefined) return undefined;
    if (addresses.length === 0) {
      void vscode.window.showInformationMessage(`${name} has no provisioners.`);
      return undefined;
    }
    if (!(await confirmProvisioners(name, addresses))) return undefined;
    return this.plan(directory, { destroy, agreedProvisioners: addresses });
  }

  /** The plan that the person agreed to: this one, or another one that runs provisioners. */
  private async confirmed(directory: string, reviewed: ReviewedPlan): Promise<ReviewedPlan | undefined> {
    const answer = await confirmApply({ name: path.basename(directory), ...reviewed });
    if (answer !== 'provisioners') return answer === 'apply' ? reviewed : undefined;
    const again = await this.planWithProvisioners(directory, reviewed.destroy);
    if (again === undefined) return undefined;
    const agreed = await this.confirmed(directory, again);
    // Nobody else knows of a plan to destroy.
    if (again.destroy && agreed !== again) await removeFolder(again.folder);
    return agreed;
  }

  private async applyReviewed(directory: string, candidate: ReviewedPlan): Promise<void> {
    const reviewed = await this.confirmed(directory, candidate);
    if (reviewed === undefined) return;
    const { target, agreedProvisioners } = reviewed;
    const start = Date.now();
    let folder = '';
    const outcome = await this.atPlace({ directory, target, agreedProvisioners }, async (place) => {
      const { planFile, review } = reviewed;
      place.checkPlan?.(planFile);
      return this.track(`Applying ${path.basename(directory)}`, place, (listener) => {
        const operation = this.operations.apply(
          { ...this.options(directory), place, planFile, review },
          listener,
        );
        folder = operation.folder;
        const record: ApplyRecord = {
          folder,
          directory,
          workingDirectory: place.workingDirectory,
          target: place.target,
        };
        void this.context.workspaceState.update(applyKey, record);
        return operation;
      });
    });
    await this.context.workspaceState.update(applyKey, undefined);
    await this.forget(directory);
    await removeFolder(reviewed.folder);
    // What was in flight when an apply was killed can be read from its events only.
    if (outcome !== undefined && outcome.status !== 'unknown') await removeFolder(folder);
    this.planned.fire({ directory, model: undefined });
    if (outcome !== undefined) this.sayApplied(directory, target, outcome, Date.now() - start);
  }

  /** Shows Apply in the editor's title while there is a reviewed plan. */
  private showReadiness(): void {
    void vscode.commands.executeCommand('setContext', 'terratrain.planReady', this.plans.size > 0);
  }

  private sayApplied(directory: string, target: Target, outcome: ApplyOutcome, milliseconds: number): void {
    const name = path.basename(directory);
    const terminal = this.terminal(directory);
    terminal.write(renderApplyOutcome(outcome, styleOf(terminal), target));
    switch (outcome.status) {
      case 'applied':
        if (milliseconds < longOperation) break;
        void vscode.window.showInformationMessage(
          `${name}: ${labelled('apply complete', target)}, ${outcome.progress.completed.length} changes made.`,
        );
        break;
      case 'refused': {
        const moved = outcome.moved.map((each) => each.detail).join(' ');
        void vscode.window
          .showWarningMessage(`${name}: ${labelled('not applied', target)}. ${moved} Plan again.`, 'Plan')
          .then((choice) => {
            if (choice !== undefined)
              void vscode.commands.executeCommand('terratrain.plan', vscode.Uri.file(directory));
          });
        break;
      }
      default:
        this.sayFailed(directory, labelled(`Apply ${outcome.status}`, target));
    }
  }

  private sayFailed(directory: string, what: string): void {
    const choice = vscode.window.showErrorMessage(
      `${path.basename(directory)}: ${what}. The terminal says why.`,
      'Show Terminal',
    );
    void choice.then((answer) => {
      if (answer !== undefined) this.terminal(directory).show();
    });
  }

  private reviewedPlan(
    directory: string,
    about: Pick<ReviewedPlan, 'target' | 'destroy' | 'silencedProvisioners' | 'agreedProvisioners'>,
    outcome: PlanOutcome,
    folder: string,
  ): ReviewedPlan | undefined {
    if (outcome.status === 'stopped') return undefined;
    if (outcome.status === 'failed') {
      this.sayFailed(directory, labelled(`${outcome.phase} failed`, about.target));
      return undefined;
    }
    this.planned.fire({ directory, model: outcome.model });
    if (!outcome.changes) return undefined;
    const { planFile, review, model } = outcome;
    return { ...about, planFile, folder, review, model };
  }

  private keep(directory: string, reviewed: ReviewedPlan): void {
    this.plans.set(directory, reviewed);
    this.showReadiness();
    this.terminal(directory).write(applyHint);
  }

  /** The reviewed plan of a root module, if any, is done with. */
  private async forget(directory: string): Promise<void> {
    const reviewed = this.plans.get(directory);
    this.plans.delete(directory);
    this.showReadiness();
    if (reviewed !== undefined) await removeFolder(reviewed.folder);
  }

  private atPlace<T>(wanted: WantedPlace, work: (place: OpenPlace) => Promise<T>): Promise<T | undefined> {
    return this.places.at(wanted, this.terminal(wanted.directory), work);
  }

  private options(directory: string): { storageFolder: string; parallelism: number; lockTimeout: string } {
    const scope = vscode.Uri.file(directory);
    return {
      storageFolder: vscode.Uri.joinPath(this.context.globalStorageUri, 'operations').fsPath,
      parallelism: setting('operations.parallelism', scope),
      lockTimeout: setting('operations.lockTimeout', scope),
    };
  }

  private async track<T>(
    title: string,
    place: OpenPlace,
    start: (listener: OperationListener) => Operation<T>,
  ): Promise<T> {
    const print = this.printer(place.directory);
    const listener: OperationListener = (event) => {
      // The simulated providers live as long as terraform does, also when this window is closed.
      if (event.type === 'process') place.holdFor?.(event.pid);
      print(event);
    };
    return this.follow(labelled(title, place.target), start(listener));
  }

  private async follow<T>(title: string, operation: Operation<T>): Promise<T> {
    this.status.showOperation(title);
    await vscode.commands.executeCommand('setContext', 'terratrain.operationRunning', true);
    try {
      return await operation.outcome;
    } finally {
      this.status.showOperation(undefined);
      await vscode.commands.executeCommand('setContext', 'terratrain.operationRunning', false);
    }
  }

  /** Writes what an operation does into the terminal of its root module. */
  private printer(directory: string): OperationListener {
    const terminal = this.terminal(directory);
    const render = createRenderer(styleOf(terminal));
    return (event) => {
      terminal.write(render(event));
    };
  }

  private terminal(directory: string): OperationTerminal {
    const known = this.terminals.get(directory);
    if (known !== undefined) return known;
    const terminal = new OperationTerminal(directory, () => {
      this.stop().catch((error: unknown) => {
        report('The operation could not be stopped', error);
      });
    });
    this.terminals.set(directory, terminal);
    return terminal;
  }
}
