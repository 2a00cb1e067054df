import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';

export type ScriptResult =
  | { readonly ok: true; readonly value: Readonly<Record<string, unknown>>; readonly stderr: string }
  /** What happened, in a few words, and the last lines of the process' error output. */
  | { readonly ok: false; readonly reason: string };

const TIMEOUT = 30_000;

/**
 * Folder of an optional package: installed in the current folder (the user's workspace) or beside this program.
 * @returns undefined when it is in neither
 */
export function packageFolder(name: string): string | undefined {
  for (const from of [path.join(process.cwd(), 'package.json'), __filename]) {
    const paths = createRequire(from).resolve.paths(`${name}/package.json`) ?? [];
    const found = paths
      .map((folder) => path.join(folder, name))
      .find((folder) => existsSync(path.join(folder, 'package.json')));
    if (found !== undefined) return found;
  }
  return undefined;
}

/**
 * Runs a small script in a process of its own, so that a native library that crashes or hangs takes nothing with it. The
 * script gets `argument` as `process.argv[1]` and prints one JSON object as its last line.
 */
export function runProbe(script: string, argument: string): Promise<ScriptResult> {
  // Inside VS Code the executable is Electron; this makes it Node.
  const env = { ...process.env, ELECTRON_RUN_AS_NODE: '1' };
  return new Promise((resolve) => {
    const options = { env, timeout: TIMEOUT, killSignal: 'SIGKILL' as const, windowsHide: true };
    execFile(process.execPath, ['-e', script, argument], options, (error, stdout, stderr) => {
      const value = lastObject(stdout);
      if (error === null && value !== undefined) {
        resolve({ ok: true, value, stderr });
        return;
      }
      const lines = stderr
        .trim()
        .split('\n')
        .filter((line) => line.trim() !== '');
      const message = lines.find((line) => /^\w*Error\b/.test(line)) ?? lines.at(-1) ?? 'no message';
      const end =
        error === null
          ? 'gave no answer'
          : error.killed === true
            ? 'was still loading after 30 seconds'
            : endOf(error);
      resolve({ ok: false, reason: `${end}: ${message.slice(0, 300)}` });
    });
  });
}

function endOf(error: { readonly signal?: NodeJS.Signals | null; readonly code?: unknown }): string {
  if (error.signal !== undefined && error.signal !== null) return `crashed with ${error.signal}`;
  return 'failed to load';
}

function lastObject(stdout: string): Readonly<Record<string, unknown>> | undefined {
  const line = stdout.trim().split('\n').at(-1) ?? '';
  if (!line.startsWith('{')) return undefined;
  return JSON.parse(line) as Readonly<Record<string, unknown>>;
}
