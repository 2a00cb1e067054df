import { argumentsFrom, block, known, one, optional, required } from '../../languageBlock';
import type { ArgumentRow, BlockParts, LanguageBlock } from '../../languageBlock';
import { openTofuOnly, since, terraformOnly, until } from '../availability';

// Facts: `internal/backend/remote-state` of Terraform from 0.12 to 1.15 and of OpenTofu from 1.6 to 1.12.

const secret = { sensitive: true } as const;
const strings = ['list', 'string'] as const;

const gcs: readonly ArgumentRow[] = [
  ['bucket', 'string', 'The bucket.', { required: true }],
  ['prefix', 'string', 'The folder in it; each workspace is a file there.'],
  ['credentials', 'string', 'A file of credentials, or what it holds.', secret],
  [
    'access_token',
    'string',
    'A token to use instead of credentials. `GOOGLE_OAUTH_ACCESS_TOKEN` may give it.',
    { ...secret, available: since('0.12.10') },
  ],
  ['impersonate_service_account', 'string', 'A service account to act as.', { available: since('0.14') }],
  [
    'impersonate_service_account_delegates',
    strings,
    'The service accounts on the way to it.',
    { available: since('0.14') },
  ],
  [
    'encryption_key',
    'string',
    'A key of your own to encrypt with, 32 bytes in Base64. `GOOGLE_ENCRYPTION_KEY` may give it.',
    secret,
  ],
  [
    'kms_encryption_key',
    'string',
    'The key in Cloud KMS to encrypt with: `projects/…/cryptoKeys/…`.',
    { available: since('1.4') },
  ],
  ['storage_custom_endpoint', 'string', 'The address of the storage service.', { available: since('1.4') }],
  ['project', 'string', 'The project of the bucket.', { available: until('0.15.4') }],
  ['region', 'string', 'The region of the bucket.', { available: until('0.15.4') }],
  ['path', 'string', 'Use `prefix`.', { available: until('0.15') }],
  ['universe_domain', 'string', 'The domain of a cloud of its own.', { available: openTofuOnly('1.11.5') }],
];

const oci: readonly ArgumentRow[] = [
  ['bucket', 'string', 'The bucket.', { required: true }],
  ['namespace', 'string', 'The namespace of the object storage.', { required: true }],
  ['key', 'string', 'The path of the state; `terraform.tfstate` when left out.'],
  ['workspace_key_prefix', 'string', 'What the paths of other workspaces start with.'],
  ['region', 'string', 'The region of the bucket.'],
  ['tenancy_ocid', 'string', 'The tenancy.'],
  ['user_ocid', 'string', 'The user.'],
  ['fingerprint', 'string', 'The fingerprint of the API key.'],
  ['private_key', 'string', 'The API key itself.', secret],
  ['private_key_path', 'string', 'A file that holds the API key.'],
  ['private_key_password', 'string', 'The password of the API key.', secret],
  [
    'auth',
    'string',
    'How to log in; by API key when left out.',
    {
      values: [
        'ApiKey',
        'InstancePrincipal',
        'InstancePrincipalWithCerts',
        'SecurityToken',
        'OKEWorkloadIdentity',
        'ResourcePrincipal',
      ],
    },
  ],
  ['config_file_profile', 'string', 'The profile in the configuration file of OCI.'],
  ['kms_key_id', 'string', 'The key of the key management service to encrypt with.'],
  ['sse_customer_key', 'string', 'A key of your own to encrypt with, in Base64.', secret],
  ['sse_customer_key_sha256', 'string', 'The SHA-256 of that key, in Base64.'],
  ['sse_customer_algorithm', 'string', 'The algorithm of that key.', { values: ['AES256'] }],
];

const oss: readonly ArgumentRow[] = [
  ['bucket', 'string', 'The bucket.', { required: true }],
  ['prefix', 'string', 'The folder of the states; `env:` when left out.'],
  ['key', 'string', 'The path of the state; `terraform.tfstate` when left out.'],
  ['region', 'string', 'The region of the bucket. `ALICLOUD_REGION` may give it.'],
  ['tablestore_endpoint', 'string', 'The address of the table store to lock with.'],
  ['tablestore_table', 'string', 'The table to lock with.'],
  ['tablestore_instance_name', 'string', 'The instance of that table.', { available: terraformOnly('1.12') }],
  ['encrypt', 'bool', 'Whether the state is encrypted.'],
  ['acl', 'string', 'Who may read the state.', { values: ['private', 'public-read', 'public-read-write'] }],
  ['access_key', 'string', 'The access key. `ALICLOUD_ACCESS_KEY` may give it.'],
  ['secret_key', 'string', 'The secret key. `ALICLOUD_SECRET_KEY` may give it.', secret],
  ['security_token', 'string', 'The token of a session.', secret],
  ['ecs_role_name', 'string', 'The role of the machine this runs on.', { available: since('0.12.14') }],
  ['shared_credentials_file', 'string', 'A file of credentials.', { available: since('0.12.8') }],
  ['profile', 'string', 'The profile in the file of credentials.', { available: since('0.12.8') }],
  ['endpoint', 'string', 'The address of the storage service.'],
  ['sts_endpoint', 'string', 'The address of STS.', { available: since('1.0.11') }],
  ['assume_role_role_arn', 'string', 'A role to take on first.', { available: since('1.1') }],
  ['assume_role_session_name', 'string', 'The name of the session.', { available: since('1.1') }],
  [
    'assume_role_policy',
    'string',
    'A policy that narrows what the session may do.',
    { available: since('1.1') },
  ],
  [
    'assume_role_session_expiration',
    'number',
    'How many seconds the session lasts, from 900 to 3600.',
    { available: since('1.1') },
  ],
];

const ossRole = one('Use the arguments `assume_role_…`.', {
  available: since('0.12.6'),
  deprecated: true,
  attributes: {
    role_arn: required('string', 'The role to take on.'),
    session_name: optional('string', 'The name of the session.'),
    policy: optional('string', 'A policy that narrows what the session may do.'),
    session_expiration: optional('number', 'How many seconds the session lasts.'),
  },
});

const cos: readonly ArgumentRow[] = [
  ['bucket', 'string', 'The bucket.', { required: true }],
  ['region', 'string', 'The region of the bucket. `TENCENTCLOUD_REGION` may give it.', { required: true }],
  ['prefix', 'string', 'The folder of the states.'],
  ['key', 'string', 'The name of the state; `terraform.tfstate` when left out.'],
  ['encrypt', 'bool', 'Whether the state is encrypted; true when left out.'],
  ['acl', 'string', 'Who may read the state.', { values: ['private', 'public-read'] }],
  ['accelerate', 'bool', 'Use the global accelerator.', { available: since('1.3') }],
  ['endpoint', 'string', 'The address of the storage service.', { available: terraformOnly('1.6') }],
  ['domain', 'string', 'The domain of the programming interface.', { available: terraformOnly('1.6') }],
  ['secret_id', 'string', 'The identifier of the key. `TENCENTCLOUD_SECRET_ID` may give it.'],
  ['secret_key', 'string', 'The key. `TENCENTCLOUD_SECRET_KEY` may give it.', secret],
  ['security_token', 'string', 'The token of a session.', { ...secret, available: since('1.4') }],
  ['profile', 'string', 'The profile in the shared credentials.', { available: terraformOnly('1.10') }],
  [
    'shared_credentials_dir',
    'string',
    'The folder of shared credentials.',
    { available: terraformOnly('1.10') },
  ],
  ['cam_role_name', 'string', 'The role of the machine this runs on.', { available: terraformOnly('1.10') }],
];

const cosRole = one('A role to take on first.', {
  available: since('1.4'),
  attributes: {
    role_arn: required('string', 'The role.'),
    session_name: required('string', 'The name of the session.'),
    session_duration: required('number', 'How many seconds the session lasts, up to 43200.'),
    policy: optional('string', 'A policy that narrows what the session may do.'),
    external_id: known(
      terraformOnly('1.10'),
      optional('string', 'The identifier that the owner of the role agreed on.'),
    ),
  },
});

/** Backends of clouds but AWS and Azure. */
export function hostedBackends(labels: readonly string[]): Readonly<Record<string, LanguageBlock>> {
  const backend = (description: string, rows: readonly ArgumentRow[], parts: BlockParts = {}) =>
    block(description, { labels, partial: true, attributes: argumentsFrom(rows), ...parts });
  return {
    cos: backend('State in a bucket of Tencent Cloud.', cos, {
      available: since('0.12.21'),
      blocks: { assume_role: cosRole },
    }),
    gcs: backend('State in a bucket of Google Cloud Storage.', gcs),
    oci: backend('State in the object storage of Oracle Cloud.', oci, { available: terraformOnly('1.12') }),
    oss: backend('State in a bucket of Alibaba Cloud.', oss, {
      available: since('0.12.2'),
      blocks: { assume_role: ossRole },
    }),
  };
}
