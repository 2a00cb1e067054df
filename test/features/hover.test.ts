import assert from 'node:assert/strict';
import { hover } from '../../server/features/hover';
import { signatureHelp } from '../../server/features/signatureHelp';
import { fixture } from '../support/fixture';

/** What is shown for what the cursor is in. */
function shown(drawn: string): string {
  const { snapshot, path, offset } = fixture(drawn);
  return hover(snapshot, path, offset)?.contents ?? '';
}

/** The text that the hover is about. */
function about(drawn: string): string {
  const { snapshot, path, offset, files } = fixture(drawn);
  const found = hover(snapshot, path, offset);
  return found === undefined ? '' : (files.get(path) ?? '').slice(found.range.start, found.range.end);
}

describe('hover over module calls', () => {
  const files = (call: string) => `//- main.tf
${call}
//- net/main.tf
variable "cidr" {
  type        = string
  description = "The range."
}
variable "zones" {
  type    = list(string)
  default = []
}
output "id" {
  value       = "x"
  description = "The network."
}
`;
  const call = 'module "ne<|>t" {\n  source = "./net"\n  cidr   = "x"\n}';

  it('lists inputs with types and what is set, and outputs', () => {
    const text = shown(files(call));
    assert.match(text, /Source: `\.\/net`/);
    assert.match(text, /Inputs:\n\n- `cidr` `string`, set here — The range\.\n- `zones` `list\(string\)`/);
    assert.match(text, /Outputs:\n\n- `id` — The network\./);
    assert.match(shown(files(call.replace('  cidr   = "x"\n', ''))), /`cidr` `string`, \*\*required\*\*/);
  });

  it('shows the same at references and at the source', () => {
    const plain = call.replace('<|>', '');
    assert.match(shown(files(`${plain}\nlocals {\n  a = module.n<|>et.id\n}`)), /Inputs:[^]*Outputs:/);
    assert.match(shown(files(plain.replace('./net', './n<|>et'))), /Inputs:[^]*Outputs:/);
    assert.match(shown(files(`${plain}\nlocals {\n  a = module.net.i<|>d\n}`)), /The network\./);
  });

  it('says softly where the files are missing', () => {
    assert.match(shown('module "fa<|>r" {\n  source = "acme/vpc/aws"\n}\n'), /`terraform init` fetches them/);
  });
});

describe('hover over references', () => {
  it('shows the whole type of a variable as it is written, and its default (terraform-ls 956)', () => {
    const variable = `variable "v" {
  description = "Which."
  type = object({
    name = string
    more = optional(map(object({
      deep = bool
    })))
  })
  default = { name = "n" }
}
output "o" {
  value = var.<|>v
}
`;
    const text = shown(variable);
    assert.match(text, /Which\./);
    assert.match(text, /Default: `\{ name = "n" \}`/);
    assert.match(
      text,
      /object\(\{\n {2}name = string\n {2}more = optional\(map\(object\(\{\n {4}deep = bool\n/,
    );
    assert.match(
      shown('variable "a" {\n  default = ["x"]\n}\nlocals {\n  b = var.<|>a\n}\n'),
      /list\(string\)/,
    );
  });

  it('shows nested members with their types', () => {
    const text = (expression: string) =>
      `variable "v" {\n  type = map(object({ name = string, inner = object({ n = number }) }))\n}\noutput "o" {\n  value = ${expression}\n}\n`;
    assert.match(shown(text('var.v["a"].in<|>ner')), /inner: object\(\{ n = number \}\)/);
    assert.match(shown(text('var.v["a"].inner.<|>n')), /n: number/);
    assert.match(shown(text('values(var.v)[*].na<|>me')), /^```terraform\nname: list\(string\)\n```$/);
  });

  it('shows what a local gives', () => {
    assert.match(
      shown('locals {\n  a = { b = 1, c = ["x"] }\n  d = local.<|>a\n}\n'),
      /local\.a = [^]*object\(\{ b = number, c = list\(string\) \}\)/,
    );
  });

  it('shows what a resource is', () => {
    const text = 'resource "aws_instance" "a" {\n  ami = "x"\n}\nlocals {\n  b = aws_instance.<|>a\n}\n';
    assert.match(shown(text), /aws_instance" "a"[^]*A virtual machine\.[^]*hashicorp\/aws 6\.66\.0/);
    assert.match(
      shown(text.replace('.<|>a', '.a.net<|>work')),
      /network: object\(\{ subnet = string, zone = string \}\)/,
    );
  });

  it('types the variables of for, each, self and iterators', () => {
    const resource = (body: string) =>
      `variable "v" {\n  type = map(object({ size = number }))\n}\nresource "aws_instance" "a" {\n  for_each = var.v\n  ami = "x"\n  ${body}\n}\n`;
    assert.match(
      shown(resource('user_data = each.va<|>lue')),
      /each\.value: object\(\{ size = number \}\)[^]*value of this instance/,
    );
    assert.match(shown(resource('user_data = each.value.si<|>ze')), /each\.value\.size: number/);
    assert.match(shown(resource('user_data = each.k<|>ey')), /each\.key: string/);
    assert.match(
      shown(resource('connection {\n    host = self.public<|>_ip\n  }')),
      /self\.public_ip: string/,
    );
    assert.match(shown(resource('user_data = [for k, v in var.v : v.s<|>ize]')), /v\.size: number/);
    assert.match(shown(resource('user_data = [for k, v in var.v : <|>k]')), /k: string/);
    assert.match(
      shown(resource('user_data = [for k, v<|> in var.v : k]')),
      /v: object\(\{ size = number \}\)[^]*variable of `for`/,
    );
    assert.match(shown(resource('user_data = [for k<|>, v in var.v : v]')), /k: string/);
    assert.match(
      shown(resource('user_data = "%{ for x in values(var.v) }${x.si<|>ze}%{ endfor }"')),
      /x\.size: number/,
    );
    assert.match(
      shown(
        resource(
          'dynamic "disk" {\n    for_each = var.v\n    content {\n      size = disk.value.si<|>ze\n    }\n  }',
        ),
      ),
      /disk\.value\.size: number/,
    );
  });
});

describe('hover over text and words', () => {
  it('documents known values', () => {
    const text = 'resource "aws_instance" "a" {\n  instance_type = "p5.48<|>xlarge"\n}\n';
    assert.equal(shown(text), '```terraform\n"p5.48xlarge"\n```\n\n8 × H100\n\nFor **training**.');
    assert.equal(about(text), 'p5.48xlarge');
    assert.match(shown(text.replace('p5.48<|>xlarge', 't1.m<|>icro')), /previous generation/);
    assert.equal(shown(text.replace('p5.48', 'p6.48')), '');
    assert.match(
      shown(
        '//- x.tfvars\nk = "t3.<|>micro"\n//- main.tf\nvariable "k" {}\nresource "aws_instance" "a" {\n  instance_type = var.k\n}\n',
      ),
      /2 vCPU/,
    );
  });

  it('documents the keys of objects', () => {
    assert.match(
      shown('resource "aws_instance" "a" {\n  network = {\n    sub<|>net = "x"\n  }\n}\n'),
      /subnet = string[^]*required/,
    );
    assert.match(
      shown(
        '//- x.tfvars\nv = { na<|>me = "x" }\n//- main.tf\nvariable "v" {\n  type = object({ name = string })\n}\n',
      ),
      /name = string/,
    );
  });

  it('explains types and words without quotes', () => {
    assert.match(shown('variable "a" {\n  type = li<|>st(string)\n}\n'), /in order/);
    assert.match(shown('variable "a" {\n  type = list(str<|>ing)\n}\n'), /Text\./);
    assert.match(shown('variable "a" {\n  type = object({ b = opt<|>ional(any) })\n}\n'), /left out/);
    assert.match(
      shown('resource "a_b" "c" {\n  provisioner "local-exec" {\n    when = dest<|>roy\n  }\n}\n'),
      /when = destroy/,
    );
  });

  it('says nothing about other text', () => {
    assert.equal(shown('locals {\n  a = "so<|>me text"\n}\n'), '');
    assert.equal(shown('# so<|>me text\n'), '');
    assert.equal(shown('locals {\n  a = 1<|>2\n}\n'), '');
  });
});

describe('hover over providers', () => {
  const files = `//- main.tf
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}
provider "aws" {
  region = "eu-central-1"
}
//- .terraform.lock.hcl
provider "registry.terraform.io/hashicorp/aws" {
  version = "6.1.0"
}
`;
  const all =
    /provider hashicorp\/aws[^]*Asked for: `~> 6\.0`\. Locked: `6\.1\.0`\.[^]*6\.66\.0 bundled[^]*\[Documentation\]\(https:[^)]*6\.1\.0\/docs\)/;

  it('shows what is asked for, locked and known', () => {
    assert.match(shown(files.replace('    aws =', '    a<|>ws =')), all);
    assert.match(shown(files.replace('"hashicorp/aws"\n', '"hashi<|>corp/aws"\n')), all);
    assert.match(shown(files.replace('"~> 6.0"', '"~> 6<|>.0"')), all);
    assert.match(shown(files.replace('provider "aws"', 'provider "a<|>ws"')), all);
  });

  it('leads from a type to its documentation', () => {
    assert.match(
      shown('resource "aws_inst<|>ance" "a" {\n  ami = "x"\n}\n'),
      /A virtual machine\.[^]*\[Documentation\]\(https:[^)]*6\.66\.0\/docs\/resources\/instance\)/,
    );
  });

  it('says so where nothing is known', () => {
    const text = 'terraform {\n  required_providers {\n    ra<|>re = { source = "acme/rare" }\n  }\n}\n';
    assert.match(shown(text), /acme\/rare[^]*Any version will do\.[^]*no schema of this provider/);
  });
});

describe('hover and signatures of functions', () => {
  const required = 'terraform {\n  required_providers {\n    cloud = { source = "hashicorp/aws" }\n  }\n}\n';
  const help = (drawn: string) => {
    const { snapshot, path, offset } = fixture(drawn);
    return signatureHelp(snapshot, path, offset);
  };
  const active = (expression: string) => {
    const found = help(`locals {\n  a = ${expression}`);
    return found === undefined ? undefined : [found.label.split('(')[0], found.active];
  };

  it('documents functions of providers', () => {
    const text = `${required}locals {\n  a = provider::cloud::arn_<|>parse("x")\n}\n`;
    assert.match(
      shown(text),
      /provider::cloud::arn_parse\(arn string\) object[^]*Takes an ARN apart[^]*hashicorp\/aws 6\.66\.0/,
    );
    assert.match(shown('locals {\n  a = up<|>per("x")\n}\n'), /upper\(/);
  });

  it('shows signatures of provider functions with what parameters mean', () => {
    const found = help(`${required}locals {\n  a = provider::cloud::arn_parse(<|>`);
    assert.match(found?.label ?? '', /^provider::cloud::arn_parse\(arn string\)/);
    assert.deepEqual(found?.meanings, ['The ARN.']);
    assert.equal(help('locals {\n  a = provider::cloud::arn_parse(<|>'), undefined);
  });

  it('follows the argument in nested and half-typed calls', () => {
    assert.deepEqual(active('join(<|>'), ['join', 0]);
    assert.deepEqual(active('join(",", <|>'), ['join', 1]);
    assert.deepEqual(active('join(",", a, b, <|>)\n}'), ['join', 1]);
    assert.deepEqual(active('max(1, upper(<|>'), ['upper', 0]);
    assert.deepEqual(active('max(1, upper("a"), <|>'), ['max', 0]);
    assert.deepEqual(active('lookup({ a = 1, b = [2, 3] }, "x<|>'), ['lookup', 1]);
    assert.deepEqual(active('substr("a, b", 1, <|>'), ['substr', 2]);
    assert.deepEqual(active('"${substr(var.x, <|>}"\n}'), ['substr', 1]);
    assert.deepEqual(active('[for x in split(",", <|>'), ['split', 1]);
    assert.deepEqual(active('substr (<|>'), ['substr', 0]);
    assert.equal(active('(1, <|>'), undefined);
    assert.equal(active('upper("a") <|>'), undefined);
  });
});
