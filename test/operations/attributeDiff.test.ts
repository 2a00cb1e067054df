import assert from 'node:assert/strict';
import { diffAttributes } from '../../server/operations/attributeDiff';
import type { JsonRecord } from '../../server/operations/json';
import { redactorFor } from '../../server/operations/redact';
import { formatPath, formatValue } from '../../server/operations/renderValue';

/** Each difference in one line, as a person would write it. */
function diff(change: JsonRecord, secrets: readonly string[] = []): readonly string[] {
  const { attributes } = diffAttributes(change, {}, redactorFor(new Set(secrets)));
  return attributes.map((one) => {
    const sides = [
      one.before === undefined ? '' : formatValue(one.before),
      one.unknown ? '?' : one.after === undefined ? '' : formatValue(one.after),
    ].join(' -> ');
    const flags = [one.sensitive ? 'sensitive' : '', one.forcesReplacement ? 'forces' : ''].join(' ').trim();
    return `${one.action} ${formatPath(one.path)}: ${sides}${flags === '' ? '' : ` [${flags}]`}`;
  });
}

describe('attributeDiff', () => {
  it('goes as deep as the difference does', () => {
    assert.deepEqual(
      diff({
        before: { name: 'a', tags: { Team: 'ml', 'cost centre': 1 }, same: [1, { x: 2 }] },
        after: { name: 'a', tags: { Team: 'infra', 'cost centre': 1 }, same: [1, { x: 2 }] },
      }),
      ['update tags.Team: "ml" -> "infra"'],
    );
  });

  it('matches the elements of lists by value', () => {
    assert.deepEqual(diff({ before: { ids: ['a', 'b', 'c'] }, after: { ids: ['b', 'c', 'd'] } }), [
      'delete ids[0]: "a" -> ',
      'create ids[2]:  -> "d"',
    ]);
    assert.deepEqual(
      diff({
        before: {
          rule: [
            { port: 80, open: true },
            { port: 22, open: true },
          ],
        },
        after: {
          rule: [
            { port: 22, open: false },
            { port: 80, open: true },
            { port: 443, open: true },
          ],
        },
      }),
      ['update rule[0].open: true -> false', 'create rule[2].open:  -> true', 'create rule[2].port:  -> 443'],
    );
  });

  it('says when only the order changes', () => {
    assert.deepEqual(diff({ before: { ids: ['a', 'b'] }, after: { ids: ['b', 'a'] } }), [
      'update ids: ["a", "b"] -> ["b", "a"]',
    ]);
  });

  it('shows what is unknown inside a value', () => {
    assert.deepEqual(
      diff({
        before: { input: { a: 1, b: 2 }, id: 'x', list: ['p'] },
        after: { input: { a: 1 }, list: ['p', null] },
        after_unknown: { input: { b: true }, id: true, list: [false, true] },
      }),
      ['update id: "x" -> ?', 'update input.b: 2 -> ?', 'create list[1]:  -> ?'],
    );
  });

  it('looks into strings that hold JSON', () => {
    const policy = (effect: string): string =>
      JSON.stringify({ Statement: [{ Effect: effect, Action: '*' }] });
    assert.deepEqual(diff({ before: { policy: policy('Allow') }, after: { policy: policy('Deny') } }), [
      'update policy.Statement[0].Effect: "Allow" -> "Deny"',
    ]);
    assert.deepEqual(diff({ before: { policy: '{"a":1}' }, after: { policy: '{ "a": 1 }' } }), [
      'update policy: "{\\"a\\":1}" -> "{ \\"a\\": 1 }"',
    ]);
  });

  it('says that a sensitive value changes, and nothing of it', () => {
    const change = {
      before: { password: 'old', other: 'kept', copy: 'a hidden-value b', exact: 'hidden-value' },
      after: { password: 'new', other: 'kept', copy: 'hidden-value c', exact: null },
      before_sensitive: { password: true, other: true },
      after_sensitive: { password: true, other: true },
    };
    assert.deepEqual(diff(change, ['hidden-value']), [
      'update copy: "a (sensitive) b" -> "(sensitive) c"',
      'delete exact:  ->  [sensitive]',
      'update password:  ->  [sensitive]',
    ]);
  });

  it('marks what forces the replacement', () => {
    assert.deepEqual(
      diff({
        before: { ami: 'a', disk: [{ size: 1 }], tags: { a: 'x' } },
        after: { ami: 'b', disk: [{ size: 2 }], tags: { a: 'y' } },
        replace_paths: [['ami'], ['disk', 0, 'size']],
      }),
      [
        'update ami: "a" -> "b" [forces]',
        'update disk[0].size: 1 -> 2 [forces]',
        'update tags.a: "x" -> "y"',
      ],
    );
  });

  it('counts what stays', () => {
    const change = { before: { a: 1, b: 2, c: null }, after: { a: 1, b: 3, c: null } };
    assert.equal(diffAttributes(change, {}, redactorFor(new Set())).unchanged, 1);
  });
});
