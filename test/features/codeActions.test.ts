import assert from 'node:assert/strict';
import { actionsAt, after, titles } from './actions/drawn';

describe('quick fixes', () => {
  it('change a name to the one that was meant, first of all', () => {
    assert.equal(
      after('variable "region" {}\noutput "x" {\n  value = var.regi<|>n\n}\n', 'Change to "var.region"'),
      'variable "region" {}\noutput "x" {\n  value = var.region\n}\n',
    );
    const { actions } = actionsAt('variable "region" {}\noutput "x" {\n  value = var.regi<|>n\n}\n', [
      'quickfix',
    ]);
    assert.deepEqual(
      actions.map(({ title, preferred }) => [title, preferred === true]),
      [
        ['Change to "var.region"', true],
        ['Declare the variable "regin"', false],
      ],
    );
  });

  it('declare a variable in variables.tf with the type that its use wants', () => {
    assert.equal(
      after(
        '//- main.tf\nresource "aws_instance" "a" {\n  ami           = "x"\n  instance_type = var.<|>kind\n}\n//- variables.tf\nvariable "a" {}\n',
        'Declare the variable "kind"',
      ),
      '//- main.tf\nresource "aws_instance" "a" {\n  ami           = "x"\n  instance_type = var.kind\n}\n//- variables.tf\nvariable "a" {}\n\nvariable "kind" {\n  type = string\n}\n',
    );
  });

  it('declare a local value beside the others, or in a block of its own', () => {
    assert.equal(
      after(
        'locals {\n  a = 1\n}\noutput "x" {\n  value = local.<|>zebra\n}\n',
        'Declare the local value "zebra"',
      ),
      'locals {\n  a     = 1\n  zebra = null\n}\noutput "x" {\n  value = local.zebra\n}\n',
    );
    assert.equal(
      after('output "x" {\n  value = "a ${local.<|>zebra}"\n}\n', 'Declare the local value "zebra"'),
      'output "x" {\n  value = "a ${local.zebra}"\n}\n\nlocals {\n  zebra = ""\n}\n',
    );
    assert.equal(
      after('locals {}\noutput "x" {\n  value = local.<|>zebra\n}\n', 'Declare the local value "zebra"'),
      'locals {\n  zebra = null\n}\noutput "x" {\n  value = local.zebra\n}\n',
    );
  });

  it('declare an output in the module that is called', () => {
    assert.equal(
      after(
        '//- main.tf\nmodule "m" {\n  source = "./m"\n}\noutput "x" {\n  value = module.m.<|>address\n}\n//- m/main.tf\nlocals {\n  a = 1\n}\n',
        'Declare the output "address" in module.m',
      ),
      '//- main.tf\nmodule "m" {\n  source = "./m"\n}\noutput "x" {\n  value = module.m.address\n}\n//- m/main.tf\nlocals {\n  a = 1\n}\n\noutput "address" {\n  value = null\n}\n',
    );
  });

  it('add all that a block or a module call lacks', () => {
    assert.equal(
      after(
        '//- main.tf\nmodu<|>le "m" {\n  source = "./m"\n}\n//- m/main.tf\nvariable "a" {\n  type = list(string)\n}\nvariable "longer" {\n  type = string\n}\nvariable "set" {\n  default = 1\n}\n',
        'Add what is missing',
      ),
      '//- main.tf\nmodule "m" {\n  source = "./m"\n  a      = []\n  longer = ""\n}\n//- m/main.tf\nvariable "a" {\n  type = list(string)\n}\nvariable "longer" {\n  type = string\n}\nvariable "set" {\n  default = 1\n}\n',
    );
    assert.equal(after('out<|>put "x" {}\n', 'Add "value"'), 'output "x" {\n  value = null\n}\n');
  });

  it('remove what may not be there, with its lines', () => {
    assert.equal(
      after('output "x" {\n  value = 1\n  zzzz<|> = {\n    a = 1\n  }\n}\n', 'Remove this argument'),
      'output "x" {\n  value = 1\n}\n',
    );
    assert.equal(
      after('output "x" {\n  value = 1\n\n  zzz<|>zz {\n  }\n\n  sensitive = true\n}\n', 'Remove this block'),
      'output "x" {\n  value = 1\n\n  sensitive = true\n}\n',
    );
    assert.equal(
      after('output "a" <|>"b" {\n  value = 1\n}\n', 'Remove this label'),
      'output "a" {\n  value = 1\n}\n',
    );
  });

  it('remove what nothing reads, and show it faded', () => {
    assert.equal(
      after('locals {\n  a<|> = 1\n  b = 2\n}\noutput "x" {\n  value = local.b\n}\n', 'Remove it'),
      'locals {\n  b = 2\n}\noutput "x" {\n  value = local.b\n}\n',
    );
    assert.deepEqual(
      titles('locals {\n  b<|> = 2\n}\noutput "x" {\n  value = local.b\n}\n', ['quickfix']),
      [],
    );
  });

  it('declare the variable that a variables file sets', () => {
    assert.equal(
      after(
        '//- main.tf\nvariable "a" {}\n//- terraform.tfvars\nsize<|> = 3\n',
        'Declare the variable "size"',
      ),
      '//- main.tf\nvariable "a" {}\n\nvariable "size" {\n  type = number\n}\n//- terraform.tfvars\nsize = 3\n',
    );
  });

  it('offer nothing where nothing is wrong, and only what was asked for', () => {
    assert.deepEqual(titles('output "x" {\n  val<|>ue = 1\n}\n', ['quickfix']), []);
    assert.ok(
      titles('output "x" {\n  value = "a<|>b"\n}\n', ['refactor.extract']).every((title) =>
        title.startsWith('Extract'),
      ),
    );
  });
});

describe('refactorings', () => {
  it('extract a value to a local value', () => {
    assert.equal(
      after(
        'resource "aws_instance" "a" {\n  ami = "ami-${lower(<|>var.x)}"\n}\nvariable "x" {}\n',
        'Extract to the local value "ami"',
      ),
      'resource "aws_instance" "a" {\n  ami = "ami-${local.ami}"\n}\nvariable "x" {}\n\nlocals {\n  ami = lower(var.x)\n}\n'.replace(
        'local.ami}"',
        'local.ami}"',
      ),
    );
  });

  it('extract a constant to a variable with its type', () => {
    assert.equal(
      after('resource "aws_instance" "a" {\n  ami = "ami<|>-1"\n}\n', 'Extract to the variable "ami"'),
      'resource "aws_instance" "a" {\n  ami = var.ami\n}\n\nvariable "ami" {\n  type    = string\n  default = "ami-1"\n}\n',
    );
  });

  it('extract what is selected, over several lines', () => {
    assert.equal(
      after(
        'resource "aws_instance" "a" {\n  tags = <|>{\n    Name = "x"\n  }<|>\n}\n',
        'Extract to the local value "tags"',
      ),
      'resource "aws_instance" "a" {\n  tags = local.tags\n}\n\nlocals {\n  tags = {\n    Name = "x"\n  }\n}\n',
    );
  });

  it('do not move what only has a meaning where it stands', () => {
    for (const text of [
      'resource "a_b" "c" {\n  count = 2\n  name = "n-${coun<|>t.index}"\n}\n',
      'locals {\n  a = [for k in var.x : upper(<|>k)]\n}\nvariable "x" {}\n',
      'resource "a_b" "c" {\n  dynamic "d" {\n    for_each = []\n    content {\n      e = upper(d<|>.value)\n    }\n  }\n}\n',
      'variable "v" {\n  default = "a<|>b"\n}\n',
      'locals {\n  v = "a<|>b"\n}\n',
    ]) {
      assert.deepEqual(titles(text, ['refactor.extract']), [], text);
    }
  });

  it('take a free name', () => {
    assert.ok(
      titles('locals {\n  ami = 1\n}\nresource "aws_instance" "a" {\n  ami = "x<|>"\n}\n').includes(
        'Extract to the local value "ami_2"',
      ),
    );
  });

  it('inline a local value everywhere, in brackets where it is an operand', () => {
    assert.equal(
      after(
        'locals {\n  su<|>m = var.a + 1\n  b = local.sum * 2\n}\nvariable "a" {}\noutput "x" {\n  value = "${local.sum}"\n}\n',
        'Inline the local value "sum" in 2 places',
        // What was not laid out before stays so.
        { unformatted: true },
      ),
      'locals {\n  b = (var.a + 1) * 2\n}\nvariable "a" {}\noutput "x" {\n  value = "${(var.a + 1)}"\n}\n',
    );
    assert.equal(
      after(
        'locals {\n  o = { a = 1 }\n}\noutput "x" {\n  value = local.<|>o.a\n}\n',
        'Inline the local value "o"',
      ),
      'output "x" {\n  value = { a = 1 }.a\n}\n',
    );
  });

  it('do not inline what nobody reads, what reads itself, or a heredoc', () => {
    assert.deepEqual(titles('locals {\n  a<|> = 1\n}\n', ['refactor.inline']), []);
    assert.deepEqual(titles('locals {\n  a<|> = local.a\n}\n', ['refactor.inline']), []);
    assert.deepEqual(titles('locals {\n  a<|> = <<X\nx\nX\n  b = local.a\n}\n', ['refactor.inline']), []);
  });

  it('turn a string into a heredoc and back', () => {
    const quoted = 'locals {\n  a = "x ${var.y}\\n<|>\\n  \\"z\\" $${no}\\n"\n}\n';
    const heredoc = 'locals {\n  a = <<-EOT\n    x ${var.y}\n\n      "z" $${no}\n  EOT\n}\n';
    assert.equal(after(quoted, 'Convert to a heredoc'), heredoc);
    assert.equal(
      after(heredoc.replace('x ${', '<|>x ${'), 'Convert to a quoted string'),
      quoted.replace('<|>', ''),
    );
    assert.ok(!titles('locals {\n  a = "no l<|>ine break"\n}\n').includes('Convert to a heredoc'));
  });

  it('remove quotes that say nothing, and swap a condition', () => {
    assert.equal(
      after('locals {\n  a = "${var.<|>b}"\n}\n', 'Remove the redundant interpolation'),
      'locals {\n  a = var.b\n}\n',
    );
    assert.equal(
      after('locals {\n  a = var.x =<|>= 1 ? "b" : "c"\n}\n', 'Swap the two results of the condition'),
      'locals {\n  a = var.x != 1 ? "c" : "b"\n}\n',
    );
  });

  it('never throws, wherever it is asked', () => {
    const text =
      'locals {\n  a = [for k, v in { b = "x${var.c}" } : upper(v) if v != ""]\n  h = <<-EOT\n    ${local.a}\n  EOT\n}\nresource "a" {\n  b =\n}\n';
    for (let at = 0; at <= text.length; at += 1) titles(`${text.slice(0, at)}<|>${text.slice(at)}`);
  });
});
