import * as fs from 'node:fs';
import { parseEvent } from './events';
import type { TerraformEvent } from './events';

const NEWLINE = 0x0a;
const POLL_MILLISECONDS = 100;
const CHUNK_BYTES = 64 * 1024;

/** Puts lines together from pieces that were cut anywhere, also inside a character. */
export class LineSplitter {
  #carry: Buffer[] = [];

  /** The lines that this piece completes, without their ends. */
  push(bytes: Buffer): readonly string[] {
    const lines: string[] = [];
    let start = 0;
    for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, start)) {
      lines.push(this.#take(bytes.subarray(start, end)));
      start = end + 1;
    }
    // A copy, because the caller may fill its buffer anew.
    if (start < bytes.length) this.#carry.push(Buffer.from(bytes.subarray(start)));
    return lines;
  }

  /** The last line when the writer was cut off before its end. */
  rest(): string | undefined {
    return this.#carry.length === 0 ? undefined : this.#take(Buffer.alloc(0));
  }

  #take(tail: Buffer): string {
    const line = Buffer.concat([...this.#carry, tail]).toString('utf8');
    this.#carry = [];
    return line.endsWith('\r') ? line.slice(0, -1) : line;
  }
}

/** Reads a whole recording. Empty lines are no events. */
export function readEvents(bytes: Buffer): readonly TerraformEvent[] {
  const splitter = new LineSplitter();
  const lines = [...splitter.push(bytes)];
  const rest = splitter.rest();
  if (rest !== undefined) lines.push(rest);
  return lines.filter((line) => line.trim() !== '').map(parseEvent);
}

/**
 * Follows a file that a process writes, from its first byte until the process has ended and everything is read.
 * The file is watched and, because watching is not reliable on every file system, looked at every 100 ms.
 *
 * @param ended Settles when nothing more will be written.
 */
export async function followEvents(
  file: string,
  ended: Promise<unknown>,
  onEvent: (event: TerraformEvent) => void,
): Promise<void> {
  const splitter = new LineSplitter();
  const handle = await fs.promises.open(file, 'r');
  const clock = new Wakeup(file);
  void ended.finally(() => {
    clock.finish();
  });
  try {
    while (true) {
      const last = clock.finished;
      await drain(handle, (bytes) => {
        deliver(splitter.push(bytes), onEvent);
      });
      if (last) break;
      await clock.next();
    }
    const rest = splitter.rest();
    if (rest !== undefined) deliver([rest], onEvent);
  } finally {
    clock.dispose();
    await handle.close();
  }
}

function deliver(lines: readonly string[], onEvent: (event: TerraformEvent) => void): void {
  for (const line of lines) if (line.trim() !== '') onEvent(parseEvent(line));
}

async function drain(handle: fs.promises.FileHandle, take: (bytes: Buffer) => void): Promise<void> {
  const buffer = Buffer.alloc(CHUNK_BYTES);
  for (;;) {
    const { bytesRead } = await handle.read(buffer, 0, CHUNK_BYTES, null);
    if (bytesRead === 0) return;
    take(buffer.subarray(0, bytesRead));
  }
}

/** Wakes a sleeper when a file changes, after a while, or when told. */
class Wakeup {
  readonly #watcher: fs.FSWatcher | undefined;
  /** Nothing more will change. */
  finished = false;
  #pending = false;
  #resume: (() => void) | undefined;

  constructor(file: string) {
    this.#watcher = watch(file, () => {
      this.wake();
    });
  }

  finish(): void {
    this.finished = true;
    this.wake();
  }

  wake(): void {
    this.#pending = true;
    this.#resume?.();
  }

  async next(): Promise<void> {
    if (!this.#pending) {
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, POLL_MILLISECONDS);
        this.#resume = () => {
          clearTimeout(timer);
          resolve();
        };
      });
    }
    this.#pending = false;
    this.#resume = undefined;
  }

  dispose(): void {
    this.#watcher?.close();
  }
}

function watch(file: string, onChange: () => void): fs.FSWatcher | undefined {
  try {
    const watcher = fs.watch(file, { persistent: false }, onChange);
    // A watch that breaks later (file system gone, limit reached) leaves the polling.
    watcher.on('error', () => {
      watcher.close();
    });
    return watcher;
  } catch {
    return undefined;
  }
}
