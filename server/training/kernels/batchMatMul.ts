import { BatchMatMul, Transpose } from '@tensorflow/tfjs-core';
import type { KernelConfig, TensorInfo } from '@tensorflow/tfjs-core';
import { input, wasmKernel } from './scratch';

/**
 * The stock matrix product behind an explicit transposition. XNNPACK is used only when neither factor is transposed and
 * there is one matrix of each (tfjs-backend-wasm, src/cc/batch_mat_mul_impl.cc); gradients of dense layers transpose at
 * every step and would run a scalar loop.
 */
export function batchMatMul(stock: KernelConfig): KernelConfig {
  return wasmKernel(BatchMatMul, (call) => {
    const { attrs, backend, run } = call;
    const straighten = (factor: TensorInfo, transposed: boolean): TensorInfo =>
      transposed && isOneMatrix(factor)
        ? run(Transpose, { x: factor }, { perm: lastTwoSwapped(factor) })
        : factor;
    const a = input(call, 'a');
    const b = input(call, 'b');
    const transposeA = attrs.transposeA === true;
    const transposeB = attrs.transposeB === true;
    const straightA = straighten(a, transposeA);
    const straightB = straighten(b, transposeB);
    const result = stock.kernelFunc({
      inputs: { a: straightA, b: straightB },
      backend,
      attrs: {
        ...attrs,
        transposeA: transposeA && straightA === a,
        transposeB: transposeB && straightB === b,
      },
    });
    if (Array.isArray(result)) throw new Error('BatchMatMul gave several tensors, expected one.');
    return result;
  });
}

function isOneMatrix({ shape }: TensorInfo): boolean {
  return shape.slice(0, -2).every((size) => size === 1);
}

function lastTwoSwapped({ shape }: TensorInfo): number[] {
  const axes = shape.map((_, axis) => axis);
  return [...axes.slice(0, -2), shape.length - 1, shape.length - 2];
}
