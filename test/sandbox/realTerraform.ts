import { buildSync } from 'esbuild';
import { spawn, spawnSync } from 'node:child_process';
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { providerDataFolder } from '../../server/providers/dataFolder';
import { openSandbox } from '../../server/sandbox/sandbox';
import type { SandboxOptions, SandboxSession } from '../../server/sandbox/sandbox';

const found = spawnSync('terraform', ['version'], { encoding: 'utf8' }).status === 0;

/** Cases that run the real terraform; where there is none they are left out, with one line that says so. */
export function describeWithTerraform(title: string, cases: (this: Mocha.Suite) => void): void {
  if (found) describe(title, cases);
  else process.stdout.write(`  ${title}: left out, because there is no terraform on PATH\n`);
}

let program: string | undefined;

/** The simulator, built as it ships: a child process that starts in a fraction of the time of its source. */
export function simulatorProgram(): string {
  if (program === undefined) {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-simulator-'));
    process.once('exit', () => {
      rmSync(folder, { recursive: true, force: true });
    });
    program = path.join(folder, 'sandbox.js');
    const entry = path.join(__dirname, '../../server/sandbox/main.ts');
    buildSync({ entryPoints: [entry], outfile: program, bundle: true, platform: 'node', target: 'node20' });
  }
  return program;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** A person's folder with a configuration, and the sandbox's home beside it. Gone after `dispose`. */
export class Workspace {
  readonly folder: string;
  private session: SandboxSession | undefined;

  constructor(
    files: Readonly<Record<string, string>>,
    private readonly root = '.',
    name = 'work',
    readonly top = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'terratrain-test-'))),
  ) {
    this.folder = path.join(this.top, name);
    this.write(files);
  }

  write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(this.folder, name);
      mkdirSync(path.dirname(file), { recursive: true });
      writeFileSync(file, text);
    }
  }

  get env(): NodeJS.ProcessEnv {
    return { ...process.env, TERRATRAIN_SANDBOX_HOME: path.join(this.top, 'home') };
  }

  async open(options: Partial<SandboxOptions> = {}): Promise<SandboxSession> {
    await this.close();
    this.session = await openSandbox(this.options(options));
    return this.session;
  }

  private options(options: Partial<SandboxOptions> = {}): SandboxOptions {
    return {
      directory: path.join(this.folder, this.root),
      dataFolder: providerDataFolder(),
      sandboxEntry: simulatorProgram(),
      env: this.env,
      ...options,
    };
  }

  /** Runs terraform in the open session; the first run of a session initialises. */
  async terraform(...args: readonly string[]): Promise<Outcome> {
    if (this.session === undefined) {
      await this.open();
      const init = await this.terraform('init');
      if (init.code !== 0) return init;
    }
    const { workingDirectory, env } = this.session ?? { workingDirectory: '', env: {} };
    return runProgram(
      'terraform',
      [...args, ...(args[0] === 'metadata' ? [] : ['-no-color'])],
      workingDirectory,
      env,
    );
  }

  /** Runs terraform in a session of its own, as another terminal would. */
  async beside(...args: readonly string[]): Promise<Outcome> {
    const session = await openSandbox(this.options());
    try {
      const init = await runProgram(
        'terraform',
        ['init', '-input=false'],
        session.workingDirectory,
        session.env,
      );
      if (init.code !== 0) return init;
      return await runProgram('terraform', [...args, '-no-color'], session.workingDirectory, session.env);
    } finally {
      await session.dispose();
    }
  }

  async close(): Promise<void> {
    await this.session?.dispose();
    this.session = undefined;
  }

  async dispose(): Promise<void> {
    await this.close();
    rmSync(this.top, { recursive: true, force: true });
  }
}

export function runProgram(
  program: string,
  args: readonly string[],
  cwd: string,
  env: NodeJS.ProcessEnv,
): Promise<Outcome> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...args], { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    let stdout = '';
    let stderr = '';
    child.stdout.on('data', (part: Buffer) => (stdout += part.toString('utf8')));
    child.stderr.on('data', (part: Buffer) => (stderr += part.toString('utf8')));
    child.once('error', reject);
    child.once('close', (code) => {
      resolve({ code: code ?? -1, stdout, stderr });
    });
  });
}

/** Every file under a folder with its contents and time of change: equal before and after means nobody wrote. */
export function snapshot(folder: string): Readonly<Record<string, string>> {
  const files: Record<string, string> = {};
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name);
    if (entry.isFile())
      files[path.relative(folder, file)] = `${statSync(file).mtimeMs} ${readFileSync(file, 'utf8')}`;
  }
  return files;
}
