/**
 * Which API a resource type belongs to: the longest prefix wins. The version of each package is pinned, so that a run gives
 * the same answer again; raise them all with `npm view`.
 */
const prefixes = `accessanalyzer accessanalyzer
acm acm
acmpca acm-pca
alb elastic-load-balancing-v2
ami ec2
amplify amplify
api_gateway api-gateway
apigatewayv2 apigatewayv2
appautoscaling application-auto-scaling
appconfig appconfig
appflow appflow
appmesh app-mesh
apprunner apprunner
appstream appstream
appsync appsync
athena athena
autoscaling auto-scaling
backup backup
batch batch
bedrock bedrock
bedrockagent bedrock-agent
bedrockagentcore bedrock-agentcore-control
budgets budgets
ce cost-explorer
chatbot chatbot
cleanrooms cleanrooms
cloudformation cloudformation
cloudfront cloudfront
cloudtrail cloudtrail
cloudwatch_log cloudwatch-logs
cloudwatch_query cloudwatch-logs
cloudwatch_event eventbridge
cloudwatch cloudwatch
codeartifact codeartifact
codebuild codebuild
codecommit codecommit
codedeploy codedeploy
codepipeline codepipeline
cognito cognito-identity-provider
comprehend comprehend
config config-service
connect connect
customer_gateway ec2
customerprofiles customer-profiles
datasync datasync
datazone datazone
db rds
default ec2
dlm dlm
dms database-migration-service
docdb docdb
docdbelastic docdb-elastic
dynamodb dynamodb
ebs ec2
ec2 ec2
ecr ecr
ecs ecs
efs efs
eip ec2
eks eks
elasticache elasticache
emr emr
emrcontainers emr-containers
emrserverless emr-serverless
evidently evidently
fis fis
flow_log ec2
fms fms
fsx fsx
gamelift gamelift
globalaccelerator global-accelerator
glue glue
grafana grafana
guardduty guardduty
iam iam
imagebuilder imagebuilder
inspector2 inspector2
instance ec2
iot iot
kendra kendra
key_pair ec2
keyspaces keyspaces
kinesis_firehose firehose
kinesis kinesis
kinesisanalyticsv2 kinesis-analytics-v2
kms kms
lakeformation lakeformation
lambda lambda
launch_template ec2
lb elastic-load-balancing-v2
lexv2models lex-models-v2
licensemanager license-manager
lightsail lightsail
location location
macie2 macie2
media_convert mediaconvert
medialive medialive
memorydb memorydb
mq mq
msk kafka
mskconnect kafkaconnect
mwaa mwaa
nat ec2
neptune neptune
network_acl ec2
network_interface ec2
networkfirewall network-firewall
networkmanager networkmanager
opensearch opensearch
opensearchserverless opensearchserverless
organizations organizations
pipes pipes
placement_group ec2
quicksight quicksight
rds rds
redshift redshift
redshiftserverless redshift-serverless
resourceexplorer2 resource-explorer-2
route ec2
route53 route-53
route53_resolver route53resolver
s3 s3
s3control s3-control
s3tables s3tables
s3vectors s3vectors
sagemaker sagemaker
scheduler scheduler
security_group ec2
securityhub securityhub
service_discovery servicediscovery
servicecatalog service-catalog
sesv2 sesv2
sfn sfn
sns sns
spot ec2
sqs sqs
ssm ssm
ssmincidents ssm-incidents
ssoadmin sso-admin
storagegateway storage-gateway
subnet ec2
synthetics synthetics
timestreaminfluxdb timestream-influxdb
transcribe transcribe
transfer transfer
verifiedaccess ec2
verifiedpermissions verifiedpermissions
vpc ec2
vpclattice vpc-lattice
vpn ec2
wafv2 wafv2
workspaces workspaces
workspacesweb workspaces-web
xray xray`.split('\n').map((line) => line.split(' '));

/** Pinned versions of `@aws-sdk/client-…`; most were published together. */
const versions = Object.fromEntries(
  Object.entries({
    '3.1080.0': 'accessanalyzer',
    '3.1169.0': 'acm amplify apigatewayv2 auto-scaling cloudformation cloudwatch-logs codecommit cognito-identity-provider ec2 ecr eks emr-serverless eventbridge firehose global-accelerator glue guardduty iam iot kafka kafkaconnect lightsail mediaconvert organizations quicksight rds redshift redshift-serverless route-53 s3 scheduler sesv2 sns sqs ssm xray',
    '3.523.0': 'acm-pca fis mwaa networkmanager',
    '3.1142.0': 'api-gateway apprunner appsync bedrock-agentcore-control codebuild elastic-load-balancing-v2 kendra sagemaker vpc-lattice',
    '3.1048.0': 'app-mesh appflow cleanrooms datasync datazone fms grafana keyspaces lakeformation lex-models-v2 license-manager macie2 mq storage-gateway workspaces',
    '3.1124.0': 'appconfig budgets codeartifact config-service database-migration-service dlm memorydb resource-explorer-2 verifiedpermissions',
    '3.1141.0': 'application-auto-scaling efs transcribe wafv2',
    '3.1112.0': 'appstream kinesis-analytics-v2 s3-control',
    '3.1164.0': 'athena bedrock cloudfront cloudwatch dynamodb ecs kms lambda',
    '3.1092.0': 'backup',
    '3.1138.0': 'batch bedrock-agent codepipeline comprehend cost-explorer location opensearch opensearchserverless servicediscovery sso-admin transfer workspaces-web',
    '3.670.0': 'chatbot',
    '3.1137.0': 'cloudtrail s3vectors',
    '3.1133.0': 'codedeploy gamelift',
    '3.1136.0': 'connect medialive',
    '3.1019.0': 'customer-profiles ssm-incidents',
    '3.1127.0': 'docdb elasticache neptune s3tables',
    '3.1075.0': 'docdb-elastic network-firewall',
    '3.1089.0': 'emr',
    '3.623.0': 'emr-containers',
    '3.901.0': 'evidently',
    '3.1098.0': 'fsx',
    '3.1046.0': 'imagebuilder',
    '3.1085.0': 'inspector2',
    '3.1143.0': 'kinesis pipes',
    '3.654.0': 'route53resolver',
    '3.1108.0': 'securityhub',
    '3.1079.0': 'service-catalog',
    '3.1163.0': 'sfn',
    '3.669.0': 'synthetics',
    '3.956.0': 'timestream-influxdb',
  }).flatMap(([version, names]) => names.split(' ').map((name) => [name, version])),
);

/** @returns {{ name: string, version: string }[]} */
export function sdkPackages() {
  return Object.entries(versions).map(([service, version]) => ({ name: `@aws-sdk/client-${service}`, service, version }));
}

/** @param {string} type as `aws_lb_listener` */
export function serviceOf(type) {
  const name = type.replace(/^aws_/, '');
  let best;
  for (const [prefix, service] of prefixes) {
    if ((name === prefix || name.startsWith(`${prefix}_`)) && (best === undefined || prefix.length > best.prefix.length)) best = { prefix, service };
  }
  return best;
}
