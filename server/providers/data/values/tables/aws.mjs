import { instanceTypes } from '../instanceTypes.mjs';

/** Regions and their names, from AWS's page "Regions and Availability Zones". */
const regionNames = `us-east-1 US East (N. Virginia)
us-east-2 US East (Ohio)
us-west-1 US West (N. California)
us-west-2 US West (Oregon)
eu-central-1 Europe (Frankfurt)
eu-central-2 Europe (Zurich)
eu-west-1 Europe (Ireland)
eu-west-2 Europe (London)
eu-west-3 Europe (Paris)
eu-north-1 Europe (Stockholm)
eu-south-1 Europe (Milan)
eu-south-2 Europe (Spain)
ap-northeast-1 Asia Pacific (Tokyo)
ap-northeast-2 Asia Pacific (Seoul)
ap-northeast-3 Asia Pacific (Osaka)
ap-south-1 Asia Pacific (Mumbai)
ap-south-2 Asia Pacific (Hyderabad)
ap-southeast-1 Asia Pacific (Singapore)
ap-southeast-2 Asia Pacific (Sydney)
ap-southeast-3 Asia Pacific (Jakarta)
ap-southeast-4 Asia Pacific (Melbourne)
ap-southeast-5 Asia Pacific (Malaysia)
ap-southeast-6 Asia Pacific (New Zealand)
ap-southeast-7 Asia Pacific (Thailand)
ap-east-1 Asia Pacific (Hong Kong)
ap-east-2 Asia Pacific (Taipei)
ca-central-1 Canada (Central)
ca-west-1 Canada West (Calgary)
sa-east-1 South America (São Paulo)
mx-central-1 Mexico (Central)
af-south-1 Africa (Cape Town)
il-central-1 Israel (Tel Aviv)
me-central-1 Middle East (UAE)
me-south-1 Middle East (Bahrain)
us-gov-east-1 AWS GovCloud (US-East)
us-gov-west-1 AWS GovCloud (US-West)
cn-north-1 China (Beijing)
cn-northwest-1 China (Ningxia)
eusc-de-east-1 AWS European Sovereign Cloud (Germany)`;

/** Zone letters that an account sees; where a region has fewer or others than a, b, c. */
const zoneLetters = { 'us-east-1': 'abcdef', 'us-west-2': 'abcd', 'us-west-1': 'ab', 'ap-northeast-1': 'acd', 'ap-northeast-2': 'abcd', 'ca-central-1': 'abd', 'cn-north-1': 'abd' };

export const regions = regionNames.split('\n').map((line) => ({ value: line.slice(0, line.indexOf(' ')), detail: line.slice(line.indexOf(' ') + 1) }));

export const zones = regions.flatMap(({ value, detail }) => [...(zoneLetters[value] ?? 'abc')].map((letter) => ({ value: value + letter, detail })));

const ordinary = ['large', 'xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'];
const to24 = [...ordinary, '24xlarge'];
const to32 = [...to24, '32xlarge'];
const to48 = [...to24, '48xlarge'];
const burstable = ['micro', 'small', 'medium', 'large', 'xlarge', '2xlarge'];

/** From "DB instance classes" of the guides for RDS and Aurora. */
const rdsFamilies = {
  t4g: burstable, t3: burstable, m8g: to48, m7g: ordinary, m7i: to48, m6g: ordinary, m6gd: ordinary, m6i: to32, m6id: to32, m5: to24, m5d: to24,
  r8g: to48, r7g: ordinary, r7i: to48, r6g: ordinary, r6gd: ordinary, r6i: to32, r6id: to32, r5: to24, r5b: to24, r5d: to24,
  x2g: ordinary, x2idn: ['16xlarge', '24xlarge', '32xlarge'], x2iedn: ['xlarge', '2xlarge', '4xlarge', '8xlarge', '16xlarge', '24xlarge', '32xlarge'],
  z1d: ['large', 'xlarge', '2xlarge', '3xlarge', '6xlarge', '12xlarge'],
};
const auroraFamilies = { t4g: ['medium', 'large'], t3: ['medium', 'large'], r8g: to48, r7g: ordinary, r7i: to48, r6g: ordinary, r6i: to32, r5: to24, x2g: ordinary };
const documentFamilies = { t4g: ['medium'], t3: ['medium'], r8g: ordinary, r6g: ordinary, r5: to24 };
const graphFamilies = { t4g: ['medium'], t3: ['medium'], r8g: ordinary, r7g: ordinary, r6g: ordinary, r6i: to32, r5: to24, x2g: ordinary };
/** From "Supported node types" of ElastiCache. */
const cacheFamilies = {
  t4g: ['micro', 'small', 'medium'], t3: ['micro', 'small', 'medium'], m7g: ordinary, m6g: ordinary, m5: ['large', 'xlarge', '2xlarge', '4xlarge', '12xlarge', '24xlarge'],
  r7g: ordinary, r6g: ordinary, r6gd: ['xlarge', '2xlarge', '4xlarge', '8xlarge', '12xlarge', '16xlarge'], r5: ['large', 'xlarge', '2xlarge', '4xlarge', '12xlarge', '24xlarge'], c7gn: ordinary,
};
const memoryFamilies = { t4g: ['small', 'medium'], r7g: ordinary, r6g: ordinary, r6gd: ['xlarge', '2xlarge', '4xlarge', '8xlarge'] };

const classes = (families, prefix) =>
  Object.entries(families).flatMap(([family, sizes]) => sizes.map((size) => `${prefix}${family}.${size}`));
const databaseClasses = (families) => instanceTypes(classes(families, 'db.'), { prefix: 'db.' });
/** Memory of a cache node is less than that of the machine under it, so nothing is said of it. */
const nodes = (names) => instanceTypes(names.map((name) => name.replace(/^cache\.|^db\./, ''))).map(({ value }) => ({ value: names.find((name) => name.endsWith(`.${value}`)) }));
const plain = (text) => text.split(/\s+/).map((value) => ({ value }));

const serverless = { value: 'db.serverless', detail: 'Aurora Serverless v2' };

/** Runtimes that Lambda has deprecated by the middle of 2026, from its page "Lambda runtimes". */
const oldRuntimes = /^(?:nodejs(?:|4\.3|4\.3-edge|6\.10|8\.10|10\.x|12\.x|14\.x|16\.x|18\.x|20\.x)|python(?:2\.7|3\.6|3\.7|3\.8|3\.9)|ruby(?:2\.5|2\.7|3\.2)|java8|dotnetcore.*|dotnet[567]|go1\.x|provided)$/;
const languages = ['python', 'nodejs', 'java', 'dotnet', 'ruby', 'provided', 'go'];

/** Newest first in each language, deprecated last. */
export function runtimes(names) {
  const language = (name) => languages.findIndex((each) => name.startsWith(each));
  const version = (name) => Number(/\d+(?:\.\d+)?/.exec(name.replace(/\.(\d)$/, '.0$1'))?.[0] ?? 0);
  return names
    .map((value) => ({ value, ...(oldRuntimes.test(value) && { deprecated: true }) }))
    .sort((a, b) => Number(a.deprecated ?? false) - Number(b.deprecated ?? false) || language(a.value) - language(b.value) || version(b.value) - version(a.value) || (a.value < b.value ? 1 : -1));
}

const retentionDays = plain('0 1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653');
retentionDays[0] = { value: '0', detail: 'never expire' };

/** Policies that roles are given most, from AWS's reference of managed policies. */
const managedPolicies = plain(`AdministratorAccess PowerUserAccess ReadOnlyAccess ViewOnlyAccess|job-function SecurityAudit IAMReadOnlyAccess AmazonSSMManagedInstanceCore CloudWatchAgentServerPolicy
AWSLambdaBasicExecutionRole|service-role AWSLambdaVPCAccessExecutionRole|service-role AWSLambdaSQSQueueExecutionRole|service-role AWSLambdaDynamoDBExecutionRole|service-role AWSLambdaKinesisExecutionRole|service-role AWSLambda_FullAccess AWSXRayDaemonWriteAccess
AmazonEKSClusterPolicy AmazonEKSWorkerNodePolicy AmazonEKSWorkerNodeMinimalPolicy AmazonEKS_CNI_Policy AmazonEKSVPCResourceController AmazonEKSServicePolicy AmazonEKSFargatePodExecutionRolePolicy AmazonEKSComputePolicy AmazonEKSBlockStoragePolicy AmazonEKSLoadBalancingPolicy AmazonEKSNetworkingPolicy
AmazonEBSCSIDriverPolicy|service-role AmazonEFSCSIDriverPolicy|service-role AmazonEC2ContainerRegistryReadOnly AmazonEC2ContainerRegistryPullOnly AmazonEC2ContainerRegistryPowerUser AmazonECSTaskExecutionRolePolicy|service-role AmazonEC2ContainerServiceforEC2Role|service-role
AmazonS3ReadOnlyAccess AmazonS3FullAccess AmazonDynamoDBReadOnlyAccess AmazonDynamoDBFullAccess AmazonSQSFullAccess AmazonSNSFullAccess SecretsManagerReadWrite AmazonSageMakerFullAccess AmazonBedrockFullAccess AmazonRDSEnhancedMonitoringRole|service-role
AWSGlueServiceRole|service-role AmazonAPIGatewayPushToCloudWatchLogs|service-role AmazonVPCFullAccess AmazonEC2FullAccess AmazonEC2ReadOnlyAccess AmazonRDSFullAccess CloudWatchFullAccess CloudWatchLogsFullAccess AWSBatchServiceRole|service-role AWSCodeBuildDeveloperAccess AWSConfigRole|service-role`).map(({ value }) => {
  const [name, folder] = value.split('|');
  return { value: `arn:aws:iam::aws:policy/${folder === undefined ? '' : `${folder}/`}${name}` };
});

/** Acceptable engines of RDS, from CreateDBInstance and CreateDBCluster. */
const engines = plain('postgres mysql mariadb aurora-postgresql aurora-mysql oracle-ee oracle-ee-cdb oracle-se2 oracle-se2-cdb sqlserver-ee sqlserver-se sqlserver-ex sqlserver-web db2-se db2-ae custom-oracle-ee custom-sqlserver-ee custom-sqlserver-se custom-sqlserver-web');
const clusterEngines = plain('aurora-postgresql aurora-mysql postgres mysql');
const volumeTypes = [
  { value: 'gp3', detail: 'general purpose SSD' },
  { value: 'gp2', detail: 'general purpose SSD, older' },
  { value: 'io2', detail: 'provisioned IOPS SSD' },
  { value: 'io1', detail: 'provisioned IOPS SSD, older' },
  { value: 'st1', detail: 'throughput-optimised HDD' },
  { value: 'sc1', detail: 'cold HDD' },
  { value: 'standard', detail: 'magnetic', deprecated: true },
];

const storageClasses = [
  { value: 'STANDARD' },
  { value: 'INTELLIGENT_TIERING' },
  { value: 'STANDARD_IA', detail: 'infrequent access' },
  { value: 'ONEZONE_IA', detail: 'infrequent access, one zone' },
  { value: 'GLACIER_IR', detail: 'instant retrieval' },
  { value: 'GLACIER', detail: 'flexible retrieval' },
  { value: 'DEEP_ARCHIVE' },
  { value: 'EXPRESS_ONEZONE', detail: 'directory buckets' },
  { value: 'OUTPOSTS' },
  { value: 'REDUCED_REDUNDANCY', deprecated: true },
];
const protocols = [{ value: 'tcp' }, { value: 'udp' }, { value: 'icmp' }, { value: 'icmpv6' }, { value: '-1', detail: 'all' }];

/** Amazon Linux 2023 first; images of Amazon Linux 2 have not been published since November 2025. */
function machineImages(names) {
  const rank = (name) => ['AL2023', 'BOTTLEROCKET', 'WINDOWS', 'CUSTOM', 'AL2_'].findIndex((each) => name.startsWith(each));
  return [...names].sort((a, b) => rank(a) - rank(b) || a.localeCompare(b, 'en')).map((value) => ({ value, ...(value.startsWith('AL2_') && { deprecated: true }) }));
}

/** Values by hand: patterns of "type path" and what they take. The first that matches wins over everything mined. */
export function awsTable(enums) {
  const ec2 = instanceTypes(enums('ec2', '_InstanceType'));
  const sagemaker = (name) => instanceTypes(enums('sagemaker', name), { prefix: 'ml.' });
  const instances = '(?:aws_instance|aws_launch_template|aws_launch_configuration|aws_spot_instance_request|aws_spot_fleet_request|aws_ec2_\\w+|aws_autoscaling_group|aws_batch_compute_environment|aws_emr_\\w+|aws_imagebuilder_\\w+|aws_eks_node_group|aws_gamelift_fleet|aws_cloud9_environment_ec2|aws_autoscaling_policy|aws_ecs_\\w+)';
  return [
    [/^(?:provider|resource|data|ephemeral) \S* ?(?:\S+\.)?(?:region|region_name)$/, regions, (arg) => !/azure|gcp|google/.test(arg.path)],
    [/^\w+ \S+ (?:\S+\.)?(?:source_region|destination_region|target_region|replica_region|primary_region|home_region|secondary_regions|s3_region|aws_region|aws_regions|operating_regions|resource_region|bucket_region|vpc_region)$/, regions],
    [/^\w+ \S+ (?:\S+\.)?regions$/, regions, (arg) => !/geo|waf/.test(arg.type)],
    [/^\w+ \S+ (?:\S+\.)?availability_zones?$/, zones],
    [new RegExp(`^\\w+ ${instances} (?:\\S+\\.)?instance_types?$`), ec2, (arg) => !/allowed|excluded|finspace|instance_type_offering|filter/.test(arg.path)],
    [/^\w+ aws_batch_compute_environment compute_resources\.instance_type$/, ec2],
    [/^resource aws_lambda_function runtime$|^resource aws_lambda_layer_version compatible_runtimes$/, runtimes(enums('lambda', 'Runtime'))],
    [/^resource aws_cloudwatch_log_group retention_in_days$/, retentionDays],
    [/^resource aws_iam_\w+ policy_arn$|^resource aws_iam_role managed_policy_arns$/, managedPolicies],
    [/^\w+ (?:aws_db_instance|aws_rds_orderable_db_instance) instance_class$|^resource aws_rds_cluster db_cluster_instance_class$/, databaseClasses(rdsFamilies)],
    [/^\w+ aws_rds_cluster_instance instance_class$/, [serverless, ...databaseClasses(auroraFamilies)]],
    [/^\w+ aws_docdb\w* instance_class$/, databaseClasses(documentFamilies)],
    [/^\w+ aws_neptune\w* instance_class$/, [{ value: 'db.serverless', detail: 'Neptune Serverless' }, ...databaseClasses(graphFamilies)]],
    [/^\w+ aws_elasticache_\w+ (?:cache_)?node_type$/, nodes(classes(cacheFamilies, 'cache.'))],
    [/^\w+ aws_memorydb_\w+ node_type$/, nodes(classes(memoryFamilies, 'db.'))],
    [/^resource aws_redshift_\w+ (?:\S+\.)?node_type$/, plain('ra3.large ra3.xlplus ra3.4xlarge ra3.16xlarge dc2.large dc2.8xlarge').map((each) => (each.value.startsWith('dc2') ? { ...each, deprecated: true } : each))],
    [/^\w+ aws_opensearch_domain cluster_config\.(?:instance_type|node_options\.node_config\.type)$/, instanceTypes(enums('opensearch', 'OpenSearchPartitionInstanceType'), { suffix: '.search' })],
    [/^\w+ aws_opensearch_domain cluster_config\.dedicated_master_type$/, instanceTypes(enums('opensearch', 'OpenSearchPartitionInstanceType').filter((each) => !each.startsWith('ultrawarm')), { suffix: '.search' })],
    [/^\w+ aws_msk_cluster broker_node_group_info\.instance_type$/, instanceTypes(classes({ m7g: ordinary, m5: to24, t3: ['small'] }, 'kafka.').concat(classes({ m7g: ordinary }, 'express.')), { prefix: 'kafka.' }).sort((a, b) => Number(a.value.startsWith('express')) - Number(b.value.startsWith('express')))],
    [/^\w+ aws_mq_broker host_instance_type$/, plain('mq.t3.micro mq.m5.large mq.m5.xlarge mq.m5.2xlarge mq.m5.4xlarge mq.m7g.medium mq.m7g.large mq.m7g.xlarge mq.m7g.2xlarge mq.m7g.4xlarge mq.m7g.8xlarge mq.m7g.12xlarge mq.m7g.16xlarge')],
    [/^resource aws_sagemaker_notebook_instance instance_type$/, sagemaker('_InstanceType')],
    [/^resource aws_sagemaker_endpoint_configuration (?:shadow_)?production_variants\.instance_type$/, sagemaker('ProductionVariantInstanceType')],
    [/^resource aws_sagemaker_\w+ (?:\S+\.)?(?:default_resource_spec\.)?instance_type$/, [{ value: 'system', detail: 'for applications that need no instance of their own' }, ...sagemaker('AppInstanceType').filter(({ value }) => value !== 'system')], (arg) => /default_resource_spec|resource_spec/.test(arg.path)],
    [/^resource aws_db_instance engine$/, engines],
    [/^resource aws_rds_cluster(?:_instance)? engine$|^resource aws_rds_global_cluster engine$/, clusterEngines],
    [/^resource aws_(?:instance|launch_template|launch_configuration|ebs_volume|ebs_volume_copy|spot_instance_request|ami|ecs_service|emr_cluster|imagebuilder_\w+) (?:\S+\.)?(?:ebs_block_device|root_block_device|ebs|managed_ebs_volume)\.volume_type$|^resource aws_ebs_volume(?:_copy)? type$/, volumeTypes],
    [/^resource aws_db_instance storage_type$/, plain('gp3 gp2 io2 io1 standard')],
    [/^resource aws_db_instance performance_insights_retention_period$/, plain('7 31 62 93 124 155 186 217 248 279 310 341 372 403 434 465 496 527 558 589 620 651 682 713 731')],
    [/^resource aws_\w+ (?:\S+\.)?monitoring_interval$/, plain('0 1 5 10 15 30 60')],
    [/^resource aws_s3_bucket_server_side_encryption_configuration rule\.apply_server_side_encryption_by_default\.sse_algorithm$/, plain('AES256 aws:kms aws:kms:dsse')],
    [/^resource aws_s3_(?:object|bucket_object|object_copy|directory_bucket) storage_class$/, storageClasses],
    [/^resource aws_s3_bucket(?:_lifecycle_configuration)? (?:lifecycle_)?rule\.(?:noncurrent_version_)?transition\.storage_class$/, plain('STANDARD_IA ONEZONE_IA INTELLIGENT_TIERING GLACIER_IR GLACIER DEEP_ARCHIVE')],
    [/^resource aws_s3_bucket(?:_replication_configuration)? (?:\S+\.)?destination\.storage_class$/, storageClasses],
    [/^resource aws_eks_node_group ami_type$/, machineImages(enums('eks', 'AMITypes'))],
    [/^resource aws_(?:alb|lb)_target_group stickiness\.type$/, plain('lb_cookie app_cookie source_ip source_ip_dest_ip source_ip_dest_ip_proto')],
    [/^resource aws_eks_node_group capacity_type$/, [{ value: 'ON_DEMAND', isDefault: true }, { value: 'SPOT' }, { value: 'CAPACITY_BLOCK', detail: 'reserved accelerators' }]],
    [/^resource aws_(?:launch_template|instance) instance_market_options\.market_type$/, [{ value: 'spot' }, { value: 'capacity-block', detail: 'reserved accelerators' }]],
    [/^resource aws_cloudwatch_metric_alarm treat_missing_data$/, [{ value: 'missing', isDefault: true }, ...plain('ignore breaching notBreaching')]],
    [/^resource aws_autoscaling_group health_check_type$/, plain('EC2 ELB EBS VPC_LATTICE')],
    [/^resource aws_kms_(?:external_)?key key_usage$/, plain('ENCRYPT_DECRYPT SIGN_VERIFY GENERATE_VERIFY_MAC KEY_AGREEMENT')],
    [/^resource aws_eks_cluster enabled_cluster_log_types$/, plain('api audit authenticator controllerManager scheduler')],
    [/^resource aws_(?:security_group|default_security_group|security_group_rule) (?:\S+\.)?protocol$|^resource aws_vpc_security_group_\w+_rule ip_protocol$/, protocols],
    [/^resource aws_(?:default_)?network_acl\w* (?:\S+\.)?protocol$/, protocols],
    [/^resource aws_kms_key customer_master_key_spec$/, plain('SYMMETRIC_DEFAULT RSA_2048 RSA_3072 RSA_4096 ECC_NIST_P256 ECC_NIST_P384 ECC_NIST_P521 ECC_SECG_P256K1 HMAC_224 HMAC_256 HMAC_384 HMAC_512 SM2 ML_DSA_44 ML_DSA_65 ML_DSA_87')],
    [/^resource aws_ecs_task_definition cpu$/, plain('256 512 1024 2048 4096 8192 16384').map((each) => ({ ...each, detail: `${Number(each.value) / 1024} vCPU (Fargate)` }))],
  ];
}
