import assert from 'node:assert/strict';
import { findImplementations } from '../../../server/features/definition';
import { fixture } from '../../support/fixture';
import { marked } from '../../support/marked';
import { definition } from './drawn';

describe('definitions of members', () => {
  it('leads to the key of an object, through other locals and merge()', () => {
    const drawn = `locals {
  base = { port = 80, deep = { name = "x" } }
  web  = merge(local.base, { host = "h" })
  a    = local.web.po<|>rt
}
`;
    assert.match(definition(drawn), /base = \{ ‹port› = 80/);
    assert.match(definition(drawn.replace('po<|>rt', 'ho<|>st')), /\{ ‹host› = "h" \}/);
    assert.match(definition(drawn.replace('web.po<|>rt', 'base.deep.na<|>me')), /\{ ‹name› = "x" \}/);
  });

  it('leads to an attribute of a type, also from what a call gives', () => {
    const drawn = (inside: string, call: string) => `//- child/main.tf
variable "disk" {
  type = object({ size = number, kind = optional(string) })
}
output "o" {
  value = { first = ${inside} }
}
//- main.tf
module "child" {
  source = "./child"
  disk   = { ${call} = 1 }
}
output "p" {
  value = module.child.o.first
}
`;
    assert.match(definition(drawn('var.disk.si<|>ze', 'size')), /object\(\{ ‹size› = number/);
    assert.match(definition(drawn('1', 'si<|>ze')), /object\(\{ ‹size› = number/);
    assert.match(
      definition(drawn('1', 'size').replace('child.o.first', 'child.o.fi<|>rst')),
      /value = \{ ‹first› = 1 \}/,
    );
  });

  it('leads from each, count and self to what they stand for', () => {
    const drawn = (value: string) => `locals {
  disks = { a = { size = 1 } }
}
resource "aws_instance" "x" {
  for_each = local.disks
  ami      = ${value}
  provisioner "local-exec" {
    command = self.ami
  }
}
`;
    assert.match(definition(drawn('each.value.si<|>ze')), /\{ ‹size› = 1 \}/);
    assert.match(definition(drawn('each.ke<|>y')), /‹for_each› = local\.disks/);
    assert.match(definition(drawn('"y"').replace('self.ami', 'self.am<|>i')), /‹ami› {6}= "y"/);
    assert.match(
      definition('resource "aws_bucket" "x" {\n  count  = 2\n  bucket = count.ind<|>ex\n}\n'),
      /‹count›/,
    );
  });

  it('leads from variables of a for and iterators into the elements', () => {
    assert.match(
      definition('locals {\n  d = [{ size = 1 }]\n  s = [for x in local.d : x.si<|>ze]\n}\n'),
      /\{ ‹size› = 1 \}/,
    );
    assert.match(
      definition(
        'variable "d" {\n  type = map(object({ size = number }))\n}\nresource "aws_instance" "a" {\n  ami = "x"\n  dynamic "disk" {\n    for_each = var.d\n    content {\n      size = disk.value.si<|>ze\n    }\n  }\n}\n',
      ),
      /object\(\{ ‹size› = number \}\)/,
    );
  });

  it('leads from ignore_changes to the argument, from path.module to the folder, from functions nowhere', () => {
    assert.match(
      definition(
        'resource "aws_instance" "a" {\n  ami = "x"\n  lifecycle {\n    ignore_changes = [am<|>i]\n  }\n}\n',
      ),
      /‹ami› = "x"/,
    );
    assert.match(
      definition('//- a.tf\nlocals {\n  a = path.mod<|>ule\n}\n//- main.tf\n# first\n'),
      /main\.tf\n‹›# first/,
    );
    assert.equal(definition('locals {\n  a = upp<|>er("x")\n}\n'), 'nowhere');
  });

  it('leads from an override to what it overrides, and back', () => {
    const drawn = '//- main.tf\nvariable "a" {}\n//- override.tf\nvariable "<|>a" {\n  default = 1\n}\n';
    assert.match(definition(drawn), /main\.tf\nvariable "‹a›"/);
    const from = fixture(
      '//- main.tf\nvariable "<|>a" {}\n//- override.tf\nvariable "a" {\n  default = 1\n}\n',
    );
    assert.match(
      marked(from, findImplementations(from.snapshot, from.path, from.offset)),
      /override\.tf\nvariable "‹a›"/,
    );
  });
});
