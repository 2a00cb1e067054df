import { isRecord } from './json';

/**
 * The argument through which a block of the sandbox's shadow tells its address to the simulated provider. No person
 * wrote it, so no person is shown it. server/sandbox/scenarioMarker.ts has it from the other side of the floor.
 */
export const internalAttribute = 'terratrain_address';

/** Any JSON value without that argument, however deep; the very same value where it does not occur. */
export function withoutInternal(value: unknown): unknown {
  if (Array.isArray(value)) {
    const elements: readonly unknown[] = value;
    const kept = elements.map(withoutInternal);
    return kept.every((element, index) => element === elements[index]) ? value : kept;
  }
  if (!isRecord(value)) return value;
  const entries = Object.entries(value);
  const kept = entries
    .filter(([name]) => name !== internalAttribute)
    .map(([name, member]): [string, unknown] => [name, withoutInternal(member)]);
  const same = kept.length === entries.length && kept.every(([name, member]) => member === value[name]);
  return same ? value : Object.fromEntries(kept);
}
