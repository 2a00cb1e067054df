import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Json } from './examples';
import { SandboxError } from './sandboxError';

export type Operation = 'create' | 'update' | 'destroy' | 'read';

/** What happens to some objects, as a person wrote it; see scenario.schema.json. */
export interface RuleEffects {
  readonly where?: Readonly<Record<string, string | number | boolean>>;
  readonly values?: Readonly<Record<string, Json>>;
  /** Seconds. */
  readonly delay?: number;
  readonly fail?: {
    readonly message: string;
    readonly on?: readonly Operation[];
    /** Seconds. */
    readonly after?: number;
    readonly times?: number;
    readonly tainted?: boolean;
  };
  readonly drift?: { readonly set?: Readonly<Record<string, Json>>; readonly gone?: true };
}

export interface WrittenRule extends RuleEffects {
  readonly address?: string;
  readonly type?: string;
}

/** A rule with where it stands, for messages: `capacity.sandbox.json:7`. */
export interface PlacedRule {
  readonly rule: WrittenRule;
  readonly place: string;
}

/** The scenario files of a root module, put together. */
export interface Scenario {
  /** Names of the files it comes from; empty when there is none. */
  readonly files: readonly string[];
  readonly account: string | undefined;
  readonly region: string | undefined;
  readonly time: string | undefined;
  readonly remoteStates: ReadonlyMap<string, Readonly<Record<string, Json>>>;
  readonly rules: readonly PlacedRule[];
}

/** What is played where there is no scenario. */
export const noScenario: Scenario = {
  files: [],
  account: undefined,
  region: undefined,
  time: undefined,
  remoteStates: new Map(),
  rules: [],
};

const ending = '.sandbox.json';

/**
 * The names of the scenario files of a root module, in order.
 *
 * @param chosen names to play instead of all, with or without the ending; none of them for `[]`
 * @throws SandboxError for a name that is not there
 */
export function scenarioFiles(root: string, chosen: readonly string[] | undefined): readonly string[] {
  const all = readdirSync(root)
    .filter((name) => name.endsWith(ending))
    .sort();
  return (
    chosen?.map((name) => {
      const file = name.endsWith(ending) ? name : `${name}${ending}`;
      // Only names: a path would lead out of the folder.
      if (path.basename(file) === file && existsSync(path.join(root, file))) return file;
      throw new SandboxError(
        `There is no scenario ${file} in ${root}. ${all.length === 0 ? 'No file there ends in .sandbox.json.' : `There are: ${all.join(', ')}.`}`,
      );
    }) ?? all
  );
}
