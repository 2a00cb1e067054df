import type { Range } from '../text/range';
import type { FlatItem } from './flatTree';
import { ItemParser, exhausted } from './items';
import { MAX_LENGTH, parse } from './parser';
import { FlatSourceFile } from './sourceFile';
import type { SourceFile } from './syntax';

export interface TextChange {
  /** Of the text before the change. */
  readonly range: Range;
  readonly newText: string;
}

/**
 * The tree after `change`: equal in contents to a fresh parse of the new text. Top-level items that the change cannot
 * have touched are shared with `file`, which stays valid. Ranges outside of the text are clamped.
 */
export function reparse(file: SourceFile, change: TextChange): SourceFile {
  const start = Math.min(Math.max(change.range.start, 0), file.text.length);
  const end = Math.min(Math.max(change.range.end, start), file.text.length);
  const text = file.text.slice(0, start) + change.newText + file.text.slice(end);
  const tooLarge = Math.max(text.length, file.text.length) > MAX_LENGTH;
  if (!(file instanceof FlatSourceFile) || tooLarge) return parse(text);
  return reparseItems(file, text, start, end, text.length - file.text.length);
}

function reparseItems(
  file: FlatSourceFile,
  text: string,
  from: number,
  to: number,
  delta: number,
): FlatSourceFile {
  const kept = untouched(file, from);
  const items: FlatItem[] = file.items.slice(0, kept);
  const starts: number[] = file.starts.slice(0, kept);
  let unclosed = countUnclosed(items, 0);
  let oldUnclosed = unclosed;
  const total = countUnclosed(file.items, 0);
  const parser = new ItemParser(text);
  let old = kept;
  let offset = kept === 0 ? 0 : (starts[kept - 1] ?? 0) + (items[kept - 1]?.length ?? 0);
  while (offset < text.length) {
    // The old items that the new ones have overtaken.
    while (old < file.items.length && (file.starts[old] ?? 0) + delta < offset) {
      if (file.items[old]?.unclosed === true) oldUnclosed++;
      old++;
    }
    const oldStart = file.starts[old];
    const meets = oldStart !== undefined && oldStart >= to && oldStart + delta === offset && offset > 0;
    if (meets && sameModes(oldUnclosed, unclosed, total)) {
      for (let next = old; next < file.items.length; next++) {
        const item = file.items[next];
        if (item === undefined) break;
        items.push(item);
        starts.push((file.starts[next] ?? 0) + delta);
      }
      break;
    }
    const item = parser.parseItemAt(offset, unclosed);
    items.push(item);
    starts.push(offset);
    if (item.unclosed) unclosed++;
    offset += item.length;
  }
  return new FlatSourceFile(text, items, starts);
}

/** How many items at the beginning did not look at anything from `from` on. */
function untouched(file: FlatSourceFile, from: number): number {
  let count = 0;
  for (; count < file.items.length; count++) {
    const item = file.items[count];
    const start = file.starts[count] ?? 0;
    if (item === undefined || start + item.look >= from || start + item.length >= from) break;
  }
  return count;
}

function countUnclosed(items: readonly FlatItem[], from: number): number {
  let count = 0;
  for (let index = from; index < items.length; index++) if (items[index]?.unclosed === true) count++;
  return count;
}

/** Whether the rest of the file is parsed in the same modes with `now` unclosed items before it as with `before`. */
function sameModes(before: number, now: number, total: number): boolean {
  if (before === now) return true;
  return !exhausted(total) && !exhausted(total - before + now);
}
