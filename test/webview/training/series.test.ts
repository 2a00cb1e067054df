import assert from 'node:assert/strict';
import { align, progress, smooth, thin } from '../../../webview/training/series';

describe('training series', () => {
  it('smooths without leaning to zero at the start', () => {
    assert.deepEqual(
      smooth([4, 4, 4], 0.9).map((value) => Number(value.toFixed(9))),
      [4, 4, 4],
    );
    assert.deepEqual(smooth([1, 3], 0), [1, 3]);
    const [first = 0, second = 0] = smooth([0, 1], 0.5);
    assert.deepEqual([first, Number(second.toFixed(4))], [0, 0.6667]);
  });

  it('lets no value that is not finite into the average', () => {
    assert.deepEqual(smooth([2, NaN, Infinity, 2], 0.5), [2, 2, 2, 2]);
    assert.deepEqual(smooth([NaN, 2], 0.5), [NaN, 2]);
  });

  it('thins to what draws the same: ends, lows and highs', () => {
    const values = Array.from({ length: 10_000 }, (_, index) => Math.sin(index / 500));
    values[6_123] = 50;
    values[6_124] = -50;
    const kept = thin(values, 200);
    assert.ok(kept.length <= 200 && kept.length > 100, String(kept.length));
    for (const index of [0, 6_123, 6_124, 9_999]) assert.ok(kept.includes(index), String(index));
    assert.deepEqual(
      kept,
      [...kept].sort((a, b) => a - b),
    );
    assert.deepEqual(thin([3, 1, 2], 10), [0, 1, 2]);
    assert.deepEqual(thin([], 10), []);
  });

  it('joins series on one axis', () => {
    assert.deepEqual(
      align([
        { steps: [1, 2, 4], values: [10, NaN, 40] },
        { steps: [3, 4], values: [0.3, 0.4] },
      ]),
      [
        [1, 2, 3, 4],
        [10, null, null, 40],
        [null, null, 0.3, 0.4],
      ],
    );
  });

  it('knows how far a run is', () => {
    assert.deepEqual(
      [progress(5, 10, 2), progress(25, 10, 2), progress(5, undefined, 2), progress(5, 0, 2)],
      [0.25, 1, 0, 0],
    );
  });
});
