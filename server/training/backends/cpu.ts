import '@tensorflow/tfjs-backend-cpu';
import * as tf from '@tensorflow/tfjs-core';
import type { Backend } from '../backend';
import { trainWithTensors } from '../trainer';

/** Plain JavaScript: always there, hundreds of times slower than the others. */
export const cpu: Backend = {
  name: 'cpu',
  probe: () =>
    Promise.resolve({ name: 'cpu', available: true, device: 'JavaScript on the CPU', software: false }),
  async train(job) {
    await startCpu();
    return trainWithTensors(job);
  },
};

export async function startCpu(): Promise<void> {
  // Keeps TensorFlow.js from advertising its native package.
  tf.enableProdMode();
  await tf.setBackend('cpu');
}
