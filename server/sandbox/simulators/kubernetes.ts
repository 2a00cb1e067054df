import { isList, isRecord } from '../values';
import type { Value, ValueRecord } from '../values';
import { textOf } from './simulator';
import type { Simulation, Simulator } from './simulator';

/** What every object of Kubernetes has: `namespace/name` as its id, and metadata that the cluster adds. */
export const kubernetesSimulator: Simulator = (simulation) => {
  const { object, kind, type } = simulation;
  const meta = firstOf(object.metadata ?? null);
  const name =
    textOf(meta, 'name') ??
    `${textOf(meta, 'generate_name') ?? 'simulated-'}${simulation.fingerprint.hex(5)}`;
  const namespace = 'namespace' in meta ? (textOf(meta, 'namespace') ?? 'default') : undefined;
  const base: ValueRecord = {
    id: namespace === undefined ? name : `${namespace}/${name}`,
    metadata: [metadata(simulation, meta, name)],
  };
  const answer = kind === 'data' ? dataSources[type.replace(/_v\d\w*$/, '')] : undefined;
  return { ...base, ...answer?.(simulation, name) };
};

const dataSources: Readonly<Record<string, (simulation: Simulation, name: string) => ValueRecord>> = {
  kubernetes_all_namespaces: () => ({
    namespaces: ['default', 'kube-node-lease', 'kube-public', 'kube-system'],
  }),
  kubernetes_config_map: () => ({ data: {}, binary_data: {}, immutable: false }),
  kubernetes_nodes: () => ({ nodes: [] }),
  kubernetes_secret: ({ fingerprint }) => ({
    data: { token: fingerprint.hex(40) },
    type: 'Opaque',
    immutable: false,
  }),
  kubernetes_server_version: () => ({
    version: '1.33.0',
    major: '1',
    minor: '33',
    git_version: 'v1.33.0',
    platform: 'linux/amd64',
  }),
  kubernetes_service: ({ fingerprint }, name) => ({
    spec: [
      {
        cluster_ip: `10.96.0.${1 + fingerprint.number(254)}`,
        cluster_ips: [`10.96.0.${1 + fingerprint.number(254)}`],
        external_name: '',
        type: 'ClusterIP',
        session_affinity: 'None',
        selector: { app: name },
        port: [
          { app_protocol: '', name: 'http', node_port: 0, port: 80, protocol: 'TCP', target_port: '80' },
        ],
      },
    ],
    status: [
      { load_balancer: [{ ingress: [{ hostname: `${name}.simulated.invalid`, ip: '203.0.113.20' }] }] },
    ],
  }),
  kubernetes_service_account: () => ({
    automount_service_account_token: true,
    default_secret_name: '',
    secret: [],
    image_pull_secret: [],
  }),
};

function metadata({ fingerprint }: Simulation, meta: ValueRecord, name: string): ValueRecord {
  return {
    ...meta,
    name,
    generation: 1,
    resource_version: String(1000 + fingerprint.number(9000)),
    uid: fingerprint.uuid(),
  };
}

/** What the cluster adds inside `metadata`, for blocks that somebody wrote. */
export function kubernetesText(name: string, { fingerprint, object }: Simulation): string | undefined {
  if (name === 'uid') return fingerprint.uuid();
  if (name === 'resource_version') return String(1000 + fingerprint.number(9000));
  if (name !== 'name') return undefined;
  const meta = firstOf(object.metadata ?? null);
  return `${textOf(meta, 'generate_name') ?? 'simulated-'}${fingerprint.hex(5)}`;
}

function firstOf(value: Value): ValueRecord {
  const first = isList(value) ? value[0] : undefined;
  return isRecord(first) ? first : {};
}
