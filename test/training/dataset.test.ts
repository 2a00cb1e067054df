import assert from 'node:assert/strict';
import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { chooseData, isLightOnDark, loadDataset } from '../../server/training/dataset';
import { readIdx } from '../../server/training/idx';
import { shuffledOrder } from '../../server/training/random';
import type { TrainSpec } from '../../server/training/trainSpec';
import { idx, TinyWorkspace } from './tinyRun';

describe('data set', () => {
  let workspace: TinyWorkspace;
  beforeEach(() => {
    workspace = new TinyWorkspace();
  });
  afterEach(() => {
    workspace.dispose();
  });

  it('reads plain and gzip files and splits the validation off the end', () => {
    const data = loadDataset(workspace.resolvedSpec());
    assert.equal(data.train.count, 72);
    assert.equal(data.validation?.count, 24);
    assert.equal(data.test.count, 30);
    assert.deepEqual([...data.validation.labels.subarray(0, 4)], [0, 1, 2, 0]);
    assert.ok(isLightOnDark(data.train));
  });

  it('takes no more images than the limit', () => {
    const spec = workspace.resolvedSpec();
    const data = loadDataset({ ...spec, data: { ...spec.data, limit: 20, testLimit: 5 } });
    assert.deepEqual([data.train.count, data.validation?.count, data.test.count], [15, 5, 5]);
  });

  const refusals: readonly (readonly [string, (folder: string) => void, Partial<TrainSpec>, RegExp])[] = [
    [
      'a missing file',
      (folder) => {
        rmSync(path.join(folder, 'train-labels-idx1-ubyte'));
      },
      {},
      /There is no train-labels-idx1-ubyte\.gz or train-labels-idx1-ubyte in .*--data/,
    ],
    [
      'images of another size',
      () => undefined,
      {
        model: {
          input: [9, 9, 1],
          layers: [{ type: 'flatten' }, { type: 'dense', units: 3, activation: 'softmax' }],
        },
      },
      /are 8×8×1, but "model\.input" is 9×9×1\. Set "input": \[8, 8, 1\]/,
    ],
    [
      'a label without a class',
      (folder) => {
        writeFileSync(path.join(folder, 'train-labels-idx1-ubyte'), idx([96], new Uint8Array(96).fill(5)));
      },
      {},
      /holds the label 5, but "data\.classes" names 3/,
    ],
    [
      'another number of labels',
      (folder) => {
        writeFileSync(path.join(folder, 'train-labels-idx1-ubyte'), idx([9], new Uint8Array(9)));
      },
      {},
      /9 labels for the 96 images/,
    ],
    [
      'random bytes',
      (folder) => {
        writeFileSync(path.join(folder, 'train-images-idx3-ubyte.gz'), 'no images here');
      },
      {},
      /is not an IDX file/,
    ],
  ];
  for (const [what, spoil, change, message] of refusals) {
    it(`refuses ${what}`, () => {
      const spec = workspace.resolvedSpec(change);
      spoil(spec.data.path);
      assert.throws(() => loadDataset(spec), message);
    });
  }

  it('never accepts a prefix of a file', () => {
    const file = idx([2, 3], Uint8Array.from([1, 2, 3, 4, 5, 6]));
    assert.deepEqual([...readIdx(file, 'x').values], [1, 2, 3, 4, 5, 6]);
    for (let length = 0; length < file.length; length++) {
      assert.throws(() => readIdx(file.subarray(0, length), 'x'), /^Error: x /);
    }
  });
});

describe('shuffled order', () => {
  it('is a permutation that the seed alone decides', () => {
    const order = shuffledOrder(100, 5);
    assert.deepEqual(
      [...order].sort((a, b) => a - b),
      Array.from({ length: 100 }, (_, index) => index),
    );
    assert.deepEqual(shuffledOrder(100, 5), order);
    assert.notDeepEqual(shuffledOrder(100, 6), order);
  });
});

describe('the choice of a data set', () => {
  const workspace = new TinyWorkspace();
  const full = workspace.newFolder('full');
  const spec = (use: 'auto' | 'path' | 'full', folder?: string): TrainSpec => {
    const { data } = workspace.spec();
    return workspace.spec({ data: { ...data, use, ...(folder === undefined ? {} : { full: folder }) } });
  };

  after(() => {
    workspace.dispose();
  });

  it('takes the full set where this machine has it', () => {
    assert.equal(chooseData(spec('auto', full)).data.path, full);
    assert.equal(chooseData(spec('full', full)).data.path, full);
  });

  it('takes the folder of the spec where there is no full set, or where that was asked for', () => {
    assert.equal(chooseData(spec('auto')).data.path, 'data');
    assert.equal(chooseData(spec('auto', path.join(full, 'nowhere'))).data.path, 'data');
    assert.equal(chooseData(spec('path', full)).data.path, 'data');
  });

  it('says what is missing when only the full set will do', () => {
    assert.throws(
      () => chooseData(spec('full', path.join(full, 'nowhere'))),
      /The full data set is not in .*nowhere/,
    );
    assert.throws(() => chooseData(spec('full')), /"data\.full" in the spec does not say where/);
  });
});
