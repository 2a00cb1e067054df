import assert from 'node:assert/strict';
import type { RunEvent } from '../../server/training/events';
import { noProgress, progressAfter } from '../../server/training/progress';

const time = (seconds: number): string => new Date(Date.UTC(2026, 0, 1) + seconds * 1000).toISOString();

function started(at: number, resumedAt?: number): RunEvent {
  return {
    type: 'started',
    time: time(at),
    epochs: 2,
    stepsPerEpoch: 10,
    batchSize: 32,
    samples: 320,
    backend: 'wasm',
    device: 'x',
    parameters: 1,
    ...(resumedAt === undefined ? {} : { resumedAt }),
  };
}

/** A step that took half a second: 64 images a second. */
const batch = (at: number, step: number): RunEvent => ({
  type: 'batch',
  time: time(at),
  epoch: Math.ceil(step / 10),
  step,
  loss: 1 / step,
  accuracy: 0.5,
  samplesPerSecond: 64,
});

describe('progress', () => {
  it('tells elapsed time, throughput and the time left from the events alone', () => {
    const progress = progressAfter(noProgress, [
      started(0),
      batch(0.5, 1),
      batch(1, 2),
      batch(1.5, 3),
      batch(2, 4),
    ]);
    assert.equal(progress.elapsed, 2);
    assert.equal(progress.samplesPerSecond, 64);
    assert.equal(progress.eta, 16 * 0.5);
    assert.equal(progress.loss, 0.25);
  });

  it('counts the validation at the end of each epoch', () => {
    const first = Array.from({ length: 10 }, (_, index) => batch((index + 1) / 2, index + 1));
    const epoch: RunEvent = {
      type: 'epoch',
      time: time(7),
      epoch: 1,
      step: 10,
      loss: 1,
      val_accuracy: 0.75,
      seconds: 7,
      learningRate: 0.1,
    };
    const progress = progressAfter(noProgress, [started(0), ...first, epoch, batch(7.5, 11)]);
    assert.equal(progress.validationAccuracy, 0.75);
    assert.equal(progress.eta, 9 * 0.5 + 2);
  });

  it('does not count the hours between a stop and a resume', () => {
    const progress = progressAfter(noProgress, [started(0), batch(1, 1), started(9000, 1), batch(9001, 2)]);
    assert.equal(progress.elapsed, 2);
    assert.equal(progress.step, 2);
  });

  it('says how it ended', () => {
    const end: RunEvent = { type: 'finished', time: time(3), status: 'completed', test_accuracy: 0.9 };
    const progress = progressAfter(noProgress, [started(0), batch(1, 1), end]);
    assert.equal(progress.finished?.test_accuracy, 0.9);
    assert.equal(progress.eta, 0);
    assert.equal(progressAfter(progress, [started(5, 1)]).finished, undefined);
  });
});
