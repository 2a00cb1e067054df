import type { IPty, spawn } from 'node-pty';
import { log, messageOf } from './log';

/** A process on a terminal of its own. */
export interface PtyProcess {
  readonly pid: number;
  onData(listener: (text: string) => void): void;
  onExit(listener: (exit: { readonly exitCode: number; readonly signal?: number | undefined }) => void): void;
  write(text: string): void;
  resize(columns: number, rows: number): void;
  kill(): void;
}

export interface PtyOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly columns: number;
  readonly rows: number;
}

let loaded: { readonly spawn: typeof spawn } | undefined;
let reason: string | undefined;

/**
 * Starts a process on a pseudo-terminal, or answers `undefined` where node-pty has no binary for this machine; the
 * caller then runs it without one. What a pty shows is for eyes only: its tail may be lost when the process ends fast
 * (microsoft/node-pty#72), so no data is ever read from it.
 */
export async function spawnPty(
  file: string,
  args: readonly string[],
  options: PtyOptions,
): Promise<PtyProcess | undefined> {
  const pty = await load();
  if (pty === undefined) return undefined;
  const child: IPty = pty.spawn(file, [...args], {
    name: 'xterm-256color',
    cwd: options.cwd,
    env: options.env,
    cols: options.columns,
    rows: options.rows,
  });
  return {
    pid: child.pid,
    onData: (listener) => void child.onData(listener),
    onExit: (listener) => void child.onExit(listener),
    write: (text) => {
      child.write(text);
    },
    resize: (columns, rows) => {
      child.resize(Math.max(2, columns), Math.max(1, rows));
    },
    kill: () => {
      child.kill();
    },
  };
}

async function load(): Promise<{ readonly spawn: typeof spawn } | undefined> {
  if (loaded !== undefined || reason !== undefined) return loaded;
  // On musl the binary for glibc loads, and then crashes the whole process at the first spawn.
  if (process.platform === 'linux' && !hasGlibc()) {
    reason = 'node-pty has no binary for musl libc';
  } else {
    try {
      loaded = await import('node-pty');
    } catch (error) {
      reason = messageOf(error);
    }
  }
  if (reason !== undefined) log().warn(`No pseudo-terminal here, operations run without one: ${reason}`);
  return loaded;
}

function hasGlibc(): boolean {
  const report = process.report.getReport() as {
    readonly header?: { readonly glibcVersionRuntime?: string };
  };
  return report.header?.glibcVersionRuntime !== undefined;
}
