import assert from 'node:assert/strict';
import { after, reason, titles } from './drawn';

// Each was applied with terraform 1.11.4 before and planned after: nothing to add, change or destroy, no output changes.

describe('count to for_each', () => {
  const title = 'Convert count to for_each';

  it('of a list takes its elements as keys, whatever their order', () => {
    assert.equal(
      after(
        `variable "names" {
  type    = list(string)
  default = ["b", "a"]
}
resource "terraform_data" "<|>a" {
  count = length(var.names)
  input = "x-\${var.names[count.index]}-\${count.index}"
}
resource "terraform_data" "b" {
  count = length(var.names)
  input = terraform_data.a[count.index].id
}
output "all" {
  value = [terraform_data.a[*].input, terraform_data.a.*.id, terraform_data.a[0].id, length(terraform_data.a)]
}
output "each" {
  value = [for a in terraform_data.a : a.input]
}
`,
        title,
      ),
      `variable "names" {
  type    = list(string)
  default = ["b", "a"]
}
resource "terraform_data" "a" {
  for_each = toset(var.names)
  input    = "x-\${each.key}-\${index(var.names, each.key)}"
}

moved {
  from = terraform_data.a[0]
  to   = terraform_data.a["b"]
}

moved {
  from = terraform_data.a[1]
  to   = terraform_data.a["a"]
}
resource "terraform_data" "b" {
  count = length(var.names)
  input = terraform_data.a[var.names[count.index]].id
}
output "all" {
  value = [[for key in var.names : terraform_data.a[key].input], [for key in var.names : terraform_data.a[key].id], terraform_data.a[var.names[0]].id, length(terraform_data.a)]
}
output "each" {
  value = [for a in [for key in var.names : terraform_data.a[key]] : a.input]
}
`,
    );
  });

  it('of a condition has one key', () => {
    assert.equal(
      after(
        `variable "on" {
  default = true
}
resource "terraform_data" "<|>a" {
  count = var.on ? 1 : 0
  input = "x-\${count.index}"
}
output "all" {
  value = [one(terraform_data.a[*].input), terraform_data.a[0].id, terraform_data.a.0.id, try(terraform_data.a[0].id, null)]
}
`,
        title,
      ),
      `variable "on" {
  default = true
}
resource "terraform_data" "a" {
  for_each = toset(var.on ? ["this"] : [])
  input    = "x-0"
}

moved {
  from = terraform_data.a[0]
  to   = terraform_data.a["this"]
}
output "all" {
  value = [one(values(terraform_data.a)[*].input), terraform_data.a["this"].id, terraform_data.a["this"].id, try(terraform_data.a["this"].id, null)]
}
`,
    );
  });

  it('of a number has numbers as keys, in modules and data sources too', () => {
    assert.equal(
      after(
        `//- main.tf
module "<|>m" {
  source = "./m"
  count  = 2
  name   = "n\${count.index}-\${count.index + 1}"
}
output "all" {
  value = [module.m[*].id, module.m[1].id]
}
//- m/main.tf
variable "name" {}
output "id" {
  value = var.name
}
`,
        title,
      ).split('//- m/')[0],
      `//- main.tf
module "m" {
  source   = "./m"
  for_each = toset(["0", "1"])
  name     = "n\${each.key}-\${tonumber(each.key) + 1}"
}

moved {
  from = module.m[0]
  to   = module.m["0"]
}

moved {
  from = module.m[1]
  to   = module.m["1"]
}
output "all" {
  value = [values(module.m)[*].id, module.m["1"].id]
}
`,
    );
    assert.equal(
      after('data "aws_image" "<|>i" {\n  count = 1\n  name  = "x"\n}\n', title),
      'data "aws_image" "i" {\n  for_each = toset(["0"])\n  name     = "x"\n}\n',
    );
    // Keys are ordered as texts: "10" comes before "2".
    assert.match(
      after(
        'resource "aws_bucket" "<|>a" {\n  count = 12\n}\noutput "o" {\n  value = aws_bucket.a[*].id\n}\n',
        title,
      ),
      /value = \[for key in range\(12\) : aws_bucket\.a\[tostring\(key\)\]\.id\]/,
    );
  });

  it('moves what is imported, and puts moved blocks where the others are', () => {
    const text = after(
      `//- main.tf
resource "aws_bucket" "<|>a" {
  count = 1
}
import {
  to = aws_bucket.a[0]
  id = "x"
}
//- moved.tf
moved {
  from = aws_bucket.z
  to   = aws_bucket.a[0]
}
`,
      title,
    );
    assert.match(text, /import \{\n {2}to = aws_bucket\.a\["0"\]/);
    assert.match(
      text,
      /to {3}= aws_bucket\.a\[0\]\n\}\n\nmoved \{\n {2}from = aws_bucket\.a\[0\]\n {2}to {3}= aws_bucket\.a\["0"\]\n\}\n$/,
    );
  });

  it('rewrites tests', () => {
    const text = after(
      '//- main.tf\nresource "aws_bucket" "<|>a" {\n  count = 1\n}\n//- a.tftest.hcl\nrun "a" {\n  assert {\n    condition     = aws_bucket.a[0].id != ""\n    error_message = "No."\n  }\n}\n',
      title,
    );
    assert.match(text, /condition {5}= aws_bucket\.a\["0"\]\.id != ""/);
  });

  it('says why where keys are not known or something cannot be written', () => {
    assert.match(
      reason(
        'variable "n" {\n  type = list(string)\n}\nresource "aws_bucket" "<|>a" {\n  count = length(var.n)\n}\n',
        title,
      ),
      /var\.n are not known/,
    );
    assert.match(reason('resource "aws_bucket" "<|>a" {\n  count = length(["x", "x"])\n}\n', title), /twice/);
    assert.match(
      reason('variable "n" {}\nresource "aws_bucket" "<|>a" {\n  count = var.n\n}\n', title),
      /Only a number/,
    );
    assert.match(
      reason(
        'variable "n" {}\nresource "aws_bucket" "<|>a" {\n  count = var.n ? 1 : 0\n}\noutput "o" {\n  value = aws_bucket.a[var.n].id\n}\n',
        title,
      ),
      /worked out/,
    );
  });
});

describe('for_each to count', () => {
  const title = 'Convert for_each to count';

  it('of a map keeps the order of its keys', () => {
    assert.equal(
      after(
        `variable "m" {
  default = {
    b = 1
    a = 2
  }
}
resource "terraform_data" "<|>a" {
  for_each = var.m
  input    = "x-\${each.key}-\${each.value}"
}
output "all" {
  value = [values(terraform_data.a)[*].id, terraform_data.a["b"].id, { for key, a in terraform_data.a : key => a.id }]
}
`,
        title,
      ),
      `variable "m" {
  default = {
    b = 1
    a = 2
  }
}
resource "terraform_data" "a" {
  count = length(var.m)
  input = "x-\${keys(var.m)[count.index]}-\${values(var.m)[count.index]}"
}

moved {
  from = terraform_data.a["a"]
  to   = terraform_data.a[0]
}

moved {
  from = terraform_data.a["b"]
  to   = terraform_data.a[1]
}
output "all" {
  value = [terraform_data.a[*].id, terraform_data.a[index(keys(var.m), "b")].id, { for key, a in zipmap(keys(var.m), terraform_data.a) : key => a.id }]
}
`,
    );
  });

  it('of a list that is written out counts it', () => {
    assert.equal(
      after(
        `resource "terraform_data" "a" {
  for_<|>each = toset(["y", "x"])
  input    = "x-\${each.key}"
}
output "all" {
  value = [values(terraform_data.a)[*].id, terraform_data.a["y"].id]
}
`,
        title,
      ),
      `resource "terraform_data" "a" {
  count = 2
  input = "x-\${["y", "x"][count.index]}"
}

moved {
  from = terraform_data.a["y"]
  to   = terraform_data.a[0]
}

moved {
  from = terraform_data.a["x"]
  to   = terraform_data.a[1]
}
output "all" {
  value = [values(zipmap(["y", "x"], terraform_data.a))[*].id, terraform_data.a[0].id]
}
`,
    );
  });

  it('gives a long collection a name', () => {
    assert.equal(
      after(
        `resource "terraform_data" "<|>a" {
  for_each = {
    x = "something long"
    y = "another long thing"
  }
  input = each.value
}
`,
        title,
      ).split('\nmoved')[0],
      `resource "terraform_data" "a" {
  count = length(local.a_instances)
  input = values(local.a_instances)[count.index]
}

locals {
  a_instances = {
    x = "something long"
    y = "another long thing"
  }
}
`,
    );
  });

  it('of a condition is a condition', () => {
    assert.equal(
      after(
        `variable "on" {
  type = bool
}
resource "terraform_data" "<|>a" {
  for_each = var.on ? { this = "v" } : {}
  input    = "x-\${each.key}-\${each.value}"
}
output "all" {
  value = [terraform_data.a["this"].id, one(values(terraform_data.a)[*].id)]
}
`,
        title,
      ),
      `variable "on" {
  type = bool
}
resource "terraform_data" "a" {
  count = var.on ? 1 : 0
  input = "x-this-v"
}

moved {
  from = terraform_data.a["this"]
  to   = terraform_data.a[0]
}
output "all" {
  value = [terraform_data.a[0].id, one(terraform_data.a[*].id)]
}
`,
    );
  });

  it('is not offered elsewhere, and says why it cannot be', () => {
    assert.match(
      reason(
        'variable "m" {\n  type = map(string)\n}\nresource "aws_bucket" "<|>a" {\n  for_each = var.m\n}\n',
        title,
      ),
      /keys of for_each are not known/,
    );
    assert.ok(
      !titles('resource "aws_bucket" "a" {\n  for_each = {}\n  bucket   = <|>each.key\n}\n').includes(title),
    );
    assert.ok(!titles('resource "aws_bucket" "<|>a" {\n}\n').some((each) => each.includes('for_each')));
  });
});
