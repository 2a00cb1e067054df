import assert from 'node:assert/strict';
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import net from 'node:net';
import path from 'node:path';
import type * as Hdf5 from 'h5wasm';
import { PNG } from 'pngjs';
import { describeModel, exampleImages, startInferenceProcess } from '../../server/inference/inference';
import { loadModel } from '../../server/inference/model';
import type { LoadedModel } from '../../server/inference/model';
import { createServer, serveModel } from '../../server/inference/server';
import { startWasm } from '../../server/training/backends/wasm';
import { gather, loadTestImages } from '../../server/training/dataset';
import { EventLog } from '../../server/training/events';
import { trainWithTensors } from '../../server/training/trainer';
import { trainerProgram } from '../../server/training/trainerProgram';
import type { TrainSpec } from '../../server/training/trainSpec';
import { TinyWorkspace } from '../training/tinyRun';

/** A picture of the test set's kind: a light bar on a dark ground. */
function bar(where: 0 | 1 | 2): Buffer {
  const image = new PNG({ width: 8, height: 8 });
  for (let pixel = 0; pixel < 64; pixel++) {
    const value = Math.floor(Math.floor(pixel / 8) / 3) === where ? 210 : 30;
    image.data.set([value, value, value, 255], 4 * pixel);
  }
  return PNG.sync.write(image);
}

describe('inference', () => {
  let workspace: TinyWorkspace;
  let run: string;
  let spec: TrainSpec;
  let model: LoadedModel;
  before(async () => {
    workspace = new TinyWorkspace();
    run = workspace.newFolder('runs/bars-1');
    spec = workspace.resolvedSpec();
    writeFileSync(path.join(run, 'spec.json'), JSON.stringify(spec));
    writeFileSync(path.join(run, 'run.json'), '{}');
    await startWasm();
    const events = new EventLog(path.join(run, 'events.jsonl'));
    await trainWithTensors({ spec, runFolder: run, events, device: 'test', shouldStop: () => false });
    events.close();
    model = await loadModel(run);
  });
  after(() => {
    model.dispose();
    workspace.dispose();
  });

  describe('model files', () => {
    it('a run folder, its model folder and its .h5 predict the same, to the last digit', async () => {
      const images = loadTestImages(spec);
      const values = new Float32Array(10 * 64);
      gather(
        images,
        Uint32Array.from({ length: 10 }, (_, index) => index),
        values,
        new Float32Array(10),
      );
      const expected = await model.predictValues(values, 10);
      for (const file of ['model', 'bars.h5']) {
        const other = await loadModel(path.join(run, file));
        assert.deepEqual(await other.predictValues(values, 10), expected);
        assert.deepEqual(
          [other.name, other.input, other.classes],
          ['bars', [8, 8, 1], ['top', 'middle', 'bottom']],
        );
        other.dispose();
      }
    });

    it('the .h5 has the layout that Keras 2 reads', async () => {
      const h5 = await import('h5wasm');
      const { FS } = await h5.ready;
      FS.writeFile('layout.h5', readFileSync(path.join(run, 'bars.h5')));
      const file = new h5.File('layout.h5', 'r');
      const weights = file.get('model_weights') as Hdf5.Group;
      assert.deepEqual(weights.attrs.layer_names?.value, [
        'conv2d',
        'max_pooling2d',
        'batch_normalization',
        'flatten',
        'dropout',
        'dense',
      ]);
      assert.ok(weights.attrs.keras_version !== undefined && weights.attrs.backend !== undefined);
      const normalization = weights.get('batch_normalization') as Hdf5.Group;
      assert.deepEqual(normalization.attrs.weight_names?.value, [
        'batch_normalization/gamma:0',
        'batch_normalization/beta:0',
        'batch_normalization/moving_mean:0',
        'batch_normalization/moving_variance:0',
      ]);
      const kernel = weights.get('conv2d/conv2d/kernel:0') as Hdf5.Dataset;
      assert.deepEqual(kernel.shape, [3, 3, 1, 4]);
      assert.equal(file.get('optimizer_weights'), null);
      const config = JSON.parse(file.attrs.model_config?.value as string) as {
        config: { layers: { class_name: string; config: { batch_input_shape?: unknown } }[] };
      };
      assert.equal(config.config.layers[0]?.class_name, 'InputLayer');
      assert.deepEqual(config.config.layers[0].config.batch_input_shape, [null, 8, 8, 1]);
      file.close();
    });

    it('describes a model without loading it, and finds an example of each class', async () => {
      assert.deepEqual(await describeModel(run), {
        name: 'bars',
        path: run,
        input: [8, 8, 1],
        classes: ['top', 'middle', 'bottom'],
      });
      const examples = await exampleImages(run);
      assert.deepEqual(
        examples.map(({ label }) => label),
        ['top', 'middle', 'bottom'],
      );
      const bytes = Buffer.from(examples[1]?.image.replace('data:image/png;base64,', '') ?? '', 'base64');
      assert.equal((await model.predictImage(bytes)).name, 'middle');
      assert.deepEqual(await exampleImages(path.join(run, 'bars.h5')), []);
    });

    it('says what is wrong with what is no model', async () => {
      const at = (name: string): string => path.join(workspace.folder, name);
      writeFileSync(at('noise.h5'), 'noise');
      writeFileSync(at('new.keras'), 'PK');
      mkdirSync(at('empty'));
      mkdirSync(at('young'));
      writeFileSync(at('young/run.json'), '{}');
      copyFileSync(path.join(run, 'bars.h5'), at('cut.h5'));
      await assert.rejects(loadModel(at('none.h5')), /There is no .*Give a run folder/);
      await assert.rejects(loadModel(at('noise.h5')), /is not a Keras \.h5 file/);
      await assert.rejects(loadModel(at('new.keras')), /\.keras format, which is not read yet/);
      await assert.rejects(loadModel(at('empty')), /holds no model\.json/);
      await assert.rejects(loadModel(at('young')), /has saved no model yet/);
    });
  });

  describe('server', () => {
    const form = (field: string, bytes: Buffer): { payload: Buffer; headers: Record<string, string> } => ({
      payload: Buffer.concat([
        Buffer.from(`--b\r\nContent-Disposition: form-data; name="${field}"; filename="a"\r\n\r\n`),
        bytes,
        Buffer.from('\r\n--b--\r\n'),
      ]),
      headers: { 'content-type': 'multipart/form-data; boundary=b' },
    });

    it('answers POST /predict for a form and for a plain body', async () => {
      const server = await createServer(model);
      const asForm = await server.inject({ method: 'POST', url: '/predict', ...form('image', bar(2)) });
      assert.equal(asForm.statusCode, 200);
      const answer = asForm.json<{ predicted_label: number; class: string; probabilities: number[] }>();
      assert.equal(answer.predicted_label, 2);
      assert.equal(answer.class, 'bottom');
      assert.ok(Math.abs(answer.probabilities.reduce((sum, each) => sum + each, 0) - 1) < 1e-5);
      const plain = await server.inject({
        method: 'POST',
        url: '/predict',
        payload: bar(0),
        headers: { 'content-type': 'image/png' },
      });
      assert.equal(plain.json<{ class: string }>().class, 'top');
      await server.close();
    });

    it('speaks as TensorFlow Serving does', async () => {
      const server = await createServer(model);
      const instances = [
        Array.from({ length: 8 }, (_, row) => Array.from({ length: 8 }, () => [row < 3 ? 0.8 : 0.1])),
      ];
      const response = await server.inject({
        method: 'POST',
        url: '/v1/models/bars:predict',
        payload: { instances },
      });
      const { predictions } = response.json<{ predictions: number[][] }>();
      assert.equal(predictions.length, 1);
      assert.equal(predictions[0]?.length, 3);
      assert.ok((predictions[0][0] ?? 0) > 0.5);
      const status = await server.inject('/v1/models/bars');
      assert.equal(
        status.json<{ model_version_status: { state: string }[] }>().model_version_status[0]?.state,
        'AVAILABLE',
      );
      await server.close();
    });

    it('refuses bad requests with a sentence and stays up', async () => {
      const server = await createServer(model);
      const cases = [
        [{ ...form('picture', bar(0)) }, 400, /no file named "image"/],
        [{ ...form('image', Buffer.from('text')) }, 400, /neither a PNG nor a JPEG/],
        [{ payload: '{}', headers: { 'content-type': 'application/json' } }, 400, /Send a PNG or JPEG/],
        [{ payload: 'x', headers: { 'content-type': 'text/csv' } }, 415, /not read/],
        [{ ...form('image', Buffer.alloc(21 * 1024 * 1024)) }, 413, /larger than 20 MiB/],
      ] as const;
      for (const [request, status, message] of cases) {
        const response = await server.inject({ method: 'POST', url: '/predict', ...request });
        assert.equal(response.statusCode, status);
        assert.match(response.json<{ error: string }>().error, message);
      }
      const shape = await server.inject({
        method: 'POST',
        url: '/v1/models/bars:predict',
        payload: { instances: [[1, 2]] },
      });
      assert.match(shape.json<{ error: string }>().error, /64 finite numbers in the shape 8×8×1/);
      const nowhere = await server.inject('/nowhere');
      assert.equal(nowhere.statusCode, 404);
      assert.equal((await server.inject('/healthz')).json<{ status: string }>().status, 'ok');
      const metrics = (await server.inject('/metrics')).body;
      assert.match(metrics, /terratrain_requests_total\{route="\/predict",status="400"\} 3/);
      assert.match(metrics, /terratrain_request_seconds_bucket\{le="\+Inf"\} \d+/);
      await server.close();
    });

    it('names the port that is taken', async () => {
      const other = net.createServer();
      await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
      const { port } = other.address() as net.AddressInfo;
      await assert.rejects(
        serveModel(model, { port, host: '127.0.0.1' }),
        new RegExp(`Port ${port} on 127\\.0\\.0\\.1 is taken.*--port`),
      );
      await new Promise((resolve) => other.close(resolve));
    });
  });

  describe('server process', function () {
    this.timeout(30_000);
    const cliEntry = path.join(__dirname, '../../server/cli/main.ts');
    const { execArgv = [] } = trainerProgram();

    it('starts, answers over HTTP, and stops', async () => {
      const server = await startInferenceProcess({ model: run, cliEntry, execArgv });
      const body = new FormData();
      body.append('image', new Blob([new Uint8Array(bar(1))]), 'image');
      const response = await fetch(`${server.url}/predict`, {
        method: 'POST',
        body,
        signal: AbortSignal.timeout(10_000),
      });
      assert.equal(((await response.json()) as { class: string }).class, 'middle');
      await server.stop();
      assert.equal(await server.ended, undefined);
      await assert.rejects(fetch(server.url, { signal: AbortSignal.timeout(10_000) }));
    });

    it('passes on why it did not start', async () => {
      const missing = path.join(workspace.folder, 'gone.h5');
      await assert.rejects(
        startInferenceProcess({ model: missing, cliEntry, execArgv }),
        /There is no .*gone\.h5/,
      );
    });
  });
});
