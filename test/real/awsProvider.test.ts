import assert from 'node:assert/strict';
import { spawn, type ChildProcess } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from '../../server/hcl/parser';
import { freePort, runNode } from '../support/processes';

const root = path.resolve(__dirname, '../..');
const example = path.join(root, 'examples/image-classifier');
const cliConfig = process.env.TERRATRAIN_TEST_CLI_CONFIG;
const moto = process.env.TERRATRAIN_TEST_MOTO;

// The real AWS provider and an AWS API on loopback are on some machines only; without them there is nothing to ask.
if (cliConfig === undefined || moto === undefined) {
  process.stdout.write(
    'No real AWS provider or API here: the test of the target "real" against them does not run.\n',
  );
} else {
  describe('the target real, with the real AWS provider against an AWS API on loopback', () => {
    let folder: string;
    let server: ChildProcess;
    let port: number;
    let env: NodeJS.ProcessEnv;

    before(async function () {
      this.timeout(60_000);
      folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-real-'));
      port = await freePort();
      server = spawn(moto, ['-H', '127.0.0.1', '-p', String(port)], { stdio: 'ignore' });
      await answers(`http://127.0.0.1:${port}/moto-api/`);
      cpSync(path.join(example, 'modules'), path.join(folder, 'modules'), { recursive: true });
      writeFileSync(path.join(folder, 'main.tf'), configuration(port));
      env = { ...process.env, TF_CLI_CONFIG_FILE: cliConfig };
    });

    after(() => {
      server.kill('SIGKILL');
      rmSync(folder, { recursive: true, force: true });
    });

    it("plans and applies the example's buckets and repository, then has nothing left to do", async function () {
      this.timeout(420_000);
      const plan = path.join(folder, 'create.tfplan');
      const cli = (...args: string[]) =>
        runNode([path.join(root, 'dist/cli.js'), ...args], { cwd: folder, env });

      const planned = await cli('plan', '--out', plan, '--json');
      assert.equal(planned.code, 2, planned.stderr);
      const model = JSON.parse(planned.stdout) as {
        changes: { address: string; action: string }[];
        target: string;
      };
      assert.equal(model.target, 'real');
      const created = model.changes
        .filter((change) => change.action === 'create')
        .map((change) => change.address);
      assert.ok(created.includes('aws_ecr_repository.server'), created.join(' '));
      assert.ok(created.includes('module.bucket["models"].aws_s3_bucket.this'), created.join(' '));

      const applied = await cli('apply', plan);
      assert.equal(applied.code, 0, applied.stdout + applied.stderr);
      const bucket = await fetch(`http://127.0.0.1:${port}/image-classifier-models`, { method: 'HEAD' });
      assert.equal(bucket.status, 200, 'the bucket is not there');

      const again = await cli('plan');
      assert.equal(again.code, 0, again.stdout + again.stderr);

      const gone = path.join(folder, 'destroy.tfplan');
      assert.equal((await cli('plan', '--destroy', '--out', gone)).code, 2);
      assert.equal((await cli('apply', gone)).code, 0);
      const missing = await fetch(`http://127.0.0.1:${port}/image-classifier-models`, { method: 'HEAD' });
      assert.equal(missing.status, 404, 'the bucket is still there');
    });
  });
}

/** The example's buckets and repository as they stand in the example, under a provider that asks the API on loopback. */
function configuration(apiPort: number): string {
  const endpoint = `http://127.0.0.1:${apiPort}`;
  const source = (file: string, labels: readonly string[]): string => {
    const text = readFileSync(path.join(example, file), 'utf8');
    const block = parse(text).body.items.find(
      (item) =>
        item.kind === 'block' &&
        labels.every(
          (label, index) => [item.type, ...item.labels.map((each) => each.value)][index] === label,
        ),
    );
    assert.ok(block, `${labels.join('.')} is not in ${file} of the example`);
    return text.slice(block.range.start, block.range.end);
  };
  return `
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  region                      = "us-west-2"
  access_key                  = "test"
  secret_key                  = "test"
  skip_credentials_validation = true
  skip_metadata_api_check     = true
  s3_use_path_style           = true
  endpoints {
    s3        = "${endpoint}"
    s3control = "${endpoint}"
    ecr       = "${endpoint}"
    sts       = "${endpoint}"
    iam       = "${endpoint}"
  }
}
variable "project" { default = "image-classifier" }
locals {
  buckets = { data = "training images", models = "trained models" }
}
${source('main.tf', ['module', 'bucket'])}
${source('serving.tf', ['resource', 'aws_ecr_repository', 'server'])}
`;
}

async function answers(url: string): Promise<void> {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    const answer = await fetch(url).catch(() => undefined);
    if (answer !== undefined) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} did not answer within 30 seconds.`);
}
