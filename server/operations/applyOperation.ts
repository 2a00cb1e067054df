import * as fs from 'node:fs';
import * as path from 'node:path';
import { applyArguments } from './arguments';
import type { DetachedProcess } from './detachedProcess';
import { hiddenArguments } from './environment';
import type { OutputValue, TerraformEvent } from './events';
import type { ApplyOutcome, ApplyRequest, OperationListener } from './operation';
import { runPhase, watchPhase } from './phase';
import type { PhaseEnd } from './phase';
import { failureOf, reportDiagnostics } from './phaseReport';
import { ProgressTracker } from './progress';
import { emptyRedactor, HIDDEN } from './redact';
import type { Redactor } from './redact';
import { redactEvent } from './redactEvents';
import type { Place } from './requests';
import { verifyReview } from './review';
import { isShown, showPlan } from './showPlan';
import type { StopControl } from './stopControl';

const PLAN = 'plan.tfplan';

/** Where the files of the running apply lie inside its operation's folder. */
export function applyFolder(operationFolder: string): string {
  return path.join(operationFolder, 'apply');
}

/** Applies exactly the reviewed plan, or says what is not as it was when it was reviewed. */
export async function runApply(
  request: ApplyRequest,
  folder: string,
  control: StopControl,
  listener: OperationListener,
): Promise<ApplyOutcome> {
  const { place, review } = request;
  // The copy is checked and the copy is applied, so that nobody can exchange the file in between.
  const planFile = path.join(folder, PLAN);
  if (fs.existsSync(request.planFile)) fs.copyFileSync(request.planFile, planFile);
  const moved = await verifyReview(review, planFile, place);
  if (moved.length > 0) {
    fs.rmSync(planFile, { force: true });
    return { status: 'refused', moved };
  }
  fs.chmodSync(planFile, 0o600);
  for (const name of hiddenArguments(place.env)) {
    const text = `${name} is set in the environment and changes what terraform does.`;
    listener({ type: 'notice', level: 'warning', text });
  }
  const workspace = pinnedWorkspace(request);
  const shown = await showPlan(place, planFile, workspace);
  listener({ type: 'phase', phase: 'apply', target: place.target, directory: place.directory });
  if (!isShown(shown)) {
    const diagnostics = reportDiagnostics('apply', [shown], emptyRedactor(), listener);
    return { status: 'failed', progress: new ProgressTracker().progress(), diagnostics };
  }
  listener({ type: 'plan', phase: 'apply', model: shown.model });
  const run = new ApplyRun(shown.redactor, true, control, listener);
  if (control.wanted) return run.stoppedBefore();
  const end = await runPhase({
    phase: 'apply',
    args: applyArguments(request, planFile),
    place,
    workspace,
    folder: applyFolder(folder),
    control,
    onEvent: run.take,
    listener,
  });
  return run.finish(end, folder, place);
}

/** Hears the whole apply again from its first event, then goes on with it. */
export async function resumeApply(
  child: DetachedProcess,
  place: Place,
  folder: string,
  control: StopControl,
  listener: OperationListener,
): Promise<ApplyOutcome> {
  await control.enter('apply', child);
  const planFile = path.join(folder, PLAN);
  const shown = fs.existsSync(planFile) ? await showPlan(place, planFile, undefined) : undefined;
  const plan = shown !== undefined && isShown(shown) ? shown : undefined;
  listener({ type: 'phase', phase: 'apply', target: place.target, directory: place.directory });
  if (plan) listener({ type: 'plan', phase: 'apply', model: plan.model });
  const run = new ApplyRun(plan?.redactor ?? emptyRedactor(), plan !== undefined, control, listener);
  return run.finish(await watchPhase(child, run.take), folder, place);
}

/** HCP Terraform chooses the workspace by the configuration and refuses another choice beside it. */
function pinnedWorkspace({ review }: ApplyRequest): string | undefined {
  return review.backend === 'cloud' || review.backend === 'remote' ? undefined : review.workspace;
}

class ApplyRun {
  readonly #tracker = new ProgressTracker();
  #outputs: Readonly<Record<string, OutputValue>> = {};

  /** @param secretsKnown False when the plan that names the secrets is gone; then provisioners' words are not shown. */
  constructor(
    private readonly redactor: Redactor,
    private readonly secretsKnown: boolean,
    private readonly control: StopControl,
    private readonly listener: OperationListener,
  ) {}

  readonly take = (original: TerraformEvent): void => {
    const event = redactEvent(this.secretsKnown ? original : withoutOutput(original), this.redactor);
    this.#tracker.take(event);
    if (event.type === 'outputs') this.#outputs = event.outputs;
    if (event.type === 'log' && event.holdsState) {
      const text =
        'Terraform could not save the state and printed it instead. Keep the event file of this operation: it holds the whole state.';
      this.listener({ type: 'notice', level: 'error', text });
    }
    this.listener({ type: 'terraform', phase: 'apply', event });
  };

  finish(end: PhaseEnd, folder: string, place: Place): ApplyOutcome {
    const succeeded = end.exitCode === 0;
    const reasons = (succeeded ? end.diagnostics : failureOf('apply', end)).map((diagnostic) =>
      this.secretsKnown ? diagnostic : { ...diagnostic, detail: HIDDEN },
    );
    const diagnostics = reportDiagnostics('apply', reasons, this.redactor, this.listener);
    const progress = this.#tracker.progress();
    if (fs.existsSync(path.join(place.workingDirectory, 'errored.tfstate'))) {
      const text = `Terraform could not save the state and left it in ${path.join(place.workingDirectory, 'errored.tfstate')}. Push it with "terraform state push errored.tfstate" before anything else.`;
      this.listener({ type: 'notice', level: 'error', text });
    }
    fs.rmSync(path.join(folder, PLAN), { force: true });
    if (succeeded) return { status: 'applied', progress, outputs: this.#outputs, diagnostics };
    if (end.exitCode === undefined) return { status: 'unknown', progress, diagnostics };
    return { status: this.control.wanted ? 'stopped' : 'failed', progress, diagnostics };
  }

  stoppedBefore(): ApplyOutcome {
    return { status: 'stopped', progress: this.#tracker.progress(), diagnostics: [] };
  }
}

function withoutOutput(event: TerraformEvent): TerraformEvent {
  if (!('output' in event)) return event;
  return { ...event, message: HIDDEN, output: HIDDEN };
}
