import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { PNG } from 'pngjs';
import { readIdx } from '../../server/training/idx';
import { runNode } from '../support/processes';

const root = path.resolve(__dirname, '../..');
const data = path.join(root, 'examples/image-classifier/data');
const python = process.env.TERRATRAIN_TEST_PYTHON_ML;
/** Images compared. */
const count = 5;

const script = `
import json, sys
import numpy as np
import keras
request = json.load(sys.stdin)
model = keras.models.load_model(request["model"])
images = np.array(request["pixels"], dtype="float32").reshape(-1, 28, 28, 1) / 255
print(json.dumps({"predictions": model.predict(images, verbose=0).tolist(), "parameters": model.count_params()}))
`;

if (python === undefined) {
  process.stdout.write('No Python with Keras here: the trained example is not loaded in real Keras.\n');
} else {
  describe("the example's network, trained here and loaded in real Keras", () => {
    let folder: string;

    before(() => {
      folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-keras-'));
    });

    after(() => {
      rmSync(folder, { recursive: true, force: true });
    });

    it('gives the same predictions from image_classifier.h5', async function () {
      this.timeout(180_000);
      const cli = (...args: string[]) => runNode([path.join(root, 'dist/cli.js'), ...args], { cwd: folder });
      const text = readFileSync(path.join(data, '../train.json'), 'utf8');
      writeFileSync(
        path.join(folder, 'train.json'),
        text.replace('"format": "idx",', '"format": "idx", "limit": 960, "testLimit": 50,'),
      );
      const trained = await cli('train', 'train.json', '--data', data, '--epochs', '1', '--runs', 'runs');
      assert.equal(trained.code, 0, trained.stderr);
      const run = path.join(folder, 'runs', readdirSync(path.join(folder, 'runs'))[0] ?? '');

      const pixels = firstImages();
      const files = pixels.map((each, index) => {
        const file = path.join(folder, `${index}.png`);
        writeFileSync(file, pngOf(each));
        return file;
      });
      const own = await cli('predict', run, ...files, '--json');
      assert.equal(own.code, 0, own.stderr);
      const ours = (JSON.parse(own.stdout) as { probabilities: number[] }[]).map(
        (each) => each.probabilities,
      );

      const input = JSON.stringify({
        model: path.join(run, 'image_classifier.h5'),
        pixels: pixels.map((each) => [...each]),
      });
      const output = execFileSync(python, ['-c', script], {
        input,
        encoding: 'utf8',
        stdio: ['pipe', 'pipe', 'ignore'],
      });
      const keras = JSON.parse(output.trim().split('\n').at(-1) ?? '') as {
        predictions: number[][];
        parameters: number;
      };
      assert.equal(keras.parameters, 93_322);
      assert.equal(keras.predictions.length, count);
      for (const [index, theirs] of keras.predictions.entries()) {
        for (const [label, probability] of theirs.entries()) {
          const difference = Math.abs(probability - (ours[index]?.[label] ?? Number.NaN));
          assert.ok(
            difference < 1e-5,
            `image ${index}, class ${label}: Keras ${probability}, here ${ours[index]?.[label] ?? 'nothing'}`,
          );
        }
      }
    });
  });
}

function firstImages(): Uint8Array[] {
  const file = path.join(data, 't10k-images-idx3-ubyte.gz');
  const { values } = readIdx(readFileSync(file), file);
  return Array.from({ length: count }, (_, index) => values.subarray(784 * index, 784 * (index + 1)));
}

function pngOf(pixels: Uint8Array): Buffer {
  const png = new PNG({ width: 28, height: 28 });
  for (const [index, value] of pixels.entries()) {
    png.data.fill(value, 4 * index, 4 * index + 3);
    png.data[4 * index + 3] = 255;
  }
  return PNG.sync.write(png);
}
