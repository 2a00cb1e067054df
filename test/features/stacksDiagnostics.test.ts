import assert from 'node:assert/strict';
import { all, component, found, passes, providers } from './stacksDrawn';

describe('diagnostics of stacks', () => {
  it('accept a stack as its documentation shows it', () => {
    const drawn = component(
      `${passes}\n  inputs = {\n    range = var.range\n  }`,
      `variable "range" {
  type    = string
  default = "10.0.0.0/8"
  validation {
    condition     = length(var.range) > 3
    error_message = "Too short."
  }
}
variable "keys" {
  type = set(string)
}
component "many" {
  for_each   = var.keys
  source     = "./network"
  depends_on = [component.network]
  providers  = { aws = provider.aws.main }
  inputs     = { range = each.value, count_of = 2 }
}
removed {
  from      = component.old
  source    = "./network"
  providers = { aws = provider.aws.main }
  lifecycle {
    destroy = false
  }
}
locals {
  subnets = { for key, one in component.many : key => one.subnet }
}
output "subnet" {
  type  = map(string)
  value = merge(local.subnets, { a = component.network.subnet })
}
`,
    );
    assert.deepEqual(all(drawn), []);
  });

  it('name inputs that are missing, unknown or of the wrong type', () => {
    assert.deepEqual(found(component(passes)), ['error missing-input component']);
    assert.deepEqual(found(component(`${passes}\n  inputs = { rang = "x" }`)), [
      'error missing-input inputs',
      'warning unknown-input rang',
    ]);
    assert.deepEqual(found(component(`${passes}\n  inputs = { range = "x", count_of = "many" }`)), [
      'error wrong-type "many"',
    ]);
    // What is computed may hold anything.
    assert.deepEqual(found(component(`${passes}\n  inputs = merge({}, { a = 1 })`)), []);
  });

  it('name provider configurations that are missing, of another provider or not there', () => {
    const inputs = '  inputs = { range = "x" }';
    assert.deepEqual(found(component(inputs)), ['error missing-provider-configuration component']);
    assert.deepEqual(found(component(`${inputs}\n  providers = { aws = provider.aws.mian }`)), [
      'error undeclared-provider provider.aws.mian',
    ]);
    const google = `${inputs}\n  providers = { aws = provider.google.main }`;
    const rest = 'provider "google" "main" {}\n';
    assert.deepEqual(found(component(google, rest)), [
      'error wrong-provider-configuration provider.google.main',
      'error undeclared-provider google',
    ]);
    const useless = `${inputs}\n  providers = { aws = provider.aws.main, random = provider.aws.main }`;
    assert.deepEqual(found(component(useless)), ['hint unknown-provider-configuration random']);
  });

  it('know what the modules of a module need', () => {
    const drawn = `//- main.tfcomponent.hcl
component "a" {
  source = "./a"
}
//- a/main.tf
module "b" {
  source = "./b"
}
resource "terraform_data" "x" {}
//- a/b/main.tf
terraform {
  required_providers {
    amazon = {
      source                = "hashicorp/aws"
      configuration_aliases = [amazon.far]
    }
  }
}
resource "aws_bucket" "b" {
  provider = amazon
}
`;
    // Terraform's own provider is one like the others here.
    assert.deepEqual(
      all(drawn).map((line) => /configuration "(.*?)"/.exec(line)?.[1]),
      ['aws', 'terraform'],
    );
  });

  it('refuse what a module of a component must not have, and providers where values belong', () => {
    const constant =
      '//- main.tfcomponent.hcl\ncomponent "a" {\n  source = "./a"\n}\n//- a/main.tf\nvariable "v" {\n  default = 1\n  const   = true\n}\n';
    assert.deepEqual(found(constant), ['error const-in-component "./a"']);
    assert.deepEqual(found(component(`${passes}\n  inputs = { range = provider.aws.main }`)), [
      'error invalid-reference provider.aws.main',
    ]);
  });

  it('refuse a module that configures a provider itself', () => {
    const drawn =
      '//- main.tfcomponent.hcl\ncomponent "a" {\n  source = "./a"\n}\n//- a/main.tf\nprovider "aws" {}\n';
    assert.deepEqual(found(drawn), ['error provider-in-component "./a"']);
  });

  it('name what is declared nowhere, and what nothing gives', () => {
    const locals = (value: string) =>
      component(`${passes}\n  inputs = { range = "x" }`, `locals {\n  a = ${value}\n}\n`);
    assert.deepEqual(found(locals('var.region')), ['error undeclared-variable var.region']);
    assert.deepEqual(found(locals('local.b')), ['error undeclared-local local.b']);
    assert.deepEqual(found(locals('component.netwrk.subnet')), ['error undeclared-block component.netwrk']);
    assert.match(all(locals('component.netwrk.subnet')).join('\n'), /Did you mean "component\.network"/);
    assert.deepEqual(found(locals('stack.a.b')), ['error undeclared-block stack.a']);
    assert.deepEqual(found(locals('component.network.sub')), ['error undeclared-output sub']);
    assert.deepEqual(found(locals('component.network.subnet.x.y')), []);
    assert.deepEqual(found(locals('path.module')), ['error unknown-name path']);
    assert.deepEqual(found(locals('aws_instance.a.id')), ['error unknown-name aws_instance']);
    assert.deepEqual(found(locals('[for k in [1] : k]')), []);
    assert.deepEqual(found(locals('each.key')), ['error misplaced-reference each']);
  });

  it('name sources that are not there, and versions that do not belong', () => {
    const source = (text: string) => found(`//- main.tfcomponent.hcl\ncomponent "a" {\n${text}\n}\n`);
    assert.deepEqual(source('  source = "./nowhere"'), ['error module-not-found "./nowhere"']);
    assert.deepEqual(source('  source = "terraform-aws-modules/vpc/aws"'), [
      'error missing-argument component',
      'information module-not-installed "terraform-aws-modules/vpc/aws"',
    ]);
    assert.deepEqual(source('  source = "github.com/acme/modules//vpc"'), [
      'information module-not-installed "github.com/acme/modules//vpc"',
    ]);
    assert.deepEqual(source('  source  = "git::https://example.com/a.git"\n  version = "1.0.0"'), [
      'information module-not-installed "git::https://example.com/a.git"',
      'error conflicting-arguments version',
    ]);
  });

  it('find remote sources where terraform stacks init put them', () => {
    const bundle = JSON.stringify({
      terraform_source_bundle: 1,
      packages: [{ source: 'git::https://example.com/vpc.git?ref=v2', local: 'abc', meta: {} }],
      registry: [
        {
          source: 'registry.terraform.io/acme/vpc/aws',
          versions: {
            '1.9.0': { source: 'git::https://example.com/vpc.git?ref=v1' },
            '1.10.0': { source: 'git::https://example.com/vpc.git//modules?ref=v2' },
            '2.0.0': { source: 'git::https://example.com/other.git' },
          },
        },
      ],
    });
    const drawn = (inputs: string) => `//- main.tfcomponent.hcl
component "a" {
  source  = "acme/vpc/aws//small"
  version = "~> 1.0"
  inputs  = { ${inputs} }
}
//- .terraform/modules/terraform-sources.json
${bundle}
//- .terraform/modules/abc/modules/small/main.tf
variable "range" {}
`;
    assert.deepEqual(found(drawn('range = 1')), []);
    assert.deepEqual(found(drawn('')), ['error missing-input inputs']);
  });

  it('name duplicates, also in another file, and words that are no names', () => {
    const drawn = `//- b.tfcomponent.hcl
variable "a" {
  type = string
}
locals {
  x = var.a
}
component "not ok" {
  source = "./network"
}
required_providers {}
//- a.tfcomponent.hcl
variable "a" {
  type = string
}
required_providers {}
`;
    assert.deepEqual(found(drawn).slice(0, 3), [
      'error duplicate-declaration a',
      'error invalid-name not ok',
      'error module-not-found "./network"',
    ]);
    assert.deepEqual(found(drawn).slice(3), ['error duplicate-setting required_providers']);
    assert.match(all(drawn)[0] ?? '', /at a\.tfcomponent\.hcl:1/);
  });

  it('know the arguments of blocks, and what Terraform wants in them', () => {
    const stack = (text: string) => found(`//- main.tfcomponent.hcl\n${text}\n`);
    assert.deepEqual(stack('variable "a" {}\nlocals {\n  b = var.a\n}'), ['error missing-argument variable']);
    assert.deepEqual(stack('variable "a" {\n  type     = string\n  nullable = false\n}'), [
      'error unknown-argument nullable',
    ]);
    assert.deepEqual(stack('output "a" {\n  type  = string\n  value = 1\n  precondition {}\n}'), [
      'error unknown-block precondition',
    ]);
    assert.deepEqual(stack('resource "aws_bucket" "b" {}'), ['error unknown-block resource']);
    assert.deepEqual(stack('provider "aws" {}'), [
      'error missing-label provider',
      'error undeclared-provider aws',
    ]);
    assert.deepEqual(stack('language = TFStack2023'), []);
    assert.deepEqual(stack('language = TFStack2030'), ['error invalid-argument TFStack2030']);
  });

  it("know the provider's arguments inside of config", () => {
    const config = (text: string) =>
      found(`//- main.tfcomponent.hcl\n${providers.replace('region = "us-west-2"', text)}`);
    assert.deepEqual(config('regio = "x"'), ['error unknown-argument regio']);
    assert.deepEqual(config('default_tags {\n  tags = {}\n}'), []);
    const old = providers.replace('~> 6.0', '~> 4.0').replace('region =', 'regio =');
    assert.deepEqual(found(`//- main.tfcomponent.hcl\n${old}`), ['warning unknown-argument regio']);
  });

  it('want a source and a version for every provider', () => {
    const required = (entry: string) =>
      found(`//- main.tfcomponent.hcl\nrequired_providers {\n  ${entry}\n}\n`);
    assert.deepEqual(required('aws = { source = "hashicorp/aws" }'), ['error invalid-requirement aws']);
    assert.deepEqual(required('aws = { version = "1.0.0" }'), ['error invalid-requirement aws']);
    assert.deepEqual(required('aws = "~> 6.0"'), ['error invalid-requirement "~> 6.0"']);
    assert.deepEqual(required('t = { source = "terraform.io/builtin/terraform" }'), []);
  });

  it('check what is removed', () => {
    const removed = (body: string) =>
      found(
        component(`${passes}\n  inputs = { range = "x" }`, `removed {\n  source = "./network"\n${body}\n}\n`),
      );
    assert.deepEqual(removed('  from = component.network'), [
      'error removed-still-declared component.network',
    ]);
    assert.deepEqual(removed('  from = component.network["a"]'), []);
    assert.deepEqual(removed('  from = aws_bucket.b'), ['error invalid-address aws_bucket.b']);
    assert.deepEqual(removed('  from     = component.a\n  for_each = toset(["a"])'), [
      'error invalid-for-each for_each',
    ]);
    assert.deepEqual(removed('  from     = component.a[each.key]\n  for_each = toset(["a"])'), []);
    assert.deepEqual(removed('  from   = component.a\n  inputs = {}'), [
      'error conflicting-arguments inputs',
    ]);
    assert.deepEqual(removed('  from   = stack.a\n  inputs = {}'), []);
    assert.deepEqual(removed('  from      = stack.a.component.b\n  providers = {}'), []);
    assert.deepEqual(removed('  from      = stack.a\n  providers = {}'), [
      'error conflicting-arguments providers',
    ]);
  });

  it('check embedded stacks by the variables of the other stack', () => {
    const drawn = (inputs: string, read = 'url') => `//- main.tfcomponent.hcl
stack "inner" {
  source = "./inner"
  inputs = { ${inputs} }
}
output "url" {
  type  = string
  value = stack.inner.${read}
}
//- inner/main.tfcomponent.hcl
variable "name" {
  type = string
}
output "url" {
  type  = string
  value = var.name
}
`;
    assert.deepEqual(found(drawn('name = "x"')), []);
    assert.deepEqual(found(drawn('')), ['error missing-input inputs']);
    assert.deepEqual(found(drawn('name = "x"', 'uri')), ['error undeclared-output uri']);
  });

  it('take components and embedded stacks in depends_on and nothing else', () => {
    const drawn = component(
      `${passes}\n  inputs = { range = local.a }\n  depends_on = [local.a]`,
      'locals {\n  a = "x"\n}\n',
    );
    assert.deepEqual(found(drawn), ['error invalid-dependency local.a']);
    const deep = component(
      `${passes}\n  inputs = { range = "x" }`,
      'component "b" {\n  source     = "./b"\n  depends_on = [component.network.subnet]\n}\n//- b/main.tf\nlocals {}\n',
    );
    assert.deepEqual(found(deep), ['warning invalid-dependency component.network.subnet']);
  });
});
