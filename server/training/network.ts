import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { pair, summarize } from './modelCheck';
import { deriveSeed } from './random';
import type { LayerSpec, OptimizerSpec, TrainSpec } from './trainSpec';

/**
 * What every backend uses, whatever its own idea is: WebGL would take 1e-4 and train differently. The same number as in
 * Keras.
 */
const EPSILON = 1e-7;

/** Builds the model of a spec with its first weights, which depend on the seed alone; compiled, ready to train. */
export function buildModel(spec: TrainSpec): tfl.Sequential {
  const model = tfl.sequential({ name: spec.name });
  const names = summarize(spec).map(({ name }) => name);
  spec.model.layers.forEach((layer, index) => {
    const name = names[index] ?? layer.type;
    const first = index === 0 ? { inputShape: [...spec.model.input] } : {};
    model.add(buildLayer(layer, { name, ...first }, deriveSeed(spec.seed, 'weights', index)));
  });
  model.compile({
    optimizer: buildOptimizer(spec.optimizer),
    loss: spec.loss,
    metrics: ['accuracy'],
  });
  return model;
}

/** The learning rate that a spec means, its default included. */
export function learningRateOf(optimizer: OptimizerSpec): number {
  return optimizer.learningRate ?? 0.001;
}

/** Gives every dropout layer the seed of this step: its mask differs from step to step and repeats from run to run. */
export function seedDropout(model: tfl.Sequential, seed: number, step: number): void {
  model.layers.forEach((layer, index) => {
    if (layer instanceof SeededDropout) layer.seed = deriveSeed(seed, 'dropout', index, step);
  });
}

interface Common {
  readonly name: string;
  readonly inputShape?: number[];
}

function buildLayer(layer: LayerSpec, common: Common, seed: number): tfl.layers.Layer {
  switch (layer.type) {
    case 'conv2d':
      return tfl.layers.conv2d({
        ...common,
        ...convolution(layer),
        filters: layer.filters,
        kernelInitializer: glorot(seed),
      });
    case 'depthwiseConv2d':
      return tfl.layers.depthwiseConv2d({
        ...common,
        ...convolution(layer),
        depthMultiplier: layer.depthMultiplier ?? 1,
        depthwiseInitializer: glorot(seed),
      });
    case 'separableConv2d':
      return tfl.layers.separableConv2d({
        ...common,
        ...convolution(layer),
        filters: layer.filters,
        depthMultiplier: layer.depthMultiplier ?? 1,
        depthwiseInitializer: glorot(seed),
        pointwiseInitializer: glorot(deriveSeed(seed, 'pointwise')),
      });
    case 'maxPooling2d':
    case 'averagePooling2d': {
      const poolSize = mutablePair(layer.poolSize ?? 2);
      const strides = mutablePair(layer.strides ?? layer.poolSize ?? 2);
      const options = { ...common, poolSize, strides, padding: layer.padding ?? 'valid' };
      return layer.type === 'maxPooling2d'
        ? tfl.layers.maxPooling2d(options)
        : tfl.layers.averagePooling2d(options);
    }
    case 'globalAveragePooling2d':
      return tfl.layers.globalAveragePooling2d({ ...common });
    case 'globalMaxPooling2d':
      return tfl.layers.globalMaxPooling2d({ ...common });
    case 'batchNormalization':
      return tfl.layers.batchNormalization({ ...common, momentum: layer.momentum ?? 0.99 });
    case 'flatten':
      return tfl.layers.flatten({ ...common });
    case 'dropout':
      return new SeededDropout({ ...common, rate: layer.rate });
    case 'activation':
      return tfl.layers.activation({ ...common, activation: layer.activation });
    case 'dense':
      return tfl.layers.dense({
        ...common,
        units: layer.units,
        activation: layer.activation ?? 'linear',
        useBias: layer.useBias ?? true,
        kernelInitializer: glorot(seed),
      });
  }
}

function convolution(layer: Extract<LayerSpec, { kernelSize: unknown }>) {
  return {
    kernelSize: mutablePair(layer.kernelSize),
    strides: mutablePair(layer.strides ?? 1),
    padding: layer.padding ?? ('valid' as const),
    activation: layer.activation ?? ('linear' as const),
    useBias: layer.useBias ?? true,
  };
}

function mutablePair(size: number | readonly [number, number]): [number, number] {
  return [...pair(size)];
}

function glorot(seed: number) {
  return tfl.initializers.glorotUniform({ seed });
}

function buildOptimizer(spec: OptimizerSpec): tf.Optimizer {
  const rate = learningRateOf(spec);
  switch (spec.type) {
    case 'adam':
      return tf.train.adam(rate, spec.beta1 ?? 0.9, spec.beta2 ?? 0.999, spec.epsilon ?? EPSILON);
    case 'sgd':
      return spec.momentum === undefined || spec.momentum === 0
        ? tf.train.sgd(rate)
        : tf.train.momentum(rate, spec.momentum);
    case 'rmsprop':
      return tf.train.rmsprop(rate, spec.decay ?? 0.9, 0, spec.epsilon ?? EPSILON);
  }
}

/**
 * Keras' Dropout with a seed that can change. The stock layer with a seed drops the same values at every step, and
 * without one no run can be repeated. It saves itself as a plain `Dropout`.
 */
class SeededDropout extends tfl.layers.Layer {
  static readonly className = 'Dropout';
  seed = 0;
  readonly #rate: number;

  constructor(options: Common & { readonly rate: number }) {
    super(options);
    this.#rate = options.rate;
  }

  override call(inputs: tf.Tensor | tf.Tensor[], options: { readonly training?: boolean }): tf.Tensor {
    const values = Array.isArray(inputs) ? inputs[0] : inputs;
    if (values === undefined) throw new Error('Dropout was called without values.');
    if (options.training !== true || this.#rate === 0) return tf.clone(values);
    return tf.dropout(values, this.#rate, undefined, this.seed);
  }

  override computeOutputShape(inputShape: tfl.Shape | tfl.Shape[]): tfl.Shape | tfl.Shape[] {
    return inputShape;
  }

  override getConfig(): tf.serialization.ConfigDict {
    return { ...super.getConfig(), rate: this.#rate };
  }
}
