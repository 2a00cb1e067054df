import { BatchMatMul, getKernel, registerKernel, unregisterKernel } from '@tensorflow/tfjs-core';
import type { KernelConfig } from '@tensorflow/tfjs-core';
import { batchMatMul } from './batchMatMul';
import { conv2dBackpropFilter } from './conv2dBackpropFilter';
import { conv2dBackpropInput } from './conv2dBackpropInput';
import { depthwiseBackpropFilter, depthwiseBackpropInput } from './depthwiseBackprop';
import { maxPoolGrad } from './maxPoolGrad';
import { unsortedSegmentSum } from './unsortedSegmentSum';

let installed = false;

/**
 * Gives the WASM backend the gradients that it lacks and replaces those that are slow or wrong. Call it after
 * `setBackend('wasm')`: starting the backend is what binds the stock kernels to their C functions, and some of ours
 * call them. A second call does nothing.
 */
export function installGradientKernels(): void {
  if (installed) return;
  installed = true;
  const kernels: readonly KernelConfig[] = [
    batchMatMul(getKernel(BatchMatMul, 'wasm')),
    conv2dBackpropFilter,
    conv2dBackpropInput,
    depthwiseBackpropFilter,
    depthwiseBackpropInput,
    maxPoolGrad,
    unsortedSegmentSum,
  ];
  for (const kernel of kernels) {
    // `getKernel` answers undefined for a kernel that is not there, whatever its type says.
    const present = getKernel(kernel.kernelName, 'wasm') as KernelConfig | undefined;
    if (present !== undefined) unregisterKernel(kernel.kernelName, 'wasm');
    registerKernel(kernel);
  }
}
