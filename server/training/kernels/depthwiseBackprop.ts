import {
  DepthwiseConv2dNativeBackpropFilter,
  DepthwiseConv2dNativeBackpropInput,
} from '@tensorflow/tfjs-core';
import type { backend_util } from '@tensorflow/tfjs-core';
import { convolutionShape } from './convolutionShape';
import { floats, input, wasmKernel } from './scratch';

/** dW[i,j,c,m] = Σ n,p,q  x̂[n, p·s+i, q·s+j, c] · dy[n,p,q,c·M+m]; the WASM backend lacks it. */
export const depthwiseBackpropFilter = wasmKernel(DepthwiseConv2dNativeBackpropFilter, (call) => {
  const { attrs, backend, allocate } = call;
  const x = input(call, 'x');
  const dy = input(call, 'dy');
  const filterShape = attrs.filterShape as number[];
  const sizes = convolutionShape(x.shape, filterShape, attrs, true);
  const result = allocate(filterShape);

  const values = floats(backend, x);
  const above = floats(backend, dy);
  const below = floats(backend, result).fill(0);
  const { inChannels, outChannels } = sizes;
  const multiplier = outChannels / inChannels;
  eachTap(sizes, (xStart, dyStart, tap) => {
    for (let c = 0; c < inChannels; c++) {
      const value = values[xStart + c] ?? 0;
      for (let m = 0; m < multiplier; m++) {
        const k = c * multiplier + m;
        below[tap * outChannels + k] =
          (below[tap * outChannels + k] ?? 0) + value * (above[dyStart + k] ?? 0);
      }
    }
  });
  return result;
});

/** dX[n, p·s+i−top, q·s+j−left, c] += W[i,j,c,m] · dy[n,p,q,c·M+m]; the WASM backend lacks it. */
export const depthwiseBackpropInput = wasmKernel(DepthwiseConv2dNativeBackpropInput, (call) => {
  const { attrs, backend, allocate } = call;
  const dy = input(call, 'dy');
  const filter = input(call, 'filter');
  const inputShape = attrs.inputShape as number[];
  const sizes = convolutionShape(inputShape, filter.shape, attrs, true);
  const result = allocate(inputShape);

  const weights = floats(backend, filter);
  const above = floats(backend, dy);
  const below = floats(backend, result).fill(0);
  const { inChannels, outChannels } = sizes;
  const multiplier = outChannels / inChannels;
  eachTap(sizes, (xStart, dyStart, tap) => {
    for (let c = 0; c < inChannels; c++) {
      let sum = below[xStart + c] ?? 0;
      for (let m = 0; m < multiplier; m++) {
        const k = c * multiplier + m;
        sum += (weights[tap * outChannels + k] ?? 0) * (above[dyStart + k] ?? 0);
      }
      below[xStart + c] = sum;
    }
  });
  return result;
});

/** Every pair of an output position and a tap of the filter that meets a real input position, as offsets of their channels. */
function eachTap(
  sizes: backend_util.Conv2DInfo,
  visit: (xStart: number, dyStart: number, tap: number) => void,
): void {
  const { batchSize, outHeight, outWidth, inHeight, inWidth, inChannels, outChannels, padInfo } = sizes;
  for (let n = 0; n < batchSize; n++) {
    for (let p = 0; p < outHeight; p++) {
      for (let i = 0; i < sizes.filterHeight; i++) {
        const row = p * sizes.strideHeight + i - padInfo.top;
        if (row < 0 || row >= inHeight) continue;
        for (let q = 0; q < outWidth; q++) {
          for (let j = 0; j < sizes.filterWidth; j++) {
            const column = q * sizes.strideWidth + j - padInfo.left;
            if (column < 0 || column >= inWidth) continue;
            visit(
              ((n * inHeight + row) * inWidth + column) * inChannels,
              ((n * outHeight + p) * outWidth + q) * outChannels,
              i * sizes.filterWidth + j,
            );
          }
        }
      }
    }
  }
}
