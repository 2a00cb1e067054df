import assert from 'node:assert/strict';
import { places, renamed, definition } from './drawn';

describe('names in tests and variables files', () => {
  const project = (module: string, test: string) => `//- main.tf
variable "${module}region" {}
output "url" {
  value = var.region
}
check "health" {
  assert {
    condition     = var.region != ""
    error_message = "x"
  }
}
//- terraform.tfvars
region = "eu"
//- tests/main.tftest.hcl
variables {
  ${test}region = "us"
}
run "first" {
  variables {
    region = "ap"
  }
  assert {
    condition     = output.url == var.region
    error_message = "x"
  }
  expect_failures = [check.health, var.region]
}
run "second" {
  assert {
    condition     = run.first.url == "x"
    error_message = "x"
  }
}
`;

  it('finds a variable from the module and from the test', () => {
    const found = places(project('<|>', ''));
    assert.match(found, /variables \{\n {2}‹region› = "us"/);
    assert.match(found, /variables \{\n {4}‹region› = "ap"/);
    assert.match(found, /output\.url == var\.‹region›[^]*\[check\.health, var\.‹region›\]/);
    assert.match(found, /terraform\.tfvars\n‹region› = "eu"/);
    assert.equal(places(project('', '<|>')), found);
  });

  it('renames outputs, checks and runs with what reads them in tests', () => {
    const url = renamed(project('', '').replace('output "url"', 'output "u<|>rl"'), 'address');
    assert.match(url, /output\.address == var\.region[^]*run\.first\.address == "x"/);
    const check = renamed(project('', '').replace('check "health"', 'check "he<|>alth"'), 'alive');
    assert.match(check, /check "alive"[^]*\[check\.alive, var\.region\]/);
    const run = renamed(project('', '').replace('run "first"', 'run "fi<|>rst"'), 'start');
    assert.match(run, /run "start"[^]*run\.start\.url/);
  });

  it('leads from a test to the module, also to the one of a run', () => {
    assert.match(
      definition(project('', '').replace('output.url', 'output.u<|>rl')),
      /main\.tf[^]*output "‹url›"/,
    );
    const other = `//- setup/main.tf
output "id" {
  value = 1
}
//- main.tf
locals {}
//- main.tftest.hcl
run "setup" {
  module {
    source = "./setup"
  }
  assert {
    condition     = output.id == 1
    error_message = "x"
  }
}
run "b" {
  assert {
    condition     = run.setup.i<|>d == 1
    error_message = "x"
  }
}
`;
    assert.match(definition(other), /setup\/main\.tf\noutput "‹id›"/);
    assert.match(places(other), /output\.‹id› == 1[^]*run\.setup\.‹id› == 1/);
  });
});
