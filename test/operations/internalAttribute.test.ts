import assert from 'node:assert/strict';
import { internalAttribute, withoutInternal } from '../../server/operations/internalAttribute';
import { toPlanModel } from '../../server/operations/planModel';
import { emptyRedactor } from '../../server/operations/redact';
import { redactEvent } from '../../server/operations/redactEvents';
import { renderPlan } from '../../server/operations/renderPlan';
import { markerAttribute } from '../../server/sandbox/scenarioMarker';
import { shownPlan } from './transcripts';

const marker = { [internalAttribute]: 'data.aws_ami.gpu' };

describe('internalAttribute', () => {
  it('is the one that the sandbox writes', () => {
    assert.equal(internalAttribute, markerAttribute);
  });

  it('goes from wherever it stands, and nothing else does', () => {
    assert.deepEqual(withoutInternal({ a: [{ ...marker, b: 1 }, null], c: { d: marker } }), {
      a: [{ b: 1 }, null],
      c: { d: {} },
    });
    const plan = shownPlan('show-plan-update-replace');
    assert.equal(withoutInternal(plan), plan, 'no copy is made where there is nothing to drop');
  });

  it('is in no plan that a person reviews', () => {
    const change = (actions: readonly string[], before: unknown, after: unknown): object => ({
      actions,
      before,
      after,
      after_unknown: { id: true, [internalAttribute]: true },
    });
    const model = toPlanModel(
      {
        format_version: '1.2',
        resource_changes: [
          {
            address: 'data.aws_ami.gpu',
            mode: 'data',
            change: change(['read'], null, { ...marker, most_recent: true }),
          },
          {
            address: 'aws_instance.a',
            mode: 'managed',
            change: change(['update'], { ...marker, type: 'a' }, { [internalAttribute]: 'b', type: 'b' }),
          },
          {
            address: 'aws_instance.b',
            mode: 'managed',
            change: change(['delete'], { ...marker, type: 'a' }, null),
          },
        ],
        output_changes: { image: change(['create'], null, { ...marker, most_recent: true }) },
      },
      emptyRedactor(),
    );
    assert.doesNotMatch(JSON.stringify(model), /terratrain_address/);
    const text = renderPlan(model, { colour: false, width: 100 }, 'sandbox');
    assert.doesNotMatch(text, /terratrain_address/);
    assert.match(text, /image\.most_recent +true/);
    assert.match(text, /type +"a" -> "b"/);
  });

  it('is in no output that a person is shown', () => {
    const event = redactEvent(
      {
        type: 'outputs',
        level: 'info',
        message: '',
        timestamp: '',
        outputs: { image: { sensitive: false, value: { ...marker, id: 'ami-1' } } },
      },
      emptyRedactor(),
    );
    assert.ok(event.type === 'outputs');
    assert.deepEqual(event.outputs.image?.value, { id: 'ami-1' });
  });
});
