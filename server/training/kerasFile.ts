import type * as Hdf5 from 'h5wasm';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { METADATA_ATTRIBUTE } from './modelMetadata';
import type { ModelMetadata } from './modelMetadata';
import { learningRateOf } from './network';
import type { OptimizerSpec, TrainSpec } from './trainSpec';
import { layerWeights } from './weights';
import type { LayerWeights } from './weights';

/** The version whose layout is written: the last of Keras 2; Keras 3 reads it too. */
const KERAS_VERSION = '2.15.0';

/**
 * The bytes of a Keras 2 HDF5 file that Keras loads, evaluates and trains further (keras-team/keras,
 * keras/saving/legacy/hdf5_format.py). The optimizer's state is left out: Keras 3 refuses to train a model whose file
 * holds it.
 */
export async function toKerasFile(
  model: LayersModel,
  spec: TrainSpec,
  metadata: ModelMetadata,
): Promise<Uint8Array> {
  const layers = await layerWeights(model);
  const hdf5 = await import('h5wasm');
  const { FS } = await hdf5.ready;
  const name = `model-${process.pid}.h5`;
  const file = new hdf5.File(name, 'w');
  try {
    file.create_attribute('keras_version', KERAS_VERSION);
    file.create_attribute('backend', 'tensorflow');
    file.create_attribute('model_config', JSON.stringify(modelConfig(model)));
    file.create_attribute('training_config', JSON.stringify(trainingConfig(spec)));
    file.create_attribute(METADATA_ATTRIBUTE, JSON.stringify(metadata));
    writeWeights(file.create_group('model_weights'), layers);
  } finally {
    file.close();
  }
  const bytes = FS.readFile(name);
  FS.unlink(name);
  return bytes;
}

function writeWeights(group: Hdf5.Group, layers: readonly LayerWeights[]): void {
  writeNames(
    group,
    'layer_names',
    layers.map(({ layer }) => layer),
  );
  group.create_attribute('backend', 'tensorflow');
  // Without it here, Keras takes the file for one of Keras 1.
  group.create_attribute('keras_version', KERAS_VERSION);
  for (const { layer, weights } of layers) {
    const inner = group.create_group(layer);
    writeNames(
      inner,
      'weight_names',
      weights.map(({ name }) => `${name}:0`),
    );
    if (weights.length === 0) continue;
    // The names repeat the layer, so its datasets lie one group deeper.
    const own = inner.create_group(layer);
    for (const { name, shape, values } of weights) {
      own.create_dataset({
        name: `${name.slice(layer.length + 1)}:0`,
        data: values,
        shape: [...shape],
        dtype: '<f',
      });
    }
  }
  writeNames(group.create_group('top_level_model_weights'), 'weight_names', []);
}

/** A list of texts as Keras writes it: fixed-length bytes, or an empty list of floats. */
function writeNames(group: Hdf5.Group, attribute: string, names: readonly string[]): void {
  if (names.length === 0) {
    group.create_attribute(attribute, new Float64Array(0), [0], '<d');
    return;
  }
  const longest = Math.max(...names.map((name) => Buffer.byteLength(name)));
  group.create_attribute(attribute, [...names], [names.length], `S${longest}`);
}

interface LayerConfig {
  readonly class_name: string;
  readonly config: Readonly<Record<string, unknown>>;
}

/** The model's own JSON with an InputLayer in front, without which Keras 3 adds the batch axis twice. */
function modelConfig(model: LayersModel): unknown {
  const topology = JSON.parse(model.toJSON(null, true) as unknown as string) as {
    class_name: string;
    config: { name: string; layers: LayerConfig[] };
  };
  const { class_name, config } = topology;
  const shape = config.layers[0]?.config.batch_input_shape;
  const inputLayer = {
    class_name: 'InputLayer',
    config: { batch_input_shape: shape, dtype: 'float32', sparse: false, name: 'input_1' },
  };
  return { class_name, config: { name: config.name, layers: [inputLayer, ...config.layers] } };
}

function trainingConfig(spec: TrainSpec): unknown {
  return {
    loss: 'sparse_categorical_crossentropy',
    // The form with a wrapper object, as Keras 2 writes it, breaks `evaluate` in Keras 3.
    metrics: ['accuracy'],
    weighted_metrics: null,
    loss_weights: null,
    optimizer_config: optimizerConfig(spec.optimizer),
  };
}

function optimizerConfig(optimizer: OptimizerSpec): unknown {
  const learning_rate = learningRateOf(optimizer);
  switch (optimizer.type) {
    case 'adam':
      return {
        class_name: 'Adam',
        config: {
          name: 'Adam',
          learning_rate,
          beta_1: optimizer.beta1 ?? 0.9,
          beta_2: optimizer.beta2 ?? 0.999,
          epsilon: optimizer.epsilon ?? 1e-7,
          amsgrad: false,
        },
      };
    case 'sgd':
      return {
        class_name: 'SGD',
        config: { name: 'SGD', learning_rate, momentum: optimizer.momentum ?? 0, nesterov: false },
      };
    case 'rmsprop':
      return {
        class_name: 'RMSprop',
        config: {
          name: 'RMSprop',
          learning_rate,
          rho: optimizer.decay ?? 0.9,
          momentum: 0,
          epsilon: optimizer.epsilon ?? 1e-7,
          centered: false,
        },
      };
  }
}
