import assert from 'node:assert/strict';
import { applyEdits } from '../../server/text/edit';

const edit = (start: number, end: number, newText: string) => ({ range: { start, end }, newText });

describe('applyEdits', () => {
  it('applies edits in any order against the text before them', () => {
    assert.equal(applyEdits('abcdef', [edit(4, 6, 'X'), edit(0, 1, 'YY')]), 'YYbcdX');
  });

  it('keeps the order of insertions at one place', () => {
    assert.equal(applyEdits('ab', [edit(1, 1, '1'), edit(1, 1, '2')]), 'a12b');
  });

  it('refuses edits that overlap', () => {
    assert.throws(() => applyEdits('abc', [edit(0, 2, ''), edit(1, 3, '')]), RangeError);
  });
});
