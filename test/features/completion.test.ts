import assert from 'node:assert/strict';
import { complete } from '../../server/features/completion';
import type { CompletionItem } from '../../server/features/completionItems';
import { fixture } from '../support/fixture';

describe('completion', () => {
  const items = (drawn: string): readonly CompletionItem[] => {
    const { snapshot, path, offset } = fixture(drawn);
    return complete(snapshot, path, offset).items;
  };
  const labels = (drawn: string): string[] => items(drawn).map((item) => item.label);
  /** The document after taking the offer with that label. */
  const taken = (drawn: string, label: string, form: 'insert' | 'snippet' = 'insert'): string => {
    const { snapshot, path, offset, files } = fixture(drawn);
    const item = complete(snapshot, path, offset).items.find((candidate) => candidate.label === label);
    assert.ok(item, `no offer ${label}`);
    const text = files.get(path) ?? '';
    const insert = form === 'snippet' ? (item.snippet ?? item.insert) : item.insert;
    return text.slice(0, item.range.start) + insert + text.slice(item.range.end);
  };
  const includes = (drawn: string, ...wanted: string[]) => {
    const offered = labels(drawn);
    for (const label of wanted)
      assert.ok(offered.includes(label), `${label} is not among ${offered.join(', ')}`);
  };
  const excludes = (drawn: string, ...unwanted: string[]) => {
    const offered = labels(drawn);
    for (const label of unwanted) assert.ok(!offered.includes(label), `${label} is offered`);
  };

  describe('at the start of a line', () => {
    it('offers block types at the top level', () => {
      includes('<|>', 'resource', 'variable', 'module', 'terraform', 'import');
      assert.deepEqual(labels('outp<|>'), ['output']);
    });

    it('offers settable arguments and blocks of the type, required ones first', () => {
      const drawn = 'resource "aws_instance" "a" {\n  <|>\n}\n';
      assert.equal(labels(drawn)[0], 'ami');
      includes(drawn, 'instance_type', 'disk', 'dynamic', 'count', 'for_each', 'lifecycle', 'provider');
      excludes(drawn, 'public_ip');
    });

    it('leaves out what is already there', () => {
      excludes('resource "aws_bucket" "a" {\n  tags = {}\n  versioning {}\n  <|>\n}\n', 'tags', 'versioning');
    });

    it('knows nested, dynamic and meta blocks', () => {
      assert.deepEqual(labels('resource "aws_instance" "a" {\n  disk {\n    <|>\n  }\n}\n'), [
        'size',
        'kind',
      ]);
      assert.deepEqual(
        labels(
          'resource "aws_instance" "a" {\n  dynamic "disk" {\n    content {\n      <|>\n    }\n  }\n}\n',
        ),
        ['size', 'kind'],
      );
      includes(
        'resource "x_y" "a" {\n  lifecycle {\n    <|>',
        'prevent_destroy',
        'ignore_changes',
        'precondition',
      );
    });

    it('offers a list of objects in its block form', () => {
      assert.deepEqual(labels('resource "aws_instance" "a" {\n  rules {\n    <|>\n  }\n}\n'), [
        'open',
        'port',
      ]);
    });

    it('carries documentation, flags and provenance', () => {
      const item = items('resource "aws_instance" "a" {\n  <|>\n}\n').find(({ label }) => label === 'ami');
      assert.equal(item?.detail, 'required string');
      assert.match(item.documentation ?? '', /Image of the machine[^]*hashicorp\/aws 6\.66\.0 bundled/);
    });

    it('offers the variables of a called module', () => {
      const drawn = `//- main.tf
module "m" {
  source = "./m"
  <|>
}
//- m/main.tf
variable "size" { description = "How big." }
variable "name" { default = "x" }
`;
      assert.equal(labels(drawn)[0], 'size');
      includes(drawn, 'name', 'version', 'providers');
    });

    it('offers variables in a variables file', () => {
      assert.deepEqual(labels('//- a.tfvars\nb = 1\n<|>\n//- main.tf\nvariable "a" {}\nvariable "b" {}\n'), [
        'a',
      ]);
    });
  });

  describe('in labels', () => {
    it('offers resource types, also with the closing quote missing', () => {
      assert.deepEqual(labels('resource "aws_<|>'), ['aws_bucket', 'aws_instance']);
      assert.deepEqual(labels('resource "aws_b<|>\n\nvariable "a" {}\n'), ['aws_bucket']);
      assert.deepEqual(labels('resource "aws_<|>" {\n}\n'), ['aws_bucket', 'aws_instance']);
      assert.deepEqual(labels('data "<|>"'), ['aws_image']);
      assert.deepEqual(labels('resource <|>'), ['aws_bucket', 'aws_instance']);
    });

    it('writes what is missing and keeps what is there', () => {
      assert.equal(taken('resource "aws_b<|>', 'aws_bucket'), 'resource "aws_bucket"');
      assert.equal(taken('resource "aws_b<|>" "x" {}', 'aws_bucket'), 'resource "aws_bucket" "x" {}');
      assert.equal(
        taken('resource "aws_b<|>"', 'aws_bucket', 'snippet'),
        'resource "aws_bucket" "${1:name}" {\n  $0\n}',
      );
    });

    it('offers providers, backends, provisioners and blocks for dynamic', () => {
      assert.deepEqual(labels('provider "<|>"'), ['aws']);
      includes('terraform {\n  backend "<|>"\n}', 's3', 'gcs', 'local');
      includes('resource "a_b" "c" {\n  provisioner "<|>"\n}', 'local-exec', 'file');
      assert.deepEqual(labels('resource "aws_instance" "a" {\n  dynamic "<|>"\n}'), ['disk', 'rules']);
    });
  });

  describe('in values', () => {
    const declarations = `
variable "region" { default = "x" }
locals { tags = { team = "a", cost = { center = 1 } } }
data "aws_image" "gpu" { name = "x" }
resource "aws_instance" "trainer" { ami = "x" }
resource "aws_instance" "pool" {
  count = 2
  ami   = "x"
}
`;
    const value = (expression: string) => `${declarations}output "o" {\n  value = ${expression}\n}\n`;

    it('offers what is in scope', () => {
      includes(value('<|>'), 'var', 'local', 'data', 'aws_instance', 'path', 'jsonencode', 'true');
      excludes(value('<|>'), 'each', 'module', 'self');
      includes(`resource "a_b" "c" {\n  for_each = {}\n  x = <|>\n}`, 'each');
    });

    it('follows names to their attributes', () => {
      assert.deepEqual(labels(value('var.<|>')), ['region']);
      assert.deepEqual(labels(value('local.<|>')), ['tags']);
      assert.deepEqual(labels(value('local.tags.<|>')), ['cost', 'team']);
      assert.deepEqual(labels(value('local.tags.cost.<|>')), ['center']);
      assert.deepEqual(labels(value('data.<|>')), ['aws_image']);
      assert.deepEqual(labels(value('data.aws_image.<|>')), ['gpu']);
      assert.deepEqual(labels(value('data.aws_image.gpu.<|>')), ['id', 'name']);
      assert.deepEqual(labels(value('aws_instance.<|>')), ['pool', 'trainer']);
      includes(value('aws_instance.trainer.<|>'), 'ami', 'public_ip', 'disk', 'network');
      assert.deepEqual(labels(value('aws_instance.trainer.network.<|>')), ['subnet', 'zone']);
      assert.deepEqual(labels(value('aws_instance.trainer.rules[0].<|>')), ['open', 'port']);
      assert.deepEqual(labels(value('aws_instance.pool[*].pub<|>')), ['public_ip']);
    });

    it('writes the key of a repeated block', () => {
      assert.match(
        taken(value('aws_instance.pool.<|>'), '[0].public_ip'),
        /value = aws_instance\.pool\[0\]\.public_ip\n/,
      );
    });

    it('works inside templates, calls, conditions and half-typed text', () => {
      assert.deepEqual(labels(value('"a-${var.<|>}"')), ['region']);
      assert.deepEqual(labels(value('"a-${var.<|>')), ['region']);
      assert.deepEqual(labels(value('jsonencode({ a = var.<|>')), ['region']);
      assert.deepEqual(labels(value('true ? var.<|> : 1')), ['region']);
      assert.deepEqual(labels(value('[for x in local.<|>')), ['tags']);
      assert.deepEqual(labels(value('<<-EOT\n    hi ${var.<|>}\n  EOT')), ['region']);
      assert.deepEqual(labels(value('"plain var.<|>"')), []);
    });

    it('offers variables of for expressions and iterators', () => {
      includes(value('[for key, item in local.tags : <|>]'), 'key', 'item');
      includes(
        'resource "aws_instance" "a" {\n  dynamic "disk" {\n    content {\n      size = <|>\n    }\n  }\n}',
        'disk',
      );
      assert.deepEqual(
        labels(
          'resource "aws_instance" "a" {\n  dynamic "disk" {\n    content {\n      size = disk.<|>\n    }\n  }\n}',
        ),
        ['key', 'value'],
      );
    });

    it('offers members of each.value and self', () => {
      assert.deepEqual(
        labels('resource "a_b" "c" {\n  for_each = { x = { size = 1 } }\n  y = each.value.<|>\n}'),
        ['size'],
      );
      includes(
        'resource "aws_instance" "c" {\n  provisioner "file" {\n    source = self.<|>\n  }\n}',
        'public_ip',
      );
    });

    it('offers outputs of a called module', () => {
      const files = '\n//- m/main.tf\noutput "url" {\n  value = "x"\n}\n';
      assert.deepEqual(
        labels(`//- main.tf\nmodule "m" { source = "./m" }\nlocals { a = module.m.<|> }${files}`),
        ['url'],
      );
      assert.deepEqual(
        labels(
          `//- main.tf\nmodule "m" {\n  source = "./m"\n  for_each = toset(["a"])\n}\nlocals { a = module.m.<|> }${files}`,
        ),
        ['["a"].url'],
      );
    });

    it('offers addresses where only addresses fit', () => {
      assert.deepEqual(labels(`${declarations}module "m" {\n  source = "./m"\n  depends_on = [<|>]\n}`), [
        'aws_instance.pool',
        'aws_instance.trainer',
        'data.aws_image.gpu',
      ]);
      assert.deepEqual(
        labels('provider "aws" {\n  alias = "west"\n}\nresource "aws_bucket" "b" {\n  provider = <|>\n}'),
        ['aws.west'],
      );
    });

    it('offers keys of nested attributes and requirements', () => {
      assert.deepEqual(labels('resource "aws_instance" "a" {\n  network = {\n    <|>\n  }\n}'), [
        'subnet',
        'zone',
      ]);
      assert.deepEqual(
        labels('terraform {\n  required_providers {\n    aws = {\n      sou<|>\n    }\n  }\n}'),
        ['source'],
      );
    });

    it('offers types for a variable', () => {
      includes('variable "a" {\n  type = <|>\n}', 'string', 'list', 'object', 'any');
    });
  });

  it('offers nothing in comments and survives any text', () => {
    assert.deepEqual(labels('# var.<|>'), []);
    assert.deepEqual(labels('/* resource "<|> */'), []);
    for (const text of ['"${"${', '}}}]])', '<<EOT\n${', 'a = = {', '\u0000\uFFFF"', 'a "b" "c']) {
      const { snapshot, path } = fixture(text);
      for (let offset = 0; offset <= text.length; offset += 1) complete(snapshot, path, offset);
    }
  });
});
