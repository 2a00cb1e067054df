import { PassThrough } from 'node:stream';
import { runCommandLine } from '../../server/cli/main';

const loader = 'tsx';

export interface Result {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the command line inside this process, as if it were typed in `cwd`. */
export async function terratrain(
  cwd: string,
  args: readonly string[],
  options: { readonly env?: NodeJS.ProcessEnv; readonly signal?: AbortSignal } = {},
): Promise<Result> {
  // Commands are loaded with import(), which needs a TypeScript loader of its own beside the test runner's.
  await import(loader);
  const stdout = new PassThrough();
  const stderr = new PassThrough();
  const out: string[] = [];
  const err: string[] = [];
  stdout.on('data', (chunk: Buffer) => out.push(chunk.toString()));
  stderr.on('data', (chunk: Buffer) => err.push(chunk.toString()));
  const code = await runCommandLine(args, {
    stdout,
    stderr,
    stdin: new PassThrough(),
    cwd,
    env: options.env ?? process.env,
    colour: false,
    signal: options.signal ?? new AbortController().signal,
  });
  await new Promise((resolve) => setImmediate(resolve));
  return { code, stdout: out.join(''), stderr: err.join('') };
}
