/**
 * The contract between the extension host and the pages inside VS Code. The host sends `ToPage`, the page sends
 * `ToHost`; both are plain JSON. A page first sends `ready`; the host then sends the whole state, and afterwards changes.
 * A page is a pure function of what it was told: it keeps only what a reload may lose (zoom, pan, selection) in `setState`.
 */

// ── dependency graph ────────────────────────────────────────────────────────────────────────────────────────────────

export interface GraphBox {
  /** Terraform address without instance keys: `module.storage.aws_s3_bucket.data`. For a module: `module.storage`. */
  readonly id: string;
  readonly kind: 'resource' | 'data' | 'ephemeral' | 'module' | 'variable' | 'local' | 'output' | 'missing';
  /** First line of the label: the name. */
  readonly title: string;
  /** Second line: the type, or the module's source. */
  readonly subtitle: string;
  /** The enclosing module box, if any. */
  readonly parent?: string;
  readonly repeated?: 'count' | 'for_each';
  /** Pixels, absolute, origin at the top left. */
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly action?: PlanAction;
  /** Part of a dependency cycle. */
  readonly cyclic?: boolean;
}

export interface GraphLine {
  /** From the dependent … */
  readonly from: string;
  /** … to what it depends on. */
  readonly to: string;
  readonly kind: 'explicit' | 'implicit';
  /** The expressions that make the edge. */
  readonly via: readonly string[];
  /** Polyline in pixels, absolute, from `from` to `to`. */
  readonly points: readonly { readonly x: number; readonly y: number }[];
  readonly cyclic?: boolean;
}

export interface GraphPicture {
  /** Name of the root module's folder. */
  readonly root: string;
  readonly width: number;
  readonly height: number;
  readonly boxes: readonly GraphBox[];
  readonly lines: readonly GraphLine[];
}

export type PlanAction = 'create' | 'update' | 'replace' | 'delete' | 'read' | 'forget' | 'none';

export type GraphToPage =
  | { readonly type: 'graph'; readonly picture: GraphPicture }
  | { readonly type: 'select'; readonly id: string }
  | { readonly type: 'message'; readonly text: string };

export type GraphToHost =
  | { readonly type: 'ready' }
  /** Open the block in the editor. */
  | { readonly type: 'open'; readonly id: string }
  | { readonly type: 'export'; readonly format: 'svg' };

// ── training ────────────────────────────────────────────────────────────────────────────────────────────────────────

/** A field of the spec that the panel lets a person change before Start. */
export interface SpecField {
  /** Path in the spec: `epochs`, `optimizer.learningRate`. */
  readonly key: string;
  readonly label: string;
  readonly kind: 'integer' | 'number' | 'text' | 'choice';
  readonly value: string | number;
  readonly choices?: readonly string[];
  readonly minimum?: number;
  readonly help?: string;
  /** What is wrong with the value, if anything. */
  readonly problem?: string;
}

export interface TrainingPoint {
  /** From 1 over the whole run. */
  readonly step: number;
  readonly epoch: number;
  readonly loss: number;
  readonly accuracy?: number;
}

export interface TrainingEpoch extends TrainingPoint {
  readonly validationLoss?: number;
  readonly validationAccuracy?: number;
  readonly seconds: number;
}

export interface TrainingState {
  readonly spec: {
    readonly name: string;
    readonly path: string;
    readonly fields: readonly SpecField[];
    readonly layers: readonly string[];
  };
  /** `idle`: nothing ran yet. `lost`: the trainer died without saying why. */
  readonly status: 'idle' | 'starting' | 'running' | 'stopping' | 'completed' | 'stopped' | 'failed' | 'lost';
  readonly run?: string;
  readonly runFolder?: string;
  /** Why it failed, and what to do. */
  readonly error?: string;
  readonly backend?: string;
  readonly device?: string;
  readonly parameters?: number;
  readonly epochs?: number;
  readonly stepsPerEpoch?: number;
  readonly samplesPerSecond?: number;
  /** Seconds. */
  readonly elapsed?: number;
  /** Seconds left. */
  readonly eta?: number;
  readonly points: readonly TrainingPoint[];
  readonly validations: readonly TrainingEpoch[];
  /** Path of the saved `.h5`, once there. */
  readonly saved?: string;
  readonly testAccuracy?: number;
}

export type TrainingToPage =
  | { readonly type: 'state'; readonly state: TrainingState }
  /** New points since the last message; everything else of `change` replaces what was there. */
  | {
      readonly type: 'progress';
      readonly points: readonly TrainingPoint[];
      readonly change: Partial<Omit<TrainingState, 'points'>>;
    };

export type TrainingToHost =
  | { readonly type: 'ready' }
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  | { readonly type: 'resume' }
  | { readonly type: 'edit'; readonly key: string; readonly value: string | number }
  | { readonly type: 'openSpec' }
  | { readonly type: 'openFolder' }
  | { readonly type: 'infer' };

// ── inference ───────────────────────────────────────────────────────────────────────────────────────────────────────

export interface InferenceState {
  readonly model: {
    readonly name: string;
    readonly path: string;
    readonly input: readonly number[];
    readonly classes: readonly string[];
  };
  readonly server:
    | { readonly status: 'stopped' }
    | { readonly status: 'starting' }
    | { readonly status: 'running'; readonly url: string }
    | { readonly status: 'failed'; readonly error: string };
  /** Example images of the data set, as `data:` URLs, to try with one click. */
  readonly examples: readonly { readonly image: string; readonly label: string }[];
}

export interface Prediction {
  readonly label: number;
  readonly name: string;
  /** One per class, they sum to 1. */
  readonly probabilities: readonly number[];
  /** Milliseconds inside the server. */
  readonly milliseconds: number;
  /** What was done to the image before the model saw it: "resized 640×480 → 28×28, inverted". */
  readonly preprocessing: string;
}

export type InferenceToPage =
  | { readonly type: 'state'; readonly state: InferenceState }
  | { readonly type: 'prediction'; readonly id: number; readonly prediction: Prediction }
  | { readonly type: 'refused'; readonly id: number; readonly reason: string };

export type InferenceToHost =
  | { readonly type: 'ready' }
  | { readonly type: 'start' }
  | { readonly type: 'stop' }
  /** `data` is a PNG or JPEG as base64, without the `data:` prefix. */
  | { readonly type: 'predict'; readonly id: number; readonly data: string }
  | { readonly type: 'copy'; readonly text: string };
