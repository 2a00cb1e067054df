import type { Fingerprint } from '../identifiers';
import type { ValueRecord } from '../values';
import { account, dnsSuffix } from './awsForms';
import { simulatedCertificate } from './certificates';
import { simulatedTime, textOf } from './simulator';
import type { RegionalSimulator, Simulation } from './simulator';

/** What is special about single types; everything has an id, an ARN and tags already. */
export const awsResources: Readonly<Record<string, RegionalSimulator>> = {
  aws_acm_certificate: ({ object }) => ({
    status: 'PENDING_VALIDATION',
    type: 'AMAZON_ISSUED',
    key_algorithm: 'RSA_2048',
    domain_validation_options: validationOptions(object),
    renewal_eligibility: 'INELIGIBLE',
  }),
  aws_apigatewayv2_api: ({ object }, region) => ({
    api_endpoint: `https://${textOf(object, 'id') ?? ''}.execute-api.${region}.amazonaws.com`,
  }),
  aws_autoscaling_group: () => ({ health_check_type: 'EC2', default_cooldown: 300, desired_capacity: 0 }),
  aws_cloudfront_distribution: ({ fingerprint }) => ({
    domain_name: `d${fingerprint.hex(13)}.cloudfront.net`,
    hosted_zone_id: 'Z2FDTNDATAQYW2',
    status: 'Deployed',
  }),
  aws_cloudwatch_log_group: () => ({ log_group_class: 'STANDARD', retention_in_days: 0 }),
  aws_db_instance: ({ object, fingerprint }, region) => {
    const port = portOf(textOf(object, 'engine') ?? '');
    const address = `${textOf(object, 'identifier') ?? 'db'}.${fingerprint.hex(12)}.${region}.rds.amazonaws.com`;
    return {
      address,
      endpoint: `${address}:${port}`,
      port,
      status: 'available',
      hosted_zone_id: 'Z2R2ITUGPM61AM',
    };
  },
  aws_ecr_repository: repository,
  aws_ecs_service: ({ object }) => ({
    launch_type: 'EC2',
    scheduling_strategy: 'REPLICA',
    availability_zone_rebalancing: 'DISABLED',
    iam_role: `arn:aws:iam::${account}:role/aws-service-role/ecs.amazonaws.com/AWSServiceRoleForECS`,
    platform_version: textOf(object, 'launch_type') === 'FARGATE' ? 'LATEST' : '',
    cluster: 'default',
  }),
  aws_ecs_task_definition: ({ object }) => ({
    revision: 1,
    arn_without_revision: (textOf(object, 'arn') ?? '').replace(/:\d+$/, ''),
    network_mode: 'bridge',
  }),
  aws_efs_file_system: ({ object }, region) => ({
    dns_name: `${textOf(object, 'id') ?? ''}.efs.${region}.amazonaws.com`,
    performance_mode: 'generalPurpose',
    throughput_mode: 'bursting',
  }),
  aws_eip: ({ fingerprint, object }, region) => {
    const address = publicAddress(fingerprint.number(254));
    return {
      public_ip: address,
      public_dns: `ec2-${address.replaceAll('.', '-')}.${region}.compute.amazonaws.com`,
      domain: 'vpc',
      allocation_id: textOf(object, 'id') ?? '',
    };
  },
  aws_eks_cluster: eksCluster,
  aws_eks_node_group: ({ object }) => ({
    status: 'ACTIVE',
    ami_type: 'AL2023_x86_64_STANDARD',
    capacity_type: 'ON_DEMAND',
    disk_size: 20,
    version: '1.33',
    release_version: '1.33.0-20250101',
    node_group_name: textOf(object, 'node_group_name') ?? '',
  }),
  aws_iam_access_key: ({ fingerprint }) => ({
    secret: Buffer.from(fingerprint.hex(60), 'hex').toString('base64').slice(0, 40),
    ses_smtp_password_v4: Buffer.from(fingerprint.hex(66), 'hex').toString('base64'),
    create_date: simulatedTime,
    status: 'Active',
  }),
  aws_iam_instance_profile: ({ fingerprint }) => ({
    unique_id: `AIPA${fingerprint.hex(17).toUpperCase()}`,
    create_date: simulatedTime,
  }),
  aws_iam_policy: ({ fingerprint }) => ({ policy_id: `ANPA${fingerprint.hex(17).toUpperCase()}` }),
  aws_iam_role: ({ fingerprint }) => ({
    unique_id: `AROA${fingerprint.hex(17).toUpperCase()}`,
    create_date: simulatedTime,
    max_session_duration: 3600,
  }),
  aws_iam_user: ({ fingerprint }) => ({ unique_id: `AIDA${fingerprint.hex(17).toUpperCase()}` }),
  aws_instance: instance,
  aws_key_pair: ({ fingerprint }) => ({
    key_pair_id: `key-${fingerprint.hex(17)}`,
    key_type: 'rsa',
    fingerprint: (fingerprint.hex(32).match(/../g) ?? []).join(':'),
  }),
  aws_kms_key: ({ object }) => ({
    key_id: textOf(object, 'id') ?? '',
    policy: keyPolicy,
    rotation_period_in_days: 0,
  }),
  aws_kms_alias: ({ object }) => ({ target_key_arn: textOf(object, 'target_key_id') ?? '' }),
  aws_lambda_function: ({ object }, region) => {
    const arn = textOf(object, 'arn') ?? '';
    return {
      version: '$LATEST',
      qualified_arn: `${arn}:$LATEST`,
      invoke_arn: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}/invocations`,
      qualified_invoke_arn: `arn:aws:apigateway:${region}:lambda:path/2015-03-31/functions/${arn}:$LATEST/invocations`,
      last_modified: simulatedTime,
      architectures: ['x86_64'],
    };
  },
  aws_lambda_function_url: ({ fingerprint }, region) => ({
    function_url: `https://${fingerprint.hex(32)}.lambda-url.${region}.on.aws/`,
    url_id: fingerprint.hex(32),
  }),
  aws_launch_template: () => ({ latest_version: 1, default_version: 1 }),
  aws_lb: ({ object, fingerprint }, region) => ({
    dns_name: `${textOf(object, 'name') ?? 'lb'}-${fingerprint.number(1_900_000_000)}.${region}.elb.amazonaws.com`,
    zone_id: 'Z35SXDOTRQ7X7K',
    vpc_id: `vpc-${fingerprint.hex(17)}`,
    arn_suffix: (textOf(object, 'arn') ?? '').replace(/^.*:loadbalancer\//, ''),
    ip_address_type: 'ipv4',
  }),
  aws_lb_target_group: ({ object }) => ({ arn_suffix: (textOf(object, 'arn') ?? '').replace(/^.*:/, '') }),
  aws_nat_gateway: ({ fingerprint }) => ({
    public_ip: publicAddress(fingerprint.number(254)),
    private_ip: `10.0.0.${4 + fingerprint.number(250, 'private')}`,
    network_interface_id: `eni-${fingerprint.hex(17)}`,
    connectivity_type: 'public',
  }),
  aws_rds_cluster: ({ object, fingerprint }, region) => {
    const port = portOf(textOf(object, 'engine') ?? '');
    const name = textOf(object, 'cluster_identifier') ?? 'cluster';
    const host = `${fingerprint.hex(12)}.${region}.rds.amazonaws.com`;
    return { endpoint: `${name}.cluster-${host}`, reader_endpoint: `${name}.cluster-ro-${host}`, port };
  },
  aws_route53_zone: ({ object }) => ({
    zone_id: textOf(object, 'id') ?? '',
    name_servers: ['ns-1.awsdns-01.com', 'ns-2.awsdns-02.net', 'ns-3.awsdns-03.org', 'ns-4.awsdns-04.co.uk'],
    primary_name_server: 'ns-1.awsdns-01.com',
  }),
  aws_route53_record: ({ object }) => ({ fqdn: textOf(object, 'name') ?? '' }),
  aws_s3_bucket: bucket,
  aws_s3_object: ({ fingerprint }) => ({
    etag: fingerprint.hex(32),
    storage_class: 'STANDARD',
    content_type: 'application/octet-stream',
    server_side_encryption: 'AES256',
    version_id: fingerprint.hex(32),
  }),
  aws_sagemaker_domain: ({ object, fingerprint }, region) => ({
    url: `https://${textOf(object, 'id') ?? ''}.studio.${region}.sagemaker.aws`,
    home_efs_file_system_id: `fs-${fingerprint.hex(17)}`,
  }),
  aws_sagemaker_notebook_instance: ({ object, fingerprint }, region) => ({
    url: `${textOf(object, 'name') ?? ''}-${fingerprint.hex(4)}.notebook.${region}.sagemaker.aws`,
    network_interface_id: `eni-${fingerprint.hex(17)}`,
    platform_identifier: 'notebook-al2023-v1',
  }),
  aws_secretsmanager_secret_version: ({ fingerprint }) => ({
    version_id: fingerprint.uuid(),
    version_stages: ['AWSCURRENT'],
  }),
  aws_sqs_queue: ({ object }, region) => ({
    url: `https://sqs.${region}.amazonaws.com/${account}/${textOf(object, 'name') ?? ''}`,
  }),
  aws_ssm_parameter: () => ({ version: 1, tier: 'Standard', data_type: 'text' }),
  aws_subnet: (_, region) => ({ availability_zone: `${region}a`, availability_zone_id: 'use1-az1' }),
  aws_vpc: ({ fingerprint }) => ({
    instance_tenancy: 'default',
    enable_dns_support: true,
    dhcp_options_id: 'default',
    main_route_table_id: `rtb-${fingerprint.hex(17)}`,
    default_route_table_id: `rtb-${fingerprint.hex(17)}`,
    default_network_acl_id: `acl-${fingerprint.hex(17)}`,
    default_security_group_id: `sg-${fingerprint.hex(17)}`,
  }),
};

/** From the range reserved for documentation, which nobody answers on. */
export function publicAddress(host: number): string {
  return `203.0.113.${1 + (host % 254)}`;
}

export function repository({ object }: Simulation, region: string): ValueRecord {
  const host = `${account}.dkr.ecr.${region}.${dnsSuffix(region)}`;
  return { repository_url: `${host}/${textOf(object, 'name') ?? ''}` };
}

export function eksCluster({ fingerprint }: Simulation, region: string): ValueRecord {
  const id = fingerprint.hex(32).toUpperCase();
  return {
    endpoint: `https://${id}.gr7.${region}.eks.amazonaws.com`,
    certificate_authority: [{ data: Buffer.from(simulatedCertificate('kubernetes')).toString('base64') }],
    identity: [{ oidc: [{ issuer: `https://oidc.eks.${region}.amazonaws.com/id/${id}` }] }],
    status: 'ACTIVE',
    version: '1.33',
    platform_version: 'eks.1',
    created_at: simulatedTime,
    cluster_id: '',
  };
}

export function bucket({ object }: Simulation, region: string): ValueRecord {
  const name = textOf(object, 'bucket') ?? '';
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

export function instance({ fingerprint, object }: Simulation, region: string): ValueRecord {
  const host = fingerprint.number(200) + 10;
  const publicIp = publicAddress(host);
  const privateIp = `10.0.${fingerprint.number(250, 'net')}.${host}`;
  return {
    availability_zone: textOf(object, 'availability_zone') ?? `${region}a`,
    instance_state: 'running',
    private_ip: privateIp,
    private_dns: `ip-${privateIp.replaceAll('.', '-')}.${region}.compute.internal`,
    public_ip: publicIp,
    public_dns: `ec2-${publicIp.replaceAll('.', '-')}.${region}.compute.amazonaws.com`,
    primary_network_interface_id: `eni-${fingerprint.hex(17)}`,
    subnet_id: `subnet-${fingerprint.hex(17)}`,
    vpc_security_group_ids: [`sg-${new Array(17).fill('0').join('')}`],
    root_block_device: [rootDevice(fingerprint)],
    tenancy: 'default',
    source_dest_check: true,
    instance_initiated_shutdown_behavior: 'stop',
    // A real instance has these only when it was asked for them.
    ...Object.fromEntries(unasked.map((name) => [name, ''])),
    ebs_optimized: false,
    monitoring: false,
    instance_type: 't3.micro',
    ami: `ami-${fingerprint.hex(17)}`,
  };
}

const unasked = [
  'host_id',
  'host_resource_group_arn',
  'instance_lifecycle',
  'outpost_arn',
  'password_data',
  'placement_group_id',
  'spot_instance_request_id',
  'key_name',
  'iam_instance_profile',
];

function rootDevice(fingerprint: Fingerprint): ValueRecord {
  return {
    delete_on_termination: true,
    device_name: '/dev/xvda',
    encrypted: false,
    iops: 3000,
    kms_key_id: '',
    throughput: 125,
    volume_id: `vol-${fingerprint.hex(17)}`,
    volume_size: 8,
    volume_type: 'gp3',
  };
}

const keyPolicy = JSON.stringify({
  Version: '2012-10-17',
  Id: 'key-default-1',
  Statement: [
    {
      Sid: 'Enable IAM User Permissions',
      Effect: 'Allow',
      Principal: { AWS: `arn:aws:iam::${account}:root` },
      Action: 'kms:*',
      Resource: '*',
    },
  ],
});

function validationOptions(object: ValueRecord): ValueRecord[] {
  const others = Array.isArray(object.subject_alternative_names)
    ? (object.subject_alternative_names as readonly unknown[]).filter((each) => typeof each === 'string')
    : [];
  const names = [...new Set([textOf(object, 'domain_name') ?? '', ...others])];
  return names.map((name) => ({
    domain_name: name,
    resource_record_name: `_simulated.${name.replace(/^\*\./, '')}.`,
    resource_record_type: 'CNAME',
    resource_record_value: '_simulated.acm-validations.aws.',
  }));
}

function portOf(engine: string): number {
  if (engine.includes('postgres')) return 5432;
  if (engine.includes('sqlserver')) return 1433;
  return engine.includes('oracle') ? 1521 : 3306;
}
