import { isList, isRecord } from '../values';
import type { Value, ValueRecord } from '../values';
import { azureTypes } from './azureNames';
import { simulatedCertificate } from './certificates';
import { simulatedTime, textOf } from './simulator';
import type { Simulation, Simulator } from './simulator';

export const subscription = '12345678-1234-9876-4563-123456789012';
const tenant = '87654321-4321-6789-3654-210987654321';

/** Types whose name is an argument of another name. */
const parents = [
  'storage_account_id',
  'virtual_network_id',
  'key_vault_id',
  'server_id',
  'kubernetes_cluster_id',
  'cognitive_account_id',
  'namespace_id',
  'workspace_id',
  'machine_learning_workspace_id',
  'loadbalancer_id',
  'container_app_environment_id',
];

/** What every object of Azure has: an id that is its path under a subscription, and a location; then its type's own. */
export const azureSimulator: Simulator = (simulation) => {
  const { object, provider, type, kind, fingerprint } = simulation;
  const own = textOf(provider, 'subscription_id') ?? subscription;
  const name = textOf(object, 'name') ?? fingerprint.uuid();
  const group = `/subscriptions/${own}/resourceGroups/${textOf(object, 'resource_group_name') ?? 'simulated'}`;
  const base: ValueRecord = {
    name,
    id: textOf(object, 'id') ?? idOf(type, object, group, name),
    location: textOf(object, 'location') ?? 'westeurope',
    resource_group_name: textOf(object, 'resource_group_name') ?? 'simulated',
    tenant_id: textOf(provider, 'tenant_id') ?? tenant,
    subscription_id: own,
    principal_id: fingerprint.uuid(),
    client_id: fingerprint.uuid(),
    identity: withPrincipals(object.identity ?? null, fingerprint.uuid()),
  };
  const special = (kind === 'resource' ? resources : dataSources)[type];
  return { ...base, ...special?.({ ...simulation, object: { ...object, ...base } }, name) };
};

type Special = (simulation: Simulation, name: string) => ValueRecord;

const resources: Readonly<Record<string, Special>> = {
  azurerm_application_insights: ({ fingerprint }) => ({
    app_id: fingerprint.uuid(),
    instrumentation_key: fingerprint.uuid(),
    connection_string: `InstrumentationKey=${fingerprint.uuid()};IngestionEndpoint=https://westeurope-5.in.applicationinsights.azure.com/`,
  }),
  azurerm_cognitive_account: ({ object, fingerprint }, name) => ({
    endpoint: `https://${textOf(object, 'custom_subdomain_name') ?? name}.cognitiveservices.azure.com/`,
    ...accessKeys(fingerprint.hex(64)),
  }),
  azurerm_container_app: ({ fingerprint }, name) => ({
    latest_revision_name: `${name}--${fingerprint.hex(7)}`,
    latest_revision_fqdn: `${name}--${fingerprint.hex(7)}.simulated.westeurope.azurecontainerapps.io`,
    outbound_ip_addresses: ['203.0.113.10'],
  }),
  azurerm_container_registry: ({ fingerprint }, name) => ({
    login_server: `${name}.azurecr.io`,
    admin_username: name,
    admin_password: fingerprint.hex(32),
  }),
  azurerm_cosmosdb_account: ({ fingerprint }, name) => ({
    endpoint: `https://${name}.documents.azure.com:443/`,
    primary_key: Buffer.from(fingerprint.hex(64)).toString('base64'),
  }),
  azurerm_key_vault: (_, name) => ({ vault_uri: `https://${name}.vault.azure.net/` }),
  azurerm_key_vault_key: vaultItem('keys'),
  azurerm_key_vault_secret: vaultItem('secrets'),
  azurerm_kubernetes_cluster: kubernetesCluster,
  azurerm_linux_function_app: site,
  azurerm_linux_virtual_machine: ({ fingerprint }) => machine(fingerprint.number(254)),
  azurerm_linux_web_app: site,
  azurerm_log_analytics_workspace: ({ fingerprint }) => ({
    workspace_id: fingerprint.uuid(),
    primary_shared_key: Buffer.from(fingerprint.hex(64)).toString('base64'),
  }),
  azurerm_mssql_server: (_, name) => ({ fully_qualified_domain_name: `${name}.database.windows.net` }),
  azurerm_network_interface: ({ fingerprint }) => ({
    private_ip_address: `10.0.0.${4 + fingerprint.number(250)}`,
    mac_address: '00-0D-3A-00-00-01',
  }),
  azurerm_postgresql_flexible_server: (_, name) => ({ fqdn: `${name}.postgres.database.azure.com` }),
  azurerm_public_ip: ({ fingerprint }) => ({ ip_address: `203.0.113.${1 + fingerprint.number(254)}` }),
  azurerm_redis_cache: ({ fingerprint }, name) => ({
    hostname: `${name}.redis.cache.windows.net`,
    ssl_port: 6380,
    ...accessKeys(fingerprint.hex(64)),
  }),
  azurerm_storage_account: storageAccount,
  azurerm_storage_container: ({ object }, name) => ({
    resource_manager_id: `${textOf(object, 'storage_account_id') ?? ''}/blobServices/default/containers/${name}`,
  }),
};

const dataSources: Readonly<Record<string, Special>> = {
  azurerm_client_config: ({ fingerprint, provider }) => ({
    id: Buffer.from('simulated').toString('base64'),
    client_id: fingerprint.uuid(),
    object_id: fingerprint.uuid(),
    tenant_id: textOf(provider, 'tenant_id') ?? tenant,
    subscription_id: textOf(provider, 'subscription_id') ?? subscription,
  }),
  azurerm_container_registry: ({ fingerprint }, name) => ({
    login_server: `${name}.azurecr.io`,
    admin_username: name,
    admin_password: fingerprint.hex(32),
  }),
  azurerm_key_vault: (_, name) => ({ vault_uri: `https://${name}.vault.azure.net/`, sku_name: 'standard' }),
  azurerm_key_vault_secret: (simulation, name) => ({
    ...vaultItem('secrets')(simulation, name),
    value: simulation.fingerprint.hex(16),
  }),
  azurerm_kubernetes_cluster: kubernetesCluster,
  azurerm_kubernetes_service_versions: () => ({
    versions: ['1.31.8', '1.32.4', '1.33.0'],
    latest_version: '1.33.0',
    default_version: '1.33.0',
  }),
  azurerm_location: ({ object }) => ({
    display_name: textOf(object, 'location') ?? 'West Europe',
    zone_mappings: [],
  }),
  azurerm_storage_account: storageAccount,
  azurerm_subscription: ({ object, provider }) => {
    const id = textOf(object, 'subscription_id') ?? textOf(provider, 'subscription_id') ?? subscription;
    return {
      id: `/subscriptions/${id}`,
      subscription_id: id,
      display_name: 'Simulated subscription',
      state: 'Enabled',
      tenant_id: textOf(provider, 'tenant_id') ?? tenant,
    };
  },
  azurerm_virtual_network: () => ({ address_space: ['10.0.0.0/16'], subnets: ['default'], dns_servers: [] }),
  azurerm_subnet: () => ({ address_prefix: '10.0.1.0/24', address_prefixes: ['10.0.1.0/24'] }),
};

function idOf(type: string, object: ValueRecord, group: string, name: string): string {
  if (type === 'azurerm_resource_group') return group.replace(/\/[^/]*$/, `/${name}`);
  const path = azureTypes[type] ?? `Microsoft.Simulated/${type.replace(/^azurerm_/, '')}`;
  const parent = parents.flatMap((each) => textOf(object, each) ?? [])[0];
  const last = path.slice(path.lastIndexOf('/') + 1);
  if (parent !== undefined && path.split('/').length > 2) return `${parent}/${last}/${name}`;
  const scope = textOf(object, 'scope');
  if (scope !== undefined) return `${scope}/providers/${path}/${name}`;
  const [owner = '', first = '', second] = path.split('/');
  if (second === undefined) return `${group}/providers/${owner}/${first}/${name}`;
  const holder = Object.keys(object)
    .filter((each) => each.endsWith('_name') && each !== 'resource_group_name')
    .flatMap((each) => textOf(object, each) ?? [])[0];
  return `${group}/providers/${owner}/${first}/${holder ?? 'simulated'}/${second}/${name}`;
}

function kubernetesCluster({ fingerprint }: Simulation, name: string): ValueRecord {
  const host = `${name}-${fingerprint.hex(8)}.hcp.westeurope.azmk8s.io`;
  const certificate = Buffer.from(simulatedCertificate('kubernetes')).toString('base64');
  const access = {
    host: `https://${host}:443`,
    username: `clusterUser_${name}`,
    password: fingerprint.hex(32),
    client_certificate: certificate,
    client_key: Buffer.from(fingerprint.hex(64)).toString('base64'),
    cluster_ca_certificate: certificate,
  };
  return {
    fqdn: host,
    portal_fqdn: host.replace('.hcp.', '.portal.hcp.'),
    kube_config: [access],
    kube_admin_config: [],
    kube_config_raw: `apiVersion: v1\nkind: Config\nclusters:\n- name: ${name}\n  cluster:\n    server: ${access.host}\n    certificate-authority-data: ${certificate}\n`,
    kubernetes_version: '1.33.0',
    current_kubernetes_version: '1.33.0',
    node_resource_group: `MC_simulated_${name}_westeurope`,
    oidc_issuer_url: `https://westeurope.oic.prod-aks.azure.com/${tenant}/${fingerprint.uuid()}/`,
    kubelet_identity: [
      { client_id: fingerprint.uuid(), object_id: fingerprint.uuid(), user_assigned_identity_id: '' },
    ],
  };
}

function storageAccount({ fingerprint }: Simulation, name: string): ValueRecord {
  const key = Buffer.from(fingerprint.hex(128), 'hex').toString('base64');
  const services = ['blob', 'queue', 'table', 'file', 'dfs', 'web'];
  return {
    ...Object.fromEntries(
      services.flatMap((each) => [
        [`primary_${each}_endpoint`, `https://${name}.${each}.core.windows.net/`],
        [`primary_${each}_host`, `${name}.${each}.core.windows.net`],
      ]),
    ),
    primary_location: 'westeurope',
    primary_access_key: key,
    secondary_access_key: key,
    primary_connection_string: `DefaultEndpointsProtocol=https;AccountName=${name};AccountKey=${key};EndpointSuffix=core.windows.net`,
  };
}

function site({ fingerprint }: Simulation, name: string): ValueRecord {
  return {
    default_hostname: `${name}.azurewebsites.net`,
    custom_domain_verification_id: fingerprint.hex(64).toUpperCase(),
    outbound_ip_addresses: '203.0.113.10,203.0.113.11',
    outbound_ip_address_list: ['203.0.113.10', '203.0.113.11'],
    kind: 'app,linux',
  };
}

function machine(host: number): ValueRecord {
  return {
    private_ip_address: `10.0.0.${4 + (host % 250)}`,
    private_ip_addresses: [`10.0.0.${4 + (host % 250)}`],
    public_ip_address: `203.0.113.${1 + host}`,
    public_ip_addresses: [`203.0.113.${1 + host}`],
  };
}

function vaultItem(kind: string): Special {
  return ({ object, fingerprint }, name) => {
    const vault = (textOf(object, 'key_vault_id') ?? 'simulated').replace(/^.*\//, '');
    const id = `https://${vault}.vault.azure.net/${kind}/${name}`;
    const version = fingerprint.hex(32);
    return { id: `${id}/${version}`, versionless_id: id, version, not_before_date: simulatedTime };
  };
}

function accessKeys(digits: string): ValueRecord {
  return { primary_access_key: digits.slice(0, 32), secondary_access_key: digits.slice(32) };
}

function withPrincipals(identity: Value, principal: string): Value {
  if (!isList(identity)) return identity;
  return identity.map((each) =>
    isRecord(each) ? { ...each, principal_id: principal, tenant_id: tenant } : each,
  );
}
