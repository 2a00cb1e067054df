import { Conv2D, Conv2DBackpropFilter, PadV2, Slice, Transpose } from '@tensorflow/tfjs-core';
import type { TensorInfo } from '@tensorflow/tfjs-core';
import { convolutionShape } from './convolutionShape';
import { input, wasmKernel } from './scratch';

/**
 * Gradient of a convolution by its filter, which the WASM backend lacks (tensorflow/tfjs#8474):
 *
 *   dW[i,j,c,k] = Σ n,p,q  x̂[n, p·s+i, q·s+j, c] · dy[n,p,q,k]      with x̂ = x padded with zeros.
 *
 * That is itself a convolution, so XNNPACK can do the sum: channels play the batch and the batch plays the channels,
 * dy is the filter, and the stride s becomes its dilation.
 */
export const conv2dBackpropFilter = wasmKernel(Conv2DBackpropFilter, (call) => {
  const { attrs, run } = call;
  const x = input(call, 'x');
  const dy = input(call, 'dy');
  const sizes = convolutionShape(x.shape, attrs.filterShape as number[], attrs);
  const { top, bottom, left, right } = sizes.padInfo;

  let images: TensorInfo = run(Transpose, { x }, { perm: [3, 1, 2, 0] });
  if (top + bottom + left + right > 0) {
    const paddings = [
      [0, 0],
      [top, bottom],
      [left, right],
      [0, 0],
    ];
    images = run(PadV2, { x: images }, { paddings, constantValue: 0 });
  }
  const filter = run(Transpose, { x: dy }, { perm: [1, 2, 0, 3] });
  let sums = run(
    Conv2D,
    { x: images, filter },
    {
      strides: [1, 1],
      pad: 'valid',
      dataFormat: 'NHWC',
      dilations: [sizes.strideHeight, sizes.strideWidth],
    },
  );
  const { filterHeight, filterWidth, inChannels, outChannels } = sizes;
  // Rows and columns that the stride never reached make the result larger than the filter.
  if (sums.shape[1] !== filterHeight || sums.shape[2] !== filterWidth) {
    const size = [inChannels, filterHeight, filterWidth, outChannels];
    sums = run(Slice, { x: sums }, { begin: [0, 0, 0, 0], size });
  }
  return run(Transpose, { x: sums }, { perm: [1, 2, 0, 3] });
});
