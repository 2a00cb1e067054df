import { randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { applyFolder, resumeApply, runApply } from './applyOperation';
import { attachDetached } from './detachedProcess';
import { OperationBusyError } from './operation';
import type { ApplyOutcome, ApplyRequest, Operation, OperationListener, PlanOutcome } from './operation';
import { runPlan } from './planOperation';
import type { Place, PlanRequest } from './requests';
import { StopControl } from './stopControl';

// This module is the room's door: the extension and the command line import from here only.
export { findTerraform, MissingTerraformError, NotTerraformError } from './binary';
export type { Binary } from './binary';
export type { Launcher } from './detachedProcess';
export type { Diagnostic, OutputValue, TerraformEvent } from './events';
export { OperationBusyError } from './operation';
export type {
  ApplyOutcome,
  ApplyRequest,
  Operation,
  OperationEvent,
  OperationListener,
  Phase,
  PlanOutcome,
  Progress,
} from './operation';
export type { ChangeAction, PlanModel, ResourceChange } from './planModel';
export { createRenderer, renderApplyOutcome } from './render';
export type { Renderer } from './render';
export { summaryOf } from './renderPlan';
export { describeSimulation } from './simulation';
export type { Simulation } from './simulation';
export type { Style } from './style';
export type { Place, PlanRequest, Target } from './requests';
export { readReview, reviewFile, verifyReview } from './review';
export type { Moved, Review } from './review';

const BUSY = 'A terraform operation is already running in';

/** Runs operations, one at a time in each working directory. Make one and keep it. */
export class Operations {
  readonly #running = new Map<string, Operation<unknown>>();

  /**
   * Initialises where needed (never upgrades) and plans; `request.destroy` plans to destroy everything.
   * @throws OperationBusyError
   */
  plan(request: PlanRequest, listener: OperationListener): Operation<PlanOutcome> {
    return this.#start('plan', request, listener, (folder, control) =>
      runPlan(request, folder, control, listener),
    );
  }

  /**
   * Applies exactly the plan that was reviewed; a destroy plan destroys.
   * @throws OperationBusyError
   */
  apply(request: ApplyRequest, listener: OperationListener): Operation<ApplyOutcome> {
    return this.#start('apply', request, listener, (folder, control) =>
      runApply(request, folder, control, listener),
    );
  }

  /**
   * Takes over an apply that another process started, running or finished meanwhile: every event is heard again.
   * `undefined` when no apply was started in that folder.
   *
   * @param folder `Operation.folder` of that apply.
   * @throws OperationBusyError
   */
  async reattach(
    folder: string,
    place: Place,
    listener: OperationListener,
  ): Promise<Operation<ApplyOutcome> | undefined> {
    const child = await attachDetached(applyFolder(folder));
    if (child === undefined) return undefined;
    return this.#track('apply', folder, place, undefined, listener, (control) =>
      resumeApply(child, place, folder, control, listener),
    );
  }

  /** What runs now. */
  running(): readonly Operation<unknown>[] {
    return [...this.#running.values()];
  }

  #start<Outcome>(
    kind: 'plan' | 'apply',
    request: PlanRequest | ApplyRequest,
    listener: OperationListener,
    run: (folder: string, control: StopControl) => Promise<Outcome>,
  ): Operation<Outcome> {
    const key = keyOf(request.place);
    if (this.#running.has(key)) throw new OperationBusyError(`${BUSY} ${request.place.directory}.`);
    const folder = makeFolder(request.storageFolder, kind);
    return this.#track(kind, folder, request.place, request.signal, listener, (control) =>
      run(folder, control),
    );
  }

  #track<Outcome>(
    kind: 'plan' | 'apply',
    folder: string,
    place: Place,
    signal: AbortSignal | undefined,
    listener: OperationListener,
    run: (control: StopControl) => Promise<Outcome>,
  ): Operation<Outcome> {
    const key = keyOf(place);
    if (this.#running.has(key)) throw new OperationBusyError(`${BUSY} ${place.directory}.`);
    const control = new StopControl(() => {
      listener({ type: 'stopping' });
    });
    const onAbort = (): void => {
      control.stop().catch((error: unknown) => {
        const text = error instanceof Error ? error.message : String(error);
        listener({ type: 'notice', level: 'error', text });
      });
    };
    signal?.addEventListener('abort', onAbort, { once: true });
    if (signal?.aborted) onAbort();
    const outcome = run(control).finally(() => {
      signal?.removeEventListener('abort', onAbort);
      this.#running.delete(key);
    });
    const operation: Operation<Outcome> = {
      id: path.basename(folder),
      kind,
      folder,
      place,
      outcome,
      stop: () => control.stop(),
      forceStop: () => control.kill(),
    };
    this.#running.set(key, operation);
    return operation;
  }
}

function keyOf(place: Place): string {
  return fs.realpathSync(place.workingDirectory);
}

/** `20261122T161500Z-apply-3fa9c1`, for this person only: plan files and events may hold secrets. */
function makeFolder(storageFolder: string, kind: string): string {
  const time = new Date().toISOString().replace(/[-:]|\.\d+/g, '');
  const folder = path.join(storageFolder, `${time}-${kind}-${randomBytes(3).toString('hex')}`);
  fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
  return folder;
}
