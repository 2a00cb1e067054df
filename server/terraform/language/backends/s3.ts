import { argumentsFrom, block } from '../../languageBlock';
import type { ArgumentRow, LanguageArgument, LanguageBlock } from '../../languageBlock';
import { openTofuOnly, since, terraformOnly, until } from '../availability';

// Facts: `internal/backend/remote-state/s3` of Terraform from 0.12 to 1.15 and of OpenTofu from 1.6 to 1.12.

const strings = ['set', 'string'] as const;
const renewed = since('1.6');
const region: Partial<LanguageArgument> = { valuesLike: ['hashicorp/aws', 'region'] };
const secret = { sensitive: true } as const;
const cannedAcls = [
  'private',
  'public-read',
  'public-read-write',
  'authenticated-read',
  'aws-exec-read',
  'bucket-owner-read',
  'bucket-owner-full-control',
  'log-delivery-write',
];

/** Became members of `assume_role`; Terraform took them away, OpenTofu only advises against them. */
const roleArgument: Partial<LanguageArgument> = {
  available: until('1.10', '0.12', { since: '1.6' }),
  deprecatedIn: renewed,
};
const newerRoleArgument: Partial<LanguageArgument> = {
  available: until('1.10', '0.13', { since: '1.6' }),
  deprecatedIn: renewed,
};
const renamed: Partial<LanguageArgument> = { deprecatedIn: renewed };

const session: readonly ArgumentRow[] = [
  ['role_arn', 'string', 'The role to take on.', { required: true }],
  ['duration', 'string', 'How long the session lasts, from 15 minutes to 12 hours: `1h`.'],
  ['policy', 'string', 'A policy, as JSON, that narrows what the session may do.'],
  ['policy_arns', strings, 'Managed policies that narrow what the session may do.'],
  ['session_name', 'string', 'The name of the session.'],
];

const assumeRole: readonly ArgumentRow[] = [
  ...session,
  ['external_id', 'string', 'The identifier that the owner of the role agreed on.'],
  ['source_identity', 'string', 'Who stands behind the session.', { available: terraformOnly('1.6') }],
  ['tags', ['map', 'string'], 'Tags of the session.'],
  ['transitive_tag_keys', strings, 'Keys of tags that later sessions take over.'],
];

const webIdentity: readonly ArgumentRow[] = [
  ...session,
  ['web_identity_token', 'string', 'The token of the identity provider.', secret],
  ['web_identity_token_file', 'string', 'A file that holds the token of the identity provider.'],
];

const endpoints: readonly ArgumentRow[] = [
  ['s3', 'string', 'The address of S3, or of what speaks its language.'],
  ['dynamodb', 'string', 'The address of DynamoDB.', { deprecatedIn: terraformOnly('1.11') }],
  ['iam', 'string', 'The address of IAM.'],
  ['sso', 'string', 'The address of IAM Identity Center.', { available: terraformOnly('1.6.1') }],
  ['sts', 'string', 'The address of STS.'],
];

function nested(rows: readonly ArgumentRow[]): Partial<LanguageArgument> {
  return { available: renewed, nested: { nesting: 'single', attributes: argumentsFrom(rows) } };
}

const place: readonly ArgumentRow[] = [
  ['bucket', 'string', 'The bucket.', { required: true }],
  ['key', 'string', 'The path of the state inside the bucket.', { required: true }],
  ['region', 'string', 'The region of the bucket. `AWS_REGION` may give it.', region],
  ['workspace_key_prefix', 'string', 'What the paths of other workspaces start with; `env:` when left out.'],
  [
    'use_lockfile',
    'bool',
    'Lock with a file beside the state; needs no table.',
    { available: since('1.10', '1.10') },
  ],
  [
    'dynamodb_table',
    'string',
    'A table of DynamoDB to lock with. `use_lockfile` needs none.',
    { deprecatedIn: terraformOnly('1.11') },
  ],
  ['lock_table', 'string', 'Use `dynamodb_table`.', { available: until('0.13') }],
  ['state_tags', ['map', 'string'], 'Tags of the state.', { available: openTofuOnly('1.11') }],
  ['lock_tags', ['map', 'string'], 'Tags of the lock.', { available: openTofuOnly('1.11') }],
  ['acl', 'string', 'Who may read the state, as a canned access list.', { values: cannedAcls }],
  ['encrypt', 'bool', 'Whether S3 encrypts the state.'],
  ['kms_key_id', 'string', 'The key of KMS to encrypt with.'],
  [
    'sse_customer_key',
    'string',
    'A key of your own to encrypt with, in Base64. `AWS_SSE_CUSTOMER_KEY` may give it.',
    { ...secret, available: since('0.12.8') },
  ],
];

const credentials: readonly ArgumentRow[] = [
  ['access_key', 'string', 'The access key. `AWS_ACCESS_KEY_ID` may give it.'],
  ['secret_key', 'string', 'The secret key. `AWS_SECRET_ACCESS_KEY` may give it.', secret],
  ['token', 'string', 'The session token. `AWS_SESSION_TOKEN` may give it.', secret],
  ['profile', 'string', 'The profile in the shared configuration files. `AWS_PROFILE` may give it.'],
  ['assume_role', 'dynamic', 'A role to take on first.', nested(assumeRole)],
  [
    'assume_role_with_web_identity',
    'dynamic',
    'A role to take on with a token of an identity provider.',
    nested(webIdentity),
  ],
  ['shared_config_files', strings, 'Files of profiles.', { available: renewed }],
  ['shared_credentials_files', strings, 'Files of credentials.', { available: renewed }],
  ['shared_credentials_file', 'string', 'Use `shared_credentials_files`.', renamed],
  ['allowed_account_ids', strings, 'The only accounts to work in.', { available: renewed }],
  ['forbidden_account_ids', strings, 'Accounts never to work in.', { available: renewed }],
  [
    'use_legacy_workflow',
    'bool',
    'Look for credentials in the order of earlier releases.',
    { available: until('1.8', '1.6', { since: '1.6', until: '1.8' }) },
  ],
  ['role_arn', 'string', 'Use `assume_role`.', roleArgument],
  ['session_name', 'string', 'Use `assume_role`.', roleArgument],
  ['external_id', 'string', 'Use `assume_role`.', roleArgument],
  ['assume_role_policy', 'string', 'Use `assume_role`.', roleArgument],
  ['assume_role_duration_seconds', 'number', 'Use `assume_role`.', newerRoleArgument],
  ['assume_role_policy_arns', strings, 'Use `assume_role`.', newerRoleArgument],
  ['assume_role_tags', ['map', 'string'], 'Use `assume_role`.', newerRoleArgument],
  ['assume_role_transitive_tag_keys', strings, 'Use `assume_role`.', newerRoleArgument],
];

const connection: readonly ArgumentRow[] = [
  [
    'endpoints',
    'dynamic',
    'Addresses of services of AWS, or of what speaks their language.',
    nested(endpoints),
  ],
  ['endpoint', 'string', 'Use `endpoints = { s3 = … }`.', renamed],
  ['dynamodb_endpoint', 'string', 'Use `endpoints = { dynamodb = … }`.', renamed],
  ['iam_endpoint', 'string', 'Use `endpoints = { iam = … }`.', renamed],
  ['sts_endpoint', 'string', 'Use `endpoints = { sts = … }`.', renamed],
  ['sts_region', 'string', 'The region of STS.', { ...region, available: renewed }],
  [
    'use_path_style',
    'bool',
    'Write the bucket into the path of addresses, not into the host.',
    { available: renewed },
  ],
  ['force_path_style', 'bool', 'Use `use_path_style`.', renamed],
  ['use_dualstack_endpoint', 'bool', 'Use endpoints that speak IPv6 too.', { available: renewed }],
  ['use_fips_endpoint', 'bool', 'Use endpoints that meet FIPS 140.', { available: renewed }],
  [
    'ec2_metadata_service_endpoint',
    'string',
    'The address of the metadata service of EC2.',
    { available: renewed },
  ],
  [
    'ec2_metadata_service_endpoint_mode',
    'string',
    'How to reach it.',
    { available: renewed, values: ['IPv4', 'IPv6'] },
  ],
  ['custom_ca_bundle', 'string', 'A file of certificates to trust.', { available: renewed }],
  ['http_proxy', 'string', 'A proxy for HTTP.', { available: renewed }],
  ['https_proxy', 'string', 'A proxy for HTTPS.', { available: since('1.6.4') }],
  [
    'no_proxy',
    'string',
    'Hosts to reach without a proxy, with commas between them.',
    { available: since('1.6.4') },
  ],
  ['insecure', 'bool', 'Do not check certificates.', { available: renewed }],
  ['max_retries', 'number', 'How often a request is tried again; 5 when left out.'],
  [
    'retry_mode',
    'string',
    'How requests are tried again.',
    { available: renewed, values: ['standard', 'adaptive'] },
  ],
];

const checks: readonly ArgumentRow[] = [
  ['skip_credentials_validation', 'bool', 'Do not ask STS whether the credentials are good.'],
  ['skip_requesting_account_id', 'bool', 'Do not ask which account this is.'],
  ['skip_metadata_api_check', 'bool', 'Do not ask the metadata service of EC2.'],
  ['skip_region_validation', 'bool', 'Take a region that is not known.'],
  [
    'skip_s3_checksum',
    'bool',
    'Send no checksums, for what only resembles S3.',
    { available: since('1.6.3') },
  ],
  ['skip_get_ec2_platforms', 'bool', 'Does nothing.', { available: until('0.13') }],
];

/** State in S3 of AWS, or in what speaks its language. */
export function s3Backend(labels: readonly string[]): LanguageBlock {
  return block('State in a bucket of S3.', {
    labels,
    partial: true,
    attributes: argumentsFrom([...place, ...credentials, ...connection, ...checks]),
  });
}
