import assert from 'node:assert/strict';
import { layoutGraph } from '../../../server/graph/layout';
import {
  arrowPath,
  findBoxes,
  linePath,
  modulesAround,
  nextBox,
  surroundings,
} from '../../../webview/graph/geometry';
import type { Direction } from '../../../webview/graph/geometry';
import { boxName, lineName, summary } from '../../../webview/graph/words';
import type { GraphPicture } from '../../../webview/protocol';
import { graphOf } from '../../graph/sampleGraphs';

const picture: GraphPicture = layoutGraph(
  graphOf('x.service -> x.cluster\nx.service => module.m.x.bucket\nmodule.m.x.policy -> module.m.x.bucket'),
);

function box(id: string) {
  const found = picture.boxes.find((each) => each.id === id);
  assert.ok(found, id);
  return found;
}

describe('graph geometry', () => {
  it('draws level pieces straight and slanted ones as level curves', () => {
    const points = [
      { x: 0, y: 0 },
      { x: 10, y: 0 },
      { x: 30, y: 20 },
      { x: 30, y: 50 },
    ];
    assert.equal(linePath(points), 'M0 0L10 0C20 0 20 20 30 20L30 50');
    assert.equal(linePath([]), '');
  });

  it('puts the arrowhead before the end, on the side the line comes from', () => {
    assert.equal(
      arrowPath([
        { x: 50, y: 5 },
        { x: 10, y: 5 },
      ]),
      'M10 5l8 -4v8z',
    );
    assert.equal(
      arrowPath([
        { x: 0, y: 5 },
        { x: 10, y: 5 },
      ]),
      'M10 5l-8 -4v8z',
    );
    assert.equal(arrowPath([{ x: 0, y: 5 }]), '');
  });

  it('knows what is around a box; a module counts with everything inside', () => {
    const service = surroundings(picture, 'x.service');
    assert.deepEqual([...service.dependencies].sort(), ['module.m.x.bucket', 'x.cluster']);
    const module = surroundings(picture, 'module.m');
    assert.deepEqual([[...module.dependencies], [...module.dependents]], [[], ['x.service']]);
    assert.deepEqual(modulesAround(picture, 'module.m.x.bucket'), ['module.m']);
  });

  it('goes to the next box in a direction, and nowhere at the edge', () => {
    const go = (id: string, direction: Direction): string | undefined =>
      nextBox(picture, box(id), direction)?.id;
    assert.equal(go('x.service', 'right'), undefined);
    const left = go('x.service', 'left');
    assert.ok(left !== undefined && box(left).x < box('x.service').x);
    assert.equal(go('module.m.x.bucket', 'right'), 'module.m.x.policy');
  });

  it('finds boxes by every word of a search', () => {
    assert.deepEqual(
      findBoxes(picture, 'M X.b').map(({ id }) => id),
      ['module.m.x.bucket'],
    );
    assert.deepEqual(findBoxes(picture, '  '), []);
    assert.deepEqual(findBoxes(picture, 'nothing'), []);
  });

  it('has words for boxes, lines and the whole', () => {
    assert.equal(
      boxName(picture, { ...box('x.cluster'), action: 'replace', cyclic: true }),
      'x.cluster, resource, will be replaced, part of a dependency cycle, depends on 0, 1 dependent',
    );
    const line = picture.lines.find(({ kind }) => kind === 'explicit');
    assert.ok(line);
    assert.equal(lineName(line), 'x.service depends on (by depends_on) module.m.x.bucket');
    assert.equal(summary(picture), '4 blocks, 1 module, 3 dependencies');
  });
});
