import { isList, isRecord } from '../values';
import type { Value } from '../values';
import {
  allowing,
  elbAccounts,
  filterValues,
  group,
  ids,
  image,
  instanceType,
  listOf,
  parameterValue,
  zoneOf,
} from './awsAnswers';
import { account, arn, dnsSuffix, partitionOf } from './awsForms';
import { bucket, eksCluster, instance, repository } from './awsResources';
import { policyDocument } from './policyDocument';
import { numberOf, simulatedTime, textOf } from './simulator';
import type { RegionalSimulator } from './simulator';

/** What data sources (and ephemeral resources) answer, beside an id, an ARN and what the configuration asks for. */
export const awsDataSources: Readonly<Record<string, RegionalSimulator>> = {
  aws_acm_certificate: ({ fingerprint }, region) => {
    const made = arn(partitionOf(region), 'acm', 'full', region, `certificate/${fingerprint.uuid()}`);
    return { arn: made, id: made, status: 'ISSUED' };
  },
  aws_ami: ({ object, fingerprint }) => image(object, `ami-${fingerprint.hex(17)}`),
  aws_ami_ids: ({ fingerprint }) => ({ ids: ids('ami', fingerprint.hex(51), 3) }),
  aws_availability_zone: ({ object }, region) => {
    const zone = textOf(object, 'name') ?? `${region}a`;
    return { ...zoneOf(zone), id: zone, name: zone, state: 'available' };
  },
  aws_availability_zones: (_, region) => {
    const names = ['a', 'b', 'c'].map((letter) => region + letter);
    return {
      id: region,
      names,
      zone_ids: names.map((name) => zoneOf(name).zone_id),
      group_names: [region],
    };
  },
  aws_billing_service_account: () => ({ id: '386209384616', arn: 'arn:aws:iam::386209384616:root' }),
  aws_caller_identity: (_, region) => ({
    id: account,
    account_id: account,
    arn: `arn:${partitionOf(region)}:iam::${account}:user/sandbox`,
    user_id: 'AIDASANDBOXSIMULATED',
  }),
  aws_canonical_user_id: ({ fingerprint }) => ({ id: fingerprint.hex(64), display_name: 'sandbox' }),
  aws_cloudfront_log_delivery_canonical_user_id: ({ fingerprint }) => ({ id: fingerprint.hex(64) }),
  aws_db_instance: ({ object, fingerprint }, region) => ({
    address: `${textOf(object, 'db_instance_identifier') ?? 'db'}.${fingerprint.hex(12)}.${region}.rds.amazonaws.com`,
    port: 5432,
    engine: 'postgres',
  }),
  aws_default_tags: ({ provider }) => {
    const block: Value = isList(provider.default_tags) ? (provider.default_tags[0] ?? null) : null;
    return { tags: isRecord(block) ? (block.tags ?? {}) : {}, id: partitionOf('') };
  },
  aws_ec2_instance_type: ({ object }) => instanceType(textOf(object, 'instance_type') ?? ''),
  aws_ec2_instance_type_offering: ({ object }) => ({
    instance_type: listOf(object.preferred_instance_types)[0] ?? 'g5.xlarge',
  }),
  aws_ec2_instance_type_offerings: ({ object }, region) => {
    const types = filterValues(object, 'instance-type');
    const named = types.length > 0 ? types : ['g5.xlarge', 'p3.2xlarge', 't3.micro'];
    const location = textOf(object, 'location_type') === 'availability-zone' ? `${region}a` : region;
    return {
      instance_types: named,
      locations: named.map(() => location),
      location_types: named.map(() => textOf(object, 'location_type') ?? 'region'),
    };
  },
  aws_ec2_instance_types: () => ({ instance_types: ['g5.xlarge', 'p3.2xlarge', 't3.micro'] }),
  aws_ecr_authorization_token: ({ fingerprint }, region) => ({
    authorization_token: Buffer.from(`AWS:${fingerprint.hex(40)}`).toString('base64'),
    user_name: 'AWS',
    password: fingerprint.hex(40),
    proxy_endpoint: `https://${account}.dkr.ecr.${region}.${dnsSuffix(region)}`,
    expires_at: '2025-01-01T12:00:00Z',
  }),
  aws_ecr_image: ({ object, fingerprint }, region) => ({
    image_digest: `sha256:${fingerprint.hex(64)}`,
    image_tags: [textOf(object, 'image_tag') ?? 'latest'],
    image_uri: `${account}.dkr.ecr.${region}.${dnsSuffix(region)}/${textOf(object, 'repository_name') ?? ''}@sha256:${fingerprint.hex(64)}`,
  }),
  aws_ecr_repository: repository,
  aws_ecs_cluster: ({ object }, region) => {
    const made = arn(
      partitionOf(region),
      'ecs',
      'full',
      region,
      `cluster/${textOf(object, 'cluster_name') ?? ''}`,
    );
    return { arn: made, id: made, status: 'ACTIVE' };
  },
  aws_eks_cluster: (simulation, region) => ({
    ...eksCluster(simulation, region),
    vpc_config: [
      {
        cluster_security_group_id: `sg-${simulation.fingerprint.hex(17)}`,
        endpoint_private_access: false,
        endpoint_public_access: true,
        public_access_cidrs: ['0.0.0.0/0'],
        security_group_ids: [],
        subnet_ids: ids('subnet', simulation.fingerprint.hex(51), 3),
        vpc_id: `vpc-${simulation.fingerprint.hex(17)}`,
        control_plane_egress_mode: '',
      },
    ],
  }),
  aws_eks_cluster_auth: ({ fingerprint }) => ({
    token: `k8s-aws-v1.${Buffer.from(fingerprint.hex(60)).toString('base64url')}`,
  }),
  aws_eks_cluster_versions: () => ({ cluster_versions: [] }),
  aws_elb_hosted_zone_id: () => ({ id: 'Z35SXDOTRQ7X7K' }),
  aws_elb_service_account: (_, region) => {
    const owner = elbAccounts[region] ?? '127311923021';
    return { id: owner, arn: `arn:${partitionOf(region)}:iam::${owner}:root` };
  },
  aws_iam_openid_connect_provider: ({ object }, region) => ({
    arn: `arn:${partitionOf(region)}:iam::${account}:oidc-provider/${(textOf(object, 'url') ?? '').replace(/^https:\/\//, '')}`,
    client_id_list: ['sts.amazonaws.com'],
  }),
  aws_iam_policy: ({ object, fingerprint }, region) => {
    const name = textOf(object, 'name') ?? (textOf(object, 'arn') ?? '').replace(/^.*\//, '');
    const owner = /^(Amazon|AWS|CloudWatch|ReadOnly|PowerUser|Administrator)/.test(name) ? 'aws' : account;
    const made = `arn:${partitionOf(region)}:iam::${owner}:policy/${name}`;
    return {
      name,
      arn: made,
      id: made,
      path: '/',
      policy_id: `ANPA${fingerprint.hex(17).toUpperCase()}`,
      policy: allowing('*'),
    };
  },
  aws_iam_policy_document: policyDocument,
  aws_iam_role: ({ object, fingerprint }, region) => ({
    arn: `arn:${partitionOf(region)}:iam::${account}:role/${textOf(object, 'name') ?? ''}`,
    id: textOf(object, 'name') ?? '',
    unique_id: `AROA${fingerprint.hex(17).toUpperCase()}`,
    path: '/',
    create_date: simulatedTime,
    max_session_duration: 3600,
    assume_role_policy: allowing('sts:AssumeRole'),
  }),
  aws_iam_session_context: ({ object }, region) => ({
    issuer_arn: textOf(object, 'arn') ?? `arn:${partitionOf(region)}:iam::${account}:user/sandbox`,
    issuer_name: 'sandbox',
  }),
  aws_instance: instance,
  aws_instances: ({ fingerprint }) => ({
    ids: ids('i', fingerprint.hex(51), 2),
    private_ips: ['10.0.0.10', '10.0.0.11'],
  }),
  aws_ip_ranges: () => ({
    cidr_blocks: ['203.0.113.0/24'],
    sync_token: 1735689600,
    create_date: '2025-01-01-00-00-00',
  }),
  aws_kms_alias: ({ object, fingerprint }, region) => {
    const key = fingerprint.uuid();
    const made = arn(partitionOf(region), 'kms', 'full', region, textOf(object, 'name') ?? 'alias/simulated');
    return {
      arn: made,
      id: made,
      target_key_id: key,
      target_key_arn: arn(partitionOf(region), 'kms', 'full', region, `key/${key}`),
    };
  },
  aws_kms_key: ({ object, fingerprint }, region) => {
    const asked = (textOf(object, 'key_id') ?? '').replace(/^.*key\//, '');
    const key = /^alias\/|^$/.test(asked) ? fingerprint.uuid() : asked;
    return {
      id: key,
      arn: arn(partitionOf(region), 'kms', 'full', region, `key/${key}`),
      enabled: true,
      key_state: 'Enabled',
    };
  },
  aws_lambda_function: ({ object }, region) => ({
    arn: arn(
      partitionOf(region),
      'lambda',
      'full',
      region,
      `function:${textOf(object, 'function_name') ?? ''}`,
    ),
  }),
  aws_lb: ({ object, fingerprint }, region) => ({
    dns_name: `${textOf(object, 'name') ?? 'lb'}-${fingerprint.number(1_900_000_000)}.${region}.elb.amazonaws.com`,
    zone_id: 'Z35SXDOTRQ7X7K',
  }),
  aws_partition: (_, region) => ({
    id: partitionOf(region),
    partition: partitionOf(region),
    dns_suffix: dnsSuffix(region),
    reverse_dns_prefix: dnsSuffix(region).split('.').reverse().join('.'),
  }),
  aws_region: ({ object }, own) => {
    const region = textOf(object, 'name') ?? own;
    return {
      id: region,
      name: region,
      region,
      endpoint: `ec2.${region}.${dnsSuffix(region)}`,
      description: `Simulated region ${region}`,
    };
  },
  aws_regions: () => ({
    names: ['ap-southeast-2', 'eu-central-1', 'eu-west-1', 'us-east-1', 'us-east-2', 'us-west-2'],
  }),
  aws_route53_zone: ({ object, fingerprint }) => {
    const id = textOf(object, 'zone_id') ?? `Z${fingerprint.hex(19).toUpperCase()}`;
    return {
      id,
      zone_id: id,
      arn: `arn:aws:route53:::hostedzone/${id}`,
      name: textOf(object, 'name') ?? 'example.com',
      name_servers: ['ns-1.awsdns-01.com', 'ns-2.awsdns-02.net'],
    };
  },
  aws_s3_bucket: bucket,
  aws_s3_object: ({ object, fingerprint }) => ({
    body: '',
    etag: fingerprint.hex(32),
    content_type: 'text/plain',
    id: `${textOf(object, 'bucket') ?? ''}/${textOf(object, 'key') ?? ''}`,
  }),
  aws_sagemaker_prebuilt_ecr_image: ({ object }, region) => ({
    registry_id: '763104351884',
    registry_path: `763104351884.dkr.ecr.${textOf(object, 'region') ?? region}.${dnsSuffix(region)}/${textOf(object, 'repository_name') ?? ''}:${textOf(object, 'image_tag') ?? 'latest'}`,
  }),
  aws_secretsmanager_random_password: ({ fingerprint, object }) => ({
    random_password: fingerprint.hex(numberOf(object, 'password_length', 32)),
  }),
  aws_secretsmanager_secret: ({ object, fingerprint }, region) => {
    const name = textOf(object, 'name') ?? 'simulated';
    const made =
      textOf(object, 'arn') ??
      arn(partitionOf(region), 'secretsmanager', 'full', region, `secret:${name}-${fingerprint.hex(6)}`);
    return { arn: made, id: made, name };
  },
  aws_secretsmanager_secret_version: ({ object, fingerprint }) => ({
    secret_string: JSON.stringify({ username: 'simulated', password: fingerprint.hex(16) }),
    version_id: fingerprint.uuid(),
    version_stages: ['AWSCURRENT'],
    arn: textOf(object, 'secret_id') ?? '',
  }),
  aws_security_group: ({ object, fingerprint }) =>
    group(object, `sg-${fingerprint.hex(17)}`, fingerprint.hex(17)),
  aws_security_groups: ({ fingerprint }) => ({
    ids: ids('sg', fingerprint.hex(51), 1),
    vpc_ids: [`vpc-${fingerprint.hex(17)}`],
  }),
  aws_service_principal: ({ object }, region) => {
    const service = textOf(object, 'service_name') ?? '';
    return {
      id: `${service}.${region}.amazonaws.com`,
      name: `${service}.amazonaws.com`,
      suffix: 'amazonaws.com',
    };
  },
  aws_sns_topic: ({ object }, region) => ({
    arn: arn(partitionOf(region), 'sns', 'full', region, textOf(object, 'name') ?? ''),
  }),
  aws_sqs_queue: ({ object }, region) => ({
    url: `https://sqs.${region}.amazonaws.com/${account}/${textOf(object, 'name') ?? ''}`,
  }),
  aws_ssm_parameter: ({ object, fingerprint }, region) => ({
    id: textOf(object, 'name') ?? '',
    arn: arn(
      partitionOf(region),
      'ssm',
      'full',
      region,
      `parameter/${(textOf(object, 'name') ?? '').replace(/^\//, '')}`,
    ),
    type: 'String',
    ...parameterValue(textOf(object, 'name') ?? '', `ami-${fingerprint.hex(17)}`),
    version: 1,
  }),
  aws_ssm_parameters_by_path: ({ object }) => ({
    names: [`${textOf(object, 'path') ?? ''}/simulated`],
    values: ['simulated'],
    types: ['String'],
  }),
  aws_subnet: ({ object, fingerprint }, region) => {
    const id = textOf(object, 'id') ?? `subnet-${fingerprint.hex(17)}`;
    const zone = textOf(object, 'availability_zone') ?? `${region}a`;
    return {
      id,
      arn: arn(partitionOf(region), 'ec2', 'full', region, `subnet/${id}`),
      availability_zone: zone,
      availability_zone_id: zoneOf(zone).zone_id,
      cidr_block: textOf(object, 'cidr_block') ?? `10.0.${fingerprint.number(250)}.0/24`,
      vpc_id: textOf(object, 'vpc_id') ?? `vpc-${fingerprint.hex(17)}`,
      state: 'available',
      available_ip_address_count: 251,
    };
  },
  aws_subnets: ({ fingerprint }) => ({ ids: ids('subnet', fingerprint.hex(51), 3) }),
  aws_vpc: ({ object, fingerprint }, region) => {
    const id = textOf(object, 'id') ?? `vpc-${fingerprint.hex(17)}`;
    return {
      id,
      arn: arn(partitionOf(region), 'ec2', 'full', region, `vpc/${id}`),
      cidr_block: textOf(object, 'cidr_block') ?? '10.0.0.0/16',
      default: object.default ?? false,
      state: 'available',
      instance_tenancy: 'default',
      main_route_table_id: `rtb-${fingerprint.hex(17)}`,
      enable_dns_support: true,
      enable_dns_hostnames: true,
    };
  },
  aws_vpc_endpoint_service: ({ object }, region) => ({
    service_name:
      textOf(object, 'service_name') ?? `com.amazonaws.${region}.${textOf(object, 'service') ?? 's3'}`,
    availability_zones: ['a', 'b', 'c'].map((letter) => region + letter),
  }),
  aws_vpcs: ({ fingerprint }) => ({ ids: ids('vpc', fingerprint.hex(51), 1) }),
};
