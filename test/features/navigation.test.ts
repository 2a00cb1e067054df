import assert from 'node:assert/strict';
import { findDefinition } from '../../server/features/definition';
import { hover } from '../../server/features/hover';
import { findReferences } from '../../server/features/references';
import { prepareRename, rename } from '../../server/features/rename';
import { fixture, relativeName } from '../support/fixture';
import type { Fixture } from '../support/fixture';

const project = `//- main.tf
variable "region" {
  type        = string
  default     = "us-west-2"
  description = "Where to build."
}
locals {
  tags = { team = var.region }
}
resource "aws_instance" "trainer" {
  ami        = data.aws_image.gpu.id
  depends_on = [module.store]
}
data "aws_image" "gpu" {
  name = upper("x")
}
module "store" {
  source = "./store"
  label  = local.tags.team
}
output "ip" {
  value = aws_instance.trainer.public_ip
}
output "url" {
  value = "\${module.store.url}/x"
}
//- other.tf
output "again" {
  value = [for region in [1] : region + var.region]
}
//- terraform.tfvars
region = "eu-west-1"
//- store/main.tf
variable "label" {}
output "url" {
  value = var.label
}
`;

/** The project with the cursor before (or inside) the n-th occurrence of a text. */
function at(text: string, occurrence = 1, within = 0): Fixture {
  let position = -1;
  for (let count = 0; count < occurrence; count += 1) position = project.indexOf(text, position + 1);
  assert.ok(position >= 0, `the project does not hold ${text}`);
  position += within;
  return fixture(`${project.slice(0, position)}<|>${project.slice(position)}`);
}

/** A place as `file: text`. */
function shown(
  from: Fixture,
  place: { path: string; range: { start: number; end: number } } | undefined,
): string {
  if (place === undefined) return 'nowhere';
  return `${relativeName(place.path)}: ${from.files.get(place.path)?.slice(place.range.start, place.range.end) ?? ''}`;
}

describe('definition', () => {
  const definition = (from: Fixture) =>
    shown(from, findDefinition(from.snapshot, from.path, from.offset)?.target);

  it('finds variables, locals, resources, data sources and modules', () => {
    assert.equal(definition(at('var.region }', 1, 5)), 'main.tf: region');
    assert.equal(definition(at('local.tags', 1, 7)), 'main.tf: tags');
    assert.equal(definition(at('aws_instance.trainer', 1, 3)), 'main.tf: trainer');
    assert.equal(definition(at('data.aws_image.gpu', 1, 16)), 'main.tf: gpu');
    assert.equal(definition(at('module.store]', 1, 8)), 'main.tf: store');
    assert.equal(definition(at('var.region]', 1, 5)), 'main.tf: region');
  });

  it('goes into called modules and back to variables', () => {
    assert.equal(definition(at('module.store.url', 1, 14)), 'store/main.tf: url');
    assert.equal(definition(at('label  =', 1, 2)), 'store/main.tf: label');
    assert.equal(definition(at('"./store"', 1, 4)), 'store/main.tf: ');
    assert.equal(definition(at('region = "eu', 1, 2)), 'main.tf: region');
  });

  it('finds where a block sets what is read from it', () => {
    const drawn = fixture(
      'resource "aws_instance" "a" {\n  ami = "x"\n}\noutput "o" {\n  value = aws_instance.a.am<|>i\n}\n',
    );
    assert.equal(definition(drawn), 'main.tf: ami');
  });

  it('finds nothing for words without a declaration', () => {
    assert.equal(definition(fixture('output "o" {\n  value = terraform.work<|>space\n}\n')), 'nowhere');
    assert.equal(definition(fixture('output "o" {\n  value = var.unkno<|>wn\n}\n')), 'nowhere');
  });
});

describe('references', () => {
  const references = (from: Fixture, withDeclaration = false) =>
    findReferences(from.snapshot, from.path, from.offset, withDeclaration).map((place) => shown(from, place));

  it('finds uses in every file of the module, in variables files, with and without the declaration', () => {
    const uses = ['main.tf: region', 'other.tf: region', 'terraform.tfvars: region'];
    assert.deepEqual(references(at('variable "region"', 1, 12)), uses);
    assert.deepEqual(references(at('var.region }', 1, 5), true), ['main.tf: region', ...uses]);
  });

  it('finds arguments and reads in callers', () => {
    assert.deepEqual(references(at('variable "label"', 1, 11)), ['store/main.tf: label', 'main.tf: label']);
    assert.deepEqual(references(at('output "url"', 2, 9)), ['main.tf: url']);
  });
});

describe('rename', () => {
  const renamed = (from: Fixture, name: string): string => {
    const edits = rename(from.snapshot, from.path, from.offset, name);
    const edited = new Map(from.files);
    for (const { path, range, newText } of [...edits].sort((a, b) => b.range.start - a.range.start)) {
      const text = edited.get(path) ?? '';
      edited.set(path, text.slice(0, range.start) + newText + text.slice(range.end));
    }
    return [...edited].map(([path, text]) => `//- ${relativeName(path)}\n${text}`).join('');
  };

  it('changes every use of a variable, and nothing that only looks like one', () => {
    const after = renamed(at('var.region }', 1, 5), 'area');
    assert.match(after, /variable "area"/);
    assert.match(after, /team = var\.area/);
    assert.match(after, /for region in \[1\] : region \+ var\.area/);
    assert.match(after, /^area = "eu-west-1"/m);
  });

  it('follows a module, its variables and its outputs across the border', () => {
    assert.match(renamed(at('module "store"', 1, 9), 'depot'), /module "depot"[^]*\$\{module\.depot\.url\}/);
    assert.match(
      renamed(at('variable "label"', 1, 11), 'title'),
      /title {2}= local[^]*variable "title"[^]*var\.title/,
    );
    assert.match(
      renamed(at('module.store.url', 1, 14), 'address'),
      /module\.store\.address[^]*output "address"/,
    );
  });

  it('writes a moved block for a resource and a module call, and only for them', () => {
    const resource = (text: string, name: string) => renamed(fixture(text), name);
    assert.equal(
      resource(
        'resource "aws_instance" "<|>a" {\n  ami = "x"\n}\noutput "o" {\n  value = aws_instance.a.id\n}\n',
        'b',
      ),
      '//- main.tf\nresource "aws_instance" "b" {\n  ami = "x"\n}\n\nmoved {\n  from = aws_instance.a\n  to   = aws_instance.b\n}\noutput "o" {\n  value = aws_instance.b.id\n}\n',
    );
    assert.match(
      renamed(at('module "store"', 1, 9), 'depot'),
      /moved \{\n {2}from = module\.store\n {2}to {3}= module\.depot\n\}/,
    );
    assert.doesNotMatch(renamed(at('data "aws_image" "gpu"', 1, 18), 'cpu'), /moved/);
    assert.match(
      resource('//- main.tf\nresource "aws_instance" "<|>a" {}\n//- moved.tf\n', 'b'),
      /\/\/- moved\.tf\nmoved \{\n {2}from = aws_instance\.a/,
    );
  });

  it('goes on where a resource was moved before, and takes the move back where it came from', () => {
    const before =
      'resource "aws_instance" "<|>b" {}\n\nmoved {\n  from = aws_instance.a\n  to   = aws_instance.b\n}\n';
    assert.equal(
      renamed(fixture(before), 'c'),
      '//- main.tf\nresource "aws_instance" "c" {}\n\nmoved {\n  from = aws_instance.b\n  to   = aws_instance.c\n}\n\nmoved {\n  from = aws_instance.a\n  to   = aws_instance.b\n}\n',
    );
    assert.equal(renamed(fixture(before), 'a'), '//- main.tf\nresource "aws_instance" "a" {}\n');
  });

  it('refuses what would break the configuration', () => {
    const from = at('var.region }', 1, 5);
    assert.throws(() => rename(from.snapshot, from.path, from.offset, 'a b'), /no name/);
    const other = at('output "ip"', 1, 9);
    assert.throws(() => rename(other.snapshot, other.path, other.offset, 'url'), /exists already/);
  });

  it('offers only names', () => {
    const label = at('resource "aws_instance"', 1, 12);
    assert.throws(() => prepareRename(label.snapshot, label.path, label.offset), /is a type/);
    const name = at('"aws_instance" "trainer"', 1, 17);
    const range = prepareRename(name.snapshot, name.path, name.offset);
    assert.equal(name.files.get(name.path)?.slice(range?.start, range?.end), 'trainer');
  });
});

describe('hover', () => {
  const contents = (from: Fixture) => hover(from.snapshot, from.path, from.offset)?.contents ?? '';

  it('shows types with where the knowledge comes from', () => {
    assert.match(
      contents(at('"aws_instance"', 1, 4)),
      /A virtual machine\.[^]*hashicorp\/aws 6\.66\.0 bundled/,
    );
    assert.match(
      contents(at('ami        =', 1, 1)),
      /ami = string[^]*required string[^]*Image of the machine/,
    );
    assert.match(contents(at('resource "aws', 1, 2)), /infrastructure object/);
    assert.match(contents(at('depends_on', 1, 2)), /wait for/);
  });

  it('shows variables, locals, outputs and members', () => {
    assert.match(contents(at('var.region }', 1, 6)), /string[^]*Where to build\.[^]*Default: `"us-west-2"`/);
    assert.match(contents(at('local.tags', 1, 7)), /local\.tags = \{ team = var\.region \}/);
    assert.match(contents(at('module.store.url', 1, 14)), /output "url"[^]*Value: `var\.label`/);
    assert.match(contents(at('trainer.public_ip', 1, 10)), /public_ip: string/);
    assert.match(contents(at('label  =', 1, 1)), /variable "label"[^]*Required/);
    assert.match(contents(at('region = "eu', 1, 1)), /Where to build/);
  });

  it('shows functions and names of the language', () => {
    assert.match(contents(at('upper(', 1, 2)), /upper\(str string\) string[^]*upper case/);
    assert.match(contents(fixture('output "a" {\n  value = path.mod<|>ule\n}')), /folder of this module/);
    assert.match(
      contents(fixture('resource "a_b" "c" {\n  for_each = {}\n  d = each.k<|>ey\n}')),
      /key of this instance/,
    );
  });

  it('says where what it knows comes from, and nothing about the rest', () => {
    assert.match(contents(fixture('resource "acme_<|>thing" "x" {}')), /learned from this workspace/);
    assert.match(
      contents(fixture('resource "acme_thing" "x" {\n  wh<|>at = 1\n}')),
      /what = number[^]*learned from this workspace/,
    );
    assert.equal(contents(fixture('# comm<|>ent')), '');
  });
});
