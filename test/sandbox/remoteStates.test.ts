import assert from 'node:assert/strict';
import { Workspace, describeWithTerraform, snapshot } from './realTerraform';

const reader = `
data "terraform_remote_state" "net" {
  backend   = "s3"
  workspace = terraform.workspace
  config = {
    bucket = "states"
    key    = "net.tfstate"
    region = "us-east-1"
  }
}
module "inner" {
  source   = "./inner"
  for_each = toset(["a"])
}
check "reachable" {
  data "terraform_remote_state" "checked" {
    backend = "http"
    config  = { address = "http://127.0.0.1:9/state" }
  }
  assert {
    condition     = length(data.terraform_remote_state.checked.outputs.hosts) == 3
    error_message = "not three"
  }
}
resource "aws_instance" "a" {
  ami                    = "ami-1"
  instance_type          = "t3.micro"
  subnet_id              = data.terraform_remote_state.net.outputs.subnet_ids[0]
  vpc_security_group_ids = data.terraform_remote_state.net.outputs.security_groups
}
output "vpc" { value = data.terraform_remote_state.net.outputs.vpc_id }
output "deep" { value = module.inner["a"].deep }
`;
const inner = `
data "terraform_remote_state" "deep" {
  count   = 1
  backend = "gcs"
  config  = { bucket = "b", prefix = "deep" }
}
output "deep" { value = data.terraform_remote_state.deep[0].outputs.network.name }
`;

describeWithTerraform('states of other configurations', () => {
  let work: Workspace;
  beforeEach(() => {
    work = new Workspace({ 'app/main.tf': reader, 'app/inner/main.tf': inner }, 'app');
  });
  afterEach(() => work.dispose());

  it('are never read from their real place: what is used of them is made up and said', async () => {
    const before = snapshot(work.folder);
    const session = await work.open();
    assert.equal(session.notices.length, 3);
    assert.match(session.notices[0] ?? '', /net is not read \(made up: .*vpc_id.*remoteStates/);
    await work.terraform('init');
    const apply = await work.terraform('apply', '-auto-approve');
    assert.equal(apply.code, 0, apply.stderr);
    assert.match(apply.stdout, /vpc = "vpc-[0-9a-f]{17}"/);
    assert.match(apply.stdout, /deep = "simulated-name/);
    assert.doesNotMatch(apply.stdout, /not three/);
    await work.open();
    // Terraform itself reads what is inside of a check again in every apply.
    assert.match((await work.terraform('plan')).stdout, /Plan: 0 to add, 0 to change, 0 to destroy/);
    assert.deepEqual(snapshot(work.folder), before);
  });

  it('have the outputs that a scenario gives them', async () => {
    const remoteStates = {
      'data.terraform_remote_state.net': {
        vpc_id: 'vpc-mine',
        subnet_ids: ['subnet-mine'],
        security_groups: [],
      },
      'module.inner.data.terraform_remote_state.deep': { network: { name: 'deep-mine' } },
    };
    work.write({ 'app/states.sandbox.json': JSON.stringify({ remoteStates }) });
    const session = await work.open();
    assert.equal(session.notices.length, 1, 'only the one in the check is made up');
    await work.terraform('init');
    const plan = await work.terraform('plan');
    assert.match(plan.stdout, /\+ vpc += "vpc-mine"/, plan.stderr);
    assert.match(plan.stdout, /\+ deep += "deep-mine"/);
    assert.match(plan.stdout, /\+ subnet_id += "subnet-mine"/);
  });

  it('are those of the sandbox, when the other configuration was applied there', async () => {
    const other = `
terraform {
  backend "s3" {
    bucket = "states"
    key    = "net.tfstate"
    region = "us-east-1"
  }
}
resource "aws_vpc" "v" { cidr_block = "10.0.0.0/16" }
output "vpc_id" { value = aws_vpc.v.id }
output "subnet_ids" { value = ["subnet-other"] }
output "security_groups" { value = [] }
`;
    const net = new Workspace({ 'main.tf': other }, '.', 'net', work.top);
    const applied = await net.terraform('apply', '-auto-approve');
    assert.equal(applied.code, 0, applied.stderr);
    const id = (await net.terraform('output', '-raw', 'vpc_id')).stdout;
    await net.close();
    const session = await work.open();
    assert.match(session.notices[0] ?? '', /net reads the sandbox state of .*net/);
    await work.terraform('init');
    const plan = await work.terraform('plan');
    assert.ok(plan.stdout.includes(`vpc  = "${id}"`), plan.stdout + plan.stderr);
  });
});
