import assert from 'node:assert/strict';
import * as tf from '@tensorflow/tfjs-core';
import * as jpeg from 'jpeg-js';
import { PNG } from 'pngjs';
import { ImageError, prepareImage } from '../../server/inference/image';
import { startCpu } from '../../server/training/backends/cpu';
import { randomNumbers } from '../../server/training/random';

type Colour = readonly [number, number, number, number];

function png(width: number, height: number, colour: (x: number, y: number) => Colour): Buffer {
  const image = new PNG({ width, height });
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) image.data.set(colour(x, y), 4 * (y * width + x));
  }
  return PNG.sync.write(image);
}

const grey = (value: number): Colour => [value, value, value, 255];
const unknown = { input: [4, 4, 1], lightOnDark: undefined };

describe('prepareImage', () => {
  it('turns colours to grey as TensorFlow does', () => {
    const image = png(4, 4, () => [200, 100, 50, 255]);
    const { values, preprocessing } = prepareImage(image, unknown);
    assert.equal(Math.round((values[0] ?? 0) * 255), (9798 * 200 + 19235 * 100 + 3735 * 50) >> 15);
    assert.equal(preprocessing, 'none');
  });

  it('keeps the colours for a model with three channels', () => {
    const { values } = prepareImage(
      png(1, 1, () => [200, 100, 50, 255]),
      { input: [1, 1, 3], lightOnDark: undefined },
    );
    assert.deepEqual(
      [...values].map((value) => Math.round(value * 255)),
      [200, 100, 50],
    );
  });

  for (const [width, height] of [
    [9, 5],
    [3, 2],
    [28, 28],
  ] as const) {
    it(`resizes ${width}×${height} as tf.image.resize does`, async () => {
      await startCpu();
      const random = randomNumbers(4);
      const pixels = Array.from({ length: width * height }, () => Math.floor(random() * 256));
      const { values } = prepareImage(
        png(width, height, (x, y) => grey(pixels[y * width + x] ?? 0)),
        { input: [7, 6, 1], lightOnDark: undefined },
      );
      const expected = tf.tidy(() =>
        tf.image.resizeBilinear(tf.tensor3d(pixels, [height, width, 1]), [7, 6], false, true).dataSync(),
      );
      expected.forEach((value, index) => {
        assert.ok(Math.abs(value - (values[index] ?? NaN) * 255) < 1e-3, `at ${index}`);
      });
    });
  }

  it('inverts dark on light for a model that knows light on dark only, and says so', () => {
    const shirt = png(4, 4, (x, y) => grey(x > 0 && x < 3 && y > 0 && y < 3 ? 10 : 240));
    const { values, preprocessing } = prepareImage(shirt, { ...unknown, lightOnDark: true });
    assert.ok((values[0] ?? 1) < 0.1 && (values[5] ?? 0) > 0.9);
    assert.match(preprocessing, /^inverted/);
    const light = png(4, 4, (x, y) => grey(x > 0 && x < 3 && y > 0 && y < 3 ? 240 : 10));
    assert.equal(prepareImage(light, { ...unknown, lightOnDark: true }).preprocessing, 'none');
    assert.equal(prepareImage(shirt, unknown).preprocessing, 'none');
  });

  it('lays transparent images on white', () => {
    const { values, preprocessing } = prepareImage(
      png(4, 4, (x) => (x === 0 ? [0, 0, 0, 255] : [0, 0, 0, 0])),
      unknown,
    );
    assert.equal(values[0], 0);
    assert.equal(values[1], 1);
    assert.equal(preprocessing, 'laid on white');
  });

  it('reads the brightness of a JPEG', () => {
    const data = Buffer.alloc(16 * 16 * 4);
    for (let pixel = 0; pixel < 256; pixel++) data.set([180, 180, 180, 255], 4 * pixel);
    const { values, preprocessing } = prepareImage(
      jpeg.encode({ width: 16, height: 16, data }, 95).data,
      unknown,
    );
    values.forEach((value) => {
      assert.ok(Math.abs(value * 255 - 180) <= 1);
    });
    assert.equal(preprocessing, 'resized 16×16 → 4×4');
  });

  it('refuses what is no image, and what is too large, with a sentence', () => {
    const whole = png(8, 8, () => grey(7));
    assert.throws(() => prepareImage(Buffer.from('hello'), unknown), /neither a PNG nor a JPEG/);
    assert.throws(() => prepareImage(Buffer.alloc(0), unknown), /is empty/);
    for (const length of [2, 10, 30, whole.length - 20]) {
      assert.throws(() => prepareImage(whole.subarray(0, length), unknown), ImageError);
    }
    assert.throws(
      () => prepareImage(Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2]), unknown),
      /JPEG image is damaged/,
    );
    const claimed = Buffer.from(whole);
    claimed.writeUInt32BE(100_000, 16);
    claimed.writeUInt32BE(100_000, 20);
    assert.throws(() => prepareImage(claimed, unknown), /more than 100 million pixels/);
    assert.throws(
      () => prepareImage(whole, { input: [30], lightOnDark: undefined }),
      /takes 30 numbers, not an image/,
    );
  });
});
