import type { ScenarioRequest } from './scenarioEffects';
import type { ServedSchema } from './simulatedProvider';
import type { SandboxFiles } from './simulators/simulator';

/** What the simulator process is asked to serve: one JSON line on its standard input. */
export interface SimulatorRequest {
  /** Folder of the bundled schemas. */
  readonly dataFolder: string;
  readonly providers: readonly ProviderRequest[];
  /** Where the identifiers of simulated objects are remembered. */
  readonly identifiersFile: string;
  readonly scenario?: ScenarioRequest;
  /** Where simulated objects may read and write files. */
  readonly files?: SandboxFiles;
}

export interface ProviderRequest {
  /** Full source address. */
  readonly source: string;
  /** The types to serve; undefined for all the provider has. */
  readonly types: UsedTypes | undefined;
  /** For a provider without a bundled schema. */
  readonly inferred: ServedSchema | undefined;
}

export interface UsedTypes {
  readonly resource: readonly string[];
  readonly data: readonly string[];
  readonly ephemeral: readonly string[];
}

/** The simulator's only line on its standard output. */
export type SimulatorAnswer =
  { readonly reattach: Readonly<Record<string, unknown>> } | { readonly error: string };

/** Later lines on standard input. */
export interface SimulatorOrder {
  /** Stay until the process with this id has ended, also when whoever started the simulator is gone. */
  readonly holdFor: number;
}
