import assert from 'node:assert/strict';
import { complete } from '../../server/features/completion';
import type { CompletionItem } from '../../server/features/completionItems';
import { hover } from '../../server/features/hover';
import { fixture } from '../support/fixture';

const others = `//- modules/network/main.tf
variable "range" {
  type        = string
  description = "Addresses of the network."
}
variable "name" {
  default = "net"
}
resource "aws_bucket" "b" {}
resource "aws_bucket" "c" {
  provider = aws.far
}
output "subnet" {
  value       = var.range
  description = "Where machines go."
}
//- values.tfcomponent.hcl
required_providers {
  aws = {
    source  = "hashicorp/aws"
    version = "~> 6.0"
  }
}
provider "aws" "main" {}
provider "aws" "each" {
  for_each = toset(["a"])
}
variable "region" {
  type = string
}
variable "size" {
  type    = number
  default = 1
}
component "network" {
  source = "./modules/network"
  inputs = {
    range = "10.0.0.0/8"
  }
}
output "subnet" {
  type  = string
  value = component.network.subnet
}
//- tokens.tfdeploy.hcl
identity_token "aws" {
  audience = ["aws.workload.identity"]
}
store "varset" "keys" {
  name     = "keys"
  category = "env"
}
deployment_auto_approve "calm" {
  check {
    condition = context.plan.applyable
    reason    = "no"
  }
}
deployment_group "canary" {
  auto_approve_checks = [deployment_auto_approve.calm]
}
deployment "blue" {
  inputs = { region = "x" }
}
upstream_input "base" {
  type   = "stack"
  source = "app.terraform.io/o/p/s"
}
`;

const inStack = (drawn: string) => `//- main.tfcomponent.hcl\n${drawn}\n${others}`;
const inDeployments = (drawn: string) => `//- main.tfdeploy.hcl\n${drawn}\n${others}`;

function items(drawn: string): readonly CompletionItem[] {
  const { snapshot, path, offset } = fixture(drawn);
  return complete(snapshot, path, offset).items;
}

const labels = (drawn: string): string[] => items(drawn).map(({ label }) => label);

function offers(drawn: string, ...wanted: readonly string[]): void {
  const found = labels(drawn);
  for (const label of wanted)
    assert.ok(found.includes(label), `${label} is not among ${found.slice(0, 40).join(', ')}`);
}

describe('completion in stacks', () => {
  it('offers the blocks of a stack and those of deployments', () => {
    assert.deepEqual(labels(inStack('<|>')).sort(), [
      'component',
      'language',
      'locals',
      'output',
      'provider',
      'removed',
      'required_providers',
      'stack',
      'variable',
    ]);
    offers(inDeployments('dep<|>'), 'deployment', 'deployment_group', 'deployment_auto_approve');
    offers(inDeployments('<|>'), 'store', 'identity_token', 'publish_output', 'upstream_input', 'locals');
  });

  it('offers the arguments of a component, required ones first', () => {
    const found = labels(inStack('component "a" {\n  <|>\n}'));
    assert.deepEqual(found.slice(0, 1), ['source']);
    assert.deepEqual([...found].sort(), [
      'depends_on',
      'for_each',
      'inputs',
      'providers',
      'source',
      'version',
    ]);
  });

  it('offers folders with modules as sources', () => {
    offers(inStack('component "a" {\n  source = "<|>"\n}'), './modules/network');
  });

  it("offers the module's variables as inputs, required ones first, and none twice", () => {
    const component = (inputs: string) =>
      inStack(`component "a" {\n  source = "./modules/network"\n  inputs = {\n    ${inputs}\n  }\n}`);
    assert.deepEqual(labels(component('<|>')), ['range', 'name']);
    assert.deepEqual(labels(component('range = "x"\n    <|>')), ['name']);
    const [range] = items(component('<|>'));
    assert.match(range?.documentation ?? '', /Addresses of the network/);
  });

  it("offers the provider configurations that a component's module needs, and those of the stack for them", () => {
    const component = (providers: string) =>
      inStack(`component "a" {\n  source = "./modules/network"\n  providers = {\n    ${providers}\n  }\n}`);
    assert.deepEqual(labels(component('<|>')), ['aws', 'aws.far']);
    assert.deepEqual(labels(component('aws = <|>')), ['provider.aws.each[each.key]', 'provider.aws.main']);
    assert.deepEqual(labels(component('aws = provider.aws.m<|>')), ['provider.aws.main']);
  });

  it('offers what an expression can read: variables, outputs of components', () => {
    offers(inStack('locals {\n  a = <|>\n}'), 'var.region', 'component.network.subnet', 'component', 'upper');
    assert.ok(!labels(inStack('locals {\n  a = <|>\n}')).includes('path'));
    assert.deepEqual(labels(inStack('locals {\n  a = component.<|>\n}')), ['network']);
    assert.deepEqual(labels(inStack('locals {\n  a = component.network.<|>\n}')), ['subnet']);
    assert.deepEqual(labels(inStack('component "a" {\n  source = "./x"\n  depends_on = [<|>]\n}')), [
      'component.network',
    ]);
  });

  it('offers each where something is repeated', () => {
    offers(
      inStack(
        'component "a" {\n  source   = "./x"\n  for_each = toset(["k"])\n  inputs = {\n    x = each.<|>\n  }\n}',
      ),
      'key',
      'value',
    );
  });

  it("knows the arguments of a provider inside of config, and the stack's providers for its label", () => {
    offers(inStack('provider "aws" "x" {\n  config {\n    <|>\n  }\n}'), 'region', 'default_tags');
    assert.deepEqual(labels(inStack('provider "aws" "x" {\n  <|>\n}')).sort(), ['config', 'for_each']);
    assert.equal(labels(inStack('provider "<|>"'))[0], 'aws');
  });

  it("offers the stack's variables as inputs of a deployment, and what these can be", () => {
    const deployment = (inputs: string) =>
      inDeployments(`deployment "a" {\n  inputs = {\n    ${inputs}\n  }\n}`);
    assert.deepEqual(labels(deployment('<|>')), ['region', 'size']);
    offers(
      deployment('region = <|>'),
      'identity_token.aws.jwt',
      'deployment.blue.subnet',
      'store',
      'upstream_input',
    );
    assert.deepEqual(labels(deployment('region = identity_token.aws.<|>')), ['jwt', 'jwt_filename']);
    assert.deepEqual(labels(deployment('region = store.varset.<|>')), ['keys']);
    assert.deepEqual(labels(deployment('region = store.varset.keys.<|>')), ['stable']);
    assert.deepEqual(labels(deployment('region = upstream_input.<|>')), ['base']);
  });

  it('offers groups, rules and the outputs of deployments', () => {
    offers(inDeployments('deployment "a" {\n  deployment_group = deployment_group.<|>\n}'), 'canary');
    offers(
      inDeployments('deployment_group "g" {\n  auto_approve_checks = [deployment_auto_approve.<|>]\n}'),
      'calm',
    );
    assert.deepEqual(labels(inDeployments('publish_output "o" {\n  value = deployment.blue.<|>\n}')), [
      'subnet',
    ]);
  });

  it('offers what a check may ask', () => {
    const check = (condition: string) =>
      inDeployments(`deployment_auto_approve "a" {\n  check {\n    condition = ${condition}\n  }\n}`);
    offers(check('<|>'), 'context');
    assert.deepEqual(labels(check('context.plan.changes.<|>')), [
      'add',
      'change',
      'import',
      'remove',
      'total',
    ]);
    assert.ok(!labels(inDeployments('locals {\n  a = <|>\n}')).includes('context'));
  });

  it('offers types of stores, their arguments and the values of these', () => {
    assert.deepEqual(labels(inDeployments('store "<|>"')).sort(), ['tfvars', 'varset']);
    assert.deepEqual(labels(inDeployments('store "varset" "a" {\n  <|>\n}')).sort(), [
      'category',
      'id',
      'name',
    ]);
    assert.deepEqual(labels(inDeployments('store "tfvars" "a" {\n  <|>\n}')), ['path']);
    offers(inDeployments('store "varset" "a" {\n  category = "<|>"\n}'), 'env', 'terraform');
  });

  it('offers providers to require, with what a stack must say of them', () => {
    const required = (text: string) =>
      items(`//- main.tfcomponent.hcl\nrequired_providers {\n  ${text}\n}\n`);
    const aws = required('aw<|>').find(({ label }) => label === 'aws');
    assert.match(aws?.insert ?? '', /source {2}= "hashicorp\/aws"\n {2}version = "~> 6\.66"/);
    assert.deepEqual(
      required('aws = {\n    <|>\n  }').map(({ label }) => label),
      ['source', 'version'],
    );
  });

  it('offers nothing in JSON, and no checksums in a lock file', () => {
    assert.deepEqual(labels('//- main.tfcomponent.json\n{ "<|>": {} }\n'), []);
    const lock =
      '//- .terraform.lock.hcl\nprovider "registry.terraform.io/hashicorp/aws" {\n  hashes = [\n    "<|>",\n  ]\n}\n';
    assert.deepEqual(labels(lock), []);
  });
});

describe('hover in stacks', () => {
  const shown = (drawn: string): string => {
    const { snapshot, path, offset } = fixture(drawn);
    return hover(snapshot, path, offset)?.contents ?? '';
  };

  it('tells what a block is, and what its arguments are', () => {
    assert.match(shown(inStack('comp<|>onent "a" {}')), /planned and applied as one part/);
    assert.match(shown(inStack('component "a" {\n  sou<|>rce = "./x"\n}')), /required string/);
    assert.match(shown(inDeployments('deploy<|>ment "a" {}')), /with its own values and its own state/);
    assert.match(
      shown(inDeployments('store "varset" "a" {\n  cate<|>gory = "env"\n}')),
      /Which variables of the set/,
    );
  });

  it('tells about variables behind inputs', () => {
    const component =
      'component "a" {\n  source = "./modules/network"\n  inputs = {\n    ran<|>ge = "x"\n  }\n}';
    assert.match(shown(inStack(component)), /variable "range" \(string\)[^]*Addresses of the network/);
    assert.match(
      shown(inDeployments('deployment "a" {\n  inputs = {\n    si<|>ze = 1\n  }\n}')),
      /variable "size" \(number\)/,
    );
  });

  it('tells about outputs of components and deployments, tokens and checks', () => {
    assert.match(
      shown(inStack('locals {\n  a = component.network.sub<|>net\n}')),
      /output "subnet"[^]*Where machines go/,
    );
    assert.match(
      shown(inStack('locals {\n  a = component.net<|>work.subnet\n}')),
      /component "network"[^]*\.\/modules\/network/,
    );
    assert.match(shown(inDeployments('locals {\n  a = identity_token.aws.jw<|>t\n}')), /The token itself/);
    assert.match(shown(inDeployments('locals {\n  a = deployment.blue.sub<|>net\n}')), /output "subnet"/);
    const check =
      'deployment_auto_approve "a" {\n  check {\n    condition = context.suc<|>cess\n    reason = "x"\n  }\n}';
    assert.match(shown(inDeployments(check)), /Whether it went well/);
  });

  it("tells the provider's arguments inside of config", () => {
    assert.match(
      shown(inStack('provider "aws" "x" {\n  config {\n    reg<|>ion = "x"\n  }\n}')),
      /Where things are[^]*hashicorp\/aws/,
    );
  });
});
