import { spawn } from 'node:child_process';

/** A terraform that does not answer within this time never will. */
const longestMilliseconds = 180_000;
const keptComplaints = 4000;

export interface TerraformRun {
  readonly arguments: readonly string[];
  readonly directory: string;
  readonly environment: NodeJS.ProcessEnv;
  readonly signal: AbortSignal;
  /** Exit codes with which the output is an answer. */
  readonly accepted?: readonly number[];
}

/**
 * Runs a terraform or tofu and gives its output as it comes.
 *
 * @throws with what the program complains about, in one line
 */
export async function* runTerraform(program: string, run: TerraformRun): AsyncGenerator<Uint8Array> {
  const child = spawn(program, run.arguments, {
    cwd: run.directory,
    env: run.environment,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    signal: AbortSignal.any([run.signal, AbortSignal.timeout(longestMilliseconds)]),
  });
  let complaints = '';
  child.stderr.on('data', (part: Buffer) => {
    complaints = (complaints + part.toString('utf8')).slice(-keptComplaints);
  });
  const ended = new Promise<number | null>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', resolve);
  });
  // Where the output breaks off, the reason is told below.
  ended.catch(() => undefined);
  try {
    for await (const part of child.stdout) yield part as Uint8Array;
    const code = await ended;
    if (code === null || !(run.accepted ?? [0]).includes(code))
      throw new Error(oneLine(complaints) || `${program} ended with exit code ${String(code)}`);
  } finally {
    child.kill();
  }
}

/** Terraform draws a frame around its errors and breaks their lines. */
function oneLine(text: string): string {
  return text.replaceAll(/[╷│╵]/g, ' ').replaceAll(/\s+/g, ' ').trim();
}
