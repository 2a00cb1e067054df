import assert from 'node:assert/strict';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { UsageError } from '../../server/cli/command';
import { sandboxCommand } from '../../server/cli/sandbox';
import { MissingTerraformError } from '../../server/operations/binary';
import { SandboxError } from '../../server/sandbox/sandbox';
import { Workspace, describeWithTerraform, snapshot } from '../sandbox/realTerraform';
import type { Outcome } from '../sandbox/realTerraform';

const run = (cwd: string, env: NodeJS.ProcessEnv, ...args: readonly string[]): Promise<Outcome> =>
  type('', cwd, env, ...args);

async function type(
  text: string,
  cwd: string,
  env: NodeJS.ProcessEnv,
  ...args: readonly string[]
): Promise<Outcome> {
  const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
  const read = { stdout: '', stderr: '' };
  for (const name of ['stdout', 'stderr'] as const) {
    streams[name].on('data', (part: Buffer) => (read[name] += part.toString('utf8')));
  }
  const stdin = new PassThrough();
  stdin.end(text);
  const signal = new AbortController().signal;
  const code = await sandboxCommand.run(args, { ...streams, stdin, cwd, env, colour: false, signal });
  await new Promise((resolve) => setImmediate(resolve));
  return { code, ...read };
}

describe('terratrain sandbox', () => {
  it('says what is wrong with its arguments', async () => {
    await assert.rejects(run('.', process.env), UsageError);
    await assert.rejects(run('.', process.env, '-chdir=a', '-chdir=b', 'plan'), UsageError);
    await assert.rejects(run('.', process.env, '-chdir=', 'plan'), UsageError);
    await assert.rejects(run('.', { ...process.env, PATH: '' }, 'plan'), MissingTerraformError);
  });
});

describeWithTerraform('terratrain sandbox with the real terraform', () => {
  let work: Workspace;
  before(() => {
    work = new Workspace({
      'infra/main.tf':
        'variable "name" {}\nresource "aws_s3_bucket" "b" { bucket = var.name }\noutput "arn" { value = aws_s3_bucket.b.arn }\n',
      'infra/prod.tfvars': 'name = "models"\n',
      'infra/change.tfplan': 'a file of the person',
      'empty/readme.md': '',
    });
  });
  after(() => work.dispose());

  it('initialises by itself, keeps state from command to command and leaves the folder alone', async () => {
    const before = snapshot(work.folder);
    const plan = await run(
      work.folder,
      work.env,
      'plan',
      '-chdir=infra',
      '-var-file=prod.tfvars',
      '-out=change.tfplan',
    );
    assert.equal(plan.code, 0, plan.stderr);
    assert.match(plan.stdout, /Plan: 1 to add/);
    assert.match(plan.stderr, /^sandbox: simulated hashicorp\/aws \d+\.\d+\.\d+\. Nothing real/);
    const apply = await run(work.folder, work.env, '-chdir=infra', 'apply', 'change.tfplan');
    assert.equal(apply.code, 0, apply.stderr);
    const output = await run(path.join(work.folder, 'infra'), work.env, 'output', '-raw', 'arn');
    assert.equal(output.stdout, 'arn:aws:s3:::models');
    const infra = path.join(work.folder, 'infra');
    const answered = await type('aws_s3_bucket.b.id\n', infra, work.env, 'console', '-var-file=prod.tfvars');
    assert.equal(answered.stdout, '"models"\n', answered.stderr);
    assert.deepEqual(snapshot(work.folder), before);
  });

  it("ends with terraform's own exit code", async () => {
    const args = ['plan', '-chdir=infra', '-detailed-exitcode'];
    assert.equal((await run(work.folder, work.env, ...args, '-var=name=models')).code, 0);
    assert.equal((await run(work.folder, work.env, ...args, '-var=name=others')).code, 2);
    assert.equal((await run(work.folder, work.env, ...args, '-var-file=missing.tfvars')).code, 1);
    await assert.rejects(run(work.folder, work.env, 'plan', '-chdir=empty'), SandboxError);
    await assert.rejects(run(work.folder, work.env, 'plan', '-chdir=nowhere'), SandboxError);
  });
});
