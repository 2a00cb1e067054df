import { Conv2D, Conv2DBackpropInput } from '@tensorflow/tfjs-core';
import { convolutionShape } from './convolutionShape';
import { floats, input, wasmKernel } from './scratch';

/**
 * Gradient of a convolution by its input. The stock kernel is a scalar loop; this one lets XNNPACK do the sum:
 *
 *   dX[n,h,w,c] = Σ i,j,k  dy[n, (h+top−i)/s, (w+left−j)/s, k] · W[i,j,c,k]      where divisible and in range,
 *
 * is the convolution, with stride 1, of dy (s−1 zeros between its entries, a border around it) with the filter turned
 * by 180° and its channels swapped.
 */
export const conv2dBackpropInput = wasmKernel(Conv2DBackpropInput, (call) => {
  const { attrs, backend, run, allocate } = call;
  const dy = input(call, 'dy');
  const filter = input(call, 'filter');
  const sizes = convolutionShape(attrs.inputShape as number[], filter.shape, attrs);
  const { batchSize, inHeight, inWidth, inChannels, outChannels, filterHeight, filterWidth } = sizes;

  const spreadHeight = inHeight + filterHeight - 1;
  const spreadWidth = inWidth + filterWidth - 1;
  const spread = allocate([batchSize, spreadHeight, spreadWidth, outChannels]);
  const turned = allocate([filterHeight, filterWidth, outChannels, inChannels]);
  spreadOut(floats(backend, dy), floats(backend, spread), {
    batch: batchSize,
    from: [sizes.outHeight, sizes.outWidth],
    to: [spreadHeight, spreadWidth],
    step: [sizes.strideHeight, sizes.strideWidth],
    // Negative, which crops, where an explicit padding is wider than the filter.
    first: [filterHeight - 1 - sizes.padInfo.top, filterWidth - 1 - sizes.padInfo.left],
    channels: outChannels,
  });
  turn(floats(backend, filter), floats(backend, turned), filterHeight * filterWidth, inChannels, outChannels);

  return run(
    Conv2D,
    { x: spread, filter: turned },
    { strides: [1, 1], pad: 'valid', dataFormat: 'NHWC', dilations: [1, 1] },
  );
});

interface Spread {
  readonly batch: number;
  readonly from: readonly [number, number];
  readonly to: readonly [number, number];
  readonly step: readonly [number, number];
  readonly first: readonly [number, number];
  readonly channels: number;
}

/** Copies every entry of `source` to its place in `target`, zeros elsewhere. */
function spreadOut(source: Float32Array, target: Float32Array, sizes: Spread): void {
  const { batch, from, to, step, first, channels } = sizes;
  target.fill(0);
  for (let n = 0; n < batch; n++) {
    for (let p = 0; p < from[0]; p++) {
      const row = p * step[0] + first[0];
      if (row < 0 || row >= to[0]) continue;
      const sourceRow = (n * from[0] + p) * from[1];
      const targetRow = (n * to[0] + row) * to[1];
      if (step[1] === 1 && first[1] >= 0 && first[1] + from[1] <= to[1]) {
        const values = source.subarray(sourceRow * channels, (sourceRow + from[1]) * channels);
        target.set(values, (targetRow + first[1]) * channels);
        continue;
      }
      for (let q = 0; q < from[1]; q++) {
        const column = q * step[1] + first[1];
        if (column < 0 || column >= to[1]) continue;
        const start = (sourceRow + q) * channels;
        target.set(source.subarray(start, start + channels), (targetRow + column) * channels);
      }
    }
  }
}

/** [taps, C, K] as [taps reversed, K, C]. */
function turn(
  filter: Float32Array,
  turned: Float32Array,
  taps: number,
  channels: number,
  filters: number,
): void {
  for (let tap = 0; tap < taps; tap++) {
    const from = tap * channels * filters;
    const to = (taps - 1 - tap) * channels * filters;
    for (let c = 0; c < channels; c++) {
      for (let k = 0; k < filters; k++) {
        turned[to + k * channels + c] = filter[from + c * filters + k] ?? 0;
      }
    }
  }
}
