import assert from 'node:assert/strict';
import { excludes, includes, labels, taken } from '../support/completing';
import { drawn } from './testFiles/project';

/** The keys that are offered in an object, in which a `for` may stand too. */
function keys(text: string): string[] {
  return labels(text).filter((label) => label !== 'for');
}

describe('completion in test files', () => {
  it('offers the blocks of a test file (vscode-terraform 2191)', () => {
    const offered = labels(drawn('<|>'));
    for (const label of ['run', 'variables', 'provider', 'mock_provider', 'override_module', 'test'])
      assert.ok(offered.includes(label), label);
    for (const label of ['resource', 'locals', 'module', 'terraform', 'mock_resource'])
      assert.ok(!offered.includes(label), label);
  });

  it('offers what a run holds', () => {
    includes(
      drawn('run "a" {\n  <|>\n}\n'),
      'command',
      'assert',
      'expect_failures',
      'plan_options',
      'providers',
    );
    includes(drawn('run "a" {\n  plan_options {\n    <|>\n  }\n}\n'), 'mode', 'refresh', 'replace', 'target');
  });

  it('offers keywords', () => {
    assert.deepEqual(labels(drawn('run "a" {\n  command = <|>\n}\n')).slice(0, 2), ['plan', 'apply']);
    includes(drawn('run "a" {\n  plan_options {\n    mode = <|>\n  }\n}\n'), 'normal', 'refresh-only');
  });

  it('offers the variables of the module that is run', () => {
    includes(drawn('variables {\n  <|>\n}\n'), 'region', 'net');
    includes(drawn('run "a" {\n  variables {\n    <|>\n  }\n}\n'), 'region', 'net');
    const setup = drawn(
      'run "a" {\n  module {\n    source = "./testing/setup"\n  }\n  variables {\n    <|>\n  }\n}\n',
    );
    assert.deepEqual(labels(setup), ['prefix']);
  });

  it('offers the members of a typed variable', () => {
    assert.deepEqual(keys(drawn('variables {\n  net = {\n    <|>\n  }\n}\n')), ['cidr', 'zones']);
  });

  it('offers in an assertion what the module declares, its outputs and earlier runs', () => {
    const roots = 'run "a" {}\nrun "b" {\n  assert {\n    condition = <|>\n  }\n}\nrun "c" {}\n';
    includes(drawn(roots), 'var', 'local', 'module', 'data', 'output', 'run', 'aws_instance', 'output.url');
    const output = 'run "a" {\n  assert {\n    condition = output.<|>\n  }\n}\n';
    assert.deepEqual(labels(drawn(output)), ['name', 'url']);
    const runs = 'run "a" {}\nrun "b" {\n  assert {\n    condition = run.<|>\n  }\n}\nrun "c" {}\n';
    assert.deepEqual(labels(drawn(runs)), ['a']);
    const member = 'run "a" {\n  assert {\n    condition = aws_instance.trainer.<|>\n  }\n}\n';
    includes(drawn(member), 'public_ip', 'ami');
  });

  it('offers the outputs of the module that a run ran', () => {
    const setup = 'run "setup" {\n  module {\n    source = "./testing/setup"\n  }\n}\n';
    assert.deepEqual(
      labels(drawn(`${setup}run "b" {\n  variables {\n    region = run.setup.<|>\n  }\n}\n`)),
      ['bucket'],
    );
    const inside = setup.replace('}\n}\n', '}\n  assert {\n    condition = output.<|>\n  }\n}\n');
    assert.deepEqual(labels(drawn(inside)), ['bucket']);
  });

  it('offers outside of assertions only variables of the file and runs', () => {
    const text =
      'variables {\n  base = "x"\n}\nrun "a" {}\nrun "b" {\n  variables {\n    region = <|>\n  }\n}\n';
    includes(drawn(text), 'var', 'run', 'var.base');
    excludes(drawn(text), 'local', 'module', 'data', 'aws_instance', 'output', 'var.net');
  });

  it('offers what can fail', () => {
    assert.deepEqual(labels(drawn('run "a" {\n  expect_failures = [<|>]\n}\n')), ['check.alive', 'var.net']);
  });

  it('offers targets, those inside called modules too', () => {
    includes(
      drawn('override_resource {\n  target = <|>\n}\n'),
      'aws_instance.trainer',
      'module.store.aws_bucket.data',
    );
    assert.deepEqual(labels(drawn('override_data {\n  target = <|>\n}\n')), ['data.aws_image.gpu']);
    assert.deepEqual(labels(drawn('override_module {\n  target = <|>\n}\n')), ['module.store']);
    includes(drawn('run "a" {\n  plan_options {\n    target = [<|>]\n  }\n}\n'), 'module.store');
  });

  it('offers what a provider computes as the values of mocks and overrides', () => {
    const mock =
      'mock_provider "aws" {\n  mock_resource "aws_bucket" {\n    defaults = {\n      <|>\n    }\n  }\n}\n';
    assert.deepEqual(keys(drawn(mock)), ['bucket', 'arn', 'id']);
    const override = 'override_resource {\n  target = aws_instance.trainer\n  values = {\n    <|>\n  }\n}\n';
    assert.deepEqual(keys(drawn(override)), ['public_ip', 'id']);
    const inner = override.replace('aws_instance.trainer', 'module.store.aws_bucket.data');
    assert.deepEqual(keys(drawn(inner)), ['bucket', 'arn', 'id']);
    const module = 'override_module {\n  target = module.store\n  outputs = {\n    <|>\n  }\n}\n';
    assert.deepEqual(keys(drawn(module)), ['url']);
  });

  it('offers mocked types and providers', () => {
    assert.deepEqual(labels(drawn('mock_provider "aws" {\n  mock_resource "<|>\n}\n')), [
      'aws_instance',
      'aws_bucket',
    ]);
    assert.deepEqual(labels(drawn('mock_provider "aws" {\n  mock_data "<|>\n}\n')), ['aws_image']);
    includes(drawn('mock_provider "<|>\n'), 'aws');
    assert.equal(
      taken(drawn('mock_provider "aws" {\n  mock_data "<|>\n}\n'), 'aws_image', 'snippet'),
      'mock_provider "aws" {\n  mock_data "aws_image" {\n  $0\n}\n}\n',
    );
  });

  it('offers the provider configurations of the file for a run', () => {
    const text =
      'mock_provider "aws" {\n  alias = "fake"\n}\nrun "a" {\n  providers = {\n    aws = <|>\n  }\n}\n';
    includes(drawn(text), 'aws.fake');
  });

  it('offers modules to run', () => {
    includes(drawn('run "a" {\n  module {\n    source = "<|>"\n  }\n}\n'), './store');
  });

  it('offers types and targets in files of mocks', () => {
    assert.deepEqual(labels(drawn('<|>', 'tests/aws/mocks.tfmock.hcl')), [
      'mock_data',
      'mock_resource',
      'override_data',
      'override_resource',
    ]);
    includes(drawn('mock_resource "<|>', 'tests/aws/mocks.tfmock.hcl'), 'aws_bucket');
    const inside = 'mock_resource "aws_bucket" {\n  defaults = {\n    <|>\n  }\n}\n';
    includes(drawn(inside, 'tests/aws/mocks.tfmock.hcl'), 'arn');
  });

  it('offers searches and the names of the configuration in query files', () => {
    assert.deepEqual(labels(drawn('<|>', 'find.tfquery.hcl')), ['list', 'locals', 'provider', 'variable']);
    includes(drawn('list "<|>', 'find.tfquery.hcl'), 'aws_bucket');
    const inside = 'list "aws_bucket" "all" {\n  provider = aws\n  <|>\n}\n';
    includes(drawn(inside, 'find.tfquery.hcl'), 'config', 'limit', 'include_resource');
    const value = 'list "aws_bucket" "all" {\n  provider = aws\n  limit = <|>\n}\n';
    includes(drawn(value, 'find.tfquery.hcl'), 'var.region', 'local.name');
  });
});
