import assert from 'node:assert/strict';
import { findDefinition, findImplementations } from '../../server/features/definition';
import { documentHighlights } from '../../server/features/documentHighlights';
import { findReferences } from '../../server/features/references';
import { prepareRename, rename } from '../../server/features/rename';
import { fixture } from '../support/fixture';
import { edited, marked } from '../support/marked';

/** Every place of what is under the cursor. */
function places(drawn: string): string {
  const from = fixture(drawn);
  return marked(from, findReferences(from.snapshot, from.path, from.offset, true));
}

function renamed(drawn: string, name: string): string {
  const from = fixture(drawn);
  return edited(from, rename(from.snapshot, from.path, from.offset, name));
}

function refusal(drawn: string, name = 'other'): string {
  const from = fixture(drawn);
  try {
    prepareRename(from.snapshot, from.path, from.offset);
    rename(from.snapshot, from.path, from.offset, name);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'it was renamed';
}

/** What the way to the definition leads to, drawn into its file. */
function definition(drawn: string): string {
  const from = fixture(drawn);
  const found = findDefinition(from.snapshot, from.path, from.offset);
  return found === undefined ? 'nowhere' : marked(from, [found.target]);
}

function highlights(drawn: string): string {
  const from = fixture(drawn);
  return marked(
    from,
    documentHighlights(from.snapshot, from.path, from.offset).map(({ range }) => ({
      path: from.path,
      range,
    })),
  );
}

describe('names of providers', () => {
  const project = (cursor: string) => {
    const text = `//- child/main.tf
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", configuration_aliases = [aws.src] }
  }
}
resource "aws_bucket" "b" {
  provider = aws.src
}
//- main.tf
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
resource "aws_bucket" "a" {
  provider = aws.west
}
module "child" {
  source    = "./child"
  providers = { aws.src = aws.west }
}
`;
    assert.ok(text.includes(cursor.replace('<|>', '')), `the project does not hold ${cursor}`);
    return text.replace(cursor.replace('<|>', ''), cursor);
  };
  const west = `//- main.tf
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  alias  = "‹west›"
  region = "us-west-2"
}
resource "aws_bucket" "a" {
  provider = aws.‹west›
}
module "child" {
  source    = "./child"
  providers = { aws.src = aws.‹west› }
}
`;

  it('finds an alias from the block, a use, and what is handed to a module', () => {
    assert.equal(places(project('alias  = "we<|>st"')), west);
    assert.equal(places(project('provider = aws.we<|>st')), west);
    assert.equal(places(project('aws.src = aws.we<|>st')), west);
  });

  it('follows the name that a called module has for it, from both sides', () => {
    const found = places(project('[aws.s<|>rc]'));
    assert.match(found, /\/\/- child\/main\.tf[^]*\[aws\.‹src›\][^]*provider = aws\.‹src›/);
    assert.match(found, /\/\/- main\.tf[^]*providers = \{ aws\.‹src› = aws\.west \}/);
    assert.equal(places(project('{ aws.sr<|>c = aws')), found);
  });

  it('renames an alias everywhere it stands', () => {
    const after = renamed(project('provider = aws.sr<|>c'), 'given');
    assert.match(after, /configuration_aliases = \[aws\.given\][^]*provider = aws\.given/);
    assert.match(after, /providers = \{ aws\.given = aws\.west \}/);
    assert.equal(
      refusal('provider "aws" {\n  alias = "a<|>"\n}\nprovider "aws" {\n  alias = "other"\n}\n'),
      'The provider name "aws.other" is taken in this module.',
    );
  });

  it('leads to the block, to what is handed in, to the requirement', () => {
    assert.match(definition(project('provider = aws.we<|>st')), /alias {2}= "‹west›"/);
    assert.match(definition(project('provider = aws.s<|>rc')), /\[aws\.‹src›\]/);
    assert.match(definition(project('{ aws.s<|>rc = aws')), /child\/main\.tf[^]*\[aws\.‹src›\]/);
  });

  it('renames a local name, unless something follows from it', () => {
    const named = `terraform {
  required_providers {
    cloud = { source = "hashicorp/aws" }
  }
}
provider "clo<|>ud" {
  region = "eu"
}
resource "aws_bucket" "a" {
  provider = cloud
}
output "x" {
  value = provider::cloud::arn_parse("a")
}
`;
    assert.equal(
      renamed(named, 'amazon'),
      `//- main.tf\n${named.replace('clo<|>ud', 'cloud').replaceAll('cloud', 'amazon')}`,
    );
    assert.match(
      refusal(
        'terraform {\n  required_providers {\n    a<|>ws = { source = "hashicorp/aws" }\n  }\n}\nresource "aws_bucket" "b" {}\n',
      ),
      /^aws_bucket\.b finds its provider by this name, because its type begins with "aws_"/,
    );
    assert.match(
      refusal('terraform {\n  required_providers {\n    a<|>ws = { version = "~> 6.0" }\n  }\n}\n'),
      /source of this provider follows from its name/,
    );
  });

  it('follows aliases into tests', () => {
    const found = places(`//- main.tf
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", configuration_aliases = [aws.s<|>rc] }
  }
}
//- tests/main.tftest.hcl
provider "aws" {
  alias  = "src"
  region = "eu"
}
run "a" {
  providers = { aws.src = aws.src }
}
`);
    assert.match(found, /providers = \{ aws\.‹src› = aws\.src \}/);
    assert.doesNotMatch(found, /alias {2}= "‹src›"/);
  });
});

describe('names that hold inside one expression', () => {
  it('renames the variables of a for, not what an inner one calls the same', () => {
    assert.equal(
      renamed('locals {\n  a = [for k in [1] : [k<|>, [for k in [k] : k], { k = k }]]\n}\n', 'n'),
      '//- main.tf\nlocals {\n  a = [for n in [1] : [n, [for k in [n] : k], { k = n }]]\n}\n',
    );
    assert.equal(
      refusal('locals {\n  a = [for k in var.x : "${k<|>}"]\n}\n', 'var'),
      '"var" is the name of something else in this expression.',
    );
  });

  it('knows the variables of directives in templates', () => {
    assert.equal(
      highlights('locals {\n  a = "%{ for i, n in [1] }${n<|>}%{ if n > i }x%{ endif }%{ endfor }"\n}\n'),
      '//- main.tf\nlocals {\n  a = "%{ for i, ‹n› in [1] }${‹n›}%{ if ‹n› > i }x%{ endif }%{ endfor }"\n}\n',
    );
  });

  const dynamic = (iterator: string, use: string) => `resource "aws_instance" "a" {
  ami = "x"
  dynamic "disk" {
    ${iterator}for_each = { a = 1 }
    content {
      size = ${use}.value
      kind = disk.key
    }
  }
}
`;

  it('renames an iterator, and writes one where the block has none', () => {
    assert.equal(
      renamed(dynamic('iterator = it\n    ', 'i<|>t'), 'each_disk'),
      `//- main.tf\n${dynamic('iterator = each_disk\n    ', 'each_disk')}`,
    );
    assert.equal(
      renamed(dynamic('', 'di<|>sk'), 'it'),
      `//- main.tf\n${dynamic('iterator = it\n    ', 'it').replace('disk.key', 'it.key')}`,
    );
    assert.match(refusal(dynamic('', 'disk').replace('"disk"', '"di<|>sk"')), /says which blocks are made/);
  });

  it('leads from a use to its declaration', () => {
    assert.match(definition('locals {\n  a = [for k, v in {} : v<|>.x]\n}\n'), /for k, ‹v› in/);
    assert.match(definition(dynamic('iterator = it\n    ', 'i<|>t')), /iterator = ‹it›/);
  });
});

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

describe('keys of objects', () => {
  it('finds and renames a key with what reads it', () => {
    const drawn =
      'locals {\n  web = { po<|>rt = 80, host = "h" }\n  a   = local.web.port + local.web["port"]\n}\n';
    assert.equal(
      places(drawn),
      '//- main.tf\nlocals {\n  web = { ‹port› = 80, host = "h" }\n  a   = local.web.‹port› + local.web["‹port›"]\n}\n',
    );
    assert.match(renamed(drawn, 'number'), /\{ number = 80[^]*local\.web\.number \+ local\.web\["number"\]/);
    assert.equal(refusal(drawn, 'host'), '"host" is a key of the same object already.');
  });

  it('renames an attribute of a type with all that sets it', () => {
    const after = renamed(
      `//- child/main.tf
variable "disk" {
  type    = object({ si<|>ze = number })
  default = { size = 1 }
}
output "o" {
  value = var.disk.size
}
//- main.tf
module "child" {
  source = "./child"
  disk   = { size = 2 }
}
//- child/terraform.tfvars
disk = { size = 3 }
`,
      'gigabytes',
    );
    assert.match(
      after,
      /object\(\{ gigabytes = number \}\)\n {2}default = \{ gigabytes = 1 \}[^]*var\.disk\.gigabytes/,
    );
    assert.match(after, /disk = \{ gigabytes = 3 \}/);
    assert.match(after, /disk {3}= \{ gigabytes = 2 \}/);
  });

  it('keeps the keys of what is read as a whole', () => {
    assert.equal(
      refusal('locals {\n  tags = { te<|>am = 1 }\n}\nresource "aws_bucket" "b" {\n  tags = local.tags\n}\n'),
      'local.tags is read as a whole in main.tf, where its keys may matter.',
    );
  });
});

describe('addresses', () => {
  const project = (text: string) => `//- child/main.tf
resource "aws_bucket" "lo${text}gs" {
  bucket = "x"
}
//- main.tf
module "store" {
  source = "./child"
}
import {
  to = module.store.aws_bucket.logs
  id = "x"
}
moved {
  from = aws_bucket.old
  to   = module.store.aws_bucket.logs
}
`;

  it('go into called modules from import and moved blocks', () => {
    const found = places(project('<|>'));
    assert.match(found, /import \{\n {2}to = module\.store\.aws_bucket\.‹logs›/);
    assert.match(found, /to {3}= module\.store\.aws_bucket\.‹logs›/);
    const from = project('').replace(
      'to = module.store.aws_bucket.logs',
      'to = module.store.aws_bucket.lo<|>gs',
    );
    assert.equal(places(from), found);
    assert.match(definition(from), /child\/main\.tf\nresource "aws_bucket" "‹logs›"/);
  });

  it('of an import follow a rename, those of a move stay', () => {
    const after = renamed(project('<|>'), 'audit');
    assert.match(
      after,
      /resource "aws_bucket" "audit"[^]*moved \{\n {2}from = aws_bucket\.logs\n {2}to {3}= aws_bucket\.audit/,
    );
    assert.match(after, /import \{\n {2}to = module\.store\.aws_bucket\.audit/);
    assert.match(after, /moved \{\n {2}from = aws_bucket\.old\n {2}to {3}= module\.store\.aws_bucket\.logs/);
  });

  it('in replace_triggered_by and depends_on are references', () => {
    assert.match(
      places(
        'resource "aws_bucket" "a<|>" {}\nresource "aws_bucket" "b" {\n  depends_on = [aws_bucket.a]\n  lifecycle {\n    replace_triggered_by = [aws_bucket.a.id]\n  }\n}\n',
      ),
      /depends_on = \[aws_bucket\.‹a›\][^]*replace_triggered_by = \[aws_bucket\.‹a›\.id\]/,
    );
  });
});

describe('names in tests and variables files', () => {
  const project = (module: string, test: string) => `//- main.tf
variable "${module}region" {}
output "url" {
  value = var.region
}
check "health" {
  assert {
    condition     = var.region != ""
    error_message = "x"
  }
}
//- terraform.tfvars
region = "eu"
//- tests/main.tftest.hcl
variables {
  ${test}region = "us"
}
run "first" {
  variables {
    region = "ap"
  }
  assert {
    condition     = output.url == var.region
    error_message = "x"
  }
  expect_failures = [check.health, var.region]
}
run "second" {
  assert {
    condition     = run.first.url == "x"
    error_message = "x"
  }
}
`;

  it('finds a variable from the module and from the test', () => {
    const found = places(project('<|>', ''));
    assert.match(found, /variables \{\n {2}‹region› = "us"/);
    assert.match(found, /variables \{\n {4}‹region› = "ap"/);
    assert.match(found, /output\.url == var\.‹region›[^]*\[check\.health, var\.‹region›\]/);
    assert.match(found, /terraform\.tfvars\n‹region› = "eu"/);
    assert.equal(places(project('', '<|>')), found);
  });

  it('renames outputs, checks and runs with what reads them in tests', () => {
    const url = renamed(project('', '').replace('output "url"', 'output "u<|>rl"'), 'address');
    assert.match(url, /output\.address == var\.region[^]*run\.first\.address == "x"/);
    const check = renamed(project('', '').replace('check "health"', 'check "he<|>alth"'), 'alive');
    assert.match(check, /check "alive"[^]*\[check\.alive, var\.region\]/);
    const run = renamed(project('', '').replace('run "first"', 'run "fi<|>rst"'), 'start');
    assert.match(run, /run "start"[^]*run\.start\.url/);
  });

  it('leads from a test to the module, also to the one of a run', () => {
    assert.match(
      definition(project('', '').replace('output.url', 'output.u<|>rl')),
      /main\.tf[^]*output "‹url›"/,
    );
    const other = `//- setup/main.tf
output "id" {
  value = 1
}
//- main.tf
locals {}
//- main.tftest.hcl
run "setup" {
  module {
    source = "./setup"
  }
  assert {
    condition     = output.id == 1
    error_message = "x"
  }
}
run "b" {
  assert {
    condition     = run.setup.i<|>d == 1
    error_message = "x"
  }
}
`;
    assert.match(definition(other), /setup\/main\.tf\noutput "‹id›"/);
    assert.match(places(other), /output\.‹id› == 1[^]*run\.setup\.‹id› == 1/);
  });
});

describe('names that stay', () => {
  it('are refused with a reason', () => {
    assert.match(refusal('locals {\n  a = upp<|>er("x")\n}\n'), /"upper" is a function/);
    assert.match(
      refusal('resource "aws_buc<|>ket" "b" {}\n'),
      /"aws_bucket" is a type, whose name its provider gives/,
    );
    assert.match(refusal('resource "aws_bucket" "b" {\n  buc<|>ket = 1\n}\n'), /"bucket" is an argument/);
    assert.match(refusal('output "a" {\n  value = path.mod<|>ule\n}\n'), /is no name of this configuration/);
    assert.match(
      refusal('resource "aws_bucket" "b" {}\noutput "a" {\n  value = aws_bucket.b.ar<|>n\n}\n'),
      /"arn" is part of the value of aws_bucket\.b/,
    );
    assert.match(refusal('out<|>put "a" {}\n'), /"output" is a word/);
  });

  it('are those of installed modules', () => {
    const drawn = (call: string) => `//- main.tf
module "vpc" {
  source = "acme/vpc/aws"
  ${call} = 1
}
//- .terraform/modules/modules.json
{"Modules":[{"Key":"vpc","Source":"registry.terraform.io/acme/vpc/aws","Dir":".terraform/modules/vpc"}]}
//- .terraform/modules/vpc/main.tf
variable "cidr" {}
`;
    assert.match(refusal(drawn('ci<|>dr')), /^var\.cidr belongs to an installed module/);
    assert.match(definition(drawn('ci<|>dr')), /vpc\/main\.tf\nvariable "‹cidr›"/);
  });

  it('are nothing where there is no name', () => {
    const from = fixture('locals {\n  a = 1<|>2\n}\n');
    assert.equal(prepareRename(from.snapshot, from.path, from.offset), undefined);
  });
});
