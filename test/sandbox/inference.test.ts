import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { exampleValue, typeOfJson } from '../../server/sandbox/examples';
import { UsedTypes } from '../../server/sandbox/usedTypes';
import { openDiskFiles } from '../../server/terraform/diskFiles';
import { readModuleTree } from '../../server/terraform/moduleTree';
import { Workspace, describeWithTerraform } from './realTerraform';

/** What a configuration needs from `module.m`, by output. */
function needed(configuration: string): unknown {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-used-'));
  try {
    writeFileSync(path.join(folder, 'main.tf'), configuration);
    const tree = readModuleTree(folder, openDiskFiles());
    const type = new UsedTypes(tree, () => undefined).of(tree.module, 'module.m');
    return typeof type !== 'string' && type[0] === 'object' ? type[1] : type;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe('what the use of a value says about its type', () => {
  const cases: readonly [string, string, unknown][] = [
    ['an index', 'output "o" { value = module.m.a[0] }', { a: ['list', 'dynamic'] }],
    ['a splat', 'output "o" { value = module.m.a[*].id }', { a: ['list', 'dynamic'] }],
    ['a template', 'output "o" { value = "x-${module.m.a}" }', { a: 'string' }],
    ['arithmetic', 'output "o" { value = module.m.a * 2 > module.m.b }', { a: 'number', b: 'number' }],
    ['a condition', 'output "o" { value = module.m.a && !module.m.b ? 1 : 2 }', { a: 'bool', b: 'bool' }],
    ['functions', 'output "o" { value = join(",", module.m.a) }', { a: ['list', 'string'] }],
    [
      'wrapped functions',
      'output "o" { value = length(concat(module.m.a, try(module.m.b, []))) }',
      { a: ['list', 'string'], b: ['list', 'string'] },
    ],
    ['members', 'output "o" { value = upper(module.m.a.b) }', { a: ['object', { b: 'string' }] }],
    ['keys', 'output "o" { value = module.m.a["k"] }', { a: ['object', { k: 'dynamic' }] }],
    ['locals', 'locals { x = module.m.a }\noutput "o" { value = local.x[1] }', { a: ['list', 'dynamic'] }],
    ['for_each', 'resource "x_y" "z" { for_each = module.m.a }', { a: ['set', 'string'] }],
    ['count', 'resource "x_y" "z" { count = module.m.a }', { a: 'number' }],
    [
      'for',
      'output "o" { value = [for each in module.m.a : "${each.name}"] }',
      { a: ['list', ['object', { name: 'string' }]] },
    ],
  ];
  for (const [what, text, expected] of cases) {
    it(what, () => {
      assert.deepEqual(needed(`module "m" { source = "example/m/aws" }\n${text}\n`), expected);
    });
  }

  it('reaches through instances of a module', () => {
    const text =
      'module "m" {\n source = "example/m/aws"\n for_each = {}\n}\nresource "x_y" "z" {\n for_each = module.m\n a = "${each.value.b}"\n}\noutput "o" { value = { for k, v in module.m : k => v.c[0] } }\n';
    assert.deepEqual(needed(text), { b: 'string', c: ['list', 'dynamic'] });
  });
});

describe('made-up values', () => {
  it('are the same each time, of the wanted type and of the form that a name suggests', () => {
    assert.equal(exampleValue('a', 'string', 's'), exampleValue('a', 'string', 's'));
    assert.notEqual(exampleValue('a', 'string', 's'), exampleValue('a', 'string', 't'));
    assert.match(JSON.stringify(exampleValue('vpc_id', 'dynamic', 's')), /^"vpc-[0-9a-f]{17}"$/);
    assert.match(JSON.stringify(exampleValue('role_arn', 'string', 's')), /^"arn:aws:/);
    assert.equal(exampleValue('cidr_block', 'string', 's'), '10.0.0.0/16');
    assert.deepEqual(exampleValue('azs', ['list', 'string'], 's'), [
      'us-east-1a',
      'us-east-1b',
      'us-east-1c',
    ]);
    assert.deepEqual(typeOfJson(exampleValue('subnet_ids', 'dynamic', 's')), [
      'tuple',
      ['string', 'string', 'string'],
    ]);
    assert.deepEqual(Object.keys(exampleValue('x', ['object', { a: 'number', b: 'bool' }], 's') as object), [
      'a',
      'b',
    ]);
  });
});

describeWithTerraform('a provider that nobody knows', () => {
  const requirement = 'terraform {\n  required_providers {\n    acme = { source = "acme/acme" }\n  }\n}\n';

  it('keeps its state readable when the configuration changes its mind about types and blocks', async () => {
    const versions = [
      'resource "acme_thing" "t" {\n  size = 3\n  tags = { a = "b" }\n  part { n = 1 }\n}\n',
      'resource "acme_thing" "t" {\n  size = "three"\n  tags = ["a"]\n  part { n = "one" }\n}\n',
      'resource "acme_thing" "t" {\n  tags = null\n  other = true\n}\noutput "o" { value = acme_thing.t.parts[1] }\n',
    ];
    const work = new Workspace({});
    try {
      for (const version of versions) {
        work.write({ 'main.tf': requirement + version });
        await work.close();
        const apply = await work.terraform('apply', '-auto-approve');
        assert.equal(apply.code, 0, `${version}\n${apply.stderr}`);
        const settled = await work.terraform('plan', '-detailed-exitcode');
        assert.equal(settled.code, 0, settled.stdout + settled.stderr);
        assert.equal((await work.terraform('show')).code, 0);
      }
    } finally {
      await work.dispose();
    }
  });

  it('destroys what is only in the state', async () => {
    const work = new Workspace({
      'main.tf': `${requirement}resource "acme_thing" "t" {\n  size = 3\n  part { n = 1 }\n}\n`,
    });
    try {
      assert.equal((await work.terraform('apply', '-auto-approve')).code, 0);
      work.write({ 'main.tf': '' });
      const session = await work.open();
      assert.deepEqual(
        session.providers.map(({ inferred }) => inferred),
        [true],
      );
      assert.equal((await work.terraform('init')).code, 0);
      const apply = await work.terraform('apply', '-auto-approve');
      assert.match(apply.stdout, /1 destroyed/, apply.stderr);
    } finally {
      await work.dispose();
    }
  });
});
