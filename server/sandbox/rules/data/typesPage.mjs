// Writes docs/sandbox-types.md from the rule files. Run: node server/sandbox/rules/data/typesPage.mjs
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { azurermTypes, googleTypes, kubernetesTypes } from './typeLists.mjs';

/** AWS types that training and serving stacks use most; the rules know many more. */
const awsShown = `
acm_certificate appautoscaling_policy appautoscaling_target athena_workgroup autoscaling_group batch_job_definition batch_job_queue
bedrockagent_agent cloudfront_distribution cloudwatch_event_rule cloudwatch_event_target cloudwatch_log_group
cloudwatch_metric_alarm codebuild_project db_instance db_subnet_group dynamodb_table ebs_volume ecr_lifecycle_policy ecr_repository
ecs_cluster ecs_service ecs_task_definition efs_file_system efs_mount_target eip eks_addon eks_cluster eks_node_group
emr_cluster fsx_lustre_file_system glue_catalog_database glue_crawler glue_job iam_instance_profile iam_policy iam_role iam_role_policy
iam_role_policy_attachment iam_user instance internet_gateway key_pair kinesis_stream kms_alias kms_key lambda_function
lambda_permission launch_template lb lb_listener lb_target_group nat_gateway placement_group rds_cluster route route53_record
route53_zone route_table route_table_association s3_bucket s3_bucket_lifecycle_configuration s3_bucket_policy
s3_bucket_public_access_block s3_bucket_server_side_encryption_configuration s3_bucket_versioning s3_object sagemaker_domain
sagemaker_endpoint sagemaker_endpoint_configuration sagemaker_model sagemaker_notebook_instance secretsmanager_secret
secretsmanager_secret_version security_group security_group_rule sfn_state_machine sns_topic sns_topic_subscription sqs_queue
ssm_parameter subnet volume_attachment vpc vpc_endpoint vpc_security_group_egress_rule vpc_security_group_ingress_rule
`
  .trim()
  .split(/\s+/)
  .map((name) => `aws_${name}`);

const pages = [
  ['Amazon Web Services', 'aws', awsShown],
  ['Google Cloud', 'google', googleTypes],
  ['Azure', 'azurerm', azurermTypes],
  ['Kubernetes', 'kubernetes', kubernetesTypes.map((name) => `kubernetes_${name}`)],
  ['Small providers', 'small', undefined],
];

const page = fileURLToPath(new URL('../../../../docs/sandbox-types.md', import.meta.url));

/** The whole page. */
export async function typesPage() {
  const parts = pages.map(([title, file, shown]) => section(title, readRules(file), shown));
  return format(`${intro}\n${parts.join('\n')}`, { ...(await resolveConfig(page)), parser: 'markdown' });
}

const intro = `# Types the sandbox knows best

A provider's schema does not say which changes replace an object, and which values stand for arguments that are left
out. The sandbox has both as data, taken from the providers themselves: for the types below, and for many more of AWS.
Anything else is planned from its schema alone: every change is an update in place.

This page is written by \`server/sandbox/rules/data/typesPage.mjs\`.
`;

function readRules(file) {
  return JSON.parse(readFileSync(new URL(`../${file}.json`, import.meta.url), 'utf8'));
}

function section(title, { version, source, types }, shown) {
  const known = Object.keys(types).length;
  const names = (shown ?? Object.keys(types)).filter((name) => types[name] !== undefined);
  const rows = names.map((name) => `| \`${name}\` | ${count(types[name].replace)} | ${defaults(types[name])} |`);
  const more = known > names.length ? ` ${known - names.length} more types have rules too.` : '';
  return [
    `## ${title}`,
    '',
    `Version ${version}. Source: ${source}.${more}`,
    '',
    '| type | arguments whose change replaces | defaults |',
    '| --- | --- | --- |',
    ...rows,
    '',
  ].join('\n');
}

function count(paths) {
  const all = paths === undefined ? [] : paths.split(' ');
  const top = all.filter((path) => !path.includes('.'));
  const listed = top.slice(0, 6).map((path) => `\`${path}\``);
  const rest = all.length - listed.length;
  return [...listed, ...(rest > 0 ? [`${listed.length > 0 ? 'and ' : ''}${rest} ${listed.length > 0 ? 'more' : 'inside blocks'}`] : [])].join(', ') || 'none';
}

function defaults(rules) {
  return String(Object.keys(rules.defaults ?? {}).length);
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  writeFileSync(page, await typesPage());
