import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { gather } from './dataset';
import type { LabelledImages } from './dataset';

const BATCH = 200;

/** Probabilities are kept this far from 0 and 1 before the logarithm, as Keras does. */
const CLIP = 1e-7;

/** Mean cross-entropy and the part of the images whose most probable class is the right one. */
export async function evaluate(
  model: LayersModel,
  images: LabelledImages,
): Promise<{ readonly loss: number; readonly accuracy: number }> {
  const size = images.shape[0] * images.shape[1] * images.shape[2];
  let loss = 0;
  let right = 0;
  for (let from = 0; from < images.count; from += BATCH) {
    const count = Math.min(BATCH, images.count - from);
    const indexes = Uint32Array.from({ length: count }, (_, index) => from + index);
    const pixels = new Float32Array(count * size);
    const labels = new Float32Array(count);
    gather(images, indexes, pixels, labels);
    const probabilities = await predict(model, pixels, [count, ...images.shape]);
    const classes = probabilities.length / count;
    labels.forEach((label, index) => {
      const row = probabilities.subarray(index * classes, (index + 1) * classes);
      loss -= Math.log(Math.min(1 - CLIP, Math.max(CLIP, row[label] ?? 0)));
      if (largest(row) === label) right += 1;
    });
    // Lets a signal in between batches.
    await new Promise((resolve) => setImmediate(resolve));
  }
  return { loss: loss / images.count, accuracy: right / images.count };
}

/** The outputs of a model for a batch, one row a sample. */
export async function predict(
  model: LayersModel,
  values: Float32Array,
  shape: readonly number[],
): Promise<Float32Array> {
  const input = tf.tensor(values, [...shape]);
  const output = model.predictOnBatch(input);
  try {
    if (Array.isArray(output))
      throw new Error('The model has several outputs; only models with one are supported.');
    return Float32Array.from(await output.data());
  } finally {
    tf.dispose([input, output]);
  }
}

/** Position of the largest value; the first one of equals. */
export function largest(values: ArrayLike<number>): number {
  let at = 0;
  for (let index = 1; index < values.length; index++) {
    if ((values[index] ?? -Infinity) > (values[at] ?? -Infinity)) at = index;
  }
  return at;
}
