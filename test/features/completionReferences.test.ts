import assert from 'node:assert/strict';
import { excludes, includes, labels, startsWith, taken } from '../support/completing';

const declarations = `
variable "map" {
  type = map(object({ size = number, opt = optional(object({ deep = string }), {}) }))
}
variable "list" {
  type = list(object({ a = string, b = bool }))
}
variable "region" {
  type = string
}
locals {
  tags  = { team = "a", cost = { center = 1 } }
  read  = jsondecode("{\\"x\\":{\\"y\\":1}}")
  pairs = { for k, v in var.map : k => { inner = v } }
}
resource "aws_instance" "pool" {
  count = 2
  ami   = "x"
}
resource "aws_instance" "keyed" {
  for_each = { left = { size = 1 }, right = { size = 2 } }
  ami      = "x"
}
`;

/** The expression as the value of an output after declarations. */
const value = (expression: string, end = '\n}\n') =>
  `${declarations}output "o" {\n  value = ${expression}${end}`;
/** The same with everything behind the cursor not typed yet. */
const open = (expression: string) => value(expression, '');

describe('completion of what an expression gives', () => {
  it('types the variables of for (terraform-ls 653, 1607)', () => {
    for (const draw of [value, open]) {
      assert.deepEqual(labels(draw('[for k, v in var.map : v.<|>')), ['opt', 'size']);
      assert.deepEqual(labels(draw('{ for k, v in var.map : k => v.opt.<|>')), ['deep']);
      assert.deepEqual(labels(draw('[for v in var.list : v.a if v.<|>')), ['b', 'a']);
      assert.deepEqual(labels(draw('[for x in [for y in var.list : y] : x.<|>')), ['a', 'b']);
      assert.deepEqual(labels(draw('[for k, v in var.map : [for o in [v.opt] : o.<|>')), ['deep']);
    }
    assert.deepEqual(labels(value('[for k, v in var.map : k.<|>]')), []);
    assert.deepEqual(labels(value('[for v in true ? var.list : [] : v.<|>]')), ['a', 'b']);
    assert.deepEqual(labels(value('{ for v in var.list : v.a => v... }["x"].<|>')), [
      '[0].a',
      '[0].b',
      '[*].a',
      '[*].b',
    ]);
  });

  it('does not know the variables of a for in its own collection', () => {
    assert.deepEqual(labels(value('[for v in v.<|> : 1]')), []);
    excludes(value('[for v in <|> : 1]'), 'v');
    includes(value('[for v in var.list : <|>]'), 'v');
  });

  it('reads what every element has after a splat (terraform-ls 526)', () => {
    assert.deepEqual(labels(value('var.list[*].<|>')), ['a', 'b']);
    assert.deepEqual(labels(value('var.list.*.<|>')), ['a', 'b']);
    includes(value('aws_instance.pool[*].<|>'), 'public_ip', 'network');
    assert.deepEqual(labels(value('aws_instance.pool[*].network.<|>')), ['subnet', 'zone']);
    assert.deepEqual(labels(value('values(aws_instance.keyed)[*].pub<|>')), ['public_ip']);
    assert.deepEqual(labels(value('[for n in var.list[*].a : n.<|>]')), []);
  });

  it('follows indexes of both notations (terraform-ls 1596)', () => {
    assert.deepEqual(labels(value('var.list[0].<|>')), ['a', 'b']);
    assert.deepEqual(labels(value('var.list.0.<|>')), ['a', 'b']);
    assert.deepEqual(labels(value('var.map["a"].<|>')), ['opt', 'size']);
    assert.deepEqual(labels(value('var.map[var.region].opt.<|>')), ['deep']);
    assert.deepEqual(labels(value('local.tags["cost"].<|>')), ['center']);
  });

  it('reads what calls and brackets give', () => {
    assert.deepEqual(labels(value('merge(local.tags, { more = 1 }).<|>')), ['cost', 'more', 'team']);
    assert.deepEqual(labels(value('values(var.map)[0].<|>')), ['opt', 'size']);
    assert.deepEqual(labels(value('element(var.list, 0).<|>')), ['a', 'b']);
    assert.deepEqual(labels(value('one(var.list[*]).<|>')), ['a', 'b']);
    assert.deepEqual(labels(value('try(var.list[0], null).<|>')), ['a', 'b']);
    assert.deepEqual(labels(value('flatten([for x in var.map : [x]])[0].<|>')), ['opt', 'size']);
    assert.deepEqual(labels(value('lookup(var.map, "a", null).<|>')), ['opt', 'size']);
    assert.deepEqual(labels(value('(true ? local.tags : null).<|>')), ['cost', 'team']);
    assert.deepEqual(labels(value('concat(var.list, [])[0].<|>')), ['a', 'b']);
    assert.deepEqual(labels(value('{ a = 1, b = { c = 2 } }.b.<|>')), ['c']);
  });

  it('reads what can only be known by evaluating', () => {
    assert.deepEqual(labels(value('local.read.<|>')), ['x']);
    assert.deepEqual(labels(value('local.read.x.<|>')), ['y']);
    assert.deepEqual(labels(value('jsondecode("{\\"q\\":1}").<|>')), []);
  });

  it('reads maps that a for makes', () => {
    assert.deepEqual(labels(value('local.pairs["a"].inner.<|>')), ['opt', 'size']);
    assert.deepEqual(labels(value('values(local.pairs)[0].inner.opt.<|>')), ['deep']);
  });

  it('offers keys in brackets, with and without quotes', () => {
    assert.deepEqual(labels(value('aws_instance.keyed["<|>"].ami')), ['left', 'right']);
    assert.deepEqual(labels(open('aws_instance.keyed["<|>')), ['left', 'right']);
    assert.deepEqual(labels(value('local.tags["c<|>"]')), ['cost']);
    startsWith(value('aws_instance.keyed[<|>]'), '"left"', '"right"');
    assert.match(taken(open('aws_instance.keyed["l<|>'), 'left'), /keyed\["left"$/);
    assert.match(taken(value('aws_instance.keyed["<|>"].id'), 'right'), /keyed\["right"\]\.id\n/);
  });

  it('offers the keys of a map that a variables file gives', () => {
    const files = `//- main.tf
variable "zones" {
  type = map(object({ cidr = string }))
}
locals {
  a = var.zones["<|>"]
}
//- terraform.tfvars
zones = { north = { cidr = "1" }, south = { cidr = "2" } }
`;
    assert.deepEqual(labels(files), ['north', 'south']);
    assert.deepEqual(labels(files.replace('["<|>"]', '.<|>')), ['north', 'south']);
    assert.deepEqual(labels(files.replace('["<|>"]', '.north.<|>')), ['cidr']);
  });

  it('writes keys that are no names in brackets', () => {
    const files = 'locals {\n  a = { "b c" = 1, d = 2 }\n  e = local.a.<|>\n}\n';
    assert.deepEqual(labels(files), ['b c', 'd']);
    assert.match(taken(files, 'b c'), /e = local\.a\["b c"\]\n/);
    assert.match(taken(files, 'd'), /e = local\.a\.d\n/);
  });
});

describe('completion of each, self, iterators and instances', () => {
  const resource = (forEach: string, expression: string) =>
    `${declarations}resource "aws_bucket" "c" {\n  for_each = ${forEach}\n  bucket = ${expression}\n}\n`;

  it('types each by what for_each goes over', () => {
    const members = (forEach: string) => [...labels(resource(forEach, 'each.value.<|>'))].sort();
    assert.deepEqual(members('{ x = { size = 1 } }'), ['size']);
    assert.deepEqual(members('{ x = { size = 1 }, y = { size = 2, more = 3 } }'), ['more', 'size']);
    assert.deepEqual(members('var.map'), ['opt', 'size']);
    assert.deepEqual(members('local.tags'), ['center']);
    assert.deepEqual(members('{ for v in var.list : v.a => v }'), ['a', 'b']);
    assert.deepEqual(members('{ for k, v in var.map : k => v.opt if v.size > 1 }'), ['deep']);
    assert.deepEqual(members('tomap({ q = { r = 1 } })'), ['r']);
    assert.deepEqual(members('toset(["a", "b"])'), []);
    assert.deepEqual(members('aws_instance.keyed').slice(0, 3), ['ami', 'disk', 'id']);
    assert.deepEqual(labels(resource('var.map', 'each.<|>')), ['key', 'value']);
    assert.deepEqual(labels(resource('var.map', 'each.value["<|>"]')), ['opt', 'size']);
  });

  it('knows each and count nowhere else', () => {
    excludes('resource "aws_bucket" "a" {\n  bucket = <|>\n}\n', 'each', 'each.key', 'count', 'self');
    excludes('resource "aws_bucket" "a" {\n  for_each = <|>\n}\n', 'each', 'each.key');
    excludes('resource "aws_bucket" "a" {\n  count = <|>\n}\n', 'count', 'count.index');
    includes('resource "aws_bucket" "a" {\n  count = 2\n  bucket = <|>\n}\n', 'count', 'count.index');
    includes(resource('var.map', '<|>'), 'each', 'each.key', 'each.value');
  });

  it('types the iterator of a dynamic block, also by another name', () => {
    const dynamic = (head: string, expression: string) =>
      `${declarations}resource "aws_instance" "c" {\n  ami = "x"\n  dynamic "disk" {\n    for_each = var.list\n${head}    content {\n      size = ${expression}\n    }\n  }\n}\n`;
    assert.deepEqual(labels(dynamic('', 'disk.<|>')), ['key', 'value']);
    assert.deepEqual(labels(dynamic('', 'disk.value.<|>')), ['a', 'b']);
    assert.deepEqual(labels(dynamic('    iterator = it\n', 'it.value.<|>')), ['a', 'b']);
    assert.deepEqual(labels(dynamic('    iterator = it\n', 'disk.value.<|>')), []);
    includes(dynamic('', '<|>'), 'disk', 'disk.key', 'disk.value');
  });

  it('reads self in provisioners, connections and postconditions', () => {
    const inside = (block: string) => `resource "aws_instance" "c" {\n  ami = "x"\n  ${block}\n}\n`;
    includes(inside('connection {\n    host = self.<|>\n  }'), 'public_ip');
    includes(inside('provisioner "local-exec" {\n    command = "echo ${self.<|>}"\n  }'), 'public_ip');
    includes(
      inside('lifecycle {\n    postcondition {\n      condition = self.<|>\n    }\n  }'),
      'public_ip',
      'network',
    );
    assert.deepEqual(labels(inside('connection {\n    host = self.network.<|>\n  }')), ['subnet', 'zone']);
    excludes(inside('lifecycle {\n    precondition {\n      condition = <|>\n    }\n  }'), 'self');
  });

  it('writes the key of one instance, or the splat of all', () => {
    assert.match(taken(value('aws_instance.pool.<|>'), '[*].public_ip'), /pool\[\*\]\.public_ip\n/);
    assert.match(taken(value('aws_instance.pool.pub<|>'), '[0].public_ip'), /pool\[0\]\.public_ip\n/);
    assert.match(taken(value('aws_instance.keyed.<|>'), '["left"].id'), /keyed\["left"\]\.id\n/);
    assert.match(
      taken(resource('aws_instance.keyed', 'aws_instance.keyed.<|>'), '[each.key].id'),
      /keyed\[each\.key\]\.id\n/,
    );
  });

  it('never refers to itself', () => {
    excludes('resource "aws_instance" "a" {\n  ami = aws_instance.<|>\n}\n', 'a');
    assert.deepEqual(labels('resource "aws_instance" "a" {\n  depends_on = [<|>]\n}\n'), []);
  });
});

describe('completion across modules', () => {
  const modules = `
//- net/main.tf
output "vpc" {
  value = { id = "x", subnets = [{ cidr = "1" }] }
}
output "names" {
  value       = [for s in ["a"] : { name = s }]
  description = "Names."
}
`;

  it('reads the objects that outputs give (terraform-ls 2017)', () => {
    const call = (expression: string) =>
      `//- main.tf\nmodule "a" {\n  source = "./net"\n}\nlocals {\n  x = ${expression}\n}${modules}`;
    assert.deepEqual(labels(call('module.a.<|>')), ['names', 'vpc']);
    assert.deepEqual(labels(call('module.a.vpc.<|>')), ['id', 'subnets']);
    assert.deepEqual(labels(call('module.a.vpc.subnets[0].<|>')), ['cidr']);
    assert.deepEqual(labels(call('module.a.vpc.subnets[*].<|>')), ['cidr']);
    assert.deepEqual(labels(call('{ y = module.a.vpc.<|> }')), ['id', 'subnets']);
    assert.deepEqual(labels(call('[module.a.vpc.<|>]')), ['id', 'subnets']);
    assert.deepEqual(labels(call('[for n in module.a.names : n.<|>]')), ['name']);
  });

  it('tells two calls of the same module apart (terraform-ls 1107)', () => {
    const two = `//- main.tf
module "a" {
  source = "./net"
}
module "b" {
  source   = "./net"
  for_each = { k = 1 }
}
locals {
  x = module.b["k"].vpc.<|>
  y = module.a.vpc.id
}${modules}`;
    assert.deepEqual(labels(two), ['id', 'subnets']);
    assert.deepEqual(labels(two.replace('["k"].vpc.<|>', '.<|>')), ['["k"].names', '["k"].vpc']);
    assert.deepEqual(labels(two.replace('["k"].vpc.<|>', '["<|>"]')), ['k']);
    assert.deepEqual(labels(two.replace('b["k"].vpc.<|>', 'a.<|>')), ['names', 'vpc']);
  });
});

describe('completion at half-typed moments (hcl-lang 57, 370; hcl 649; terraform-ls 1611)', () => {
  it('answers behind a dot in a template, closed or not', () => {
    for (const text of ['"${var.<|>}"', '"${var.<|>', '"a ${var.<|>} b"', '"${var.<|>"'])
      assert.deepEqual([...labels(value(text))].sort(), ['list', 'map', 'region'], text);
    startsWith(value('<<EOT\n${var.<|>}\nEOT'), 'region', 'list', 'map');
    startsWith(open('<<-EOT\n  a ${var.<|>'), 'region', 'list', 'map');
    assert.deepEqual(labels(value('"${var.region.<|>}"')), []);
  });

  it('answers inside what is not closed yet', () => {
    for (const text of [
      '(var.<|>',
      '[var.<|>',
      '{ a = var.<|>',
      '{\n    a = var.<|>',
      'max(1, var.<|>',
      'true ? var.<|>',
      'true ? 1 : var.<|>',
      '!var.<|>',
      'var.region == var.<|>',
      '[for x in var.<|>',
      'jsonencode({ a = [var.<|>',
      'aws_instance.pool[var.<|>',
      '"${upper(var.<|>',
    ])
      assert.deepEqual([...labels(open(text))].sort(), ['list', 'map', 'region'], text);
  });

  it('answers where nothing is typed yet', () => {
    for (const text of [
      '<|>',
      '(<|>',
      '[<|>',
      '[1, <|>',
      'max(<|>',
      'true ? <|>',
      '!<|>',
      '"${<|>',
      '{ a = <|>',
    ])
      includes(open(text), 'var', 'local', 'var.region');
    includes('output "o" {\n  value = <|>\n', 'path', 'jsonencode');
  });

  it('offers the words that the grammar wants', () => {
    assert.deepEqual(labels(open('[for x <|>')), ['in']);
    assert.deepEqual(labels(open('[for k, v i<|>')), ['in']);
    assert.deepEqual(labels(open('[for k<|>')), []);
    assert.deepEqual(labels(open('[for <|>')), []);
    assert.deepEqual(labels(open('[for x in var.list : x.a <|>')), ['if']);
    assert.deepEqual(labels(open('var.region <|>')), []);
    assert.deepEqual(labels(open('12<|>')), []);
    includes(value('"%{ <|> }"'), 'if', 'for', 'endif');
    assert.deepEqual(labels(value('<<EOT\n%{ for x in var.list ~}\n${x.<|>}\n%{ endfor ~}\nEOT')), [
      'a',
      'b',
    ]);
    assert.deepEqual(labels(value('<<EOT\n%{ for x in var.list }\n%{ endfor }\n${x.<|>}\nEOT')), []);
  });

  it('survives every prefix of a rich text', () => {
    const text = value(
      '{ for k, v in merge(var.map, {}) : "${k}-x" => [for o in v.opt[*].deep : o if o != ""]... }',
    );
    for (let end = declarations.length; end <= text.length; end += 1) labels(`${text.slice(0, end)}<|>`);
    for (let end = declarations.length; end <= text.length; end += 1)
      labels(`${text.slice(0, end)}<|>${text.slice(end)}`);
  });
});
