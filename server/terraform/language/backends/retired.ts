import { argumentsFrom, block } from '../../languageBlock';
import type { ArgumentRow, LanguageBlock } from '../../languageBlock';
import { until } from '../availability';

// Facts: `internal/backend/remote-state` of Terraform 1.2.9, the last release with them, and of 0.12.

const secret = { sensitive: true } as const;
const gone = until('1.3');

const artifactory: readonly ArgumentRow[] = [
  ['url', 'string', 'The address of Artifactory.', { required: true }],
  ['repo', 'string', 'The repository.', { required: true }],
  ['subpath', 'string', 'The path in the repository.', { required: true }],
  ['username', 'string', 'The user.', { required: true }],
  ['password', 'string', 'The password.', { required: true, ...secret }],
];

const etcd: readonly ArgumentRow[] = [
  ['path', 'string', 'The path of the state.', { required: true }],
  ['endpoints', 'string', 'The servers, with spaces between them.', { required: true }],
  ['username', 'string', 'The user.'],
  ['password', 'string', 'The password.', secret],
];

const etcdv3: readonly ArgumentRow[] = [
  ['endpoints', ['list', 'string'], 'The servers.', { required: true }],
  ['username', 'string', 'The user.'],
  ['password', 'string', 'The password.', secret],
  ['prefix', 'string', 'What the keys of states start with.'],
  ['lock', 'bool', 'Whether the state is locked.'],
  ['max_request_bytes', 'number', 'The largest request.', { available: until('1.3', '1.1') }],
  ['cacert_path', 'string', 'A file with the authority to check the servers against.'],
  ['cert_path', 'string', 'A file with the certificate to show.'],
  ['key_path', 'string', 'A file with the key of the certificate.'],
];

const manta: readonly ArgumentRow[] = [
  ['account', 'string', 'The account.', { required: true }],
  ['key_id', 'string', 'The fingerprint of the key.', { required: true }],
  ['path', 'string', 'The folder of the state.', { required: true }],
  ['object_name', 'string', 'The name of the state.'],
  ['user', 'string', 'The user of the account.'],
  ['url', 'string', 'The address of the storage service.'],
  ['key_material', 'string', 'The key itself.', secret],
  ['insecure_skip_tls_verify', 'bool', 'Do not check certificates.'],
];

const swift: readonly ArgumentRow[] = [
  ['container', 'string', 'The container of the state.'],
  ['path', 'string', 'Use `container`.', { deprecated: true }],
  ['archive_container', 'string', 'The container of former states.'],
  ['archive_path', 'string', 'Use `archive_container`.', { deprecated: true }],
  ['state_name', 'string', 'The name of the state.', { available: until('1.3', '0.12.4') }],
  ['expire_after', 'string', 'When former states go.'],
  ['lock', 'bool', 'Whether the state is locked.'],
  ['auth_url', 'string', 'The address of the identity service.'],
  ['region_name', 'string', 'The region.'],
  ['cloud', 'string', 'The entry of `clouds.yaml`.'],
  ['user_name', 'string', 'The user.'],
  ['user_id', 'string', 'The identifier of the user.'],
  ['password', 'string', 'The password.', secret],
  ['token', 'string', 'A token instead of user and password.', secret],
  ['application_credential_id', 'string', 'The identifier of the application credential.'],
  ['application_credential_name', 'string', 'The name of the application credential.'],
  ['application_credential_secret', 'string', 'The secret of the application credential.', secret],
  ['tenant_id', 'string', 'The identifier of the project.'],
  ['tenant_name', 'string', 'The name of the project.'],
  ['domain_id', 'string', 'The identifier of the domain.'],
  ['domain_name', 'string', 'The name of the domain.'],
  ['user_domain_id', 'string', 'The identifier of the domain of the user.'],
  ['user_domain_name', 'string', 'The name of the domain of the user.'],
  ['project_domain_id', 'string', 'The identifier of the domain of the project.'],
  ['project_domain_name', 'string', 'The name of the domain of the project.'],
  ['default_domain', 'string', 'The domain where none is named.'],
  ['endpoint_type', 'string', 'The kind of address to use.'],
  ['insecure', 'bool', 'Do not check certificates.'],
  ['cacert_file', 'string', 'A file with the authority to check the server against.'],
  ['cert', 'string', 'The certificate to show.'],
  ['key', 'string', 'The key of the certificate.', secret],
  ['swauth', 'bool', 'Log in the way of Swift itself.', { available: until('1.3', '0.13') }],
  ['allow_reauth', 'bool', 'Log in again when a token ends.', { available: until('1.3', '0.13') }],
  ['max_retries', 'number', 'How often a request is tried again.', { available: until('1.3', '0.13') }],
  ['disable_no_cache_header', 'bool', 'Let answers be cached.', { available: until('1.3', '0.13') }],
];

/** Backends that Terraform 1.3 dropped. OpenTofu never had them. */
export function retiredBackends(labels: readonly string[]): Readonly<Record<string, LanguageBlock>> {
  const backend = (description: string, rows: readonly ArgumentRow[]) =>
    block(description, {
      labels,
      partial: true,
      deprecated: true,
      available: gone,
      attributes: argumentsFrom(rows),
    });
  return {
    artifactory: backend('State in Artifactory.', artifactory),
    etcd: backend('State in etcd 2.', etcd),
    etcdv3: backend('State in etcd 3.', etcdv3),
    manta: backend('State in Manta of Joyent.', manta),
    swift: backend('State in the object storage of OpenStack.', swift),
  };
}
