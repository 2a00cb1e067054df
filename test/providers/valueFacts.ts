/** What the documentation of the clouds and providers says, looked up by hand. */
export interface Fact {
  /** Provider, type (a resource unless it says otherwise) and path. */
  readonly question: string;
  /** All values, in any order. */
  readonly exactly?: readonly string[];
  /** Some of many values. */
  readonly among?: readonly string[];
  readonly never?: readonly string[];
}

const words = (text: string): string[] => text.split(' ');
const exactly = (question: string, values: string): Fact => ({ question, exactly: words(values) });
const among = (question: string, values: string, never = ''): Fact => ({
  question,
  among: words(values),
  never: never === '' ? [] : words(never),
});

const aws = [
  among('aws provider: region', 'us-east-1 eu-central-1 ap-southeast-2 us-gov-west-1', 'eu-central-3 global'),
  among('aws aws_s3_bucket region', 'us-east-1 eu-west-1'),
  among(
    'aws aws_instance instance_type',
    't3.micro m7i.large p5.48xlarge g6e.xlarge trn2.48xlarge',
    't3.huge',
  ),
  among('aws aws_launch_template instance_type', 't3.micro p4d.24xlarge'),
  among('aws aws_eks_node_group instance_types', 'm6i.large g5.xlarge'),
  among('aws aws_lambda_function runtime', 'python3.13 nodejs22.x java21 dotnet8 ruby3.4 provided.al2023'),
  exactly('aws aws_lambda_function architectures', 'x86_64 arm64'),
  exactly('aws aws_lambda_function package_type', 'Zip Image'),
  exactly('aws aws_lambda_function_url authorization_type', 'AWS_IAM NONE'),
  exactly('aws aws_lambda_event_source_mapping starting_position', 'AT_TIMESTAMP LATEST TRIM_HORIZON'),
  exactly('aws aws_instance ebs_block_device.volume_type', 'standard gp2 gp3 io1 io2 sc1 st1'),
  exactly('aws aws_ebs_volume type', 'standard gp2 gp3 io1 io2 sc1 st1'),
  exactly('aws aws_instance tenancy', 'default dedicated host'),
  exactly('aws aws_instance metadata_options.http_tokens', 'optional required'),
  exactly('aws aws_placement_group strategy', 'cluster partition spread'),
  exactly('aws aws_eks_node_group capacity_type', 'ON_DEMAND SPOT CAPACITY_BLOCK'),
  among(
    'aws aws_eks_node_group ami_type',
    'AL2023_x86_64_NVIDIA AL2023_x86_64_NEURON BOTTLEROCKET_x86_64_NVIDIA',
  ),
  exactly('aws aws_eks_cluster access_config.authentication_mode', 'CONFIG_MAP API API_AND_CONFIG_MAP'),
  exactly('aws aws_ecs_task_definition network_mode', 'none bridge awsvpc host'),
  among('aws aws_ecs_service launch_type', 'EC2 FARGATE EXTERNAL'),
  exactly('aws aws_lb load_balancer_type', 'application network gateway'),
  exactly('aws aws_lb_target_group target_type', 'instance ip lambda alb'),
  exactly(
    'aws aws_lb_target_group stickiness.type',
    'lb_cookie app_cookie source_ip source_ip_dest_ip source_ip_dest_ip_proto',
  ),
  exactly('aws aws_dynamodb_table billing_mode', 'PROVISIONED PAY_PER_REQUEST'),
  exactly('aws aws_dynamodb_table attribute.type', 'S N B'),
  exactly('aws aws_dynamodb_table stream_view_type', 'KEYS_ONLY NEW_IMAGE OLD_IMAGE NEW_AND_OLD_IMAGES'),
  among('aws aws_s3_bucket_acl acl', 'private public-read public-read-write authenticated-read'),
  among('aws aws_s3_object storage_class', 'STANDARD STANDARD_IA GLACIER DEEP_ARCHIVE INTELLIGENT_TIERING'),
  exactly(
    'aws aws_cloudwatch_log_group retention_in_days',
    '0 1 3 5 7 14 30 60 90 120 150 180 365 400 545 731 1096 1827 2192 2557 2922 3288 3653',
  ),
  exactly('aws aws_cloudwatch_metric_alarm statistic', 'SampleCount Average Sum Minimum Maximum'),
  exactly('aws aws_cloudwatch_metric_alarm treat_missing_data', 'missing ignore breaching notBreaching'),
  among('aws aws_route53_record type', 'A AAAA CNAME MX TXT SRV'),
  exactly('aws aws_cloudfront_distribution price_class', 'PriceClass_All PriceClass_200 PriceClass_100'),
  exactly('aws aws_efs_file_system performance_mode', 'generalPurpose maxIO'),
  exactly('aws aws_sqs_queue deduplication_scope', 'messageGroup queue'),
  exactly('aws aws_cognito_user_pool alias_attributes', 'phone_number email preferred_username'),
  exactly('aws aws_memorydb_cluster network_type', 'ipv4 ipv6 dual_stack'),
  among('aws aws_security_group ingress.protocol', 'tcp udp icmp -1'),
  among('aws aws_db_instance engine', 'postgres mysql mariadb sqlserver-ex'),
  among('aws aws_db_instance instance_class', 'db.t3.micro db.m5.large db.r6g.16xlarge', 'db.p5.48xlarge'),
  among('aws aws_elasticache_cluster node_type', 'cache.t3.micro cache.r7g.large'),
  among('aws aws_glue_job worker_type', 'Standard G.1X G.2X G.025X'),
  among('aws aws_launch_template instance_requirements.accelerator_names', 'a100 h100 t4 v100', 'A100'),
];

const google = [
  among('google provider: region', 'us-central1 europe-west4 asia-northeast1', 'us-central'),
  among(
    'google google_compute_instance zone',
    'us-central1-a us-east1-b europe-west1-d',
    'us-east1-a europe-west1-a',
  ),
  among(
    'google google_compute_instance machine_type',
    'e2-micro n2-standard-4 a3-highgpu-8g g2-standard-96',
    'n2-standard-3',
  ),
  among(
    'google google_container_node_pool node_config.machine_type',
    'e2-standard-4 a2-highgpu-1g ct5lp-hightpu-4t',
  ),
  among(
    'google google_compute_instance guest_accelerator.type',
    'nvidia-tesla-t4 nvidia-l4 nvidia-h100-80gb',
  ),
  exactly('google google_compute_firewall direction', 'INGRESS EGRESS'),
  exactly('google google_compute_address address_type', 'INTERNAL EXTERNAL'),
  exactly(
    'google google_container_node_pool node_config.taint.effect',
    'NO_SCHEDULE PREFER_NO_SCHEDULE NO_EXECUTE',
  ),
  among('google google_compute_disk type', 'pd-standard pd-balanced pd-ssd hyperdisk-balanced'),
  among(
    'google google_sql_database_instance database_version',
    'POSTGRES_16 MYSQL_8_0 SQLSERVER_2022_STANDARD',
  ),
  exactly('google google_redis_instance tier', 'BASIC STANDARD_HA'),
  among('google google_storage_bucket location', 'US EU ASIA EUROPE-WEST4'),
  exactly(
    'google google_cloud_run_v2_service ingress',
    'INGRESS_TRAFFIC_ALL INGRESS_TRAFFIC_INTERNAL_ONLY INGRESS_TRAFFIC_INTERNAL_LOAD_BALANCER',
  ),
  exactly(
    'google google_container_cluster logging_service',
    'logging.googleapis.com logging.googleapis.com/kubernetes none',
  ),
  among('hashicorp/google-beta google_tpu_v2_vm accelerator_type', 'v2-8 v5litepod-4 v6e-8'),
];

const azurerm = [
  among('azurerm azurerm_resource_group location', 'westeurope eastus swedencentral', 'europe'),
  among(
    'azurerm azurerm_linux_virtual_machine size',
    'Standard_B2s Standard_D4s_v5 Standard_NC24ads_A100_v4',
  ),
  exactly('azurerm azurerm_linux_virtual_machine os_disk.caching', 'None ReadOnly ReadWrite'),
  exactly('azurerm azurerm_storage_account account_tier', 'Standard Premium'),
  exactly('azurerm azurerm_storage_account account_replication_type', 'LRS GRS RAGRS ZRS GZRS RAGZRS'),
  exactly('azurerm azurerm_network_security_rule access', 'Allow Deny'),
  exactly('azurerm azurerm_network_security_rule direction', 'Inbound Outbound'),
  exactly('azurerm azurerm_network_security_rule protocol', 'Tcp Udp Icmp Esp Ah *'),
  exactly('azurerm azurerm_public_ip allocation_method', 'Static Dynamic'),
  exactly('azurerm azurerm_key_vault sku_name', 'standard premium'),
  exactly('azurerm azurerm_container_registry sku', 'Basic Standard Premium'),
  exactly('azurerm azurerm_kubernetes_cluster sku_tier', 'Free Standard Premium'),
  exactly('azurerm azurerm_kubernetes_cluster network_profile.network_plugin', 'azure kubenet none'),
  exactly('azurerm azurerm_virtual_network_gateway type', 'Vpn ExpressRoute'),
];

const kubernetes = [
  exactly('kubernetes kubernetes_service_v1 spec.type', 'ClusterIP NodePort LoadBalancer ExternalName'),
  exactly('kubernetes kubernetes_pod_v1 spec.restart_policy', 'Always OnFailure Never'),
  exactly('kubernetes kubernetes_job_v1 spec.template.spec.restart_policy', 'OnFailure Never'),
  exactly('kubernetes kubernetes_deployment_v1 spec.strategy.type', 'Recreate RollingUpdate'),
  exactly(
    'kubernetes kubernetes_deployment_v1 spec.template.spec.container.image_pull_policy',
    'Always IfNotPresent Never',
  ),
  exactly(
    'kubernetes kubernetes_deployment_v1 spec.template.spec.toleration.effect',
    'NoSchedule PreferNoSchedule NoExecute',
  ),
  exactly('kubernetes kubernetes_deployment_v1 spec.template.spec.toleration.operator', 'Equal Exists'),
  exactly(
    'kubernetes kubernetes_persistent_volume_claim_v1 spec.access_modes',
    'ReadWriteOnce ReadOnlyMany ReadWriteMany ReadWriteOncePod',
  ),
  exactly('kubernetes kubernetes_storage_class_v1 volume_binding_mode', 'Immediate WaitForFirstConsumer'),
  exactly('kubernetes kubernetes_network_policy_v1 spec.policy_types', 'Ingress Egress'),
];

const others = [
  exactly('hashicorp/tls tls_private_key algorithm', 'RSA ECDSA ED25519'),
  exactly('hashicorp/tls tls_private_key ecdsa_curve', 'P224 P256 P384 P521'),
  exactly('integrations/github github_repository visibility', 'public private internal'),
  exactly('gitlabhq/gitlab gitlab_project visibility_level', 'private internal public'),
  { question: 'datadog/datadog datadog_monitor type', among: ['metric alert', 'slo alert', 'composite'] },
  among('cloudflare/cloudflare cloudflare_dns_record type', 'A AAAA CNAME MX TXT'),
  exactly('mongodb/mongodbatlas mongodbatlas_advanced_cluster cluster_type', 'REPLICASET SHARDED GEOSHARDED'),
  exactly('newrelic/newrelic newrelic_nrql_alert_condition type', 'static baseline outlier'),
  among('digitalocean/digitalocean digitalocean_droplet region', 'nyc3 fra1 ams3'),
  exactly('digitalocean/digitalocean digitalocean_certificate type', 'lets_encrypt custom'),
  exactly('pagerduty/pagerduty pagerduty_team_membership role', 'observer responder manager'),
];

export const facts: readonly Fact[] = [...aws, ...google, ...azurerm, ...kubernetes, ...others];
