import assert from 'node:assert/strict';
import { diagnose } from '../../server/features/diagnostics';
import { fixture } from '../support/fixture';

/**
 * What users of other language servers complain about, by the thread where they do: VS is hashicorp/vscode-terraform, LS
 * is hashicorp/terraform-ls.
 */
describe('complaints about diagnostics', () => {
  const found = (drawn: string) => {
    const { snapshot, path, files } = fixture(drawn);
    return diagnose(snapshot, path).map(({ severity, code, range, message }) => ({
      shown: `${severity} ${code} ${files.get(path)?.slice(range.start, range.end) ?? ''}`,
      message,
    }));
  };
  const shown = (drawn: string) => found(drawn).map((each) => each.shown);
  const clean = (drawn: string) => {
    assert.deepEqual(found(drawn), []);
  };
  const output = (value: string) => `output "o" {\n  value = ${value}\n}\n`;
  const required = (constraint: string) =>
    `terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "${constraint}"\n    }\n  }\n}\n`;

  it('VS#1698: a for over a map has its variables', () => {
    clean(
      `variable "m" {\n  type = map(object({ x = string }))\n}\n${output('{ for k, v in var.m : k => "${k}${v.x}" }')}`,
    );
  });

  it('VS#2085: a loop variable may be called var', () => {
    clean(output('[for var in [{ a = 1 }] : var.a]'));
    assert.deepEqual(shown(output('[for var in [{ a = 1 }] : var.b]')), ['error unsupported-attribute b']);
  });

  it('VS#1598: variables may stand in depends_on', () => {
    clean('variable "v" {}\nresource "aws_bucket" "b" {\n  depends_on = [var.v]\n}\n');
  });

  it('VS#1576: an empty list is a default of a list', () => {
    clean(`variable "l" {\n  type    = list(string)\n  default = []\n}\n${output('var.l')}`);
  });

  it('VS#1592: objects nest in lists', () => {
    clean(
      `variable "l" {\n  type    = list(object({ o = object({ p = number }) }))\n  default = [{ o = { p = 1 } }]\n}\n${output('var.l[0].o.p')}`,
    );
  });

  it('VS#1694, VS#1696: for_each takes a variable', () => {
    for (const type of ['set(string)', 'map(string)', 'map(object({ a = string }))', 'any']) {
      clean(
        `variable "v" {\n  type = ${type}\n}\nresource "aws_bucket" "b" {\n  for_each = var.v\n  bucket   = each.key\n}\n`,
      );
    }
  });

  it('VS#1708: a list holds different things', () => {
    clean(`locals {\n  l = ["a", 1, { b = true }, null, ["x"]]\n}\n${output('local.l[2].b')}`);
  });

  it('VS#1581, VS#1584: what a wrapper supplies can be silenced', () => {
    const unused = 'variable "v" {}\n';
    assert.deepEqual(shown(unused), ['hint unused-declaration variable "v"']);
    clean(`# terratrain: ignore unused-declaration\n${unused}`);
    clean(`# terratrain: ignore undeclared-local\n${output('local.from_wrapper')}`);
  });

  it('VS#1616: a provider may take what it requires from the environment', () => {
    clean('provider "aws" {}\n');
  });

  it('VS#1681, LS#1664, VS#2214, VS#1871: what another version of a provider may know is no error', () => {
    const [version, argument] = found(
      `${required('~> 5.0')}resource "aws_bucket" "b" {\n  brand_new = 1\n}\n`,
    );
    assert.equal(version?.shown, 'information provider-version "~> 5.0"');
    assert.equal(argument?.shown, 'warning unknown-argument brand_new');
  });

  it('LS#1479: a message says which schema it is from', () => {
    const [argument] = found('resource "aws_bucket" "b" {\n  brand_new = 1\n}\n');
    assert.match(argument?.message ?? '', /\(hashicorp\/aws 6\.66\.0 bundled\)/);
  });

  it('LS#1838, VS#2064, VS#1574: values for variables of another folder are right', () => {
    clean('//- environments/prod.tfvars\nregion = "x"\n//- main.tf\nvariable "other" {}\n');
    clean('//- prod.tfvars\nregion = "x"\n//- main.tf\nvariable "other" {}\n');
  });

  it('LS#703: the type of a value in a variables file', () => {
    const main =
      '//- main.tf\nvariable "n" {\n  type = number\n}\nvariable "l" {\n  type = list(string)\n}\n';
    assert.deepEqual(shown(`//- terraform.tfvars\nn = "many"\nl = [1]\n${main}`), [
      'error wrong-type "many"',
    ]);
    assert.deepEqual(shown(`//- prod.tfvars\nl = { a = 1 }\n${main}`), ['error wrong-type { a = 1 }']);
    assert.deepEqual(shown(`//- a.auto.tfvars.json\n{ "n": [] }\n${main}`), ['error wrong-type []']);
    clean(`//- terraform.tfvars\nn = "3"\nl = []\n${main}`);
  });

  it('LS#1364, HL#288, LS#563: references of every kind are checked', () => {
    const kinds: Readonly<Record<string, string>> = {
      'var.x': 'undeclared-variable',
      'local.x': 'undeclared-local',
      'module.x.y': 'undeclared-module',
      'aws_bucket.x.id': 'undeclared-resource',
      'data.aws_image.x.id': 'undeclared-resource',
      'each.key': 'misplaced-reference',
      'count.index': 'misplaced-reference',
      'self.id': 'misplaced-reference',
      'path.x': 'unknown-name',
    };
    for (const [reference, code] of Object.entries(kinds)) {
      const codes = shown(output(reference)).map((each) => each.split(' ')[1]);
      assert.deepEqual(codes, [code], reference);
    }
    assert.deepEqual(shown('resource "aws_bucket" "b" {\n  provider = aws.west\n}\n'), [
      'error undeclared-provider aws.west',
    ]);
  });

  it('VS#1724, VS#1013: that a module is not installed is said in the root alone, once for each call', () => {
    const inner = 'module "r" {\n  source  = "hashicorp/consul/aws"\n  version = "1.0"\n  input   = 1\n}\n';
    clean(`//- m/main.tf\n${inner}//- main.tf\nmodule "m" {\n  source = "./m"\n}\n`);
    assert.deepEqual(shown(`${inner}${output('module.r.anything')}`), [
      'information module-not-installed "hashicorp/consul/aws"',
    ]);
  });

  it('VS#457: what nothing reads is faded', () => {
    assert.deepEqual(shown('locals {\n  a = 1\n}\n'), ['hint unused-declaration a']);
  });

  it('VS#2191: the blocks of a test file are known', () => {
    const codes = shown('//- a.tftest.hcl\nrun "a" {\n  command = plan\n}\ntest {\n  parallel = true\n}\n');
    assert.deepEqual(codes, []);
  });
});
