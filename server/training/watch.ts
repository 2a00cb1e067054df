import { closeSync, existsSync, fstatSync, openSync, readSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseEvents } from './events';
import type { RunEvent } from './events';
import { runFiles, statusOf } from './runFolder';
import type { RunStatus } from './runFolder';

/**
 * Gets new events in order, in batches. `fromStart` is true when the batch begins the run anew: the first one, and the
 * one after a resume cut the file back to its checkpoint; whatever was shown before is void then.
 */
export type RunListener = (events: readonly RunEvent[], fromStart: boolean) => void;

const POLL_MILLISECONDS = 150;
const CHUNK = 1 << 20;

/**
 * Replays the events of a run and follows it until it ends or `signal` is aborted.
 * @returns the run's status at that moment
 */
export async function watchRun(
  folder: string,
  listener: RunListener,
  signal?: AbortSignal,
): Promise<RunStatus> {
  const tail = new EventTail(path.join(folder, runFiles.events));
  while (signal?.aborted !== true) {
    // The status is looked at before the events: what an ended run wrote last is then surely read.
    const status = statusOf(folder);
    for (let more = true; more;) {
      const { events, fromStart, reachedEnd } = tail.read();
      if (events.length > 0 || fromStart) listener(events, fromStart);
      more = !reachedEnd;
    }
    if (status !== 'starting' && status !== 'running' && status !== 'stopping') return status;
    await sleep(POLL_MILLISECONDS, undefined, signal === undefined ? {} : { signal }).catch(ignoreAbort);
  }
  return statusOf(folder);
}

function ignoreAbort(error: unknown): void {
  if (!(error instanceof Error) || error.name !== 'AbortError') throw error;
}

/** Reads a growing file from where it stopped. */
class EventTail {
  readonly #path: string;
  #offset = 0;
  /** The last bytes read: other bytes in their place mean that the file was cut and grew again. */
  #last: Uint8Array = new Uint8Array();
  #fresh = true;

  constructor(path: string) {
    this.#path = path;
  }

  read(): { events: readonly RunEvent[]; fromStart: boolean; reachedEnd: boolean } {
    if (!existsSync(this.#path)) return { events: [], fromStart: false, reachedEnd: true };
    const file = openSync(this.#path, 'r');
    try {
      if (!this.#isContinuation(file)) {
        this.#offset = 0;
        this.#last = new Uint8Array();
        this.#fresh = true;
      }
      const bytes = readAt(file, this.#offset, CHUNK);
      const { events, consumed } = parseEvents(bytes);
      const fromStart = this.#fresh && consumed > 0;
      if (consumed > 0) {
        this.#fresh = false;
        this.#offset += consumed;
        this.#last = bytes.slice(Math.max(0, consumed - 64), consumed);
      }
      return { events, fromStart, reachedEnd: bytes.length < CHUNK || consumed === 0 };
    } finally {
      closeSync(file);
    }
  }

  #isContinuation(file: number): boolean {
    if (fstatSync(file).size < this.#offset) return false;
    const there = readAt(file, this.#offset - this.#last.length, this.#last.length);
    return Buffer.compare(there, this.#last) === 0;
  }
}

function readAt(file: number, offset: number, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  const read = length === 0 ? 0 : readSync(file, bytes, 0, length, offset);
  return bytes.subarray(0, read);
}
