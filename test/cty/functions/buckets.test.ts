import assert from 'node:assert/strict';
import { Buckets } from '../../../server/cty/functions/buckets';
import {
  listValue,
  unknownValue,
  nullValue,
  numberValue,
  stringValue,
  tupleValue,
} from '../../../server/cty/value';
import type { Value } from '../../../server/cty/value';

describe('Buckets', () => {
  const nested = (depth: number, inner: Value): Value =>
    depth === 0 ? inner : nested(depth - 1, listValue(inner.type, [inner]));

  it('tell apart what differs only deep inside', () => {
    const buckets = new Buckets();
    buckets.add(tupleValue([tupleValue([tupleValue([tupleValue([tupleValue([stringValue('a')])])])])]));
    assert.equal(
      buckets.has(tupleValue([tupleValue([tupleValue([tupleValue([tupleValue([stringValue('b')])])])])])),
      false,
    );
    assert.equal(
      buckets.has(tupleValue([tupleValue([tupleValue([tupleValue([tupleValue([stringValue('a')])])])])])),
      true,
    );
    assert.equal(buckets.has(nested(5, stringValue('a'))), false);
  });

  it('find numbers by their size, and nulls', () => {
    const buckets = new Buckets();
    buckets.add(numberValue(0));
    buckets.add(nullValue('number'));
    assert.equal(buckets.has(numberValue(-0)), true);
    assert.equal(buckets.has(stringValue('0')), false);
    assert.equal(buckets.has(nullValue('string')), true);
  });

  it('refuse to compare what may still be anything', () => {
    const buckets = new Buckets();
    buckets.add(unknownValue('string'));
    assert.throws(() => buckets.has(unknownValue('string')), /cannot compare/);
  });
});
