import assert from 'node:assert/strict';
import { findDefinition } from '../../server/features/definition';
import { findReferences } from '../../server/features/references';
import { prepareRename, rename } from '../../server/features/rename';
import { fixture, relativeName } from '../support/fixture';
import type { Fixture } from '../support/fixture';

const project = `//- main.tfcomponent.hcl
required_providers {
  aws = {
    source  = "hashicorp/aws"
    version = "~> 6.0"
  }
}
provider "aws" "west" {
  config {
    region = var.region
  }
}
component "network" {
  source = "./network"
  inputs = {
    range = local.range
  }
  providers = {
    aws = provider.aws.west
  }
}
component "app" {
  source     = "./app"
  for_each   = toset(["a"])
  depends_on = [component.network]
  inputs = {
    "subnet" = component.network.subnet
  }
}
//- values.tfcomponent.hcl
variable "region" {
  type = string
}
locals {
  range = "10.0.0.0/8"
}
output "subnets" {
  type  = string
  value = component.network.subnet
}
//- main.tfdeploy.hcl
identity_token "aws" {
  audience = ["aws.workload.identity"]
}
store "varset" "keys" {
  name     = "keys"
  category = "env"
}
deployment "west" {
  inputs = {
    region = "us-west-2"
    token  = identity_token.aws.jwt
    key    = store.varset.keys.stable.LICENCE
  }
}
publish_output "subnets" {
  value = deployment.west.subnets
}
//- network/main.tf
variable "range" {
  type = string
}
resource "aws_bucket" "b" {}
output "subnet" {
  value = var.range
}
//- app/main.tf
variable "subnet" {
  type = string
}
`;

/** The project with the cursor inside the n-th occurrence of a text, where \`|\` stands in it. */
function at(drawn: string, occurrence = 1): Fixture {
  const within = drawn.indexOf('|');
  const text = drawn.replace('|', '');
  let position = -1;
  for (let count = 0; count < occurrence; count += 1) position = project.indexOf(text, position + 1);
  assert.ok(position >= 0, `the project does not hold ${text}`);
  position += within;
  return fixture(`${project.slice(0, position)}<|>${project.slice(position)}`);
}

function shown(
  from: Fixture,
  place: { path: string; range: { start: number; end: number } } | undefined,
): string {
  if (place === undefined) return 'nowhere';
  const text = from.files.get(place.path) ?? '';
  const line = text.slice(0, place.range.start).split('\n').length;
  return `${relativeName(place.path)}:${line} ${text.slice(place.range.start, place.range.end)}`;
}

describe('definition in stacks', () => {
  const definition = (from: Fixture) =>
    shown(from, findDefinition(from.snapshot, from.path, from.offset)?.target);

  it('finds variables, local values, components, providers, tokens and stores', () => {
    assert.equal(definition(at('var.re|gion')), 'values.tfcomponent.hcl:1 region');
    assert.equal(definition(at('local.ra|nge')), 'values.tfcomponent.hcl:5 range');
    assert.equal(definition(at('[component.net|work]')), 'main.tfcomponent.hcl:12 network');
    assert.equal(definition(at('provider.aws.we|st')), 'main.tfcomponent.hcl:7 west');
    assert.equal(definition(at('identity_token.a|ws.jwt')), 'main.tfdeploy.hcl:1 aws');
    assert.equal(definition(at('store.varset.ke|ys')), 'main.tfdeploy.hcl:4 keys');
    assert.equal(definition(at('deployment.we|st')), 'main.tfdeploy.hcl:8 west');
  });

  it('goes on to what is called: outputs, variables, folders', () => {
    assert.equal(definition(at('component.network.sub|net')), 'network/main.tf:5 subnet');
    assert.equal(definition(at('deployment.west.sub|nets')), 'values.tfcomponent.hcl:7 subnets');
    assert.equal(definition(at('    ra|nge = local')), 'network/main.tf:1 range');
    assert.equal(definition(at('"sub|net" = component')), 'app/main.tf:1 subnet');
    assert.equal(definition(at('reg|ion = "us-west-2"')), 'values.tfcomponent.hcl:1 region');
    assert.equal(definition(at('"./net|work"')), 'network/main.tf:1 ');
  });

  it('leads from a provider to where the stack requires it', () => {
    assert.equal(definition(at('provider "a|ws"')), 'main.tfcomponent.hcl:2 aws');
    assert.equal(definition(at('provider.a|ws.west')), 'main.tfcomponent.hcl:2 aws');
  });
});

describe('references in stacks', () => {
  const references = (from: Fixture) =>
    findReferences(from.snapshot, from.path, from.offset, false).map((place) => shown(from, place));

  it('finds a variable in the stack and in its deployments', () => {
    assert.deepEqual(references(at('variable "re|gion"')), [
      'main.tfcomponent.hcl:9 region',
      'main.tfdeploy.hcl:10 region',
    ]);
  });

  it('finds a variable and an output of a module in the components that use it', () => {
    assert.deepEqual(references(at('variable "ra|nge"')), [
      'network/main.tf:6 range',
      'main.tfcomponent.hcl:15 range',
    ]);
    assert.deepEqual(references(at('output "sub|net"')), [
      'main.tfcomponent.hcl:26 subnet',
      'values.tfcomponent.hcl:9 subnet',
    ]);
  });

  it('finds components, providers and outputs of the stack', () => {
    assert.deepEqual(references(at('component "net|work"')), [
      'main.tfcomponent.hcl:24 network',
      'main.tfcomponent.hcl:26 network',
      'values.tfcomponent.hcl:9 network',
    ]);
    assert.deepEqual(references(at('"aws" "we|st"')), ['main.tfcomponent.hcl:18 west']);
    assert.deepEqual(references(at('output "subn|ets"')), ['main.tfdeploy.hcl:16 subnets']);
  });
});

describe('rename in stacks', () => {
  const renamed = (from: Fixture, name: string): string => {
    const edited = new Map(from.files);
    const edits = [...rename(from.snapshot, from.path, from.offset, name)];
    for (const { path, range, newText } of edits.sort((a, b) => b.range.start - a.range.start)) {
      const text = edited.get(path) ?? '';
      edited.set(path, text.slice(0, range.start) + newText + text.slice(range.end));
    }
    return [...edited].map(([path, text]) => `//- ${relativeName(path)}\n${text}`).join('');
  };
  /** The project with these words in the place of others. */
  const expected = (...changes: readonly (readonly [string, string])[]): string =>
    changes.reduce((text, [before, after]) => {
      assert.ok(text.includes(before), before);
      return text.replaceAll(before, after);
    }, project);

  it('changes a variable of the stack in its deployments too', () => {
    assert.equal(
      renamed(at('variable "re|gion"'), 'area'),
      expected(
        ['variable "region"', 'variable "area"'],
        ['var.region', 'var.area'],
        ['region = "us', 'area = "us'],
      ),
    );
  });

  it('changes a variable of a module in the components that set it, from either side', () => {
    const after = expected(
      ['variable "range"', 'variable "block"'],
      ['var.range', 'var.block'],
      ['    range = local', '    block = local'],
    );
    assert.equal(renamed(at('variable "ra|nge"'), 'block'), after);
    assert.equal(renamed(at('    ra|nge = local'), 'block'), after);
  });

  it('changes what stands between quotes', () => {
    const after = expected(
      ['variable "subnet"', 'variable "net"'],
      ['"subnet" = component', '"net" = component'],
    );
    assert.equal(renamed(at('variable "sub|net"'), 'net'), after);
  });

  it('changes an output of a module where stacks read it', () => {
    assert.equal(
      renamed(at('component.network.sub|net'), 'net'),
      expected(['output "subnet"', 'output "net"'], ['component.network.subnet', 'component.network.net']),
    );
  });

  it('changes components, local values, outputs and provider configurations', () => {
    assert.equal(
      renamed(at('component "net|work"'), 'net'),
      expected(['component "network"', 'component "net"'], ['component.network', 'component.net']),
    );
    assert.equal(
      renamed(at('local.ra|nge'), 'block'),
      expected(['  range = "10', '  block = "10'], ['local.range', 'local.block']),
    );
    assert.equal(
      renamed(at('provider "aws" "we|st"'), 'main'),
      expected(
        ['provider "aws" "west"', 'provider "aws" "main"'],
        ['provider.aws.west', 'provider.aws.main'],
      ),
    );
    assert.equal(
      renamed(at('output "subn|ets"'), 'nets'),
      expected(
        ['output "subnets" {\n  type', 'output "nets" {\n  type'],
        ['deployment.west.subnets', 'deployment.west.nets'],
      ),
    );
  });

  it("changes the stack's name of a provider, and leaves the module's name of it alone", () => {
    assert.equal(
      renamed(at('provider "a|ws" "west"'), 'amazon'),
      expected(
        ['  aws = {\n    source ', '  amazon = {\n    source '],
        ['provider "aws"', 'provider "amazon"'],
        ['provider.aws.', 'provider.amazon.'],
      ),
    );
  });

  it('refuses a deployment, which would be another one, and names that are taken', () => {
    const deployment = at('deployment "we|st"');
    assert.throws(
      () => rename(deployment.snapshot, deployment.path, deployment.offset, 'east'),
      /HCP Terraform knows/,
    );
    const component = at('component "net|work"');
    assert.throws(
      () => rename(component.snapshot, component.path, component.offset, 'app'),
      /exists already/,
    );
  });

  it('leaves lock files to terraform', () => {
    const lock = fixture(
      '//- .terraform.lock.hcl\nprovider "registry.terraform.io/hashi<|>corp/aws" {\n  version = "6.0.0"\n}\n',
    );
    assert.throws(
      () => prepareRename(lock.snapshot, lock.path, lock.offset),
      /terraform init writes this file/,
    );
  });
});
