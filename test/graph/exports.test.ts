import assert from 'node:assert/strict';
import { exportGraph } from '../../server/graph/exports';
import { graphFrom, serve } from './configuration';
import { graphOf } from './sampleGraphs';

describe('graph exports', () => {
  it('writes the documented JSON', () => {
    const document = JSON.parse(exportGraph(graphFrom(serve), 'json')) as {
      nodes: Record<string, unknown>[];
      edges: Record<string, unknown>[];
      cycles: unknown[];
    };
    assert.deepEqual(Object.keys(document), ['nodes', 'edges', 'cycles']);
    assert.deepEqual(
      document.nodes.find(({ id }) => id === 'terraform_data.gpu_node'),
      {
        id: 'terraform_data.gpu_node',
        kind: 'resource',
        module: '',
        file: 'main.tf',
        range: { start: { line: 16, character: 0 }, end: { line: 20, character: 1 } },
        repeated: 'count',
      },
    );
    assert.deepEqual(document.edges.at(-1), {
      from: 'terraform_data.subnet',
      to: 'terraform_data.vpc',
      kind: 'implicit',
      via: [
        {
          text: 'terraform_data.vpc.output',
          file: 'main.tf',
          range: { start: { line: 11, character: 19 }, end: { line: 11, character: 44 } },
        },
      ],
    });
  });

  it('writes DOT with modules as clusters, edges to them cut at the border', () => {
    const dot = exportGraph(graphOf('x.a -> module.m.x.b\nx.c => module.m'), 'dot');
    assert.match(dot, /subgraph "cluster_module\.m" \{\n {4}label = "module\.m";/);
    assert.match(dot, /"x\.a" -> "module\.m\.x\.b";/);
    assert.match(dot, /"x\.c" -> "module\.m\.x\.b" \[style = dashed, lhead = "cluster_module\.m"\];/);
  });

  it('writes Mermaid with subgraphs and dotted explicit edges', () => {
    assert.equal(
      exportGraph(graphOf('x.a => module.m.x.b'), 'mermaid'),
      [
        'flowchart RL',
        '  n0["a<br/>x"]',
        '  subgraph n1["module.m"]',
        '    n2["b<br/>x"]',
        '  end',
        '  n0 -.-> n2',
        '',
      ].join('\n'),
    );
  });

  it('writes an SVG and a page that load nothing and hold every block', () => {
    const graph = graphFrom(serve);
    for (const format of ['svg', 'html'] as const) {
      const text = exportGraph(graph, format);
      for (const { id } of graph.nodes) assert.ok(text.includes(`data-id="${id}"`), `${format} ${id}`);
      assert.doesNotMatch(
        text.replace('http://www.w3.org/2000/svg', ''),
        /https?:|\bsrc=|\bhref=|@import|url\(/,
      );
    }
  });

  it('escapes what is written in drawings', () => {
    const graph = graphOf('x.a');
    const nodes = graph.nodes.map((node) => ({ ...node, name: '<b>"&' }));
    for (const format of ['svg', 'html'] as const) {
      assert.ok(exportGraph({ ...graph, nodes }, format).includes('&lt;b&gt;&quot;&amp;'));
    }
  });
});
