import type { BlockSchema, KnownValue, ProviderSchema, SchemaLookup } from '../../server/providers/schema';

const bucket: BlockSchema = {
  description: 'A bucket for objects.',
  attributes: {
    bucket: { type: 'string', optional: true, computed: true, description: 'Name of the bucket.' },
    tags: { type: ['map', 'string'], optional: true, description: 'Labels of the bucket.' },
    arn: { type: 'string', computed: true, description: 'Address of the bucket.' },
    id: { type: 'string', computed: true, optional: true },
  },
  blocks: {
    versioning: {
      nesting: 'list',
      minItems: 0,
      maxItems: 1,
      block: { attributes: { enabled: { type: 'bool', optional: true } }, blocks: {} },
    },
  },
};

const instance: BlockSchema = {
  description: 'A virtual machine.',
  attributes: {
    ami: { type: 'string', required: true, description: 'Image of the machine.' },
    instance_type: { type: 'string', optional: true, description: 'Size of the machine.' },
    user_data: { type: 'string', optional: true, deprecated: true },
    public_ip: { type: 'string', computed: true },
    id: { type: 'string', computed: true, optional: true },
    network: {
      optional: true,
      nested: {
        nesting: 'single',
        attributes: { subnet: { type: 'string', required: true }, zone: { type: 'string', optional: true } },
      },
    },
    rules: {
      type: ['list', ['object', { port: 'number', open: 'bool' }]],
      optional: true,
      description: 'Written as blocks or as a list.',
    },
  },
  blocks: {
    disk: {
      nesting: 'list',
      minItems: 0,
      maxItems: 0,
      block: {
        description: 'A disk.',
        attributes: { size: { type: 'number', required: true }, kind: { type: 'string', optional: true } },
        blocks: {},
      },
    },
  },
};

const provider: BlockSchema = {
  attributes: { region: { type: 'string', required: true, description: 'Where things are.' } },
  blocks: {
    default_tags: {
      nesting: 'list',
      minItems: 0,
      maxItems: 1,
      block: { attributes: { tags: { type: ['map', 'string'], optional: true } }, blocks: {} },
    },
  },
};

const types: Readonly<Record<string, Readonly<Record<string, BlockSchema>>>> = {
  resource: { aws_bucket: bucket, aws_instance: instance },
  data: {
    aws_image: {
      attributes: { name: { type: 'string', required: true }, id: { type: 'string', computed: true } },
      blocks: {},
    },
  },
  ephemeral: { aws_token: { attributes: { value: { type: 'string', computed: true } }, blocks: {} } },
};

const aws: ProviderSchema = {
  provenance: { source: 'registry.terraform.io/hashicorp/aws', version: '6.66.0', origin: 'bundled' },
  names: (kind) => Object.keys(types[kind] ?? {}).sort(),
  block: (kind, name) => (kind === 'provider' ? provider : types[kind]?.[name]),
  functions: () => [
    {
      name: 'arn_parse',
      description: 'Takes an ARN apart.',
      parameters: [{ name: 'arn', type: 'string', description: 'The ARN.' }],
      returns: ['object', { account_id: 'string' }],
    },
  ],
};

const knownValues: Readonly<Record<string, readonly KnownValue[]>> = {
  'provider  region': [{ value: 'eu-central-1', detail: 'Europe (Frankfurt)' }, { value: 'us-east-1' }],
  'resource aws_instance instance_type': [
    { value: 't3.micro', detail: '2 vCPU · 1 GiB' },
    { value: 'p5.48xlarge', detail: '8 × H100', documentation: 'For **training**.' },
    { value: 't1.micro', deprecated: true },
  ],
  'resource aws_instance disk kind': [{ value: 'gp3' }, { value: 'io2' }],
};

/** One small provider in the place of the bundled ones. */
export const fakeSchemas: SchemaLookup = {
  provider: (source) => (source.endsWith('hashicorp/aws') || source === 'aws' ? aws : undefined),
  sources: () => ['registry.terraform.io/hashicorp/aws'],
  knownValues: (source, kind, type, path) =>
    source.endsWith('hashicorp/aws') || source === 'aws'
      ? (knownValues[[kind, kind === 'provider' ? '' : type, ...path].join(' ')] ?? [])
      : [],
};
