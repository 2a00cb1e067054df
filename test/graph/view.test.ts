import assert from 'node:assert/strict';
import { focusGraph } from '../../server/graph/view';
import { graphFrom, serve } from './configuration';

const ids = (graph: ReturnType<typeof focusGraph>): string[] | undefined =>
  graph?.nodes.map((node) => node.id);

describe('views of a graph', () => {
  it('focuses on a block and what is near it in both directions', () => {
    const graph = graphFrom(serve);
    assert.deepEqual(ids(focusGraph(graph, 'terraform_data.subnet', 1)), [
      'terraform_data.gpu_node',
      'terraform_data.subnet',
      'terraform_data.vpc',
    ]);
    assert.deepEqual(ids(focusGraph(graph, 'terraform_data.vpc', 3)), [
      'module.serve',
      'module.serve.terraform_data.lb',
      'terraform_data.gpu_node',
      'terraform_data.secret',
      'terraform_data.subnet',
      'terraform_data.vpc',
    ]);
    assert.deepEqual(ids(focusGraph(graph, 'terraform_data.vpc', 0)), ['terraform_data.vpc']);
    assert.equal(focusGraph(graph, 'terraform_data.nope', 1), undefined);
  });

  it('focuses on a module with everything inside', () => {
    assert.deepEqual(ids(focusGraph(graphFrom(serve), 'module.serve', 1)), [
      'module.serve',
      'module.serve.terraform_data.lb',
      'module.serve.terraform_data.replica',
      'terraform_data.gpu_node',
    ]);
  });
});
