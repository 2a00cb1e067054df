import assert from 'node:assert/strict';
import { all, component, found, network, passes, providers } from './stacksDrawn';

describe('stacks as a whole', () => {
  it('name circles of components', () => {
    const circle = `//- main.tfcomponent.hcl
component "a" {
  source = "./a"
  inputs = { in = local.b }
}
component "b" {
  source = "./a"
  inputs = { in = component.a.out }
}
component "c" {
  source = "./a"
  inputs = { in = component.c.out }
}
locals {
  b = component.b.out
}
//- a/main.tf
variable "in" {}
output "out" {
  value = var.in
}
`;
    assert.deepEqual(found(circle), [
      'error dependency-cycle local.b',
      'error dependency-cycle component.a.out',
      'error dependency-cycle component.c.out',
      'error dependency-cycle component.b.out',
    ]);
  });

  it('hand provider configurations on to embedded stacks', () => {
    const outer = `//- main.tfcomponent.hcl
${providers}stack "inner" {
  source = "./inner"
  inputs = { aws = provider.aws.main }
}
`;
    const inner = `//- inner/main.tfcomponent.hcl
variable "aws" {
  type = providerconfig(aws)
}
component "a" {
  source    = "../network"
  inputs    = { range = "x" }
  providers = { aws = var.aws }
}
`;
    assert.deepEqual(all(`${outer}${inner}${network}`), []);
    assert.deepEqual(all(`${inner}${outer}${network}`), []);
  });

  it('fade what nothing reads', () => {
    const drawn = component(
      `${passes}\n  inputs = { range = "x" }`,
      'locals {\n  a = 1\n}\nvariable "b" {\n  type = string\n}\nprovider "aws" "spare" {}\n',
    );
    assert.deepEqual(
      all(drawn).map((line) => line.slice(0, line.indexOf(': '))),
      [
        'hint unused-declaration a',
        'hint unused-declaration variable "b"',
        'hint unused-provider provider "aws" "spare"',
      ],
    );
  });

  it('read the older ending and JSON alike', () => {
    assert.deepEqual(found('//- main.tfstack.hcl\nvariable "a" {}\n'), ['error missing-argument variable']);
    const json = (body: unknown) => found(`//- main.tfcomponent.json\n${JSON.stringify(body)}\n${network}`);
    const own = {
      required_providers: { aws: { source: 'hashicorp/aws', version: '~> 6.0' } },
      provider: { aws: { main: {} } },
    };
    const given = {
      source: './network',
      inputs: { range: '${var.r}' },
      providers: { aws: '${provider.aws.main}' },
    };
    const variable = { r: { type: 'string' } };
    assert.deepEqual(json({ ...own, variable, component: { n: given } }), []);
    assert.deepEqual(json({ ...own, component: { n: given } }), ['error undeclared-variable var.r']);
    assert.deepEqual(json({ ...own, component: { n: { source: './network' } } }), [
      'error missing-input component',
      'error missing-provider-configuration component',
    ]);
  });
});
