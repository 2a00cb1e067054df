import type { BlockSchema } from '../../providers/schema';
import { UNKNOWN, isRecord } from '../values';
import type { Value, ValueRecord } from '../values';
import { simulatedCertificate } from './certificates';
import { googleCollections } from './googleNames';
import { simulatedTime, textOf } from './simulator';
import type { Simulation, Simulator } from './simulator';

const places = ['project', 'region', 'zone'] as const;
const projectNumber = '123456789012';

/** Project, region and zone come from the provider's configuration when the object has none; labels from both. */
export function googleDerived(block: BlockSchema, proposed: ValueRecord, provider: ValueRecord): ValueRecord {
  const derived: Record<string, Value> = {};
  for (const name of places) {
    const value = textOf(provider, name);
    if (block.attributes[name]?.computed === true && value !== undefined) derived[name] = value;
  }
  if (block.attributes.terraform_labels === undefined) return derived;
  const labels = allLabels(proposed, provider);
  return { ...derived, terraform_labels: labels, effective_labels: labels };
}

/** What every object of Google Cloud has: an id that is its path, links, a project, times; then its type's own. */
export const googleSimulator: Simulator = (simulation) => {
  const { object, provider, fingerprint, type, kind } = simulation;
  const project = textOf(object, 'project') ?? textOf(provider, 'project') ?? 'simulated-project';
  const region =
    textOf(object, 'region') ??
    textOf(provider, 'region') ??
    textOf(object, 'zone')?.replace(/-[a-z]$/, '') ??
    'us-central1';
  const zone = textOf(object, 'zone') ?? textOf(provider, 'zone') ?? `${region}-a`;
  const location = textOf(object, 'location') ?? region;
  const name = textOf(object, 'name') ?? `simulated-${fingerprint.hex(12)}`;
  const world: World = { project, region, zone, location, name };
  const id = textOf(object, 'id') ?? pathOf(type, world, object);
  const labels = allLabels(object, provider);
  const base: ValueRecord = {
    project,
    region,
    zone,
    name,
    location,
    id,
    self_link: `https://www.googleapis.com/compute/v1/${id}`,
    creation_timestamp: '2025-01-01T00:00:00.000-00:00',
    create_time: simulatedTime,
    update_time: simulatedTime,
    terraform_labels: labels === UNKNOWN ? {} : labels,
    effective_labels: labels === UNKNOWN ? {} : labels,
    project_number: projectNumber,
    etag: fingerprint.hex(16),
    uid: fingerprint.uuid(),
  };
  const special = (kind === 'resource' ? resources : dataSources)[type];
  return { ...base, ...special?.({ ...simulation, object: { ...object, ...base } }, world) };
};

interface World {
  readonly project: string;
  readonly region: string;
  readonly zone: string;
  readonly location: string;
  readonly name: string;
}
type Special = (simulation: Simulation, world: World) => ValueRecord;

const resources: Readonly<Record<string, Special>> = {
  google_artifact_registry_repository: ({ object }, { project, location }) => ({
    name: textOf(object, 'repository_id') ?? '',
    registry_uri: `${location}-docker.pkg.dev/${project}/${textOf(object, 'repository_id') ?? ''}`,
  }),
  google_cloud_run_v2_service: ({ fingerprint }, { name, region }) => ({
    uri: `https://${name}-${fingerprint.hex(10)}-${region.slice(0, 2)}.a.run.app`,
    urls: [`https://${name}-${fingerprint.hex(10)}-${region.slice(0, 2)}.a.run.app`],
  }),
  google_compute_address: ({ fingerprint }) => ({ address: address(fingerprint.number(254)) }),
  google_compute_global_address: ({ fingerprint }) => ({ address: address(fingerprint.number(254)) }),
  google_compute_instance: ({ fingerprint }) => ({
    instance_id: String(fingerprint.number(9e15)),
    cpu_platform: 'Intel Broadwell',
    current_status: 'RUNNING',
  }),
  google_compute_subnetwork: (_, { region }) => ({ gateway_address: '10.0.0.1', region }),
  google_container_cluster: cluster,
  google_project_service: ({ object }, { project }) => ({
    id: `${project}/${textOf(object, 'service') ?? ''}`,
  }),
  google_service_account: serviceAccount,
  google_service_account_key: ({ object, fingerprint }, { project }) => ({
    private_key: Buffer.from(
      JSON.stringify({ type: 'service_account', project_id: project, private_key_id: fingerprint.hex(40) }),
    ).toString('base64'),
    name: `${textOf(object, 'service_account_id') ?? ''}/keys/${fingerprint.hex(40)}`,
    valid_after: simulatedTime,
    valid_before: '9999-12-31T23:59:59Z',
  }),
  google_sql_database_instance: ({ fingerprint }, { project, region, name }) => ({
    connection_name: `${project}:${region}:${name}`,
    public_ip_address: address(fingerprint.number(254)),
    first_ip_address: address(fingerprint.number(254)),
    private_ip_address: '',
    service_account_email_address: `p${projectNumber}@gcp-sa-cloud-sql.iam.gserviceaccount.com`,
  }),
  google_storage_bucket: (_, { name }) => ({
    id: name,
    url: `gs://${name}`,
    self_link: `https://www.googleapis.com/storage/v1/b/${name}`,
  }),
  google_storage_bucket_object: ({ object, fingerprint }, { name }) => ({
    id: `${textOf(object, 'bucket') ?? ''}-${name}`,
    output_name: name,
    md5hash: Buffer.from(fingerprint.hex(32), 'hex').toString('base64'),
    crc32c: Buffer.from(fingerprint.hex(8), 'hex').toString('base64'),
    self_link: `https://www.googleapis.com/storage/v1/b/${textOf(object, 'bucket') ?? ''}/o/${encodeURIComponent(name)}`,
    media_link: `https://storage.googleapis.com/download/storage/v1/b/${textOf(object, 'bucket') ?? ''}/o/${encodeURIComponent(name)}`,
  }),
};

const dataSources: Readonly<Record<string, Special>> = {
  google_client_config: ({ fingerprint }, { project, region, zone }) => ({
    id: `projects/${project}/regions/${region}/zones/${zone}`,
    access_token: `ya29.${fingerprint.hex(60)}`,
    default_labels: {},
  }),
  google_client_openid_userinfo: () => ({ email: 'sandbox@example.com', id: 'sandbox@example.com' }),
  google_compute_default_service_account: () => ({
    email: `${projectNumber}-compute@developer.gserviceaccount.com`,
    member: `serviceAccount:${projectNumber}-compute@developer.gserviceaccount.com`,
    unique_id: projectNumber,
  }),
  google_compute_image: ({ object }) => {
    const project = textOf(object, 'project') ?? 'debian-cloud';
    const image = textOf(object, 'name') ?? `${textOf(object, 'family') ?? 'debian-12'}-v20250101`;
    const id = `projects/${project}/global/images/${image}`;
    return {
      id,
      name: image,
      self_link: `https://www.googleapis.com/compute/v1/${id}`,
      disk_size_gb: 10,
      status: 'READY',
    };
  },
  google_compute_regions: () => ({ names: ['europe-west1', 'us-central1', 'us-east1', 'us-west1'] }),
  google_compute_zones: ({ object }, { region }) => ({
    names: ['a', 'b', 'c'].map((letter) => `${textOf(object, 'region') ?? region}-${letter}`),
  }),
  google_container_cluster: cluster,
  google_container_engine_versions: () => ({
    latest_master_version: '1.33.2-gke.1000000',
    latest_node_version: '1.33.2-gke.1000000',
    default_cluster_version: '1.33.2-gke.1000000',
    valid_master_versions: ['1.33.2-gke.1000000'],
    valid_node_versions: ['1.33.2-gke.1000000'],
    release_channel_default_version: {
      RAPID: '1.33.2-gke.1000000',
      REGULAR: '1.33.2-gke.1000000',
      STABLE: '1.33.2-gke.1000000',
    },
  }),
  google_project: ({ object }, { project }) => {
    const id = textOf(object, 'project_id') ?? project;
    return {
      id: `projects/${id}`,
      project_id: id,
      number: projectNumber,
      name: id,
      billing_account: '000000-000000-000000',
    };
  },
  google_secret_manager_secret_version: ({ fingerprint }) => ({
    secret_data: fingerprint.hex(16),
    version: '1',
    enabled: true,
  }),
  google_service_account: serviceAccount,
  google_storage_bucket: (_, { name }) => ({ id: name, url: `gs://${name}` }),
  google_storage_project_service_account: ({ fingerprint }) => ({
    email_address: `service-${projectNumber}@gs-project-accounts.iam.gserviceaccount.com`,
    member: `serviceAccount:service-${projectNumber}@gs-project-accounts.iam.gserviceaccount.com`,
    id: fingerprint.hex(12),
  }),
};

function cluster({ fingerprint }: Simulation, { location }: World): ValueRecord {
  return {
    endpoint: address(fingerprint.number(254)),
    master_version: '1.33.2-gke.1000000',
    node_version: '1.33.2-gke.1000000',
    cluster_ipv4_cidr: '10.4.0.0/14',
    services_ipv4_cidr: '10.8.0.0/20',
    location,
    master_auth: [
      {
        client_certificate: '',
        client_key: '',
        client_certificate_config: [{ issue_client_certificate: false }],
        cluster_ca_certificate: Buffer.from(simulatedCertificate('kubernetes')).toString('base64'),
      },
    ],
    workload_identity_config: [],
  };
}

function serviceAccount({ object, fingerprint }: Simulation, { project }: World): ValueRecord {
  const email = `${textOf(object, 'account_id') ?? 'simulated'}@${project}.iam.gserviceaccount.com`;
  const id = `projects/${project}/serviceAccounts/${email}`;
  return {
    id,
    name: id,
    email,
    member: `serviceAccount:${email}`,
    unique_id: `1${String(fingerprint.number(9e12)).padStart(20, '0')}`,
  };
}

/** The path by which the service knows an object. */
function pathOf(type: string, { project, region, zone, location, name }: World, object: ValueRecord): string {
  const noun = type.replace(/^google_[a-z0-9]+_/, '');
  const [scope, collection] = googleCollections[type] ?? [
    'location' in object ? 'locations' : 'zone' in object ? 'zones' : 'region' in object ? 'regions' : '',
    `${noun.replaceAll(/_(\w)/g, (_, letter: string) => letter.toUpperCase())}s`,
  ];
  const last =
    ['repository_id', 'secret_id', 'cluster_id', 'instance_id', 'dataset_id', 'key_ring_id'].flatMap(
      (each) => textOf(object, each) ?? [],
    )[0] ?? name;
  const part =
    scope === 'zones'
      ? `zones/${zone}/`
      : scope === 'regions'
        ? `regions/${region}/`
        : scope === 'locations'
          ? `locations/${location}/`
          : scope === 'global'
            ? 'global/'
            : '';
  return `projects/${project}/${part}${collection}/${last}`;
}

function allLabels(object: ValueRecord, provider: ValueRecord): Value {
  const own = object.labels ?? null;
  const defaults = provider.default_labels ?? null;
  if (own === UNKNOWN || defaults === UNKNOWN) return UNKNOWN;
  const merged: ValueRecord = {
    ...(provider.add_terraform_attribution_label === false ? {} : { 'goog-terraform-provisioned': 'true' }),
    ...(isRecord(defaults) ? defaults : {}),
    ...(isRecord(own) ? own : {}),
  };
  return Object.values(merged).includes(UNKNOWN) ? UNKNOWN : merged;
}

/** From the range reserved for documentation, which nobody answers on. */
function address(host: number): string {
  return `203.0.113.${1 + (host % 254)}`;
}
