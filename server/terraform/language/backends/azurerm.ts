import { argumentsFrom, block } from '../../languageBlock';
import type { ArgumentRow, LanguageBlock } from '../../languageBlock';
import { openTofuOnly, since, terraformOnly, until } from '../availability';

// Facts: `internal/backend/remote-state/azure` of Terraform from 0.12 to 1.15 and of OpenTofu from 1.6 to 1.12.

const secret = { sensitive: true } as const;
const oidc = since('1.2');
const reworked = since('1.11', '1.11');
const beforeRename = until('0.15');

const place: readonly ArgumentRow[] = [
  ['storage_account_name', 'string', 'The storage account.', { required: true }],
  ['container_name', 'string', 'The container in it.', { required: true }],
  ['key', 'string', 'The blob that holds the state.', { required: true }],
  ['resource_group_name', 'string', 'The resource group of the storage account.'],
  [
    'subscription_id',
    'string',
    'The subscription of the storage account. `ARM_SUBSCRIPTION_ID` may give it.',
  ],
  ['snapshot', 'bool', 'Take a snapshot of the blob before each change.', { available: since('0.13') }],
  [
    'lookup_blob_endpoint',
    'bool',
    'Ask for the address of the account, as accounts with a DNS zone need.',
    { available: terraformOnly('1.11.2') },
  ],
  [
    'timeout_seconds',
    'number',
    'How long to wait for an answer; 300 when left out.',
    { available: openTofuOnly('1.9') },
  ],
  ['encryption_scope', 'string', 'The encryption scope of the state.', { available: openTofuOnly('1.12') }],
  [
    'customer_provided_key',
    'string',
    'A key of your own to encrypt with, in Base64.',
    { ...secret, available: openTofuOnly('1.12') },
  ],
];

const cloud: readonly ArgumentRow[] = [
  [
    'environment',
    'string',
    'The cloud; `public` when left out.',
    { values: ['public', 'usgovernment', 'china'] },
  ],
  ['metadata_host', 'string', 'The host that describes a cloud of its own.', { available: since('0.13.1') }],
  ['endpoint', 'string', 'Has no effect any more.', { deprecatedIn: reworked }],
];

const credentials: readonly ArgumentRow[] = [
  ['access_key', 'string', 'The key of the storage account. `ARM_ACCESS_KEY` may give it.', secret],
  ['sas_token', 'string', 'A signature that gives access. `ARM_SAS_TOKEN` may give it.', secret],
  ['use_azuread_auth', 'bool', 'Reach the state by roles and not by keys.', { available: since('0.15') }],
  ['tenant_id', 'string', 'The tenant. `ARM_TENANT_ID` may give it.'],
  ['client_id', 'string', 'The application to log in as. `ARM_CLIENT_ID` may give it.'],
  ['client_id_file_path', 'string', 'A file that holds `client_id`.', { available: reworked }],
  ['client_secret', 'string', 'The secret of the application. `ARM_CLIENT_SECRET` may give it.', secret],
  ['client_secret_file_path', 'string', 'A file that holds `client_secret`.', { available: reworked }],
  [
    'client_certificate',
    'string',
    'The certificate of the application, as Base64 of PKCS#12.',
    { ...secret, available: reworked },
  ],
  ['client_certificate_path', 'string', 'A file that holds the certificate.', { available: since('0.13.1') }],
  [
    'client_certificate_password',
    'string',
    'The password of the certificate.',
    { ...secret, available: since('0.13.1') },
  ],
  ['use_cli', 'bool', 'Whether to take the login of the Azure CLI.', { available: reworked }],
  ['use_msi', 'bool', 'Whether to log in as a managed identity.'],
  [
    'msi_endpoint',
    'string',
    'The address of the managed identity service.',
    { deprecatedIn: openTofuOnly('1.11') },
  ],
  ['use_aks_workload_identity', 'bool', 'Whether to log in as a workload of AKS.', { available: reworked }],
  ['use_oidc', 'bool', 'Whether to log in with a token of OpenID Connect.', { available: oidc }],
  ['oidc_request_token', 'string', 'What to ask for a token with.', { ...secret, available: oidc }],
  ['oidc_request_url', 'string', 'Where to ask for a token.', { available: oidc }],
  ['oidc_token', 'string', 'The token.', { ...secret, available: since('1.3.4') }],
  ['oidc_token_file_path', 'string', 'A file that holds the token.', { available: since('1.3.4') }],
  [
    'ado_pipeline_service_connection_id',
    'string',
    'The service connection of an Azure pipeline.',
    { available: terraformOnly('1.11.2') },
  ],
  [
    'ado_service_connection_id',
    'string',
    'The service connection of an Azure pipeline.',
    { available: openTofuOnly('1.12') },
  ],
  [
    'use_microsoft_graph',
    'bool',
    'Ask Microsoft Graph and not Azure Active Directory.',
    { available: until('1.3', '1.1') },
  ],
  ['arm_subscription_id', 'string', 'Use `subscription_id`.', { available: beforeRename }],
  ['arm_tenant_id', 'string', 'Use `tenant_id`.', { available: beforeRename }],
  ['arm_client_id', 'string', 'Use `client_id`.', { available: beforeRename }],
  ['arm_client_secret', 'string', 'Use `client_secret`.', { ...secret, available: beforeRename }],
];

/** State in Blob Storage of Azure. */
export function azurermBackend(labels: readonly string[]): LanguageBlock {
  return block('State in a storage account of Azure.', {
    labels,
    partial: true,
    attributes: argumentsFrom([...place, ...cloud, ...credentials]),
  });
}
