import type { BlockSchema } from '../../providers/schema';
import type { Fingerprint } from '../identifiers';
import type { ValueSource } from '../fill';
import { UNKNOWN } from '../values';
import type { Value, ValueRecord } from '../values';
import { archiveSimulators } from './archive';
import { account, awsSimulator, plannedTags, regionOf } from './aws';
import { azureSimulator } from './azurerm';
import { googleDerived, googleSimulator } from './google';
import { kubernetesSimulator, kubernetesText } from './kubernetes';
import { randomDerived, randomSimulators } from './random';
import { simulatedTime } from './simulator';
import type { Simulation, Simulator } from './simulator';
import { smallSimulators } from './small';
import { timeSimulators } from './time';
import { tlsSimulators } from './tls';

const simulators: Readonly<Record<string, Simulator>> = {
  ...archiveSimulators,
  ...timeSimulators,
  ...randomSimulators,
  ...smallSimulators,
  ...tlsSimulators,
};

const clouds: readonly (readonly [prefix: string, simulator: Simulator])[] = [
  ['aws_', awsSimulator],
  ['azurerm_', azureSimulator],
  ['google_', googleSimulator],
  ['kubernetes_', kubernetesSimulator],
];

/** Where the values of one simulated object come from. */
export function valueSource(simulation: Simulation): ValueSource {
  const cloud = clouds.find(([prefix]) => simulation.type.startsWith(prefix));
  const simulator = cloud?.[1] ?? simulators[simulation.type];
  const simulated = simulator?.(simulation) ?? {};
  const region = regionOf(simulation);
  return {
    simulated: (name) => {
      const value = simulated[name];
      return value === null || value === UNKNOWN ? undefined : value;
    },
    text: (name, place) =>
      (simulation.type.startsWith('kubernetes_') ? kubernetesText(name, simulation) : undefined) ??
      plausibleText(name, place, simulation.type, region, simulation.fingerprint),
  };
}

/** An object that is being planned. */
export interface Derivation {
  readonly type: string;
  readonly block: BlockSchema;
  readonly proposed: ValueRecord;
  /** null when it is created. */
  readonly prior: Value;
  /** The provider's configuration. */
  readonly provider: ValueRecord;
}

/**
 * Attributes whose planned value follows from the configuration, as the real provider works them out while planning.
 * Without this `tags_all` would show "known after apply" in every plan.
 */
export function derivedAttributes({ type, block, proposed, prior, provider }: Derivation): ValueRecord {
  if (type.startsWith('random_')) return randomDerived(type, proposed);
  if (type.startsWith('google_')) return googleDerived(block, proposed, provider);
  if (!type.startsWith('aws_')) return {};
  const derived: Record<string, Value> = {};
  const tags = plannedTags(proposed, prior, provider);
  if (block.attributes.tags_all !== undefined && tags !== undefined) derived.tags_all = tags;
  if (block.attributes.region?.optional === true) derived.region = regionOf({ object: {}, provider });
  return derived;
}

/** A value of the right form, as far as an attribute's name tells; names under `.invalid` belong to nobody. */
function plausibleText(
  name: string,
  place: Parameters<ValueSource['text']>[1],
  type: string,
  region: string,
  fingerprint: Fingerprint,
): string {
  const noun = type.replace(/^[a-z0-9]+_/, '').replaceAll('_', '-');
  if (/(^|_)arn$/.test(name))
    return `arn:aws:${noun.split('-')[0] ?? noun}:${region}:${account}:${noun}/${fingerprint.hex(12)}`;
  if (/(^|_)(account|owner)(_id)?$/.test(name)) return account;
  if (/(^|_)region$/.test(name)) return region;
  if (/(^|_)availability_zone$/.test(name)) return `${region}a`;
  if (/(^|_)public_ip(_address)?$/.test(name)) return `203.0.113.${1 + fingerprint.number(254, name)}`;
  if (/(^|_)ip(_address)?$/.test(name)) return `10.0.0.${1 + fingerprint.number(254, name)}`;
  if (/(^|_)cidr(_block)?$/.test(name)) return '10.0.0.0/16';
  if (/(^|_)(uri|url)$/.test(name)) return `https://${fingerprint.hex(12)}.${noun}.invalid/`;
  if (/(endpoint|hostname|dns_name|domain|domain_name)$/.test(name))
    return `${fingerprint.hex(12)}.${noun}.invalid`;
  if (/(_at|_on|_time|_date|timestamp|^created|rfc3339)$/.test(name)) return simulatedTime;
  if (/(^|_)(state|status)$/.test(name)) return 'ACTIVE';
  if (place === 'inside' || (place === 'settable' && !/^(id|name)$/.test(name))) return '';
  return `${noun}-${fingerprint.hex(12)}`;
}
