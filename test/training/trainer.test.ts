import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import * as tf from '@tensorflow/tfjs-core';
import type { TrainingOutcome } from '../../server/training/backend';
import { startCpu } from '../../server/training/backends/cpu';
import { startWasm } from '../../server/training/backends/wasm';
import { readNewestCheckpoint } from '../../server/training/checkpoint';
import { EventLog } from '../../server/training/events';
import type { RunEvent } from '../../server/training/events';
import { readEvents } from '../../server/training/runFolder';
import { trainWithTensors } from '../../server/training/trainer';
import type { TrainSpec } from '../../server/training/trainSpec';
import { TinyWorkspace } from './tinyRun';

interface Result {
  readonly outcome: TrainingOutcome;
  readonly events: readonly RunEvent[];
  readonly losses: readonly number[];
  readonly folder: string;
}

describe('training loop', () => {
  let workspace: TinyWorkspace;
  before(async () => {
    workspace = new TinyWorkspace();
    await startCpu();
    await startWasm();
  });
  after(() => {
    workspace.dispose();
  });

  /** Trains in this process; stops before step `stopAt + 1`. */
  async function train(name: string, spec: TrainSpec, stopAt = Infinity): Promise<Result> {
    const folder = workspace.newFolder(name);
    const events = new EventLog(path.join(folder, 'events.jsonl'));
    const resume = readNewestCheckpoint(path.join(folder, 'checkpoints'));
    const stepsDone = (): number => readEvents(folder).filter(({ type }) => type === 'batch').length;
    const outcome = await trainWithTensors({
      spec,
      runFolder: folder,
      events,
      device: 'test',
      shouldStop: () => stepsDone() >= stopAt,
      ...(resume === undefined ? {} : { resume }),
    });
    events.close();
    const all = readEvents(folder);
    return { outcome, events: all, losses: all.flatMap((e) => (e.type === 'batch' ? [e.loss] : [])), folder };
  }

  it('learns, on WebAssembly as on the CPU, with the same losses', async () => {
    const spec = workspace.resolvedSpec();
    await tf.setBackend('cpu');
    const cpu = await train('parity-cpu', spec);
    await tf.setBackend('wasm');
    const wasm = await train('parity-wasm', spec);
    assert.equal(cpu.losses.length, 15);
    cpu.losses.forEach((loss, step) => {
      const other = wasm.losses[step] ?? NaN;
      assert.ok(Math.abs(loss - other) < 1e-5, `step ${step + 1}: ${loss} and ${other}`);
    });
    assert.ok((wasm.outcome.metrics.test_accuracy ?? 0) > 0.8, JSON.stringify(wasm.outcome.metrics));
  });

  it('repeats exactly with the same seed, and differs with another', async () => {
    await tf.setBackend('wasm');
    const one = await train('seed-a', workspace.resolvedSpec());
    const two = await train('seed-b', workspace.resolvedSpec());
    const other = await train('seed-c', workspace.resolvedSpec({ seed: 8 }));
    assert.deepEqual(two.losses, one.losses);
    assert.deepEqual(two.outcome.metrics, one.outcome.metrics);
    assert.notDeepEqual(other.losses, one.losses);
  });

  for (const optimizer of [
    { type: 'adam', learningRate: 0.02 },
    { type: 'rmsprop', learningRate: 0.005 },
    { type: 'sgd', learningRate: 0.05, momentum: 0.9 },
  ] as const) {
    it(`goes on after a stop in the middle of an epoch as if there had been none (${optimizer.type})`, async () => {
      await tf.setBackend('wasm');
      const spec = workspace.resolvedSpec({ optimizer });
      const whole = await train(`whole-${optimizer.type}`, spec);
      const stopped = await train(`resumed-${optimizer.type}`, spec, 8);
      assert.equal(stopped.outcome.status, 'stopped');
      assert.equal(stopped.losses.length, 8);
      const resumed = await train(`resumed-${optimizer.type}`, spec);
      assert.deepEqual(resumed.losses, whole.losses);
      assert.deepEqual(resumed.outcome.metrics, whole.outcome.metrics);
      const weights = (folder: string): Buffer => readFileSync(path.join(folder, 'model/weights.bin'));
      assert.ok(weights(resumed.folder).equals(weights(whole.folder)));
    });
  }

  it('leaves the events, checkpoints and models that a run promises, and no tensors', async () => {
    await tf.setBackend('wasm');
    const before = tf.memory().numTensors;
    const { events, outcome, folder } = await train('promised', workspace.resolvedSpec());
    assert.equal(tf.memory().numTensors, before);
    const epochs = events.filter((event) => event.type === 'epoch');
    assert.deepEqual(
      epochs.map(({ step }) => step),
      [5, 10, 15],
    );
    assert.equal(new Set(epochs.map(({ tensors }) => tensors)).size, 1, 'the number of tensors grows');
    const [started] = events;
    assert.ok(started?.type === 'started');
    assert.equal(started.samples, 72);
    assert.equal(started.stepsPerEpoch, 5);
    assert.ok(events.some((event) => event.type === 'checkpoint' && event.best));
    const checkpoint = readNewestCheckpoint(path.join(folder, 'checkpoints'));
    assert.equal(checkpoint?.state.step, 15);
    assert.equal(outcome.saved, 'bars.h5');
    assert.equal(outcome.metrics.test_samples, 30);
  });

  it('says what to do when the training diverges', async () => {
    await tf.setBackend('wasm');
    const spec = workspace.resolvedSpec({ optimizer: { type: 'sgd', learningRate: 1e38 } });
    await assert.rejects(train('diverging', spec), /became .* Lower "learningRate"/);
  });

  it('uses an older checkpoint when the newest is damaged', async () => {
    await tf.setBackend('wasm');
    const { folder, events } = await train('damaged', workspace.resolvedSpec());
    const paths = events.flatMap((event) => (event.type === 'checkpoint' ? [event.path] : []));
    const newest = path.join(folder, paths.at(-1) ?? '');
    const { truncateSync } = await import('node:fs');
    truncateSync(newest, readFileSync(newest).length - 100);
    assert.equal(readNewestCheckpoint(path.join(folder, 'checkpoints'))?.state.step, 10);
  });
});
