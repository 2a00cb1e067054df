import assert from 'node:assert/strict';
import { sameValue, valuesEqual } from '../../server/cty/equality';
import type { Value } from '../../server/cty/value';
import { sensitive, tupleValue, unknownValue, withMarks } from '../../server/cty/value';
import { summary, valueOf } from './evaluateText';

const names: Readonly<Record<string, Value>> = {
  unknown_string: unknownValue('string'),
  some_string: unknownValue('string', true),
  anything: unknownValue('dynamic'),
  unknown_list: unknownValue(['list', 'string']),
  secret: withMarks(valueOf('"s"'), sensitive),
};

const cases: readonly (readonly [string, string, string])[] = [
  ['1', '1.0', 'true'],
  ['0', '-0', 'true'],
  ['"1"', '1', 'false'],
  ['"\\u00e9"', '"e\\u0301"', 'true'],
  ['null', 'null', 'true'],
  ['null', 'tostring(null)', 'true'],
  ['null', '""', 'false'],
  ['[]', 'tolist([])', 'false'],
  ['[1]', '[1]', 'true'],
  ['[1]', '[1, 2]', 'false'],
  ['[null]', '[null]', 'true'],
  ['[null]', '[1]', 'false'],
  ['{ a = 1 }', '{ a = 1 }', 'true'],
  ['{ a = 1 }', '{ b = 1 }', 'false'],
  ['toset(["a", "b"])', 'toset(["b", "a"])', 'true'],
  ['toset(["a"])', 'toset(["a", "b"])', 'false'],
  ['tomap({ a = 1 })', 'tomap({ a = 2 })', 'false'],
  ['tomap({ a = 1 })', '{ a = 1 }', 'false'],
  ['unknown_string', '"x"', 'unknown bool, not null'],
  ['unknown_string', 'null', 'unknown bool, not null'],
  ['some_string', 'null', 'false'],
  ['unknown_string', '1', 'false'],
  ['anything', '1', 'unknown bool, not null'],
  ['unknown_string', 'unknown_list', 'unknown bool, not null'],
  ['[unknown_string]', '["x"]', 'unknown bool, not null'],
  ['[unknown_string, 1]', '["x"]', 'false'],
  ['[anything]', '["x"]', 'unknown bool, not null'],
  ['[anything]', '[]', 'false'],
  ['{ a = anything }', '{ b = 1 }', 'false'],
  ['toset([unknown_string])', 'toset(["x"])', 'unknown bool, not null'],
  ['{ a = unknown_string, b = 1 }', '{ a = "x", b = 2 }', 'false'],
  ['secret', '"s"', 'true sensitive'],
  ['[secret]', '["t"]', 'false sensitive'],
  ['[secret]', 'null', 'false'],
];

describe('equality', () => {
  for (const [left, right, expected] of cases) {
    it(`${left} and ${right}: ${expected}`, () => {
      const [a, b] = [valueOf(left, names), valueOf(right, names)];
      assert.equal(summary(valuesEqual(a, b)), expected);
      assert.equal(summary(valuesEqual(b, a)), expected);
    });
  }

  it('of a value with itself is another matter than being the same', () => {
    const unknown = unknownValue('string');
    assert.ok(sameValue(unknown, unknownValue('string')));
    assert.ok(!sameValue(unknown, unknownValue('string', true)));
    assert.ok(!sameValue(valueOf('1'), withMarks(valueOf('1'), sensitive)));
    assert.ok(!sameValue(tupleValue([]), valueOf('tolist([])')));
    for (const [text] of cases) assert.ok(sameValue(valueOf(text, names), valueOf(text, names)), text);
  });
});
