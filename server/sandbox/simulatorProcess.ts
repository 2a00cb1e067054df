import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { Socket } from 'node:net';
import { createInterface } from 'node:readline';
import { harmlessEnvironment } from './environment';
import { isRunning } from './exclusive';
import type { SimulatorAnswer, SimulatorOrder, SimulatorRequest } from './request';
import { SandboxError } from './sandboxError';

const startMilliseconds = 30_000;
const endMilliseconds = 3_000;
const smallHeap = ['--max-semi-space-size=2'];
/** With all of AWS this saves a third of the memory. With few types it saves little and makes plans a tenth slower. */
const frugal = [...smallHeap, '--optimize-for-size'];

export interface Simulator {
  /** The value of TF_REATTACH_PROVIDERS, parsed. */
  readonly reattach: Readonly<Record<string, unknown>>;
  holdFor(pid: number): void;
  /** Ends the process, unless one it is held for still runs: then it ends by itself after that one. */
  stop(): Promise<void>;
}

/**
 * Starts the process that plays the providers. It is not in this process's group, so that Ctrl-C does not take the
 * providers away from a terraform that is stopping, and it does not keep this process alive.
 *
 * @param program.entry built program or, with the right `execArgv`, its source
 * @throws SandboxError when it does not answer
 */
export async function startSimulator(
  request: SimulatorRequest,
  program: { readonly entry: string; readonly execArgv: readonly string[]; readonly env: NodeJS.ProcessEnv },
): Promise<Simulator> {
  const whole = request.providers.some(
    ({ inferred, types }) => inferred === undefined && types === undefined,
  );
  const flags = whole ? frugal : smallHeap;
  const child = spawn(process.execPath, [...flags, ...program.execArgv, program.entry], {
    stdio: ['pipe', 'pipe', 'pipe'],
    detached: true,
    windowsHide: true,
    // Inside the editor this process is Electron, which plays Node only when told to.
    env: { ...harmlessEnvironment(program.env), ELECTRON_RUN_AS_NODE: '1' },
  });
  child.stdin.on('error', () => undefined);
  child.stdin.write(`${JSON.stringify(request)}\n`);
  const answer = await firstAnswer(child);
  if ('error' in answer) throw new SandboxError(answer.error);
  child.unref();
  const held = new Set<number>();
  return {
    reattach: answer.reattach,
    holdFor(pid) {
      held.add(pid);
      const order: SimulatorOrder = { holdFor: pid };
      child.stdin.write(`${JSON.stringify(order)}\n`);
    },
    stop: () => stop(child, [...held].some(isRunning)),
  };
}

function firstAnswer(child: ChildProcess): Promise<SimulatorAnswer> {
  return new Promise((resolve, reject) => {
    let complaints = '';
    const fail = (why: string): void => {
      clearTimeout(timer);
      child.kill();
      reject(
        new SandboxError(`The simulated providers did not start: ${why}.${complaints && `\n${complaints}`}`),
      );
    };
    const timer = setTimeout(() => {
      fail(`no answer within ${startMilliseconds / 1000} seconds`);
    }, startMilliseconds);
    child.stderr?.on(
      'data',
      (part: Buffer) => (complaints = (complaints + part.toString('utf8')).slice(-4000)),
    );
    child.once('error', (error) => {
      fail(error.message);
    });
    child.once('exit', (code) => {
      fail(`the process ended with exit code ${String(code)}`);
    });
    if (child.stdout === null) return;
    createInterface({ input: child.stdout }).once('line', (line) => {
      clearTimeout(timer);
      for (const stream of [child.stdin, child.stdout, child.stderr]) {
        // They are sockets, and must not keep this process alive.
        if (stream instanceof Socket) stream.unref();
      }
      resolve(JSON.parse(line) as SimulatorAnswer);
    });
  });
}

async function stop(child: ChildProcess, keep: boolean): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.stdin?.end();
  if (keep) return;
  const ended = new Promise<void>((resolve) =>
    child.once('exit', () => {
      resolve();
    }),
  );
  child.kill('SIGTERM');
  const timer = setTimeout(() => child.kill('SIGKILL'), endMilliseconds);
  await ended;
  clearTimeout(timer);
}
