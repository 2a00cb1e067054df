import assert from 'node:assert/strict';
import { complete } from '../../server/features/completion';
import { fixture } from '../support/fixture';
import { offers } from './asking';

const includes = (drawn: string, ...wanted: readonly string[]) => {
  const labels = offers(drawn);
  for (const label of wanted) assert.ok(labels.includes(label), `${label} is not among ${labels.join()}`);
};

const nodes =
  'variable "nodes" {\n  type = map(object({ size = string, disks = optional(list(object({ gb = number }))) }))\n}\n';

describe('complaints about completion', () => {
  it('LS#653: members of complex types, at any depth', () => {
    includes(`${nodes}locals {\n  a = var.nodes["x"].<|>\n}\n`, 'size', 'disks');
    includes(`${nodes}locals {\n  a = var.nodes["x"].disks[0].<|>\n}\n`, 'gb');
  });

  it('LS#2017: members of what a module gives', () => {
    includes(
      '//- main.tf\nmodule "m" {\n  source = "./m"\n}\nlocals {\n  a = [module.m.net.<|>]\n}\n//- m/main.tf\noutput "net" {\n  value = { id = "x", zones = ["a"] }\n}\n',
      'id',
      'zones',
    );
  });

  it('LS#526: members after a splat', () => {
    includes(
      'resource "aws_instance" "i" {\n  count = 2\n  ami   = "x"\n}\nlocals {\n  a = aws_instance.i[*].<|>\n}\n',
      'public_ip',
    );
    includes(
      'resource "aws_instance" "i" {\n  count = 2\n  ami   = "x"\n}\nlocals {\n  a = aws_instance.i.*.<|>\n}\n',
      'public_ip',
    );
  });

  it('LS#830 and LS#1283: a list is offered where one of its elements is wanted, and nothing is hidden', () => {
    includes(
      'variable "images" {\n  type = list(string)\n}\nresource "aws_instance" "i" {\n  ami = var.<|>\n}\n',
      'images',
    );
  });

  it('LS#1596: the index has the type of the keys', () => {
    includes(
      'locals {\n  by_zone = { north = 1, south = 2 }\n  a = local.by_zone[<|>]\n}\n',
      '"north"',
      '"south"',
    );
  });

  it('LS#1225: values are known across module calls', () => {
    includes(
      '//- m/main.tf\nvariable "nodes" {}\nlocals {\n  a = var.nodes.<|>\n}\n//- main.tf\nmodule "m" {\n  source = "./m"\n  nodes  = { first = 1 }\n}\n',
      'first',
    );
  });

  it('LS#1107: two calls of one module have the outputs both', () => {
    const calls = 'module "a" {\n  source = "./m"\n}\nmodule "b" {\n  source = "./m"\n}\n';
    for (const name of ['a', 'b'])
      includes(
        `//- main.tf\n${calls}locals {\n  x = module.${name}.<|>\n}\n//- m/main.tf\noutput "url" {\n  value = 1\n}\n`,
        'url',
      );
  });

  it('LS#1264: count and for_each want references first', () => {
    for (const argument of ['count', 'for_each']) {
      const [first] = offers(
        `variable "things" {}\nlocals {\n  other = 1\n}\nresource "aws_bucket" "b" {\n  ${argument} = <|>\n}\n`,
      );
      assert.ok(
        ['var', 'local', 'var.things', 'local.other', 'aws_bucket'].includes(first ?? ''),
        `${argument}: ${first ?? ''}`,
      );
    }
  });

  it('LS#871, VS#676, LS#370, LS#371 and VS#727: required_providers has names, sources and versions', () => {
    const inside = (text: string) => `terraform {\n  required_providers {\n${text}\n  }\n}\n`;
    includes(inside('    <|>'), 'aws');
    includes(inside('    aws = {\n      source = "<|>"\n    }'), 'hashicorp/aws');
    const versions = offers(
      inside('    aws = {\n      source  = "hashicorp/aws"\n      version = "<|>"\n    }'),
    );
    assert.ok(versions.includes('~> 6.66'), versions.join());
  });

  it('LS#1607: a for can be had as a snippet', () => {
    const { snapshot, path, offset } = fixture('locals {\n  a = [<|>]\n}\n');
    const found = complete(snapshot, path, offset).items.find(({ label }) => label === 'for');
    assert.match(found?.snippet ?? '', /for .* in /);
  });

  it('LS#1607: names of a for are known inside it', () => {
    includes(`${nodes}locals {\n  a = [for name, node in var.nodes : node.<|>]\n}\n`, 'size', 'disks');
  });

  it('HL#370, HL#57 and hashicorp/hcl#649: half-typed expressions are completed', () => {
    for (const half of [
      '[for n in var.nodes : n.<|>',
      '{ for k, n in var.nodes : k => n.<|>',
      '[for n in var.nodes : "${n.<|>',
    ])
      includes(`${nodes}locals {\n  a = ${half}\n}\n`, 'size');
    includes(`${nodes}locals {\n  a = (var.<|>\n}\nlocals {\n`, 'nodes');
  });

  it('LS#1611: a trailing dot inside an interpolation', () => {
    includes(`${nodes}locals {\n  a = "\${var.<|>}"\n}\n`, 'nodes');
  });

  it('LS#532: attributes after a call or an index', () => {
    includes('locals {\n  a = { b = 1 }\n  c = merge(local.a, {}).<|>\n}\n', 'b');
  });

  it('LS#1029 and LS#1040: the inputs that a module wants come with its call', () => {
    const { snapshot, path, offset } = fixture(
      '//- main.tf\nmodule "m" {\n  source = "./m"\n  <|>\n}\n//- m/main.tf\nvariable "need" {}\nvariable "may" {\n  default = 1\n}\n',
    );
    const { items } = complete(snapshot, path, offset);
    const labels = items.map(({ label }) => label);
    assert.ok(labels.indexOf('need') < labels.indexOf('may'), labels.join());
    assert.ok(items.some(({ snippet }) => snippet !== undefined && /need\s*= \$/.test(snippet)));
  });

  it('VS#1299 and VS#1544: what is offered is what a person reads, not thousands', () => {
    const { snapshot, path, offset } = fixture(
      `${Array.from({ length: 3000 }, (_, n) => `variable "v${n}" {}\n`).join('')}locals {\n  a = var.<|>\n}\n`,
    );
    const list = complete(snapshot, path, offset);
    assert.ok(list.items.length <= 200 && list.isIncomplete);
  });
});
