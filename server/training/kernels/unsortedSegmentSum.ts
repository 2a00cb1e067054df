import { UnsortedSegmentSum } from '@tensorflow/tfjs-core';
import { floats, input, wasmKernel } from './scratch';

/** out[g] = Σ over the rows i with id[i] = g of x[i]: the gradient of `gather` and of embeddings, which the WASM backend lacks. */
export const unsortedSegmentSum = wasmKernel(UnsortedSegmentSum, (call) => {
  const { attrs, backend, allocate } = call;
  const x = input(call, 'x');
  const segmentIds = input(call, 'segmentIds');
  const segments = attrs.numSegments as number;
  const rest = x.shape.slice(segmentIds.shape.length);
  const width = rest.reduce((product, size) => product * size, 1);
  const result = allocate([segments, ...rest]);

  const ids = backend.typedArrayFromHeap(segmentIds);
  const values = floats(backend, x);
  const sums = floats(backend, result).fill(0);
  ids.forEach((id: number, row: number) => {
    // Ids outside belong to no segment: TensorFlow drops them.
    if (id < 0 || id >= segments) return;
    for (let column = 0; column < width; column++) {
      const at = id * width + column;
      sums[at] = (sums[at] ?? 0) + (values[row * width + column] ?? 0);
    }
  });
  return result;
});
