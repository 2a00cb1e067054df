import path from 'node:path';
import { pathToFileURL } from 'node:url';
import * as tf from '@tensorflow/tfjs-core';
import type { Backend, BackendProbe } from '../backend';
import { trainWithTensors } from '../trainer';
import { packageFolder, runProbe } from './moduleProbe';

/** A GPU by way of Vulkan, Direct3D or Metal: the npm package `webgpu` (Dawn) below TensorFlow.js. */
export const webgpu: Backend = {
  name: 'webgpu',
  probe,
  async train(job) {
    await startWebgpu();
    return trainWithTensors(job);
  },
};

interface Dawn {
  readonly create: (options: readonly string[]) => unknown;
  readonly globals: Readonly<Record<string, unknown>>;
}

const SCRIPT = `
import(process.argv[1]).then(async ({ create, globals }) => {
  Object.assign(globalThis, globals);
  const adapter = await create([]).requestAdapter();
  const info = adapter === null ? null : adapter.info;
  const { vendor, architecture, device, description, isFallbackAdapter } = info ?? {};
  console.log(JSON.stringify({ found: info !== null, vendor, architecture, device, description, isFallbackAdapter }));
  process.exit(0);
});`;

async function probe(): Promise<BackendProbe> {
  const unavailable = (why: string, whatToDo: string): BackendProbe => ({
    name: 'webgpu',
    available: false,
    device: '',
    software: false,
    why,
    whatToDo,
  });
  const folder = packageFolder('webgpu');
  if (folder === undefined) {
    return unavailable('the package "webgpu" is not installed', 'Run "npm install webgpu" in the workspace.');
  }
  const result = await runProbe(SCRIPT, dawnUrl(folder));
  if (!result.ok) {
    return unavailable(
      `the package "webgpu" ${result.reason}`,
      process.platform === 'linux'
        ? 'It needs glibc 2.34 or newer and the library libvulkan1.'
        : 'Update the graphics driver.',
    );
  }
  const text = (key: string): string => (typeof result.value[key] === 'string' ? result.value[key] : '');
  if (result.value.found !== true) {
    if (result.stderr.includes('libvulkan.so.1')) {
      return unavailable(
        'the Vulkan loader libvulkan.so.1 is missing',
        'Install it: the package libvulkan1 or vulkan-loader.',
      );
    }
    return unavailable(
      'no graphics adapter was found',
      process.platform === 'linux'
        ? "Install the GPU vendor's Vulkan driver."
        : 'Update the graphics driver.',
    );
  }
  const name = text('description') || text('device') || `${text('vendor')} ${text('architecture')}`.trim();
  const software =
    result.value.isFallbackAdapter === true ||
    /swiftshader|llvmpipe|lavapipe|basic render/i.test(`${text('architecture')} ${name}`);
  return { name: 'webgpu', available: true, device: software ? `${name} (software)` : name, software };
}

/** Makes TensorFlow.js compute on the graphics adapter that Dawn chooses. */
export async function startWebgpu(): Promise<void> {
  const folder = packageFolder('webgpu');
  if (folder === undefined) throw new Error('The package "webgpu" is not installed.');
  const dawn = (await import(dawnUrl(folder))) as Dawn;
  Object.assign(globalThis, dawn.globals);
  // Node 21 brings a `navigator` of its own, which cannot be assigned to.
  Object.defineProperty(globalThis, 'navigator', { configurable: true, value: { gpu: dawn.create([]) } });
  tf.enableProdMode();
  await import('@tensorflow/tfjs-backend-webgpu');
  if (!(await tf.setBackend('webgpu'))) throw new Error('The graphics adapter could not be started.');
}

function dawnUrl(folder: string): string {
  return pathToFileURL(path.join(folder, 'index.js')).href;
}
