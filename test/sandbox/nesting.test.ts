import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { providerDataFolder } from '../../server/providers/dataFolder';
import type { AttributeSchema, BlockSchema, Nesting } from '../../server/providers/schema';
import { sandboxEnvironment } from '../../server/sandbox/environment';
import { startSimulator } from '../../server/sandbox/simulatorProcess';
import type { Simulator } from '../../server/sandbox/simulatorProcess';
import { describeWithTerraform, runProgram, simulatorProgram } from './realTerraform';
import type { Outcome } from './realTerraform';

const both = { optional: true, computed: true } as const;
const members: Record<string, AttributeSchema> = {
  name: { type: 'string', required: true },
  note: { type: 'string', optional: true },
  size: { type: 'number', ...both },
  code: { type: 'string', computed: true },
};
const inner: BlockSchema = {
  attributes: members,
  blocks: { deep: { nesting: 'list', minItems: 0, maxItems: 0, block: { attributes: members, blocks: {} } } },
};
const nestings: readonly Nesting[] = ['single', 'group', 'list', 'set', 'map'];

/** One resource type with everything a schema can say. */
const sink: BlockSchema = {
  attributes: {
    id: { type: 'string', computed: true },
    name: { type: 'string', required: true },
    exact: { type: 'number', optional: true },
    anything: { type: 'dynamic', optional: true },
    guessed: { type: 'dynamic', computed: true },
    secret: { type: 'string', optional: true, sensitive: true },
    secret_wo: { type: 'string', optional: true, writeOnly: true },
    rules: { type: ['set', ['object', { port: 'number', open: 'bool' }]], ...both },
    labels: { type: ['map', 'string'], ...both },
    pair: { type: ['tuple', ['string', 'number']], optional: true },
    made: { type: ['list', ['object', { key: 'string' }]], computed: true },
    one: { nested: { nesting: 'single', attributes: members }, ...both },
    status: {
      nested: { nesting: 'single', attributes: { phase: { type: 'string', computed: true } } },
      computed: true,
    },
    many: { nested: { nesting: 'list', attributes: members }, optional: true },
    some: { nested: { nesting: 'set', attributes: members }, optional: true },
    named: { nested: { nesting: 'map', attributes: members }, optional: true },
  },
  blocks: Object.fromEntries(
    nestings.map((nesting) => [`${nesting}_block`, { nesting, minItems: 0, maxItems: 0, block: inner }]),
  ),
};

const configuration = (count: number, note: string): string => `
terraform {
  required_providers {
    kitchen = { source = "example/kitchen" }
  }
}
resource "kitchen_sink" "first" { name = "first" }
resource "kitchen_sink" "full" {
  name      = "full"
  exact     = 123456789012345678901.5
  anything  = { a = [1, "two", null], b = kitchen_sink.first.id }
  secret    = "hush"
  secret_wo = "never stored"
  rules     = [{ port = 80, open = true }, { port = 443, open = null }]
  labels    = { id = kitchen_sink.first.id }
  pair      = ["a", 2]
  many      = [{ name = "a" }, { name = kitchen_sink.first.id, size = 4 }]
  some      = [{ name = "a" }, { name = "b", note = "${note}" }]
  named     = { x = { name = kitchen_sink.first.id } }
  single_block { name = "s" }
  group_block {
    name = "g"
    deep { name = kitchen_sink.first.id }
  }
  dynamic "list_block" {
    for_each = range(${count})
    content {
      name = "l\${list_block.value}"
      deep { name = "d" }
    }
  }
  dynamic "set_block" {
    for_each = toset([kitchen_sink.first.id, "fixed"])
    content { name = set_block.key }
  }
  map_block "left" { name = "m" }
  map_block "right" {
    name = "m"
    note = "${note}"
  }
}
resource "kitchen_sink" "bare" { name = "bare" }
output "made" { value = [kitchen_sink.full.list_block, kitchen_sink.bare.one, kitchen_sink.bare.status.phase] }
`;

describeWithTerraform('every kind of attribute and block', () => {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-nesting-'));
  let simulator: Simulator;
  const start = async (): Promise<void> => {
    const empty = { attributes: {}, blocks: {} };
    const served = { provider: empty, resource: { kitchen_sink: sink }, data: {}, ephemeral: {} };
    simulator = await startSimulator(
      {
        dataFolder: providerDataFolder(),
        identifiersFile: path.join(folder, 'identifiers.txt'),
        providers: [{ source: 'registry.terraform.io/example/kitchen', types: undefined, inferred: served }],
      },
      { entry: simulatorProgram(), execArgv: [], env: process.env },
    );
  };
  const terraform = (...args: readonly string[]): Promise<Outcome> => {
    const places = { dataDirectory: path.join(folder, '.terraform'), cliConfigFile: path.join(folder, 'rc') };
    return runProgram(
      'terraform',
      [...args, '-no-color'],
      folder,
      sandboxEnvironment(process.env, places, simulator.reattach),
    );
  };
  const configure = (count: number, note: string): void => {
    writeFileSync(path.join(folder, 'main.tf'), configuration(count, note));
  };

  before(start);
  after(async () => {
    await simulator.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('is created, settles, changes, settles and goes', async () => {
    writeFileSync(path.join(folder, 'rc'), '');
    configure(2, 'before');
    assert.equal((await terraform('init')).code, 0);
    const created = await terraform('apply', '-auto-approve');
    assert.equal(created.code, 0, created.stderr);
    assert.doesNotMatch(created.stdout + created.stderr, /never stored|"hush"/);
    await settled();

    configure(3, 'after');
    const change = await terraform('plan', '-detailed-exitcode');
    assert.equal(change.code, 2, change.stderr);
    assert.match(change.stdout, /Plan: 0 to add, 1 to change, 0 to destroy/);
    const changed = await terraform('apply', '-auto-approve');
    assert.equal(changed.code, 0, changed.stderr);
    await settled();

    await simulator.stop();
    await start();
    await settled();

    const gone = await terraform('destroy', '-auto-approve');
    assert.equal(gone.code, 0, gone.stderr);
  });

  async function settled(): Promise<void> {
    const plan = await terraform('plan', '-detailed-exitcode');
    assert.equal(plan.code, 0, plan.stdout + plan.stderr);
  }
});
