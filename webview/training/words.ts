import { formatCount, formatDuration, formatMetric, formatPercent, formatRate } from '../format';
import type { TrainingState } from '../protocol';

type Status = TrainingState['status'];

export const statusWords: Readonly<Record<Status, string>> = {
  idle: 'Not started',
  starting: 'Starting',
  running: 'Running',
  stopping: 'Stopping',
  completed: 'Completed',
  stopped: 'Stopped',
  failed: 'Failed',
  lost: 'Lost',
};

export interface Commands {
  readonly start: 'Start Training' | 'Train Again' | 'Start Over' | undefined;
  readonly stop: boolean;
  readonly resume: boolean;
}

/** What a person can do in each state. */
export function commandsFor(state: Pick<TrainingState, 'status' | 'run'>): Commands {
  switch (state.status) {
    case 'idle':
      return { start: 'Start Training', stop: false, resume: false };
    case 'starting':
    case 'running':
      return { start: undefined, stop: true, resume: false };
    case 'stopping':
      return { start: undefined, stop: false, resume: false };
    case 'completed':
      return { start: 'Train Again', stop: false, resume: false };
    case 'stopped':
    case 'failed':
    case 'lost':
      return { start: 'Start Over', stop: false, resume: state.run !== undefined };
  }
}

/** Whether a trainer is at work. */
export function isActive(status: Status): boolean {
  return status === 'starting' || status === 'running' || status === 'stopping';
}

/** Where a run stands: "epoch 2 of 5, step 1,240 of 9,375". */
export function position(state: TrainingState): string {
  const last = state.points.at(-1);
  if (last === undefined) return state.status === 'starting' ? 'Loading data and model' : '';
  const { epochs, stepsPerEpoch } = state;
  const total = epochs === undefined || stepsPerEpoch === undefined ? undefined : epochs * stepsPerEpoch;
  return [
    `epoch ${last.epoch}${epochs === undefined ? '' : ` of ${epochs}`}`,
    `step ${formatCount(last.step)}${total === undefined ? '' : ` of ${formatCount(total)}`}`,
  ].join(', ');
}

/** The numbers beside the progress bar, with their labels. */
export function facts(state: TrainingState): readonly (readonly [string, string])[] {
  const last = state.points.at(-1);
  const epoch = state.validations.at(-1);
  const all: (readonly [string, string | undefined])[] = [
    ['Loss', last === undefined ? undefined : formatMetric(last.loss)],
    ['Accuracy', last?.accuracy === undefined ? undefined : formatPercent(last.accuracy)],
    ['Validation loss', epoch?.validationLoss === undefined ? undefined : formatMetric(epoch.validationLoss)],
    [
      'Validation accuracy',
      epoch?.validationAccuracy === undefined ? undefined : formatPercent(epoch.validationAccuracy),
    ],
    [
      'Throughput',
      state.samplesPerSecond === undefined ? undefined : formatRate(state.samplesPerSecond, 'samples'),
    ],
    ['Elapsed', state.elapsed === undefined ? undefined : formatDuration(state.elapsed)],
    ['Time left', isActive(state.status) && state.eta !== undefined ? formatDuration(state.eta) : undefined],
    ['Backend', state.backend],
    ['Device', state.device],
    ['Parameters', state.parameters === undefined ? undefined : formatCount(state.parameters)],
  ];
  return all.flatMap(([label, value]) => (value === undefined ? [] : [[label, value] as const]));
}

/** What a screen reader hears, and only when it changes: the status and the end of each epoch. */
export function announcement(state: TrainingState): string {
  const epoch = state.validations.at(-1);
  if (state.status === 'running' && epoch !== undefined) {
    const accuracy = epoch.validationAccuracy ?? epoch.accuracy;
    return `Epoch ${epoch.epoch} done${accuracy === undefined ? '' : `, accuracy ${formatPercent(accuracy)}`}`;
  }
  if (state.status === 'completed' && state.testAccuracy !== undefined) {
    return `Training completed, test accuracy ${formatPercent(state.testAccuracy)}`;
  }
  return `Training: ${statusWords[state.status]}`;
}
