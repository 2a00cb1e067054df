import type { Range } from '../text/range';
import { PieceText } from '../text/pieces';
import type { ParsedItem } from './items';
import { ItemParser, exhausted } from './items';
import { MAX_LENGTH, parsePieces } from './parser';
import { FlatSourceFile } from './sourceFile';
import type { SourceFile } from './syntax';

export interface TextChange {
  /** Of the text before the change. */
  readonly range: Range;
  readonly newText: string;
}

/** How much of the text behind the touched items is read at first, and where that was not enough; then the rest. */
const REACHES = [1 << 10, 1 << 15, Infinity];

/**
 * The tree after `change`: equal in contents to a fresh parse of the new text. Top-level items that the change cannot
 * have touched are shared with `file`, which stays valid. Ranges outside of the text are clamped.
 */
export function reparse(file: SourceFile, change: TextChange): SourceFile {
  const before = file instanceof FlatSourceFile ? file.pieces : PieceText.of(file.text);
  const start = Math.min(Math.max(change.range.start, 0), before.length);
  const end = Math.min(Math.max(change.range.end, start), before.length);
  const pieces = before.replace(start, end, change.newText);
  const tooLarge = Math.max(pieces.length, before.length) > MAX_LENGTH;
  if (!(file instanceof FlatSourceFile) || tooLarge) return parsePieces(pieces);
  const edit = new Edit(file, pieces, start, end);
  for (const reach of REACHES) {
    const result = edit.apply(reach);
    if (result !== undefined) return result;
  }
  return parsePieces(pieces);
}

/** One edit of one file. */
class Edit {
  private readonly delta: number;
  /** Items at the beginning that stay, and where they end. */
  private readonly kept: number;
  private readonly from: number;
  /** The first item behind the edit. */
  private readonly behind: number;

  constructor(
    private readonly file: FlatSourceFile,
    private readonly pieces: PieceText,
    start: number,
    private readonly end: number,
  ) {
    this.delta = pieces.length - file.pieces.length;
    this.kept = untouched(file, start);
    this.from = file.starts[this.kept] ?? file.pieces.length;
    this.behind = firstFrom(file.starts, end);
  }

  /**
   * The new file, with `reach` characters read behind the touched items; undefined where the parse depends on more
   * text than that.
   */
  apply(reach: number): FlatSourceFile | undefined {
    const { file, pieces, from, delta } = this;
    const touched = (file.starts[this.behind] ?? file.pieces.length) + delta;
    const text = this.read(touched + reach);
    const whole = from + text.length === pieces.length;
    const parser = new ItemParser(text, from === 0);
    const items: ParsedItem[] = [];
    const starts = file.starts.slice(0, this.kept);
    let unclosed = file.unclosed === 0 ? 0 : countUnclosed(file, 0, this.kept);
    let oldUnclosed = unclosed;
    let old = this.kept;
    let offset = 0;
    while (offset < text.length) {
      // The old items that the new ones have overtaken.
      while (old < file.items.length && (file.starts[old] ?? 0) + delta < from + offset) {
        if (file.items[old]?.unclosed === true) oldUnclosed++;
        old++;
      }
      if (this.meets(old, from + offset) && sameModes(oldUnclosed, unclosed, file.unclosed)) break;
      const item = parser.parseItemAt(offset, unclosed);
      if (!whole && offset + item.look > text.length) return undefined;
      items.push(item);
      starts.push(from + offset);
      if (item.unclosed) unclosed++;
      offset += item.length;
    }
    const met = offset < text.length;
    if (!met && !whole) return undefined;
    if (!met) [old, oldUnclosed] = [file.items.length, file.unclosed];
    for (let next = old; next < file.items.length; next++) starts.push((file.starts[next] ?? 0) + delta);
    const joined = file.items
      .slice(0, this.kept)
      .concat(parser.place(items), old < file.items.length ? file.items.slice(old) : []);
    return new FlatSourceFile(pieces, joined, starts, unclosed + file.unclosed - oldUnclosed);
  }

  /** The new text from the first touched item to `limit`, or one character more: a pair of surrogates stays whole. */
  private read(limit: number): string {
    const { pieces, from } = this;
    if (limit >= pieces.length) return pieces.slice(from, pieces.length);
    const text = pieces.slice(from, limit + 1);
    return isHighSurrogate(text.charCodeAt(text.length - 2)) ? text : text.slice(0, -1);
  }

  /** Whether the old item starts at `offset` of the new text, behind the edit. */
  private meets(old: number, offset: number): boolean {
    const start = this.file.starts[old];
    return start !== undefined && start >= this.end && start + this.delta === offset && offset > 0;
  }
}

/** How many items at the beginning did not look at anything from `from` on. */
function untouched({ items, starts }: FlatSourceFile, from: number): number {
  let count = 0;
  for (; count < items.length; count++) {
    const item = items[count];
    const start = starts[count] ?? 0;
    if (item === undefined || start + item.look >= from || start + item.length >= from) break;
  }
  return count;
}

/** The index of the first start that is not before `offset`. */
function firstFrom(starts: readonly number[], offset: number): number {
  let low = 0;
  let high = starts.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((starts[middle] ?? 0) < offset) low = middle + 1;
    else high = middle;
  }
  return low;
}

function countUnclosed({ items }: FlatSourceFile, from: number, to: number): number {
  let count = 0;
  for (let index = from; index < to; index++) if (items[index]?.unclosed === true) count++;
  return count;
}

/** Whether the rest of the file is parsed in the same modes with `now` unclosed items before it as with `before`. */
function sameModes(before: number, now: number, total: number): boolean {
  if (before === now) return true;
  return !exhausted(total) && !exhausted(total - before + now);
}

function isHighSurrogate(code: number): boolean {
  return code >= 0xd800 && code <= 0xdbff;
}
