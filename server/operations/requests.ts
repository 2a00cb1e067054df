import * as path from 'node:path';
import type { Binary } from './binary';
import type { Launcher } from './detachedProcess';

/** The cloud as configured, or simulated providers. */
export type Target = 'real' | 'sandbox';

/**
 * Where terraform runs. For the real target `workingDirectory` is the person's folder; for the sandbox it is the shadow
 * folder of an open sandbox session, whose environment says where the simulated providers listen.
 */
export interface Place {
  /** The root module as the person knows it, absolute. */
  readonly directory: string;
  readonly workingDirectory: string;
  readonly env: NodeJS.ProcessEnv;
  readonly binary: Binary;
  readonly target: Target;
  /** What a person should know about this place before the plan, a line for each. */
  readonly notices?: readonly string[];
  /** Runs terraform on a terminal that somebody shows; without it, on none. */
  readonly launch?: Launcher;
}

export interface PlanRequest {
  readonly place: Place;
  /** A folder that only this person may read; each operation makes a folder of its own in it. */
  readonly storageFolder: string;
  /** Relative ones start at `place.directory`. */
  readonly varFiles?: readonly string[];
  /** `NAME=VALUE` as after terraform's `-var`. */
  readonly vars?: readonly string[];
  /** Plan to destroy everything. */
  readonly destroy?: boolean;
  /** Where the plan file goes, absolute; without it, into the operation's folder. The review is saved beside it. */
  readonly out?: string;
  readonly parallelism?: number;
  /** Terraform's words: `30s`. */
  readonly lockTimeout?: string;
  /** Aborting asks for a graceful stop. */
  readonly signal?: AbortSignal;
}

/** Absolute, because terraform may run in another folder than the one the person named the files from. */
export function resolveVarFiles(request: PlanRequest): readonly string[] {
  return (request.varFiles ?? []).map((file) => path.resolve(request.place.directory, file));
}
