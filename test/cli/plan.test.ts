import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { hasTerraform, Workbench } from '../operations/realTerraform';
import { terratrain } from './commandLine';
import type { Result } from './commandLine';

const CONFIGURATION = `
variable "size" { type = number }
variable "token" {
  type      = string
  sensitive = true
  default   = "hf_SUPERSECRET_123"
}
resource "terraform_data" "a" { input = { size = var.size, token = var.token } }
output "size" { value = var.size }
`;

interface PlanDocument {
  readonly target: string;
  readonly planFile: string | null;
  readonly summary: { readonly create: number };
  readonly changes: readonly { readonly address: string }[];
}

describe('terratrain plan and apply', function () {
  this.timeout(60_000);
  let bench: Workbench;
  beforeEach(() => {
    bench = new Workbench(CONFIGURATION);
  });
  afterEach(() => {
    bench.dispose();
  });
  const run = (...args: readonly string[]): Promise<Result> => {
    const env = { ...process.env, XDG_STATE_HOME: path.join(bench.root, 'state') };
    return terratrain(bench.root, args, { env });
  };

  it('says what to install when there is no terraform', async () => {
    const { code, stderr } = await terratrain(bench.root, ['plan', 'module'], { env: { PATH: bench.root } });
    assert.equal(code, 1);
    assert.match(stderr, /^Neither terraform nor tofu was found on PATH\. Install /);
  });

  it('says so when a folder holds no configuration', async () => {
    const { code, stderr } = await run('plan', '.');
    assert.equal(code, 1);
    assert.match(stderr, /holds no Terraform configuration/);
  });

  it('refuses a plan file that it has not reviewed', async () => {
    const { code, stderr } = await run('apply', 'some.tfplan');
    assert.equal(code, 1);
    assert.match(stderr, /some\.tfplan\.review\.json does not exist\. .*terratrain plan --out/);
    fs.writeFileSync(path.join(bench.root, 'some.tfplan.review.json'), '{"version":1}');
    assert.match((await run('apply', 'some.tfplan')).stderr, /is not a review/);
  });

  if (hasTerraform) {
    it('plans, applies exactly that once, and then has nothing to do', async () => {
      const planning = await run('plan', 'module', '--var', 'size=1', '--out', 'one.tfplan');
      assert.equal(planning.code, 2, planning.stderr);
      assert.match(planning.stdout, /\+ terraform_data\.a will be created/);
      assert.match(planning.stdout, /\+ input\.token +\(sensitive\)/);
      assert.match(planning.stdout, /^Plan: 1 to create\.$/m);
      assert.match(planning.stdout, /terratrain apply one\.tfplan\n$/);

      const applying = await run('apply', 'one.tfplan');
      assert.equal(applying.code, 0, applying.stdout);
      assert.match(applying.stdout, /^Applied in .*: 1 added, 0 changed, 0 destroyed\.$/m);
      assert.match(applying.stdout, /^ {2}size = 1$/m);

      const again = await run('apply', 'one.tfplan');
      assert.equal(again.code, 1);
      assert.match(again.stdout, /^Nothing was applied/);

      const nothing = await run('plan', 'module', '--var', 'size=1');
      assert.equal(nothing.code, 0);
      assert.match(nothing.stdout, /^No changes\./m);
      const left = fs.readdirSync(path.join(bench.root, 'state', 'terratrain', 'operations'));
      assert.deepEqual(left, [], 'files that may hold secrets are gone');
      const said = [planning, applying, again, nothing].map(({ stdout }) => stdout).join('');
      assert.ok(!said.includes('SUPERSECRET'));
    });

    it('speaks JSON, and nothing but one document', async () => {
      bench.write('size.tfvars', 'size = 3');
      const file = path.join('module', 'size.tfvars');
      const { code, stdout } = await run('plan', 'module', '--var-file', file, '--json', '--out', 'p');
      assert.equal(code, 2);
      const document = JSON.parse(stdout) as PlanDocument;
      assert.equal(document.target, 'real');
      assert.equal(document.planFile, path.join(bench.root, 'p'));
      assert.equal(document.summary.create, 1);
      assert.deepEqual(
        document.changes.map((change) => change.address),
        ['terraform_data.a'],
      );
      assert.ok(!stdout.includes('SUPERSECRET'));
      const applied = JSON.parse((await run('apply', 'p', '--json')).stdout) as {
        status: string;
        applied: number;
      };
      assert.deepEqual([applied.status, applied.applied], ['applied', 1]);
      const destroy = JSON.parse(
        (await run('plan', 'module', '--var=size=3', '--destroy', '--json')).stdout,
      ) as {
        summary: { delete: number };
        planFile: null;
      };
      assert.deepEqual([destroy.summary.delete, destroy.planFile], [1, null]);
    });

    it('shows where a plan failed, and ends with 1', async () => {
      const missing = await run('plan', 'module');
      assert.equal(missing.code, 1);
      assert.match(missing.stdout, /Error: No value for required variable/);
      assert.match(missing.stdout, /main\.tf:2:1/);
      const document = JSON.parse((await run('plan', 'module', '--json')).stdout) as {
        status: string;
        diagnostics: { summary: string }[];
      };
      assert.equal(document.status, 'failed');
      assert.equal(document.diagnostics[0]?.summary, 'No value for required variable');
    });

    it('plans and applies in the sandbox, and leaves the folder alone', async () => {
      bench.write('main.tf', 'resource "aws_s3_bucket" "data" { bucket = "training-data" }');
      const env = {
        ...process.env,
        XDG_STATE_HOME: path.join(bench.root, 'state'),
        TERRATRAIN_SANDBOX_HOME: path.join(bench.root, 'sandbox'),
      };
      const sandboxed = (...args: readonly string[]): Promise<Result> =>
        terratrain(bench.root, args, { env });
      const planning = await sandboxed('plan', 'module', '--sandbox', '--out', 's.tfplan');
      assert.equal(planning.code, 2, planning.stdout + planning.stderr);
      assert.match(planning.stdout, /\+ bucket +"training-data"/);
      const applying = await sandboxed('apply', 's.tfplan');
      assert.equal(applying.code, 0, applying.stdout + applying.stderr);
      assert.match(applying.stdout, /aws_s3_bucket\.data: created in .*\[1\/1\]/);
      assert.equal((await sandboxed('plan', 'module', '--sandbox')).code, 0);
      assert.deepEqual(fs.readdirSync(bench.directory), ['main.tf']);

      const said = [planning, applying].map(({ stderr }) => stderr);
      for (const text of said) assert.match(text, /^sandbox: simulated hashicorp\/aws .* Nothing real/);
      assert.match(planning.stdout, /^Plan: 1 to create \(simulated\)\.$/m);
      assert.match(applying.stdout, /^Applied in .* \(simulated\): 1 added/m);
    });

    describe('in the sandbox', () => {
      const sandboxed = (...args: readonly string[]): Promise<Result> => {
        const env = {
          ...process.env,
          XDG_STATE_HOME: path.join(bench.root, 'state'),
          TERRATRAIN_SANDBOX_HOME: path.join(bench.root, 'sandbox'),
        };
        return terratrain(bench.root, args, { env });
      };

      it('runs provisioners only when they are allowed, for the plan and again for its apply', async () => {
        bench.write(
          'main.tf',
          'resource "terraform_data" "hook" {\n  provisioner "local-exec" {\n    command = "echo did-run"\n  }\n}',
        );
        const silent = await sandboxed('plan', 'module', '--sandbox', '--out', 'silent');
        assert.match(
          silent.stderr,
          /^sandbox: provisioners do not run \(terraform_data\.hook\); --allow-provisioners runs them\.$/m,
        );
        await sandboxed('plan', 'module', '--sandbox', '--allow-provisioners', '--out', 'loud');
        const refused = await sandboxed('apply', 'loud');
        assert.equal(refused.code, 1, refused.stdout);
        assert.match(refused.stderr, /planned with --allow-provisioners.*Give --allow-provisioners/);
        const agreed = await sandboxed('apply', 'loud', '--allow-provisioners');
        assert.equal(agreed.code, 0, agreed.stdout + agreed.stderr);
        assert.match(agreed.stdout, /terraform_data\.hook \| did-run/);
      });

      it('plays the scenarios that are named, and shows nothing of how', async () => {
        bench.write(
          'main.tf',
          'data "aws_ami" "gpu" { most_recent = true }\noutput "image" { value = data.aws_ami.gpu }\noutput "id" { value = data.aws_ami.gpu.id }',
        );
        const rule = (id: string): string =>
          JSON.stringify({ rules: [{ address: 'data.aws_ami.gpu', values: { id } }] });
        bench.write('one.sandbox.json', rule('ami-11111111111111111'));
        const played = await sandboxed('plan', 'module', '--sandbox', '--scenario', 'one', '--out', 'p');
        assert.match(played.stderr, /^sandbox: scenario one\.sandbox\.json is played\.$/m);
        assert.match(played.stdout, /\+ id +"ami-11111111111111111"/);
        const applied = await sandboxed('apply', 'p', '--scenario=one');
        assert.match(applied.stdout, /^Outputs \(simulated\)\n {2}id += "ami-11111111111111111"$/m);
        for (const text of [played.stdout, applied.stdout]) assert.doesNotMatch(text, /terratrain_address/);
        const none = await sandboxed('plan', 'module', '--sandbox', '--scenario', 'none');
        assert.doesNotMatch(none.stderr, /scenario/);
      });

      it('takes stand-ins for missing modules on request', async () => {
        bench.write('main.tf', 'module "net" {\n  source = "example/net/aws"\n  cidr   = "10.0.0.0/16"\n}');
        const missing = await sandboxed('plan', 'module', '--sandbox');
        assert.equal(missing.code, 1);
        assert.match(missing.stderr, /--stub-modules/);
        const stubbed = await sandboxed('plan', 'module', '--sandbox', '--stub-modules');
        assert.equal(stubbed.code, 0, stubbed.stdout + stubbed.stderr);
        assert.match(stubbed.stderr, /^sandbox: module\.net is a stand-in for /m);
      });
    });

    it('refuses wishes for the sandbox on the real target', async () => {
      for (const wish of ['--allow-provisioners', '--stub-modules', '--scenario=x']) {
        const { code, stderr } = await run('plan', 'module', wish);
        assert.equal(code, 2);
        assert.match(stderr, /is for the sandbox, and this is the real target/);
      }
      await run('plan', 'module', '--var=size=1', '--out', 'real');
      const { code, stderr } = await run('apply', 'real', '--allow-provisioners');
      assert.equal(code, 2);
      assert.match(stderr, /--allow-provisioners is for the sandbox/);
    });
  }
});
