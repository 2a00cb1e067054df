import assert from 'node:assert/strict';
import { after, reason, titles } from './drawn';

describe('extracting a value', () => {
  it('finds it everywhere in the module', () => {
    assert.equal(
      after(
        '//- main.tf\nresource "aws_bucket" "a" {\n  tags = { Na<|>me = "x" }\n}\n//- b.tf\nresource "aws_bucket" "b" {\n  tags = { Name = "x" }\n}\n',
        'Extract to the local value "tags" in 2 places',
      ),
      '//- main.tf\nresource "aws_bucket" "a" {\n  tags = local.tags\n}\n\nlocals {\n  tags = { Name = "x" }\n}\n//- b.tf\nresource "aws_bucket" "b" {\n  tags = local.tags\n}\n',
    );
  });

  it('puts a key in parentheses, and takes no word that is taken', () => {
    assert.match(
      after(
        'resource "aws_bucket" "a" {\n  tags = { "na<|>me" = "x" }\n}\n',
        'Extract to the local value "tags"',
      ),
      /tags = \{ \(local\.tags\) = "x" \}/,
    );
    assert.match(
      after('resource "aws_bucket" "a" {\n  count = <|>2\n}\n', 'Extract to the variable "instance_count"'),
      /count = var\.instance_count/,
    );
  });

  it('leaves what must be written out', () => {
    for (const text of [
      'output "o" {\n  description = "<|>x"\n  value       = 1\n}\n',
      'resource "aws_bucket" "a" {\n  lifecycle {\n    prevent_destroy = tru<|>e\n  }\n}\n',
      'resource "aws_bucket" "a" {\n  provisioner "local-exec" {\n    when    = destroy\n    command = "<|>x"\n  }\n}\n',
    ])
      assert.ok(!titles(text).some((title) => /Extract to the (local|var)/.test(title)), text);
  });

  it('gives a variable its type', () => {
    const typed = (value: string) =>
      /type {4}= (.*)/.exec(
        after(`resource "aws_bucket" "a" {\n  tags = <|>${value}<|>\n}\n`, 'Extract to the variable "tags"'),
      )?.[1];
    assert.equal(typed('{ a = "x", b = "y" }'), 'map(string)');
    assert.equal(typed('{ a = "x", b = null }'), undefined);
    const inOutput = after(
      'output "o" {\n  value = <|>{ a = [1, 2], b = true }<|>\n}\n',
      'Extract to the variable "value"',
    );
    assert.match(inOutput, /type {4}= object\(\{ a = list\(number\), b = bool \}\)/);
  });
});

describe('local values and variables', () => {
  it('a local value becomes a variable with its comment', () => {
    assert.equal(
      after(
        'locals {\n  # The zones.\n  zo<|>nes = ["a", "b"]\n}\noutput "z" {\n  value = [for zone in local.zones : upper(zone)]\n}\n',
        'Convert to the variable "zones"',
      ),
      'output "z" {\n  value = [for zone in var.zones : upper(zone)]\n}\n\n# The zones.\nvariable "zones" {\n  type    = list(string)\n  default = ["a", "b"]\n}\n',
    );
    assert.match(
      reason('variable "x" {}\nlocals {\n  a<|> = var.x\n}\n', 'Convert to the variable "a"'),
      /reads other values/,
    );
  });

  it('a variable that nobody sets becomes a local value of its type', () => {
    assert.equal(
      after(
        'variable "re<|>gions" {\n  type    = list(string)\n  default = ["a"]\n}\noutput "z" {\n  value = var.regions[0]\n}\n',
        'Convert to the local value "regions"',
      ),
      'output "z" {\n  value = local.regions[0]\n}\n\nlocals {\n  regions = tolist(["a"])\n}\n',
    );
    const title = 'Convert to the local value "r"';
    assert.match(reason('variable "<|>r" {}\n', title), /no default/);
    assert.match(
      reason('//- main.tf\nvariable "<|>r" {\n  default = 1\n}\n//- terraform.tfvars\nr = 2\n', title),
      /terraform\.tfvars sets/,
    );
    assert.match(
      reason(
        '//- m/main.tf\nvariable "<|>r" {\n  default = 1\n}\n//- main.tf\nmodule "m" {\n  source = "./m"\n  r      = 2\n}\n',
        title,
      ),
      /module\.m sets/,
    );
    assert.match(reason('variable "<|>r" {\n  type    = string\n  default = 1\n}\n', title), /converted/);
  });

  it('the default of a variable is inlined, into texts as text', () => {
    assert.equal(
      after(
        'variable "re<|>gion" {\n  type    = string\n  default = "a"\n}\noutput "z" {\n  value = "x-${var.region}"\n}\noutput "y" {\n  value = [var.region]\n}\n',
        'Inline the variable "region" in 2 places',
      ),
      'output "z" {\n  value = "x-a"\n}\noutput "y" {\n  value = ["a"]\n}\n',
    );
    assert.match(
      after(
        'variable "<|>r" {\n  default   = "a"\n  sensitive = true\n}\nlocals {\n  y = [var.r]\n}\n',
        'Inline the variable "r"',
      ),
      /y = \[sensitive\("a"\)\]/,
    );
  });
});

describe('exposing as an output', () => {
  it('what is read, an argument, or a resource', () => {
    assert.equal(
      after('resource "aws_bucket" "a" {\n  bu<|>cket = "x"\n}\n', 'Expose as the output "a_bucket"'),
      'resource "aws_bucket" "a" {\n  bucket = "x"\n}\n\noutput "a_bucket" {\n  value = aws_bucket.a.bucket\n}\n',
    );
    assert.match(
      after(
        '//- main.tf\nresource "aws_bucket" "main" {}\nlocals {\n  x = aws_bucket.main.a<|>rn\n}\n//- outputs.tf\n',
        'Expose as the output "bucket_arn"',
      ),
      /\/\/- outputs\.tf\noutput "bucket_arn" \{\n {2}value = aws_bucket\.main\.arn\n\}\n$/,
    );
    assert.match(
      after(
        'resource "aws_bucket" "a" {\n  for_each = toset(["x"])\n  bu<|>cket   = "x"\n}\n',
        'Expose as the output "a_buckets"',
      ),
      /value = \{ for key, instance in aws_bucket\.a : key => instance\.bucket \}/,
    );
    assert.match(
      after('resource "aws_bucket" "<|>a" {}\n', 'Expose as the output "a"'),
      /output "a" \{\n {2}value = aws_bucket\.a\n\}/,
    );
  });

  it('says that a secret is one, and offers nothing twice', () => {
    assert.match(
      after(
        'variable "s" {\n  sensitive = true\n}\nlocals {\n  x = var.s\n  y = lower(local.<|>x)\n}\n',
        'Expose as the output "x"',
      ),
      /value {5}= local\.x\n {2}sensitive = true/,
    );
    assert.deepEqual(
      titles(
        'resource "aws_bucket" "a" {\n  bu<|>cket = "x"\n}\noutput "b" {\n  value = aws_bucket.a.bucket\n}\n',
        ['refactor.extract'],
      ).filter((title) => title.startsWith('Expose')),
      [],
    );
  });
});

describe('moving blocks', () => {
  it('to a new file that is named after what they are', () => {
    assert.equal(
      after(
        '# About the bucket.\nresource "aws_buc<|>ket" "a" {\n  bucket = "x" # why\n}\n\noutput "o" {\n  value = 1\n}\n',
        'Move the block to the new file bucket.tf',
      ),
      '//- main.tf\noutput "o" {\n  value = 1\n}\n//- bucket.tf\n# About the bucket.\nresource "aws_bucket" "a" {\n  bucket = "x" # why\n}\n',
    );
  });

  it('to the file that is there, several at once', () => {
    assert.equal(
      after(
        '//- main.tf\noutput "o" {\n  value = 1\n}\n\n# V.\n<|>variable "v" {}\n\nvariable "w" {}\n<|>//- variables.tf\nvariable "a" {}\n',
        'Move the 2 blocks to variables.tf',
      ),
      '//- main.tf\noutput "o" {\n  value = 1\n}\n//- variables.tf\nvariable "a" {}\n\n# V.\nvariable "v" {}\n\nvariable "w" {}\n',
    );
    assert.deepEqual(titles('//- variables.tf\nvariable "<|>v" {}\n', ['refactor.move']), []);
  });
});

describe('sorting', () => {
  it('arguments as the style guide does, comments with them', () => {
    assert.equal(
      after(
        `resource "aws_<|>instance" "a" {
  depends_on = [aws_bucket.b]
  disk {
    size = 1
  }
  # The image.
  ami           = "x"
  instance_type = "y" # size

  lifecycle {
    create_before_destroy = true
  }
  count = 2
}

resource "aws_bucket" "b" {}
`,
        'Sort arguments and blocks as the style guide does',
      ),
      `resource "aws_instance" "a" {
  count = 2

  # The image.
  ami           = "x"
  instance_type = "y" # size

  disk {
    size = 1
  }

  lifecycle {
    create_before_destroy = true
  }

  depends_on = [aws_bucket.b]
}

resource "aws_bucket" "b" {}
`,
    );
    assert.ok(
      !titles('resource "aws_<|>bucket" "b" {\n  count  = 2\n  bucket = "x"\n}\n').some((title) =>
        title.startsWith('Sort'),
      ),
    );
  });

  it('variables, outputs and required providers by name, on request', () => {
    const text = `<|>terraform {
  required_providers {
    # Second.
    b = {
      source = "x/b"
    }
    a = {
      source = "x/a"
    } # first
  }
}

variable "z" {}

# About y.
variable "y" {
  default = 1
}

output "o" {
  value = 1
}
`;
    const title = 'Sort variables, outputs and required providers';
    assert.equal(
      after(text, title, { only: ['source.sort.terraform'] }),
      `terraform {
  required_providers {
    a = {
      source = "x/a"
    } # first
    # Second.
    b = {
      source = "x/b"
    }
  }
}

# About y.
variable "y" {
  default = 1
}

variable "z" {}

output "o" {
  value = 1
}
`,
    );
    assert.ok(!titles(text).includes(title));
  });
});

describe('source actions', () => {
  it('format the document, by either name', () => {
    const text = '<|>locals {\n  a=1\n  bcd = 2\n}\n';
    for (const kind of ['source.format', 'source.formatAll', 'source.formatAll.terraform'])
      assert.equal(
        after(text, 'Format the document', { only: [kind] }),
        'locals {\n  a   = 1\n  bcd = 2\n}\n',
      );
    assert.deepEqual(titles(text, ['source']).length, 2);
  });

  it('fill a block with all it could have', () => {
    assert.equal(
      after('resource "aws_<|>bucket" "a" {\n  bucket = "x"\n}\n', 'Add all 2 further arguments'),
      'resource "aws_bucket" "a" {\n  bucket = "x"\n  tags   = null\n  id     = null\n}\n',
    );
  });
});

describe('line ends and notations', () => {
  it('CR LF stays CR LF', () => {
    const text =
      '# head\r\nresource "aws_instance" "a" {\r\n  ami           = "x"\r\n  instance_type = <|>"y"\r\n}\r\n';
    for (const title of [
      'Extract to the local value "instance_type"',
      'Extract to the variable "instance_type"',
      'Expose as the output "a_instance_type"',
    ]) {
      const at = title.startsWith('Expose')
        ? text.replace('<|>', '').replace('instance_type', 'inst<|>ance_type')
        : text;
      const result = after(at, title);
      assert.ok(!/[^\r]\n/.test(result), JSON.stringify(result));
    }
    const moved = after(
      text.replace('<|>', '').replace('aws_', '<|>aws_'),
      'Move the block to the new file instance.tf',
    );
    assert.ok(!/[^\r]\n(?!\/\/-)/.test(moved.replace(/^\/\/- .*\n/gm, '')), JSON.stringify(moved));
    const sorted = after(
      'resource "aws_<|>bucket" "b" {\r\n  bucket = "x"\r\n  count  = 1\r\n}\r\n',
      'Sort arguments and blocks as the style guide does',
    );
    assert.equal(sorted, 'resource "aws_bucket" "b" {\r\n  count = 1\r\n\r\n  bucket = "x"\r\n}\r\n');
  });

  it('nothing in JSON, lock files and templates', () => {
    assert.deepEqual(titles('//- main.tf.json\n{"locals": {"a": <|>1}}\n'), []);
    assert.deepEqual(titles('//- a.tftpl\nresource <|>"x" "y" {}\n'), []);
    assert.deepEqual(
      titles(
        '//- .terraform.lock.hcl\nprovider "re<|>gistry.terraform.io/hashicorp/aws" {\n  version = "1.0.0"\n}\n',
        ['refactor', 'source'],
      ),
      [],
    );
  });
});
