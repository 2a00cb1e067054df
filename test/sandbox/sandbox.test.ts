import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import type { AttributeSchema, BlockSchema, ProviderSchema } from '../../server/providers/schema';
import { SandboxError } from '../../server/sandbox/sandbox';
import { Workspace, describeWithTerraform, snapshot } from './realTerraform';

describeWithTerraform('the sandbox keeps everything to itself', () => {
  it('mirrors modules beside the root, and runs no provisioner in any of them', async () => {
    const marker = (name: string): string => `
resource "null_resource" "run" {
  provisioner "local-exec" { command = "touch \${path.module}/${name}; touch '${path.join(markers, name)}'" }
  provisioner "local-exec" {
    when    = destroy
    command = "touch '${path.join(markers, `${name}-destroyed`)}'"
  }
}
`;
    const work = new Workspace({ 'markers/keep.txt': '' }, 'stacks/prod');
    const markers = path.join(work.folder, 'markers');
    work.write({
      'stacks/prod/main.tf': `${marker('root')}
module "shared" { source = "../../modules/shared" }
output "text" { value = "\${file("\${path.module}/texts/hello.txt")} \${file("../../common.txt")} \${var.size}" }
variable "size" {}
`,
      'stacks/prod/texts/hello.txt': 'hello',
      'stacks/prod/terraform.tfvars': 'size = "large"\n',
      'stacks/prod/terraform.tfstate': '{"not": "ours"}',
      'modules/shared/main.tf': `${marker('module')}
module "deeper" { source = "./deeper" }
`,
      'modules/shared/deeper/main.tf': marker('deeper'),
      'common.txt': 'world',
      '.git/HEAD': '',
    });
    const before = snapshot(work.folder);
    try {
      const apply = await work.terraform('apply', '-auto-approve');
      assert.equal(apply.code, 0, apply.stderr);
      assert.match(apply.stdout, /text = "hello world large"/);
      assert.equal((await work.terraform('destroy', '-auto-approve')).code, 0);
      assert.deepEqual(snapshot(work.folder), before, 'no command ran, nothing was written');
    } finally {
      await work.dispose();
    }
  });

  it('follows files that come, change and go', async () => {
    const work = new Workspace({
      'main.tf': 'output "a" { value = 1 }\n',
      'old.tf': 'output "old" { value = 1 }\n',
    });
    try {
      assert.match((await work.terraform('plan')).stdout, /\+ old = 1/);
      await work.close();
      const { rmSync } = await import('node:fs');
      rmSync(path.join(work.folder, 'old.tf'));
      work.write({ 'main.tf': 'output "a" { value = file("note.txt") }\n', 'note.txt': 'noted' });
      const plan = await work.terraform('plan');
      assert.match(plan.stdout, /\+ a = "noted"/);
      assert.doesNotMatch(plan.stdout, /old/);
    } finally {
      await work.dispose();
    }
  });

  it('uses modules that were downloaded before, and leaves their manifest alone', async () => {
    const work = new Workspace({
      'main.tf':
        'module "net" {\n  source = "example/net/aws"\n  version = "1.2.3"\n}\noutput "id" { value = module.net.id }\n',
      '.terraform/modules/net/main.tf':
        'resource "aws_vpc" "this" {\n  cidr_block = "10.0.0.0/16"\n  provisioner "local-exec" { command = "touch ran" }\n}\nmodule "in" { source = "./inner" }\noutput "id" { value = aws_vpc.this.id }\n',
      '.terraform/modules/net/inner/main.tf': 'output "x" { value = 1 }\n',
      '.terraform/modules/modules.json': JSON.stringify({
        Modules: [
          { Key: '', Source: '', Dir: '.' },
          {
            Key: 'net',
            Source: 'registry.terraform.io/example/net/aws',
            Version: '1.2.3',
            Dir: '.terraform/modules/net',
          },
          { Key: 'net.in', Source: './inner', Dir: '.terraform/modules/net/inner' },
        ],
      }),
    });
    const before = snapshot(work.folder);
    try {
      const apply = await work.terraform('apply', '-auto-approve');
      assert.equal(apply.code, 0, apply.stderr);
      assert.match(apply.stdout, /id = "vpc-[0-9a-f]{17}"/);
      assert.deepEqual(snapshot(work.folder), before);
    } finally {
      await work.dispose();
    }
  });

  it('says why it cannot help', async () => {
    const cases: readonly [Record<string, string>, RegExp][] = [
      [{ 'notes.txt': '' }, /holds no Terraform configuration/],
      [
        { 'main.tf': 'module "x" { source = "example/x/aws" }\n' },
        /module\.x .*main\.tf.* downloads nothing: "example\/x\/aws".*terraform get.*--stub-modules/,
      ],
      [{ 'main.tf': 'module "x" { source = "./nowhere" }\n' }, /module\.x .*"\.\/nowhere" is no folder/],
      [{ 'main.tf': 'module "x" { source = var.s }\n' }, /module\.x .* no source as a plain text/],
      [
        { 'main.tf': '', '.terraform/modules/modules.json': '{"Modules": [' },
        /modules\.json cannot be read .*terraform get/,
      ],
    ];
    for (const [files, message] of cases) {
      const work = new Workspace(files);
      try {
        await assert.rejects(
          work.open(),
          (error: unknown) => error instanceof SandboxError && message.test(error.message),
        );
      } finally {
        await work.dispose();
      }
    }
  });
});

describeWithTerraform('what the sandbox can simulate', () => {
  it('imports, moves and keeps write-only values out of the state', async () => {
    const work = new Workspace({
      'main.tf': `
ephemeral "random_password" "root" { length = 12 }
resource "aws_secretsmanager_secret" "s" { name = "s" }
resource "aws_secretsmanager_secret_version" "s" {
  secret_id                = aws_secretsmanager_secret.s.id
  secret_string_wo         = ephemeral.random_password.root.result
  secret_string_wo_version = 1
}
import {
  to = aws_s3_bucket.found
  id = "found-bucket"
}
resource "aws_s3_bucket" "found" { bucket = "found-bucket" }
resource "random_id" "a" { byte_length = 4 }
`,
    });
    try {
      const apply = await work.terraform('apply', '-auto-approve');
      assert.equal(apply.code, 0, apply.stderr);
      assert.match(apply.stdout, /1 imported/);
      assert.equal((await work.terraform('plan', '-detailed-exitcode')).code, 0);
      const state = await work.terraform('state', 'pull');
      assert.match(state.stdout, /"secret_string_wo": null/);
      const main = readFileSync(path.join(work.folder, 'main.tf'), 'utf8');
      const moved = 'moved {\n  from = random_id.a\n  to   = random_id.b\n}\n';
      work.write({
        'main.tf': main.replace('"random_id" "a"', '"random_id" "b"').replace(/import \{[^}]*\}/, moved),
      });
      await work.close();
      const plan = await work.terraform('plan');
      assert.match(plan.stdout, /random_id\.a has moved to random_id\.b/);
      assert.match(plan.stdout, /Plan: 0 to add, 0 to change, 0 to destroy/);
    } finally {
      await work.dispose();
    }
  });

  it('plans and applies around a provider it knows nothing about', async () => {
    const work = new Workspace({
      'main.tf': `
terraform {
  required_providers {
    acme = { source = "acme/acme" }
  }
}
provider "acme" {
  endpoint = "https://acme.invalid"
}
data "acme_zone" "z" { name = "z" }
resource "acme_server" "s" {
  zone  = data.acme_zone.z.id
  size  = 3
  tags  = { a = "b" }
  disk {
    gib = 10
  }
  dynamic "port" {
    for_each = [80, 443]
    content { number = port.value }
  }
}
output "address" { value = acme_server.s.address }
`,
    });
    try {
      const session = await work.open();
      assert.deepEqual(session.providers, [
        { source: 'registry.terraform.io/acme/acme', version: '', inferred: true },
      ]);
      assert.equal((await work.terraform('init')).code, 0);
      const apply = await work.terraform('apply', '-auto-approve');
      assert.equal(apply.code, 0, apply.stderr);
      const plan = await work.terraform('plan', '-detailed-exitcode');
      assert.equal(plan.code, 0, plan.stdout + plan.stderr);
    } finally {
      await work.dispose();
    }
  });

  it('leaves mistakes to terraform, which shows where they are', async () => {
    const work = new Workspace({
      'main.tf': 'resource "aws_s3_bucket" "b" {\n  buckit = "x"\n}\nresource "aws_nothing" "n" {}\n',
    });
    try {
      const plan = await work.terraform('validate');
      assert.equal(plan.code, 1);
      assert.match(
        plan.stderr,
        /on main\.tf line 2, in resource "aws_s3_bucket" "b":[^]*Did you mean "bucket"\?/,
      );
      assert.match(plan.stderr, /does not support resource type "aws_nothing"/);
    } finally {
      await work.dispose();
    }
  });

  it('outlives its parent for a running terraform, and no longer', async () => {
    const work = new Workspace({ 'main.tf': 'resource "random_id" "a" { byte_length = 4 }\n' });
    try {
      const session = await work.open();
      const reattach = JSON.parse(session.env.TF_REATTACH_PROVIDERS ?? '{}') as Record<
        string,
        { Pid: number; Addr: { String: string } }
      >;
      const [provider] = Object.values(reattach);
      assert.ok(provider !== undefined);
      session.holdFor(process.pid);
      await session.dispose();
      assert.equal((await work.terraform('init')).code, 0);
      assert.equal((await work.terraform('apply', '-auto-approve')).code, 0, 'held providers go on working');
      process.kill(provider.Pid, 'SIGTERM');
      for (let round = 0; existsSync(provider.Addr.String) && round < 100; round++) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      assert.equal(existsSync(path.dirname(provider.Addr.String)), false, 'its sockets are gone');
      const dead = await work.terraform('plan');
      assert.equal(dead.code, 1);
    } finally {
      await work.dispose();
    }
  });
});

describeWithTerraform('terraform accepts every bundled provider', () => {
  const schemas = openBundledSchemas(providerDataFolder());

  it('and gives back the schema it was given', async () => {
    const names = schemas.sources().map((source) => source.replace('registry.terraform.io/', ''));
    const requirements = names.map((name) => `    ${name.split('/')[1] ?? ''} = { source = "${name}" }\n`);
    const work = new Workspace({
      'main.tf': `terraform {\n  required_providers {\n${requirements.join('')}  }\n}\n`,
    });
    try {
      await work.open({ wholeProviders: true });
      assert.equal((await work.terraform('init')).code, 0);
      const printed = await work.terraform('providers', 'schema', '-json');
      assert.equal(printed.code, 0, printed.stderr);
      const { provider_schemas: all } = JSON.parse(printed.stdout) as {
        provider_schemas: Record<string, Printed>;
      };
      for (const source of schemas.sources()) {
        const schema = schemas.provider(source);
        assert.ok(schema !== undefined, source);
        compareProvider(schema, all[source] ?? {});
      }
    } finally {
      await work.dispose();
    }
  }).timeout(60_000);
});

interface PrintedBlock {
  readonly attributes?: Readonly<Record<string, Record<string, unknown>>>;
  readonly block_types?: Readonly<
    Record<string, { nesting_mode: string; min_items?: number; max_items?: number; block: PrintedBlock }>
  >;
}
type Printed = Partial<
  Record<
    'resource_schemas' | 'data_source_schemas' | 'ephemeral_resource_schemas',
    Record<string, { block: PrintedBlock }>
  >
>;

function compareProvider(schema: ProviderSchema, printed: Printed): void {
  const kinds = [
    ['resource', printed.resource_schemas],
    ['data', printed.data_source_schemas],
    ['ephemeral', printed.ephemeral_resource_schemas],
  ] as const;
  for (const [kind, types] of kinds) {
    assert.deepEqual(Object.keys(types ?? {}).sort(), [...schema.names(kind)].sort());
    for (const [name, type] of Object.entries(types ?? {})) {
      const block = schema.block(kind, name);
      assert.ok(block !== undefined);
      compareBlock(name, block, type.block);
    }
  }
}

function compareBlock(where: string, block: BlockSchema, printed: PrintedBlock): void {
  assert.deepEqual(Object.keys(printed.attributes ?? {}).sort(), Object.keys(block.attributes).sort(), where);
  for (const [name, attribute] of Object.entries(block.attributes)) {
    assert.deepEqual(flagsOf(printed.attributes?.[name] ?? {}), expectedFlags(attribute), `${where}.${name}`);
  }
  assert.deepEqual(Object.keys(printed.block_types ?? {}).sort(), Object.keys(block.blocks).sort(), where);
  for (const [name, nested] of Object.entries(block.blocks)) {
    const found = printed.block_types?.[name];
    assert.ok(found !== undefined);
    assert.deepEqual(
      [found.nesting_mode, found.min_items ?? 0, found.max_items ?? 0],
      [nested.nesting, nested.minItems, nested.maxItems],
    );
    compareBlock(`${where}.${name}`, nested.block, found.block);
  }
}

function flagsOf(printed: Record<string, unknown>): Record<string, unknown> {
  const { type, required, optional, computed, sensitive, deprecated, write_only: writeOnly } = printed;
  return { type, required, optional, computed, sensitive, deprecated, writeOnly };
}

function expectedFlags(attribute: AttributeSchema): Record<string, unknown> {
  const { type, required, optional, computed, sensitive, deprecated, writeOnly } = attribute;
  return { type, required, optional, computed, sensitive, deprecated, writeOnly };
}
