import assert from 'node:assert/strict';
import { hasChanges, PlanFormatError, toPlanModel } from '../../server/operations/planModel';
import { emptyRedactor } from '../../server/operations/redact';
import { planModelOf } from './transcripts';

describe('planModel', () => {
  it('puts what destroys first and counts by what happens', () => {
    const model = planModelOf('show-plan-update-replace');
    assert.deepEqual(
      model.changes.map((change) => `${change.action} ${change.address}`),
      [
        'replace terraform_data.vpc',
        'update terraform_data.gpu_node[0]',
        'update terraform_data.gpu_node[1]',
        'update terraform_data.secret',
        'update terraform_data.subnet',
        'update module.serve.terraform_data.lb',
        'create terraform_data.gpu_node[2]',
      ],
    );
    const { create, update, replace } = model.summary;
    assert.deepEqual({ create, update, replace }, { create: 1, update: 5, replace: 1 });
    assert.deepEqual(
      model.outputs.map((output) => output.name),
      ['token'],
    );
  });

  it('counts what terraform leaves out', () => {
    const model = planModelOf('show-plan-removed-forget');
    assert.equal(model.summary.forget, 1);
    assert.equal(model.changes[0]?.reason, 'delete_because_no_resource_config');
    assert.ok(hasChanges(model));
  });

  it('marks the attribute that forces a replacement', () => {
    const change = planModelOf('show-plan-count-shrinks').changes.find((one) => one.action === 'replace');
    const forcing = change?.attributes.filter((one) => one.forcesReplacement);
    assert.deepEqual(
      forcing?.map((one) => one.path),
      [['triggers_replace']],
    );
  });

  it('knows whether a plan can be applied, and whether it is the whole of it', () => {
    const facts = (name: string): readonly boolean[] => {
      const { applyable, complete, errored } = planModelOf(name);
      return [applyable, complete, errored];
    };
    assert.deepEqual(facts('show-plan-create'), [true, true, false]);
    assert.deepEqual(facts('show-plan-target'), [true, false, false]);
    assert.deepEqual(facts('show-plan-errored'), [false, false, true]);
    assert.deepEqual(facts('show-plan-prevent-destroy'), [false, false, true]);
  });

  it('reads moves, imports, deposed objects and words of newer versions', () => {
    const change = (actions: readonly string[], more: object = {}): object => ({
      mode: 'managed',
      type: 't',
      name: 'n',
      change: { actions, before: {}, after: {} },
      ...more,
    });
    const model = toPlanModel(
      {
        format_version: '1.2',
        resource_changes: [
          change(['no-op'], { address: 't.same' }),
          change(['no-op'], { address: 't.new', previous_address: 't.old' }),
          { ...change([]), address: 't.i', change: { actions: ['no-op'], importing: { id: 'i-1' } } },
          change(['delete'], { address: 't.n', deposed: 'abc' }),
          change(['create', 'delete'], { address: 't.n' }),
          change(['create', 'forget'], { address: 't.f' }),
          change(['frobnicate'], { address: 't.x' }),
        ],
      },
      emptyRedactor(),
    );
    assert.deepEqual(
      model.changes.map((one) => [
        one.address,
        one.action,
        one.deposed ?? one.previousAddress ?? one.importing,
      ]),
      [
        ['t.n', 'delete', 'abc'],
        ['t.f', 'replace', undefined],
        ['t.n', 'replace', undefined],
        ['t.x', 'other', undefined],
        ['t.i', 'none', 'i-1'],
        ['t.new', 'none', 't.old'],
      ],
    );
    assert.equal(model.changes[2]?.createBeforeDestroy, true);
    assert.deepEqual([model.summary.import, model.summary.move], [1, 1]);
    assert.equal(model.applyable, true, 'a terraform that does not say');
  });

  it('refuses a format it does not know', () => {
    assert.throws(() => toPlanModel({ format_version: '2.0' }, emptyRedactor()), PlanFormatError);
    assert.throws(() => toPlanModel(undefined, emptyRedactor()), PlanFormatError);
  });
});
