import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { blockAddress, planActions, withActions } from '../../server/graph/planActions';
import { graphFrom, serve } from './configuration';

const plan: unknown = JSON.parse(
  readFileSync(path.join(__dirname, 'fixtures/show-plan-update-replace.json'), 'utf8'),
);

describe('plan on the graph', () => {
  it('joins the instances of a block, the gravest action first', () => {
    assert.deepEqual(
      [...planActions(plan)],
      [
        ['terraform_data.gpu_node', ['update', 'create']],
        ['terraform_data.secret', ['update']],
        ['terraform_data.subnet', ['update']],
        ['terraform_data.vpc', ['replace']],
        ['module.serve.terraform_data.lb', ['update']],
        ['module.serve.terraform_data.replica', ['none']],
      ],
    );
  });

  it('reads the plan of our own command too', () => {
    const changes = [{ address: 'module.m["a.b[0]"].t.x["k"]', action: 'delete', actions: ['delete'] }];
    assert.deepEqual([...planActions({ changes })], [['module.m.t.x', ['delete']]]);
  });

  it('refuses what is no plan, and takes a plan without changes', () => {
    assert.throws(() => planActions({ nodes: [] }), /no list of resource changes.*terraform show -json/);
    assert.equal(planActions({ format_version: '1.2', terraform_version: '1.11.4' }).size, 0);
  });

  it('takes keys off addresses, whatever is in them', () => {
    assert.equal(
      blockAddress('module.a["x.y"].module.b[2].t.n["q]\\"["].rest'),
      'module.a.module.b.t.n.rest',
    );
  });

  it('paints blocks and rolls up to modules', () => {
    const painted = withActions(graphFrom(serve), planActions(plan));
    const actions = new Map(painted.nodes.map((node) => [node.id, node.actions]));
    assert.deepEqual(actions.get('terraform_data.vpc'), ['replace']);
    assert.deepEqual(actions.get('module.serve'), ['update', 'none']);
  });

  it('adds what the plan destroys and the files no longer have', () => {
    const gone = new Map([
      ['module.serve.terraform_data.old', ['delete'] as const],
      ['module.away.terraform_data.x', ['delete'] as const],
      ['data.terraform_remote_state.s', ['read'] as const],
    ]);
    const added = withActions(graphFrom(serve), gone).nodes.filter((node) => node.kind === 'missing');
    assert.deepEqual(
      added.map(({ id, module, name, place }) => [id, module, name, place]),
      [
        ['module.away.terraform_data.x', '', 'x', undefined],
        ['module.serve.terraform_data.old', 'module.serve', 'old', undefined],
      ],
    );
  });
});
