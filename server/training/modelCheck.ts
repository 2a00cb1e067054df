import type { LayerSpec, Size, TrainSpec } from './trainSpec';
import type { PathProblem } from './specProblem';

/** Shape of one sample after a layer: [height, width, channels] or [values]. */
export type Shape = readonly number[];

export interface LayerSummary {
  /** The spec's name for it, or its type and a running number as Keras counts. */
  readonly name: string;
  readonly type: LayerSpec['type'];
  readonly output: Shape;
  readonly parameters: number;
}

/**
 * Layers that people know from elsewhere and that cannot be trained here: TensorFlow.js has no gradient for them, so a
 * run would die at its first step.
 */
const WITHOUT_GRADIENT: Readonly<Record<string, string>> = {
  depthToSpace: 'Use "conv2d" with as many filters instead.',
  einsum: 'Use "dense" instead.',
  einsumDense: 'Use "dense" instead.',
  gatherNd: 'Leave it out.',
  topK: 'Leave it out and take the largest values after prediction.',
};

/** Finds a layer without gradient before the schema would call it unknown. */
export function untrainableLayer(value: unknown): PathProblem | undefined {
  const model = (value as { model?: { layers?: unknown } } | null)?.model;
  const layers: unknown = model?.layers;
  if (!Array.isArray(layers)) return undefined;
  for (const [index, layer] of layers.entries()) {
    const path = ['model', 'layers', index];
    const { type, dilationRate } = (layer ?? {}) as { type?: unknown; dilationRate?: unknown };
    const advice = typeof type === 'string' ? WITHOUT_GRADIENT[type] : undefined;
    if (advice !== undefined) {
      return {
        path: [...path, 'type'],
        message: `A layer of type "${String(type)}" cannot be trained: TensorFlow.js has no gradient for it. ${advice}`,
      };
    }
    if (typeof dilationRate === 'number' && dilationRate > 1) {
      return {
        path: [...path, 'dilationRate'],
        message:
          `"dilationRate" is ${dilationRate}, and a dilated convolution cannot be trained: TensorFlow.js has no ` +
          'gradient for it. Remove "dilationRate", or use a larger "kernelSize" or "strides".',
      };
    }
  }
  return undefined;
}

/** What the schema cannot say: that the layers fit each other and the classes. */
export function checkModel(spec: TrainSpec): PathProblem[] {
  const problems: PathProblem[] = [];
  const names = new Set<string>();
  let shape: Shape = spec.model.input;
  for (const [index, layer] of spec.model.layers.entries()) {
    const path = ['model', 'layers', index];
    if (layer.name !== undefined) {
      if (names.has(layer.name)) {
        problems.push({
          path: [...path, 'name'],
          message: `Two layers are named "${layer.name}". Give each its own name.`,
        });
      }
      names.add(layer.name);
    }
    const next = outputShape(layer, shape);
    if (typeof next === 'string') return [...problems, { path, message: next }];
    shape = next;
  }
  return [...problems, ...checkOutput(spec, shape)];
}

/** Every layer with its output and its number of weights, without building anything. Expects a spec that was checked. */
export function summarize(spec: Pick<TrainSpec, 'model'>): LayerSummary[] {
  const counts = new Map<string, number>();
  let shape: Shape = spec.model.input;
  return spec.model.layers.map((layer) => {
    const count = counts.get(layer.type) ?? 0;
    counts.set(layer.type, count + 1);
    const input = shape;
    const next = outputShape(layer, input);
    if (typeof next !== 'string') shape = next;
    return {
      name: layer.name ?? `${kerasName(layer.type)}${count === 0 ? '' : `_${count}`}`,
      type: layer.type,
      output: shape,
      parameters: parametersOf(layer, input, shape),
    };
  });
}

/** One number or a pair, as a pair. */
export function pair(size: Size): readonly [number, number] {
  return typeof size === 'number' ? [size, size] : size;
}

/** `maxPooling2d` as `max_pooling2d`: how Keras names a layer by itself. */
function kerasName(type: string): string {
  return type.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}

function checkOutput(spec: TrainSpec, shape: Shape): PathProblem[] {
  const index = spec.model.layers.length - 1;
  const last = spec.model.layers[index];
  if (last === undefined) return [];
  const path = ['model', 'layers', index];
  const classes = spec.data.classes.length;
  if (shape.length !== 1) {
    return [
      {
        path,
        message: `The last layer gives ${shapeText(shape)}, not one value per class. Put a "flatten" before it.`,
      },
    ];
  }
  if (shape[0] !== classes) {
    const where = last.type === 'dense' ? [...path, 'units'] : path;
    return [
      {
        path: where,
        message: `The last layer gives ${shape[0] ?? 0} values, but "classes" names ${classes}. Give its "units" the value ${classes}.`,
      },
    ];
  }
  const activation = last.type === 'dense' || last.type === 'activation' ? last.activation : undefined;
  if (activation === 'softmax') return [];
  return [
    {
      path: last.type === 'dense' ? [...path, 'activation'] : path,
      message:
        'The last layer must end with "activation": "softmax", because sparseCategoricalCrossentropy expects probabilities.',
    },
  ];
}

/** The shape after a layer, or what is wrong. */
function outputShape(layer: LayerSpec, input: Shape): Shape | string {
  const [height, width, channels] = input;
  const isImage = height !== undefined && width !== undefined && channels !== undefined;
  switch (layer.type) {
    case 'flatten':
      return [input.reduce((product, size) => product * size, 1)];
    case 'dense':
      return [...input.slice(0, -1), layer.units];
    case 'dropout':
    case 'activation':
    case 'batchNormalization':
      return input;
    default:
      if (!isImage)
        return `A layer of type "${layer.type}" needs an image, but gets ${shapeText(input)}. Move it before "flatten".`;
  }
  switch (layer.type) {
    case 'globalAveragePooling2d':
    case 'globalMaxPooling2d':
      return [channels];
    case 'maxPooling2d':
    case 'averagePooling2d': {
      const pool = layer.poolSize ?? 2;
      return windowed(layer, pair(pool), layer.strides ?? pool, [height, width], channels);
    }
    case 'conv2d':
    case 'separableConv2d':
      return windowed(layer, pair(layer.kernelSize), layer.strides ?? 1, [height, width], layer.filters);
    case 'depthwiseConv2d':
      return windowed(
        layer,
        pair(layer.kernelSize),
        layer.strides ?? 1,
        [height, width],
        channels * (layer.depthMultiplier ?? 1),
      );
  }
}

function windowed(
  layer: { readonly type: string; readonly padding?: 'valid' | 'same' },
  window: readonly [number, number],
  strides: Size,
  [height, width]: readonly [number, number],
  channels: number,
): Shape | string {
  const [down, across] = pair(strides);
  if (layer.padding === 'same') return [Math.ceil(height / down), Math.ceil(width / across), channels];
  if (window[0] > height || window[1] > width) {
    return (
      `A window of ${window.join('×')} does not fit on the ${height}×${width} that reaches this "${layer.type}". ` +
      'Make it smaller, remove a pooling layer before it, or set "padding": "same".'
    );
  }
  return [
    Math.floor((height - window[0]) / down) + 1,
    Math.floor((width - window[1]) / across) + 1,
    channels,
  ];
}

function parametersOf(layer: LayerSpec, input: Shape, output: Shape): number {
  const inputs = input.at(-1) ?? 0;
  const outputs = output.at(-1) ?? 0;
  const bias = 'useBias' in layer && !(layer.useBias ?? true) ? 0 : outputs;
  switch (layer.type) {
    case 'dense':
      return inputs * outputs + bias;
    case 'conv2d': {
      const [height, width] = pair(layer.kernelSize);
      return height * width * inputs * outputs + bias;
    }
    case 'depthwiseConv2d': {
      const [height, width] = pair(layer.kernelSize);
      return height * width * outputs + bias;
    }
    case 'separableConv2d': {
      const [height, width] = pair(layer.kernelSize);
      const middle = inputs * (layer.depthMultiplier ?? 1);
      return height * width * middle + middle * outputs + bias;
    }
    case 'batchNormalization':
      return 4 * inputs;
    default:
      return 0;
  }
}

function shapeText(shape: Shape): string {
  return shape.length === 1 ? `${shape[0] ?? 0} values` : shape.join('×');
}
