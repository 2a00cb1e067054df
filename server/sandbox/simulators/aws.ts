import { UNKNOWN, isRecord } from '../values';
import type { Value, ValueRecord } from '../values';
import { awsDataSources } from './awsData';
import { account, arn, fillForm, partitionOf } from './awsForms';
import { arnForms, arnServices, idForms, idPrefixes } from './awsNames';
import { awsResources } from './awsResources';
import { textOf } from './simulator';
import type { Simulation, Simulator } from './simulator';

export { account } from './awsForms';

/** The region an object lives in: its own, the provider's, or the one AWS documents as its default. */
export function regionOf({ object, provider }: Pick<Simulation, 'object' | 'provider'>): string {
  return textOf(object, 'region') ?? textOf(provider, 'region') ?? 'us-east-1';
}

/** All tags of an object: the provider's default tags under its own. Unknown when one of them is. */
export function allTags(object: ValueRecord, provider: ValueRecord): Value {
  const block = Array.isArray(provider.default_tags)
    ? (provider.default_tags as readonly Value[])[0]
    : undefined;
  const defaults = isRecord(block) ? (block.tags ?? null) : null;
  const own = object.tags ?? null;
  if (own === UNKNOWN || defaults === UNKNOWN) return UNKNOWN;
  const merged = { ...(isRecord(defaults) ? defaults : {}), ...(isRecord(own) ? own : {}) };
  return Object.values(merged).includes(UNKNOWN) ? UNKNOWN : merged;
}

/** `tags_all` as it is planned: undefined where only apply tells, which is so when there never were tags. */
export function plannedTags(object: ValueRecord, prior: Value, provider: ValueRecord): Value | undefined {
  const tags = allTags(object, provider);
  if (!isRecord(tags) || Object.keys(tags).length > 0) return tags;
  const before = isRecord(prior) ? (prior.tags_all ?? null) : null;
  if (isRecord(before) && Object.keys(before).length > 0) return {};
  return isRecord(prior) ? before : undefined;
}

/** What every object of AWS has, then what is special about its type. */
export const awsSimulator: Simulator = (simulation) => {
  const named = { ...known(simulation.object), ...names(simulation) };
  const region = regionOf(simulation);
  const base: ValueRecord = {
    ...named,
    region,
    owner_id: account,
    account_id: account,
    registry_id: account,
    partition: partitionOf(region),
    tags_all: allTags(simulation.object, simulation.provider),
  };
  const withId = { ...base, id: textOf(base, 'id') ?? identifier(simulation, base) };
  const withArn = { ...withId, arn: textOf(base, 'arn') ?? arnOf(simulation, withId) };
  // Some identifiers are ARNs, and some ARNs contain identifiers.
  const complete = { ...withArn, id: textOf(base, 'id') ?? identifier(simulation, withArn) };
  const special = (simulation.kind === 'resource' ? awsResources : awsDataSources)[simulation.type];
  return { ...complete, ...special?.({ ...simulation, object: complete }, region) };
};

/** Names that AWS makes when only a prefix, or nothing, is given. */
function names({ type, object, fingerprint }: Simulation): ValueRecord {
  const made: Record<string, Value> = {};
  for (const name of [
    'name',
    'bucket',
    'key_name',
    'function_name',
    'identifier',
    'family',
    'target_id',
    'statement_id',
  ]) {
    if (!(name in object) || textOf(object, name) !== undefined) continue;
    const prefix = textOf(object, `${name}_prefix`) ?? (type === 'aws_key_pair' ? 'key-' : 'terraform-');
    made[name] = prefix + fingerprint.hex(26);
  }
  return made;
}

function identifier({ type, object, fingerprint }: Simulation, known: ValueRecord): string {
  const form = idForms[type];
  const region = textOf(known, 'region') ?? '';
  const named = form === undefined ? undefined : fillForm(form, { object: known, fingerprint, region });
  if (named !== undefined) return named;
  const prefix = idPrefixes[type];
  if (prefix !== undefined) return `${prefix}-${fingerprint.hex(17)}`;
  return textOf(object, 'id') ?? `${type.replace(/^aws_/, '').replaceAll('_', '-')}-${fingerprint.hex(12)}`;
}

function arnOf({ type, fingerprint }: Simulation, object: ValueRecord): string {
  const region = textOf(object, 'region') ?? '';
  const partition = partitionOf(region);
  const form = arnForms[type];
  if (form !== undefined) {
    const [service, scope, resource] = form;
    const filled = fillForm(resource, { object, fingerprint, region });
    if (filled !== undefined) return arn(partition, service, scope, region, filled);
  }
  const [first = '', ...rest] = type.replace(/^aws_/, '').split('_');
  const service = arnServices[first] ?? first;
  const noun = service === first && rest.length > 0 ? rest.join('-') : [first, ...rest].join('-');
  const name = textOf(object, 'name') ?? textOf(object, 'id') ?? fingerprint.hex(12);
  return arn(partition, service, 'full', region, `${noun}/${name}`);
}

function known(object: ValueRecord): ValueRecord {
  return Object.fromEntries(
    Object.entries(object).filter(([, value]) => value !== null && value !== UNKNOWN),
  );
}
