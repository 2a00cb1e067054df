import assert from 'node:assert/strict';
import { formatValue } from '../../server/cty/format';
import { typeText } from '../../server/cty/typeText';
import { ephemeral, sensitive, stringValue, unknownValue, withMarks } from '../../server/cty/value';
import { valueOf } from './evaluateText';

/** As `terraform console` prints them. */
const printed: readonly (readonly [string, string])[] = [
  ['1.50', '1.5'],
  ['-0', '-0'],
  ['1 / 0', '+Inf'],
  ['true', 'true'],
  ['null', 'null'],
  ['"a\\"b\\\\c\\t${"$"}{x}"', '"a\\"b\\\\c\\t${x}"'],
  ['"\\u0007\\u200b日"', '"\\a\\u200b日"'],
  ['"a\\nb"', '<<EOT\na\nb\nEOT'],
  ['"EOT\\n EOT_ "', '<<EOT__\nEOT\n EOT_ \nEOT__'],
  ['{ a = "x\\ny" }', '{\n  "a" = <<-EOT\n  x\n  y\n  EOT\n}'],
  ['[]', '[]'],
  ['{}', '{}'],
  ['tolist([])', 'tolist([])'],
  ['tomap({ b = [1] })', 'tomap({\n  "b" = [\n    1,\n  ]\n})'],
  ['toset(["b", "a"])', 'toset([\n  "a",\n  "b",\n])'],
  ['tostring(null)', 'tostring(null)'],
  ['true ? null : tolist([1])', 'tolist(null) /* of number */'],
  ['true ? null : { a = 1 }', 'null /* object */'],
  ['true ? null : [1]', 'null /* tuple */'],
];

const types: readonly (readonly [string, string])[] = [
  ['1', 'number'],
  ['null', 'dynamic'],
  ['{}', 'object({})'],
  ['[]', 'tuple([])'],
  ['{ b = [1], a = "x" }', 'object({\n    a: string,\n    b: tuple([\n        number,\n    ]),\n})'],
  ['tolist(["a"])', 'list(string)'],
  ['tolist([tolist(["a"])])', 'list(list(string))'],
  ['tomap({ a = { b = 1 } })', 'map(\n    object({\n        b: number,\n    }),\n)'],
];

describe('formatValue', () => {
  for (const [text, expected] of printed) {
    it(`prints ${text}`, () => {
      assert.equal(formatValue(valueOf(text)), expected);
    });
  }

  it('shows nothing of what is sensitive, ephemeral or unknown', () => {
    const secret = stringValue('secret');
    assert.equal(formatValue(withMarks(secret, sensitive)), '(sensitive value)');
    assert.equal(formatValue(withMarks(secret, ephemeral)), '(ephemeral value)');
    assert.equal(formatValue(withMarks(secret, sensitive | ephemeral)), '(sensitive value)');
    assert.equal(formatValue(withMarks(unknownValue('string'), sensitive)), '(known after apply)');
    assert.equal(formatValue(valueOf('[sensitive("x")]')), '[\n  (sensitive value),\n]');
  });
});

describe('typeText', () => {
  for (const [text, expected] of types) {
    it(`prints the type of ${text}`, () => {
      assert.equal(typeText(valueOf(text)), expected);
    });
  }
});
