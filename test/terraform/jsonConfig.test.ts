import assert from 'node:assert/strict';
import path from 'node:path';
import { parseConfig, reparseConfig } from '../../server/terraform/configFile';
import type { Module } from '../../server/terraform/model';
import { readModule } from '../../server/terraform/module';
import { eachNode, providerUses, readModuleTree } from '../../server/terraform/moduleTree';
import { fixture, projectFolder } from '../support/fixture';

describe('configuration in JSON', () => {
  const read = (drawn: string): Module => readModule(projectFolder, fixture(drawn).source);
  const targets = (module: Module, address: string): string[] => {
    const declaration = module.find(address);
    assert.ok(declaration, `${address} is not declared`);
    return module
      .references(declaration)
      .map(
        ({ target, attributes, explicit }) => `${explicit ? '!' : ''}${[target, ...attributes].join('.')}`,
      );
  };

  const project = `//- main.tf.json
{
  "//": "made by a program",
  "terraform": {"required_providers": {"aws": {"source": "hashicorp/aws", "version": "~> 5.0"}}},
  "provider": {"aws": [{"region": "\${var.region}"}, {"alias": "west", "region": "us-west-2"}]},
  "variable": {"region": {"type": "string", "default": "\${not.evaluated}"}},
  "locals": [{"name": "x-\${var.region}"}, {"tags": {"\${local.name}": "\${data.aws_ami.gpu.id}"}}],
  "resource": {
    "aws_instance": {
      "trainer": {
        "provider": "aws.west",
        "ami": "\${data.aws_ami.gpu.id}",
        "network": {"subnet": "\${local.name}"},
        "dynamic": {"disk": {"for_each": "\${local.tags}", "iterator": "each_disk", "content": {"size": "\${each_disk.value}"}}},
        "nested": [{"dynamic": [{"port": {"for_each": [], "content": {"n": "\${port.value}"}}}]}],
        "lifecycle": {"ignore_changes": ["ami"], "replace_triggered_by": ["terraform_data.a.id"]},
        "depends_on": ["module.store", "aws_instance.other[0]"]
      },
      "other": {"count": 1}
    },
    "terraform_data": {"a": {"provisioner": [{"local-exec": {"command": "echo \${self.id} \${var.region}", "when": "destroy"}}]}}
  },
  "data": {"aws_ami": {"gpu": {"owners": ["self"]}}},
  "module": {"store": {"source": "./store", "label": "\${local.name}", "providers": {"aws": "aws.west"}}},
  "output": {"ip": {"value": "\${aws_instance.trainer[0].public_ip}", "depends_on": ["module.store"]}},
  "moved": [{"from": "aws_instance.old", "to": "aws_instance.trainer"}],
  "check": {"c": {"data": {"aws_ami": {"x": {"owners": ["\${var.region}"]}}}, "assert": {"condition": "\${var.region != \\"\\"}", "error_message": "no \${local.name}"}}}
}
//- store/main.tofu.json
{"variable": {"label": {}}, "output": {"url": {"value": "\${var.label}"}}}
`;

  it('declares what native files declare', () => {
    const module = read(project);
    assert.deepEqual(
      module.declarations.map(({ address, file, nameRange }) => [
        address,
        file.syntax.text.slice(nameRange.start, nameRange.end),
      ]),
      [
        ['provider.aws', 'aws'],
        ['provider.aws.west', 'aws'],
        ['var.region', 'region'],
        ['local.name', 'name'],
        ['local.tags', 'tags'],
        ['aws_instance.trainer', 'trainer'],
        ['aws_instance.other', 'other'],
        ['terraform_data.a', 'a'],
        ['data.aws_ami.gpu', 'gpu'],
        ['module.store', 'store'],
        ['output.ip', 'ip'],
        ['check.c', 'c'],
        ['data.aws_ami.x', 'x'],
      ],
    );
    assert.deepEqual(module.requirements, [
      { name: 'aws', source: 'registry.terraform.io/hashicorp/aws', version: '~> 5.0' },
    ]);
    assert.deepEqual(
      module.files.flatMap(({ syntax }) => syntax.errors),
      [],
    );
  });

  it('refers to what native files refer to', () => {
    const module = read(project);
    assert.deepEqual(targets(module, 'aws_instance.trainer'), [
      'provider.aws.west',
      'data.aws_ami.gpu.id',
      'local.name',
      'local.tags',
      'terraform_data.a.id',
      '!module.store',
      '!aws_instance.other',
    ]);
    assert.deepEqual(targets(module, 'local.tags'), ['local.name', 'data.aws_ami.gpu.id']);
    assert.deepEqual(targets(module, 'terraform_data.a'), ['var.region']);
    assert.deepEqual(targets(module, 'provider.aws'), ['var.region']);
    assert.deepEqual(targets(module, 'module.store'), ['local.name', 'provider.aws.west']);
    assert.deepEqual(targets(module, 'output.ip'), ['aws_instance.trainer.public_ip', '!module.store']);
    assert.deepEqual(targets(module, 'check.c'), ['var.region', 'var.region', 'local.name']);
    assert.deepEqual(targets(module, 'data.aws_ami.x'), ['var.region']);
    assert.deepEqual(targets(module, 'var.region'), []);
  });

  it('calls modules, whatever they are written in', () => {
    const { source } = fixture(project);
    const tree = readModuleTree(projectFolder, source);
    assert.deepEqual(
      [...eachNode(tree)].map((node) => [node.path.join('.'), node.module.declarations.length]),
      [
        ['', 13],
        ['store', 2],
      ],
    );
    assert.deepEqual(
      providerUses(tree).map((use) => [use.source, use.resources, use.data]),
      [
        ['registry.terraform.io/hashicorp/aws', ['aws_instance'], ['aws_ami']],
        ['terraform.io/builtin/terraform', ['terraform_data'], []],
      ],
    );
  });

  it('is overridden from both notations', () => {
    const module = read(`//- a.tf
resource "a_b" "c" {
  x = var.base
}
//- b_override.tf.json
{"resource": {"a_b": {"c": {"x": "\${var.over}"}}}}
`);
    assert.deepEqual(targets(module, 'a_b.c'), ['var.base', 'var.over']);
    assert.equal(module.declarations.length, 1);
  });

  it('holds values as they are in a variables file', () => {
    const file = path.join(projectFolder, 'x.auto.tfvars.json');
    const { body, errors } = parseConfig(file, '{"a": "${b}", "c": ["%{", {"d}": 1}], "//": "x"}');
    assert.deepEqual(errors, []);
    assert.deepEqual(
      body.items.map((item) => (item.kind === 'attribute' ? [item.name, item.value.kind] : [])),
      [
        ['a', 'template'],
        ['c', 'tuple'],
      ],
    );
    assert.deepEqual(
      parseConfig(file, '[{"a": 1}]').errors.map(({ code }) => code),
      ['json-root'],
    );
  });

  it('is read anew after an edit', () => {
    const file = path.join(projectFolder, 'main.tf.json');
    const before = parseConfig(file, '{"variable": {"a": {}}}');
    const after = reparseConfig(file, before, { range: { start: 14, end: 17 }, newText: '"bcd"' });
    assert.equal(after.text, '{"variable": {"bcd": {}}}');
    assert.deepEqual(after, parseConfig(file, after.text));
  });
});
