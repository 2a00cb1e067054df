import assert from 'node:assert/strict';
import { setValue } from '../../server/cty/set';
import { nullValue, sensitive, stringValue, unknownValue, withMarks } from '../../server/cty/value';
import { summary, valueOf } from './evaluateText';

/** As `terraform console` orders the members. */
const orders: readonly (readonly [string, string])[] = [
  ['toset([])', 'toset([])'],
  ['toset(["b", "a", "B", "á", "a"])', 'toset([ "B", "a", "b", "á", ])'],
  ['toset(["\\U0001F600", "\\uFFEE"])', 'toset([ "￮", "😀", ])'],
  ['toset([10, 9, 1.5, -3, 9.0])', 'toset([ -3, 1.5, 9, 10, ])'],
  ['toset([true, false, true])', 'toset([ false, true, ])'],
  ['toset([null, "b", null, "a"])', 'toset([ "a", "b", tostring(null), ])'],
  ['toset([[2], [10], [1]])', 'toset([ [ 10, ], [ 1, ], [ 2, ], ])'],
  ['toset([{ a = "x" }, { a = "\\n" }, { a = "x" }])', 'toset([ { "a" = <<-EOT EOT }, { "a" = "x" }, ])'],
  ['toset([["b"], ["a", "c"]])', 'toset([ tolist([ "a", "c", ]), tolist([ "b", ]), ])'],
  ['toset([tomap({ b = 1 }), tomap({ a = 2 })])', 'toset([ tomap({ "a" = 2 }), tomap({ "b" = 1 }), ])'],
];

describe('a set', () => {
  for (const [text, expected] of orders) {
    it(`${text} is ${expected}`, () => {
      assert.equal(summary(valueOf(text)), expected);
    });
  }

  it('keeps unknown members apart, before null and after all others', () => {
    const unknown = unknownValue('string');
    const set = setValue('string', [nullValue('string'), unknown, stringValue('x'), unknown]);
    assert.equal(summary(set), 'toset([ "x", (known after apply), (known after apply), tostring(null), ])');
  });

  it('takes the marks of its members', () => {
    const set = setValue('string', [withMarks(stringValue('x'), sensitive), stringValue('x')]);
    assert.equal(summary(set), 'toset([ "x", ]) sensitive');
  });
});
