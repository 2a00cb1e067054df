import assert from 'node:assert/strict';
import { cpSync, existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { Workspace, describeWithTerraform, snapshot } from './realTerraform';
import type { Outcome } from './realTerraform';

const folder = path.join(__dirname, 'configurations');
const example = path.join(__dirname, '../../examples/image-classifier');

/** The states some configurations start from, as an earlier version of them left it. */
const earlier: Readonly<Record<string, string>> = {
  moved: 'resource "aws_sqs_queue" "old" { name = "moved" }\n',
  removed: 'resource "aws_sqs_queue" "gone" { name = "gone" }\n',
};

describeWithTerraform('whole configurations', () => {
  const names = readdirSync(folder).sort();

  it('are at least 30', () => {
    assert.ok(names.length >= 30, String(names.length));
  });

  for (const [name, source] of [
    ...names.map((each) => [each, path.join(folder, each)]),
    ['the example', example],
  ]) {
    it(`${name ?? ''}: validate, plan, apply, no changes, destroy`, async () => {
      const work = new Workspace({});
      try {
        await live(work, name ?? '', source ?? '');
      } finally {
        await work.dispose();
      }
    }).timeout(60_000);
  }
});

async function live(work: Workspace, name: string, source: string): Promise<void> {
  const succeeds = async (...args: readonly string[]): Promise<Outcome> => {
    const outcome = await work.terraform(...args);
    assert.equal(outcome.code, 0, `${args.join(' ')}\n${outcome.stdout}${outcome.stderr}`);
    return outcome;
  };
  const before = earlier[name];
  if (before !== undefined) {
    work.write({ 'main.tf': before });
    await succeeds('apply', '-auto-approve');
    await work.close();
  }
  cpSync(source, work.folder, { recursive: true });
  const files = snapshot(work.folder);
  await succeeds('validate');
  const plan = await succeeds('plan', '-out=p.tfplan');
  assert.match(plan.stdout, /Plan: |has moved to|Changes to Outputs/);
  await succeeds('apply', 'p.tfplan');
  const settled = await work.terraform('plan', '-detailed-exitcode');
  assert.equal(settled.code, 0, settled.stdout + settled.stderr);
  if (existsSync(path.join(source, 'main.tftest.hcl'))) {
    const runs = readdirSync(source)
      .filter((file) => file.endsWith('.tftest.hcl'))
      .map((file) => readFileSync(path.join(source, file), 'utf8').match(/^run /gm)?.length ?? 0);
    const passed = runs.reduce((sum, count) => sum + count, 0);
    assert.match((await succeeds('test')).stdout, new RegExp(`${passed} passed, 0 failed`));
  }
  await succeeds('destroy', '-auto-approve');
  assert.deepEqual(snapshot(work.folder), files);
}
