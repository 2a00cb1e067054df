import assert from 'node:assert/strict';
import { readValue } from '../../../webview/training/fields';
import { announcement, commandsFor, facts, position } from '../../../webview/training/words';
import type { TrainingState } from '../../../webview/protocol';

const running: TrainingState = {
  spec: { name: 'n', path: 'p', fields: [], layers: [] },
  status: 'running',
  run: 'r',
  epochs: 5,
  stepsPerEpoch: 1875,
  samplesPerSecond: 1134,
  elapsed: 48.2,
  eta: 57,
  points: [{ step: 2000, epoch: 2, loss: 0.33924, accuracy: 0.882 }],
  validations: [{ step: 1875, epoch: 1, loss: 0.4, seconds: 20, validationAccuracy: 0.855 }],
};

describe('training page words', () => {
  it('offers what can be done in each state', () => {
    assert.deepEqual(commandsFor({ status: 'idle' }), {
      start: 'Start Training',
      stop: false,
      resume: false,
    });
    assert.deepEqual(commandsFor(running), { start: undefined, stop: true, resume: false });
    assert.deepEqual(commandsFor({ status: 'stopping', run: 'r' }), {
      start: undefined,
      stop: false,
      resume: false,
    });
    assert.deepEqual(commandsFor({ status: 'lost', run: 'r' }), {
      start: 'Start Over',
      stop: false,
      resume: true,
    });
    assert.equal(commandsFor({ status: 'failed' }).resume, false);
  });

  it('says where a run stands', () => {
    assert.equal(position(running), 'epoch 2 of 5, step 2,000 of 9,375');
    assert.equal(position({ ...running, status: 'starting', points: [] }), 'Loading data and model');
  });

  it('shows time left only while something runs, and nothing that is not known', () => {
    const labels = (state: TrainingState): string[] => facts(state).map(([label]) => label);
    assert.deepEqual(labels(running), [
      'Loss',
      'Accuracy',
      'Validation accuracy',
      'Throughput',
      'Elapsed',
      'Time left',
    ]);
    assert.ok(!labels({ ...running, status: 'completed' }).includes('Time left'));
  });

  it('announces ends of epochs, not batches', () => {
    assert.equal(announcement(running), 'Epoch 1 done, accuracy 85.5 %');
    assert.equal(
      announcement({ ...running, status: 'completed', testAccuracy: 0.8734 }),
      'Training completed, test accuracy 87.3 %',
    );
    assert.equal(announcement({ ...running, status: 'lost' }), 'Training: Lost');
  });

  it('reads what is typed into a field, or says what is wrong with it', () => {
    const field = { kind: 'integer', label: 'Epochs', minimum: 1 } as const;
    assert.equal(readValue(field, ' 12 '), 12);
    assert.deepEqual(readValue(field, '1.5'), { problem: 'Epochs must be a whole number.' });
    assert.deepEqual(readValue(field, '0'), { problem: 'Epochs must be at least 1.' });
    assert.deepEqual(readValue(field, 'many'), { problem: 'Epochs must be a number.' });
    assert.deepEqual(readValue(field, ''), { problem: 'Epochs must be a number.' });
    assert.equal(readValue({ kind: 'number', label: 'Rate' }, '1e-3'), 0.001);
    assert.equal(readValue({ kind: 'text', label: 'Data' }, ' ./data '), './data');
  });
});
