import assert from 'node:assert/strict';
import { excludes, includes, labels, startsWith, taken } from '../support/completing';

describe('completion of addresses', () => {
  const declarations = `
resource "aws_bucket" "logs" {
  for_each = { left = 1, right = 2 }
}
resource "aws_instance" "pool" {
  count = 2
  ami   = "x"
}
data "aws_image" "gpu" {
  name = "x"
}
`;

  it('offers own arguments and blocks to ignore, all in the place of the list', () => {
    const ignore = (value: string) =>
      `resource "aws_instance" "a" {\n  lifecycle {\n    ignore_changes = ${value}\n  }\n}\n`;
    assert.deepEqual(labels(ignore('[<|>]')), [
      'ami',
      'disk',
      'id',
      'instance_type',
      'network',
      'rules',
      'user_data',
    ]);
    startsWith(ignore('<|>'), 'all', '[ami]');
    excludes(ignore('[<|>]'), 'all', 'public_ip', 'var');
    assert.match(taken(ignore('am<|>'), '[ami]'), /ignore_changes = \[ami\]\n/);
    assert.deepEqual(labels(ignore('[ami, us<|>]')), ['user_data']);
  });

  it('leads into blocks and objects whose parts are ignored', () => {
    const ignore = (value: string) =>
      `resource "aws_instance" "a" {\n  count = 2\n  lifecycle {\n    ignore_changes = [${value}]\n  }\n}\n`;
    assert.deepEqual(labels(ignore('network.<|>')), ['subnet', 'zone']);
    assert.deepEqual(labels(ignore('disk.<|>')), ['[0].kind', '[0].size']);
    assert.deepEqual(labels(ignore('disk[0].<|>')), ['kind', 'size']);
  });

  it('offers resources, their instances and attributes to be replaced by', () => {
    const replace = (value: string) =>
      `${declarations}resource "aws_instance" "a" {\n  lifecycle {\n    replace_triggered_by = [${value}]\n  }\n}\n`;
    assert.deepEqual(labels(replace('<|>')), [
      'aws_bucket.logs',
      'aws_bucket.logs["left"]',
      'aws_bucket.logs["right"]',
      'aws_instance.pool',
      'aws_instance.pool[0]',
    ]);
    assert.deepEqual(labels(replace('aws_instance.po<|>')), ['aws_instance.pool', 'aws_instance.pool[0]']);
    includes(replace('aws_instance.pool[0].<|>'), 'public_ip', 'ami');
  });

  it('offers addresses with instances, inside modules too, to move, remove and import', () => {
    const modules = `module "m" {
  source   = "./m"
  for_each = { a = 1 }
}
//- m/main.tf
resource "aws_bucket" "inner" {}
`;
    const block = (text: string) => `//- main.tf\n${declarations}${text}\n${modules}`;
    assert.deepEqual(labels(block('moved {\n  from = <|>\n}')), [
      'aws_bucket.logs',
      'aws_bucket.logs["left"]',
      'aws_bucket.logs["right"]',
      'aws_instance.pool',
      'aws_instance.pool[0]',
      'module.m',
      'module.m["a"]',
      'module.m["a"].aws_bucket.inner',
    ]);
    includes(block('removed {\n  from = <|>\n}'), 'module.m', 'aws_bucket.logs');
    includes(block('import {\n  to = <|>\n}'), 'aws_bucket.logs["left"]', 'module.m["a"].aws_bucket.inner');
    excludes(block('import {\n  to = <|>\n}'), 'module.m', 'data.aws_image.gpu');
    assert.match(taken(block('moved {\n  to = module.<|>\n}'), 'module.m["a"]'), /to = module\.m\["a"\]\n/);
  });

  it('offers provider configurations, those of the type first', () => {
    const providers = `provider "google" {}
provider "aws" {
  alias = "west"
}
`;
    assert.deepEqual(labels(`${providers}resource "aws_bucket" "b" {\n  provider = <|>\n}\n`), [
      'aws.west',
      'google',
    ]);
    assert.deepEqual(labels(`${providers}resource "aws_bucket" "b" {\n  provider = aws.<|>\n}\n`), [
      'aws.west',
    ]);
  });

  it('offers data sources, resources and modules to depend on', () => {
    assert.deepEqual(labels(`${declarations}output "o" {\n  value = 1\n  depends_on = [<|>]\n}\n`), [
      'aws_bucket.logs',
      'aws_instance.pool',
      'data.aws_image.gpu',
    ]);
  });

  it('offers ephemeral resources and actions where they belong', () => {
    const text = `ephemeral "aws_token" "t" {}
action "aws_restart" "now" {}
`;
    includes(`${text}provider "aws" {\n  region = <|>\n}\n`, 'ephemeral');
    assert.deepEqual(labels(`${text}provider "aws" {\n  region = ephemeral.aws_token.<|>\n}\n`), ['t']);
    assert.deepEqual(labels(`${text}provider "aws" {\n  region = ephemeral.aws_token.t.<|>\n}\n`), ['value']);
    assert.deepEqual(
      labels(
        `${text}resource "aws_bucket" "b" {\n  lifecycle {\n    action_trigger {\n      actions = [<|>]\n    }\n  }\n}\n`,
      ),
      ['action.aws_restart.now'],
    );
    const events = (value: string) =>
      `resource "aws_bucket" "b" {\n  lifecycle {\n    action_trigger {\n      events = ${value}\n    }\n  }\n}\n`;
    startsWith(events('[<|>]'), 'before_create', 'after_create', 'before_update');
    assert.match(taken(events('<|>'), '[after_create]'), /events = \[after_create\]\n/);
  });
});
