import { argumentsFrom, block, lazily, many, one, optional, required } from '../languageBlock';
import type { ArgumentRow, LanguageBlock, LanguageNestedBlock } from '../languageBlock';
import { openTofuOnly } from './availability';

// Facts: OpenTofu's `internal/encryption` from 1.7 to 1.12.

const strings = ['list', 'string'] as const;
const at = openTofuOnly;

const assumeRole: readonly ArgumentRow[] = [
  ['role_arn', 'string', 'The role to take on.', { required: true }],
  ['duration', 'string', 'How long the session lasts, such as `1h`.'],
  ['external_id', 'string', 'The identifier that the owner of the role agreed on.'],
  ['policy', 'string', 'A policy, as JSON, that narrows what the session may do.'],
  ['policy_arns', strings, 'Managed policies that narrow what the session may do.'],
  ['session_name', 'string', 'The name of the session.'],
  ['tags', ['map', 'string'], 'Tags of the session.'],
  ['transitive_tag_keys', strings, 'Keys of tags that later sessions take over.'],
];

const webIdentity: readonly ArgumentRow[] = [
  ['role_arn', 'string', 'The role to take on.'],
  ['duration', 'string', 'How long the session lasts, such as `1h`.'],
  ['policy', 'string', 'A policy, as JSON, that narrows what the session may do.'],
  ['policy_arns', strings, 'Managed policies that narrow what the session may do.'],
  ['session_name', 'string', 'The name of the session.'],
  ['web_identity_token', 'string', 'The token of the identity provider.', { sensitive: true }],
  ['web_identity_token_file', 'string', 'A file that holds the token of the identity provider.'],
];

function nested(rows: readonly ArgumentRow[]): {
  nested: { nesting: 'single'; attributes: ReturnType<typeof argumentsFrom> };
} {
  return { nested: { nesting: 'single', attributes: argumentsFrom(rows) } };
}

const awsRows = (): readonly ArgumentRow[] => [
  ['kms_key_id', 'string', 'The key in AWS KMS.', { required: true }],
  [
    'key_spec',
    'string',
    'The kind of data key to ask for.',
    { required: true, values: ['AES_256', 'AES_128'] },
  ],
  ['region', 'string', 'The region of the key.', { valuesLike: ['hashicorp/aws', 'region'] }],
  ['access_key', 'string', 'The access key. `AWS_ACCESS_KEY_ID` may give it.'],
  ['secret_key', 'string', 'The secret key. `AWS_SECRET_ACCESS_KEY` may give it.', { sensitive: true }],
  ['token', 'string', 'The session token. `AWS_SESSION_TOKEN` may give it.', { sensitive: true }],
  ['profile', 'string', 'The profile in the shared configuration files.'],
  [
    'encryption_context',
    ['map', 'string'],
    'Pairs that go with every request to the key.',
    { available: at('1.13') },
  ],
  ['max_retries', 'number', 'How often a request is tried again.'],
  ['retry_mode', 'string', 'How requests are tried again.', { values: ['standard', 'adaptive'] }],
  ['skip_credentials_validation', 'bool', 'Do not ask STS whether the credentials are good.'],
  ['skip_requesting_account_id', 'bool', 'Do not ask which account this is.'],
  ['skip_metadata_api_check', 'bool', 'Do not ask the metadata service of EC2.'],
  ['sts_region', 'string', 'The region of STS.', { valuesLike: ['hashicorp/aws', 'region'] }],
  ['http_proxy', 'string', 'A proxy for HTTP.'],
  ['https_proxy', 'string', 'A proxy for HTTPS.'],
  ['no_proxy', 'string', 'Hosts to reach without a proxy, with commas between them.'],
  ['insecure', 'bool', 'Do not check certificates.'],
  ['use_dualstack_endpoint', 'bool', 'Use endpoints that speak IPv6 too.'],
  ['use_fips_endpoint', 'bool', 'Use endpoints that meet FIPS 140.'],
  ['custom_ca_bundle', 'string', 'A file of certificates to trust.'],
  ['ec2_metadata_service_endpoint', 'string', 'The address of the metadata service of EC2.'],
  ['ec2_metadata_service_endpoint_mode', 'string', 'How to reach it.', { values: ['IPv4', 'IPv6'] }],
  ['shared_credentials_files', strings, 'Files of credentials.'],
  ['shared_config_files', strings, 'Files of profiles.'],
  ['allowed_account_ids', strings, 'The only accounts to work in.'],
  ['forbidden_account_ids', strings, 'Accounts never to work in.'],
  ['assume_role', 'dynamic', 'A role to take on first.', nested(assumeRole)],
  [
    'assume_role_with_web_identity',
    'dynamic',
    'A role to take on with a token of an identity provider.',
    nested(webIdentity),
  ],
];

const azureRows: readonly ArgumentRow[] = [
  ['vault_uri', 'string', 'The address of the key vault.', { required: true }],
  ['vault_key_name', 'string', 'The key in it.', { required: true }],
  ['key_length', 'number', 'How many bytes the data key has.', { required: true }],
  ['symmetric', 'bool', 'Whether the key in the vault is symmetric.'],
  ['symmetric_key_size', 'number', 'How many bits a symmetric key has.'],
  ['environment', 'string', 'The cloud.', { values: ['public', 'usgovernment', 'china'] }],
  ['metadata_host', 'string', 'The host that describes a cloud of its own.'],
  ['subscription_id', 'string', 'The subscription.'],
  ['tenant_id', 'string', 'The tenant.'],
  ['client_id', 'string', 'The application to log in as.'],
  ['client_id_file_path', 'string', 'A file that holds `client_id`.'],
  ['client_secret', 'string', 'The secret of the application.', { sensitive: true }],
  ['client_secret_file_path', 'string', 'A file that holds `client_secret`.'],
  [
    'client_certificate',
    'string',
    'The certificate of the application, as Base64 of PKCS#12.',
    { sensitive: true },
  ],
  ['client_certificate_path', 'string', 'A file that holds the certificate.'],
  ['client_certificate_password', 'string', 'The password of the certificate.', { sensitive: true }],
  ['use_cli', 'bool', 'Whether to take the login of the Azure CLI.'],
  ['use_msi', 'bool', 'Whether to log in as a managed identity.'],
  ['msi_endpoint', 'string', 'The address of the managed identity service.'],
  ['use_oidc', 'bool', 'Whether to log in with a token of OpenID Connect.'],
  ['oidc_token', 'string', 'The token.', { sensitive: true }],
  ['oidc_token_file_path', 'string', 'A file that holds the token.'],
  ['oidc_request_url', 'string', 'Where to ask for a token.'],
  ['oidc_request_token', 'string', 'What to ask for a token with.', { sensitive: true }],
  ['use_aks_workload_identity', 'bool', 'Whether to log in as a workload of AKS.'],
];

const gcpRows: readonly ArgumentRow[] = [
  ['kms_encryption_key', 'string', 'The key in Cloud KMS: `projects/…/cryptoKeys/…`.', { required: true }],
  ['key_length', 'number', 'How many bytes the data key has, up to 1024.', { required: true }],
  ['credentials', 'string', 'A file of credentials, or what it holds.', { sensitive: true }],
  ['access_token', 'string', 'A token to use instead of credentials.', { sensitive: true }],
  ['impersonate_service_account', 'string', 'A service account to act as.'],
  ['impersonate_service_account_delegates', strings, 'The service accounts on the way to it.'],
  [
    'additional_authenticated_data',
    'string',
    'Text that goes with every request to the key.',
    { available: at('1.13') },
  ],
];

const openBaoRows: readonly ArgumentRow[] = [
  ['key_name', 'string', 'The key of the transit engine.', { required: true }],
  ['address', 'string', 'The server. `BAO_ADDR` may give it.'],
  ['token', 'string', 'The token. `BAO_TOKEN` may give it.', { sensitive: true }],
  ['transit_engine_path', 'string', 'Where the transit engine is; `/transit` when left out.'],
  ['key_length', 'number', 'How many bytes the data key has: 16, 32 or 64.'],
  ['associated_data', 'string', 'Base64 that goes with every request to the key.', { available: at('1.13') }],
];

const pbkdf2Rows: readonly ArgumentRow[] = [
  ['passphrase', 'string', 'What the key is made of; 16 characters at least.', { sensitive: true }],
  [
    'chain',
    'dynamic',
    'Another key provider, to be used in the place of a passphrase.',
    { available: at('1.10') },
  ],
  ['key_length', 'number', 'How many bytes the key has; 32 when left out.'],
  ['iterations', 'number', 'How much work a guess takes; 600000 when left out, 200000 at least.'],
  ['salt_length', 'number', 'How many bytes the salt has; 32 when left out.'],
  ['hash_function', 'string', 'The hash; `sha512` when left out.', { values: ['sha256', 'sha512'] }],
];

const alias = optional('string', 'The name under which its settings are stored beside what is encrypted.');
const withAlias = { encrypted_metadata_alias: { ...alias, available: at('1.9') } };

function keyProvider(description: string, rows: readonly ArgumentRow[], release = '1.7'): LanguageBlock {
  return block(description, {
    labels: ['key provider', 'name'],
    available: at(release),
    attributes: { ...argumentsFrom(rows), ...withAlias },
  });
}

const keyProviders = lazily((): Readonly<Record<string, LanguageBlock>> => {
  const aws = keyProvider('A key that AWS KMS makes.', awsRows());
  const endpoints = many('Addresses of services of AWS.', {
    attributes: {
      iam: optional('string', 'The address of IAM.'),
      sts: optional('string', 'The address of STS.'),
    },
  });
  return {
    pbkdf2: keyProvider('A key that is made of a passphrase.', pbkdf2Rows),
    aws_kms: { ...aws, blocks: { endpoints } },
    gcp_kms: keyProvider('A key that Cloud KMS of Google makes.', gcpRows),
    azure_vault: keyProvider('A key that Azure Key Vault makes.', azureRows, '1.11'),
    openbao: keyProvider('A key that OpenBao makes.', openBaoRows),
    external: keyProvider(
      'A key that a program of yours makes.',
      [['command', strings, 'The program and its arguments.', { required: true }]],
      '1.10',
    ),
  };
});

const keys = required('dynamic', 'The key provider: `key_provider.pbkdf2.NAME`.');
const methodLabels = ['method', 'name'];

const methods = lazily((): Readonly<Record<string, LanguageBlock>> => ({
  aes_gcm: block('Encrypts with AES-GCM.', {
    labels: methodLabels,
    attributes: {
      keys,
      aad: optional(['list', 'number'], 'Bytes that are not encrypted, but must be the same to decrypt.'),
    },
  }),
  external: block('Encrypts with a program of yours.', {
    labels: methodLabels,
    available: at('1.10'),
    attributes: argumentsFrom([
      ['encrypt_command', strings, 'The program that encrypts, and its arguments.', { required: true }],
      ['decrypt_command', strings, 'The program that decrypts, and its arguments.', { required: true }],
      ['keys', 'dynamic', 'The key provider, where the program needs keys.'],
    ]),
  }),
  unencrypted: block('Does not encrypt: for the way from or to encryption.', { labels: methodLabels }),
}));

const method = optional('dynamic', 'The method: `method.aes_gcm.NAME`.');

/** A fallback may have a fallback. */
function fallback(depth: number): LanguageNestedBlock {
  return one('What to read with, where the method fails: what was used before.', {
    attributes: { method },
    blocks: depth === 0 ? {} : { fallback: fallback(depth - 1) },
  });
}

function target(what: string): LanguageNestedBlock {
  return one(`How ${what} is encrypted.`, {
    attributes: {
      method,
      enforced: optional('bool', 'Whether it is an error when nothing is encrypted.'),
    },
    blocks: { fallback: fallback(2) },
  });
}

/** OpenTofu takes the same from the environment and puts both together, so that nothing is missing here. */
export const encryption: LanguageNestedBlock = one('How state and plans are encrypted.', {
  available: openTofuOnly('1.7'),
  partial: true,
  blocks: {
    key_provider: many('Where keys come from.', {
      labels: ['key provider', 'name'],
      rest: 'anything',
      byLabel: keyProviders,
    }),
    method: many('How to encrypt.', { labels: methodLabels, rest: 'anything', byLabel: methods }),
    state: target('the state'),
    plan: target('a plan'),
    remote_state_data_sources: one('How states of other configurations are decrypted.', {
      blocks: {
        default: one('The way for those that are not named.', {
          attributes: { method },
          blocks: { fallback: fallback(2) },
        }),
        remote_state_data_source: many('The way for one data source.', {
          labels: ['data source'],
          attributes: { method },
          blocks: { fallback: fallback(2) },
        }),
      },
    }),
  },
});
