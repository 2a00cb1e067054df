import assert from 'node:assert/strict';
import { freeVariables } from '../../server/cty/freeVariables';
import { parseExpression } from './evaluateText';

const cases: readonly (readonly [string, string])[] = [
  ['a', 'a'],
  ['a.b.c', 'a.b'],
  ['a[b].c', 'a b'],
  ['f(a, b...)', 'a b'],
  ['a ? b : c && d', 'a b c d'],
  ['{ a = b, (c) = d, "${e}" = 1 }', 'b c d e'],
  ['[for a in a : [a, b] if a]', 'a b'],
  ['{ for k, v in x.y : k => [v, w] }', 'x.y w'],
  ['[for a in b : [for c in a : [a, c, d]]]', 'b d'],
  ['"${a} %{ if b }${c}%{ else }${d.e}%{ endif }"', 'a b c d.e'],
  ['"%{ for i, a in b }${i}${a}${c}%{ endfor }${a}"', 'b c a'],
  ['a[*].b', 'a'],
];

describe('freeVariables', () => {
  for (const [text, expected] of cases) {
    it(`of ${text} are ${expected}`, () => {
      const names = freeVariables(parseExpression(text)).map(({ name, attribute }) =>
        attribute ? `${name}.${attribute.name}` : name,
      );
      assert.equal(names.join(' '), expected);
    });
  }
});
