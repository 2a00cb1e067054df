import { existsSync, readdirSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { Backend, BackendProbe } from '../backend';
import { trainWithTensors } from '../trainer';
import { packageFolder, runProbe } from './moduleProbe';

const PACKAGE = '@tensorflow/tfjs-node-gpu';

/** An NVIDIA GPU by way of the TensorFlow C library: {@link PACKAGE}, which is optional and often absent. */
export const cuda: Backend = {
  name: 'cuda',
  probe,
  async train(job) {
    await startCuda();
    return trainWithTensors(job);
  },
};

/**
 * Node 23 removed the `util.is*` functions that the package as published still calls (tensorflow/tfjs#8425, #8609), so
 * they are put back before it loads.
 */
const REMOVED_FUNCTIONS = `
const util = require('node:util');
util.isNullOrUndefined ??= (value) => value === null || value === undefined;
util.isArray ??= Array.isArray;
util.isString ??= (value) => typeof value === 'string';
util.isFunction ??= (value) => typeof value === 'function';
util.isObject ??= (value) => typeof value === 'object' && value !== null;`;

const SCRIPT = `${REMOVED_FUNCTIONS}
const tf = require(process.argv[1]);
tf.ready().then(() => {
  const gpu = tf.backend().isUsingGpuDevice === true;
  console.log(JSON.stringify({ backend: tf.getBackend(), gpu }));
  process.exit(0);
});`;

async function probe(): Promise<BackendProbe> {
  const unavailable = (why: string, whatToDo: string): BackendProbe => ({
    name: 'cuda',
    available: false,
    device: '',
    software: false,
    why,
    whatToDo,
  });
  const folder = packageFolder(PACKAGE);
  if (folder === undefined) {
    return unavailable(`${PACKAGE} is not installed`, `Run "npm install ${PACKAGE}" in the workspace.`);
  }
  if (!hasBinding(folder)) {
    return unavailable(
      `${PACKAGE} is installed without its native library, which its install step downloads`,
      `Run "npm rebuild ${PACKAGE}" where its download is allowed.`,
    );
  }
  const result = await runProbe(SCRIPT, folder);
  const needs = 'It needs an NVIDIA GPU, its driver, CUDA 11.2 and cuDNN 8.1.';
  if (!result.ok) return unavailable(`${PACKAGE} ${result.reason}`, needs);
  if (result.value.gpu !== true) return unavailable(`${PACKAGE} loads, but finds no GPU`, needs);
  return { name: 'cuda', available: true, device: 'NVIDIA GPU (CUDA)', software: false };
}

/** Makes TensorFlow.js compute on the GPU; for the trainer process only. */
async function startCuda(): Promise<void> {
  const folder = packageFolder(PACKAGE);
  if (folder === undefined) throw new Error(`${PACKAGE} is not installed.`);
  const load = createRequire(__filename);
  const legacy = load('node:util') as Record<string, unknown>;
  legacy.isNullOrUndefined ??= (value: unknown) => value === null || value === undefined;
  legacy.isArray ??= Array.isArray;
  legacy.isString ??= (value: unknown) => typeof value === 'string';
  legacy.isFunction ??= (value: unknown) => typeof value === 'function';
  legacy.isObject ??= (value: unknown) => typeof value === 'object' && value !== null;
  // Two copies of tfjs-core in one process share one engine and one table of kernels by way of the global object.
  load(folder);
  tf.enableProdMode();
  if (!(await tf.setBackend('tensorflow'))) throw new Error(`${PACKAGE} did not start.`);
}

/** The library is built for the newest Node-API version that the package knew, or an older one. */
function hasBinding(folder: string): boolean {
  const lib = path.join(folder, 'lib');
  if (!existsSync(lib)) return false;
  return readdirSync(lib).some(
    (name) => name.startsWith('napi-v') && existsSync(path.join(lib, name, 'tfjs_binding.node')),
  );
}
