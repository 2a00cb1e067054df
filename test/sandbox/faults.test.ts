import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { cpSync, existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { providerDataFolder } from '../../server/providers/dataFolder';
import type { SandboxSession } from '../../server/sandbox/sandbox';
import { startSimulator } from '../../server/sandbox/simulatorProcess';
import { Workspace, describeWithTerraform, simulatorProgram } from './realTerraform';

interface Running {
  readonly child: ChildProcess;
  readonly text: () => string;
  readonly ended: Promise<number | null>;
}

const slow = JSON.stringify({ rules: [{ address: 'aws_s3_bucket.slow', delay: 600 }] });
const main = `
resource "aws_sqs_queue" "quick" { name = "quick" }
resource "aws_s3_bucket" "slow" {
  bucket     = "slow"
  depends_on = [aws_sqs_queue.quick]
}
`;

function start(session: SandboxSession, ...args: readonly string[]): Running {
  const child = spawn('terraform', [...args, '-no-color'], {
    cwd: session.workingDirectory,
    env: session.env,
  });
  let text = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (part: Buffer) => (text += part.toString()));
  return { child, text: () => text, ended: new Promise((resolve) => child.once('close', resolve)) };
}

async function until(condition: () => boolean): Promise<void> {
  for (let round = 0; !condition(); round++) {
    if (round > 400) throw new Error('it did not happen');
    await new Promise((resolve) => setTimeout(resolve, 25));
  }
}

function simulatorOf(session: { readonly env: NodeJS.ProcessEnv }): { pid: number; socket: string } {
  const all = JSON.parse(session.env.TF_REATTACH_PROVIDERS ?? '{}') as Record<
    string,
    { Pid: number; Addr: { String: string } }
  >;
  const [provider] = Object.values(all);
  if (provider === undefined) throw new Error('no provider is served');
  return { pid: provider.Pid, socket: provider.Addr.String };
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    // A zombie that nobody has waited for is dead enough.
    return !/^State:\s+Z/m.test(readFileSync(`/proc/${pid}/status`, 'utf8'));
  } catch {
    return false;
  }
}

describeWithTerraform('faults in the sandbox', () => {
  let work: Workspace;
  beforeEach(() => {
    work = new Workspace({ 'main.tf': main, 'slow.sandbox.json': slow });
  });
  afterEach(() => work.dispose());
  const applySlowly = async (): Promise<{ session: SandboxSession; apply: Running }> => {
    const session = await work.open();
    assert.equal((await work.terraform('init')).code, 0);
    const apply = start(session, 'apply', '-auto-approve');
    await until(() => apply.text().includes('aws_s3_bucket.slow: Creating'));
    return { session, apply };
  };

  it('providers killed in the middle of an apply: terraform says so, the state is good, the next command works', async () => {
    const { session, apply } = await applySlowly();
    process.kill(simulatorOf(session).pid, 'SIGKILL');
    assert.equal(await apply.ended, 1);
    assert.match(apply.text(), /Error: (Request cancelled|Plugin did not respond|.*transport)/i);
    const state = JSON.parse(readFileSync(session.stateFile, 'utf8')) as { resources: { type: string }[] };
    assert.deepEqual(
      state.resources.map(({ type }) => type),
      ['aws_sqs_queue'],
    );
    rmSync(path.join(work.folder, 'slow.sandbox.json'));
    await work.open();
    const next = await work.terraform('apply', '-auto-approve');
    assert.match(next.stdout, /1 added/, next.stderr);
  });

  it("a second apply meanwhile: terraform's own lock error, and the first one goes on", async () => {
    const { apply } = await applySlowly();
    const second = await work.beside('apply', '-auto-approve');
    assert.equal(second.code, 1);
    assert.match(second.stderr, /Error acquiring the state lock/);
    assert.equal((await work.beside('plan', '-lock=false')).code, 0, 'looking is possible');
    assert.equal(apply.child.exitCode, null);
    apply.child.kill('SIGINT');
    assert.equal(await apply.ended, 1);
  });

  it('terraform killed in the middle of an apply: the next command works', async () => {
    const { apply } = await applySlowly();
    apply.child.kill('SIGKILL');
    await apply.ended;
    rmSync(path.join(work.folder, 'slow.sandbox.json'));
    await work.open();
    const next = await work.terraform('apply', '-auto-approve');
    assert.match(next.stdout, /1 added/, next.stderr);
  });

  it('a damaged state: terraform says so, nothing else breaks', async () => {
    rmSync(path.join(work.folder, 'slow.sandbox.json'));
    assert.equal((await work.terraform('apply', '-auto-approve')).code, 0);
    const { stateFile } = await work.open();
    writeFileSync(stateFile, '{"version": 4, "resou');
    await work.open();
    const plan = await work.terraform('plan');
    assert.equal(plan.code, 1);
    assert.match(plan.stderr, /state/i);
    rmSync(stateFile);
    await work.open();
    assert.equal((await work.terraform('plan')).code, 0);
  });

  it('a resource type that does not exist: the error of terraform with its suggestion', async () => {
    work.write({
      'main.tf': 'resource "aws_s3_bucke" "b" {}\n',
      'slow.sandbox.json': '{}',
    });
    const validate = await work.terraform('validate');
    assert.match(validate.stderr, /on main\.tf line 1[^]*does not support resource type "aws_s3_bucke"/);
    assert.match(validate.stderr, /Did\s+you\s+mean\s+"aws_s3_bucket"\?/);
  });

  it('a damaged schema file: named, that provider guessed, the others served as ever', async () => {
    const dataFolder = path.join(work.top, 'schemas');
    cpSync(providerDataFolder(), dataFolder, { recursive: true });
    const manifest = JSON.parse(readFileSync(path.join(dataFolder, 'manifest.json'), 'utf8')) as {
      providers: { source: string; file: string }[];
    };
    const file = manifest.providers.find(({ source }) => source.endsWith('hashicorp/random'))?.file ?? '';
    writeFileSync(path.join(dataFolder, file), 'not a schema');
    work.write({
      'main.tf':
        'resource "random_pet" "p" { length = 2 }\nresource "aws_vpc" "v" { cidr_blok = "10.0.0.0/16" }\n',
      'slow.sandbox.json': '{}',
    });
    const session = await work.open({ dataFolder });
    assert.match(session.notices.join('\n'), new RegExp(`hashicorp/random.*${file.replace('.', '\\.')}`));
    assert.deepEqual(
      session.providers.map(({ source, inferred }) => [source.split('/').at(-1), inferred]),
      [
        ['aws', false],
        ['random', true],
      ],
    );
    assert.equal((await work.terraform('init')).code, 0);
    assert.match((await work.terraform('validate')).stderr, /Did\s+you\s+mean\s+"cidr_block"\?/);
  });

  it('a parent that dies: its providers end once terraform has', async () => {
    const script = path.join(work.top, 'parent.cjs');
    const request = {
      dataFolder: providerDataFolder(),
      identifiersFile: path.join(work.top, 'ids.txt'),
      providers: [
        {
          source: 'registry.terraform.io/hashicorp/null',
          types: { resource: ['null_resource'], data: [], ephemeral: [] },
        },
      ],
    };
    const simulator = await startSimulator(
      { ...request, providers: request.providers.map((each) => ({ ...each, inferred: undefined })) },
      { entry: simulatorProgram(), execArgv: [], env: process.env },
    );
    await simulator.stop();
    // The same, started by a process that is killed.
    writeFileSync(
      script,
      `const child = require('node:child_process').spawn(process.execPath, [${JSON.stringify(simulatorProgram())}], { stdio: ['pipe', 'pipe', 'inherit'], detached: true });
child.stdin.write(${JSON.stringify(JSON.stringify(request))} + '\\n');
child.stdout.pipe(process.stdout);`,
    );
    const parent = spawn(process.execPath, [script], { stdio: ['ignore', 'pipe', 'inherit'] });
    let line = '';
    parent.stdout.on('data', (part: Buffer) => (line += part.toString()));
    await until(() => line.includes('\n'));
    const { reattach } = JSON.parse(line) as { reattach: object };
    const { pid, socket } = simulatorOf({ env: { TF_REATTACH_PROVIDERS: JSON.stringify(reattach) } });
    assert.ok(isAlive(pid));
    parent.kill('SIGKILL');
    await until(() => !isAlive(pid) && !existsSync(socket));
  }).timeout(30_000);

  it('a workspace with a hostile name: refused by terraform, nothing outside is touched', async () => {
    rmSync(path.join(work.folder, 'slow.sandbox.json'));
    assert.equal((await work.terraform('plan')).code, 0);
    for (const name of ['../../up', '..', 'a/b', 'é😀', '"quoted"', 'x'.repeat(300)]) {
      const outcome = await work.terraform('workspace', 'new', name);
      if (outcome.code === 0)
        assert.match((await work.terraform('workspace', 'select', 'default')).stdout, /default/);
    }
    assert.equal(existsSync(path.join(work.top, 'up')), false);
    assert.equal((await work.terraform('plan')).code, 0);
  });
});
