import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { gzipSync } from 'node:zlib';
import { randomNumbers } from '../../server/training/random';
import { readSpec } from '../../server/training/spec';
import type { TrainSpec } from '../../server/training/trainSpec';

/** A folder of its own for a test, with a data set of bright bars: three classes, by where the bar is. */
export class TinyWorkspace {
  readonly folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-training-'));
  readonly specPath = path.join(this.folder, 'train.json');
  readonly runsFolder = path.join(this.folder, 'runs');

  constructor(train = 96, test = 30) {
    mkdirSync(path.join(this.folder, 'data'));
    this.#write('train', train, 1);
    this.#write('t10k', test, 2);
  }

  /** A spec for a net that learns the bars within seconds on any backend. */
  spec(change: Partial<TrainSpec> = {}): TrainSpec {
    const text = JSON.stringify({ ...tinySpec, ...change });
    writeFileSync(this.specPath, text);
    const reading = readSpec(text, 'train.json');
    if (!reading.ok) throw new Error(JSON.stringify(reading.problems));
    return reading.spec;
  }

  /** The same with an absolute data folder, as a run folder holds it. */
  resolvedSpec(change: Partial<TrainSpec> = {}): TrainSpec {
    const spec = this.spec(change);
    return { ...spec, data: { ...spec.data, path: path.join(this.folder, 'data') } };
  }

  newFolder(name: string): string {
    const folder = path.join(this.folder, name);
    mkdirSync(folder, { recursive: true });
    return folder;
  }

  dispose(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  #write(part: string, count: number, seed: number): void {
    const random = randomNumbers(seed);
    const labels = Uint8Array.from({ length: count }, (_, index) => index % 3);
    const pixels = Uint8Array.from({ length: count * 64 }, (_, at) => {
      const row = Math.floor((at % 64) / 8);
      const bar = Math.floor(row / 3) === labels[Math.floor(at / 64)];
      return Math.floor(random() * 60) + (bar ? 180 : 0);
    });
    const folder = path.join(this.folder, 'data');
    writeFileSync(path.join(folder, `${part}-images-idx3-ubyte.gz`), gzipSync(idx([count, 8, 8], pixels)));
    writeFileSync(path.join(folder, `${part}-labels-idx1-ubyte`), idx([count], labels));
  }
}

/** An IDX file of bytes. */
export function idx(shape: readonly number[], values: Uint8Array): Buffer {
  const header = Buffer.alloc(4 + 4 * shape.length);
  header.writeUInt32BE(0x800 + shape.length, 0);
  shape.forEach((size, index) => header.writeUInt32BE(size, 4 + 4 * index));
  return Buffer.concat([header, values]);
}

const tinySpec = {
  name: 'bars',
  recipe: 'image-classifier',
  data: { format: 'idx', path: 'data', classes: ['top', 'middle', 'bottom'] },
  model: {
    input: [8, 8, 1],
    layers: [
      { type: 'conv2d', filters: 4, kernelSize: 3, activation: 'tanh' },
      { type: 'maxPooling2d', poolSize: 2 },
      { type: 'batchNormalization' },
      { type: 'flatten' },
      { type: 'dropout', rate: 0.25 },
      { type: 'dense', units: 3, activation: 'softmax' },
    ],
  },
  optimizer: { type: 'adam', learningRate: 0.02 },
  loss: 'sparseCategoricalCrossentropy',
  epochs: 3,
  batchSize: 16,
  seed: 7,
  validationSplit: 0.25,
  backend: 'wasm',
  save: 'bars.h5',
};
