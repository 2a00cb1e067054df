import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { findTerraform } from '../operations/binary';
import { describeSimulation } from '../operations/simulation';
import { installedSandbox } from '../sandbox/installation';
import { describeProviders, openSandbox } from '../sandbox/sandbox';
import type { SandboxSession } from '../sandbox/sandbox';
import { UsageError } from './command';
import type { Command, CommandIo } from './command';
import { readSandboxArguments } from './sandboxArguments';
import type { SandboxArguments } from './sandboxArguments';

export const sandboxCommand: Command = {
  name: 'sandbox',
  summary: 'run terraform against simulated providers: no account, no credentials, no download',
  help: `Usage: terratrain sandbox TERRAFORM-ARGUMENTS... [OPTIONS]

Runs the real terraform with these arguments against simulated providers. Nothing real is created, read or changed, and
nothing is written into the configuration's folder: terraform runs in a shadow of it, with a state of its own that lasts
from command to command. "terraform init" is done by itself where it is needed.

Paths relative to the folder mean the same as ever; files that terraform writes there, such as plans, land in the shadow
and are found there again. Simulated values may differ from those of the real provider. Files *.sandbox.json in the
folder say what the providers answer and what goes wrong: see docs/sandbox.md.

Options:
  -chdir=DIR              the folder of the root module; the current folder when left out
  --scenario=NAME         play only this scenario file of the folder (can be given more than once), or "none"
  --stub-modules          stand-ins for modules that are not on this machine
  --allow-provisioners    really run provisioners, in the shadow and with your rights; for this run only

Environment:
  TERRATRAIN_TERRAFORM      the terraform or tofu to run, when it is not the one on PATH
  TERRATRAIN_SANDBOX_HOME   where shadows and sandbox states are kept

Exit code: terraform's own.

Examples:
  terratrain sandbox plan
  terratrain sandbox apply -auto-approve -chdir=infra
  terratrain sandbox plan -out=change.tfplan && terratrain sandbox show change.tfplan
  terratrain sandbox apply -auto-approve --scenario=no-capacity
`,
  run: runSandbox,
};

/** Commands that read neither providers nor modules, or prepare them themselves. */
const withoutInit = new Set(['init', 'get', 'version', 'metadata', 'force-unlock']);

async function runSandbox(args: readonly string[], io: CommandIo): Promise<number> {
  const read = readSandboxArguments(args);
  if (read.terraform.length === 0) {
    throw new UsageError(
      'sandbox needs the arguments of a terraform command, for example "terratrain sandbox plan".',
    );
  }
  const binary = await findTerraform({ configured: io.env.TERRATRAIN_TERRAFORM, env: io.env });
  const session = await openSandbox({
    ...installedSandbox(),
    directory: path.resolve(io.cwd, read.directory),
    env: io.env,
    allowProvisioners: read.allowProvisioners,
    stubModules: read.stubModules,
    scenarios: read.scenarios,
  });
  try {
    announce(session, io);
    for (const file of read.outputs) session.prepareOutput(file);
    for (const file of read.plans) session.checkPlan(file);
    if (read.command !== undefined && !withoutInit.has(read.command) && !read.asksForHelp) {
      const failed = await initialise(binary.path, session, io);
      if (failed !== undefined) return failed;
    }
    const code = await runTerraform(binary.path, completeArguments(read, session, io), session, io);
    sayWhere(read.generated, session, io);
    return code;
  } finally {
    await session.dispose();
  }
}

function announce(session: SandboxSession, io: CommandIo): void {
  const providers = describeProviders(session.providers);
  for (const line of describeSimulation(session, { providers, howToRun: '--allow-provisioners runs them' })) {
    io.stderr.write(`${line}\n`);
  }
}

/** What terraform writes for people to keep is not where they would look for it. */
function sayWhere(files: readonly string[], session: SandboxSession, io: CommandIo): void {
  for (const file of files) {
    const place = path.resolve(session.workingDirectory, file);
    if (existsSync(place)) io.stderr.write(`sandbox: ${file} is in the shadow, at ${place}\n`);
  }
}

function completeArguments(
  { terraform, command }: SandboxArguments,
  session: SandboxSession,
  io: CommandIo,
): readonly string[] {
  if (command === undefined) return terraform;
  const given = (option: RegExp): boolean => terraform.some((argument) => option.test(argument));
  return [
    ...terraform,
    // Terraform colours what it prints also where no person reads it; some commands have nothing to colour.
    ...(io.colour || colourless.has(command) || given(/^-{1,2}no-color$/) ? [] : ['-no-color']),
    // The console looks for the default state file, whatever the backend says.
    ...(command !== 'console' || given(/^-{1,2}state(=|$)/) ? [] : [`-state=${session.selectedStateFile}`]),
  ];
}

const colourless = new Set(['metadata']);

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
  if (/Failed to download module|Module not installed|Could not download module/.test(output)) {
    io.stderr.write(
      'sandbox: a module here differs from what was downloaded, and the sandbox downloads nothing. Run "terraform get" in the folder, or give --stub-modules.\n',
    );
  }
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
  // Should this process be killed, terraform still gets its answers.
  if (child.pid !== undefined) session.holdFor(child.pid);
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
