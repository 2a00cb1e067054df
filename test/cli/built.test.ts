import assert from 'node:assert/strict';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { runNode, type Finished } from '../support/processes';

const root = path.resolve(__dirname, '../..');
const example = path.join(root, 'examples/image-classifier');

/** The built program, as a shell starts it. */
describe('dist/cli.js', function () {
  this.timeout(60_000);
  let folder: string;
  const cli = (args: readonly string[], input?: string): Promise<Finished> =>
    runNode([path.join(root, 'dist/cli.js'), ...args], {
      cwd: folder,
      env: { ...process.env, TERRATRAIN_SANDBOX_HOME: path.join(folder, 'sandbox') },
      ...(input === undefined ? {} : { input }),
    });

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-built-'));
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  });

  it('lists its commands and refuses others with one sentence and exit code 2', async () => {
    const help = await cli(['--help']);
    assert.equal(help.code, 0);
    for (const name of [
      'check',
      'format',
      'graph',
      'plan',
      'apply',
      'sandbox',
      'train',
      'predict',
      'serve',
      'demo',
      'lsp',
    ]) {
      assert.match(help.stdout, new RegExp(`^ {2}${name} `, 'm'));
    }
    const unknown = await cli(['chekc']);
    assert.equal(unknown.code, 2);
    assert.match(unknown.stderr, /^There is no command "chekc"[^\n]*\n$/);
    assert.equal((await cli(['check', '--frobnicate'])).code, 2);
  });

  it('finds no problem in the example and prints JSON alone', async () => {
    const { code, stdout, stderr } = await cli(['check', example, '--json']);
    assert.deepEqual([code, JSON.parse(stdout), stderr], [0, [], '']);
  });

  it('plans and applies the example in the sandbox, and leaves its folder as it was', async () => {
    const before = readdirSync(example, { recursive: true }).sort();
    const plan = path.join(folder, 'example.tfplan');
    const planned = await cli(['plan', example, '--sandbox', '--out', plan, '--json']);
    assert.equal(planned.code, 2, planned.stderr);
    const { summary } = JSON.parse(planned.stdout) as { summary: { create: number } };
    assert.equal(summary.create, 11);
    const applied = await cli(['apply', plan]);
    assert.equal(applied.code, 0, applied.stdout + applied.stderr);
    assert.match(applied.stdout, /11 added, 0 changed, 0 destroyed/);
    const listed = await cli(['sandbox', 'state', 'list', `-chdir=${example}`]);
    assert.equal(listed.code, 0, listed.stderr);
    assert.match(listed.stdout, /^aws_ecs_service\.server$/m);
    assert.deepEqual(readdirSync(example, { recursive: true }).sort(), before);
  });

  it('formats standard input', async () => {
    const { code, stdout } = await cli(['format', '-'], 'a=1\nlonger   = 2\n');
    assert.deepEqual([code, stdout], [0, 'a      = 1\nlonger = 2\n']);
  });

  it('says so where there is no Terraform', async () => {
    const checked = await cli(['check', folder]);
    assert.equal(checked.code, 0);
    assert.match(checked.stderr, /no Terraform files/);
    const planned = await cli(['plan', folder, '--sandbox']);
    assert.equal(planned.code, 1);
    assert.match(planned.stderr, /holds no Terraform configuration/);
  });

  it('survives random bytes and a file of two megabytes', async () => {
    writeFileSync(path.join(folder, 'noise.tf'), randomBytes(100_000));
    const noise = await cli(['check', folder, '--json']);
    assert.equal(noise.code, 1);
    assert.ok((JSON.parse(noise.stdout) as unknown[]).length > 0);
    rmSync(path.join(folder, 'noise.tf'));
    const blocks = Array.from(
      { length: 34_000 },
      (_, index) => `variable "v${index}" {\n  type = string\n  default = ""\n}\n`,
    );
    writeFileSync(path.join(folder, 'big.tf'), blocks.join(''));
    const big = await cli(['check', folder, '--json']);
    assert.equal(big.code, 0, big.stdout.slice(0, 400));
  });

  it('names the setting when there is no terraform', async () => {
    const nowhere = { ...process.env, PATH: folder };
    const { code, stderr } = await runNode([path.join(root, 'dist/cli.js'), 'plan', example, '--sandbox'], {
      cwd: folder,
      env: nowhere,
    });
    assert.equal(code, 1);
    assert.match(stderr, /terraform\.path|PATH/);
  });

  it('names the port that is taken', async () => {
    const taken = await listen();
    try {
      const address = taken.address();
      const port = typeof address === 'object' && address !== null ? address.port : 0;
      const model = path.join(folder, 'nothing');
      const missing = await cli(['serve', model]);
      assert.equal(missing.code, 1);
      assert.match(missing.stderr, /nothing/);
      const refused = await cli(['serve', await tinyRun(), '--port', String(port)]);
      assert.equal(refused.code, 1);
      assert.match(refused.stderr, new RegExp(String(port)));
    } finally {
      taken.close();
    }
  });

  /** A run of one epoch over few images, for a model to serve. */
  async function tinyRun(): Promise<string> {
    const text = JSON.stringify({
      name: 'tiny',
      recipe: 'image-classifier',
      data: {
        format: 'idx',
        path: path.join(example, 'data'),
        classes: Array.from({ length: 10 }, (_, digit) => String(digit)),
        limit: 64,
        testLimit: 10,
      },
      model: {
        input: [28, 28, 1],
        layers: [{ type: 'flatten' }, { type: 'dense', units: 10, activation: 'softmax' }],
      },
      optimizer: { type: 'adam' },
      loss: 'sparseCategoricalCrossentropy',
      epochs: 1,
      batchSize: 32,
      save: 'tiny.h5',
    });
    writeFileSync(path.join(folder, 'train.json'), text);
    const trained = await cli(['train', 'train.json', '--runs', 'runs']);
    assert.equal(trained.code, 0, trained.stderr);
    const [run] = readdirSync(path.join(folder, 'runs'));
    return path.join(folder, 'runs', run ?? '');
  }
});

function listen(): Promise<Server> {
  return new Promise((resolve) => {
    const server = createServer();
    server.listen(0, '127.0.0.1', () => {
      resolve(server);
    });
  });
}
