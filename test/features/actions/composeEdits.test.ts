import assert from 'node:assert/strict';
import { composeEdits } from '../../../server/features/actions/composeEdits';
import { applyEdits } from '../../../server/text/edit';
import type { TextEdit } from '../../../server/text/edit';

/** The same numbers in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed;
  return (below) => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return Math.floor((state / 2147483648) * below);
  };
}

/** Some edits in file order that do not overlap. */
function someEdits(length: number, next: (below: number) => number): TextEdit[] {
  const edits: TextEdit[] = [];
  for (let at = next(4); at <= length; at += 1 + next(5)) {
    const end = Math.min(length, at + next(4));
    edits.push({ range: { start: at, end }, newText: 'abcdef'.slice(0, next(5)) });
    at = end;
  }
  return edits;
}

describe('edits one after the other', () => {
  it('as edits at once give the same text', () => {
    const text = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ';
    for (let seed = 1; seed <= 3000; seed += 1) {
      const next = numbers(seed);
      const first = someEdits(text.length, next);
      const middle = applyEdits(text, first);
      const second = someEdits(middle.length, next);
      const both = composeEdits(text, first, second);
      assert.equal(
        applyEdits(text, both),
        applyEdits(middle, second),
        JSON.stringify({ seed, first, second, both }),
      );
    }
  });

  it('leave alone what neither touches', () => {
    const first = [{ range: { start: 2, end: 3 }, newText: 'xx' }];
    const second = [{ range: { start: 9, end: 10 }, newText: 'y' }];
    assert.deepEqual(composeEdits('0123456789', first, second), [
      { range: { start: 2, end: 3 }, newText: 'xx' },
      { range: { start: 8, end: 9 }, newText: 'y' },
    ]);
  });
});
