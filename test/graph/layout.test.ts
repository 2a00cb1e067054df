import assert from 'node:assert/strict';
import { layoutGraph } from '../../server/graph/layout';
import type { DependencyGraph } from '../../server/graph/model';
import type { GraphPicture } from '../../webview/protocol';
import { edgeTexts, graphFrom, serve } from './configuration';
import { around, faults } from './pictureFaults';
import { generated, graphOf, randomNumbers, shuffled } from './sampleGraphs';

const tangled = `
  module.a.x.p -> module.b.x.q
  module.b.x.r -> module.a.x.s
  module.b.x.r -> module.b.x.q
  module.a.module.deep.x.d => module.b.x.r
  x.t -> module.a.x.s
  x.t -> x.t
  x.u -> x.v
  x.v -> x.u
  module.c => module.a
  x.w -> module.c
  x.lone`;

describe('graph layout', () => {
  const samples: readonly (readonly [string, DependencyGraph])[] = [
    ['serve', graphFrom(serve)],
    ['tangled', graphOf(tangled, [['x.u', 'x.v']])],
    ['one', graphOf('x.a')],
    ['deep 100', generated(100, 'deep')],
    ['shallow 300', generated(300, 'shallow')],
    ['flat 150', generated(150, 'flat')],
    ['star 80', star(80)],
    ['chain 40', chain(40)],
  ];

  for (const [name, graph] of samples) {
    it(`draws ${name} without overlaps and without lines through foreign boxes`, () => {
      const picture = layoutGraph(graph);
      assert.deepEqual(faults(picture), []);
      assert.equal(picture.boxes.length, graph.nodes.length);
      assert.equal(picture.lines.length, new Set(graph.edges.map(({ from, to }) => `${from} ${to}`)).size);
    });
  }

  it('is what the page draws', () => {
    const picture: GraphPicture = layoutGraph(graphFrom(serve), { root: 'serve' });
    assert.equal(picture.root, 'serve');
  });

  it('gives the same picture whatever the order of nodes and edges', () => {
    for (const graph of [graphOf(tangled), generated(100, 'deep'), generated(90, 'flat')]) {
      const expected = layoutGraph(graph);
      for (let seed = 1; seed <= 4; seed++) {
        const random = randomNumbers(seed);
        const other = {
          ...graph,
          nodes: shuffled(graph.nodes, random),
          edges: shuffled(graph.edges, random),
        };
        assert.deepEqual(layoutGraph(other), expected);
      }
    }
  });

  it('puts dependencies left of their dependents where nothing is cyclic', () => {
    for (const graph of [graphFrom(serve), generated(60, 'flat')]) {
      const picture = layoutGraph(graph);
      const boxes = new Map(picture.boxes.map((box) => [box.id, box]));
      for (const { from, to } of picture.lines) {
        const own = new Set(around(from, boxes));
        if (around(to, boxes).some((id) => own.has(id))) continue;
        assert.ok((boxes.get(to)?.x ?? 0) < (boxes.get(from)?.x ?? 0), `${from} -> ${to}`);
      }
    }
  });

  it('keeps a shape that suits a screen', () => {
    const shapes = [
      generated(100, 'deep'),
      generated(300, 'deep'),
      generated(100, 'shallow'),
      generated(300, 'flat'),
      star(200),
      chain(60),
    ];
    for (const graph of shapes) {
      const { width, height } = layoutGraph(graph);
      assert.ok(width / height > 1 / 3 && width / height < 3, `${width} × ${height}`);
    }
  });

  it('moves nothing inside a module when another one changes', () => {
    const before = layoutGraph(generated(72, 'deep'));
    const graph = generated(72, 'deep');
    const gone = 'module.s0.module.m0.t_block.n1';
    const after = layoutGraph({
      ...graph,
      nodes: graph.nodes.filter(({ id }) => id !== gone),
      edges: graph.edges.filter(({ from, to }) => from !== gone && to !== gone),
    });
    const inside = (picture: GraphPicture): string[] => {
      const frame = picture.boxes.find(({ id }) => id === 'module.s0.module.m5');
      return picture.boxes
        .filter(({ parent }) => parent === frame?.id)
        .map(({ id, x, y }) => `${id} ${x - (frame?.x ?? 0)} ${y - (frame?.y ?? 0)}`);
    };
    assert.deepEqual(inside(after), inside(before));
  });

  it('marks what is cyclic, repeated or planned', () => {
    const graph = { ...graphFrom(serve), cycles: [['terraform_data.subnet', 'terraform_data.vpc']] };
    const picture = layoutGraph(graph, { actions: new Map([['terraform_data.vpc', 'replace']]) });
    const marked = picture.boxes.filter((box) => box.cyclic === true || box.repeated !== undefined);
    assert.deepEqual(
      marked.map(({ id, cyclic, repeated, action }) => [id, cyclic, repeated, action]),
      [
        ['terraform_data.gpu_node', undefined, 'count', undefined],
        ['terraform_data.subnet', true, undefined, undefined],
        ['terraform_data.vpc', true, undefined, 'replace'],
        ['module.serve.terraform_data.replica', undefined, 'for_each', undefined],
      ],
    );
    const cyclic = picture.lines
      .filter((line) => line.cyclic === true)
      .map(({ from, to }) => `${from} ${to}`);
    assert.deepEqual(cyclic, ['terraform_data.subnet terraform_data.vpc']);
  });

  it('draws one line where two edges join the same blocks, explicit only if both are', () => {
    const graph = graphOf('x.a -> x.b\nx.a => x.b\nx.c => x.b');
    assert.deepEqual(edgeTexts(graph).length, 3);
    const kinds = layoutGraph(graph).lines.map(({ from, kind }) => `${from} ${kind}`);
    assert.deepEqual(kinds, ['x.a implicit', 'x.c explicit']);
  });

  it('survives nodes in modules that are not there and edges to nothing', () => {
    const graph = graphOf('x.a -> x.b');
    const nodes = graph.nodes.map((node) => ({ ...node, module: 'module.gone' }));
    const edges = [...graph.edges, { from: 'x.a', to: 'x.nowhere', kind: 'implicit' as const, via: [] }];
    assert.deepEqual(faults(layoutGraph({ ...graph, nodes, edges })), []);
    assert.deepEqual(layoutGraph({ ...graph, nodes: [], edges }).boxes, []);
  });
});

/** One block that all others depend on. */
function star(count: number): DependencyGraph {
  return graphOf(Array.from({ length: count }, (_, index) => `x.n${index} -> x.hub`).join('\n'));
}

function chain(count: number): DependencyGraph {
  return graphOf(Array.from({ length: count }, (_, index) => `x.n${index + 1} -> x.n${index}`).join('\n'));
}
