import assert from 'node:assert/strict';
import { diagnose } from '../../server/features/diagnostics';
import { fixture } from '../support/fixture';

/** `severity code text: message` of what is wrong with the first file; unused names are asked for by a test of their own. */
function all(drawn: string): string[] {
  const { snapshot, path, files } = fixture(drawn);
  return diagnose(snapshot, path).map(({ severity, code, range, message }) => {
    const text = files.get(path)?.slice(range.start, range.end) ?? '';
    return `${severity} ${code} ${text}: ${message}`;
  });
}

const found = (drawn: string): string[] =>
  all(drawn)
    .filter((line) => !line.startsWith('hint unused-'))
    .map((line) => line.slice(0, line.indexOf(': ')));

describe('diagnostics of deployments', () => {
  const stack = `//- main.tfcomponent.hcl
variable "region" {
  type = string
}
variable "size" {
  type    = number
  default = 1
}
output "url" {
  type  = string
  value = var.region
}
`;
  const file = (text: string) => `//- main.tfdeploy.hcl\n${text}\n${stack}`;

  it('accept deployments as their documentation shows them', () => {
    const drawn = file(`identity_token "aws" {
  audience = ["aws.workload.identity"]
}
store "varset" "keys" {
  id       = "varset-QKpocVOC3uQQxVrF"
  category = "terraform"
}
store "tfvars" "file" {
  path = "./a.tfvars"
}
upstream_input "base" {
  type   = "stack"
  source = "app.terraform.io/o/p/s"
}
locals {
  region = "us-west-2"
}
deployment "blue" {
  inputs = {
    region = "\${local.region}\${identity_token.aws.jwt}\${store.varset.keys.stable.LICENCE}\${store.tfvars.file.a}\${upstream_input.base.vpc.id}"
    size   = 3
  }
  deployment_group = deployment_group.canary
  destroy          = false
}
deployment "green" {
  inputs           = { region = "x" }
  deployment_group = "deployment_group.canary"
}
deployment_auto_approve "calm" {
  check {
    condition = context.plan.component_changes["component.a"].total == 0 && context.plan.deployment == deployment.blue
    reason    = "There are changes."
  }
}
deployment_group "canary" {
  auto_approve_checks = [deployment_auto_approve.calm]
  eager_plan          = "off"
}
publish_output "url" {
  description = "Where it is."
  value       = deployment.blue.url
}
`);
    assert.deepEqual(all(drawn), []);
  });

  it('name inputs that are missing, unknown or of the wrong type', () => {
    const deployment = (inputs: string) =>
      found(file(`deployment "a" {\n  inputs = {\n    ${inputs}\n  }\n}`));
    assert.deepEqual(deployment(''), ['error missing-input inputs']);
    assert.deepEqual(deployment('region = "x"\n    sise = 2'), ['warning unknown-input sise']);
    assert.deepEqual(deployment('region = "x"\n    size = []'), ['error wrong-type []']);
    assert.deepEqual(found('//- main.tfdeploy.hcl\ndeployment "a" {\n  inputs = { any = 1 }\n}\n'), []);
  });

  it('name what is declared nowhere', () => {
    const value = (text: string) =>
      found(
        file(`publish_output "a" {\n  value = ${text}\n}\ndeployment "b" {\n  inputs = { region = "x" }\n}`),
      );
    assert.deepEqual(value('identity_token.aws.jwt'), ['error undeclared-block identity_token.aws']);
    assert.deepEqual(value('store.varset.keys.a'), ['error undeclared-block store.varset.keys']);
    assert.deepEqual(value('deployment.c.url'), ['error undeclared-block deployment.c']);
    assert.deepEqual(value('deployment.b.uri'), ['error undeclared-output uri']);
    assert.deepEqual(value('deployment.b.url'), []);
    assert.deepEqual(value('var.region'), ['warning unknown-name var']);
  });

  it('know stores, checks and the older rules', () => {
    assert.deepEqual(found(file('store "varset" "a" {\n  category = "env"\n}')), [
      'error missing-argument store',
    ]);
    assert.deepEqual(found(file('store "varset" "a" {\n  id = "a"\n  name = "b"\n  category = "env"\n}')), [
      'error conflicting-arguments name',
    ]);
    assert.deepEqual(found(file('store "tfvars" "a" {\n  id = "x"\n}')), [
      'error missing-argument store',
      'error unknown-argument id',
    ]);
    assert.deepEqual(found(file('deployment_auto_approve "a" {}')), [
      'error missing-block deployment_auto_approve',
    ]);
    const check = '  check {\n    condition = context.plan.applyable\n    reason    = "x"\n  }\n';
    assert.deepEqual(found(file(`orchestrate "auto_approve" "a" {\n${check}}`)), [
      'warning deprecated-block orchestrate',
    ]);
  });
});
