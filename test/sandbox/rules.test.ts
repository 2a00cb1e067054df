import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import type { BlockSchema } from '../../server/providers/schema';
import { planChange } from '../../server/sandbox/plan';
import { replacedPaths } from '../../server/sandbox/replacement';
import { parseRules, ruleFiles, rulesOf } from '../../server/sandbox/rules/typeRules';
import { UNKNOWN } from '../../server/sandbox/values';
import type { Value, ValueRecord } from '../../server/sandbox/values';

const block: BlockSchema = {
  attributes: {
    id: { type: 'string', computed: true },
    name: { type: 'string', optional: true },
    zone: { type: 'string', optional: true, computed: true },
    force: { type: 'bool', optional: true },
    version: { type: 'number', computed: true },
    nothing: { type: 'string', computed: true },
  },
  blocks: {
    disk: {
      nesting: 'list',
      minItems: 0,
      maxItems: 0,
      block: {
        attributes: {
          size: { type: 'number', optional: true },
          kind: { type: 'string', optional: true },
          volume: { type: 'string', computed: true },
        },
        blocks: {},
      },
    },
    rule: {
      nesting: 'set',
      minItems: 0,
      maxItems: 0,
      block: {
        attributes: {
          port: { type: 'number', optional: true },
          kind: { type: 'string', optional: true },
          handle: { type: 'string', computed: true },
        },
        blocks: {},
      },
    },
  },
};
const rules = parseRules({
  replace: 'name zone disk.kind rule.port',
  defaults: { force: false, 'disk.kind': 'gp3', 'rule.kind': 'tcp' },
  computedBlocks: 'disk',
  empty: 'nothing',
  recomputed: { version: '*' },
});
const object = (values: ValueRecord): ValueRecord => ({
  id: null,
  name: null,
  zone: null,
  force: null,
  version: null,
  nothing: null,
  disk: [],
  rule: [],
  ...values,
});
const plan = (prior: Value, proposed: ValueRecord, config: ValueRecord): ValueRecord =>
  planChange({ block, prior, proposed, config, derived: {}, rules }) as ValueRecord;
const replaced = (prior: ValueRecord, planned: ValueRecord, config = planned, imported = false): string[] =>
  replacedPaths(rules.replace, { block, prior, planned, config, imported }).map((each) => each.join('.'));
const disk = (values: ValueRecord): ValueRecord => ({ size: null, kind: null, volume: null, ...values });
const rule = (values: ValueRecord): ValueRecord => ({ port: null, kind: null, handle: null, ...values });

describe('defaults of a type', () => {
  it('stand where nobody wrote anything, in blocks too', () => {
    const config = object({ disk: [disk({ size: 1 })], rule: [rule({ port: 2 })] });
    const planned = plan(null, config, config);
    assert.equal(planned.force, false);
    assert.deepEqual(planned.disk, [disk({ size: 1, kind: 'gp3', volume: UNKNOWN })]);
    assert.deepEqual(planned.rule, [rule({ port: 2, kind: 'tcp', handle: UNKNOWN })]);
  });

  it('come back when the argument is removed', () => {
    const stored = object({ id: 'x', force: true, zone: 'z', version: 1 });
    const planned = plan(stored, { ...stored, force: null }, object({}));
    assert.equal(planned.force, false);
    assert.equal(planned.version, UNKNOWN, 'a change makes a new version');
  });

  it('let an object settle: sets with defaults and computed parts too', () => {
    const stored = object({
      id: 'x',
      force: false,
      zone: 'z',
      version: 1,
      disk: [disk({ size: 8, kind: 'gp3', volume: 'v' })],
      rule: [rule({ port: 2, kind: 'tcp', handle: 'h' }), rule({ port: 3, kind: 'tcp', handle: 'i' })],
    });
    // What terraform proposes: it has lost the handles, because the default is in the way.
    const proposed = { ...stored, force: null, disk: [], rule: [rule({ port: 2 }), rule({ port: 3 })] };
    const config = object({ rule: [rule({ port: 2 }), rule({ port: 3 })] });
    assert.deepEqual(plan(stored, proposed, config), stored);
  });
});

describe('blocks the provider fills', () => {
  it('are unknown at first, and what they were afterwards', () => {
    assert.equal(plan(null, object({}), object({})).disk, UNKNOWN);
    const stored = object({ id: 'x', zone: 'z', force: false, disk: [disk({ kind: 'gp2', volume: 'v' })] });
    const planned = plan(stored, { ...stored, name: 'new', disk: [] }, object({ name: 'new' }));
    assert.deepEqual(planned.disk, stored.disk);
    assert.equal(planned.nothing, null, 'what the provider leaves empty is not unknown');
  });
});

describe('replacement', () => {
  it('follows changes of what cannot be changed, down into blocks', () => {
    const before = object({ name: 'a', disk: [disk({ kind: 'gp2', size: 1 })], rule: [rule({ port: 1 })] });
    assert.deepEqual(replaced(before, { ...before, name: 'b' }), ['name']);
    assert.deepEqual(replaced(before, { ...before, name: UNKNOWN }), ['name']);
    assert.deepEqual(replaced(before, { ...before, disk: [disk({ kind: 'gp3', size: 1 })] }), [
      'disk.0.kind',
    ]);
    assert.deepEqual(replaced(before, { ...before, disk: [disk({ kind: 'gp2', size: 2 })] }), []);
    assert.deepEqual(replaced(before, { ...before, rule: [rule({ port: 2 })] }), ['rule']);
    assert.deepEqual(replaced(before, { ...before, rule: [rule({ port: 1 })] }), []);
    assert.deepEqual(replaced(before, before), []);
  });

  it('takes setting what was not set for a change, except after an import', () => {
    assert.deepEqual(replaced(object({}), object({ name: 'a' })), ['name']);
    assert.deepEqual(replaced(object({}), object({ name: 'a' }), object({ name: 'a' }), true), []);
    assert.deepEqual(
      replaced(object({ name: '' }), object({})),
      [],
      'nothing and an empty text are the same',
    );
  });

  it('does not count what nobody configured and only is not known', () => {
    assert.deepEqual(replaced(object({ zone: 'a' }), object({ zone: UNKNOWN }), object({})), []);
    assert.deepEqual(replaced(object({ zone: 'a' }), object({ zone: 'b' })), ['zone']);
  });
});

describe('the rule files', () => {
  it('know the types that count, and name their source', () => {
    const known = (prefix: string): number =>
      ruleFiles.flatMap(({ types }) => Object.keys(types)).filter((name) => name.startsWith(prefix)).length;
    assert.ok(known('aws_') >= 1000, String(known('aws_')));
    assert.ok(known('google_') >= 40 && known('azurerm_') >= 30 && known('kubernetes_') >= 20);
    for (const { source, provider } of ruleFiles)
      assert.match(source, /https:\/\/registry\.terraform\.io/, provider);
  });

  it('hold what the providers document', () => {
    const names = (type: string): string[] => [...rulesOf(type).replace.inner.keys()];
    assert.ok(names('aws_subnet').includes('cidr_block'));
    assert.ok(names('aws_instance').includes('ami') && !names('aws_instance').includes('instance_type'));
    assert.ok(names('google_compute_disk').includes('zone'));
    assert.ok(names('azurerm_resource_group').includes('location'));
    assert.ok(rulesOf('kubernetes_deployment').replace.inner.get('metadata')?.inner.has('name'));
    assert.equal(rulesOf('aws_s3_bucket').defaults.inner.get('force_destroy')?.value, false);
    assert.equal(rulesOf('azurerm_kubernetes_cluster').defaults.inner.get('sku_tier')?.value, 'Free');
    assert.equal(rulesOf('no_such_type').replace.inner.size, 0);
  });

  it('are what docs/sandbox-types.md says', async () => {
    const root = path.join(__dirname, '../..');
    const program = '../../server/sandbox/rules/data/typesPage.mjs';
    const { typesPage } = (await import(program)) as { readonly typesPage: () => Promise<string> };
    assert.equal(
      readFileSync(path.join(root, 'docs/sandbox-types.md'), 'utf8'),
      await typesPage(),
      'run node server/sandbox/rules/data/typesPage.mjs',
    );
  });
});
