import type { FinishedEvent, RunEvent } from './events';

/** What a run's events say so far. Times are those of the events; nothing here looks at a clock. */
export interface Progress {
  readonly backend?: string;
  readonly device?: string;
  readonly parameters?: number;
  readonly epochs?: number;
  readonly stepsPerEpoch?: number;
  readonly step: number;
  readonly epoch: number;
  readonly loss?: number;
  readonly accuracy?: number;
  readonly validationLoss?: number;
  readonly validationAccuracy?: number;
  /** Images a second, over the last steps. */
  readonly samplesPerSecond?: number;
  /** Seconds of training, the gap before a resume not counted. */
  readonly elapsed: number;
  /** Seconds left, as far as can be told; undefined before the second step. */
  readonly eta?: number | undefined;
  readonly finished?: FinishedEvent | undefined;
  /** For the next event only. */
  readonly window: ProgressWindow;
}

interface ProgressWindow {
  /** Milliseconds since 1970 of the last event, and of the start of this stretch. */
  readonly last?: number;
  readonly stretchStart?: number;
  /** Seconds of earlier stretches: before a resume. */
  readonly before: number;
  /** When the last steps ended, newest last. */
  readonly steps: readonly number[];
  readonly samples: readonly number[];
  readonly batchSize: number;
  /** Seconds between the last step of an epoch and its end: the validation. */
  readonly validation: number;
}

/** Steps that throughput and the time left are measured over. */
const WINDOW = 40;

export const noProgress: Progress = {
  step: 0,
  epoch: 1,
  elapsed: 0,
  window: { before: 0, steps: [], samples: [], batchSize: 0, validation: 0 },
};

/** The progress after some more events. */
export function progressAfter(progress: Progress, events: readonly RunEvent[]): Progress {
  return events.reduce(afterEvent, progress);
}

function afterEvent(progress: Progress, event: RunEvent): Progress {
  const now = Date.parse(event.time);
  const timed = event.type === 'started' ? started(progress, event, now) : passed(progress, now);
  switch (event.type) {
    case 'batch':
      return afterBatch(timed, event, now);
    case 'epoch': {
      const { window } = timed;
      const lastStep = window.steps.at(-1);
      return {
        ...timed,
        ...(event.val_loss === undefined ? {} : { validationLoss: event.val_loss }),
        ...(event.val_accuracy === undefined ? {} : { validationAccuracy: event.val_accuracy }),
        // A new epoch starts with its own first step: the pause for the validation is no step.
        window: {
          ...window,
          steps: [],
          samples: [],
          validation: lastStep === undefined ? window.validation : (now - lastStep) / 1000,
        },
      };
    }
    case 'finished':
      return { ...timed, finished: event, eta: 0 };
    default:
      return timed;
  }
}

function started(progress: Progress, event: Extract<RunEvent, { type: 'started' }>, now: number): Progress {
  return {
    ...progress,
    eta: undefined,
    finished: undefined,
    backend: event.backend,
    device: event.device,
    parameters: event.parameters,
    epochs: event.epochs,
    stepsPerEpoch: event.stepsPerEpoch,
    step: event.resumedAt ?? 0,
    window: {
      ...noProgress.window,
      last: now,
      stretchStart: now,
      before: progress.elapsed,
      batchSize: event.batchSize,
    },
  };
}

function passed(progress: Progress, now: number): Progress {
  const { window } = progress;
  const elapsed = window.before + (now - (window.stretchStart ?? now)) / 1000;
  return { ...progress, elapsed, window: { ...window, last: now } };
}

function afterBatch(progress: Progress, event: Extract<RunEvent, { type: 'batch' }>, now: number): Progress {
  const steps = [...progress.window.steps, now].slice(-WINDOW);
  const samples = [...progress.window.samples, event.samplesPerSecond].slice(-WINDOW);
  const window = { ...progress.window, steps, samples };
  const eta = secondsLeft(progress, event, window);
  return {
    ...progress,
    step: event.step,
    epoch: event.epoch,
    loss: event.loss,
    ...(event.accuracy === undefined ? {} : { accuracy: event.accuracy }),
    samplesPerSecond: median(samples),
    ...(eta === undefined ? {} : { eta }),
    window,
  };
}

function secondsLeft(
  progress: Progress,
  event: Extract<RunEvent, { type: 'batch' }>,
  window: ProgressWindow,
): number | undefined {
  const { epochs, stepsPerEpoch } = progress;
  if (epochs === undefined || stepsPerEpoch === undefined) return undefined;
  const perStep = window.batchSize / median(window.samples);
  if (!Number.isFinite(perStep)) return undefined;
  const steps = Math.max(0, epochs * stepsPerEpoch - event.step);
  const validations = Math.max(0, epochs - event.epoch + 1);
  return steps * perStep + validations * window.validation;
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? 0;
}
