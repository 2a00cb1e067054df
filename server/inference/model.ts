import * as tf from '@tensorflow/tfjs-core';
import * as tfl from '@tensorflow/tfjs-layers';
import { startCpu } from '../training/backends/cpu';
import { startWasm, wasmFolder } from '../training/backends/wasm';
import { largest, predict } from '../training/evaluate';
import { prepareImage } from './image';
import type { LayerValues } from './kerasReader';
import { readModelFile } from './modelFile';
import type { ModelFile } from './modelFile';

export interface ImagePrediction {
  readonly label: number;
  readonly name: string;
  /** One per class. */
  readonly probabilities: readonly number[];
  /** Spent on decoding, resizing and the model. */
  readonly milliseconds: number;
  readonly preprocessing: string;
}

/** A model in memory, ready to predict. */
export interface LoadedModel {
  readonly name: string;
  /** Of one sample: [height, width, channels] for images. */
  readonly input: readonly number[];
  readonly classes: readonly string[];
  /** `wasm`, or `cpu` where WebAssembly is missing. */
  readonly backend: string;
  /** @throws an ImageError when the bytes are no usable image */
  predictImage(bytes: Uint8Array): Promise<ImagePrediction>;
  /** @param values samples one after the other, each of the size of {@link input} */
  predictValues(values: Float32Array, count: number): Promise<number[][]>;
  dispose(): void;
}

/**
 * Loads a run folder, a folder of TensorFlow.js or a Keras `.h5` file.
 * @throws an Error that says what is wrong with it
 */
export async function loadModel(path: string): Promise<LoadedModel> {
  const file = await readModelFile(path);
  await (wasmFolder() === undefined ? startCpu() : startWasm());
  const model = await build(file);
  // The first prediction allocates and compiles; a visitor should not wait for that.
  await predict(model, new Float32Array(size(file.input)), [1, ...file.input]);
  return {
    name: file.name,
    input: file.input,
    classes: file.classes,
    backend: tf.getBackend(),
    async predictImage(bytes) {
      const began = performance.now();
      const { values, preprocessing } = prepareImage(bytes, file);
      const probabilities = [...(await predict(model, values, [1, ...file.input]))];
      const label = largest(probabilities);
      const milliseconds = Math.round((performance.now() - began) * 100) / 100;
      return {
        label,
        name: file.classes[label] ?? String(label),
        probabilities,
        milliseconds,
        preprocessing,
      };
    },
    async predictValues(values, count) {
      const outputs = await predict(model, values, [count, ...file.input]);
      const width = outputs.length / count;
      return Array.from({ length: count }, (_, row) => [...outputs.subarray(row * width, (row + 1) * width)]);
    },
    dispose() {
      model.dispose();
    },
  };
}

async function build(file: ModelFile): Promise<tfl.LayersModel> {
  const { weights } = file;
  const artifacts: tf.io.ModelArtifacts = { modelTopology: { ...file.topology } };
  try {
    if (weights.kind === 'manifest') {
      const weightData = new Uint8Array(weights.data).buffer;
      const weightSpecs = weights.specs as tf.io.WeightsManifestEntry[];
      return await tfl.loadLayersModel({
        load: () => Promise.resolve({ ...artifacts, weightSpecs, weightData }),
      });
    }
    const model = await tfl.loadLayersModel({ load: () => Promise.resolve(artifacts) });
    assignByOrder(model, weights.layers);
    return model;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new Error(`The model in ${file.path} cannot be built: ${reason}`, { cause: error });
  }
}

/** As Keras does: layers that have weights are matched by their order, whatever they are called. */
function assignByOrder(model: tfl.LayersModel, layers: readonly LayerValues[]): void {
  const own = model.layers.filter((layer) => layer.weights.length > 0);
  if (own.length !== layers.length) {
    throw new Error(
      `it has ${own.length} layers with weights, but the file holds weights of ${layers.length}.`,
    );
  }
  own.forEach((layer, index) => {
    const values = layers[index]?.weights ?? [];
    tf.tidy(() => {
      layer.setWeights(values.map(({ shape, values: numbers }) => tf.tensor(numbers, [...shape])));
    });
  });
}

function size(shape: readonly number[]): number {
  return shape.reduce((product, each) => product * each, 1);
}
