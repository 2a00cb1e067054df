import assert from 'node:assert/strict';
import { BadPatternError, hasPattern, matchPart, splitPattern } from '../../server/cty/glob';

describe('patterns of names', () => {
  const cases: readonly (readonly [
    pattern: string,
    matches: readonly string[],
    others: readonly string[],
  ])[] = [
    ['*', ['a', '.a', 'a.b', ''], []],
    ['a*', ['a', 'ab', 'a*'], ['', 'ba']],
    ['*a', ['a', 'ba', 'aa'], ['', 'ab']],
    ['a*b*c', ['abc', 'axbyc', 'abbcc'], ['ab', 'acb']],
    ['?', ['a', 'é', '🙂'], ['', 'ab']],
    ['[a-c]', ['a', 'b', 'c'], ['d', '']],
    ['[^a-c]', ['d', '🙂'], ['a']],
    ['[!a]', ['!', 'a'], ['b']],
    ['[é-ž]', ['é', 'ž'], ['z']],
    ['{a,bc}', ['a', 'bc'], ['b', 'abc']],
    ['{a,}x', ['ax', 'x'], ['bx']],
    ['{a*,b?}.{c,d}', ['a.c', 'ax.d', 'by.c'], ['b.c', 'a.e']],
    ['\\*', ['*'], ['a', '\\*']],
    ['\\{a,b}', ['{a,b}'], ['a']],
    ['', [''], ['a']],
    ['a**', ['a', 'abc'], ['b']],
  ];

  for (const [pattern, matches, others] of cases) {
    it(`${pattern === '' ? 'nothing' : pattern} matches ${matches.length} names and not ${others.length}`, () => {
      const found = [...matches, ...others].filter(
        (name) => name !== '' || pattern === '' || pattern === '*',
      );
      assert.deepEqual(
        found.filter((name) => matchPart(pattern, name)),
        matches.filter((name) => name !== '' || pattern === '' || pattern === '*'),
      );
    });
  }

  it('that are wrong are told when a name gets there', () => {
    for (const pattern of ['[', '[a', '[]', '[-a]', '[a-]', '{a,b', '\\', 'x[']) {
      assert.throws(
        () => matchPart(pattern, 'xa'.slice(pattern.startsWith('x') ? 0 : 1)),
        BadPatternError,
        pattern,
      );
    }
    assert.equal(matchPart('b[', 'a'), false);
    assert.equal(matchPart('*[', 'a'), false);
  });

  it('with many stars are compared in no time', () => {
    assert.equal(matchPart('*a'.repeat(40) + 'b', 'a'.repeat(200)), false);
  });

  it('are split at slashes that no backslash stands before', () => {
    assert.deepEqual(splitPattern('a/**/b\\/c/'), ['a', '**', 'b\\/c', '']);
    assert.deepEqual(splitPattern(''), ['']);
    assert.deepEqual(['a', 'a*', 'a?', '[a]', '{a}', '\\a', 'a.b'].map(hasPattern), [
      false,
      true,
      true,
      true,
      true,
      true,
      false,
    ]);
  });
});
