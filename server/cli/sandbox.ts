import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { lstatSync, rmSync } from 'node:fs';
import path from 'node:path';
import { findTerraform } from '../operations/binary';
import { installedSandbox } from '../sandbox/installation';
import { openSandbox } from '../sandbox/sandbox';
import type { SandboxSession } from '../sandbox/sandbox';
import { UsageError } from './command';
import type { Command, CommandIo } from './command';

export const sandboxCommand: Command = {
  name: 'sandbox',
  summary: 'run terraform against simulated providers: no account, no credentials, no download',
  help: `Usage: terratrain sandbox TERRAFORM-ARGUMENTS... [-chdir=DIR]

Runs the real terraform with these arguments against simulated providers. Nothing real is created, read or changed, and
nothing is written into the configuration's folder: terraform runs in a shadow of it, with a state of its own that lasts
from command to command. "terraform init" is done by itself where it is needed.

Paths relative to the folder mean the same as ever; files that terraform writes there, such as plans, land in the shadow
and are found there again. Simulated values may differ from those of the real provider.

Options:
  -chdir=DIR   the folder of the root module; the current folder when left out

Environment:
  TERRATRAIN_TERRAFORM      the terraform or tofu to run, when it is not the one on PATH
  TERRATRAIN_SANDBOX_HOME   where shadows and sandbox states are kept

Exit code: terraform's own.

Examples:
  terratrain sandbox plan
  terratrain sandbox apply -auto-approve -chdir=infra
  terratrain sandbox plan -out=change.tfplan && terratrain sandbox show change.tfplan
`,
  run: runSandbox,
};

/** Commands that read neither providers nor modules, or prepare them themselves. */
const withoutInit = new Set(['init', 'get', 'version', 'fmt', 'login', 'logout', 'metadata', 'force-unlock']);

async function runSandbox(args: readonly string[], io: CommandIo): Promise<number> {
  const { directory, rest } = splitArguments(args);
  const command = rest.find((argument) => !argument.startsWith('-'));
  if (rest.length === 0) {
    throw new UsageError(
      'sandbox needs the arguments of a terraform command, for example "terratrain sandbox plan".',
    );
  }
  const binary = await findTerraform({ configured: io.env.TERRATRAIN_TERRAFORM, env: io.env });
  const session = await openSandbox({
    ...installedSandbox(),
    directory: path.resolve(io.cwd, directory),
    env: io.env,
  });
  try {
    announce(session, io);
    detachOutputs(rest, session.workingDirectory);
    if (
      command !== undefined &&
      !withoutInit.has(command) &&
      !rest.some((argument) => /^-+help$|^-h$/.test(argument))
    ) {
      const failed = await initialise(binary.path, session, io);
      if (failed !== undefined) return failed;
    }
    return await runTerraform(binary.path, completeArguments(rest, command, session, io), session, io);
  } finally {
    await session.dispose();
  }
}

/** Terraform wants -chdir before the command; here it may stand anywhere. */
function splitArguments(args: readonly string[]): { directory: string; rest: readonly string[] } {
  const rest = args.filter((argument) => !/^-{1,2}chdir(=|$)/.test(argument));
  const chosen = args.filter((argument) => !rest.includes(argument));
  if (chosen.length > 1) throw new UsageError('-chdir is given more than once.');
  const [option] = chosen;
  if (option === undefined) return { directory: '.', rest };
  const directory = option.replace(/^-{1,2}chdir=?/, '');
  if (directory === '') throw new UsageError('-chdir needs a folder, for example -chdir=infra.');
  return { directory, rest };
}

function announce(session: SandboxSession, io: CommandIo): void {
  const played = session.providers.map(({ source, version, inferred }) => {
    const name = source.replace(/^registry\.terraform\.io\//, '');
    return inferred ? `${name} (no schema, guessed from the configuration)` : `${name} ${version}`;
  });
  const providers = played.length === 0 ? 'no providers' : played.join(', ');
  io.stderr.write(`sandbox: simulated ${providers}. Nothing real is created or changed.\n`);
}

function completeArguments(
  args: readonly string[],
  command: string | undefined,
  session: SandboxSession,
  io: CommandIo,
): readonly string[] {
  if (command === undefined) return args;
  const given = (option: RegExp): boolean => args.some((argument) => option.test(argument));
  return [
    ...args,
    // Terraform colours what it prints also where no person reads it.
    ...(io.colour || given(/^-{1,2}no-color$/) ? [] : ['-no-color']),
    // The console looks for the default state file, whatever the backend says.
    ...(command !== 'console' || given(/^-{1,2}state(=|$)/) ? [] : [`-state=${session.stateFile}`]),
  ];
}

/** A link to a file of the person under the same name would be written through. */
function detachOutputs(args: readonly string[], workingDirectory: string): void {
  args.forEach((argument, index) => {
    const match = /^-{1,2}(?:out|state-out|generate-config-out|backup)(?:=(.*))?$/.exec(argument);
    const name = match === null ? undefined : (match[1] ?? args[index + 1]);
    if (name === undefined || path.isAbsolute(name)) return;
    const file = path.join(workingDirectory, name);
    if (lstatSync(file, { throwIfNoEntry: false })?.isSymbolicLink() === true) rmSync(file);
  });
}

/** Quiet while it works: it takes 50 ms, because there is nothing to download. Returns its exit code when it fails. */
async function initialise(
  program: string,
  session: SandboxSession,
  io: CommandIo,
): Promise<number | undefined> {
  let output = '';
  const args = ['init', '-input=false', '-reconfigure', ...(io.colour ? [] : ['-no-color'])];
  const child = spawn(program, args, {
    cwd: session.workingDirectory,
    env: session.env,
    stdio: ['ignore', 'pipe', 'pipe'],
    windowsHide: true,
  });
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (output += part.toString('utf8')));
  const code = await exitCode(child);
  if (code === 0) return undefined;
  io.stderr.write(output);
  return code;
}

async function runTerraform(
  program: string,
  args: readonly string[],
  session: SandboxSession,
  io: CommandIo,
): Promise<number> {
  const direct = io.stdout === process.stdout && io.stderr === process.stderr && io.stdin === process.stdin;
  const child = spawn(program, [...args], {
    cwd: session.workingDirectory,
    // A person at a terminal may be asked.
    env: direct && process.stdin.isTTY ? { ...session.env, TF_INPUT: '1' } : session.env,
    stdio: direct ? 'inherit' : ['pipe', 'pipe', 'pipe'],
    windowsHide: true,
  });
  if (!direct) {
    child.stdout?.on('data', (part: Buffer) => io.stdout.write(part));
    child.stderr?.on('data', (part: Buffer) => io.stderr.write(part));
    pipeInput(io.stdin, child);
  }
  // A terminal sends Ctrl-C to terraform itself; a second one would make it drop everything.
  const onTerminal = direct && [process.stdin, process.stdout, process.stderr].some((stream) => stream.isTTY);
  const interrupt = (): void => {
    if (!onTerminal) child.kill('SIGINT');
  };
  io.signal.addEventListener('abort', interrupt, { once: true });
  const code = await exitCode(child);
  io.signal.removeEventListener('abort', interrupt);
  return code;
}

function pipeInput(input: NodeJS.ReadableStream, child: ChildProcess): void {
  const { stdin } = child;
  if (stdin === null) return;
  // Terraform ends without reading everything; what is left over is nobody's.
  stdin.on('error', () => input.unpipe(stdin));
  child.once('close', () => input.unpipe(stdin));
  input.pipe(stdin);
}

function exitCode(child: ChildProcess): Promise<number> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => {
      resolve(code ?? 1);
    });
  });
}
