import assert from 'node:assert/strict';
import { ConversionError, canConvert, convert, pathText, unifyValues } from '../../server/cty/convert';
import { sameValue } from '../../server/cty/equality';
import type { CtyType } from '../../server/cty/type';
import { typeToString } from '../../server/cty/type';
import { readTypeConstraint } from '../../server/cty/typeConstraint';
import type { Value } from '../../server/cty/value';
import { sensitive, stringValue, tupleValue, unknownValue, withMarks } from '../../server/cty/value';
import { parseExpression, summary, valueOf } from './evaluateText';

function typeOf(text: string): CtyType {
  const { type, errors } = readTypeConstraint(parseExpression(text));
  assert.deepEqual(errors, []);
  return type;
}

/** A value, a type, and what becomes of it; or where and why it does not convert. */
const conversions: readonly (readonly [string, string, string])[] = [
  ['1', 'string', '"1"'],
  ['1.50', 'string', '"1.5"'],
  ['true', 'string', '"true"'],
  ['"12"', 'number', '12'],
  ['"x"', 'number', '! a number is required'],
  ['"true"', 'bool', 'true'],
  ['"0"', 'bool', 'false'],
  ['"True"', 'bool', '! a bool is required; to convert from string, use lowercase "true"'],
  ['"yes"', 'bool', '! a bool is required'],
  ['1', 'bool', '! bool required'],
  ['true', 'number', '! number required'],
  ['[]', 'string', '! string required'],
  ['null', 'string', 'tostring(null)'],
  ['null', 'list(string)', 'tolist(null) /* of string */'],
  ['[1, "x", true]', 'list(string)', 'tolist([ "1", "x", "true", ])'],
  ['[1, "x"]', 'list(any)', 'tolist([ "1", "x", ])'],
  ['["1", "x"]', 'list(number)', '! [1]: a number is required'],
  ['[1, []]', 'list(any)', '! all list elements must have the same type'],
  ['[1, []]', 'list(string)', '! element 1: string required'],
  ['["b", "a", "b"]', 'set(string)', 'toset([ "a", "b", ])'],
  ['toset(["b", "a"])', 'list(string)', 'tolist([ "a", "b", ])'],
  ['tolist(["b", "a", "b"])', 'set(string)', 'toset([ "a", "b", ])'],
  ['toset([10, 9, "10"])', 'set(number)', 'toset([ 9, 10, ])'],
  ['{ a = 1, b = "x" }', 'map(string)', 'tomap({ "a" = "1" "b" = "x" })'],
  ['{ a = 1, b = [] }', 'map(string)', '! element "b": string required'],
  ['{ a = 1, b = [] }', 'map(any)', '! all map elements must have the same type'],
  ['[1]', 'map(number)', '! map of number required'],
  ['{}', 'list(any)', '! list of any single type required'],
  ['tomap({ a = "1" })', 'object({ a = number })', '{ "a" = 1 }'],
  ['tomap({ a = "1" })', 'object({ b = string })', '! map has no element for required attribute "b"'],
  [
    'tomap({ a = "1" })',
    'object({ a = string, b = optional(string) })',
    '{ "a" = "1" "b" = tostring(null) }',
  ],
  ['tomap({ a = "x" })', 'object({ a = number })', '! ["a"]: a number is required'],
  [
    'tomap({ a = "x" })',
    'object({ a = string, b = optional(list(string)) })',
    '{ "a" = "x" "b" = tolist(null) /* of string */ }',
  ],
  [
    'tomap({ b = "x" })',
    'object({ b = optional(list(string)) })',
    '! map element type is incompatible with attribute "b": list of string required',
  ],
  ['{ a = "x", more = 1 }', 'object({ a = string })', '{ "a" = "x" }'],
  ['{ a = "x" }', 'object({ a = string, b = string })', '! attribute "b" is required'],
  ['{}', 'object({ a = string, b = string })', '! attributes "a" and "b" are required'],
  ['{}', 'object({ a = any, b = any, c = any })', '! attributes "a", "b", and "c" are required'],
  ['{ a = [1] }', 'object({ a = string })', '! attribute "a": string required'],
  [
    '{ a = { b = ["x"] } }',
    'object({ a = object({ b = list(number) }) })',
    '! .a.b[0]: a number is required',
  ],
  ['[1, 2]', 'tuple([string, number])', '[ "1", 2, ]'],
  ['[1]', 'tuple([string, number])', '! tuple required'],
  ['tolist([1])', 'list(list(string))', '! incorrect list element type: list of string required'],
  ['[{ a = 1 }, { b = "x" }]', 'list(any)', 'tolist([ tomap({ "a" = "1" }), tomap({ "b" = "x" }), ])'],
  ['[{ a = 1 }, { a = "x" }]', 'list(any)', 'tolist([ { "a" = "1" }, { "a" = "x" }, ])'],
  ['[[1], ["x", 2]]', 'list(any)', 'tolist([ tolist([ "1", ]), tolist([ "x", "2", ]), ])'],
  ['[]', 'list(any)', 'tolist([])'],
  ['[null, "a"]', 'list(any)', 'tolist([ tostring(null), "a", ])'],
  ['[null]', 'list(string)', 'tolist([ tostring(null), ])'],
  ['{ a = { x = 1 }, b = { x = "y" } }', 'map(any)', 'tomap({ "a" = { "x" = "1" } "b" = { "x" = "y" } })'],
];

describe('convert', () => {
  for (const [text, type, expected] of conversions) {
    it(`${text} to ${type}: ${expected}`, () => {
      assert.equal(outcome(text, typeOf(type)), expected);
    });
  }

  it('gives a value of the type: converting again changes nothing', () => {
    let converted = 0;
    const types = conversions.map(([, type]) => typeOf(type));
    for (const [text] of conversions) {
      const value = valueOf(text);
      for (const type of types) {
        const once = attempt(value, type);
        if (once === undefined) continue;
        converted++;
        const what = `${text} to ${typeToString(type)}`;
        assert.ok(sameValue(convert(once, type), once), what);
        assert.ok(canConvert(value.type, type), `${what} is said to be impossible`);
      }
    }
    assert.ok(converted > 300, `only ${converted.toString()} conversions were possible`);
  });

  it('knows from the types what is impossible', () => {
    assert.ok(canConvert('string', 'number'));
    assert.ok(!canConvert('number', 'bool'));
    assert.ok(canConvert(['map', 'string'], ['object', { a: 'number' }]));
    assert.ok(!canConvert(['tuple', ['string']], ['tuple', []]));
  });

  it('keeps what is unknown unknown, of the wanted type', () => {
    assert.equal(summary(convert(unknownValue('string'), 'number')), 'unknown number');
    assert.equal(summary(convert(unknownValue('dynamic'), ['list', 'string'])), 'unknown list(string)');
    assert.equal(
      summary(convert(unknownValue(['tuple', ['string', 'number']], true), ['list', 'dynamic'])),
      'unknown list(string), not null',
    );
  });

  it('keeps marks where they are, and moves those inside of a set to the set', () => {
    const secret = withMarks(stringValue('7'), sensitive);
    assert.equal(summary(convert(secret, 'number')), '7 sensitive');
    const list = convert(tupleValue([secret, stringValue('8')]), ['list', 'number']);
    assert.equal(list.marks, 0);
    assert.equal(summary(list), 'tolist([ (sensitive value), 8, ])');
    assert.equal(summary(convert(tupleValue([secret]), ['set', 'number'])), 'toset([ 7, ]) sensitive');
  });

  it('unifies values, and waits where a type that matters is not known', () => {
    const unified = unifyValues([valueOf('[1]'), valueOf('["x", true]')], 'unsafe');
    assert.equal(unified && typeToString(unified.type), 'list(string)');
    const waiting = unifyValues([valueOf('{ a = 1 }'), unknownValue('dynamic')], 'unsafe');
    assert.deepEqual(waiting?.values.map(summary), ['unknown any', 'unknown any']);
    assert.equal(unifyValues([valueOf('[1]'), valueOf('{}')], 'unsafe'), undefined);
  });
});

function attempt(value: Value, type: CtyType): Value | undefined {
  try {
    return convert(value, type);
  } catch (error) {
    assert.ok(error instanceof ConversionError, String(error));
    return undefined;
  }
}

function outcome(text: string, type: CtyType): string {
  try {
    return summary(convert(valueOf(text), type));
  } catch (error) {
    assert.ok(error instanceof ConversionError, String(error));
    const place = pathText(error.path);
    return `! ${place === '' ? '' : `${place}: `}${error.message}`;
  }
}
