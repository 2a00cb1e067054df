import assert from 'node:assert/strict';
import { complete } from '../../server/features/completion';
import { excludes, includes, labels, offers, startsWith, taken } from '../support/completing';
import { fixture } from '../support/fixture';

describe('completion by expected type', () => {
  const variables = `
variable "names" {
  type = list(string)
}
variable "name" {
  type = string
}
variable "number" {
  type = number
}
variable "flag" {
  type = bool
}
variable "labels" {
  type = map(string)
}
variable "anything" {}
`;
  const instance = (body: string) => `${variables}resource "aws_instance" "a" {\n  ${body}\n}\n`;

  it('puts references that fit first and hides none (terraform-ls 830, 1283)', () => {
    startsWith(instance('ami = <|>'), 'var.name', 'var.names[0]', 'var.anything');
    includes(instance('ami = <|>'), 'var.names', 'var.flag', 'var.labels');
    assert.equal(labels(instance('ami = var.<|>'))[0], 'name');
    includes(instance('ami = var.<|>'), 'names', 'number', 'flag');
    assert.match(taken(instance('ami = <|>'), 'var.names[0]'), /ami = var\.names\[0\]\n/);
  });

  it('prefers references for count and for_each (terraform-ls 1264)', () => {
    startsWith(instance('count = <|>'), 'var.number');
    const loops = labels(instance('for_each = <|>')).slice(0, 3);
    assert.deepEqual(loops, ['toset(var.names)', 'var.labels', 'var.names']);
    assert.equal(labels(instance('count = var.<|>'))[0], 'number');
    assert.ok(
      labels(instance('count = <|>')).indexOf('length') < labels(instance('count = <|>')).indexOf('upper'),
    );
  });

  it('offers true and false first where a bool is wanted, references that fit behind', () => {
    const bool = (value: string) => `${variables}variable "x" {\n  sensitive = ${value}\n}\n`;
    startsWith(bool('<|>'), 'true', 'false');
    assert.deepEqual(labels(bool('tr<|>'))[0], 'true');
    assert.equal(labels(`${variables}locals {\n  a = !<|>\n}\n`)[0], 'true');
    startsWith(`${variables}locals {\n  a = var.flag && <|>\n}\n`, 'true', 'false', 'var.flag');
  });

  it('knows what operators, calls, lists and members want', () => {
    startsWith(`${variables}locals {\n  a = 1 + <|>\n}\n`, 'var.number');
    startsWith(`${variables}locals {\n  a = var.flag ? <|> : 1\n}\n`, 'var.anything', 'var.flag');
    startsWith(`${variables}locals {\n  a = upper(<|>)\n}\n`, 'var.name');
    startsWith(`${variables}locals {\n  a = join(",", <|>)\n}\n`, 'var.names');
    startsWith(instance('network = {\n    subnet = <|>\n  }'), 'var.name');
    startsWith(instance('rules = [{\n    open = <|>\n  }]'), 'true', 'false', 'var.flag');
    startsWith(`${variables}locals {\n  a = var.number == <|>\n}\n`, 'var.number');
    startsWith(`${variables}locals {\n  a = [for n in <|> : n]\n}\n`, 'var.labels', 'var.names');
  });

  it('puts the argument of the same name first, then what is in the same file', () => {
    const files = `//- main.tf
variable "zone" {
  type = string
}
resource "aws_instance" "a" {
  ami = <|>
}
//- other.tf
variable "ami" {
  type = string
}
variable "also" {
  type = string
}
`;
    startsWith(files, 'var.ami', 'var.zone', 'var.also');
  });

  it('finds the resource that an argument names', () => {
    const files = (argument: string) => `
resource "aws_bucket" "logs" {}
resource "aws_bucket" "many" {
  for_each = { a = 1 }
}
resource "aws_bucket" "counted" {
  count = 2
}
module "m" {
  source = "./m"
  ${argument} = <|>
}`;
    const inModule = (argument: string, type: string) =>
      `//- main.tf\n${files(argument)}\n//- m/main.tf\nvariable "${argument}" {\n  type = ${type}\n}\n`;
    startsWith(
      inModule('bucket_id', 'string'),
      'aws_bucket.logs.id',
      'aws_bucket.counted[0].id',
      'aws_bucket.many[each.key].id',
    );
    startsWith(inModule('log_bucket_arn', 'string'), 'aws_bucket.logs.arn');
    assert.deepEqual(labels(inModule('bucket_ids', 'list(string)')).slice(0, 3).sort(), [
      '[aws_bucket.logs.id]',
      'aws_bucket.counted[*].id',
      'values(aws_bucket.many)[*].id',
    ]);
    excludes(inModule('other_id', 'string'), 'aws_bucket.logs.id');
  });

  it('offers words of the language alone where no expression may stand', () => {
    const provisioner = (argument: string) =>
      `resource "aws_instance" "a" {\n  provisioner "local-exec" {\n    ${argument} = <|>\n  }\n}\n`;
    assert.deepEqual(labels(provisioner('when')), ['create', 'destroy']);
    assert.deepEqual([...labels(provisioner('on_failure'))].sort(), ['continue', 'fail']);
  });

  it('offers types, and optional() for the attributes of objects', () => {
    startsWith('variable "a" {\n  type = <|>\n}', 'string', 'number', 'bool', 'any', 'list');
    excludes('variable "a" {\n  type = <|>\n}', 'optional', 'var', 'abs');
    includes('variable "a" {\n  type = list(<|>\n}', 'string', 'object');
    includes('variable "a" {\n  type = object({ b = <|> })\n}', 'optional', 'string');
    includes('variable "a" {\n  type = object({\n    b = optional(<|>)\n  })\n}', 'string', 'map');
    assert.deepEqual(labels('variable "a" {\n  type = object({ <|> })\n}'), []);
    includes('variable "a" {\n  type = object({ b = optional(bool, <|>) })\n}', 'true', 'false');
  });

  it('offers for expressions as snippets (terraform-ls 1607)', () => {
    includes(instance('ami = f<|>'), '[for … in … : …]', '{for … in … : … => …}');
    assert.match(
      taken(instance('ami = <|>'), '[for … in … : …]', 'snippet'),
      /ami = \[for \$\{1:item\} in \$\{2:collection\} : \$\{3:item\}\]\n/,
    );
    assert.match(
      taken('locals {\n  a = [<|>]\n}\n', 'for', 'snippet'),
      /a = \[for \$\{1:item\} in \$\{2:collection\} : \$\{3:item\}\]\n/,
    );
    assert.match(taken('locals {\n  a = {\n    f<|>\n  }\n}\n', 'for', 'snippet'), /for \$\{1:key\}, .*=> /);
    excludes('locals {\n  a = [1, <|>]\n}\n', 'for');
    excludes(instance('network = { <|> }'), 'for');
  });
});

describe('completion of provider functions', () => {
  const required = 'terraform {\n  required_providers {\n    cloud = { source = "hashicorp/aws" }\n  }\n}\n';

  it('offers those of required providers by their local names', () => {
    assert.deepEqual(labels(`${required}locals {\n  a = provider::<|>\n}\n`), ['provider::cloud::arn_parse']);
    assert.deepEqual(labels(`${required}locals {\n  a = provider::cloud::arn<|>\n}\n`), [
      'provider::cloud::arn_parse',
    ]);
    assert.deepEqual(labels(`${required}locals {\n  a = "\${provider::cloud::<|>\n}\n`), [
      'provider::cloud::arn_parse',
    ]);
    assert.deepEqual(labels('locals {\n  a = provider::<|>\n}\n'), []);
  });

  it('writes the call and shows the signature', () => {
    const drawn = `${required}locals {\n  a = arn<|>\n}\n`;
    const [item] = offers(drawn);
    assert.equal(item?.snippet, 'provider::cloud::arn_parse($1)');
    assert.match(item.detail ?? '', /^provider::cloud::arn_parse\(arn string\) object/);
    assert.match(
      item.documentation ?? '',
      /Takes an ARN apart[^]*`arn`: The ARN\.[^]*hashicorp\/aws 6\.66\.0/,
    );
  });

  it('reads what they return', () => {
    assert.deepEqual(labels(`${required}locals {\n  a = provider::cloud::arn_parse("x").<|>\n}\n`), [
      'account_id',
    ]);
  });
});

describe('completion of known values', () => {
  const instance = (body: string) => `resource "aws_instance" "a" {\n  ${body}\n}\n`;

  it('offers them inside quotes, the common ones first, old ones last', () => {
    const drawn = instance('instance_type = "<|>"');
    assert.deepEqual(labels(drawn), ['t3.micro', 'p5.48xlarge', 't1.micro']);
    const [first, second, third] = offers(drawn);
    assert.equal(first?.detail, '2 vCPU · 1 GiB');
    assert.equal(second?.documentation, 'For **training**.');
    assert.equal(third?.deprecated, true);
    assert.deepEqual(labels(instance('instance_type = "micro<|>"')), ['t3.micro', 't1.micro']);
  });

  it('replaces the text and keeps the quotes right', () => {
    const after = (drawn: string) => taken(instance(drawn), 't3.micro').split('\n')[1];
    assert.equal(after('instance_type = "<|>"'), '  instance_type = "t3.micro"');
    assert.equal(after('instance_type = "t3.<|>large"'), '  instance_type = "t3.micro"');
    assert.equal(after('instance_type = "t<|>'), '  instance_type = "t3.micro"');
    assert.equal(after('instance_type = "t<|> # why'), '  instance_type = "t3.micro" # why');
  });

  it('offers them with quotes where none is typed, a short list before references', () => {
    startsWith(instance('instance_type = <|>'), '"t3.micro"', '"p5.48xlarge"');
    startsWith(instance('instance_type = t3<|>'), '"t3.micro"');
    assert.equal(
      taken(instance('instance_type = <|>'), '"t3.micro"').split('\n')[1],
      '  instance_type = "t3.micro"',
    );
    startsWith(instance('instance_type = true ? <|>'), '"t3.micro"');
  });

  it('knows them in nested and dynamic blocks and provider configurations', () => {
    assert.deepEqual(labels(instance('disk {\n    kind = "<|>"\n  }')), ['gp3', 'io2']);
    assert.deepEqual(
      labels(instance('dynamic "disk" {\n    for_each = []\n    content {\n      kind = "<|>"\n    }\n  }')),
      ['gp3', 'io2'],
    );
    assert.deepEqual(labels('provider "aws" {\n  region = "<|>"\n}\n'), ['eu-central-1', 'us-east-1']);
  });

  it('follows a variable to the argument it is for, across modules', () => {
    const module =
      '//- m/main.tf\nvariable "size" {}\nresource "aws_instance" "a" {\n  instance_type = var.size\n}\n';
    const known = ['t3.micro', 'p5.48xlarge', 't1.micro'];
    assert.deepEqual(
      labels(`//- main.tf\nmodule "m" {\n  source = "./m"\n  size = "<|>"\n}\n${module}`),
      known,
    );
    assert.deepEqual(
      labels(
        `//- main.tf\nvariable "outer" {\n  default = "<|>"\n}\nmodule "m" {\n  source = "./m"\n  size = var.outer\n}\n${module}`,
      ),
      known,
    );
    assert.deepEqual(
      labels(
        `//- x.tfvars\nkind = "<|>"\n//- main.tf\nvariable "kind" {}\n${instance('instance_type = var.kind')}`,
      ),
      known,
    );
    startsWith(
      `//- main.tf\nmodule "m" {\n  source = "./m"\n  size = <|>\n}\n${module}`,
      '"t3.micro"',
      '"p5.48xlarge"',
    );
  });

  it('compares with them', () => {
    const compare = (right: string) =>
      `${instance('instance_type = "t3.micro"')}locals {\n  a = aws_instance.a.instance_type == ${right}\n}\n`;
    assert.deepEqual(labels(compare('"<|>"')), ['t3.micro', 'p5.48xlarge', 't1.micro']);
    startsWith(compare('<|>'), '"t3.micro"');
  });

  it('offers what Terraform itself knows', () => {
    includes(instance('connection {\n    type = "<|>"\n  }'), 'ssh', 'winrm');
    assert.deepEqual(labels('terraform {\n  backend "s3" {\n    region = "<|>"\n  }\n}\n'), [
      'eu-central-1',
      'us-east-1',
    ]);
  });

  it('says nothing about other strings', () => {
    assert.deepEqual(labels(instance('ami = "<|>"')), []);
    assert.deepEqual(labels(instance('instance_type = upper("<|>")')), []);
    assert.deepEqual(labels(instance('instance_type = "${"<|>"}"')), []);
    assert.deepEqual(labels('variable "a" {\n  description = "<|>"\n}\n'), []);
  });
});

describe('completion of values that validations list', () => {
  const variable = (condition: string, type = 'string') => `//- main.tf
variable "mode" {
  type = ${type}
  validation {
    condition     = ${condition}
    error_message = "No."
  }
}
`;
  const inVariables = (condition: string, value = '"<|>"', type = 'string') =>
    labels(`${variable(condition, type)}//- x.tfvars\nmode = ${value}\n`);

  it('reads contains(), comparisons and alternations', () => {
    assert.deepEqual(inVariables('contains(["dev", "prod"], var.mode)'), ['dev', 'prod']);
    assert.deepEqual(inVariables('contains(["dev", "prod"], lower(var.mode))'), ['dev', 'prod']);
    assert.deepEqual(inVariables('var.mode == "a" || "b" == var.mode'), ['a', 'b']);
    assert.deepEqual(inVariables('can(regex("^(on|off)$", var.mode))'), ['on', 'off']);
    assert.deepEqual(inVariables('contains(keys({ x = 1, y = 2 }), var.mode)'), ['x', 'y']);
    assert.deepEqual(inVariables('length(var.mode) > 3'), []);
    assert.deepEqual(inVariables('contains(["dev"], var.other)'), []);
  });

  it('reads them for members and elements', () => {
    assert.deepEqual(
      inVariables(
        'contains(["a"], var.mode.kind)',
        '{\n  kind = "<|>"\n}',
        'object({ kind = string, on = bool })',
      ),
      ['a'],
    );
    assert.deepEqual(
      inVariables('alltrue([for m in var.mode : contains(["a"], m)])', '["<|>"]', 'list(string)'),
      ['a'],
    );
    assert.deepEqual(
      inVariables(
        'alltrue([for m in var.mode : contains(["a"], m.kind)])',
        '[{ kind = "<|>" }]',
        'list(object({ kind = string }))',
      ),
      ['a'],
    );
  });

  it('offers them in default, module calls and comparisons too', () => {
    const text = variable('contains(["dev", "prod"], var.mode)');
    assert.deepEqual(labels(text.replace('  validation', '  default = "<|>"\n  validation')), [
      'dev',
      'prod',
    ]);
    startsWith(`${text}locals {\n  a = var.mode == <|>\n}\n`, '"dev"', '"prod"');
    assert.deepEqual(labels(`${text}locals {\n  a = var.mode != "<|>" ? 1 : 2\n}\n`), ['dev', 'prod']);
    const call = 'module "m" {\n  source = "./m"\n  mode = "<|>"\n}\n';
    assert.deepEqual(labels(`//- main.tf\n${call}${text.replace('main.tf', 'm/main.tf')}`), ['dev', 'prod']);
  });
});

describe('completion in variables files', () => {
  const text = `//- main.tf
variable "needed" {
  type        = string
  description = "Must be."
}
variable "list" {
  type    = list(object({ on = bool, size = optional(number) }))
  default = []
}
variable "map" {
  type    = map(object({ on = bool }))
  default = {}
}
`;
  const inFile = (content: string) => `${text}//- terraform.tfvars\n${content}`;

  it('offers names, those that must be given first, with a value to fill in', () => {
    const [first] = offers(inFile('<|>'));
    assert.equal(first?.label, 'needed');
    assert.equal(first.snippet, 'needed = ${1:""}');
    assert.equal(first.detail, 'required string');
    assert.deepEqual(labels(inFile('needed = "x"\n<|>')), ['list', 'map']);
    assert.match(taken(inFile('ne<|> = 1'), 'needed'), /^needed = 1/);
  });

  it('offers the keys of objects, also in lists and maps', () => {
    assert.deepEqual(labels(inFile('list = [{ <|> }]')), ['on', 'size']);
    assert.deepEqual(labels(inFile('list = [{\n  on = true\n  <|>\n}]')), ['size']);
    assert.deepEqual(labels(inFile('map = {\n  a = {\n    <|>\n  }\n}')), ['on']);
    assert.deepEqual(labels(inFile('list = [{ "<|>" = 1 }]')), ['on', 'size']);
  });

  it('offers literals and no references', () => {
    assert.deepEqual(labels(inFile('list = [{ on = <|> }]')), ['true', 'false', 'null']);
    assert.deepEqual(labels(inFile('needed = <|>')), ['null']);
    assert.deepEqual(labels(inFile('unknown = <|>')), []);
  });

  it('survives any prefix', () => {
    const content = 'list = [{ on = true, size = "${1}" }]\nmap = { "a" = { on = <<EOT\nx\nEOT\n} }\n';
    for (let end = 0; end <= content.length; end += 1) {
      const { snapshot, path, offset } = fixture(inFile(`${content.slice(0, end)}<|>`));
      assert.ok(Array.isArray(complete(snapshot, path, offset).items));
    }
  });
});
