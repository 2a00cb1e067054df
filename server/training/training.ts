import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import {
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  readdirSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { BackendProbe } from './backend';
import { chooseData, dataFolder } from './dataset';
import { EventLog } from './events';
import { isTrainerAlive, readRecord, readRunSpec, runFiles, statusOf, writeRecord } from './runFolder';
import type { RunRecord, RunStatus } from './runFolder';
import { specHash } from './spec';
import type { TrainerProgram } from './trainerProgram';
import type { TrainSpec } from './trainSpec';

/*
 * The door of this room: everything that the extension host and the command line use. Nothing here loads TensorFlow.js;
 * that happens in the trainer, a process of its own.
 */
export type { BackendProbe } from './backend';
export { chooseData } from './dataset';
export type { FinishedEvent, RunEvent } from './events';
export { noProgress, progressAfter } from './progress';
export type { Progress } from './progress';
export { readEvents, readRunSpec } from './runFolder';
export type { RunRecord, RunStatus } from './runFolder';
export { problemLines, readSpec } from './spec';
export type { SpecProblem, SpecReading } from './spec';
export { describeLayers, setSpecField, specFields } from './specFields';
export type { SpecFieldValue } from './specFields';
export { trainerProgram } from './trainerProgram';
export type { TrainerProgram } from './trainerProgram';
export type { TrainSpec } from './trainSpec';
export { watchRun } from './watch';
export type { RunListener } from './watch';

export interface StartOptions extends TrainerProgram {
  readonly spec: TrainSpec;
  /** Where the spec lies: its `data.path` is relative to that folder. */
  readonly specPath: string;
  /** Folder of all runs; made when it is not there. */
  readonly runsFolder: string;
}

export interface Run {
  readonly id: string;
  /** Absolute. */
  readonly folder: string;
  readonly record: RunRecord;
  readonly status: RunStatus;
}

/**
 * Makes a run folder and starts a trainer in it, which goes on when this process ends.
 * @returns once the trainer is up
 * @throws an Error with the trainer's own words when it does not come up
 */
export async function startRun(options: StartOptions): Promise<Run> {
  const spec = chooseData(options.spec);
  const { runsFolder } = options;
  const specPath = path.resolve(options.specPath);
  const startedAt = new Date();
  const folder = makeFolder(path.resolve(runsFolder), `${stamp(startedAt)}-${spec.name}`);
  const data = dataFolder(specPath, spec.data.path);
  const resolved: TrainSpec = { ...spec, data: { ...spec.data, path: data } };
  writeFileSync(path.join(folder, runFiles.spec), `${JSON.stringify(resolved, null, 2)}\n`);
  writeRecord(folder, {
    id: path.basename(folder),
    name: spec.name,
    recipe: spec.recipe,
    specPath,
    specHash: specHash(spec),
    seed: spec.seed,
    startedAt: startedAt.toISOString(),
    status: 'starting',
  });
  return launch(folder, specPath, options);
}

/**
 * Goes on with a run that was stopped, failed or lost, from its newest checkpoint, or from the start without one.
 * @param epochs a new, larger number of epochs, which also continues a completed run
 */
export async function resumeRun(
  folder: string,
  program: TrainerProgram & { readonly epochs?: number },
): Promise<Run> {
  const { record, status } = openRun(folder);
  if (status === 'starting' || status === 'running' || status === 'stopping') {
    throw new Error(`The run ${record.id} is ${status}; it can be resumed once it has ended.`);
  }
  const spec = readRunSpec(folder);
  const epochs = program.epochs ?? spec.epochs;
  if (status === 'completed' && epochs <= spec.epochs) {
    throw new Error(
      `The run ${record.id} is complete after ${spec.epochs} epochs. Give more with --epochs to go on.`,
    );
  }
  if (epochs < spec.epochs)
    throw new Error(`The run ${record.id} has ${spec.epochs} epochs; a resume can only add some.`);
  writeFileSync(path.join(folder, runFiles.spec), `${JSON.stringify({ ...spec, epochs }, null, 2)}\n`);
  rmSync(path.join(folder, runFiles.stop), { force: true });
  const fresh = { pid: undefined, endedAt: undefined, error: undefined };
  writeRecord(folder, { ...record, ...fresh, startedAt: new Date().toISOString(), status: 'starting' });
  return launch(folder, record.specPath, program);
}

/** @throws an Error when the folder is no run */
export function openRun(folder: string): Run {
  const absolute = path.resolve(folder);
  const record = readRecord(absolute);
  return { id: record.id, folder: absolute, record, status: statusOf(absolute, record) };
}

/** How the run is now. */
export function runStatus(folder: string): RunStatus {
  return statusOf(path.resolve(folder));
}

/** The runs in a folder, newest first; other folders in it are passed over. */
export function listRuns(runsFolder: string): Run[] {
  if (!existsSync(runsFolder)) return [];
  return readdirSync(runsFolder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(path.join(runsFolder, entry.name, runFiles.record)))
    .flatMap((entry) => {
      try {
        return [openRun(path.join(runsFolder, entry.name))];
      } catch (error) {
        // One damaged folder must not hide the others; opening it says what is wrong.
        if (error instanceof Error) return [];
        throw error;
      }
    })
    .sort((a, b) => (a.id < b.id ? 1 : -1));
}

/**
 * Asks the trainer to finish its step, leave a checkpoint and end. After `deadline` milliseconds it is killed: what it
 * saved before stays, and the run can be resumed.
 */
export async function stopRun(folder: string, deadline = 15_000): Promise<RunStatus> {
  const { record, status } = openRun(folder);
  if (status !== 'starting' && status !== 'running' && status !== 'stopping') return status;
  writeFileSync(path.join(folder, runFiles.stop), '');
  // On Windows a signal would kill at once; the file is enough.
  if (record.pid !== undefined && process.platform !== 'win32') signalTrainer(record, folder, 'SIGTERM');
  const end = Date.now() + deadline;
  while (Date.now() < end) {
    const now = runStatus(folder);
    if (now !== 'starting' && now !== 'running' && now !== 'stopping') return now;
    await sleep(50);
  }
  const late = readRecord(folder);
  signalTrainer(late, folder, 'SIGKILL');
  const error = `The trainer did not stop within ${deadline / 1000} s and was ended; the last checkpoint is kept.`;
  const events = new EventLog(path.join(folder, runFiles.events));
  events.append({ type: 'finished', status: 'stopped', error });
  events.close();
  writeRecord(folder, { ...late, status: 'stopped', error, endedAt: new Date().toISOString() });
  return 'stopped';
}

/**
 * Removes a run with everything it saved.
 * @throws an Error when it is still running
 */
export function removeRun(folder: string): void {
  const { id, status } = openRun(folder);
  if (status === 'starting' || status === 'running' || status === 'stopping') {
    throw new Error(`The run ${id} is ${status}. Stop it before removing it.`);
  }
  rmSync(folder, { recursive: true, force: true });
}

/** What each backend is on this machine, fastest first; asked in another process, because drivers crash. */
export function probeBackends({ trainerEntry, execArgv = [] }: TrainerProgram): Promise<BackendProbe[]> {
  return new Promise((resolve, reject) => {
    execFile(
      process.execPath,
      [...execArgv, trainerEntry, '--probe'],
      { env: nodeEnvironment(), timeout: 60_000, windowsHide: true },
      (error, stdout, stderr) => {
        const line = stdout.trim().split('\n').at(-1) ?? '';
        if (line.startsWith('[')) resolve(JSON.parse(line) as BackendProbe[]);
        else reject(new Error(`The backends could not be probed: ${error?.message ?? stderr.trim()}`));
      },
    );
  });
}

const COME_UP = 20_000;

async function launch(folder: string, specPath: string, program: TrainerProgram): Promise<Run> {
  const logFile = path.join(folder, runFiles.log);
  const log = openSync(logFile, 'a');
  let child: ChildProcess;
  try {
    child = spawn(process.execPath, [...(program.execArgv ?? []), program.trainerEntry, folder], {
      // Optional packages of the user's workspace are looked for from here.
      cwd: path.dirname(specPath),
      env: nodeEnvironment(),
      detached: true,
      stdio: ['ignore', log, log],
      windowsHide: true,
    });
  } finally {
    closeSync(log);
  }
  let ended: string | undefined;
  child.on('error', (error) => (ended = error.message));
  child.on(
    'exit',
    (code, signal) => (ended = signal === null ? `exit code ${code ?? 0}` : `signal ${signal}`),
  );
  child.unref();

  const end = Date.now() + COME_UP;
  while (Date.now() < end) {
    if (readRecord(folder).pid !== undefined) return openRun(folder);
    if (ended !== undefined) break;
    await sleep(25);
  }
  const lines = readFileSync(logFile, 'utf8').trim().split('\n');
  const words = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.slice(-3).join('\n');
  const reason = `The trainer did not start (${ended ?? 'no sign of it'}). ${words}`;
  writeRecord(folder, {
    ...readRecord(folder),
    status: 'failed',
    error: reason,
    endedAt: new Date().toISOString(),
  });
  throw new Error(reason);
}

/** Inside VS Code the executable is Electron; this makes it Node. */
function nodeEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
}

function signalTrainer(record: RunRecord, folder: string, signal: NodeJS.Signals): void {
  if (record.pid === undefined || !isTrainerAlive(record.pid, folder, record.startedAt)) return;
  try {
    process.kill(record.pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}

/** A new folder; a number is added when another run started in the same second. */
function makeFolder(runsFolder: string, name: string): string {
  mkdirSync(runsFolder, { recursive: true });
  for (let number = 1; ; number++) {
    const folder = path.join(runsFolder, number === 1 ? name : `${name}-${number}`);
    try {
      mkdirSync(folder);
      return folder;
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    }
  }
}

/** `20261122-174500`, in UTC, so that names sort by time. */
function stamp(time: Date): string {
  return time.toISOString().slice(0, 19).replaceAll(/[-:]/g, '').replace('T', '-');
}
