import type { BlockSchema } from '../providers/schema';
import { account } from './simulators/aws';
import { simulatedTime } from './simulators/simulator';
import { UNKNOWN, isList, isRecord } from './values';
import type { Value, ValueRecord } from './values';

/** Where and when everything simulated happens, as far as a scenario says so. */
export interface World {
  readonly account: string | undefined;
  readonly time: string | undefined;
}

/** A provider's configuration in the chosen region, unless it names its own. */
export function regionOf(block: BlockSchema, configuration: ValueRecord, region: string): ValueRecord {
  const isFree = block.attributes.region !== undefined && (configuration.region ?? null) === null;
  return isFree ? { ...configuration, region } : configuration;
}

/** Moves what the provider made up, and nothing that was given, to the chosen account and time. */
export function replaceGenerated(before: Value, after: Value, world: World): Value {
  if (world.account === undefined && world.time === undefined) return after;
  if (before === UNKNOWN || (before === null && after !== null)) return moved(after, world);
  if (isList(after)) {
    return isList(before) && before.length === after.length
      ? after.map((item, index) => replaceGenerated(before[index] ?? null, item, world))
      : after;
  }
  if (!isRecord(after) || !isRecord(before)) return after;
  return Object.fromEntries(
    Object.entries(after).map(([name, item]) => [name, replaceGenerated(before[name] ?? null, item, world)]),
  );
}

function moved(value: Value, world: World): Value {
  if (typeof value === 'string') {
    return value
      .replaceAll(account, world.account ?? account)
      .replaceAll(simulatedTime, world.time ?? simulatedTime);
  }
  if (isList(value)) return value.map((item) => moved(item, world));
  if (!isRecord(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, moved(item, world)]));
}
