import * as fs from 'node:fs';
import * as path from 'node:path';
import { initArguments, planArguments } from './arguments';
import { dataFolder, fingerprintConfiguration, selectedWorkspace } from './configuration';
import type { Fingerprint } from './configuration';
import { hiddenArguments } from './environment';
import type { Diagnostic } from './events';
import { redactorFromRequest } from './knownSecrets';
import type { OperationListener, PlanOutcome } from './operation';
import { phaseFolder, runPhase } from './phase';
import type { PhaseEnd } from './phase';
import { asksForInit, failureOf, reportDiagnostics, reporter } from './phaseReport';
import { hasChanges } from './planModel';
import type { Redactor } from './redact';
import { resolveVarFiles } from './requests';
import type { PlanRequest } from './requests';
import { makeReview, readStateIdentity, reviewFile, writeReview } from './review';
import { isShown, showPlan } from './showPlan';
import type { ShownPlan } from './showPlan';
import type { StopControl } from './stopControl';

/** Initialises where needed, plans, and turns the plan into what a person reviews. */
export async function runPlan(
  request: PlanRequest,
  folder: string,
  control: StopControl,
  listener: OperationListener,
): Promise<PlanOutcome> {
  return new PlanRun(request, folder, control, listener).run();
}

class PlanRun {
  readonly #planFile: string;
  readonly #workspace: string;
  /** What is known to be secret before the plan says more. */
  readonly #redactor: Redactor;
  #initialised = false;
  #configuration: Fingerprint = {};

  constructor(
    private readonly request: PlanRequest,
    private readonly folder: string,
    private readonly control: StopControl,
    private readonly listener: OperationListener,
  ) {
    this.#planFile = request.out ?? path.join(folder, 'plan.tfplan');
    this.#workspace = selectedWorkspace(request.place.workingDirectory, request.place.env);
    this.#redactor = redactorFromRequest(request);
  }

  async run(): Promise<PlanOutcome> {
    const { place } = this.request;
    for (const text of place.notices ?? []) this.#notice('info', text);
    for (const name of hiddenArguments(place.env)) {
      this.#notice('warning', `${name} is set in the environment and changes what terraform does.`);
    }
    // A review that is older than the plan file beside it must not survive.
    fs.rmSync(reviewFile(this.#planFile), { force: true });
    if (!fs.existsSync(dataFolder(place.workingDirectory, place.env))) {
      const failed = await this.#init();
      if (failed !== undefined) return failed;
    }
    let end = await this.#plan();
    if (end.exitCode === 1 && !this.#initialised && asksForInit(end.diagnostics)) {
      const failed = await this.#init();
      if (failed !== undefined) return failed;
      end = await this.#plan();
    }
    return this.#finish(end);
  }

  async #init(): Promise<PlanOutcome | undefined> {
    this.#initialised = true;
    const end = await this.#phase('init', initArguments(this.request.place.binary));
    if (end === undefined) return { status: 'stopped' };
    if (end.exitCode === 0) {
      reportDiagnostics('init', end.diagnostics, this.#redactor, this.listener);
      return undefined;
    }
    if (this.control.wanted) return { status: 'stopped' };
    return this.#failed('init', failureOf('init', end));
  }

  async #plan(): Promise<PhaseEnd> {
    // After init, which may write the lock file; before the plan, so that an edit during it counts as a change.
    this.#configuration = fingerprintConfiguration(
      this.request.place.directory,
      resolveVarFiles(this.request),
    );
    const end = await this.#phase('plan', planArguments(this.request, this.#planFile));
    return end ?? { exitCode: undefined, diagnostics: [], errors: '' };
  }

  /** `undefined` when a stop was asked for before it began. */
  async #phase(phase: 'init' | 'plan', args: readonly string[]): Promise<PhaseEnd | undefined> {
    if (this.control.wanted) return undefined;
    const { place } = this.request;
    this.listener({ type: 'phase', phase, target: place.target, directory: place.directory });
    return runPhase({
      phase,
      args,
      place,
      // init may be what makes the workspace's backend known; it changes nothing that belongs to a workspace.
      workspace: phase === 'init' ? undefined : this.#workspace,
      folder: phaseFolder(this.folder, phase),
      control: this.control,
      onEvent: reporter(phase, this.#redactor, this.listener),
      listener: this.listener,
    });
  }

  async #finish(end: PhaseEnd): Promise<PlanOutcome> {
    const succeeded = end.exitCode === 0 || end.exitCode === 2;
    if (!succeeded && this.control.wanted) {
      fs.rmSync(this.#planFile, { force: true });
      return { status: 'stopped' };
    }
    const { place } = this.request;
    const [shown, state] = await Promise.all([
      this.#show(),
      succeeded ? readStateIdentity(place) : Promise.resolve(undefined),
    ]);
    const plan = shown !== undefined && isShown(shown) ? shown : undefined;
    if (!succeeded || plan === undefined) {
      fs.rmSync(this.#planFile, { force: true });
      const reasons = succeeded && shown !== undefined && !isShown(shown) ? [shown] : failureOf('plan', end);
      return this.#failed('plan', reasons, plan);
    }
    reportDiagnostics('plan', end.diagnostics, plan.redactor, this.listener);
    const planFile = this.#planFile;
    const workspace = this.#workspace;
    const configuration = this.#configuration;
    const review = makeReview(this.request, { planFile, configuration, state, model: plan.model, workspace });
    await writeReview(planFile, review);
    this.listener({ type: 'plan', phase: 'plan', model: plan.model });
    return { status: 'planned', changes: hasChanges(plan.model), planFile, review, model: plan.model };
  }

  /** A plan that failed late is there as well, and says what would have happened. */
  async #show(): Promise<ShownPlan | Diagnostic | undefined> {
    if (!fs.existsSync(this.#planFile)) return undefined;
    // Terraform writes it for everybody to read.
    fs.chmodSync(this.#planFile, 0o600);
    return showPlan(this.request.place, this.#planFile, this.#workspace);
  }

  #failed(phase: 'init' | 'plan', reasons: readonly Diagnostic[], plan?: ShownPlan): PlanOutcome {
    const diagnostics = reportDiagnostics(phase, reasons, plan?.redactor ?? this.#redactor, this.listener);
    return { status: 'failed', phase, diagnostics, ...(plan === undefined ? {} : { model: plan.model }) };
  }

  #notice(level: 'info' | 'warning', text: string): void {
    this.listener({ type: 'notice', level, text });
  }
}
