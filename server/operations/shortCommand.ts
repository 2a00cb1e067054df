import { spawn } from 'node:child_process';

export interface ShortCommandResult {
  /** `undefined` when a signal or the time limit ended it. */
  readonly exitCode: number | undefined;
  readonly stdout: string;
  readonly stderr: string;
}

/**
 * Runs a command that only reads (`version`, `show`, `state pull`) and keeps its output in memory. Never use it for one
 * that changes something: a pipe whose reader dies kills the writer.
 *
 * @param milliseconds After which it is ended; 0 for no limit.
 * @throws The system's error (`ENOENT`, `EACCES`) when the program does not start.
 */
export function runShortCommand(
  program: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly milliseconds?: number },
): Promise<ShortCommandResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env,
      stdio: ['ignore', 'pipe', 'pipe'],
      windowsHide: true,
      timeout: options.milliseconds ?? 0,
      killSignal: 'SIGKILL',
    });
    const stdout: Buffer[] = [];
    const stderr: Buffer[] = [];
    child.stdout.on('data', (bytes: Buffer) => stdout.push(bytes));
    child.stderr.on('data', (bytes: Buffer) => stderr.push(bytes));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({
        exitCode: code ?? undefined,
        stdout: Buffer.concat(stdout).toString('utf8'),
        stderr: Buffer.concat(stderr).toString('utf8'),
      });
    });
  });
}
