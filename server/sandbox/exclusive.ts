import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SandboxError } from './sandboxError';

const waitMilliseconds = 30_000;
const pauseMilliseconds = 20;
/** Between making the lock and writing who holds it, nothing takes this long. */
const anonymousMilliseconds = 2_000;

/**
 * Does `work` while no other process does its own under the same lock. A lock whose holder is dead gives way.
 *
 * @param folder the lock: a folder that exists exactly while somebody holds it
 */
export async function exclusively<T>(folder: string, work: () => T | Promise<T>): Promise<T> {
  const giveUp = Date.now() + waitMilliseconds;
  while (!take(folder)) {
    if (isAbandoned(folder)) rmSync(folder, { recursive: true, force: true });
    else if (Date.now() > giveUp) {
      throw new SandboxError(
        `Another command has been preparing this sandbox for ${waitMilliseconds / 1000} seconds. If none is running, remove the folder ${folder}.`,
      );
    } else await sleep(pauseMilliseconds);
  }
  try {
    return await work();
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function take(folder: string): boolean {
  try {
    mkdirSync(folder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  writeFileSync(path.join(folder, 'pid'), String(process.pid));
  return true;
}

function isAbandoned(folder: string): boolean {
  try {
    const age = Date.now() - statSync(folder).mtimeMs;
    const pid = Number(readHolder(folder));
    return pid > 0 ? !isRunning(pid) : age > anonymousMilliseconds;
  } catch {
    // It is gone already: the next try will tell.
    return false;
  }
}

function readHolder(folder: string): string {
  try {
    return readFileSync(path.join(folder, 'pid'), 'utf8');
  } catch {
    return '';
  }
}

/** Whether a process of that id exists, also one of another user. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
