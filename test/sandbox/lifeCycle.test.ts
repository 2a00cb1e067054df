import assert from 'node:assert/strict';
import { existsSync } from 'node:fs';
import path from 'node:path';
import { Workspace, describeWithTerraform, snapshot } from './realTerraform';
import type { Outcome } from './realTerraform';

const stack = (trainer: string): string => `
terraform {
  required_version = ">= 1.0"
  required_providers {
    aws = { source = "hashicorp/aws", version = "~> 5.0" }
  }
  backend "s3" {
    bucket = "state"
    key    = "x"
    region = "us-west-2"
  }
}
provider "aws" {
  region = "us-west-2"
  default_tags { tags = { project = "digits" } }
}
provider "aws" {
  alias  = "far"
  region = "eu-west-1"
}
variable "subnets" { default = 2 }
data "aws_availability_zones" "all" {}
data "aws_iam_policy_document" "assume" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["ecs-tasks.amazonaws.com"]
    }
  }
}
resource "aws_iam_role" "task" {
  name               = "task"
  assume_role_policy = data.aws_iam_policy_document.assume.json
}
resource "aws_instance" "trainer" {
  ami           = "ami-0123456789abcdef0"
  instance_type = "${trainer}"
  tags          = { Name = "trainer" }
  root_block_device { volume_size = 100 }
}
resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }
resource "aws_subnet" "part" {
  count      = var.subnets
  vpc_id     = aws_vpc.main.id
  cidr_block = cidrsubnet(aws_vpc.main.cidr_block, 8, count.index)
}
resource "aws_ebs_volume" "same" {
  count             = var.subnets
  availability_zone = data.aws_availability_zones.all.names[0]
  size              = 10
}
resource "aws_sqs_queue" "near" { name = "jobs" }
resource "aws_sqs_queue" "far" {
  provider = aws.far
  name     = "jobs"
}
resource "random_pet" "name" {}
resource "aws_s3_bucket" "data" { bucket = "data-\${random_pet.name.id}" }
module "buckets" {
  source   = "./bucket"
  for_each = toset(["models", "logs"])
  name     = each.key
}
output "volumes" { value = aws_ebs_volume.same[*].id }
output "arns" { value = [aws_sqs_queue.near.arn, aws_sqs_queue.far.arn] }
output "role" { value = jsondecode(aws_iam_role.task.assume_role_policy).Statement[0].Action }
output "buckets" { value = { for key, bucket in module.buckets : key => bucket.arn } }
`;
const bucketModule = `
variable "name" { type = string }
resource "aws_s3_bucket" "this" { bucket = var.name }
resource "aws_s3_bucket_versioning" "this" {
  bucket = aws_s3_bucket.this.id
  versioning_configuration { status = "Enabled" }
}
output "arn" { value = aws_s3_bucket.this.arn }
`;

describeWithTerraform('the sandbox with the real terraform', () => {
  let work: Workspace;
  before(() => {
    work = new Workspace({ 'main.tf': stack('p2.xlarge'), 'bucket/main.tf': bucketModule });
  });
  after(() => work.dispose());

  it('plans and applies exactly the plan', async () => {
    const before = snapshot(work.folder);
    const plan = await work.terraform('plan', '-out=change.tfplan');
    assert.equal(plan.code, 0, plan.stderr);
    assert.match(plan.stdout, /Plan: 15 to add, 0 to change, 0 to destroy/);
    assert.match(plan.stdout, /\+ tags_all += \{\n +\+ "Name" += "trainer"\n +\+ "project" = "digits"/);
    const apply = await work.terraform('apply', 'change.tfplan');
    assert.equal(apply.code, 0, apply.stderr);
    assert.deepEqual(snapshot(work.folder), before, 'the folder of the person is as it was');
    assert.equal(existsSync(path.join(work.folder, '.terraform')), false);
  });

  it('says "No changes" afterwards, also with new simulated providers', async () => {
    await noChanges(work);
    await work.close();
    await noChanges(work);
  });

  it('gives aliases their own region and simulates what the configuration computes with', async () => {
    const arns = outputs(await work.terraform('output', '-json')).arns as string[];
    assert.deepEqual(arns, [
      'arn:aws:sqs:us-west-2:123456789012:jobs',
      'arn:aws:sqs:eu-west-1:123456789012:jobs',
    ]);
    assert.equal(outputs(await work.terraform('output', '-json')).role, 'sts:AssumeRole');
    assert.deepEqual(outputs(await work.terraform('output', '-json')).buckets, {
      logs: 'arn:aws:s3:::logs',
      models: 'arn:aws:s3:::models',
    });
  });

  it('updates in place, replaces, and settles again', async () => {
    work.write({ 'main.tf': stack('p3.2xlarge') });
    await work.close();
    const change = await work.terraform('plan');
    assert.match(change.stdout, /~ instance_type += "p2.xlarge" -> "p3.2xlarge"/);
    assert.match(change.stdout, /Plan: 0 to add, 1 to change, 0 to destroy/);
    assert.equal((await work.terraform('apply', '-auto-approve')).code, 0);
    await noChanges(work);

    work.write({ 'main.tf': stack('p3.2xlarge').replace('"10.0.0.0/16"', '"10.1.0.0/16"') });
    await work.close();
    const replacement = await work.terraform('apply', '-auto-approve');
    assert.match(replacement.stdout, /cidr_block += "10.0.0.0\/16" -> "10.1.0.0\/16" # forces replacement/);
    assert.equal(replacement.code, 0, replacement.stderr);
    await noChanges(work);
  });

  it('never gives two objects one identifier, whoever created the others', async () => {
    await work.close();
    const plan = await work.terraform('plan', '-out=more.tfplan', '-var=subnets=5');
    assert.equal(plan.code, 0, plan.stderr);
    await work.close();
    assert.equal((await work.terraform('apply', 'more.tfplan')).code, 0);
    const volumes = outputs(await work.terraform('output', '-json')).volumes as string[];
    assert.equal(volumes.length, 5);
    assert.equal(new Set(volumes).size, 5);
    for (const id of volumes) assert.match(id, /^vol-[0-9a-f]{17}$/);
  });

  it('destroys a configuration that has lost its resources', async () => {
    work.write({ 'main.tf': 'provider "aws" {}\nprovider "aws" {\n  alias = "far"\n}\n' });
    await work.close();
    const apply = await work.terraform('apply', '-auto-approve');
    assert.equal(apply.code, 0, apply.stderr);
    assert.match(apply.stdout, /0 added, 0 changed, 21 destroyed/);
  });
});

async function noChanges(work: Workspace): Promise<void> {
  const plan = await work.terraform('plan', '-detailed-exitcode');
  assert.equal(plan.code, 0, plan.stdout + plan.stderr);
}

function outputs({ stdout }: Outcome): Record<string, unknown> {
  const parsed = JSON.parse(stdout) as Record<string, { readonly value: unknown }>;
  return Object.fromEntries(Object.entries(parsed).map(([name, { value }]) => [name, value]));
}
