import assert from 'node:assert/strict';
import { fit, largestScale, pan, reveal, smallestScale, zoomAt } from '../../../webview/graph/viewport';

const screen = { width: 800, height: 600 };

describe('graph viewport', () => {
  it('fits a picture into the middle and does not blow up a small one', () => {
    assert.deepEqual(fit({ width: 1600, height: 600 }, screen), { scale: 0.5, x: 0, y: 150 });
    const small = fit({ width: 100, height: 100 }, screen);
    assert.ok(small.scale < 1.2);
    assert.equal(small.x + (100 * small.scale) / 2, 400);
    assert.ok(Number.isFinite(fit({ width: 0, height: 0 }, { width: 0, height: 0 }).scale));
  });

  it('zooms around a point, within limits', () => {
    const view = { x: 10, y: 20, scale: 1 };
    const zoomed = zoomAt(view, 2, 110, 220);
    // The picture's point (100, 200) stays under the pointer.
    assert.deepEqual([100 * zoomed.scale + zoomed.x, 200 * zoomed.scale + zoomed.y], [110, 220]);
    assert.equal(zoomAt(view, 1e9, 0, 0).scale, largestScale);
    assert.equal(zoomAt(view, 1e-9, 0, 0).scale, smallestScale);
  });

  it('moves no further than a box needs to be seen', () => {
    const view = { x: 0, y: 0, scale: 1 };
    const box = { x: 100, y: 100, width: 100, height: 50 };
    assert.deepEqual(reveal(view, box, screen), view);
    assert.deepEqual(reveal(pan(view, -500, 0), box, screen), { x: -68, y: 0, scale: 1 });
    assert.deepEqual(reveal(view, { ...box, y: 900 }, screen), { x: 0, y: -382, scale: 1 });
    const large = reveal(view, { x: 200, y: 0, width: 5000, height: 10 }, screen);
    assert.equal(large.x, -168);
  });
});
