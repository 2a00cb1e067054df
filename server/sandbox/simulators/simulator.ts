import type { SchemaKind } from '../../providers/schema';
import type { Fingerprint } from '../identifiers';
import type { Value, ValueRecord } from '../values';

/** What a simulator may use to invent the values a real service would have answered. */
export interface Simulation {
  readonly kind: Exclude<SchemaKind, 'provider'>;
  readonly type: string;
  /** The object as far as it is known; attributes that nobody set are null or unknown. */
  readonly object: ValueRecord;
  /** The provider's configuration on this connection. */
  readonly provider: ValueRecord;
  readonly fingerprint: Fingerprint;
  /** Where the few types that read or write files may do so. */
  readonly files?: SandboxFiles;
}

/** The sandbox's own folder, and the one in it that Terraform runs in. */
export interface SandboxFiles {
  /** Nothing is written outside of it. */
  readonly home: string;
  readonly workingDirectory: string;
}

/** Values by attribute name; used only where the object has none. */
export type Simulator = (simulation: Simulation) => ValueRecord;

/** The same for a type of a cloud with regions. */
export type RegionalSimulator = (simulation: Simulation, region: string) => ValueRecord;

/** The value of a string attribute, when it is set and known. */
export function textOf(object: ValueRecord, name: string): string | undefined {
  const value: Value | undefined = object[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

export function numberOf(object: ValueRecord, name: string, fallback: number): number {
  const value = object[name];
  return typeof value === 'number' || typeof value === 'bigint' || typeof value === 'string'
    ? Number(value)
    : fallback;
}

export function flagOf(object: ValueRecord, name: string, fallback: boolean): boolean {
  const value = object[name];
  return typeof value === 'boolean' ? value : fallback;
}

/** Everything simulated happened at this moment: nothing comes from the clock, so plans stay stable. */
export const simulatedTime = '2025-01-01T00:00:00Z';
