import assert from 'node:assert/strict';
import { graphemes } from '../../../server/cty/functions/graphemes';

describe('graphemes of long texts', () => {
  const segmenter = new Intl.Segmenter('und', { granularity: 'grapheme' });

  it('are those of the text as a whole, wherever it is cut', () => {
    const pieces = [
      'a',
      'e\u0301',
      '👩‍🚀',
      '🇨🇿',
      '🇨',
      '\r\n',
      '\n',
      '👍🏻',
      '한',
      'ᄀ',
      'ᅡ',
      '日',
      '\u0301',
      '\ud83c',
    ];
    for (let length = 240; length < 540; length += 7) {
      let text = 'x'.repeat(length % 16);
      for (let at = 0; text.length < length; at++) text += pieces[(at * at + length) % pieces.length] ?? '';
      const whole = Array.from(segmenter.segment(text), ({ segment }) => segment);
      assert.deepEqual(graphemes(text), whole);
    }
  });

  it('may be longer than the parts that are looked at', () => {
    const long = `a${'\u0301'.repeat(3_000)}`;
    assert.deepEqual(graphemes(`${long}b`), [long, 'b']);
  });
});
