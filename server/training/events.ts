import { closeSync, fstatSync, ftruncateSync, openSync, writeSync } from 'node:fs';

/** A line of `events.jsonl`. The fields of each type are in docs/command-line.md; unknown ones are kept and ignored. */
export type RunEvent =
  | (Timed & {
      readonly type: 'started';
      readonly epochs: number;
      readonly stepsPerEpoch: number;
      readonly batchSize: number;
      /** Images trained on in each epoch. */
      readonly samples: number;
      readonly backend: string;
      readonly device: string;
      readonly parameters: number;
      /** Steps that were there already: a resumed run. */
      readonly resumedAt?: number;
    })
  | (Timed & {
      readonly type: 'batch';
      readonly epoch: number;
      readonly step: number;
      readonly loss: number;
      readonly accuracy?: number;
      readonly samplesPerSecond: number;
    })
  | (Timed & {
      readonly type: 'epoch';
      readonly epoch: number;
      readonly step: number;
      readonly loss: number;
      readonly accuracy?: number;
      readonly val_loss?: number;
      readonly val_accuracy?: number;
      /** Seconds from the epoch's first step to the end of its validation. */
      readonly seconds: number;
      readonly learningRate: number;
      /** Tensors alive at the end of the epoch: constant, or something leaks. */
      readonly tensors?: number;
    })
  | (Timed & {
      readonly type: 'checkpoint';
      readonly epoch: number;
      readonly step: number;
      /** Relative to the run folder. */
      readonly path: string;
      readonly best: boolean;
    })
  | (Timed & { readonly type: 'system'; readonly cpu: number; readonly memoryBytes: number })
  | (Timed & { readonly type: 'log'; readonly stream: 'stdout' | 'stderr'; readonly text: string })
  | (Timed & FinishedEvent);

export interface FinishedEvent {
  readonly type: 'finished';
  readonly status: 'completed' | 'stopped' | 'failed';
  readonly error?: string;
  readonly loss?: number;
  readonly accuracy?: number;
  readonly val_loss?: number;
  readonly val_accuracy?: number;
  /** On images that were never trained on. */
  readonly test_loss?: number;
  readonly test_accuracy?: number;
  readonly test_samples?: number;
  /** Name of the Keras file in the run folder. */
  readonly saved?: string;
}

interface Timed {
  /** RFC 3339, UTC. */
  readonly time: string;
}

/** An event as it is handed to the log, which adds the time. */
export type NewEvent = RunEvent extends infer Event
  ? Event extends unknown
    ? Omit<Event, 'time'>
    : never
  : never;

/** Appends events to a file, each as one write of one whole line: what is written outlives the process. */
export class EventLog {
  readonly #file: number;

  constructor(path: string) {
    this.#file = openSync(path, 'a');
  }

  append(event: NewEvent): void {
    const { type, ...fields } = event;
    writeSync(this.#file, `${JSON.stringify({ type, time: new Date().toISOString(), ...fields })}\n`);
  }

  /** Length of the file in bytes: where the next event will start. */
  get length(): number {
    return fstatSync(this.#file).size;
  }

  close(): void {
    closeSync(this.#file);
  }
}

/** Forgets what came after `length` bytes: a resumed run continues from its checkpoint, not from where it died. */
export function truncateEvents(path: string, length: number): void {
  const file = openSync(path, 'r+');
  try {
    if (fstatSync(file).size > length) ftruncateSync(file, length);
  } finally {
    closeSync(file);
  }
}

/**
 * Reads whole lines; the last one may be torn (the process died while writing it) and is left out, as is any line that
 * is no event.
 * @returns the events and how many bytes of `bytes` they take
 */
export function parseEvents(bytes: Uint8Array): { events: RunEvent[]; consumed: number } {
  const consumed = bytes.lastIndexOf(0x0a) + 1;
  const text = new TextDecoder().decode(bytes.subarray(0, consumed));
  const events = text.split('\n').flatMap((line) => {
    const event = parseEvent(line);
    return event === undefined ? [] : [event];
  });
  return { events, consumed };
}

function parseEvent(line: string): RunEvent | undefined {
  if (!line.startsWith('{')) return undefined;
  try {
    const value = JSON.parse(line) as Partial<RunEvent>;
    return typeof value.type === 'string' && typeof value.time === 'string' ? (value as RunEvent) : undefined;
  } catch {
    // Another program may write to the same file (TERRATRAIN_EVENTS); its broken line must not hide ours.
    return undefined;
  }
}
