import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { OperationBusyError, Operations, reviewFile, verifyReview } from '../../server/operations/operations';
import type { PlanOutcome, PlanRequest, Review } from '../../server/operations/operations';
import { processIdentity } from '../../server/operations/processIdentity';
import { hasTerraform, Workbench } from './realTerraform';

const TWO = `
resource "terraform_data" "a" { input = "one" }
resource "terraform_data" "b" { input = terraform_data.a.id }
output "b" { value = terraform_data.b.id }
`;

/** The provisioner says where it is, so that a test can act in the middle of it. */
const SLOW = (seconds: number): string => `
resource "terraform_data" "first" { input = 1 }
resource "terraform_data" "slow" {
  input = terraform_data.first.id
  provisioner "local-exec" {
    command = "echo up; echo $$ > \${path.module}/pid; exec sleep ${seconds}"
  }
}
resource "terraform_data" "after" { input = terraform_data.slow.id }
`;

type Planned = Extract<PlanOutcome, { status: 'planned' }>;

if (hasTerraform) {
  describe('operations', function () {
    this.timeout(60_000);
    let bench: Workbench | undefined;
    afterEach(() => {
      bench?.dispose();
      bench = undefined;
    });
    const open = (configuration: string): Workbench => (bench = new Workbench(configuration));

    async function plan(
      at: Workbench,
      more: Partial<PlanRequest> = {},
      operations = new Operations(),
    ): Promise<PlanOutcome> {
      const place = await at.place();
      return operations.plan({ place, storageFolder: at.storageFolder, ...more }, at.listener).outcome;
    }

    async function planned(at: Workbench, more: Partial<PlanRequest> = {}): Promise<Planned> {
      const outcome = await plan(at, more);
      assert.ok(outcome.status === 'planned', JSON.stringify(outcome));
      return outcome;
    }

    it('plans, applies exactly that, finds nothing left to do, and destroys', async () => {
      const at = open(TWO);
      const place = await at.place();
      const operations = new Operations();
      const { storageFolder } = at;
      const first = await planned(at);
      assert.deepEqual(
        first.model.changes.map((change) => `${change.action} ${change.address}`),
        ['create terraform_data.a', 'create terraform_data.b'],
      );
      const { planFile, review } = first;
      const outcome = await operations.apply({ place, storageFolder, planFile, review }, at.listener).outcome;
      assert.equal(outcome.status, 'applied');
      assert.deepEqual(outcome.progress.completed, ['terraform_data.a', 'terraform_data.b']);
      assert.match(String(outcome.outputs.b?.value), /^[0-9a-f-]{36}$/);

      const again = await planned(at);
      assert.equal(again.changes, false);

      const end = await planned(at, { destroy: true });
      assert.equal(end.model.summary.delete, 2);
      const request = { place, storageFolder, planFile: end.planFile, review: end.review };
      assert.equal((await operations.apply(request, at.listener).outcome).status, 'applied');
      assert.equal(at.terraform('state', 'list'), '');
    });

    it('keeps plan file and review for this person only', async () => {
      const at = open(TWO);
      const { planFile } = await planned(at, { out: path.join(at.root, 'saved.tfplan') });
      assert.equal(planFile, path.join(at.root, 'saved.tfplan'));
      if (process.platform === 'win32') return;
      const modes = [planFile, reviewFile(planFile), at.storageFolder].map(
        (file) => fs.statSync(file).mode & 0o777,
      );
      assert.deepEqual(modes, [0o600, 0o600, 0o700]);
    });

    it('refuses to apply what is not what was reviewed, and says why', async () => {
      const at = open(TWO);
      const place = await at.place();
      const { planFile, review } = await planned(at);
      const moved = async (file = planFile, bundle: Review = review): Promise<readonly string[]> =>
        (await verifyReview(bundle, file, await at.place())).map((one) => `${one.what}: ${one.detail}`);
      assert.deepEqual(await moved(), []);

      at.write('main.tf', `${TWO}\n# a comment`);
      at.write('new.tf', '');
      assert.deepEqual(await moved(), [
        'configuration: The configuration changed since the plan was made: main.tf changed, new.tf is new.',
      ]);
      const request = { place, storageFolder: at.storageFolder, planFile, review };
      const refused = await new Operations().apply(request, at.listener).outcome;
      assert.equal(refused.status, 'refused');
      assert.equal(at.terraform('state', 'list'), '', 'nothing was applied');
      at.write('main.tf', TWO);
      fs.rmSync(path.join(at.directory, 'new.tf'));

      at.terraform('workspace', 'new', 'other');
      assert.deepEqual(await moved(), [
        'workspace: The plan was made in workspace "default", and "other" is selected.',
      ]);
      at.terraform('workspace', 'select', 'default');

      const tampered = path.join(at.root, 'tampered.tfplan');
      fs.writeFileSync(tampered, Buffer.concat([fs.readFileSync(planFile), Buffer.from('x')]));
      assert.deepEqual(await moved(tampered), ['plan file: The plan file is not the one that was reviewed.']);

      at.terraform('apply', '-auto-approve');
      assert.deepEqual(await moved(), [
        'state: There was no state when the plan was made, and now there is one.',
      ]);
      const second = await planned(at, { destroy: true });
      at.terraform('apply', '-auto-approve', '-replace=terraform_data.a');
      const [state] = await moved(second.planFile, second.review);
      assert.match(state ?? '', /^state: The state changed .*serial \d+ then, \d+ now/);
    });

    it('initialises by itself when a module is new', async () => {
      const at = open(`${TWO}\nmodule "m" { source = "./m" }`);
      at.write('m/main.tf', 'resource "terraform_data" "x" { input = 1 }');
      assert.equal((await planned(at)).model.summary.create, 3);
      at.write('more.tf', 'module "n" { source = "./m" }');
      assert.equal((await planned(at)).model.summary.create, 4);
      const phases = at.events.flatMap((event) => (event.type === 'phase' ? [event.phase] : []));
      assert.deepEqual(phases, ['init', 'plan', 'plan', 'init', 'plan']);
      const errors = at.events.filter(
        (event) => event.type === 'terraform' && event.event.type === 'diagnostic',
      );
      assert.deepEqual(errors, [], 'what init solved is not reported');
    });

    it("passes on terraform's own words when init fails", async () => {
      const outcome = await plan(open('module "m" { source = "./gone" }'));
      assert.equal(outcome.status === 'failed' && outcome.phase, 'init');
      assert.match(JSON.stringify(outcome), /Unreadable module directory/);
    });

    it('reports why a plan failed, without the secret that was given', async () => {
      const at = open(`
variable "token" {
  type      = string
  sensitive = true
  validation {
    condition     = length(var.token) > 99
    error_message = "Too short: \${nonsensitive(var.token)}"
  }
}
resource "terraform_data" "a" { input = var.token }`);
      const outcome = await plan(at, { vars: ['token=hunter22-hunter22'] });
      assert.ok(outcome.status === 'failed' && outcome.phase === 'plan');
      const said = JSON.stringify([outcome, at.events]);
      assert.match(said, /Too short: \(sensitive\)/);
      assert.ok(!said.includes('hunter22-hunter22'));
      assert.ok(
        !fs
          .readdirSync(at.storageFolder)
          .some((name) => fs.existsSync(path.join(at.storageFolder, name, 'plan.tfplan'))),
      );
    });

    it('runs one operation at a time in a directory', async () => {
      const at = open(TWO);
      const operations = new Operations();
      const place = await at.place();
      const request = { place, storageFolder: at.storageFolder };
      const running = operations.plan(request, at.listener);
      assert.throws(() => operations.plan(request, at.listener), OperationBusyError);
      assert.deepEqual(operations.running(), [running]);
      assert.equal((await running.outcome).status, 'planned');
      assert.deepEqual(operations.running(), []);
    });

    it('starts nothing when it was stopped before', async () => {
      const at = open(TWO);
      const outcome = await plan(at, { signal: AbortSignal.abort() });
      assert.deepEqual(outcome, { status: 'stopped' });
    });

    // A provisioner is a shell's command, and Windows has no interrupt.
    if (process.platform !== 'win32') {
      it('stops gracefully: no orphan, the state saved, the next plan repairs', async () => {
        const at = open(SLOW(60));
        const place = await at.place();
        const { planFile, review } = await planned(at);
        const stop = new AbortController();
        const request = { place, storageFolder: at.storageFolder, planFile, review, signal: stop.signal };
        const operation = new Operations().apply(request, at.listener);
        await at.heard('up');
        stop.abort();
        const outcome = await operation.outcome;
        assert.equal(outcome.status, 'stopped');
        assert.deepEqual(outcome.progress, {
          completed: ['terraform_data.first'],
          failed: ['terraform_data.slow'],
          inFlight: [],
        });
        const provisioner = Number(fs.readFileSync(path.join(at.directory, 'pid'), 'utf8'));
        assert.equal(await processIdentity(provisioner), undefined, 'the provisioner runs no more');
        assert.match(at.terraform('state', 'list'), /terraform_data\.slow/);
        const next = await planned(at);
        const slow = next.model.changes.find((change) => change.address === 'terraform_data.slow');
        assert.equal(slow?.reason, 'replace_because_tainted');
      });

      it('says what was in flight when it was forced to stop', async () => {
        const at = open(SLOW(60));
        const { planFile, review } = await planned(at);
        const request = { place: await at.place(), storageFolder: at.storageFolder, planFile, review };
        const operation = new Operations().apply(request, at.listener);
        await at.heard('up');
        await operation.forceStop();
        const outcome = await operation.outcome;
        assert.equal(outcome.status, 'unknown');
        assert.deepEqual(outcome.progress.inFlight, ['terraform_data.slow']);
      });

      it('goes on when its owner is killed, and a new owner hears all of it', async () => {
        const at = open(SLOW(2));
        const { planFile } = await planned(at);
        const script = require.resolve('./ownerThatDies.ts');
        const owner = spawn(
          process.execPath,
          ['--require', require.resolve('tsx/cjs'), script, at.directory, at.storageFolder, planFile],
          { stdio: ['ignore', 'pipe', 'inherit'] },
        );
        const folder = await new Promise<string>((resolve) => {
          owner.stdout.once('data', (text: Buffer) => {
            resolve(text.toString().split('\n')[0] ?? '');
          });
        });
        owner.kill('SIGKILL');
        const place = await at.place();
        const operation = await new Operations().reattach(folder, place, at.listener);
        assert.ok(operation);
        const outcome = await operation.outcome;
        assert.equal(outcome.status, 'applied', JSON.stringify(outcome));
        assert.deepEqual(outcome.progress.completed, [
          'terraform_data.first',
          'terraform_data.slow',
          'terraform_data.after',
        ]);
        assert.equal(at.terraform('state', 'list').trim().split('\n').length, 3);
      });
    }
  });
}
