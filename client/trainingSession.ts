import {
  noProgress,
  progressAfter,
  watchRun,
  type Progress,
  type RunEvent,
  type RunStatus,
} from '../server/training/training';
import type { TrainingEpoch, TrainingPoint, TrainingState } from '../webview/protocol';

/** The part of the page's state that comes from the events of a run. */
export type RunState = Omit<TrainingState, 'spec'>;

/** Hears what changed: new points, and everything else that is different now. */
export type SessionListener = (
  points: readonly TrainingPoint[],
  change: Partial<Omit<RunState, 'points'>>,
  fresh: boolean,
) => void;

/** Follows one run on disk, whoever started it, and keeps what the page shows of it. */
export class TrainingSession {
  private progress: Progress = noProgress;
  private points: TrainingPoint[] = [];
  private validations: TrainingEpoch[] = [];
  private status: RunStatus = 'starting';
  private readonly stopped = new AbortController();

  constructor(
    readonly folder: string,
    readonly id: string,
    private readonly listener: SessionListener,
  ) {}

  /** Resolves with the run's last status, or when `dispose` was called. */
  async follow(): Promise<RunStatus> {
    const status = await watchRun(
      this.folder,
      (events, fromStart) => {
        this.take(events, fromStart);
      },
      this.stopped.signal,
    );
    this.status = status;
    if (!this.stopped.signal.aborted) this.listener([], this.change(), false);
    return status;
  }

  /** A stop was asked for: shown at once, before the trainer has read it. */
  markStopping(): void {
    this.status = 'stopping';
    this.listener([], this.change(), false);
  }

  state(): RunState {
    return { ...this.change(), status: this.status, points: this.points, validations: this.validations };
  }

  /** One line for the status bar. */
  summary(): string {
    const { epoch, epochs, loss, eta } = this.progress;
    const parts = [`epoch ${epoch}/${epochs ?? '?'}`];
    if (loss !== undefined) parts.push(`loss ${loss.toFixed(3)}`);
    if (eta !== undefined) parts.push(`${Math.ceil(eta)} s left`);
    return parts.join(' · ');
  }

  dispose(): void {
    this.stopped.abort();
  }

  private take(events: readonly RunEvent[], fromStart: boolean): void {
    if (fromStart) {
      this.progress = noProgress;
      this.points = [];
      this.validations = [];
    }
    this.progress = progressAfter(this.progress, events);
    const points = events.flatMap(pointOf);
    this.points.push(...points);
    this.validations.push(...events.flatMap(validationOf));
    if (this.status !== 'stopping') this.status = 'running';
    this.listener(points, this.change(), fromStart);
  }

  private change(): Partial<Omit<RunState, 'points'>> & { status: RunStatus } {
    const { backend, device, parameters, epochs, stepsPerEpoch, samplesPerSecond, eta, elapsed, finished } =
      this.progress;
    return defined({
      status: finished?.status ?? this.status,
      run: this.id,
      runFolder: this.folder,
      backend,
      device,
      parameters,
      epochs,
      stepsPerEpoch,
      samplesPerSecond,
      eta,
      elapsed,
      error: finished?.error ?? (this.status === 'lost' ? lostText : undefined),
      saved: finished?.saved,
      testAccuracy: finished?.test_accuracy,
      validations: this.validations,
    });
  }
}

const lostText =
  'The trainer ended without a word: it was killed, or the machine ran out of memory. What it had saved is there; resume to continue from the last checkpoint.';

function pointOf(event: RunEvent): TrainingPoint[] {
  if (event.type !== 'batch') return [];
  const { step, epoch, loss, accuracy } = event;
  return [{ step, epoch, loss, ...(accuracy === undefined ? {} : { accuracy }) }];
}

function validationOf(event: RunEvent): TrainingEpoch[] {
  if (event.type !== 'epoch') return [];
  const {
    step,
    epoch,
    loss,
    accuracy,
    val_loss: validationLoss,
    val_accuracy: validationAccuracy,
    seconds,
  } = event;
  return [{ step, epoch, loss, seconds, ...defined({ accuracy, validationLoss, validationAccuracy }) }];
}

/** The members that have a value: an absent one must not overwrite what the page knows. */
function defined<T extends object>(values: T): { [K in keyof T]: Exclude<T[K], undefined> } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as {
    [K in keyof T]: Exclude<T[K], undefined>;
  };
}
