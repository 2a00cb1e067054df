import assert from 'node:assert/strict';
import { actionsAt, after, titles } from './drawn';

const fixTitles = (drawn: string) => titles(drawn, ['quickfix']);
const preferred = (drawn: string) =>
  actionsAt(drawn, ['quickfix']).actions.flatMap((action) =>
    action.preferred === true ? [action.title] : [],
  );

describe('fixes for bodies', () => {
  it('an argument that must be a block, one or several', () => {
    assert.equal(
      after(
        'resource "aws_bucket" "x" {\n  version<|>ing = { enabled = true }\n}\n',
        'Write "versioning" as a block',
        { unformatted: true },
      ),
      'resource "aws_bucket" "x" {\n  versioning { enabled = true }\n}\n',
    );
    assert.equal(
      after(
        'resource "aws_bucket" "x" {\n  version<|>ing = {\n    "enabled" : true,\n  }\n}\n',
        'Write "versioning" as a block',
      ),
      'resource "aws_bucket" "x" {\n  versioning {\n    enabled = true\n  }\n}\n',
    );
    assert.equal(
      after(
        'resource "aws_instance" "x" {\n  ami = "x"\n  dis<|>k = [{ size = 1 }, { size = 2 }]\n}\n',
        'Write "disk" as blocks',
        { unformatted: true },
      ),
      'resource "aws_instance" "x" {\n  ami = "x"\n  disk {\n    size = 1\n  }\n  disk {\n    size = 2\n  }\n}\n',
    );
  });

  it('a block that must be an argument', () => {
    assert.equal(
      after('resource "aws_bucket" "x" {\n  ta<|>gs {\n    a = "b"\n  }\n}\n', 'Write "tags" as an argument'),
      'resource "aws_bucket" "x" {\n  tags = {\n    a = "b"\n  }\n}\n',
    );
  });

  it('all that is missing at once, blocks with what they need', () => {
    assert.equal(
      after('che<|>ck "c" {\n}\n', 'Add "assert"'),
      'check "c" {\n  assert {\n    condition     = terraform.workspace != ""\n    error_message = "The condition does not hold."\n  }\n}\n',
    );
    assert.equal(
      after(
        'resource "aws_ins<|>tance" "x" {\n  disk {\n    size = 1\n  }\n}\n'
          .replace('<|>', '')
          .replace('resource', 'reso<|>urce'),
        'Add "ami"',
      ),
      'resource "aws_instance" "x" {\n  ami = ""\n\n  disk {\n    size = 1\n  }\n}\n',
    );
  });

  it('labels: missing ones get a name, one too many goes', () => {
    assert.equal(
      after('resou<|>rce "aws_bucket" {\n}\n', 'Add "name"'),
      'resource "aws_bucket" "name" {\n}\n',
    );
    assert.deepEqual(preferred('resou<|>rce {\n}\n'), []);
  });

  it('of two that exclude each other one goes', () => {
    const text = 'resource "aws_instance" "x" {\n  count = 1\n  for<|>_each = {}\n  ami = "x"\n}\n';
    assert.equal(
      after(text, 'Remove "count"', { unformatted: true }),
      'resource "aws_instance" "x" {\n  for_each = {}\n  ami = "x"\n}\n',
    );
    assert.equal(
      after(text, 'Remove "for_each"', { unformatted: true }),
      'resource "aws_instance" "x" {\n  count = 1\n  ami = "x"\n}\n',
    );
    assert.deepEqual(preferred(text), []);
  });
});

describe('fixes for old spellings', () => {
  it('write the new one', () => {
    for (const [before, title, result] of [
      [
        'variable "x" {\n  type = "str<|>ing"\n}\noutput "o" {\n  value = var.x\n}\n',
        'Change to "string"',
        'type = string',
      ],
      [
        'resource "aws_bucket" "x" {\n  lifecycle {\n    ignore_changes = ["ta<|>gs"]\n  }\n}\n',
        'Change to "tags"',
        '[tags]',
      ],
      [
        'resource "aws_bucket" "x" {\n  depends_on = ["aws_bucket<|>.y"]\n}\nresource "aws_bucket" "y" {}\n',
        'Change to "aws_bucket.y"',
        '[aws_bucket.y]',
      ],
      [
        'variable "l" {\n  type = list(string)\n}\noutput "x" {\n  value = var.l.<|>0\n}\n',
        'Change to "[0]"',
        'var.l[0]',
      ],
    ] as const) {
      assert.ok(after(before, title).includes(result), title);
      assert.deepEqual(preferred(before), [title]);
    }
    assert.match(
      after(
        'resource "aws_bucket" "z" {}\noutput "x" {\n  value = "${aws_bu<|>cket.z.id}"\n}\n',
        'Change to "aws_bucket.z.id"',
      ),
      /value = aws_bucket\.z\.id/,
    );
  });

  it('all of a kind in the file, and all that is certain on request', () => {
    const text =
      'variable "x" {\n  type = "str<|>ing"\n}\nvariable "y" {\n  type = "number"\n}\noutput "o" {\n  value = [var.x, var.y]\n}\n';
    const result =
      'variable "x" {\n  type = string\n}\nvariable "y" {\n  type = number\n}\noutput "o" {\n  value = [var.x, var.y]\n}\n';
    assert.equal(after(text, 'Fix all problems of this kind in the file (quoted-type)'), result);
    assert.equal(after(text, 'Fix all that has one certain fix', { only: ['source.fixAll'] }), result);
    // Names are never certain.
    assert.deepEqual(
      titles('output "<|>o" {\n  value = var.nope\n}\nvariable "nop" {}\n', ['source.fixAll']),
      [],
    );
  });
});

describe('fixes for references', () => {
  it('declare a resource or data source with what it needs, behind its use', () => {
    assert.equal(
      after(
        'output "x" {\n  value = data.aws_image.nop<|>e.id\n}\n\nlocals {}\n',
        'Declare the data source "aws_image" "nope"',
      ),
      'output "x" {\n  value = data.aws_image.nope.id\n}\n\ndata "aws_image" "nope" {\n  name = ""\n}\n\nlocals {}\n',
    );
    assert.equal(
      after('import {\n  to = aws_inst<|>ance.x\n  id = "a"\n}\n', 'Declare the resource "aws_instance" "x"'),
      'import {\n  to = aws_instance.x\n  id = "a"\n}\n\nresource "aws_instance" "x" {\n  ami = ""\n}\n',
    );
  });

  it('declare the call of a module that is there', () => {
    assert.equal(
      after(
        '//- main.tf\noutput "x" {\n  value = module.net<|>.id\n}\n//- modules/net/main.tf\nvariable "name" {\n  type = string\n}\noutput "id" {\n  value = var.name\n}\n',
        'Declare the module call "net"',
      ).split('//- modules')[0],
      '//- main.tf\noutput "x" {\n  value = module.net.id\n}\n\nmodule "net" {\n  source = "./modules/net"\n\n  name = ""\n}\n',
    );
  });

  it('read one instance, or all', () => {
    assert.match(
      after(
        'resource "aws_bucket" "x" {\n  count = 2\n}\noutput "x" {\n  value = aws_bucket.<|>x.id\n}\n',
        'Read the instance aws_bucket.x[0]',
      ),
      /value = aws_bucket\.x\[0\]\.id/,
    );
    assert.match(
      after(
        'resource "aws_bucket" "x" {\n}\noutput "x" {\n  value = aws_bucket.x[<|>0].id\n}\n',
        'Remove [0]',
      ),
      /value = aws_bucket\.x\.id/,
    );
  });
});

describe('fixes for declarations', () => {
  it('an unused variable goes with what sets it', () => {
    assert.equal(
      after(
        '//- m/main.tf\n# Old.\nvariable "<|>old" {}\n\noutput "o" {\n  value = 1\n}\n//- main.tf\nmodule "m" {\n  source = "./m"\n  old    = 1\n}\n//- m/terraform.tfvars\nold = 2\n',
        'Remove it, and what sets it',
      ),
      '//- m/main.tf\noutput "o" {\n  value = 1\n}\n//- main.tf\nmodule "m" {\n  source = "./m"\n}\n//- m/terraform.tfvars\n',
    );
  });

  it('a second declaration goes or gets another name', () => {
    assert.match(
      after('variable "a" {}\nvariable "<|>a" {}\nlocals {\n  x = var.a\n}\n', 'Rename it to "a_2"'),
      /variable "a_2" \{\}/,
    );
  });

  it('names that cannot be', () => {
    assert.equal(after('variable "1<|>x" {}\n', 'Rename it to "_1x"'), 'variable "_1x" {}\n');
    assert.equal(
      after(
        'variable "sou<|>rce" {}\noutput "o" {\n  value = var.source\n}\n',
        'Rename it to "module_source"',
      ),
      'variable "module_source" {}\noutput "o" {\n  value = var.module_source\n}\n',
    );
  });

  it('blocks about what is still there', () => {
    assert.equal(
      after(
        'moved {\n  from = aws<|>_bucket.x\n  to   = aws_bucket.y\n}\n\nresource "aws_bucket" "x" {}\nresource "aws_bucket" "y" {}\n',
        'Remove this moved block',
      ),
      'resource "aws_bucket" "x" {}\nresource "aws_bucket" "y" {}\n',
    );
    assert.equal(
      after(
        'removed {\n  from = aws_buck<|>et.x\n}\n\nresource "aws_bucket" "x" {}\n',
        'Remove aws_bucket.x',
      ),
      'removed {\n  from = aws_bucket.x\n}\n',
    );
  });

  it('a module that is not there is made, with what the call gives and what is read', () => {
    assert.equal(
      after(
        'module "m" {\n  source = "./<|>m"\n  size   = 1\n}\noutput "o" {\n  value = module.m.id\n}\n',
        'Create the module ./m',
      ),
      '//- main.tf\nmodule "m" {\n  source = "./m"\n  size   = 1\n}\noutput "o" {\n  value = module.m.id\n}\n//- m/main.tf\n//- m/variables.tf\nvariable "size" {\n  type = number\n}\n//- m/outputs.tf\noutput "id" {\n  value = null\n}\n',
    );
  });
});

describe('fixes for providers', () => {
  it('configure an alias', () => {
    assert.equal(
      after(
        'provider "aws" {\n  region = "a"\n}\n\nresource "aws_bucket" "x" {\n  provider = aws.we<|>st\n}\n',
        'Configure the provider aws.west',
      ),
      'provider "aws" {\n  region = "a"\n}\n\nprovider "aws" {\n  alias = "west"\n}\n\nresource "aws_bucket" "x" {\n  provider = aws.west\n}\n',
    );
  });

  it('pin what is used and not required, and what is required without a version', () => {
    assert.equal(
      after('resource "aws_buck<|>et" "x" {}\n', 'Require hashicorp/aws ~> 6.66'),
      'terraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "~> 6.66"\n    }\n  }\n}\n\nresource "aws_bucket" "x" {}\n',
    );
    const other =
      'terraform {\n  required_providers {\n    null = {\n      source = "hashicorp/null"\n    }\n  }\n}\n\nresource "null_resource" "n" {}\nresource "aws_buck<|>et" "x" {}\n';
    assert.deepEqual(preferred(other), ['Require hashicorp/aws ~> 6.66']);
    assert.match(
      after(other, 'Require hashicorp/aws ~> 6.66'),
      /hashicorp\/null"\n {4}\}\n {4}aws = \{\n {6}source {2}= "hashicorp\/aws"\n {6}version = "~> 6\.66"\n {4}\}\n {2}\}/,
    );
    assert.match(
      after(
        'terraform {\n  required_providers {\n    a<|>ws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\nresource "aws_bucket" "x" {}\n',
        'Pin "aws" to ~> 6.66',
      ),
      /source {2}= "hashicorp\/aws"\n {6}version = "~> 6\.66"/,
    );
  });

  it('ask for the version that is locked', () => {
    assert.match(
      after(
        '//- .terraform.lock.hcl\nprovider "registry.terraform.io/hashicorp/aws" {\n  version = "5.1.0"\n}\n//- main.tf\nterraform {\n  required_providers {\n    aws = {\n      source  = "hashicorp/aws"\n      version = "~<|>> 6.0"\n    }\n  }\n}\nresource "aws_bucket" "x" {}\n',
        'Ask for ~> 5.1',
      ),
      /version = "~> 5\.1"/,
    );
  });

  it('pass a configuration to a module that wants it, and none that it does not', () => {
    const wants =
      '//- m/main.tf\nterraform {\n  required_providers {\n    aws = {\n      source                = "hashicorp/aws"\n      configuration_aliases = [aws.west]\n    }\n  }\n}\nresource "aws_bucket" "x" {\n  provider = aws.west\n}\n';
    assert.match(
      after(`//- main.tf\nmod<|>ule "m" {\n  source = "./m"\n}\n${wants}`, 'Pass aws as aws.west'),
      /source = "\.\/m"\n\n {2}providers = \{\n {4}aws\.west = aws\n {2}\}\n\}/,
    );
    assert.match(
      after(
        '//- main.tf\nmodule "m" {\n  source = "./m"\n  providers = {\n    aws.we<|>st = aws\n    aws      = aws\n  }\n}\n//- m/main.tf\nterraform {\n  required_providers {\n    aws = {\n      source = "hashicorp/aws"\n    }\n  }\n}\n',
        'Remove this entry',
        { unformatted: true },
      ),
      /providers = \{\n {4}aws = aws\n {2}\}/,
    );
  });
});

describe('fixes for versions', () => {
  it('ask for a release that has it', () => {
    const check = 'che<|>ck "x" {\n  assert {\n    condition     = true\n    error_message = "x"\n  }\n}\n';
    const title = 'Require version 1.5 or newer';
    assert.match(
      after(`terraform {\n  required_version = "~> 1.0.0"\n}\n${check}`, title),
      /required_version = ">= 1\.5"/,
    );
  });
});

describe('fixes for values', () => {
  it('of another type', () => {
    assert.match(
      after('resource "aws_bucket" "x" {\n  for_each = [<|>"a"]\n}\n', 'Wrap it in toset(…)'),
      /toset\(\["a"\]\)/,
    );
    assert.match(
      after(
        'variable "a" {\n  type    = list(number)\n  default = <|>5\n}\nlocals {\n  x = var.a\n}\n',
        'Write [5]',
      ),
      /default = \[5\]/,
    );
    assert.match(after('resource "aws_instance" "x" {\n  ami = ["<|>x"]\n}\n', 'Write "x"'), /ami = "x"/);
  });

  it('a secret is said to be one', () => {
    const text = 'variable "s" {\n  sensitive = true\n}\noutput "o" {\n  value = <|>var.s\n}\n';
    assert.match(after(text, 'Mark the output as sensitive'), /value {5}= var\.s\n {2}sensitive = true/);
    assert.match(after(text, 'Wrap it in nonsensitive(…)'), /nonsensitive\(var\.s\)/);
    assert.deepEqual(preferred(text), ['Mark the output as sensitive']);
  });

  it('a variables file', () => {
    assert.equal(
      after(
        '//- main.tf\nvariable "a" {}\nlocals {\n  x = var.a\n}\n//- terraform.tfvars\nvari<|>able "a" {\n  default = 1\n}\n',
        'Write "a" as a value',
      ).split('tfvars\n')[1],
      'a = 1\n',
    );
    assert.match(
      after(
        '//- main.tf\nvariable "a" {}\n//- terraform.tfvars\nzones<|> = ["x"]\n',
        'Declare the variable "zones"',
      ),
      /variable "zones" \{\n {2}type = list\(string\)\n\}/,
    );
  });
});

describe('fixes for tests and stacks', () => {
  it('set the variable that a run needs', () => {
    assert.match(
      after(
        '//- main.tf\nvariable "size" {\n  type = number\n}\noutput "o" {\n  value = var.size\n}\n//- a.tftest.hcl\nrun "<|>a" {\n}\n',
        'Set the variable "size" in this run',
      ),
      /run "a" \{\n {2}variables \{\n {4}size = 0\n {2}\}\n\}/,
    );
  });

  it('add the input that a component needs', () => {
    assert.match(
      after(
        '//- main.tfcomponent.hcl\ncomponent "m" {\n  source = "./m"\n  inp<|>uts = {\n    a = 1\n  }\n}\n//- m/main.tf\nvariable "a" {}\nvariable "zone" {\n  type = string\n}\nlocals {\n  x = [var.a, var.zone]\n}\n',
        'Add the input "zone"',
      ),
      /inputs = \{\n {4}a {4}= 1\n {4}zone = ""\n {2}\}/,
    );
  });

  it('declare the component that is read', () => {
    assert.match(
      after(
        '//- main.tfcomponent.hcl\noutput "o" {\n  type  = string\n  value = component.ne<|>t.id\n}\n',
        'Declare the component "net"',
      ),
      /component "net" \{\n {2}source = ""\n\}/,
    );
  });
});

describe('fixes', () => {
  it('never throw, wherever they are asked, and keep what is JSON', () => {
    const text =
      'terraform {\n  required_version = ">= 0.12"\n}\nresource "aws_instance" {\n  ami = [\n  disk = [{size=1}]\n}\nmodule "m" {\n  source = "./m"\n  providers = { x = y }\n}\nlocals {\n  a = "${b}\n';
    for (let at = 0; at <= text.length; at += 1)
      for (const action of actionsAt(`${text.slice(0, at)}<|>${text.slice(at)}`).actions) action.edits();
    assert.deepEqual(fixTitles('//- main.tf.json\n{"output": {"o": {"value": "${var.<|>x}"}}}\n'), []);
  });
});
