import type { Checkpoint } from './checkpoint';
import type { EventLog } from './events';
import type { TrainSpec } from './trainSpec';

export type BackendName = 'cuda' | 'webgpu' | 'wasm' | 'cpu';

/** What a backend is here and now. */
export interface BackendProbe {
  readonly name: BackendName;
  readonly available: boolean;
  /** What computes, for people: `NVIDIA A10G`, `SwiftShader (software)`, `WebAssembly SIMD`. Empty when unavailable. */
  readonly device: string;
  /** Works, but emulated in software, slower than the other backends: never chosen by `auto`. */
  readonly software: boolean;
  /** Why it is not available. */
  readonly why?: string;
  /** What makes it available. */
  readonly whatToDo?: string;
}

/** Everything that a backend needs to carry out a run. */
export interface TrainingJob {
  readonly spec: TrainSpec;
  /** Absolute; the backend leaves `checkpoints/`, `model/` and the Keras file in it. */
  readonly runFolder: string;
  readonly events: EventLog;
  /** What the computation runs on, as the probe said. */
  readonly device: string;
  /** Where to go on; none for a fresh run. */
  readonly resume?: Checkpoint;
  /** True once the run should finish its step, leave a checkpoint and end. */
  readonly shouldStop: () => boolean;
}

export interface TrainingOutcome {
  readonly status: 'completed' | 'stopped';
  readonly metrics: Readonly<Record<string, number>>;
  /** Name of the Keras file in the run folder. */
  readonly saved: string;
}

/**
 * Something that trains. The four that exist share one loop over TensorFlow.js and differ in how they start; one that
 * lives in another language (Keras in a Python process, say) brings its own loop, reads the same job and writes the
 * same events.
 */
export interface Backend {
  readonly name: BackendName;
  /** Never throws and never loads native code into this process. */
  probe(): Promise<BackendProbe>;
  /** Carries out the whole training, events included, except `finished`. */
  train(job: TrainingJob): Promise<TrainingOutcome>;
}
