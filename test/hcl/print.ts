import assert from 'node:assert/strict';
import { STRIDE, endAt, kindAt, slotsAt, startAt } from '../../server/hcl/flatTree';
import { FIRST_NODE, Kind } from '../../server/hcl/kinds';
import { parseFile } from '../../server/hcl/parser';

const BLANK = /^\uFEFF?[ \t\r\n]*$/;

/** The text from the tree: its leaves, and between them nothing but blanks and line breaks. Checks the tree's shape. */
export function print(text: string): string {
  const file = parseFile(text);
  const parts: string[] = [];
  let position = 0;
  file.items.forEach(({ entries, length, first, limit }, order) => {
    const base = file.starts[order] ?? -1;
    assert.equal(base, file.starts[order - 1] === undefined ? 0 : end(order - 1));
    for (let index = first; index < limit; index += STRIDE) {
      if (kindAt(entries, index) === Kind.size) continue;
      const [from, to] = [base + startAt(entries, index), base + endAt(entries, index)];
      assert.ok(
        from <= to && to <= base + length && slotsAt(entries, index) * STRIDE <= index - first + STRIDE,
      );
      if (kindAt(entries, index) >= FIRST_NODE) continue;
      if (from < position) assert.fail(`${from} < ${position} in ${JSON.stringify(text)}`);
      const gap = text.slice(position, from);
      if (!BLANK.test(gap))
        assert.fail(`${JSON.stringify(gap)} belongs to no leaf of ${JSON.stringify(text)}`);
      parts.push(gap, text.slice(from, to));
      position = to;
    }
  });
  assert.equal(file.items.length === 0 ? 0 : end(file.items.length - 1), text.length);
  const rest = text.slice(position);
  assert.match(rest, BLANK, JSON.stringify(text));
  return parts.join('') + rest;

  function end(order: number): number {
    return (file.starts[order] ?? 0) + (file.items[order]?.length ?? 0);
  }
}
