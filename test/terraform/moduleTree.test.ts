import assert from 'node:assert/strict';
import type { ModuleNode } from '../../server/terraform/model';
import { providerUses, readModuleTree } from '../../server/terraform/moduleTree';
import { fixture, projectFolder, relativeName } from '../support/fixture';

describe('module tree', () => {
  const tree = (drawn: string): ModuleNode => readModuleTree(projectFolder, fixture(drawn).source);
  const shown = (node: ModuleNode): unknown => ({
    [`${node.path.join('.')}@${relativeName(node.module.directory)}`]: [
      ...node.children.map(shown),
      ...node.unresolved.map((call) => `? ${call.name}`),
    ],
  });

  it('follows local sources, also when one module is called twice', () => {
    assert.deepEqual(
      shown(
        tree(`//- main.tf
module "a" { source = "./m" }
module "b" { source = "./m/" }
//- m/main.tf
module "deep" { source = "../n" }
//- n/main.tf
variable "x" {}
`),
      ),
      { '@': [{ 'a@m': [{ 'a.deep@n': [] }] }, { 'b@m': [{ 'b.deep@n': [] }] }] },
    );
  });

  it('ends where a module would call itself, and where there is none', () => {
    assert.deepEqual(
      shown(
        tree(`//- main.tf
module "self" { source = "./" }
module "loop" { source = "./m" }
module "gone" { source = "./nowhere" }
module "registry" { source = "acme/x/aws" }
module "unnamed" {}
//- m/main.tf
module "back" { source = "../" }
`),
      ),
      { '@': [{ 'loop@m': ['? back'] }, '? self', '? gone', '? registry', '? unnamed'] },
    );
  });

  it('finds what init installed', () => {
    const drawn = `//- main.tf
module "vpc" { source = "acme/vpc/aws" }
//- .terraform/modules/modules.json
{"Modules":[{"Key":"","Source":"","Dir":"."},{"Key":"vpc","Source":"x","Dir":".terraform/modules/vpc"},{"Key":"vpc.in","Source":"y","Dir":".terraform/modules/vpc.in"}]}
//- .terraform/modules/vpc/main.tf
module "in" { source = "acme/in/aws" }
//- .terraform/modules/vpc.in/main.tf
variable "x" {}
`;
    assert.deepEqual(shown(tree(drawn)), {
      '@': [{ 'vpc@.terraform/modules/vpc': [{ 'vpc.in@.terraform/modules/vpc.in': [] }] }],
    });
    assert.deepEqual(shown(tree(drawn.replace('{"Modules"', '{"Modul'))), { '@': ['? vpc'] });
  });

  it('does not grow without end', () => {
    const calls = Array.from({ length: 12 }, (_, n) => `module "c${n}" { source = "./NEXT" }`).join('\n');
    const levels = Array.from(
      { length: 9 },
      (_, n) => `//- l${n}/main.tf\n${calls.replaceAll('./NEXT', `../l${n + 1}`)}\n`,
    );
    const big = tree(
      `//- main.tf\n${calls.replaceAll('./NEXT', './l0')}\n${levels.join('')}//- l9/main.tf\nlocals {}\n`,
    );
    assert.ok(big.children.length > 0);
  });
});

describe('provider uses', () => {
  const uses = (drawn: string) => providerUses(readModuleTree(projectFolder, fixture(drawn).source));

  it('finds declared and implied providers, with the types of each', () => {
    assert.deepEqual(
      uses(`//- main.tf
terraform {
  required_providers {
    cloud = { source = "acme/cloud" }
    idle  = { source = "acme/idle" }
  }
}
resource "aws_instance" "a" {}
resource "aws_bucket" "b" { provider = aws.west }
resource "cloud_vm" "c" {}
resource "aws_odd" "d" { provider = cloud }
data "aws_ami" "e" {}
ephemeral "aws_token" "f" {}
resource "terraform_data" "g" {}
import {
  to = google_bucket.h
  id = "x"
}
moved {
  from = aws_gone.i
  to   = aws_moved.i
}
removed {
  from = aws_removed.j
}
module "m" { source = "./m" }
//- m/main.tf
resource "random_id" "k" {}
provider "azurerm" {}
`),
      [
        {
          source: 'registry.terraform.io/acme/cloud',
          resources: ['aws_odd', 'cloud_vm'],
          data: [],
          ephemeral: [],
        },
        { source: 'registry.terraform.io/acme/idle', resources: [], data: [], ephemeral: [] },
        {
          source: 'registry.terraform.io/hashicorp/aws',
          resources: ['aws_bucket', 'aws_instance', 'aws_moved', 'aws_removed'],
          data: ['aws_ami'],
          ephemeral: ['aws_token'],
        },
        { source: 'registry.terraform.io/hashicorp/azurerm', resources: [], data: [], ephemeral: [] },
        {
          source: 'registry.terraform.io/hashicorp/google',
          resources: ['google_bucket'],
          data: [],
          ephemeral: [],
        },
        {
          source: 'registry.terraform.io/hashicorp/random',
          resources: ['random_id'],
          data: [],
          ephemeral: [],
        },
        { source: 'terraform.io/builtin/terraform', resources: ['terraform_data'], data: [], ephemeral: [] },
      ],
    );
  });
});
