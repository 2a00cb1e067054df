import assert from 'node:assert/strict';
import { makeLayering } from '../../../server/graph/layout/layers';
import type { Net } from '../../../server/graph/layout/level';
import { countCrossings, orderLayers } from '../../../server/graph/layout/ordering';

const boxes = Array.from({ length: 6 }, () => ({ width: 100, height: 40 }));

/** Lines from left boxes to right ones, as pairs of numbers. */
function layeringOf(pairs: readonly (readonly [number, number])[]) {
  const nets = pairs.map(([left, right]): Net => ({
    id: `${left} ${right}`,
    reversed: false,
    root: { box: left, inner: false },
    leaves: [{ box: right, inner: false }],
  }));
  return makeLayering(boxes, nets, [0, 1, 2, 3, 4, 5], Infinity, 10);
}

describe('order of layers', () => {
  it('counts the crossings of lines between two layers', () => {
    assert.equal(
      countCrossings(
        layeringOf([
          [0, 3],
          [1, 4],
          [2, 5],
        ]),
      ),
      0,
    );
    assert.equal(
      countCrossings(
        layeringOf([
          [0, 5],
          [1, 4],
          [2, 3],
        ]),
      ),
      3,
    );
    assert.equal(
      countCrossings(
        layeringOf([
          [0, 3],
          [0, 4],
          [0, 5],
          [1, 3],
          [2, 3],
        ]),
      ),
      4,
    );
  });

  it('untangles what can be drawn without crossings', () => {
    const layering = layeringOf([
      [0, 5],
      [1, 4],
      [2, 3],
    ]);
    orderLayers(layering);
    assert.equal(countCrossings(layering), 0);
  });

  it('passes each layer once for a line with several ends beyond it', () => {
    const net: Net = {
      id: 'hub',
      reversed: false,
      root: { box: 0, inner: false },
      leaves: [1, 2, 3].map((box) => ({ box, inner: false })),
    };
    const step = (left: number, right: number): Net => ({
      id: `${left}`,
      reversed: false,
      root: { box: left, inner: false },
      leaves: [{ box: right, inner: false }],
    });
    const { cells } = makeLayering(
      boxes,
      [net, step(4, 5), step(5, 2), step(5, 3), step(0, 4)],
      [0, 1, 2, 3, 4, 5],
      Infinity,
      10,
    );
    assert.equal(cells.filter((cell) => cell.kind === 'bend').length, 2);
  });
});
