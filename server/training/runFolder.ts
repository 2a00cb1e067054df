import { existsSync, readFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { writeAtomically } from './checkpoint';
import { parseEvents } from './events';
import type { RunEvent } from './events';
import type { TrainSpec } from './trainSpec';

/**
 * `lost`: the trainer is gone and did not say how it ended (killed, a crash, a power cut). What it had saved is there,
 * and the run can be resumed.
 */
export type RunStatus = 'starting' | 'running' | 'stopping' | 'completed' | 'stopped' | 'failed' | 'lost';

/** `run.json`: what a run is, written by the process that starts it and completed by the trainer. */
export interface RunRecord {
  readonly id: string;
  readonly name: string;
  readonly recipe: string;
  /** Absolute path of the spec that it was started from. */
  readonly specPath: string;
  /** Hash of the spec, independent of its spelling. */
  readonly specHash: string;
  readonly seed: number;
  /** RFC 3339, UTC. */
  readonly startedAt: string;
  readonly backend?: string;
  readonly device?: string;
  readonly versions?: Readonly<Record<string, string>>;
  /** Of the trainer. */
  readonly pid?: number | undefined;
  readonly endedAt?: string | undefined;
  readonly status: 'starting' | 'running' | 'completed' | 'stopped' | 'failed';
  readonly error?: string | undefined;
}

/** Names inside a run folder. */
export const runFiles = {
  record: 'run.json',
  spec: 'spec.json',
  events: 'events.jsonl',
  stop: 'stop',
  log: 'trainer.log',
  checkpoints: 'checkpoints',
  model: 'model',
} as const;

/**
 * @throws an Error that says that the folder is no run, and how to find runs
 */
export function readRecord(folder: string): RunRecord {
  const file = path.join(folder, runFiles.record);
  if (!existsSync(file)) {
    throw new Error(
      `${folder} is not a run: it has no ${runFiles.record}. "terratrain runs" lists the runs there are.`,
    );
  }
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as RunRecord;
  } catch (error) {
    throw new Error(`${file} is damaged and cannot be read as JSON.`, { cause: error });
  }
}

export function writeRecord(folder: string, record: RunRecord): void {
  writeAtomically(path.join(folder, runFiles.record), `${JSON.stringify(record, null, 2)}\n`);
}

/** The spec that the run was started with, its data folder made absolute. */
export function readRunSpec(folder: string): TrainSpec {
  return JSON.parse(readFileSync(path.join(folder, runFiles.spec), 'utf8')) as TrainSpec;
}

/** All whole events so far. */
export function readEvents(folder: string): RunEvent[] {
  const file = path.join(folder, runFiles.events);
  return existsSync(file) ? parseEvents(readFileSync(file)).events : [];
}

/** How the run is now, judged by what it wrote and whether its trainer lives. */
export function statusOf(folder: string, record: RunRecord = readRecord(folder)): RunStatus {
  if (record.status !== 'starting' && record.status !== 'running') return record.status;
  if (record.pid === undefined) {
    // The trainer writes its number within a second; a folder without one for a minute was abandoned.
    return Date.now() - Date.parse(record.startedAt) < 60_000 ? 'starting' : 'lost';
  }
  if (!isTrainerAlive(record.pid, folder, record.startedAt)) return 'lost';
  if (existsSync(path.join(folder, runFiles.stop))) return 'stopping';
  return record.status;
}

/** Whether the process with this number is still the trainer of this folder: numbers are used again. */
export function isTrainerAlive(pid: number, folder: string, startedAt: string): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it lives, and belongs to somebody else.
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const boot = Date.now() - os.uptime() * 1000;
  if (Date.parse(startedAt) < boot - 5000) return false;
  const commandLine = `/proc/${pid}/cmdline`;
  if (process.platform !== 'linux' || !existsSync(commandLine)) return true;
  return readFileSync(commandLine, 'utf8').includes(path.basename(folder));
}
