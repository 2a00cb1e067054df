import * as fs from 'node:fs/promises';
import {
  backendType,
  compareFingerprints,
  fingerprintConfiguration,
  hashFile,
  selectedWorkspace,
} from './configuration';
import type { Fingerprint } from './configuration';
import { terraformEnvironment } from './environment';
import { asNumber, asOptionalText, isRecord, parseJson } from './json';
import type { PlanModel } from './planModel';
import { resolveVarFiles } from './requests';
import type { Place, PlanRequest, Target } from './requests';
import { runShortCommand } from './shortCommand';

/** `lineage` is given to a state when it is made, `serial` grows with each change. */
export interface StateIdentity {
  readonly lineage: string;
  readonly serial: number;
}

/** Everything that makes a plan the plan that was reviewed. Saved beside the plan file; holds no secrets. */
export interface Review {
  readonly version: 1;
  /** RFC 3339, UTC. */
  readonly createdAt: string;
  readonly target: Target;
  /** The person's folder, absolute. */
  readonly directory: string;
  readonly workspace: string;
  readonly backend: string;
  readonly terraform: { readonly product: string; readonly version: string; readonly path: string };
  /** SHA-256 of the plan file in hexadecimal. */
  readonly planHash: string;
  readonly configuration: Fingerprint;
  /** `null`: no state yet. Absent: it could not be read. */
  readonly state?: StateIdentity | null;
  readonly options: {
    readonly destroy: boolean;
    readonly varFiles: readonly string[];
    /** Names only: a value may be a secret. */
    readonly vars: readonly string[];
  };
  readonly model: PlanModel;
}

/** One thing that is not as it was when the plan was made. */
export interface Moved {
  readonly what: 'plan file' | 'configuration' | 'workspace' | 'state' | 'backend' | 'terraform' | 'target';
  /** A sentence. */
  readonly detail: string;
}

/** A review that is missing, or is not one. The message says what to do. */
export class ReviewError extends Error {
  override readonly name = 'ReviewError';
}

/** Where the review of a plan file is saved. */
export function reviewFile(planFile: string): string {
  return `${planFile}.review.json`;
}

/** @throws ReviewError */
export async function readReview(planFile: string): Promise<Review> {
  const file = reviewFile(planFile);
  const text = await fs.readFile(file, 'utf8').catch((error: unknown) => {
    const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'does not exist' : 'cannot be read';
    throw new ReviewError(
      `${file} ${reason}. Terratrain applies only plans that it made and reviewed: make one with "terratrain plan --out FILE".`,
    );
  });
  const review = parseJson(text);
  if (isReview(review)) return review;
  throw new ReviewError(`${file} is not a review of this version of Terratrain. Make the plan again.`);
}

export async function writeReview(planFile: string, review: Review): Promise<void> {
  const file = reviewFile(planFile);
  await fs.writeFile(file, `${JSON.stringify(review, undefined, 2)}\n`, { mode: 0o600 });
  await fs.chmod(file, 0o600);
}

/** @param configuration Taken before planning, so that an edit during the plan counts as a change. */
export function makeReview(
  request: PlanRequest,
  made: {
    readonly planFile: string;
    readonly configuration: Fingerprint;
    readonly state: StateIdentity | null | undefined;
    readonly model: PlanModel;
    readonly workspace: string;
  },
): Review {
  const { place } = request;
  const planHash = hashFile(made.planFile);
  if (planHash === undefined) throw new ReviewError(`Terraform wrote no plan to ${made.planFile}.`);
  return {
    version: 1,
    createdAt: new Date().toISOString(),
    target: place.target,
    directory: place.directory,
    workspace: made.workspace,
    backend: backendType(place.workingDirectory, place.env),
    terraform: place.binary,
    planHash,
    configuration: made.configuration,
    ...(made.state === undefined ? {} : { state: made.state }),
    options: {
      destroy: request.destroy ?? false,
      varFiles: resolveVarFiles(request),
      vars: (request.vars ?? []).map((assignment) => assignment.split('=')[0] ?? ''),
    },
    model: made.model,
  };
}

/**
 * Compares the world with the moment of the review. Empty: apply is safe.
 *
 * @param planFile The very file that would be applied.
 */
export async function verifyReview(
  review: Review,
  planFile: string,
  place: Place,
): Promise<readonly Moved[]> {
  const moved: Moved[] = [];
  const say = (what: Moved['what'], detail: string): void => {
    moved.push({ what, detail });
  };
  if (review.target !== place.target) {
    say('target', `The plan was made for the ${review.target} target, and this is the ${place.target} one.`);
  }
  if (hashFile(planFile) !== review.planHash) {
    say('plan file', 'The plan file is not the one that was reviewed.');
  }
  const now = fingerprintConfiguration(review.directory, review.options.varFiles);
  const changed = compareFingerprints(review.configuration, now);
  if (changed.length > 0) {
    say('configuration', `The configuration changed since the plan was made: ${changed.join(', ')}.`);
  }
  const workspace = selectedWorkspace(place.workingDirectory, place.env);
  if (workspace !== review.workspace) {
    say('workspace', `The plan was made in workspace "${review.workspace}", and "${workspace}" is selected.`);
  }
  const backend = backendType(place.workingDirectory, place.env);
  if (backend !== review.backend) {
    say('backend', `The plan was made with the backend "${review.backend}", and now it is "${backend}".`);
  }
  const { product, version } = place.binary;
  if (product !== review.terraform.product || version !== review.terraform.version) {
    say(
      'terraform',
      `The plan was made by ${review.terraform.product} ${review.terraform.version}, and this is ${product} ${version}.`,
    );
  }
  if (moved.length === 0 && review.state !== undefined) {
    const state = await readStateIdentity(place);
    if (state !== undefined) moved.push(...compareStates(review.state, state));
  }
  return moved;
}

/**
 * Serial and lineage of the state, read through terraform so that every backend works; the rest of the state, which
 * holds secrets, is dropped at once. `null`: there is no state yet. `undefined`: it cannot be read.
 */
export async function readStateIdentity(place: Place): Promise<StateIdentity | null | undefined> {
  const result = await runShortCommand(place.binary.path, ['state', 'pull'], {
    cwd: place.workingDirectory,
    env: terraformEnvironment(place.env),
    milliseconds: 60_000,
  });
  if (result.exitCode !== 0) return undefined;
  if (result.stdout.trim() === '') return null;
  const state = parseJson(result.stdout);
  if (!isRecord(state)) return undefined;
  const lineage = asOptionalText(state.lineage);
  return lineage === undefined ? null : { lineage, serial: asNumber(state.serial) };
}

function compareStates(before: StateIdentity | null, now: StateIdentity | null): readonly Moved[] {
  if (before === null && now === null) return [];
  if (before?.lineage !== now?.lineage) {
    const detail =
      before === null
        ? 'There was no state when the plan was made, and now there is one.'
        : now === null
          ? 'The state that the plan was made from is gone.'
          : 'The state is another one than the plan was made from.';
    return [{ what: 'state', detail }];
  }
  if (before?.serial === now?.serial) return [];
  return [
    {
      what: 'state',
      detail: `The state changed since the plan was made (serial ${before?.serial ?? 0} then, ${now?.serial ?? 0} now).`,
    },
  ];
}

function isReview(value: unknown): value is Review {
  return (
    isRecord(value) &&
    value.version === 1 &&
    typeof value.planHash === 'string' &&
    typeof value.directory === 'string' &&
    typeof value.workspace === 'string' &&
    typeof value.backend === 'string' &&
    (value.target === 'real' || value.target === 'sandbox') &&
    isRecord(value.configuration) &&
    isRecord(value.terraform) &&
    isRecord(value.options) &&
    Array.isArray(value.options.varFiles) &&
    isRecord(value.model)
  );
}
