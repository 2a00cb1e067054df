import assert from 'node:assert/strict';
import { JsonSplitter } from '../../server/providers/jsonSplitter';
import type { Choice } from '../../server/providers/jsonSplitter';

const document = {
  version: '1.0 { not an object',
  outer: {
    'a "quoted" \\ key': { taken: [{ x: 'é 😀 } ] "' }, 1, null], skipped: { taken: 'no' } },
    empty: {},
    b: { taken: { deep: { deeper: '\\"' } }, more: -1.5e3 },
  },
  last: true,
};

const choose = (path: readonly string[]): Choice => {
  if (path.length < 1 || (path[0] === 'outer' && path.length < 3)) return 'enter';
  return path.at(-1) === 'taken' || path.at(-1) === 'more' ? 'take' : 'skip';
};

function split(text: string, portion: number): readonly [string, unknown][] {
  const bytes = Buffer.from(text);
  const found: [string, unknown][] = [];
  const splitter = new JsonSplitter(choose, (path, taken) => found.push([path.join('/'), JSON.parse(taken)]));
  for (let at = 0; at < bytes.length; at += portion) splitter.write(bytes.subarray(at, at + portion));
  splitter.end();
  return found;
}

describe('splitting JSON as it arrives', () => {
  const expected = [
    ['outer/a "quoted" \\ key/taken', document.outer['a "quoted" \\ key'].taken],
    ['outer/b/taken', document.outer.b.taken],
    ['outer/b/more', -1500],
  ];

  it('gives the same in portions of any size and any layout', () => {
    for (const text of [JSON.stringify(document), JSON.stringify(document, null, 2)]) {
      for (let portion = 1; portion <= text.length + 1; portion += 1) {
        assert.deepEqual(split(text, portion), expected, `portions of ${portion}`);
      }
    }
  });

  it('names where something else begins, and an end that comes too early', () => {
    const text = JSON.stringify(document);
    for (let length = 0; length < text.length; length += 1) {
      assert.throws(() => split(text.slice(0, length), 7), /too early|JSON/, `cut at ${length}`);
    }
    for (const wrong of ['{"a" 1}', '{a: 1}', '{"outer": {"b": {"taken": 1}} x', '{} {}']) {
      assert.throws(() => split(wrong, 3), /is not expected in JSON|too early/, wrong);
    }
  });
});
