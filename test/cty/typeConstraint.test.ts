import assert from 'node:assert/strict';
import { convert } from '../../server/cty/convert';
import { typeToString } from '../../server/cty/type';
import { readTypeConstraint } from '../../server/cty/typeConstraint';
import { applyDefaults } from '../../server/cty/typeDefaults';
import { drawErrors, parseExpression, summary, valueOf } from './evaluateText';

const types: readonly (readonly [string, string])[] = [
  ['string', 'string'],
  ['any', 'any'],
  ['list', 'list(any)'],
  ['map(any)', 'map(any)'],
  ['set(tuple([number, bool]))', 'set(tuple([number, bool]))'],
  ['object({})', 'object({})'],
  [
    'object({ a = string, b = optional(list(string)) })',
    'object({ a = string, b = optional(list(string)) })',
  ],
  ['object({ a = optional(any, 1), __proto__ = bool })', 'object({ a = optional(any), __proto__ = bool })'],
];

const mistakes: readonly (readonly [string, ...string[]])[] = [
  [
    'strin',
    '^^^^^ invalid-type: There is no type strin. Use string, number, bool, any, list, set, map, object or tuple.',
  ],
  [
    '"string"',
    '^^^^^^^^ invalid-type: This is no type. A type is string, number, bool or any, or made with list, set, map, object or tuple, as in list(string).',
  ],
  ['object', '^^^^^^ invalid-type: object needs its attributes, as in object({ name = string }).'],
  ['list()', '^^^^^^ invalid-type: list takes exactly one type in its parentheses, as in list(string).'],
  [
    'map(string, number)',
    '            ^^^^^^ invalid-type: map takes exactly one type in its parentheses, as in map(string).',
  ],
  ['string()', '^^^^^^ invalid-type: string takes nothing in parentheses. Remove them.'],
  ['lst(string)', '^^^ invalid-type: There is no type lst. Use list, set, map, object or tuple.'],
  [
    'list(optional(string))',
    '     ^^^^^^^^ invalid-type: Only an attribute of an object can be optional. Remove optional here.',
  ],
  [
    'object([string])',
    '       ^^^^^^^^ invalid-type: object takes its attributes in braces, as in object({ name = string }).',
  ],
  [
    'tuple(string)',
    '      ^^^^^^ invalid-type: tuple takes its types in brackets, as in tuple([string, number]).',
  ],
  [
    'object({ "a" = string })',
    '         ^^^ invalid-type: The name of an attribute must be a plain name without quotes.',
  ],
  [
    'object({ a = string, a = bool })',
    '                     ^ invalid-type: The attribute a is already there. Remove one of the two.',
  ],
  [
    'object({ a = optional(number, "x") })',
    "                              ^^^ invalid-default: This default does not have the attribute's type: a number is required.",
  ],
  [
    'object({ a = optional(string, var.x) })',
    '                              ^^^^^ unknown-variable: There is no value with the name var here. Write quotes around it if a string is meant.',
  ],
  [
    'object({ a = optional(string, "x", 1) })',
    '                                   ^ invalid-type: optional takes a type, and after it a default if there is one, as in optional(string, "none").',
  ],
];

const server =
  'object({ name = optional(string, "x"), disk = optional(object({ size = optional(number, 10), kind = string }), { kind = "ssd" }) })';

/** A type, a value, and the value with the type's defaults, converted. */
const defaults: readonly (readonly [string, string, string])[] = [
  [server, '{}', '{ "disk" = { "kind" = "ssd" "size" = 10 } "name" = "x" }'],
  [server, '{ name = null }', '{ "disk" = { "kind" = "ssd" "size" = 10 } "name" = "x" }'],
  [server, '{ disk = { kind = "hdd" } }', '{ "disk" = { "kind" = "hdd" "size" = 10 } "name" = "x" }'],
  [
    server,
    '{ disk = { kind = "hdd", size = "3" }, name = 1 }',
    '{ "disk" = { "kind" = "hdd" "size" = 3 } "name" = "1" }',
  ],
  [server, 'null', 'null /* object */'],
  ['object({ a = optional(string) })', '{}', '{ "a" = tostring(null) }'],
  ['list(object({ a = optional(number, 1) }))', '[{}, { a = 2 }]', 'tolist([ { "a" = 1 }, { "a" = 2 }, ])'],
  ['set(object({ a = optional(number, 1) }))', '[{}, { a = 1 }]', 'toset([ { "a" = 1 }, ])'],
  [
    'map(object({ a = optional(number, 1), b = optional(bool) }))',
    '{ x = {}, y = { b = true } }',
    'tomap({ "x" = { "a" = 1 "b" = tobool(null) } "y" = { "a" = 1 "b" = true } })',
  ],
  ['tuple([string, object({ a = optional(number, 1) })])', '[1, {}]', '[ "1", { "a" = 1 }, ]'],
  [
    'object({ a = optional(map(object({ b = optional(string, "d") })), { k = {} }) })',
    '{}',
    '{ "a" = tomap({ "k" = { "b" = "d" } }) }',
  ],
  ['object({ a = optional(list(string), []) })', '{ a = sensitive(null) }', '{ "a" = tolist([]) }'],
];

describe('a type constraint', () => {
  for (const [text, expected] of types) {
    it(`${text} is read as ${expected}`, () => {
      const { type, errors } = readTypeConstraint(parseExpression(text));
      assert.deepEqual(errors, []);
      assert.equal(typeToString(type), expected);
    });
  }

  for (const [text, ...errors] of mistakes) {
    it(`says what is wrong with ${text}`, () => {
      const constraint = readTypeConstraint(parseExpression(text));
      assert.deepEqual(drawErrors(text, constraint), errors);
    });
  }

  for (const [text, value, expected] of defaults) {
    it(`${value} for ${text} becomes ${expected}`, () => {
      const constraint = readTypeConstraint(parseExpression(text));
      const given = applyDefaults(valueOf(value), constraint.defaults);
      assert.equal(summary(convert(given, constraint.type)), expected);
    });
  }
});
