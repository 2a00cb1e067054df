import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { ConfigCache } from '../../server/terraform/configFile';
import { openDiskFiles } from '../../server/terraform/diskFiles';
import type { Module } from '../../server/terraform/model';
import { readModule } from '../../server/terraform/module';
import { fixture, memoryFiles, projectFolder } from '../support/fixture';

describe('module', () => {
  const read = (drawn: string): Module => readModule(projectFolder, fixture(drawn).source);
  /** What a declaration refers to, as `target.attributes`, `!` in front of what is explicit. */
  const targets = (drawn: string, address: string): string[] => {
    const module = read(drawn);
    const declaration = module.find(address);
    assert.ok(declaration, `${address} is not declared`);
    return module
      .references(declaration)
      .map(
        ({ target, attributes, explicit }) => `${explicit ? '!' : ''}${[target, ...attributes].join('.')}`,
      );
  };

  it('finds declarations of every kind with their addresses', () => {
    const module = read(`
resource "aws_instance" "a" {}
data "aws_ami" "b" {}
ephemeral "aws_token" "c" {}
module "d" {}
variable "e" {}
locals {
  f = 1
  g = 2
}
output "h" {}
provider "aws" {}
provider "aws" {
  alias = "west"
}
check "i" {
  data "http" "j" {}
}
action "aws_thing" "k" {}
terraform {}
resource "half_typed" {}
`);
    assert.deepEqual(
      module.declarations.map(({ address }) => address),
      [
        'aws_instance.a',
        'data.aws_ami.b',
        'ephemeral.aws_token.c',
        'module.d',
        'var.e',
        'local.f',
        'local.g',
        'output.h',
        'provider.aws',
        'provider.aws.west',
        'check.i',
        'data.http.j',
        'action.aws_thing.k',
      ],
    );
    const [first] = module.declarations;
    assert.equal(first?.file.syntax.text.slice(first.nameRange.start, first.nameRange.end), 'a');
    assert.equal(first.type, 'aws_instance');
  });

  it('collects references from every place an expression may stand', () => {
    const drawn = `
provider "aws" {
  alias = "west"
}
resource "aws_instance" "a" {
  provider   = aws.west
  count      = var.count
  ami        = data.aws_ami.b.id
  subnet     = module.net.subnets["a"].id
  name       = "x-\${local.name}"
  text       = <<-EOT
    %{ if var.flag }\${local.inner}%{ endif }
  EOT
  sum        = 1 + var.one > var.two ? var.three : -var.four
  list       = [var.five, { (var.six) = var.seven, plain = var.eight }]
  call       = merge(var.nine, aws_vpc.v[0].tags...)
  splat      = aws_vpc.v[*].id
  each       = each.value + self.x + count.index + path.module + terraform.workspace
  other      = resource.aws_vpc.w.id
  block {
    nested = aws_subnet.s[var.key].cidr.deep
  }
  depends_on = [module.net, aws_vpc.v, "aws_eip.quoted"]
  lifecycle {
    ignore_changes       = [tags, ami]
    replace_triggered_by = [aws_vpc.z.id]
    precondition {
      condition     = var.ok
      error_message = "no"
    }
  }
}
`;
    assert.deepEqual(targets(drawn, 'aws_instance.a'), [
      'provider.aws.west',
      'var.count',
      'data.aws_ami.b.id',
      'module.net.subnets',
      'local.name',
      'var.flag',
      'local.inner',
      'var.one',
      'var.two',
      'var.three',
      'var.four',
      'var.five',
      'var.six',
      'var.seven',
      'var.eight',
      'var.nine',
      'aws_vpc.v.tags',
      'aws_vpc.v.id',
      'aws_vpc.w.id',
      'aws_subnet.s.cidr.deep',
      'var.key',
      '!module.net',
      '!aws_vpc.v',
      '!aws_eip.quoted',
      'aws_vpc.z.id',
      'var.ok',
    ]);
  });

  it('keeps for variables, template variables and iterators out', () => {
    const drawn = `
locals {
  a = { for k, v in var.map : v.name => k.x if v.ok && var.outer.x }
  b = [for var in local.c : var.name]
  c = "%{ for x in local.d }\${x.y}%{ endfor }\${x.y}"
}
resource "aws_x" "y" {
  dynamic "rule" {
    for_each = var.rules
    content {
      port = rule.value.port
      dynamic "inner" {
        for_each = rule.value.list
        iterator = it
        content {
          z = it.value + rule.key + inner.value
        }
      }
    }
  }
}
`;
    assert.deepEqual(targets(drawn, 'local.a'), ['var.map', 'var.outer.x']);
    assert.deepEqual(targets(drawn, 'local.b'), ['local.c']);
    assert.deepEqual(targets(drawn, 'local.c'), ['local.d', 'x.y']);
    assert.deepEqual(targets(drawn, 'aws_x.y'), ['var.rules', 'inner.value']);
  });

  it('reads no references out of types, moves and provider maps', () => {
    assert.deepEqual(
      targets(
        'variable "a" {\n  type = map(string)\n  validation {\n    condition = var.a != var.b\n    error_message = ""\n  }\n}',
        'var.a',
      ),
      ['var.b'],
    );
    assert.deepEqual(
      targets(
        'module "m" {\n  providers = {\n    aws = aws.west\n  }\n}\nprovider "aws" {\n  alias = "west"\n}',
        'module.m',
      ),
      ['provider.aws.west'],
    );
  });

  it('reads requirements in the old and in the new form', () => {
    const module = read(`
terraform {
  required_providers {
    aws   = { source = "hashicorp/aws", version = "~> 6.0" }
    old   = "~> 1.0"
    other = { source = "example.com/acme/other" }
  }
}
`);
    assert.deepEqual(module.requirements, [
      { name: 'aws', source: 'registry.terraform.io/hashicorp/aws', version: '~> 6.0' },
      { name: 'old', source: 'registry.terraform.io/hashicorp/old', version: '~> 1.0' },
      { name: 'other', source: 'example.com/acme/other', version: undefined },
    ]);
  });

  const withBoth = `//- main.tf
resource "a_b" "c" {
  x = var.base
}
//- main_override.tf
resource "a_b" "c" {
  x = var.over
}
//- more.tf
variable "terraform" {}
//- more.tofu
variable "tofu" {}
//- only.tofu
variable "only" {}
variable "terraform" {}
//- .hidden.tf
variable "hidden" {}
//- json.tf.json
{"variable": {"json": {"default": "\${nothing}"}}}
//- json.tofu.json
{"variable": {"tofu_json": {}}}
//- #auto#.tf
variable "auto" {}
`;

  it('takes override files as the tools do', () => {
    const module = read(withBoth);
    const resource = module.find('a_b.c');
    assert.deepEqual(resource && module.references(resource).map(({ target }) => target), [
      'var.base',
      'var.over',
    ]);
    assert.deepEqual(module.unread, []);
  });

  it('reads .tofu files in place of .tf files only where OpenTofu is the tool', () => {
    const addresses = (more: string): string[] =>
      read(`${withBoth}${more}`)
        .declarations.map(({ address }) => address)
        .sort();
    const terraform = ['a_b.c', 'var.auto', 'var.json', 'var.only', 'var.terraform'];
    const openTofu = ['a_b.c', 'var.auto', 'var.only', 'var.terraform', 'var.tofu', 'var.tofu_json'];
    assert.deepEqual(addresses(''), terraform);
    assert.deepEqual(addresses('//- .opentofu-version\n1.9.0\n'), openTofu);
    assert.deepEqual(
      addresses('//- .terraform.lock.hcl\nprovider "registry.opentofu.org/hashicorp/aws" {\n}\n'),
      openTofu,
    );
    assert.deepEqual(
      addresses('//- .terraform.lock.hcl\nprovider "registry.terraform.io/hashicorp/aws" {\n}\n'),
      terraform,
    );
  });

  it('says which of its files could not be read', () => {
    const files = memoryFiles(new Map([[path.join(projectFolder, 'a.tf'), '']]));
    const module = readModule(projectFolder, {
      list: () => ['a.tf', 'b.tf', 'c.tf.json', 'd.txt'],
      read: (file) => files.read(file),
    });
    assert.deepEqual(module.unread, ['b.tf', 'c.tf.json']);
  });

  it('has declarations in half-typed files', () => {
    const module = read(
      'variable "a" {\n  default = \n}\nresource "x_y" "z" {\n  b = var.\n  c = [var.a\n}\noutput "o" {\n  value = var.a\n',
    );
    assert.deepEqual(
      module.declarations.map(({ address }) => address),
      ['var.a', 'x_y.z', 'output.o'],
    );
  });

  it('does not parse again what did not change', () => {
    const files = new Map([
      [path.join(projectFolder, 'a.tf'), 'variable "a" {}'],
      [path.join(projectFolder, 'b.tf'), 'variable "b" {}'],
    ]);
    const cache = new ConfigCache();
    const before = readModule(projectFolder, memoryFiles(files), cache);
    files.set(path.join(projectFolder, 'b.tf'), 'variable "c" {}');
    const after = readModule(projectFolder, memoryFiles(files), cache);
    assert.equal(after.files[0], before.files[0]);
    assert.notEqual(after.files[1], before.files[1]);
    assert.ok(after.find('var.c') && !after.find('var.b'));
  });

  it('survives deep expressions', () => {
    const deep = `locals {\n  a = ${'('.repeat(5000)}var.x${')'.repeat(5000)}\n  b = ${'var.x + '.repeat(5000)}1\n  c = x${'.y'.repeat(5000)}\n}\n`;
    assert.ok(read(deep).declarations.length > 0);
  });

  it('reads the disk, and nothing where there is nothing', () => {
    const folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-module-'));
    try {
      writeFileSync(path.join(folder, 'main.tf'), '\uFEFFvariable "a" {}\n');
      assert.deepEqual(
        readModule(folder, openDiskFiles()).declarations.map(({ address }) => address),
        ['var.a'],
      );
      assert.deepEqual(readModule(path.join(folder, 'absent'), openDiskFiles()).files, []);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });
});
