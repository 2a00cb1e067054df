import assert from 'node:assert/strict';
import { actionsAt, after, reason, titles } from './drawn';

/** Applied with terraform 1.11.4 before and planned after: 0 to add, 0 to change, 0 to destroy, no change of outputs. */
const network = `//- main.tf
variable "name" {
  type        = string
  description = "The name."
  default     = "x"
}
locals {
  tags = { Name = var.name }
}
//- network.tf
# The network.
<|>resource "terraform_data" "a" {
  count = 2
  input = "\${var.name}-\${terraform_data.z.id}-\${local.tags.Name}-\${count.index}"
}

module "inner" {
  source     = "./inner"
  path       = "\${path.module}/x"
  list       = terraform_data.l[*].id
  depends_on = [terraform_data.a, terraform_data.z]
}
<|>
resource "terraform_data" "i" {
  input      = [terraform_data.a[*].id, terraform_data.a[1].id, module.inner.kind, basename(path.module)]
  depends_on = [module.inner, terraform_data.z]
}
resource "terraform_data" "l" {
  count = 2
}
resource "terraform_data" "z" {
  input = "x"
}
//- inner/main.tf
variable "path" {
  type = string
}
variable "list" {}
output "kind" {
  value = abspath(var.path)
}
`;

describe('extracting a module', () => {
  it('writes the module, its call, what crosses the line, and moved blocks', () => {
    const text = after(network, 'Extract to the module "network"');
    assert.equal(
      text.slice(text.indexOf('//- network.tf')),
      `//- network.tf
module "network" {
  source = "./modules/network"

  l_ids = terraform_data.l[*].id
  name  = var.name
  tags  = local.tags
  z_id  = terraform_data.z.id

  depends_on = [terraform_data.z]
}

moved {
  from = terraform_data.a
  to   = module.network.terraform_data.a
}

moved {
  from = module.inner
  to   = module.network.module.inner
}

resource "terraform_data" "i" {
  input      = [module.network.a_ids, module.network.a_1_id, module.network.inner_kind, basename(path.module)]
  depends_on = [terraform_data.z, module.network]
}
resource "terraform_data" "l" {
  count = 2
}
resource "terraform_data" "z" {
  input = "x"
}
//- inner/main.tf
variable "path" {
  type = string
}
variable "list" {}
output "kind" {
  value = abspath(var.path)
}
//- modules/network/main.tf
# The network.
resource "terraform_data" "a" {
  count = 2
  input = "\${var.name}-\${var.z_id}-\${var.tags.Name}-\${count.index}"
}

module "inner" {
  source     = "../../inner"
  path       = "\${path.module}/../../x"
  list       = var.l_ids
  depends_on = [terraform_data.a]
}
//- modules/network/variables.tf
variable "l_ids" {}

variable "name" {
  type        = string
  description = "The name."
}

variable "tags" {
  type = map(string)
}

variable "z_id" {}
//- modules/network/outputs.tf
output "a_1_id" {
  value = terraform_data.a[1].id
}

output "a_ids" {
  value = terraform_data.a[*].id
}

output "inner_kind" {
  value = module.inner.kind
}
`,
    );
  });

  it('passes provider configurations on, and copies what is required', () => {
    assert.equal(
      after(
        `//- main.tf
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  alias  = "west"
  region = "us-west-1"
}

resource "aws_bucket" "<|>logs" {
  provider = aws.west
  bucket   = "x"
}

import {
  to = aws_bucket.logs
  id = "x"
}
//- moved.tf
moved {
  from = aws_bucket.old
  to   = aws_bucket.logs
}
`,
        'Extract to the module "logs"',
      ),
      `//- main.tf
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}

provider "aws" {
  alias  = "west"
  region = "us-west-1"
}

module "logs" {
  source = "./modules/logs"

  providers = {
    aws.west = aws.west
  }
}

import {
  to = module.logs.aws_bucket.logs
  id = "x"
}
//- moved.tf
moved {
  from = aws_bucket.old
  to   = aws_bucket.logs
}

moved {
  from = aws_bucket.logs
  to   = module.logs.aws_bucket.logs
}
//- modules/logs/terraform.tf
terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      version               = "~> 6.0"
      configuration_aliases = [aws.west]
    }
  }
}
//- modules/logs/main.tf
resource "aws_bucket" "logs" {
  provider = aws.west
  bucket   = "x"
}
`,
    );
  });

  it('takes a key that is worked out with the whole resource, and types what is known', () => {
    const text = after(
      `//- main.tf
resource "aws_instance" "<|>web" {
  count         = 2
  ami           = aws_bucket.all[count.index].arn
  instance_type = aws_bucket.one.bucket
}
resource "aws_bucket" "all" {
  count = 2
}
resource "aws_bucket" "one" {}
`,
      'Extract to the module "web"',
    );
    assert.match(text, /\n {2}all {8}= aws_bucket\.all\n {2}one_bucket = aws_bucket\.one\.bucket\n/);
    assert.match(text, /var\.all\[count\.index\]\.arn/);
    assert.match(text, /variable "one_bucket" \{\n {2}type = string\n\}/);
  });

  it('takes another name where the folder or the call is there', () => {
    assert.deepEqual(
      titles(
        '//- main.tf\nresource "aws_bucket" "<|>x" {}\nmodule "x_2" {\n  source = "./modules/x"\n}\n//- modules/x/main.tf\n',
      ).filter((title) => title.includes('module')),
      ['Extract to the module "x_3"'],
    );
  });

  it('tests that look at what moves look into the module', () => {
    const text = after(
      `//- main.tf
resource "aws_bucket" "<|>logs" {
  count  = 2
  bucket = "x"
}
//- tests/a.tftest.hcl
run "a" {
  assert {
    condition     = aws_bucket.logs[0].bucket == "x"
    error_message = "No."
  }
}
`,
      'Extract to the module "logs"',
    );
    assert.match(text, /condition {5}= module\.logs\.logs_0_bucket == "x"/);
    assert.match(text, /output "logs_0_bucket" \{\n {2}value = aws_bucket\.logs\[0\]\.bucket\n\}/);
  });

  it('says why where it cannot be', () => {
    assert.match(
      reason(
        'resource "aws_bucket" "<|>x" {\n  lifecycle {\n    replace_triggered_by = [aws_bucket.y.id]\n  }\n}\nresource "aws_bucket" "y" {}\n',
        'Extract to the module "x"',
      ),
      /replace_triggered_by names aws_bucket\.y/,
    );
    assert.match(
      reason('<|>resource "aws_bucket" "x" {}\nvariable "y" {}<|>\n', 'Extract to the module "x"'),
      /variable block cannot move/,
    );
    assert.match(
      reason(
        '//- main.tf\nresource "aws_bucket" "<|>x" {}\n//- out.tf.json\n{"output": {"o": {"value": "${aws_bucket.x.id}"}}}\n',
        'Extract to the module "x"',
      ),
      /JSON/,
    );
    // `a` and `c` would be one thing to wait for, and `b` stands between them.
    assert.match(
      reason(
        `<|>resource "aws_bucket" "a" {
  depends_on = [aws_bucket.b]
}
resource "aws_bucket" "c" {}<|>
resource "aws_bucket" "b" {
  bucket = aws_bucket.c.arn
}
`,
        'Extract to the module "a"',
      ),
      /aws_bucket\.b stands between/,
    );
  });

  it('makes files, and is offered at headers alone', () => {
    const { actions } = actionsAt('resource "aws_bucket" "<|>x" {}\n');
    const found = actions.find(({ title }) => title.startsWith('Extract to the module'));
    assert.equal(found?.createsFiles, true);
    assert.deepEqual(
      titles('resource "aws_bucket" "x" {\n  bucket = <|>"y"\n}\n').filter((title) =>
        title.includes('module'),
      ),
      [],
    );
  });
});
