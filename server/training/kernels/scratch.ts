import { getKernel } from '@tensorflow/tfjs-core';
import type { KernelConfig, NamedAttrMap, TensorInfo } from '@tensorflow/tfjs-core';
import type { BackendWasm } from '@tensorflow/tfjs-backend-wasm';

/** The part of the WASM backend that kernels use. */
export type Heap = Pick<BackendWasm, 'makeOutput' | 'typedArrayFromHeap' | 'disposeData'>;

/** Runs a kernel of the WASM backend as it is registered now. */
export type RunKernel = (
  name: string,
  inputs: Readonly<Record<string, TensorInfo>>,
  attrs?: NamedAttrMap,
) => TensorInfo;

export interface KernelCall {
  readonly inputs: Readonly<Record<string, TensorInfo>>;
  readonly attrs: NamedAttrMap;
  readonly backend: Heap;
  /** What it gives is freed when the kernel returns, except what the kernel returns itself. */
  readonly run: RunKernel;
  /** A new float tensor on the heap, freed like the results of `run`. Its contents are arbitrary. */
  readonly allocate: (shape: readonly number[]) => TensorInfo;
}

/**
 * A kernel of the WASM backend that is written in terms of others. Views of the heap must be taken after the last
 * allocation, because growth moves the heap.
 */
export function wasmKernel(kernelName: string, compute: (call: KernelCall) => TensorInfo): KernelConfig {
  return {
    kernelName,
    backendName: 'wasm',
    kernelFunc: ({ inputs, backend, attrs }) => {
      const wasm = backend as Heap;
      const temporaries: TensorInfo[] = [];
      const track = (info: TensorInfo): TensorInfo => {
        temporaries.push(info);
        return info;
      };
      const result = compute({
        inputs: inputs as Readonly<Record<string, TensorInfo>>,
        attrs: attrs ?? {},
        backend: wasm,
        run: (name, given, attributes = {}) => track(runRegistered(wasm, name, given, attributes)),
        allocate: (shape) => track(wasm.makeOutput([...shape], 'float32')),
      });
      for (const info of temporaries) {
        if (info !== result) wasm.disposeData(info.dataId);
      }
      return result;
    },
  };
}

/** The values of a float tensor, in place: writing changes the tensor. Valid until the next allocation. */
export function floats(backend: Heap, info: TensorInfo): Float32Array {
  const values = backend.typedArrayFromHeap(info);
  if (!(values instanceof Float32Array)) throw new Error(`Expected a float32 tensor, got ${info.dtype}.`);
  return values;
}

/** An input that the caller always gives. */
export function input(call: Pick<KernelCall, 'inputs'>, name: string): TensorInfo {
  const info = call.inputs[name];
  if (info === undefined) throw new Error(`The kernel was called without its input "${name}".`);
  return info;
}

function runRegistered(
  backend: Heap,
  name: string,
  inputs: Readonly<Record<string, TensorInfo>>,
  attrs: NamedAttrMap,
): TensorInfo {
  const result = getKernel(name, 'wasm').kernelFunc({ inputs, backend, attrs });
  if (Array.isArray(result)) throw new Error(`The kernel ${name} gave several tensors, expected one.`);
  return result;
}
