/** One number for both directions, or [height, width]. */
export type Size = number | readonly [number, number];

export type ActivationName =
  | 'linear'
  | 'relu'
  | 'relu6'
  | 'elu'
  | 'selu'
  | 'sigmoid'
  | 'softplus'
  | 'softsign'
  | 'tanh'
  | 'softmax'
  | 'swish';

interface Named {
  readonly name?: string;
}

interface Windowed extends Named {
  readonly strides?: Size;
  readonly padding?: 'valid' | 'same';
}

interface Convolution extends Windowed {
  readonly kernelSize: Size;
  readonly activation?: ActivationName;
  readonly useBias?: boolean;
  readonly dilationRate?: number;
}

export type LayerSpec =
  | (Convolution & { readonly type: 'conv2d'; readonly filters: number })
  | (Convolution & { readonly type: 'depthwiseConv2d'; readonly depthMultiplier?: number })
  | (Convolution & {
      readonly type: 'separableConv2d';
      readonly filters: number;
      readonly depthMultiplier?: number;
    })
  | (Windowed & { readonly type: 'maxPooling2d' | 'averagePooling2d'; readonly poolSize?: Size })
  | (Named & { readonly type: 'globalAveragePooling2d' | 'globalMaxPooling2d' | 'flatten' })
  | (Named & { readonly type: 'batchNormalization'; readonly momentum?: number })
  | (Named & { readonly type: 'dropout'; readonly rate: number })
  | (Named & { readonly type: 'activation'; readonly activation: ActivationName })
  | (Named & {
      readonly type: 'dense';
      readonly units: number;
      readonly activation?: ActivationName;
      readonly useBias?: boolean;
    });

export type OptimizerSpec =
  | {
      readonly type: 'adam';
      readonly learningRate?: number;
      readonly beta1?: number;
      readonly beta2?: number;
      readonly epsilon?: number;
    }
  | { readonly type: 'sgd'; readonly learningRate?: number; readonly momentum?: number }
  | {
      readonly type: 'rmsprop';
      readonly learningRate?: number;
      readonly decay?: number;
      readonly epsilon?: number;
    };

export interface DataSpec {
  readonly format: 'idx';
  /** Folder of the files; relative to the spec's own file in a run folder it is absolute. */
  readonly path: string;
  /** Folder of the full data set on machines that have it. */
  readonly full?: string;
  /** `auto`: the full set where it is there, else `path`. */
  readonly use: 'auto' | 'path' | 'full';
  readonly trainImages: string;
  readonly trainLabels: string;
  readonly testImages: string;
  readonly testLabels: string;
  readonly classes: readonly string[];
  readonly limit?: number;
  readonly testLimit?: number;
}

export type BackendChoice = 'auto' | 'cuda' | 'webgpu' | 'wasm' | 'cpu';

/** What to train: the contents of a `train.json`, defaults filled in. */
export interface TrainSpec {
  readonly name: string;
  readonly recipe: 'image-classifier';
  readonly data: DataSpec;
  readonly model: {
    readonly input: readonly [number, number, number];
    readonly layers: readonly LayerSpec[];
  };
  readonly optimizer: OptimizerSpec;
  readonly loss: 'sparseCategoricalCrossentropy';
  readonly epochs: number;
  readonly batchSize: number;
  readonly seed: number;
  readonly validationSplit: number;
  readonly backend: BackendChoice;
  readonly save: string;
}
