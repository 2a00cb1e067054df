import { spawn } from 'node:child_process';
import path from 'node:path';

/** A provider that does not answer within this time never will. */
const longestMilliseconds = 180_000;
const keptComplaints = 4000;

/**
 * Runs `providers schema -json` of a terraform or tofu in a directory, and gives its output as it comes.
 *
 * @param directory holds the requirements and a `terraform.rc`, which takes the place of the person's configuration of
 *   the command line: providers under development are not what a lock file names
 * @throws with what the program complains about, in one line
 */
export async function* runProvidersSchema(
  program: string,
  directory: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const child = spawn(program, ['providers', 'schema', '-json', '-no-color'], {
    cwd: directory,
    env: environment(directory),
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
    signal: AbortSignal.any([signal, AbortSignal.timeout(longestMilliseconds)]),
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
    if (code !== 0) throw new Error(oneLine(complaints) || `${program} ended with exit code ${String(code)}`);
  } finally {
    child.kill();
  }
}

/** The person's environment without what would make terraform do something else than it is asked for. */
function environment(directory: string): NodeJS.ProcessEnv {
  const stays = Object.entries(process.env).filter(([name]) => !/^TF_/i.test(name));
  return {
    ...Object.fromEntries(stays),
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_CLI_CONFIG_FILE: path.join(directory, 'terraform.rc'),
  };
}

/** Terraform draws a frame around its errors and breaks their lines. */
function oneLine(text: string): string {
  return text.replaceAll(/[╷│╵]/g, ' ').replaceAll(/\s+/g, ' ').trim();
}
