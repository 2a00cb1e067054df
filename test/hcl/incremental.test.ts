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
  '😀',
  '\uD83D',
  '\uDE00',
  '日本',
  '\r',
  "'",
  '%{ if x }',
  '~}',
  '<<-E\n',
  '/* x',
  '\\u00',
] as const;

describe('reparse', () => {
  it('equals a fresh parse after every edit of a random sequence', () => {
    const random = new Random(20261122);
    for (let round = 0; round < 30; round++) editRandomly(random, generated(random, 4), 40, 1);
  });

  it('equals a fresh parse of a long file whose text was not asked for in between', () => {
    const random = new Random(77);
    for (const blocks of [60, 200, 400]) editRandomly(random, generated(random, blocks), 150, 15);
  });

  it('equals a fresh parse when an item outgrows 65,535 characters or shrinks below', () => {
    const random = new Random(13);
    const list = (count: number): string => `  "entry",\n`.repeat(count);
    for (const count of [5955, 5957, 5965, 25_000]) {
      const text = `first = 1\nlong = [\n${list(count)}]\nlast = "${'x'.repeat(70_000)}"\n`;
      editRandomly(random, text, 12, 3);
    }
  });

  it('equals a fresh parse in files that are broken throughout', () => {
    const random = new Random(19);
    for (const piece of ['b {\n', 'a = <<E\n', 'a = "${\n', '/*\n', 'a = [\n', '}\n'])
      editRandomly(random, piece.repeat(60), 40, 4);
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

/** Applies random edits one after the other; after every few of them the tree must be that of the text. */
function editRandomly(random: Random, original: string, edits: number, every: number): void {
  let text = original;
  let file: SourceFile = parse(text);
  for (let edit = 1; edit <= edits; edit++) {
    const start = random.below(text.length + 1);
    const end = Math.min(start + (random.chance(0.4) ? random.below(12) : 0), text.length);
    const newText = random.chance(0.2) ? '' : random.pick(TYPED);
    const before = text;
    text = text.slice(0, start) + newText + text.slice(end);
    file = reparse(file, { range: { start, end }, newText });
    if (edit % every !== 0) continue;
    const what =
      before.length < 10_000 ? JSON.stringify([before, start, end, newText]) : `${start} ${newText}`;
    assert.deepEqual(contents(file), contents(parse(text)), what);
  }
  assert.equal(file.text, text);
}

function generated(random: Random, count: number): string {
  return Array.from({ length: count }, () => generateFile(random)).join('\n');
}

/** Everything a tree holds, as plain data. */
function contents(file: SourceFile): unknown {
  assert.ok(file instanceof FlatSourceFile);
  const items = file.items.map(({ length, entries, first, limit, errors, unclosed }) => ({
    length,
    entries: [...entries.subarray(first, limit)],
    errors,
    unclosed,
  }));
  return { starts: file.starts, items, errors: file.errors, comments: file.comments };
}
