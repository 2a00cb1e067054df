import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import type { AttributeSchema, BlockSchema } from '../../server/providers/schema';

const data = providerDataFolder();
const lookup = openBundledSchemas(data);

describe('bundled schemas', () => {
  it('know AWS and the small official providers by any form of their address', () => {
    for (const name of [
      'aws',
      'azurerm',
      'azuread',
      'google',
      'google-beta',
      'kubernetes',
      'helm',
      'random',
      'null',
      'local',
      'tls',
      'archive',
      'time',
      'http',
      'external',
      'cloudinit',
    ]) {
      assert.equal(lookup.provider(name)?.provenance.source, `registry.terraform.io/hashicorp/${name}`);
    }
    for (const source of [
      'hashicorp/aws',
      'registry.opentofu.org/hashicorp/aws',
      'Registry.Terraform.io/HashiCorp/aws',
    ]) {
      assert.equal(lookup.provider(source)?.provenance.origin, 'bundled', source);
    }
    for (const source of ['kreuzwerker/docker', 'cloudflare/cloudflare', 'integrations/github'])
      assert.equal(lookup.provider(source)?.provenance.source, `registry.terraform.io/${source}`);
    assert.equal(lookup.provider('terraform')?.provenance.source, 'terraform.io/builtin/terraform');
    for (const source of ['acme/aws', 'example.com/hashicorp/aws', '', 'a/b/c/d']) {
      assert.equal(lookup.provider(source), undefined, source);
    }
  });

  it('hold the exact shape of an instance', () => {
    const block = lookup.provider('aws')?.block('resource', 'aws_instance');
    assert.ok(block !== undefined);
    const { description, ...type } = block.attributes.instance_type ?? {};
    assert.deepEqual(type, { type: 'string', optional: true, computed: true });
    assert.match(description ?? '', /^Instance type to use .*unless `launch_template` is specified/);
    assert.equal(block.attributes.arn?.computed, true);
    assert.deepEqual(block.attributes.vpc_security_group_ids?.type, ['set', 'string']);
    assert.deepEqual(
      [block.blocks.root_block_device?.nesting, block.blocks.root_block_device?.maxItems],
      ['list', 1],
    );
    assert.match(block.attributes.region?.description ?? '', /^Region where this resource will be/);
    assert.match(block.description ?? '', /EC2 instance/);
  });

  it('hold the functions of providers, with the types of their results', () => {
    const parse = lookup
      .provider('aws')
      ?.functions()
      .find(({ name }) => name === 'arn_parse');
    assert.deepEqual(parse?.parameters, [
      { name: 'arn', type: 'string', description: 'ARN (Amazon Resource Name) to parse' },
    ]);
    assert.deepEqual(typeof parse.returns === 'string' ? [] : Object.keys(parse.returns[1]), [
      'account_id',
      'partition',
      'region',
      'resource',
      'service',
    ]);
    assert.deepEqual(
      lookup
        .provider('terraform')
        ?.functions()
        .map(({ name }) => name),
      ['decode_tfvars', 'encode_expr', 'encode_tfvars'],
    );
    assert.deepEqual(lookup.provider('null')?.functions(), []);
  });

  it('describe most of AWS in the words of Terraform', () => {
    const aws = lookup.provider('aws');
    let described = 0;
    let all = 0;
    for (const name of aws?.names('resource') ?? []) {
      for (const attribute of Object.values(aws?.block('resource', name)?.attributes ?? {})) {
        all += 1;
        if (attribute.description !== undefined) described += 1;
      }
    }
    assert.ok(described / all > 0.75, `${described} of ${all}`);
    const service = aws?.block('resource', 'aws_ecs_service');
    const { container_port: port } = service?.blocks.load_balancer?.block.attributes ?? {};
    assert.equal(port?.description, 'Port on the container to associate with the load balancer.');
    const machine = lookup.provider('azurerm')?.block('resource', 'azurerm_linux_virtual_machine');
    assert.match(machine?.attributes.size?.description ?? '', /Virtual Machine/);
  });

  it('tell attributes of objects from blocks', () => {
    const group = lookup.provider('aws')?.block('resource', 'aws_security_group');
    assert.match(
      JSON.stringify(group?.attributes.ingress?.type),
      /^\["set",\["object",\{"cidr_blocks":\["list","string"\]/,
    );
    assert.equal(group?.blocks.timeouts?.nesting, 'single');
  });

  it('mark what is sensitive, deprecated, write-only or unknown', () => {
    const aws = lookup.provider('aws');
    const resource = (name: string): BlockSchema | undefined => aws?.block('resource', name);
    assert.equal(resource('aws_db_instance')?.attributes.password?.sensitive, true);
    assert.equal(resource('aws_db_instance')?.attributes.password_wo?.writeOnly, true);
    assert.equal(resource('aws_s3_bucket')?.attributes.acl?.deprecated, true);
    assert.equal(resource('aws_s3_bucket')?.blocks.versioning?.block.deprecated, true);
    assert.equal(resource('aws_quicksight_template')?.blocks.definition?.block.open, true);
    assert.equal(resource('aws_wafv2_web_acl')?.blocks.rule?.block.blocks.statement?.maxItems, 1);
    assert.equal(
      aws?.block('data', 'aws_secretsmanager_secret_version')?.attributes.secret_string?.sensitive,
      true,
    );
  });

  it('parse in every entry, and are as many as the manifest says', () => {
    interface Counted {
      readonly source: string;
      readonly resources: number;
      readonly data: number;
      readonly ephemeral: number;
      readonly functions: number;
      readonly attributes: number;
      readonly blocks: number;
    }
    const { providers } = JSON.parse(readFileSync(path.join(data, 'manifest.json'), 'utf8')) as {
      providers: Counted[];
    };
    for (const expected of providers) {
      const schema = lookup.provider(expected.source);
      assert.ok(schema !== undefined, expected.source);
      const kinds = ['resource', 'data', 'ephemeral'] as const;
      assert.deepEqual(
        kinds.map((kind) => schema.names(kind).length),
        [expected.resources, expected.data, expected.ephemeral],
      );
      assert.equal(schema.functions().length, expected.functions);
      const blocks = kinds.flatMap((kind) => schema.names(kind).map((name) => schema.block(kind, name)));
      const total = [schema.block('provider', ''), ...blocks].map(countBlock);
      assert.equal(sum(total.map((each) => each.attributes)), expected.attributes);
      assert.equal(sum(total.map((each) => each.blocks)), expected.blocks);
    }
  });

  it('list names in order and answer nothing for a name they do not have', () => {
    const aws = lookup.provider('aws');
    const names = aws?.names('resource') ?? [];
    assert.deepEqual(names, [...names].sort());
    assert.equal(aws?.block('resource', 'aws_caller_identity'), undefined);
    assert.ok(aws?.block('data', 'aws_caller_identity') !== undefined);
    assert.equal(aws.block('resource', '__proto__'), undefined);
  });
});

describe('damaged schema files', () => {
  let folder: string;
  let problems: string[];
  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-schemas-'));
    cpSync(data, folder, { recursive: true });
    problems = [];
  });
  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });
  const open = (): ReturnType<typeof openBundledSchemas> =>
    openBundledSchemas(folder, { onProblem: (message) => problems.push(message) });

  const flip = (file: string, at: number): void => {
    const bytes = readFileSync(file);
    bytes[at] = (bytes[at] ?? 0) ^ 0xff;
    writeFileSync(file, bytes);
  };

  it('are named once and ignored; the others go on working', () => {
    flip(path.join(folder, 'hashicorp-aws.tfs'), 1000);
    const damaged = open();
    assert.equal(damaged.provider('aws'), undefined);
    assert.equal(damaged.provider('hashicorp/aws'), undefined);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /hashicorp\/aws.*hashicorp-aws\.tfs.*Reinstall/);
    assert.ok(damaged.provider('random')?.block('resource', 'random_id') !== undefined);
  });

  it('go on working where they are sound', () => {
    const file = path.join(folder, 'hashicorp-aws.tfs');
    const first = readFileSync(file).readUInt32LE(4);
    flip(file, first + 20);
    const aws = open().provider('aws');
    assert.equal(aws?.block('provider', ''), undefined);
    assert.equal(aws?.block('resource', 'aws_accessanalyzer_analyzer'), undefined);
    assert.ok((aws?.names('resource').length ?? 0) > 1000);
    const instance = aws?.block('resource', 'aws_instance');
    assert.match(instance?.attributes.ami?.description ?? '', /AMI/);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? '', /hashicorp-aws\.tfs.*not those that were written/);
  });

  it('go on working without the descriptions that cannot be read', () => {
    const file = path.join(folder, 'hashicorp-aws.tfs');
    flip(file, readFileSync(file).length - 20);
    const aws = open().provider('aws');
    const texts = (aws?.names('resource') ?? []).flatMap((name) =>
      Object.values(aws?.block('resource', name)?.attributes ?? {}).map(({ description }) => description),
    );
    assert.ok(texts.includes('') && texts.some((text) => (text ?? '').length > 20));
    assert.equal(problems.length, 1);
  });

  it('may be missing or empty', () => {
    rmSync(path.join(folder, 'hashicorp-null.tfs'));
    writeFileSync(path.join(folder, 'hashicorp-tls.tfs'), '');
    const damaged = open();
    assert.equal(damaged.provider('null'), undefined);
    assert.equal(damaged.provider('tls'), undefined);
    assert.equal(problems.length, 2);
  });

  it('may be the manifest', () => {
    writeFileSync(path.join(folder, 'manifest.json'), '{');
    const damaged = open();
    assert.deepEqual(damaged.sources(), []);
    assert.equal(damaged.provider('aws'), undefined);
    assert.equal(problems.length, 1);
  });
});

function countBlock(block: BlockSchema | undefined): { attributes: number; blocks: number } {
  if (block === undefined) return { attributes: 0, blocks: 0 };
  const nested = Object.values(block.blocks).map((each) => countBlock(each.block));
  return {
    attributes: countAttributes(block.attributes) + sum(nested.map((each) => each.attributes)),
    blocks: nested.length + sum(nested.map((each) => each.blocks)),
  };
}

function countAttributes(group: Readonly<Record<string, AttributeSchema>>): number {
  return sum(
    Object.values(group).map(
      ({ nested }) => 1 + (nested === undefined ? 0 : countAttributes(nested.attributes)),
    ),
  );
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0);
}
