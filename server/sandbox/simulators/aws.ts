import { UNKNOWN, isRecord } from '../values';
import type { Value, ValueRecord } from '../values';
import { arnForms, arnServices, idAttributes, idPrefixes } from './awsNames';
import { policyDocument } from './policyDocument';
import { simulatedTime, textOf } from './simulator';
import type { Simulation, Simulator } from './simulator';

/** The account number that AWS itself uses in its documentation. */
export const account = '123456789012';
const partition = 'aws';

/** The region an object lives in: its own, the provider's, or the one AWS documents as its default. */
export function regionOf({ object, provider }: Pick<Simulation, 'object' | 'provider'>): string {
  return textOf(object, 'region') ?? textOf(provider, 'region') ?? 'us-east-1';
}

/** All tags of an object: the provider's default tags under its own. Unknown when one of them is. */
export function allTags(object: ValueRecord, provider: ValueRecord): Value {
  const block = Array.isArray(provider.default_tags)
    ? (provider.default_tags as readonly Value[])[0]
    : undefined;
  const defaults = isRecord(block) ? (block.tags ?? null) : null;
  const own = object.tags ?? null;
  if (own === UNKNOWN || defaults === UNKNOWN) return UNKNOWN;
  const merged = { ...(isRecord(defaults) ? defaults : {}), ...(isRecord(own) ? own : {}) };
  return Object.values(merged).includes(UNKNOWN) ? UNKNOWN : merged;
}

/** What every object of AWS has, then what is special about its type. */
export const awsSimulator: Simulator = (simulation) => {
  const named = { ...known(simulation.object), ...names(simulation) };
  const region = regionOf(simulation);
  const base: ValueRecord = {
    ...named,
    region,
    owner_id: account,
    account_id: account,
    registry_id: account,
    partition,
    tags_all: allTags(simulation.object, simulation.provider),
  };
  const withId = { ...base, id: textOf(base, 'id') ?? identifier(simulation, base) };
  const withArn = { ...withId, arn: textOf(base, 'arn') ?? arnOf(simulation, withId) };
  // Some identifiers are ARNs, and some ARNs contain identifiers.
  const complete = { ...withArn, id: textOf(base, 'id') ?? identifier(simulation, withArn) };
  const special = (simulation.kind === 'data' ? dataSources : resources)[simulation.type];
  return { ...complete, ...special?.({ ...simulation, object: complete }) };
};

const resources: Readonly<Record<string, Simulator>> = {
  aws_cloudwatch_log_group: () => ({ log_group_class: 'STANDARD', retention_in_days: 0 }),
  aws_ecr_repository: (simulation) => ({ repository_url: repositoryUrl(simulation) }),
  aws_ecs_task_definition: ({ object }) => ({
    revision: 1,
    arn_without_revision: (textOf(object, 'arn') ?? '').replace(/:\d+$/, ''),
    network_mode: 'bridge',
  }),
  aws_ecs_service: ({ object }) => ({
    launch_type: 'EC2',
    scheduling_strategy: 'REPLICA',
    availability_zone_rebalancing: 'DISABLED',
    iam_role: 'aws-service-role',
    platform_version: textOf(object, 'launch_type') === 'FARGATE' ? 'LATEST' : '',
    cluster: 'default',
  }),
  aws_eip: ({ fingerprint }) => ({ public_ip: publicAddress(fingerprint.number(254)), domain: 'vpc' }),
  aws_iam_role: ({ fingerprint }) => ({
    unique_id: `AROA${fingerprint.hex(17).toUpperCase()}`,
    create_date: simulatedTime,
    max_session_duration: 3600,
  }),
  aws_iam_role_policy_attachment: ({ object }) => ({
    id: `${textOf(object, 'role') ?? ''}/${textOf(object, 'policy_arn') ?? ''}`,
  }),
  aws_instance: (simulation) => instance(simulation),
  aws_s3_bucket: (simulation) => bucket(simulation),
  aws_s3_object: ({ object, fingerprint }) => ({
    id: `${textOf(object, 'bucket') ?? ''}/${textOf(object, 'key') ?? ''}`,
    etag: fingerprint.hex(32),
    storage_class: 'STANDARD',
    content_type: 'application/octet-stream',
    server_side_encryption: 'AES256',
    version_id: fingerprint.hex(32),
  }),
  aws_sqs_queue: (simulation) => ({
    url: `https://sqs.${regionOf(simulation)}.amazonaws.com/${account}/${textOf(simulation.object, 'name') ?? ''}`,
  }),
  aws_subnet: (simulation) => ({ availability_zone: `${regionOf(simulation)}a` }),
  aws_vpc: () => ({ instance_tenancy: 'default', enable_dns_support: true, dhcp_options_id: 'default' }),
};

const dataSources: Readonly<Record<string, Simulator>> = {
  aws_ami: ({ object, fingerprint }) => ({
    id: `ami-${fingerprint.hex(17)}`,
    image_id: `ami-${fingerprint.hex(17)}`,
    architecture: 'x86_64',
    creation_date: simulatedTime,
    name: textOf(object, 'name_regex') ?? 'simulated-image',
    state: 'available',
    root_device_name: '/dev/xvda',
    root_device_type: 'ebs',
    virtualization_type: 'hvm',
  }),
  aws_availability_zones: (simulation) => {
    const region = regionOf(simulation);
    const letters = ['a', 'b', 'c'];
    return {
      id: region,
      names: letters.map((letter) => region + letter),
      zone_ids: letters.map((_, index) => `${shortRegion(region)}-az${index + 1}`),
      group_names: [region],
    };
  },
  aws_caller_identity: () => ({
    id: account,
    account_id: account,
    arn: `arn:${partition}:iam::${account}:user/sandbox`,
    user_id: 'AIDASANDBOXSIMULATED',
  }),
  aws_ecr_repository: (simulation) => ({ repository_url: repositoryUrl(simulation) }),
  aws_iam_policy_document: policyDocument,
  aws_partition: () => ({
    id: partition,
    partition,
    dns_suffix: 'amazonaws.com',
    reverse_dns_prefix: 'com.amazonaws',
  }),
  aws_region: (simulation) => {
    const region = regionOf(simulation);
    return {
      id: region,
      name: region,
      region,
      endpoint: `ec2.${region}.amazonaws.com`,
      description: `Simulated region ${region}`,
    };
  },
  aws_s3_bucket: (simulation) => bucket(simulation),
  aws_ssm_parameter: ({ fingerprint }) => ({
    type: 'String',
    value: `ami-${fingerprint.hex(17)}`,
    version: 1,
  }),
};

/** Names that AWS makes when only a prefix, or nothing, is given. */
function names({ type, object, fingerprint }: Simulation): ValueRecord {
  const made: Record<string, Value> = {};
  for (const name of ['name', 'bucket', 'key_name', 'function_name', 'identifier', 'family']) {
    if (!(name in object) || textOf(object, name) !== undefined) continue;
    const prefix = textOf(object, `${name}_prefix`) ?? (type === 'aws_key_pair' ? 'key-' : 'terraform-');
    made[name] = prefix + fingerprint.hex(26);
  }
  return made;
}

function identifier({ type, object, fingerprint }: Simulation, known: ValueRecord): string {
  const attribute = idAttributes[type];
  const named = attribute === undefined ? undefined : textOf(known, attribute);
  if (named !== undefined) return named;
  const prefix = idPrefixes[type];
  if (prefix !== undefined) return `${prefix}-${fingerprint.hex(17)}`;
  if (type === 'aws_kms_key') return fingerprint.uuid();
  return textOf(object, 'id') ?? `${type.replace(/^aws_/, '').replaceAll('_', '-')}-${fingerprint.hex(12)}`;
}

function arnOf(simulation: Simulation, object: ValueRecord): string {
  const { type, fingerprint } = simulation;
  const region = regionOf({ object, provider: simulation.provider });
  if (type === 'aws_ecs_service') {
    const cluster = (textOf(object, 'cluster') ?? 'default').replace(/^.*cluster\//, '');
    return arn('ecs', 'full', region, `service/${cluster}/${textOf(object, 'name') ?? ''}`);
  }
  const form = arnForms[type];
  if (form !== undefined) {
    const [service, scope, template] = form;
    const resource = template.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
      name === 'digits' ? fingerprint.hex(16) : (textOf(object, name) ?? '').replace(/^\//, ''),
    );
    return arn(service, scope, region, resource);
  }
  const [first = '', ...rest] = type.replace(/^aws_/, '').split('_');
  const service = arnServices[first] ?? first;
  const noun = service === first && rest.length > 0 ? rest.join('-') : [first, ...rest].join('-');
  return arn(
    service,
    'full',
    region,
    `${noun}/${textOf(object, 'name') ?? textOf(object, 'id') ?? fingerprint.hex(12)}`,
  );
}

function arn(service: string, scope: 'full' | 'account' | 'none', region: string, resource: string): string {
  const place = scope === 'full' ? `${region}:${account}` : scope === 'account' ? `:${account}` : ':';
  return `arn:${partition}:${service}:${place}:${resource}`;
}

function instance(simulation: Simulation): ValueRecord {
  const region = regionOf(simulation);
  const { fingerprint, object } = simulation;
  const host = fingerprint.number(200) + 10;
  const publicIp = publicAddress(host);
  const privateIp = `10.0.${fingerprint.number(250, 'net')}.${host}`;
  const zone = textOf(object, 'availability_zone') ?? `${region}a`;
  return {
    availability_zone: zone,
    instance_state: 'running',
    private_ip: privateIp,
    private_dns: `ip-${privateIp.replaceAll('.', '-')}.${region}.compute.internal`,
    public_ip: publicIp,
    public_dns: `ec2-${publicIp.replaceAll('.', '-')}.${region}.compute.invalid`,
    primary_network_interface_id: `eni-${fingerprint.hex(17)}`,
    subnet_id: `subnet-${fingerprint.hex(17)}`,
    // A real instance has these only when it was asked for them.
    host_id: '',
    host_resource_group_arn: '',
    instance_lifecycle: '',
    outpost_arn: '',
    password_data: '',
    placement_group_id: '',
    spot_instance_request_id: '',
    tenancy: 'default',
    ebs_optimized: false,
    monitoring: false,
    source_dest_check: true,
    instance_initiated_shutdown_behavior: 'stop',
    key_name: '',
    iam_instance_profile: '',
    instance_type: 't3.micro',
    ami: `ami-${fingerprint.hex(17)}`,
  };
}

function bucket(simulation: Simulation): ValueRecord {
  const region = regionOf(simulation);
  const name = textOf(simulation.object, 'bucket') ?? '';
  return {
    bucket_region: region,
    bucket_domain_name: `${name}.s3.amazonaws.com`,
    bucket_regional_domain_name: `${name}.s3.${region}.amazonaws.com`,
    hosted_zone_id: 'Z3BJ6K6RIION7M',
    request_payer: 'BucketOwner',
    object_lock_enabled: false,
    bucket_namespace: 'global',
    bucket_prefix: '',
    acceleration_status: '',
    policy: '',
  };
}

function repositoryUrl(simulation: Simulation): string {
  return `${account}.dkr.ecr.${regionOf(simulation)}.amazonaws.com/${textOf(simulation.object, 'name') ?? ''}`;
}

/** From the range reserved for documentation, which nobody answers on. */
function publicAddress(host: number): string {
  return `203.0.113.${1 + (host % 254)}`;
}

/** `us-west-2` as it stands in zone identifiers: `usw2`. */
function shortRegion(region: string): string {
  const [area = '', direction = '', number = ''] = region.split('-');
  const short = direction.replace(/north|south|east|west|central/g, (word) => word.charAt(0));
  return area + short + number;
}

function known(object: ValueRecord): ValueRecord {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== null && value !== UNKNOWN),
  );
}
