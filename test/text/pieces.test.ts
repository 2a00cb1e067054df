import assert from 'node:assert/strict';
import { PieceText } from '../../server/text/pieces';
import { Random } from '../hcl/random';

describe('PieceText', () => {
  it('is the text that strings would give, after any replacements', () => {
    const random = new Random(3);
    for (let round = 0; round < 20; round++) {
      let plain = 'x'.repeat(random.below(3000));
      let pieces = PieceText.of(plain);
      for (let edit = 0; edit < 200; edit++) {
        const start = random.below(plain.length + 1);
        const end = Math.min(start + (random.chance(0.5) ? random.below(700) : 0), plain.length);
        const newText = String(edit).repeat(random.below(random.chance(0.1) ? 300 : 3));
        const before = pieces;
        plain = plain.slice(0, start) + newText + plain.slice(end);
        pieces = pieces.replace(start, end, newText);
        assert.equal(pieces.length, plain.length);
        const from = random.below(plain.length + 1);
        const to = from + random.below(plain.length - from + 1);
        assert.equal(pieces.slice(from, to), plain.slice(from, to));
        assert.notEqual(before, pieces);
      }
      assert.equal(pieces.toString(), plain);
      assert.equal(pieces.slice(0, plain.length), plain);
    }
  });

  it('leaves what it was made of as it was', () => {
    const before = PieceText.of('abc'.repeat(1000));
    const after = before.replace(1500, 1500, 'new');
    assert.equal(before.toString(), 'abc'.repeat(1000));
    assert.equal(after.slice(1498, 1505), 'bcnewab');
    assert.equal(after.toString().length, 3003);
  });
});
