import { mkdirSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { LayersModel } from '@tensorflow/tfjs-layers';
import { writeAtomically } from './checkpoint';
import type { ModelMetadata } from './modelMetadata';

/** Writes a model as TensorFlow.js keeps it: `model.json` and `weights.bin`. */
export async function writeModelFolder(
  model: LayersModel,
  folder: string,
  metadata: ModelMetadata,
): Promise<void> {
  mkdirSync(folder, { recursive: true });
  model.setUserDefinedMetadata({ terratrain: metadata });
  await model.save(
    tf.io.withSaveHandler((artifacts) => {
      const { weightData, weightSpecs, ...rest } = artifacts;
      const weights =
        weightData === undefined ? new ArrayBuffer(0) : tf.io.CompositeArrayBuffer.join(weightData);
      writeAtomically(path.join(folder, 'weights.bin'), new Uint8Array(weights));
      const manifest = [{ paths: ['weights.bin'], weights: weightSpecs ?? [] }];
      writeAtomically(
        path.join(folder, 'model.json'),
        JSON.stringify({ ...rest, weightsManifest: manifest }),
      );
      return Promise.resolve({
        modelArtifactsInfo: { dateSaved: new Date(), modelTopologyType: 'JSON' as const },
      });
    }),
  );
}
