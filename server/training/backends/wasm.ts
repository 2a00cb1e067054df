import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { setWasmPaths } from '@tensorflow/tfjs-backend-wasm';
import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../backend';
import { installGradientKernels } from '../kernels/install';
import { trainWithTensors } from '../trainer';

const BINARY = 'tfjs-backend-wasm-simd.wasm';

/** WebAssembly on one core, with the gradients that it lacks added: see kernels/install.ts. */
export const wasm: Backend = {
  name: 'wasm',
  probe: () => {
    const folder = wasmFolder();
    if (folder === undefined) {
      return Promise.resolve({
        name: 'wasm',
        available: false,
        device: '',
        software: false,
        why: `its binary ${BINARY} is missing`,
        whatToDo: 'Install Terratrain again.',
      });
    }
    return Promise.resolve({
      name: 'wasm',
      available: true,
      device: 'WebAssembly SIMD, one CPU core',
      software: false,
    });
  },
  async train(job) {
    await startWasm();
    return trainWithTensors(job);
  },
};

/** Makes TensorFlow.js compute on WebAssembly, gradients included. */
export async function startWasm(): Promise<void> {
  const folder = wasmFolder();
  if (folder === undefined)
    throw new Error(`${BINARY} is missing beside the program. Install Terratrain again.`);
  tf.enableProdMode();
  setWasmPaths(folder + path.sep);
  if (!(await tf.setBackend('wasm')))
    throw new Error(`WebAssembly did not start with the binaries in ${folder}.`);
  installGradientKernels();
}

/** Where the binaries are: beside the bundle, or in the package they come from. */
export function wasmFolder(): string | undefined {
  const bundled = path.join(__dirname, 'data', 'wasm');
  if (existsSync(path.join(bundled, BINARY))) return bundled;
  const paths = createRequire(__filename).resolve.paths('@tensorflow/tfjs-backend-wasm') ?? [];
  return paths
    .map((folder) => path.join(folder, '@tensorflow/tfjs-backend-wasm/dist'))
    .find((folder) => existsSync(path.join(folder, BINARY)));
}
