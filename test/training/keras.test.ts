import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import path from 'node:path';
import { loadModel } from '../../server/inference/model';
import { startWasm } from '../../server/training/backends/wasm';
import { gather, loadTestImages } from '../../server/training/dataset';
import { EventLog } from '../../server/training/events';
import { trainWithTensors } from '../../server/training/trainer';
import type { TrainSpec } from '../../server/training/trainSpec';
import { TinyWorkspace } from './tinyRun';

/** A Python that has Keras; without one these tests are not there. */
const python = process.env.TERRATRAIN_TEST_PYTHON_ML;

/** Loads a model, predicts, trains it further, and saves a model of its own. */
const SCRIPT = `
import json, sys
import numpy as np
import keras
request = json.load(sys.stdin)
model = keras.models.load_model(request["model"])
x = np.array(request["values"], dtype="float32").reshape(request["shape"])
y = np.array(request["labels"], dtype="float32")
predictions = model.predict(x, verbose=0).tolist()
evaluation = model.evaluate(x, y, verbose=0, return_dict=True)
model.fit(x, y, epochs=1, verbose=0)
own = keras.Sequential([
    keras.Input((8, 8, 1)),
    keras.layers.Conv2D(4, 3, activation="relu"),
    keras.layers.BatchNormalization(),
    keras.layers.Flatten(),
    keras.layers.Dense(3, activation="softmax"),
])
own.save(request["own"])
print(json.dumps({"predictions": predictions, "evaluation": evaluation, "own": own.predict(x, verbose=0).tolist()}))
`;

interface Answer {
  readonly predictions: number[][];
  readonly evaluation: { readonly loss: number; readonly accuracy: number };
  readonly own: number[][];
}

if (python === undefined) {
  process.stdout.write('  keras: not run, TERRATRAIN_TEST_PYTHON_ML names no Python with Keras\n');
} else {
  describe('real Keras', function () {
    this.timeout(120_000);
    let workspace: TinyWorkspace;
    let run: string;
    let spec: TrainSpec;
    let answer: Answer;
    const values = new Float32Array(30 * 64);
    const labels = new Float32Array(30);
    before(async () => {
      workspace = new TinyWorkspace();
      run = workspace.newFolder('run');
      spec = workspace.resolvedSpec();
      await startWasm();
      const events = new EventLog(path.join(run, 'events.jsonl'));
      const outcome = await trainWithTensors({
        spec,
        runFolder: run,
        events,
        device: 'test',
        shouldStop: () => false,
      });
      events.close();
      gather(
        loadTestImages(spec),
        Uint32Array.from({ length: 30 }, (_, index) => index),
        values,
        labels,
      );
      const request = {
        model: path.join(run, outcome.saved),
        own: path.join(run, 'own.h5'),
        values: [...values],
        labels: [...labels],
        shape: [30, 8, 8, 1],
      };
      const env = { ...process.env, TF_CPP_MIN_LOG_LEVEL: '3' };
      const options = {
        input: JSON.stringify(request),
        encoding: 'utf8' as const,
        env,
        stdio: 'pipe' as const,
      };
      const printed = execFileSync(python, ['-c', SCRIPT], options);
      answer = JSON.parse(printed.trim().split('\n').at(-1) ?? '') as Answer;
    });
    after(() => {
      workspace.dispose();
    });

    it('loads our .h5, predicts the same, evaluates it and trains it further', async () => {
      const model = await loadModel(path.join(run, spec.save));
      assertClose(await model.predictValues(values, 30), answer.predictions);
      assert.ok(answer.evaluation.accuracy > 0.8);
      model.dispose();
    });

    it('writes an .h5 that we load and that predicts the same', async () => {
      const model = await loadModel(path.join(run, 'own.h5'));
      assertClose(await model.predictValues(values, 30), answer.own);
      assert.deepEqual(model.classes, ['0', '1', '2']);
      model.dispose();
    });
  });
}

function assertClose(actual: readonly (readonly number[])[], expected: readonly (readonly number[])[]): void {
  assert.equal(actual.length, expected.length);
  expected.forEach((row, index) => {
    row.forEach((value, column) => {
      const other = actual[index]?.[column] ?? NaN;
      assert.ok(Math.abs(value - other) < 2e-6, `sample ${index}, class ${column}: ${value} and ${other}`);
    });
  });
}
