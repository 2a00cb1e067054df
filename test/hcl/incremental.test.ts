import assert from 'node:assert/strict';
import { reparse } from '../../server/hcl/incremental';
import { parse, parseFile } from '../../server/hcl/parser';
import { FlatSourceFile } from '../../server/hcl/sourceFile';
import type { SourceFile } from '../../server/hcl/syntax';
import { generateFile } from './generateFile';
import { Random } from './random';

const TYPED = [
  '"',
  '{',
  '}',
  '/*',
  '*/',
  '<<EOT\n',
  'EOT\n',
  '(',
  ')',
  '[',
  ']',
  '\n',
  '\r\n',
  'x',
  ' = ',
  '${',
  '#',
  '.',
  ',',
  'resource "a" "b" {\n',
  '\n}\n',
  'a = 1\n',
  '\uFEFF',
] as const;

describe('reparse', () => {
  it('equals a fresh parse after every edit of a random sequence', () => {
    const random = new Random(20261122);
    for (let round = 0; round < 30; round++) {
      let file: SourceFile = parse(Array.from({ length: 4 }, () => generateFile(random)).join('\n'));
      for (let edit = 0; edit < 40; edit++) {
        const start = random.below(file.text.length + 1);
        const end = start + (random.chance(0.4) ? random.below(12) : 0);
        const newText = random.chance(0.2) ? '' : random.pick(TYPED);
        const next = reparse(file, { range: { start, end }, newText });
        assert.deepEqual(
          contents(next),
          contents(parse(next.text)),
          JSON.stringify([file.text, start, end, newText]),
        );
        file = next;
      }
    }
  });

  it('leaves the old tree as it was and shares the items that were not touched', () => {
    const before = parseFile('a = 1\nb = 2\nc = 3\n');
    const kept = JSON.stringify(before.body.items.map(({ range }) => range));
    const after = reparse(before, { range: { start: 10, end: 11 }, newText: 'long' });
    assert.ok(after instanceof FlatSourceFile);
    assert.equal(after.text, 'a = 1\nb = long\nc = 3\n');
    assert.equal(JSON.stringify(before.body.items.map(({ range }) => range)), kept);
    assert.equal(after.items[2], before.items[2]);
    assert.notEqual(after.items[1], before.items[1]);
    assert.deepEqual(after.body.items[2]?.range, { start: 15, end: 20 });
  });

  it('clamps a range outside of the text', () => {
    assert.equal(
      reparse(parse('a = 1\n'), { range: { start: 90, end: 99 }, newText: 'b = 2\n' }).text,
      'a = 1\nb = 2\n',
    );
  });
});

/** Everything a tree holds, as plain data. */
function contents(file: SourceFile): unknown {
  assert.ok(file instanceof FlatSourceFile);
  const items = file.items.map(({ length, entries, errors, unclosed }) => ({
    length,
    entries: [...entries],
    errors,
    unclosed,
  }));
  return { starts: file.starts, items, errors: file.errors, comments: file.comments };
}
