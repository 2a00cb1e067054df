import assert from 'node:assert/strict';
import { toAddressExpression } from '../../server/sandbox/addressPattern';
import { SandboxError } from '../../server/sandbox/sandbox';
import { Workspace, describeWithTerraform, snapshot } from './realTerraform';

describe('addresses in scenarios', () => {
  const cases: readonly [string, readonly string[], readonly string[]][] = [
    [
      'aws_instance.a',
      ['aws_instance.a', 'aws_instance.a[0]', 'aws_instance.a["x.y]"]'],
      ['aws_instance.ab', 'module.m.aws_instance.a', 'data.aws_instance.a'],
    ],
    ['aws_instance.a[1]', ['aws_instance.a[1]'], ['aws_instance.a', 'aws_instance.a[11]']],
    ['aws_instance.a["x.y"]', ['aws_instance.a["x.y"]'], ['aws_instance.a["x-y"]']],
    [
      'module.m.aws_instance.*',
      ['module.m.aws_instance.a', 'module.m["k"].aws_instance.b[2]'],
      ['aws_instance.a', 'module.n.aws_instance.a'],
    ],
    ['module.m[0].aws_instance.a', ['module.m[0].aws_instance.a[3]'], ['module.m[1].aws_instance.a']],
    ['*', ['aws_instance.a', 'module.m.data.x.y'], []],
  ];
  for (const [pattern, fitting, others] of cases) {
    it(`${pattern} fits what it should`, () => {
      const expression = new RegExp(toAddressExpression(pattern), 's');
      for (const address of fitting) assert.match(address, expression);
      for (const address of others) assert.doesNotMatch(address, expression);
    });
  }
});

const stack = `
provider "aws" {}
data "aws_ami" "gpu" {
  most_recent = true
  owners      = ["amazon"]
}
data "aws_caller_identity" "me" {}
resource "aws_instance" "trainer" {
  count         = 3
  ami           = data.aws_ami.gpu.id
  instance_type = "p5.48xlarge"
  tags          = { Name = "trainer-\${count.index}" }
}
resource "aws_s3_bucket" "data" { bucket = "data" }
module "net" {
  source   = "./net"
  for_each = toset(["a", "b"])
  name     = each.key
}
resource "time_static" "now" {}
output "account" { value = data.aws_caller_identity.me.account_id }
output "ami" { value = data.aws_ami.gpu.id }
output "trainers" { value = aws_instance.trainer[*].arn }
output "ips" { value = aws_instance.trainer[*].public_ip }
output "queues" { value = { for key, net in module.net : key => net.url } }
output "time" { value = time_static.now.rfc3339 }
`;
const net = `
variable "name" {}
module "deep" {
  source = "../deep"
  name   = var.name
}
output "url" { value = module.deep.url }
`;
const deep = `
variable "name" {}
resource "aws_sqs_queue" "jobs" { name = var.name }
output "url" { value = aws_sqs_queue.jobs.url }
`;

describeWithTerraform('a scenario', () => {
  let work: Workspace;
  beforeEach(() => {
    work = new Workspace({ 'main.tf': stack, 'net/main.tf': net, 'deep/main.tf': deep });
  });
  afterEach(() => work.dispose());
  const play = async (scenario: object, name = 'test'): Promise<void> => {
    work.write({ [`${name}.sandbox.json`]: JSON.stringify(scenario, undefined, 2) });
    await work.close();
  };
  const outputs = async (): Promise<Record<string, unknown>> => {
    const parsed = JSON.parse((await work.terraform('output', '-json')).stdout) as Record<
      string,
      { value: unknown }
    >;
    return Object.fromEntries(Object.entries(parsed).map(([name, { value }]) => [name, value]));
  };

  it('sets results, account, region and time, by address, type and arguments, and then is stable', async () => {
    await play({
      account: '210987654321',
      region: 'eu-central-1',
      time: '2026-02-03T04:05:06Z',
      rules: [
        { address: 'data.aws_ami.gpu', values: { id: 'ami-gpu' } },
        { type: 'aws_instance', where: { 'tags.Name': 'trainer-1' }, values: { public_ip: '203.0.113.7' } },
        { address: 'module.net["b"].module.deep.aws_sqs_queue.jobs', values: { url: 'https://b.invalid/' } },
      ],
    });
    const before = snapshot(work.folder);
    const apply = await work.terraform('apply', '-auto-approve');
    assert.equal(apply.code, 0, apply.stderr);
    const values = await outputs();
    assert.equal(values.account, '210987654321');
    assert.equal(values.ami, 'ami-gpu');
    assert.equal(values.time, '2026-02-03T04:05:06Z');
    for (const arn of values.trainers as string[])
      assert.match(arn, /^arn:aws:ec2:eu-central-1:210987654321:/);
    assert.equal((values.ips as string[])[1], '203.0.113.7');
    assert.notEqual((values.ips as string[])[0], '203.0.113.7');
    const queues = values.queues as Record<string, string>;
    assert.equal(queues.b, 'https://b.invalid/');
    assert.notEqual(queues.a, 'https://b.invalid/');
    await work.close();
    const settled = await work.terraform('plan', '-detailed-exitcode');
    assert.equal(settled.code, 0, settled.stdout + settled.stderr);
    assert.doesNotMatch((await work.terraform('state', 'pull')).stdout, /"terratrain_address": "/);
    assert.deepEqual(snapshot(work.folder), before);
  });

  it('comes and goes without changing what exists', async () => {
    assert.equal((await work.terraform('apply', '-auto-approve')).code, 0);
    await play({ rules: [{ address: '*', values: { public_ip: '203.0.113.9' } }] });
    await assert.rejects(work.open(), /has no attribute public_ip/);
    await play({
      rules: [
        { address: 'aws_instance.*', delay: 0 },
        { address: 'module.*', delay: 0 },
      ],
    });
    assert.equal((await work.terraform('plan', '-detailed-exitcode')).code, 0);
    await play({});
    assert.equal((await work.terraform('plan', '-detailed-exitcode')).code, 0);
  });

  it('makes one instance fail after a while, the others not, and then lets it work', async () => {
    await play({
      rules: [
        {
          address: 'aws_instance.trainer[1]',
          fail: { message: 'InsufficientInstanceCapacity: none left', on: ['create'], after: 0.3, times: 1 },
        },
      ],
    });
    const apply = await work.terraform('apply', '-auto-approve');
    assert.equal(apply.code, 1);
    assert.match(
      apply.stderr,
      /Error: InsufficientInstanceCapacity: none left[^]*with aws_instance\.trainer\[1\]/,
    );
    assert.match(apply.stderr, /Simulated by the scenario rule at test\.sandbox\.json:3/);
    const list = (await work.terraform('state', 'list')).stdout;
    assert.match(list, /aws_instance\.trainer\[0\][^]*aws_instance\.trainer\[2\]/);
    assert.doesNotMatch(list, /trainer\[1\]/);
    const again = await work.terraform('apply', '-auto-approve');
    assert.equal(again.code, 0, again.stderr);
    assert.match(again.stdout, /1 added/);
  });

  it('leaves a tainted object, fails at destroying and at reading', async () => {
    const message = 'it broke';
    await play({ rules: [{ address: 'aws_s3_bucket.data', fail: { message, tainted: true, times: 1 } }] });
    assert.match((await work.terraform('apply', '-auto-approve')).stderr, /it broke/);
    assert.match((await work.terraform('plan')).stdout, /aws_s3_bucket\.data is tainted/);
    assert.equal((await work.terraform('apply', '-auto-approve')).code, 0);
    await play({ rules: [{ address: 'aws_s3_bucket.data', fail: { message, on: ['destroy'] } }] });
    const destroy = await work.terraform('destroy', '-auto-approve');
    assert.match(destroy.stderr, /it broke/);
    assert.equal((await work.terraform('state', 'list')).stdout.trim(), 'aws_s3_bucket.data');
    await play({ rules: [{ type: 'data.aws_ami', fail: { message } }] });
    assert.match((await work.terraform('plan')).stderr, /it broke[^]*with data\.aws_ami\.gpu/);
  });

  it('lets objects drift until an apply repairs them, and vanish', async () => {
    assert.equal((await work.terraform('apply', '-auto-approve')).code, 0);
    await play({
      rules: [
        { address: 'aws_instance.trainer[2]', drift: { set: { instance_type: 't3.micro' } } },
        { address: 'module.net["a"].module.deep.aws_sqs_queue.jobs', drift: { gone: true } },
      ],
    });
    for (let round = 0; round < 2; round++) {
      const plan = await work.terraform('plan');
      assert.match(
        plan.stdout,
        /Note: Objects have changed outside of Terraform|Plan: 1 to add, 1 to change/,
      );
      assert.match(plan.stdout, /# aws_instance\.trainer\[2\] will be updated/);
      assert.match(plan.stdout, /Plan: 1 to add, 1 to change, 0 to destroy/, plan.stdout);
    }
    const apply = await work.terraform('apply', '-auto-approve');
    assert.equal(apply.code, 0, apply.stderr);
    await work.close();
    assert.equal((await work.terraform('plan', '-detailed-exitcode')).code, 0);
  });

  it('can be chosen, and be left out', async () => {
    await play({ rules: [{ type: 'data.aws_ami', values: { id: 'ami-one' } }] }, 'one');
    await play({ rules: [{ type: 'data.aws_ami', values: { id: 'ami-two' } }] }, 'two');
    const amiWith = async (scenarios: readonly string[] | undefined): Promise<string> => {
      await work.open({ scenarios });
      await work.terraform('init');
      return /\+ ami += "(\S+)"/.exec((await work.terraform('plan')).stdout)?.[1] ?? '';
    };
    assert.equal(await amiWith(undefined), 'ami-two');
    assert.equal(await amiWith(['one']), 'ami-one');
    assert.match(await amiWith([]), /^ami-[0-9a-f]{17}$/);
    await assert.rejects(
      work.open({ scenarios: ['three'] }),
      /no scenario three\.sandbox\.json.*one\.sandbox\.json, two/,
    );
  });

  it('interrupts a slow operation when terraform is interrupted', async () => {
    await play({ rules: [{ address: 'aws_s3_bucket.data', delay: 600 }] });
    const session = await work.open();
    await work.terraform('init');
    const { spawn } = await import('node:child_process');
    const child = spawn('terraform', ['apply', '-auto-approve', '-no-color'], {
      cwd: session.workingDirectory,
      env: session.env,
    });
    let text = '';
    let interrupted = false;
    child.stderr.on('data', (part: Buffer) => (text += part.toString()));
    child.stdout.on('data', (part: Buffer) => {
      text += part.toString();
      // A second interrupt would make terraform drop everything.
      if (interrupted || !text.includes('aws_s3_bucket.data: Creating')) return;
      interrupted = true;
      child.kill('SIGINT');
    });
    const code = await new Promise((resolve) => child.once('close', resolve));
    assert.equal(code, 1);
    assert.match(text, /The simulated operation was interrupted/);
  });
});

describeWithTerraform('mistakes in a scenario', () => {
  const cases: readonly [string, string, RegExp][] = [
    ['broken JSON', '{\n  "rules": [\n', /^x\.sandbox\.json:3: this is no JSON: /],
    [
      'an unknown member',
      '{\n  "regoin": "x"\n}',
      /^x\.sandbox\.json:1: "regoin" is not known in the file\. Known here: .*region/,
    ],
    [
      'a wrong account',
      '{\n\n  "account": "12"\n}',
      /^x\.sandbox\.json:3: "account" must match pattern.*AWS account/,
    ],
    [
      'no target',
      '{"rules": [\n {"delay": 1, "where": {"a": 1}}\n]}',
      /^x\.sandbox\.json:2: item 1 needs either "address" or "type"/,
    ],
    ['no effect', '{"rules": [\n\n {"type": "aws_vpc"}\n]}', /^x\.sandbox\.json:3: item 1 has no effect/],
    [
      'no message',
      '{"rules": [\n {"type": "aws_vpc",\n "fail": {}}\n]}',
      /^x\.sandbox\.json:3: "fail" needs "message"/,
    ],
    [
      'half a drift',
      '{"rules": [\n {"type": "aws_vpc",\n "drift": {}}\n]}',
      /^x\.sandbox\.json:3: "drift" needs either/,
    ],
    [
      'an unknown address',
      '{"rules": [\n {"address": "aws_vpc.man", "delay": 1}\n]}',
      /^x\.sandbox\.json:2: no resource.*aws_vpc\.man\. There is aws_vpc\.main/,
    ],
    [
      'a type that is not used',
      '{"rules": [\n {"type": "aws_eip", "delay": 1}\n]}',
      /^x\.sandbox\.json:2: nothing in the configuration is of the type aws_eip/,
    ],
    [
      'an unknown attribute',
      '{"rules": [\n {"type": "aws_vpc", "values": {"idd": "x"}}\n]}',
      /^x\.sandbox\.json:2: "values": aws_vpc has no attribute idd/,
    ],
    [
      'a value of a wrong type',
      '{"rules": [\n {"type": "aws_vpc", "drift": {"set": {"tags": [1]}}}\n]}',
      /^x\.sandbox\.json:2: "drift": tags must be a map\(string\), not \[1\]/,
    ],
    [
      'an output map that is none',
      '{"remoteStates": {\n "data.terraform_remote_state.x": 1}}',
      /^x\.sandbox\.json:2: "data.terraform_remote_state.x" must be object/,
    ],
  ];
  for (const [what, text, message] of cases) {
    it(`are named with file, line and reason: ${what}`, async () => {
      const work = new Workspace({
        'main.tf': 'resource "aws_vpc" "main" { cidr_block = "10.0.0.0/16" }\n',
        'x.sandbox.json': text,
      });
      try {
        await assert.rejects(work.open(), (error: unknown) => {
          assert.ok(error instanceof SandboxError, String(error));
          assert.match(error.message, message);
          return true;
        });
      } finally {
        await work.dispose();
      }
    });
  }
});
