import type { Diagnostic, OutputValue, TerraformEvent } from './events';
import type { PlanModel } from './planModel';
import type { Place, Target } from './requests';
import type { Moved, Review } from './review';

export interface ApplyRequest {
  readonly place: Place;
  readonly storageFolder: string;
  readonly planFile: string;
  readonly review: Review;
  readonly parallelism?: number;
  readonly lockTimeout?: string;
  readonly signal?: AbortSignal;
}

export type Phase = 'init' | 'plan' | 'apply';

/** What a listener hears, in order. Nothing in it holds a secret that terraform knows of. */
export type OperationEvent =
  | { readonly type: 'phase'; readonly phase: Phase; readonly target: Target; readonly directory: string }
  /** Terraform runs; what it needs must live as long as this process, for example a sandbox's providers. */
  | { readonly type: 'process'; readonly phase: Phase; readonly pid: number }
  | { readonly type: 'terraform'; readonly phase: Phase; readonly event: TerraformEvent }
  | { readonly type: 'notice'; readonly level: 'info' | 'warning' | 'error'; readonly text: string }
  /** After planning, and again at the start of an apply. */
  | { readonly type: 'plan'; readonly phase: Phase; readonly model: PlanModel }
  /** A graceful stop was asked for. */
  | { readonly type: 'stopping' };

export type OperationListener = (event: OperationEvent) => void;

export type PlanOutcome =
  | {
      readonly status: 'planned';
      /** False when an apply would do nothing. */
      readonly changes: boolean;
      readonly planFile: string;
      /** Saved beside the plan file as well, see `reviewFile`. */
      readonly review: Review;
      readonly model: PlanModel;
    }
  | {
      readonly status: 'failed';
      readonly phase: Phase;
      readonly diagnostics: readonly Diagnostic[];
      /** What was planned before it failed, where terraform got that far. */
      readonly model?: PlanModel;
    }
  | { readonly status: 'stopped' };

/** Addresses, in the order in which it happened. */
export interface Progress {
  readonly completed: readonly string[];
  readonly failed: readonly string[];
  /** Started, and neither finished nor failed. */
  readonly inFlight: readonly string[];
}

export type ApplyOutcome =
  | {
      readonly status: 'applied';
      readonly progress: Progress;
      readonly outputs: Readonly<Record<string, OutputValue>>;
      readonly diagnostics: readonly Diagnostic[];
    }
  /** `stopped`: gracefully, the state is saved. `unknown`: it was killed; what was in flight may exist and be missing from the state. */
  | {
      readonly status: 'failed' | 'stopped' | 'unknown';
      readonly progress: Progress;
      readonly diagnostics: readonly Diagnostic[];
    }
  /** Nothing was started, because what was reviewed is not what would be applied. */
  | { readonly status: 'refused'; readonly moved: readonly Moved[] };

export interface Operation<Outcome> {
  readonly id: string;
  readonly kind: 'plan' | 'apply';
  /** Holds the event files; `Operations.reattach` takes it. */
  readonly folder: string;
  readonly place: Place;
  /** Rejects only when something prevents terraform from being run at all. */
  readonly outcome: Promise<Outcome>;
  /**
   * Asks once for a graceful end; asking again does nothing.
   * @throws StopUnsupportedError for an apply on Windows.
   */
  stop(): Promise<void>;
  /** Ends terraform at once. Resources in flight may exist afterwards and be missing from the state. */
  forceStop(): Promise<void>;
}

/** Another operation runs in the same working directory. */
export class OperationBusyError extends Error {
  override readonly name = 'OperationBusyError';
}
