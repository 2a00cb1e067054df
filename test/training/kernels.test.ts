import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import { startCpu } from '../../server/training/backends/cpu';
import { startWasm } from '../../server/training/backends/wasm';
import { randomNumbers } from '../../server/training/random';

type Pad = 'valid' | 'same' | [[number, number], [number, number], [number, number], [number, number]];

/** Different values every time, all distinct, half of them negative. */
function values(shape: number[], seed: number): tf.Tensor {
  const random = randomNumbers(seed);
  const count = shape.reduce((product, size) => product * size, 1);
  return tf.tensor(
    Float32Array.from({ length: count }, () => random() * 2 - 1),
    shape,
  );
}

/** Runs `compute` on both backends; checks that they agree and that no tensor is left behind. */
async function agree(compute: () => tf.Tensor[], tolerance = 2e-6): Promise<void> {
  const results: Float32Array[][] = [];
  for (const backend of ['cpu', 'wasm']) {
    await tf.setBackend(backend);
    const before = [tf.memory().numTensors, tf.engine().backend.numDataIds()];
    const tensors = tf.tidy(compute);
    results.push(tensors.map((tensor) => Float32Array.from(tensor.dataSync())));
    tf.dispose(tensors);
    const after = [tf.memory().numTensors, tf.engine().backend.numDataIds()];
    assert.deepEqual(after, before, `${backend} left tensors or memory behind`);
  }
  const [cpu = [], wasm = []] = results;
  assert.equal(wasm.length, cpu.length);
  cpu.forEach((expected, index) => {
    const actual = wasm[index] ?? new Float32Array();
    assert.equal(actual.length, expected.length);
    const scale = expected.reduce((most, value) => Math.max(most, Math.abs(value)), 1e-6);
    const worst = expected.reduce(
      (most, value, at) => Math.max(most, Math.abs(value - (actual[at] ?? NaN))),
      0,
    );
    assert.ok(worst / scale <= tolerance, `result ${index} differs by ${worst / scale} of its largest value`);
  });
}

/** Gradients of Σ output·weight by both inputs. */
function gradients(
  run: (x: tf.Tensor, filter: tf.Tensor) => tf.Tensor,
  x: number[],
  filter: number[],
): tf.Tensor[] {
  const weighted = (a: tf.Tensor, b: tf.Tensor): tf.Scalar => {
    const output = run(a, b);
    return tf.sum(tf.mul(output, values(output.shape, 3)));
  };
  return tf.grads(weighted)([values(x, 1), values(filter, 2)]);
}

const uneven: Pad = [
  [0, 0],
  [2, 1],
  [0, 3],
  [0, 0],
];

describe('gradient kernels on WebAssembly', () => {
  before(async () => {
    await startCpu();
    await startWasm();
  });

  const filters = [
    [1, 1],
    [2, 3],
    [3, 3],
    [5, 5],
  ] as const;
  for (const [height, width] of filters) {
    for (const stride of [1, 2, 3]) {
      for (const pad of ['valid', 'same', uneven] as const) {
        const name = `${height}×${width} stride ${stride} ${typeof pad === 'string' ? pad : 'explicit'}`;
        it(`conv2d ${name} equals cpu`, () =>
          agree(() =>
            gradients(
              (x, filter) => tf.conv2d(x as tf.Tensor4D, filter as tf.Tensor4D, stride, pad),
              [2, 7, 8, 3],
              [height, width, 3, 4],
            ),
          ));
      }
    }
  }

  it('conv2d of one image, one channel, one filter equals cpu', () =>
    agree(() =>
      gradients(
        (x, f) => tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, 1, 'same'),
        [1, 6, 6, 1],
        [3, 3, 1, 1],
      ),
    ));

  it('conv1d and conv2dTranspose equal cpu', async () => {
    await agree(() =>
      gradients((x, f) => tf.conv1d(x as tf.Tensor3D, f as tf.Tensor3D, 2, 'same'), [2, 9, 3], [3, 3, 4]),
    );
    await agree(() =>
      gradients(
        (x, f) => tf.conv2dTranspose(x as tf.Tensor4D, f as tf.Tensor4D, [2, 9, 9, 5], 2, 'valid'),
        [2, 4, 4, 3],
        [3, 3, 5, 3],
      ),
    );
  });

  for (const stride of [1, 2]) {
    for (const pad of ['valid', 'same'] as const) {
      it(`depthwiseConv2d stride ${stride} ${pad} equals cpu`, () =>
        agree(() =>
          gradients(
            (x, f) => tf.depthwiseConv2d(x as tf.Tensor4D, f as tf.Tensor4D, stride, pad),
            [2, 7, 8, 3],
            [3, 2, 3, 2],
          ),
        ));
    }
  }

  const pools: readonly (readonly [number, number, 'valid' | 'same'])[] = [
    [2, 2, 'valid'],
    [3, 1, 'same'],
    [3, 2, 'valid'],
    [2, 3, 'same'],
  ];
  for (const [size, stride, pad] of pools) {
    it(`max pool ${size} stride ${stride} ${pad} equals cpu, also where no value is positive`, () =>
      agree(() => {
        const pooled = (x: tf.Tensor): tf.Scalar => {
          const output = tf.maxPool(x as tf.Tensor4D, size, stride, pad);
          return tf.sum(tf.mul(output, values(output.shape, 3)));
        };
        const mixed = values([2, 7, 8, 3], 1);
        return [tf.grad(pooled)(mixed), tf.grad(pooled)(tf.sub(tf.neg(tf.abs(mixed)), 1))];
      }));
  }

  it('max pool sends the gradient of equal values to the first', async () => {
    await tf.setBackend('wasm');
    const gradient = tf.tidy(() =>
      tf.grad((x: tf.Tensor) => tf.sum(tf.maxPool(x as tf.Tensor4D, 2, 2, 'valid')))(
        tf.fill([1, 2, 2, 1], -3),
      ),
    );
    assert.deepEqual([...gradient.dataSync()], [1, 0, 0, 0]);
    gradient.dispose();
  });

  it('gather equals cpu', () =>
    agree(() => {
      const picked = (x: tf.Tensor): tf.Scalar => {
        const output = tf.gather(x, tf.tensor1d([2, 0, 2, 3], 'int32'));
        return tf.sum(tf.mul(output, values(output.shape, 3)));
      };
      return [tf.grad(picked)(values([5, 3], 1))];
    }));

  for (const [transposeA, transposeB] of [
    [false, false],
    [true, false],
    [false, true],
    [true, true],
  ] as const) {
    it(`matMul ${transposeA ? 'aᵀ' : 'a'}·${transposeB ? 'bᵀ' : 'b'} equals cpu, in a batch too`, async () => {
      for (const batch of [[], [1], [3]]) {
        await agree(
          () => [
            tf.matMul(
              values([...batch, ...(transposeA ? [5, 4] : [4, 5])], 1),
              values([...batch, ...(transposeB ? [6, 5] : [5, 6])], 2),
              transposeA,
              transposeB,
            ),
          ],
          1e-5,
        );
      }
    });
  }

  it('the gradient of a convolution is the slope of its output', async () => {
    await tf.setBackend('wasm');
    const x = values([1, 5, 5, 2], 1);
    const filter = values([3, 3, 2, 2], 2);
    const loss = (f: tf.Tensor): tf.Scalar =>
      tf.sum(tf.square(tf.conv2d(x as tf.Tensor4D, f as tf.Tensor4D, 2, 'same')));
    const gradient = tf.tidy(() => tf.grad(loss)(filter)).dataSync();
    const flat = [...filter.dataSync()];
    const step = 1e-2;
    for (const at of [0, 7, 20, 35]) {
      const moved = (by: number): number => {
        const changed = tf.tensor(
          flat.map((value, index) => (index === at ? value + by : value)),
          filter.shape,
        );
        return tf.tidy(() => loss(changed)).dataSync()[0] ?? NaN;
      };
      const slope = (moved(step) - moved(-step)) / (2 * step);
      assert.ok(
        Math.abs(slope - (gradient[at] ?? NaN)) < 1e-2 * Math.max(1, Math.abs(slope)),
        `at ${at}: ${slope}`,
      );
    }
  });
});
