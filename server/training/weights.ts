import * as tf from '@tensorflow/tfjs-core';
import type * as tfl from '@tensorflow/tfjs-layers';
import type { CheckpointState, NamedValues } from './checkpoint';

/** A layer's weights under the names that Keras gives them: `conv2d/kernel`. */
export interface LayerWeights {
  readonly layer: string;
  readonly weights: readonly NamedValues[];
}

/** Copies of all weights, layer by layer; within a layer trainable ones first, as Keras orders them. */
export function layerWeights(model: tfl.LayersModel): Promise<LayerWeights[]> {
  return Promise.all(
    model.layers.map(async (layer) => ({
      layer: layer.name,
      weights: await Promise.all(
        [...layer.trainableWeights, ...layer.nonTrainableWeights].map(async (weight) => ({
          name: weightName(layer, weight),
          shape: weight.shape.map((size) => size ?? 0),
          values: await valuesOf(weight.read()),
        })),
      ),
    })),
  );
}

/**
 * Puts saved weights back.
 * @throws an Error when a weight is missing or has another shape
 */
export function restoreWeights(model: tfl.LayersModel, saved: readonly NamedValues[]): void {
  const byName = new Map(saved.map((tensor) => [tensor.name, tensor]));
  for (const layer of model.layers) {
    for (const weight of layer.weights) {
      const name = weightName(layer, weight);
      const found = byName.get(name);
      if (found === undefined) throw new Error(`The checkpoint does not fit the model: ${name} is missing.`);
      if (found.shape.join() !== weight.shape.join()) {
        throw new Error(`The checkpoint does not fit the model: ${name} has another shape.`);
      }
      tf.tidy(() => {
        weight.write(tf.tensor(found.values, [...found.shape]));
      });
    }
  }
}

/** The optimizer's memory: how often it stepped, and its averages of the gradients. */
export async function optimizerState(
  optimizer: tf.Optimizer,
): Promise<{ readonly scalars: CheckpointState['optimizer']; readonly tensors: NamedValues[] }> {
  const saved = await optimizer.getWeights();
  const tensors: NamedValues[] = [];
  let iterations = 0;
  for (const { name, tensor } of saved) {
    if (name === 'iter') {
      iterations = (await valuesOf(tensor))[0] ?? 0;
      // The only one made for the asking; the others are the optimizer's own.
      tensor.dispose();
    } else {
      tensors.push({ name, shape: tensor.shape, values: await valuesOf(tensor) });
    }
  }
  const scalars = await Promise.all(
    powers(optimizer).map(async (variable) => (await valuesOf(variable))[0] ?? 0),
  );
  return { scalars: { iterations, scalars }, tensors };
}

/** Puts an optimizer's memory back, so that the next step is exactly the one that would have come. */
export async function restoreOptimizer(
  optimizer: tf.Optimizer,
  scalars: CheckpointState['optimizer'],
  tensors: readonly NamedValues[],
): Promise<void> {
  const iterations = tf.scalar(scalars.iterations, 'int32');
  const saved = tensors.map(({ name, shape, values }) => ({ name, tensor: tf.tensor(values, [...shape]) }));
  await optimizer.setWeights([{ name: 'iter', tensor: iterations }, ...saved]);
  tf.dispose([iterations, ...saved.map(({ tensor }) => tensor)]);
  powers(optimizer).forEach((variable, index) => {
    const value = scalars.scalars[index];
    if (value !== undefined)
      tf.tidy(() => {
        variable.assign(tf.scalar(value));
      });
  });
}

/**
 * Adam's β₁ᵗ and β₂ᵗ, which it multiplies up step by step. Its own `setWeights` computes them afresh as a power, which
 * differs in the last digits: enough for a resumed run not to repeat exactly.
 */
function powers(optimizer: tf.Optimizer): tf.Variable[] {
  const { accBeta1, accBeta2 } = optimizer as unknown as Partial<
    Record<'accBeta1' | 'accBeta2', tf.Variable>
  >;
  return accBeta1 === undefined || accBeta2 === undefined ? [] : [accBeta1, accBeta2];
}

/** Asynchronously, because WebGPU outside a browser has no other way (it would need an OffscreenCanvas). */
async function valuesOf(tensor: tf.Tensor): Promise<Float32Array> {
  return Float32Array.from(await tensor.data());
}

function weightName(layer: tfl.layers.Layer, weight: { readonly originalName: string }): string {
  return `${layer.name}/${weight.originalName.split('/').at(-1) ?? ''}`;
}
