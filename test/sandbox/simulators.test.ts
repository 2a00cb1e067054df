import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { Fingerprint } from '../../server/sandbox/identifiers';
import { allTags, awsSimulator } from '../../server/sandbox/simulators/aws';
import { randomSimulators } from '../../server/sandbox/simulators/random';
import { smallSimulators } from '../../server/sandbox/simulators/small';
import { UNKNOWN } from '../../server/sandbox/values';
import type { Value, ValueRecord } from '../../server/sandbox/values';

const west = { region: 'us-west-2' };
const aws = (type: string, object: ValueRecord, kind: 'resource' | 'data' = 'resource'): ValueRecord =>
  awsSimulator({ kind, type, object, provider: west, fingerprint: new Fingerprint(type) });
const random = (type: string, object: ValueRecord, seed = 'a'): ValueRecord =>
  randomSimulators[type]?.({
    kind: 'resource',
    type,
    object,
    provider: {},
    fingerprint: new Fingerprint(seed),
  }) ?? {};

describe('simulated AWS', () => {
  it('gives identifiers, names and addresses their real form', () => {
    const instance = aws('aws_instance', { id: UNKNOWN, arn: UNKNOWN });
    assert.match(asText(instance.id), /^i-[0-9a-f]{17}$/);
    assert.equal(instance.arn, `arn:aws:ec2:us-west-2:123456789012:instance/${asText(instance.id)}`);
    assert.match(asText(instance.public_ip), /^203\.0\.113\.\d+$/);
    const bucket = aws('aws_s3_bucket', { bucket: 'data' });
    assert.deepEqual(
      [bucket.id, bucket.arn, bucket.bucket_regional_domain_name],
      ['data', 'arn:aws:s3:::data', 'data.s3.us-west-2.amazonaws.com'],
    );
    const repository = aws('aws_ecr_repository', { name: 'model' });
    assert.equal(repository.repository_url, '123456789012.dkr.ecr.us-west-2.amazonaws.com/model');
    const cluster = aws('aws_ecs_cluster', { name: 'main' });
    assert.equal(cluster.id, cluster.arn);
    const service = aws('aws_ecs_service', { name: 's', cluster: cluster.arn ?? null });
    assert.equal(service.arn, 'arn:aws:ecs:us-west-2:123456789012:service/main/s');
    assert.equal(aws('aws_iam_role', { name: 'r' }).arn, 'arn:aws:iam::123456789012:role/r');
    assert.equal(
      aws('aws_ecs_task_definition', { family: 'f' }).arn,
      'arn:aws:ecs:us-west-2:123456789012:task-definition/f:1',
    );
    assert.match(
      asText(aws('aws_s3_bucket', { bucket: UNKNOWN, bucket_prefix: 'logs-' }).bucket),
      /^logs-[0-9a-f]{26}$/,
    );
  });

  it('puts default tags under own ones, and waits for tags that are not known', () => {
    const provider = { default_tags: [{ tags: { a: '1', b: '2' } }] };
    assert.deepEqual(allTags({ tags: { b: '3' } }, provider), { a: '1', b: '3' });
    assert.deepEqual(allTags({ tags: null }, {}), {});
    assert.equal(allTags({ tags: { b: UNKNOWN } }, provider), UNKNOWN);
    assert.equal(allTags({ tags: UNKNOWN }, provider), UNKNOWN);
  });

  it('answers the usual data sources', () => {
    const zones = aws('aws_availability_zones', {}, 'data');
    assert.deepEqual(zones.names, ['us-west-2a', 'us-west-2b', 'us-west-2c']);
    assert.deepEqual(zones.zone_ids, ['usw2-az1', 'usw2-az2', 'usw2-az3']);
    assert.equal(aws('aws_caller_identity', {}, 'data').account_id, '123456789012');
    assert.equal(aws('aws_region', {}, 'data').name, 'us-west-2');
    assert.match(asText(aws('aws_ami', {}, 'data').id), /^ami-[0-9a-f]{17}$/);
  });

  it('makes policy documents from their statements', () => {
    const json = aws(
      'aws_iam_policy_document',
      {
        source_policy_documents: [JSON.stringify({ Statement: { Sid: 'Old', Effect: 'Deny', Action: 'x' } })],
        statement: [
          {
            sid: 'Old',
            actions: ['s3:GetObject', 's3:PutObject'],
            resources: ['arn:aws:s3:::data/*'],
            condition: [{ test: 'StringEquals', variable: 'aws:SourceAccount', values: ['1'] }],
          },
          {
            effect: 'Allow',
            actions: ['sts:AssumeRole'],
            principals: [{ type: 'Service', identifiers: ['ec2.amazonaws.com'] }],
          },
          { not_actions: ['iam:*'], principals: [{ type: '*', identifiers: ['*'] }] },
        ],
      },
      'data',
    ).json;
    assert.deepEqual(JSON.parse(asText(json)), {
      Version: '2012-10-17',
      Statement: [
        {
          Sid: 'Old',
          Effect: 'Allow',
          Action: ['s3:GetObject', 's3:PutObject'],
          Resource: 'arn:aws:s3:::data/*',
          Condition: { StringEquals: { 'aws:SourceAccount': '1' } },
        },
        { Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'ec2.amazonaws.com' } },
        { Effect: 'Allow', NotAction: 'iam:*', Principal: '*' },
      ],
    });
  });
});

describe('simulated hashicorp/random', () => {
  it('draws the same for the same configuration and other values for another', () => {
    assert.deepEqual(random('random_password', { length: 24 }), random('random_password', { length: 24 }));
    assert.notEqual(random('random_uuid', {}, 'a').result, random('random_uuid', {}, 'b').result);
  });

  it('respects length, ranges and classes', () => {
    for (let seed = 0; seed < 50; seed++) {
      const result = asText(
        random('random_string', { length: 12, special: false, upper: false, min_numeric: 4 }, `s${seed}`)
          .result,
      );
      assert.match(result, /^[a-z0-9]{12}$/);
      assert.ok((result.match(/\d/g) ?? []).length >= 4);
      const number = Number(random('random_integer', { min: 5, max: 7 }, `i${seed}`).result);
      assert.ok(number >= 5 && number <= 7);
    }
    assert.match(
      asText(random('random_pet', { length: 3, separator: '_', prefix: 'x' }).id),
      /^x_[a-z]+_[a-z]+_[a-z]+$/,
    );
    const id = random('random_id', { byte_length: 4, prefix: 'p-' });
    assert.match(asText(id.hex), /^p-[0-9a-f]{8}$/);
    assert.equal(`p-${Number.parseInt(asText(id.hex).slice(2), 16)}`, id.dec);
    const shuffled = random('random_shuffle', { input: ['a', 'b', 'c'], result_count: 2 }).result;
    assert.ok(Array.isArray(shuffled) && shuffled.length === 2 && new Set(shuffled).size === 2);
  });
});

function asText(value: Value | undefined): string {
  assert.equal(typeof value, 'string');
  return value as string;
}

describe('simulated hashicorp/template', () => {
  const rendered = (template: string, vars: ValueRecord = {}): ValueRecord =>
    smallSimulators.template_file?.({
      kind: 'data',
      type: 'template_file',
      object: { template, vars },
      provider: {},
      fingerprint: new Fingerprint('t'),
    }) ?? {};

  it('renders as Terraform does: expressions, directives, escapes', () => {
    assert.equal(
      rendered('${upper(name)} %{ for x in split(",", list) ~}<${x}>%{ endfor ~} $${kept}', {
        name: 'gpu',
        list: 'a,b',
      }).rendered,
      'GPU <a><b>${kept}',
    );
    assert.equal(rendered('plain').id, createHash('sha256').update('plain').digest('hex'));
  });

  it('says what is wrong with a template', () => {
    assert.throws(() => rendered('${gone}'), /cannot be rendered: .*gone/);
    assert.throws(() => rendered('${upper(}'), /cannot be rendered/);
  });
});
