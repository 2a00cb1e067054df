import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { asNumber, asOptionalText, asRecord, parseJson } from './json';
import { processIdentity } from './processIdentity';

/** How a process ended. No exit code: a signal ended it, or nobody could read the code. */
export interface ProcessEnd {
  readonly exitCode: number | undefined;
}

/** A process that survives whoever started it, with its output in files of one folder. */
export interface DetachedProcess {
  readonly pid: number;
  /** What it printed, as one JSON object a line. */
  readonly eventsFile: string;
  readonly errorsFile: string;
  readonly ended: Promise<ProcessEnd>;
  /**
   * Asks once for a graceful end: SIGINT to the process group, so that a provisioner's children stop as well.
   * @throws StopUnsupportedError on Windows, where the only signal kills.
   */
  interrupt(): Promise<void>;
  /** Ends the whole group at once. Terraform then saves nothing: resources in flight are lost from the state. */
  kill(): Promise<void>;
}

/** Windows has no way to interrupt a process without a console; killing an apply could lose state. */
export class StopUnsupportedError extends Error {
  override readonly name = 'StopUnsupportedError';
}

const EVENTS = 'events.jsonl';
const ERRORS = 'stderr.log';
const EXIT_CODE = 'rc';
const RECORD = 'process.json';

/**
 * The shell outlives the signal (its trap does nothing, and its child gets the default handling back), so the exit code
 * is written even when nobody is left to receive it. Arguments pass unquoted.
 */
const KEEPER =
  'trap : INT TERM; rc=$1; shift; "$@"; code=$?; echo "$code" > "$rc.part" && mv "$rc.part" "$rc"; exit "$code"';

/**
 * The same on a pseudo-terminal, which must carry no data (its tail can be lost) and whose end must end nothing: output
 * goes to the files, and the hang-up that comes when the owner dies is ignored by all.
 */
const KEEPER_ON_TERMINAL =
  `trap '' HUP; events=$1; errors=$2; shift 2; ` + KEEPER.replace('"$@";', '"$@" >>"$events" 2>>"$errors";');

/**
 * Starts a program as a session leader on a pseudo-terminal and answers its process id; `undefined` where there is no
 * pseudo-terminal. Whoever shows the terminal gives one, so that a provisioner that wants a terminal finds it.
 */
export type Launcher = (
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv },
) => Promise<number | undefined>;

/**
 * Starts a program in a process group of its own.
 *
 * @param options.folder An empty folder that exists; gets `events.jsonl`, `stderr.log`, `process.json` and, at the end, `rc`.
 * @throws The system's error when the program does not start.
 */
export async function startDetached(options: {
  readonly program: string;
  readonly args: readonly string[];
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly folder: string;
  readonly launch?: Launcher | undefined;
}): Promise<DetachedProcess> {
  return (await startOnTerminal(options)) ?? startOnFiles(options);
}

type StartOptions = Parameters<typeof startDetached>[0];

async function startOnTerminal(options: StartOptions): Promise<DetachedProcess | undefined> {
  if (options.launch === undefined || process.platform === 'win32') return undefined;
  const { folder, program, args, cwd, env } = options;
  const files = [EVENTS, ERRORS, EXIT_CODE].map((name) => path.join(folder, name));
  for (const file of files.slice(0, 2)) fs.writeFileSync(file, '', { mode: 0o600 });
  const keeper = ['-c', KEEPER_ON_TERMINAL, 'terratrain', ...files, program, ...args];
  const pid = await options.launch('/bin/sh', keeper, { cwd, env });
  if (pid === undefined) return undefined;
  const identity = await record(options, pid);
  return handle(folder, pid, identity, waitForEnd(folder, pid, identity));
}

async function startOnFiles(options: StartOptions): Promise<DetachedProcess> {
  const { folder } = options;
  const output = fs.openSync(path.join(folder, EVENTS), 'a', 0o600);
  const errors = fs.openSync(path.join(folder, ERRORS), 'a', 0o600);
  try {
    const child = spawnDetached(options, [output, errors]);
    const ended = exitOf(child, path.join(folder, EXIT_CODE));
    const pid = await started(child);
    return handle(folder, pid, await record(options, pid), ended);
  } finally {
    fs.closeSync(output);
    fs.closeSync(errors);
  }
}

/** Writes down which process it is, for whoever comes later. No arguments and no environment: both may hold secrets. */
async function record({ folder, program, cwd }: StartOptions, pid: number): Promise<string | undefined> {
  const identity = await processIdentity(pid);
  const text = JSON.stringify({ pid, identity, program, cwd }, undefined, 2);
  fs.writeFileSync(path.join(folder, RECORD), `${text}\n`, { mode: 0o600 });
  return identity;
}

/** Takes over a process that somebody else started in that folder, whether it still runs or not. `undefined`: none was. */
export async function attachDetached(folder: string): Promise<DetachedProcess | undefined> {
  const file = path.join(folder, RECORD);
  if (!fs.existsSync(file)) return undefined;
  const saved = asRecord(parseJson(await fs.promises.readFile(file, 'utf8')));
  const pid = asNumber(saved.pid);
  if (pid <= 1) return undefined;
  const identity = asOptionalText(saved.identity);
  return handle(folder, pid, identity, waitForEnd(folder, pid, identity));
}

function spawnDetached(options: StartOptions, [output, errors]: readonly [number, number]): ChildProcess {
  const settings = {
    cwd: options.cwd,
    env: options.env,
    detached: true,
    windowsHide: true,
    stdio: ['ignore' as const, output, errors],
  };
  if (process.platform === 'win32') return spawn(options.program, [...options.args], settings);
  const exitCode = path.join(options.folder, EXIT_CODE);
  return spawn('/bin/sh', ['-c', KEEPER, 'terratrain', exitCode, options.program, ...options.args], settings);
}

function started(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('spawn', () => {
      if (child.pid === undefined) reject(new Error('The process started without a process id.'));
      else resolve(child.pid);
    });
  });
}

function exitOf(child: ChildProcess, exitCodeFile: string): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.once('exit', (code) => {
      if (process.platform === 'win32' && code !== null) fs.writeFileSync(exitCodeFile, `${code}\n`);
      resolve({ exitCode: code ?? undefined });
    });
  });
}

async function waitForEnd(folder: string, pid: number, identity: string | undefined): Promise<ProcessEnd> {
  while (!fs.existsSync(path.join(folder, EXIT_CODE)) && (await isSame(pid, identity))) {
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return { exitCode: readExitCode(folder) };
}

function readExitCode(folder: string): number | undefined {
  const file = path.join(folder, EXIT_CODE);
  if (!fs.existsSync(file)) return undefined;
  const code = Number.parseInt(fs.readFileSync(file, 'utf8'), 10);
  return Number.isNaN(code) ? undefined : code;
}

function handle(
  folder: string,
  pid: number,
  identity: string | undefined,
  ended: Promise<ProcessEnd>,
): DetachedProcess {
  return {
    pid,
    eventsFile: path.join(folder, EVENTS),
    errorsFile: path.join(folder, ERRORS),
    ended,
    async interrupt() {
      if (process.platform === 'win32') {
        throw new StopUnsupportedError(
          'On Windows terraform cannot be stopped gracefully from here; wait for it to finish, or force it to stop.',
        );
      }
      if (await isSame(pid, identity)) signalGroup(pid, 'SIGINT');
    },
    async kill() {
      if (await isSame(pid, identity)) signalGroup(pid, 'SIGKILL');
    },
  };
}

/** A process number is reused one day: only the same start time proves that it is still ours. */
async function isSame(pid: number, identity: string | undefined): Promise<boolean> {
  const now = await processIdentity(pid);
  return now !== undefined && (identity === undefined || now === identity);
}

function signalGroup(pid: number, signal: 'SIGINT' | 'SIGKILL'): void {
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, signal);
  } catch (error) {
    // It ended between the look and the signal: what was asked for has happened.
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error;
  }
}
