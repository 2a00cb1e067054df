import { spawn, spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openSandbox } from '../../server/sandbox/sandbox';
import type { SandboxSession } from '../../server/sandbox/sandbox';
import { median, time } from '../measure';
import { readOptions } from '../options';
import { printTable, say } from '../table';
import type { Row } from '../table';
import { awsConfiguration, builtInConfiguration } from './configurations';

/** The promises of the sandbox, all with the real terraform. */
async function main(): Promise<void> {
  const { quick } = readOptions(process.argv.slice(2));
  const folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-bench-'));
  try {
    say(`The sandbox, node ${process.version}, ${versionOfTerraform()}\n`);
    const rows = [
      await planRow(folder, quick ? 3 : 15),
      await startRow(folder, quick ? 3 : 7),
      await memoryRow(folder),
    ];
    process.exitCode = printTable('The sandbox', rows) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function versionOfTerraform(): string {
  const { status, stdout } = spawnSync('terraform', ['version'], { encoding: 'utf8' });
  if (status !== 0) throw new Error('There is no terraform on PATH.');
  return stdout.split('\n')[0] ?? '';
}

/** Both take turns, so that a busy machine slows both alike; the ratio is that of the medians. */
async function planRow(folder: string, rounds: number): Promise<Row> {
  const built = prepared(folder, 'builtin', builtInConfiguration());
  const session = await open(folder, prepared(folder, 'aws', awsConfiguration()), false);
  const builtInEnv = {
    ...session.env,
    TF_REATTACH_PROVIDERS: '',
    TF_DATA_DIR: path.join(folder, 'builtin-data'),
  };
  try {
    run(['init'], built, builtInEnv);
    run(['init'], session.workingDirectory, session.env);
    const times = { sandbox: [] as number[], builtIn: [] as number[] };
    for (let round = 0; round < rounds; round++) {
      times.builtIn.push(planTime(built, builtInEnv));
      times.sandbox.push(planTime(session.workingDirectory, session.env));
    }
    const [sandbox, builtIn] = [median(times.sandbox), median(times.builtIn)];
    const ratio = sandbox / builtIn;
    return {
      what: 'plan of 500 resources against terraform_data',
      atLeast: '≤ 1.3×',
      measured: `${ratio.toFixed(2)}× (${seconds(sandbox)} against ${seconds(builtIn)})`,
      ok: ratio <= 1.3,
    };
  } finally {
    await session.dispose();
  }
}

/** From the start of the program to the first line of the plan, with everything kept from an earlier run. */
async function startRow(folder: string, rounds: number): Promise<Row> {
  const example = path.join(folder, 'image-classifier');
  cpSync(path.resolve('examples/image-classifier'), example, { recursive: true });
  const env = { ...process.env, TERRATRAIN_SANDBOX_HOME: path.join(folder, 'home') };
  await firstLine(example, env);
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) times.push(await firstLine(example, env));
  const typical = median(times);
  return {
    what: 'start to first plan line, the example',
    atLeast: '≤ 1.5 s',
    measured: seconds(typical),
    ok: typical <= 1500,
  };
}

function firstLine(example: string, env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((resolve, reject) => {
    const begin = performance.now();
    let first: number | undefined;
    const child = spawn(process.execPath, [path.join(__dirname, 'planProcess.js'), example], { env });
    let complaints = '';
    child.stderr.on('data', (part: Buffer) => (complaints += part.toString()));
    child.stdout.on('data', () => (first ??= performance.now() - begin));
    child.once('close', (code) => {
      if (code === 0 && first !== undefined) resolve(first);
      else reject(new Error(complaints));
    });
  });
}

/** The most memory the simulator ever had, after terraform asked for all of AWS and planned with it. */
async function memoryRow(folder: string): Promise<Row> {
  const what = 'memory of the simulator, all of AWS';
  const session = await open(folder, prepared(folder, 'memory', awsConfiguration()), true);
  try {
    run(['init'], session.workingDirectory, session.env);
    run(['providers', 'schema', '-json'], session.workingDirectory, session.env);
    run(['plan'], session.workingDirectory, session.env);
    const bytes = peakOf(session);
    if (bytes === undefined)
      return { what, atLeast: '≤ 150 MB', measured: 'only Linux tells', ok: undefined };
    const megabytes = bytes / 1024 / 1024;
    return { what, atLeast: '≤ 150 MB', measured: `${megabytes.toFixed(0)} MB`, ok: megabytes <= 150 };
  } finally {
    await session.dispose();
  }
}

function peakOf({ env }: SandboxSession): number | undefined {
  const served = JSON.parse(env.TF_REATTACH_PROVIDERS ?? '{}') as Readonly<
    Record<string, { readonly Pid: number }>
  >;
  const file = `/proc/${String(Object.values(served)[0]?.Pid)}/status`;
  const kilobytes = existsSync(file)
    ? /^VmHWM:\s+(\d+) kB/m.exec(readFileSync(file, 'utf8'))?.[1]
    : undefined;
  return kilobytes === undefined ? undefined : Number(kilobytes) * 1024;
}

function prepared(folder: string, name: string, text: string): string {
  const directory = path.join(folder, name);
  mkdirSync(directory, { recursive: true });
  writeFileSync(path.join(directory, 'main.tf'), text);
  return directory;
}

function open(folder: string, directory: string, wholeProviders: boolean): Promise<SandboxSession> {
  return openSandbox({
    directory,
    dataFolder: path.resolve('server/providers/data'),
    sandboxEntry: path.join(__dirname, 'simulatorProcess.js'),
    env: { ...process.env, TERRATRAIN_SANDBOX_HOME: path.join(folder, 'home') },
    wholeProviders,
  });
}

function planTime(cwd: string, env: NodeJS.ProcessEnv): number {
  return time(() => {
    run(['plan'], cwd, env);
  });
}

function run(args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): void {
  const { status, stderr } = spawnSync('terraform', args, { cwd, env, encoding: 'utf8', maxBuffer: 1 << 28 });
  if (status !== 0) throw new Error(`terraform ${args.join(' ')} failed:\n${stderr}`);
}

function seconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(2)} s`;
}

void main();
