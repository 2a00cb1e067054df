import { MaxPoolGrad } from '@tensorflow/tfjs-core';
import { poolingShape } from './convolutionShape';
import { floats, input, wasmKernel } from './scratch';

/**
 * Gradient of max pooling: dX[the largest of window p,q] += dy[p,q].
 *
 * Replaces the stock kernel, which looks for the largest value above the smallest positive float instead of above −∞
 * (tfjs-backend-wasm, src/cc/kernels/MaxPoolGrad.cc), and so loses the gradient of every window without a positive
 * value. Of equal values the first takes the gradient, as in the cpu backend; padding never does.
 */
export const maxPoolGrad = wasmKernel(MaxPoolGrad, (call) => {
  const { attrs, backend, allocate } = call;
  const x = input(call, 'input');
  const dy = input(call, 'dy');
  const sizes = poolingShape(x.shape, attrs);
  const result = allocate(x.shape);

  const values = floats(backend, x);
  const above = floats(backend, dy);
  const below = floats(backend, result).fill(0);
  const { batchSize, outHeight, outWidth, inHeight, inWidth, inChannels } = sizes;
  const { strideHeight, strideWidth, effectiveFilterHeight, effectiveFilterWidth, padInfo } = sizes;

  let from = 0;
  for (let n = 0; n < batchSize; n++) {
    const image = n * inHeight * inWidth * inChannels;
    for (let p = 0; p < outHeight; p++) {
      const top = p * strideHeight - padInfo.top;
      const firstRow = Math.max(0, top);
      const endRow = Math.min(inHeight, top + effectiveFilterHeight);
      for (let q = 0; q < outWidth; q++) {
        const left = q * strideWidth - padInfo.left;
        const firstColumn = Math.max(0, left);
        const endColumn = Math.min(inWidth, left + effectiveFilterWidth);
        for (let c = 0; c < inChannels; c++) {
          let largest = -Infinity;
          let at = -1;
          for (let row = firstRow; row < endRow; row++) {
            let index = image + (row * inWidth + firstColumn) * inChannels + c;
            for (let column = firstColumn; column < endColumn; column++, index += inChannels) {
              const value = values[index] ?? 0;
              if (value > largest) {
                largest = value;
                at = index;
              }
            }
          }
          // No index when the whole window is padding or not a number.
          if (at >= 0) below[at] = (below[at] ?? 0) + (above[from] ?? 0);
          from++;
        }
      }
    }
  }
  return result;
});
