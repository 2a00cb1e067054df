import assert from 'node:assert/strict';
import type { CtyType } from '../../server/cty/type';
import { typeToString } from '../../server/cty/type';
import { readTypeConstraint } from '../../server/cty/typeConstraint';
import { unify } from '../../server/cty/unify';
import { parseExpression } from './evaluateText';

/** Types, what they have in common by safe conversions, and what by unsafe ones where that differs. */
const cases: readonly (readonly [readonly string[], string, string?])[] = [
  [['string'], 'string'],
  [['string', 'number'], 'string'],
  [['bool', 'string', 'number'], 'string'],
  [['number', 'bool'], 'none'],
  [['string', 'any'], 'any', 'string'],
  [['any', 'any'], 'any'],
  [['list(string)', 'any'], 'any'],
  [['object({ a = string })', 'any'], 'any'],
  [['list(string)', 'list(number)'], 'list(string)'],
  [['list(bool)', 'list(number)'], 'none'],
  [['set(string)', 'set(number)'], 'set(string)'],
  [['map(string)', 'map(bool)'], 'map(string)'],
  [['list(number)', 'tuple([string])'], 'list(string)'],
  [['map(number)', 'object({ a = string })'], 'map(string)'],
  [['tuple([string])', 'tuple([number])'], 'tuple([string])'],
  [['tuple([string])', 'tuple([number, bool])'], 'list(string)'],
  [['tuple([])', 'tuple([list(string)])'], 'list(list(string))'],
  [['tuple([number])', 'tuple([bool, string])'], 'list(string)'],
  [['tuple([number])', 'tuple([list(string)])'], 'none'],
  [['object({ a = string })', 'object({ a = number })'], 'object({ a = string })'],
  [['object({ a = string })', 'object({ b = number })'], 'map(string)'],
  [['object({ a = string })', 'object({})'], 'map(string)'],
  [['object({ a = bool })', 'object({ b = number })'], 'none'],
  [['object({ a = string })', 'tuple([string])'], 'none'],
  [['set(string)', 'list(string)'], 'list(string)'],
  [['set(string)', 'tuple([number])'], 'set(string)'],
  [['list(string)', 'map(string)'], 'none'],
  [['string', 'list(string)'], 'none'],
  [['list(list(number))', 'list(list(string))'], 'list(list(string))'],
  [
    ['object({ a = tuple([number]) })', 'object({ a = tuple([string, bool]) })'],
    'object({ a = list(string) })',
  ],
];

function typeOf(text: string): CtyType {
  return readTypeConstraint(parseExpression(text)).type;
}

function common(types: readonly string[], safety: 'safe' | 'unsafe'): string {
  const type = unify(types.map(typeOf), safety);
  return type === undefined ? 'none' : typeToString(type);
}

describe('unify', () => {
  for (const [types, safe, unsafe = safe] of cases) {
    it(`${types.join(' and ')}: ${safe}${unsafe === safe ? '' : `, or ${unsafe}`}`, () => {
      assert.equal(common(types, 'safe'), safe);
      assert.equal(common(types, 'unsafe'), unsafe);
    });
  }

  it('finds nothing where there are no types', () => {
    assert.equal(unify([]), undefined);
  });
});
