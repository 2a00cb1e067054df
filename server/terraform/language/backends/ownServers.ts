import { argumentsFrom, block, one, optional, required } from '../../languageBlock';
import type { ArgumentRow, BlockParts, LanguageBlock } from '../../languageBlock';
import { openTofuOnly, since, terraformOnly } from '../availability';

// Facts: `internal/backend` of Terraform from 0.12 to 1.15 and of OpenTofu from 1.6 to 1.12.

const secret = { sensitive: true } as const;
const strings = ['list', 'string'] as const;

const local: readonly ArgumentRow[] = [
  ['path', 'string', 'The file; `terraform.tfstate` when left out.'],
  ['workspace_dir', 'string', 'The folder of the other workspaces.'],
];

const consul: readonly ArgumentRow[] = [
  ['path', 'string', 'The path of the state.', { required: true }],
  ['address', 'string', 'The server. `CONSUL_HTTP_ADDR` may give it.'],
  ['scheme', 'string', 'How to speak to the server.', { values: ['http', 'https'] }],
  ['access_token', 'string', 'The token. `CONSUL_HTTP_TOKEN` may give it.', secret],
  ['datacenter', 'string', 'The data center.'],
  ['http_auth', 'string', 'User and password, as `user:password`.', secret],
  ['gzip', 'bool', 'Whether the state is compressed.'],
  ['lock', 'bool', 'Whether the state is locked; true when left out.'],
  ['ca_file', 'string', 'A file with the authority to check the certificate of the server against.'],
  ['cert_file', 'string', 'A file with the certificate to show; `key_file` goes with it.'],
  ['key_file', 'string', 'A file with the key of the certificate.'],
];

const mutualTls = since('1.4');

const http: readonly ArgumentRow[] = [
  ['address', 'string', 'The address of the state. `TF_HTTP_ADDRESS` may give it.', { required: true }],
  ['update_method', 'string', 'How to write; `POST` when left out.', { values: ['POST', 'PUT', 'PATCH'] }],
  ['lock_address', 'string', 'The address to lock at; without it nothing is locked.'],
  ['lock_method', 'string', 'How to lock; `LOCK` when left out.', { values: ['LOCK', 'POST', 'PUT'] }],
  ['unlock_address', 'string', 'The address to unlock at.'],
  [
    'unlock_method',
    'string',
    'How to unlock; `UNLOCK` when left out.',
    { values: ['UNLOCK', 'DELETE', 'POST', 'PUT'] },
  ],
  ['username', 'string', 'The user. `TF_HTTP_USERNAME` may give it.'],
  ['password', 'string', 'The password. `TF_HTTP_PASSWORD` may give it.', secret],
  ['headers', ['map', 'string'], 'Headers of every request.', { available: openTofuOnly('1.7') }],
  ['skip_cert_verification', 'bool', 'Do not check certificates.'],
  [
    'retry_max',
    'number',
    'How often a request is tried again; 2 when left out.',
    { available: since('0.12.2') },
  ],
  ['retry_wait_min', 'number', 'How many seconds to wait at least.', { available: since('0.12.2') }],
  ['retry_wait_max', 'number', 'How many seconds to wait at most.', { available: since('0.12.2') }],
  [
    'client_ca_certificate_pem',
    'string',
    'The authority to check the certificate of the server against, in PEM.',
    { available: mutualTls },
  ],
  ['client_certificate_pem', 'string', 'The certificate to show, in PEM.', { available: mutualTls }],
  [
    'client_private_key_pem',
    'string',
    'The key of the certificate, in PEM.',
    { ...secret, available: mutualTls },
  ],
];

const kubernetes: readonly ArgumentRow[] = [
  [
    'secret_suffix',
    'string',
    'The end of the name of the secret: `tfstate-WORKSPACE-SUFFIX`.',
    { required: true },
  ],
  ['namespace', 'string', 'The namespace of the secret; `default` when left out.'],
  ['labels', ['map', 'string'], 'Labels of the secret.'],
  ['in_cluster_config', 'bool', 'Log in as the pod this runs in.'],
  ['load_config_file', 'bool', 'Read the kubeconfig; true when left out.'],
  ['config_path', 'string', 'The kubeconfig. `KUBE_CONFIG_PATH` may give it.'],
  [
    'config_paths',
    strings,
    'Several kubeconfigs. `KUBE_CONFIG_PATHS` may give them.',
    { available: since('1.1') },
  ],
  ['config_context', 'string', 'The context of the kubeconfig. `KUBE_CTX` may give it.'],
  ['config_context_auth_info', 'string', 'The user of the kubeconfig, in the place of that of the context.'],
  ['config_context_cluster', 'string', 'The cluster of the kubeconfig, in the place of that of the context.'],
  ['host', 'string', 'The address of the cluster. `KUBE_HOST` may give it.'],
  ['username', 'string', 'The user. `KUBE_USER` may give it.'],
  ['password', 'string', 'The password. `KUBE_PASSWORD` may give it.', secret],
  ['token', 'string', 'The token of a service account. `KUBE_TOKEN` may give it.', secret],
  ['insecure', 'bool', 'Do not check certificates.'],
  ['client_certificate', 'string', 'The certificate to show, in PEM.'],
  ['client_key', 'string', 'The key of the certificate, in PEM.', secret],
  ['cluster_ca_certificate', 'string', 'The authority to check the cluster against, in PEM.'],
  ['proxy_url', 'string', 'A proxy. `KUBE_PROXY_URL` may give it.', { available: terraformOnly('1.6') }],
];

const exec = one('A program that gives credentials.', {
  attributes: {
    api_version: {
      ...required('string', 'What the program speaks.'),
      values: ['client.authentication.k8s.io/v1', 'client.authentication.k8s.io/v1beta1'],
    },
    command: required('string', 'The program.'),
    args: optional(['list', 'string'], 'Its arguments.'),
    env: optional(['map', 'string'], 'Environment variables for it.'),
  },
});

const pg: readonly ArgumentRow[] = [
  [
    'conn_str',
    'string',
    'Where the database is: `postgres://…`. `PG_CONN_STR` may give it.',
    { required: true, ...secret },
  ],
  ['schema_name', 'string', 'The schema of the states; `terraform_remote_state` when left out.'],
  [
    'table_name',
    'string',
    'The table of the states; `states` when left out.',
    { available: openTofuOnly('1.10') },
  ],
  ['index_name', 'string', 'The index of that table.', { available: openTofuOnly('1.10') }],
  ['skip_schema_creation', 'bool', 'The schema is there already.', { available: since('0.12.8') }],
  ['skip_table_creation', 'bool', 'The table is there already.', { available: since('0.14') }],
  ['skip_index_creation', 'bool', 'The index is there already.', { available: since('0.14') }],
];

const remote: readonly ArgumentRow[] = [
  ['organization', 'string', 'The organization.', { required: true }],
  ['hostname', 'string', 'The host; `app.terraform.io` when left out.'],
  ['token', 'string', 'The credential. Better given by `terraform login`.', secret],
];

const workspaces = one('Which workspaces belong to this folder.', {
  partial: true,
  attributes: {
    name: optional('string', 'The one workspace.'),
    prefix: optional('string', 'What the names of all its workspaces start with.'),
  },
});

/** Backends on the own disk, on servers of one's own, and of HCP Terraform. */
export function ownServerBackends(labels: readonly string[]): Readonly<Record<string, LanguageBlock>> {
  const backend = (description: string, rows: readonly ArgumentRow[], parts: BlockParts = {}) =>
    block(description, { labels, partial: true, attributes: argumentsFrom(rows), ...parts });
  return {
    consul: backend('State in the key-value store of Consul.', consul),
    http: backend('State behind an HTTP server.', http),
    inmem: backend('State in memory only, for tests of Terraform itself.', [
      ['lock_id', 'string', 'A lock that is there from the start.'],
    ]),
    kubernetes: backend('State in a secret of Kubernetes.', kubernetes, {
      available: since('0.13'),
      blocks: { exec },
    }),
    local: backend('State in a file of this machine.', local),
    pg: backend('State in a database of PostgreSQL.', pg),
    remote: backend('State and operations in HCP Terraform. The `cloud` block is the newer way.', remote, {
      blocks: { workspaces },
    }),
  };
}
