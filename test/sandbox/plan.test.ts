import assert from 'node:assert/strict';
import type { AttributeSchema, BlockSchema, Nesting } from '../../server/providers/schema';
import { fillObject } from '../../server/sandbox/fill';
import type { FillReason } from '../../server/sandbox/fill';
import { planChange } from '../../server/sandbox/plan';
import { UNKNOWN } from '../../server/sandbox/values';
import type { Value, ValueRecord } from '../../server/sandbox/values';

const both = { optional: true, computed: true } as const;
const item: Record<string, AttributeSchema> = {
  name: { type: 'string', optional: true },
  size: { type: 'number', ...both },
  token: { type: 'string', optional: true, writeOnly: true },
};
const nested = (nesting: Nesting): AttributeSchema => ({ nested: { nesting, attributes: item }, ...both });
const block: BlockSchema = {
  attributes: {
    id: { type: 'string', computed: true },
    name: { type: 'string', optional: true },
    zone: { type: 'string', ...both },
    token: { type: 'string', optional: true, writeOnly: true },
    one: nested('single'),
    exported: {
      nested: { nesting: 'single', attributes: { a: { type: 'string', computed: true } } },
      computed: true,
    },
  },
  blocks: {
    part: { nesting: 'set', minItems: 0, maxItems: 0, block: { attributes: item, blocks: {} } },
    step: { nesting: 'list', minItems: 0, maxItems: 0, block: { attributes: item, blocks: {} } },
    keyed: { nesting: 'map', minItems: 0, maxItems: 0, block: { attributes: item, blocks: {} } },
    lone: { nesting: 'single', minItems: 0, maxItems: 0, block: { attributes: item, blocks: {} } },
  },
};
const object = (values: ValueRecord): ValueRecord => ({
  id: null,
  name: null,
  zone: null,
  token: null,
  one: null,
  exported: null,
  part: [],
  step: [],
  keyed: {},
  lone: null,
  ...values,
});
const part = (values: ValueRecord): ValueRecord => ({ name: null, size: null, token: null, ...values });
const plan = (prior: Value, proposed: Value, config: Value, derived: ValueRecord = {}): Value =>
  planChange({ block, prior, proposed, config, derived });

describe('planning', () => {
  it('destroys when nothing is proposed', () => {
    assert.equal(plan(object({ id: 'x' }), null, null), null);
  });

  it('leaves an object alone that nobody changed', () => {
    const stored = object({ id: 'x', name: 'n', zone: 'z' });
    assert.deepEqual(plan(stored, stored, object({ name: 'n' })), stored);
  });

  it('makes unknown exactly what is computed, not configured and not there yet', () => {
    const planned = plan(null, object({ name: 'n' }), object({ name: 'n' })) as ValueRecord;
    assert.deepEqual(
      planned,
      object({ id: UNKNOWN, name: 'n', zone: UNKNOWN, one: UNKNOWN, exported: UNKNOWN }),
    );
  });

  it('keeps computed values when something else changes', () => {
    const proposed = object({ id: 'x', name: 'new', zone: 'z', exported: { a: '1' } });
    const planned = plan(
      object({ id: 'x', name: 'old', zone: 'z' }),
      proposed,
      object({ name: 'new' }),
    ) as ValueRecord;
    assert.deepEqual([planned.id, planned.zone, planned.exported], ['x', 'z', { a: '1' }]);
  });

  it('never plans write-only values, at any depth', () => {
    const secret = { token: 'secret' };
    const config = object({
      ...secret,
      one: part(secret),
      part: [part(secret)],
      keyed: { a: part(secret) },
      lone: part(secret),
    });
    assert.doesNotMatch(JSON.stringify(plan(null, config, config)), /secret/);
    const stored = object({ id: 'x', zone: 'z', one: part({ size: 1 }), exported: { a: 'b' } });
    assert.deepEqual(
      plan(stored, { ...stored, token: 'secret' }, object(secret)),
      stored,
      'a secret alone is no change',
    );
  });

  it('goes through nested blocks of every kind', () => {
    const config = object({
      part: [part({ name: 'a' })],
      step: [part({ size: 2 }), part({})],
      keyed: { k: part({}) },
      lone: part({ name: 'l' }),
      one: part({ name: 'o' }),
    });
    const planned = plan(null, config, config) as ValueRecord;
    assert.deepEqual(planned.part, [part({ name: 'a', size: UNKNOWN })]);
    assert.deepEqual(planned.step, [part({ size: 2 }), part({ size: UNKNOWN })]);
    assert.deepEqual(planned.keyed, { k: part({ size: UNKNOWN }) });
    assert.deepEqual(planned.lone, part({ name: 'l', size: UNKNOWN }));
    assert.deepEqual(planned.one, part({ name: 'o', size: UNKNOWN }));
  });

  it('does not match elements of a set once some came or went', () => {
    const config = object({ part: [part({ size: 5 })] });
    const proposed = object({ part: [part({ size: 5 }), part({ size: null })] });
    const planned = plan(null, proposed, config) as ValueRecord;
    assert.deepEqual(planned.part, [part({ size: 5 }), part({ size: UNKNOWN })]);
  });

  it('does not touch what is unknown itself', () => {
    const config = object({ part: UNKNOWN, step: UNKNOWN, lone: UNKNOWN });
    const planned = plan(null, config, config) as ValueRecord;
    assert.deepEqual([planned.part, planned.step, planned.lone], [UNKNOWN, UNKNOWN, UNKNOWN]);
  });

  it('uses values that follow from others, unless somebody set them', () => {
    assert.equal((plan(null, object({}), object({}), { zone: 'z', name: 'n' }) as ValueRecord).zone, 'z');
    assert.equal(
      (plan(null, object({}), object({}), { name: 'n' }) as ValueRecord).name,
      null,
      'not computed',
    );
    const set = object({ zone: 'mine' });
    assert.equal((plan(null, set, set, { zone: 'z' }) as ValueRecord).zone, 'mine');
  });
});

describe('filling', () => {
  const source = {
    simulated: (name: string) => (name === 'id' ? 'made' : undefined),
    text: (name: string) => `${name}!`,
  };
  const fill = (value: ValueRecord, reason: FillReason): ValueRecord =>
    fillObject(block, value, reason, source);

  it('replaces unknown values and nothing else', () => {
    const planned = object({
      id: UNKNOWN,
      name: null,
      zone: 'kept',
      exported: UNKNOWN,
      step: UNKNOWN,
      keyed: UNKNOWN,
      lone: UNKNOWN,
    });
    assert.deepEqual(fill(planned, 'apply'), object({ id: 'made', zone: 'kept', exported: { a: 'a!' } }));
    assert.deepEqual(fill(object({ part: [part({ size: UNKNOWN })] }), 'apply').part, [part({ size: 0 })]);
  });

  it('does not settle for the person what they could settle', () => {
    assert.equal(fill(object({ one: UNKNOWN }), 'apply').one, null);
  });

  it('completes what is read, and after an import only what cannot be set', () => {
    assert.deepEqual([fill(object({}), 'read').zone, fill(object({}), 'import').zone], ['zone!', null]);
    assert.deepEqual([fill(object({}), 'import').id, fill(object({}), 'apply').id], ['made', null]);
    assert.equal(fill(object({ token: UNKNOWN }), 'read').token, null);
  });

  it('fills each type with a value of that type', () => {
    const types: Record<string, AttributeSchema> = {
      b: { type: 'bool', computed: true },
      n: { type: 'number', computed: true },
      l: { type: ['list', 'string'], computed: true },
      s: { type: ['set', ['object', { x: 'bool' }]], computed: true },
      m: { type: ['map', 'number'], computed: true },
      t: { type: ['tuple', ['number', 'bool']], computed: true },
      o: { type: ['object', { x: 'bool', y: ['list', 'string'] }], computed: true },
    };
    const unknown = Object.fromEntries(Object.keys(types).map((name): [string, Value] => [name, UNKNOWN]));
    assert.deepEqual(fillObject({ attributes: types, blocks: {} }, unknown, 'apply', source), {
      b: false,
      n: 0,
      l: [],
      s: [],
      m: {},
      t: [0, false],
      o: { x: false, y: [] },
    });
  });

  it('replaces unknown elements inside known collections', () => {
    const labels: BlockSchema = {
      attributes: { m: { type: ['map', 'string'], computed: true } },
      blocks: {},
    };
    assert.deepEqual(fillObject(labels, { m: { a: 'x', b: UNKNOWN } }, 'apply', source), {
      m: { a: 'x', b: 'b!' },
    });
  });
});
