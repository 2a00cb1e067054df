import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Workspace, describeWithTerraform, snapshot } from './realTerraform';
import type { Outcome } from './realTerraform';

const stack = `
variable "size" { default = 10 }
resource "aws_ebs_volume" "disk" {
  availability_zone = "us-east-1a"
  size              = var.size
}
resource "aws_s3_bucket" "data" { bucket = "training-data" }
resource "aws_s3_bucket_versioning" "data" {
  bucket = aws_s3_bucket.data.id
  versioning_configuration { status = "Enabled" }
}
output "bucket" { value = aws_s3_bucket.data.arn }
output "size" { value = aws_ebs_volume.disk.size }
`;
const test = `
run "plan" {
  command = plan
  assert {
    condition     = aws_ebs_volume.disk.size == 10
    error_message = "wrong size"
  }
}
run "bigger" {
  variables { size = 20 }
  assert {
    condition     = startswith(aws_ebs_volume.disk.id, "vol-") && output.size == 20
    error_message = "wrong volume"
  }
}
run "elsewhere" {
  module { source = "./check" }
  variables { arn = run.bigger.bucket }
  assert {
    condition     = output.part == "training-data"
    error_message = "wrong part"
  }
}
`;
const mocked = `
mock_provider "aws" {
  mock_resource "aws_s3_bucket" {
    defaults = { arn = "arn:aws:s3:::mocked" }
  }
}
run "mocks" {
  assert {
    condition     = output.bucket == "arn:aws:s3:::mocked"
    error_message = "not mocked"
  }
}
`;

describeWithTerraform('every command in the sandbox', () => {
  let work: Workspace;
  let untouched: Readonly<Record<string, string>>;
  before(() => {
    work = new Workspace({
      'main.tf': stack,
      'check/main.tf':
        'variable "arn" {}\nresource "random_id" "r" { byte_length = 2 }\noutput "part" { value = split(":", var.arn)[5] }\n',
      'tests/main.tftest.hcl': test,
      'tests/mocked.tftest.hcl': mocked,
    });
    untouched = snapshot(work.folder);
  });
  after(() => work.dispose());
  const succeeds = async (...args: readonly string[]): Promise<Outcome> => {
    const outcome = await work.terraform(...args);
    assert.equal(outcome.code, 0, `${args.join(' ')}\n${outcome.stdout}${outcome.stderr}`);
    return outcome;
  };

  it('init and validate', async () => {
    await work.open();
    assert.match((await succeeds('init')).stdout, /Terraform has been successfully initialized/);
    await succeeds('init', '-upgrade');
    assert.match((await succeeds('validate')).stdout, /The configuration is valid/);
    assert.match((await succeeds('version')).stdout, /^Terraform v/);
  });

  it('plan, show and graph of a plan', async () => {
    assert.match((await succeeds('plan', '-out=p.tfplan')).stdout, /Plan: 3 to add/);
    const shown = JSON.parse((await succeeds('show', '-json', 'p.tfplan')).stdout) as {
      resource_changes: unknown[];
    };
    assert.equal(shown.resource_changes.length, 3);
    assert.match((await succeeds('graph', '-plan=p.tfplan')).stdout, /aws_s3_bucket_versioning\.data/);
  });

  it('apply, output, show, refresh and graph', async () => {
    assert.match((await succeeds('apply', 'p.tfplan')).stdout, /3 added/);
    assert.equal((await succeeds('output', '-raw', 'bucket')).stdout, 'arn:aws:s3:::training-data');
    assert.match((await succeeds('show')).stdout, /resource "aws_s3_bucket" "data"/);
    await succeeds('refresh');
    assert.match((await succeeds('plan', '-refresh-only')).stdout, /No changes/);
    assert.match((await succeeds('graph')).stdout, /"aws_ebs_volume\.disk"/);
    assert.match((await succeeds('providers')).stdout, /registry\.terraform\.io\/hashicorp\/aws/);
    assert.match((await succeeds('providers', 'schema', '-json')).stdout, /"aws_s3_bucket"/);
    assert.match((await succeeds('metadata', 'functions', '-json')).stdout, /"cidrsubnet"/);
  });

  it('state, taint and replacement', async () => {
    assert.equal((await succeeds('state', 'list')).stdout.trim().split('\n').length, 3);
    assert.match((await succeeds('state', 'show', 'aws_ebs_volume.disk')).stdout, /vol-[0-9a-f]{17}/);
    await succeeds('state', 'mv', 'aws_ebs_volume.disk', 'aws_ebs_volume.other');
    await succeeds('state', 'mv', 'aws_ebs_volume.other', 'aws_ebs_volume.disk');
    await succeeds('taint', 'aws_ebs_volume.disk');
    assert.match((await succeeds('plan')).stdout, /aws_ebs_volume\.disk is tainted, so must be replaced/);
    await succeeds('untaint', 'aws_ebs_volume.disk');
    assert.match(
      (await succeeds('plan', '-replace=aws_ebs_volume.disk')).stdout,
      /will be replaced, as requested/,
    );
    assert.equal((await succeeds('plan', '-detailed-exitcode')).code, 0);
  });

  it('import of what was forgotten, and console', async () => {
    const id = (await succeeds('state', 'show', 'aws_ebs_volume.disk')).stdout;
    const volume = /\bid += "(vol-[0-9a-f]+)"/.exec(id)?.[1] ?? '';
    await succeeds('state', 'rm', 'aws_ebs_volume.disk');
    assert.match((await succeeds('import', 'aws_ebs_volume.disk', volume)).stdout, /Import successful/);
    await succeeds('apply', '-auto-approve');
    assert.equal((await succeeds('plan', '-detailed-exitcode')).code, 0, 'settled after one apply');
    const session = await work.open();
    const answer = await new Promise<string>((resolve) => {
      const child = spawn('terraform', ['console', `-state=${session.selectedStateFile}`], {
        cwd: session.workingDirectory,
        env: session.env,
      });
      let text = '';
      child.stdout.on('data', (part: Buffer) => (text += part.toString()));
      child.once('close', () => {
        resolve(text);
      });
      child.stdin.end('aws_s3_bucket.data.bucket\n');
    });
    assert.equal(answer, '"training-data"\n');
  });

  it('generates configuration for imports into the shadow', async () => {
    work.write({ 'import.tf': 'import {\n  to = aws_s3_bucket.found\n  id = "found"\n}\n' });
    const session = await work.open();
    session.prepareOutput('generated.tf');
    const plan = await work.terraform('plan', '-generate-config-out=generated.tf');
    assert.match(plan.stdout + plan.stderr, /aws_s3_bucket\.found/);
    assert.match(
      readFileSync(path.join(session.workingDirectory, 'generated.tf'), 'utf8'),
      /"aws_s3_bucket" "found"/,
    );
    assert.equal(existsSync(path.join(work.folder, 'generated.tf')), false);
    const { rmSync } = await import('node:fs');
    rmSync(path.join(work.folder, 'import.tf'));
    await work.open();
    assert.equal(
      existsSync(path.join(session.workingDirectory, 'generated.tf')),
      false,
      'gone with the next session',
    );
  });

  it('workspaces with states of their own', async () => {
    await succeeds('workspace', 'new', 'staging');
    assert.match((await work.terraform('state', 'list')).stderr, /No state file was found/);
    await succeeds('apply', '-auto-approve', '-target=aws_s3_bucket.data');
    const session = await work.open();
    assert.match(session.selectedStateFile, /staging/);
    assert.ok(existsSync(session.selectedStateFile));
    assert.match((await succeeds('workspace', 'list')).stdout, /\* staging/);
    await succeeds('destroy', '-auto-approve');
    await succeeds('workspace', 'select', 'default');
    await succeeds('workspace', 'delete', 'staging');
    assert.equal((await succeeds('state', 'list')).stdout.trim().split('\n').length, 3);
    assert.notEqual((await work.terraform('workspace', 'new', '../../escape')).code, 0);
  });

  it('test, with runs of other modules and with mocks', async () => {
    const outcome = await succeeds('test');
    assert.match(outcome.stdout, /4 passed, 0 failed/);
  }).timeout(40_000);

  it('destroy, and nothing of all this in the folder', async () => {
    assert.match((await succeeds('plan', '-destroy')).stdout, /3 to destroy/);
    assert.match((await succeeds('destroy', '-auto-approve')).stdout, /3 destroyed/);
    assert.deepEqual(snapshot(work.folder), untouched);
  });
});

describeWithTerraform('several commands at once', () => {
  it('share the providers of one session, and one state across sessions', async () => {
    const work = new Workspace({ 'main.tf': stack });
    try {
      const [first, second] = await Promise.all([work.terraform('plan'), work.terraform('validate')]);
      assert.deepEqual([first.code, second.code], [0, 0], first.stderr + second.stderr);
      const plan = (out: string): Promise<Outcome> => work.beside('plan', `-out=${out}`, '-lock-timeout=15s');
      const others = await Promise.all([plan('a.tfplan'), plan('b.tfplan'), work.beside('validate')]);
      for (const { code, stderr } of others) assert.equal(code, 0, stderr);
    } finally {
      await work.dispose();
    }
  });
});
