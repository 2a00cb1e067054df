import assert from 'node:assert/strict';
import { LineIndex } from '../../server/text/lineIndex';
import { Random } from '../hcl/random';

describe('LineIndex', () => {
  it('counts an empty text as one empty line', () => {
    const lines = new LineIndex('');
    assert.equal(lines.lineCount, 1);
    assert.deepEqual(lines.positionAt(0), { line: 0, character: 0 });
    assert.deepEqual(lines.lineRange(0), { start: 0, end: 0 });
  });

  it('ends lines at LF, CR LF and a lone CR', () => {
    const lines = new LineIndex('a\nbb\r\nccc\rd');
    assert.equal(lines.lineCount, 4);
    assert.deepEqual(
      [0, 1, 2, 3].map((line) => lines.lineRange(line)),
      [
        { start: 0, end: 1 },
        { start: 2, end: 4 },
        { start: 6, end: 9 },
        { start: 10, end: 11 },
      ],
    );
  });

  it('gives every offset a position that leads back to it', () => {
    const text = 'resource "日本" {\n  a = "😀"\n\n}\n';
    const lines = new LineIndex(text);
    for (let offset = 0; offset <= text.length; offset++) {
      assert.equal(lines.offsetAt(lines.positionAt(offset)), offset);
    }
  });

  it('counts characters in UTF-16 units', () => {
    assert.deepEqual(new LineIndex('😀x').positionAt(2), { line: 0, character: 2 });
  });

  it('clamps what is outside', () => {
    const lines = new LineIndex('ab\ncd');
    assert.deepEqual(lines.positionAt(99), { line: 1, character: 2 });
    assert.deepEqual(lines.positionAt(-1), { line: 0, character: 0 });
    assert.equal(lines.offsetAt({ line: 0, character: 99 }), 2);
    assert.equal(lines.offsetAt({ line: 9, character: 0 }), 5);
    assert.equal(lines.offsetAt({ line: -1, character: 1 }), 0);
  });

  it('follows edits as if it were made anew', () => {
    const random = new Random(17);
    for (let round = 0; round < 200; round++) {
      let text = '';
      let lines = new LineIndex(text);
      for (let edit = 0; edit < 30; edit++) {
        const start = random.below(text.length + 1);
        const end = Math.min(start + random.below(4), text.length);
        const inserted = random.times(4, () => random.pick(['a', '\r', '\n', '\r\n', '😀'])).join('');
        text = text.slice(0, start) + inserted + text.slice(end);
        lines = lines.edited({ start, end }, inserted.length, text);
        assert.deepEqual(lines, new LineIndex(text));
      }
    }
  });
});
