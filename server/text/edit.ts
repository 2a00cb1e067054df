import type { Range } from './range';

/** Replaces the text of `range` by `newText`. */
export interface TextEdit {
  readonly range: Range;
  readonly newText: string;
}

/**
 * The text after all edits. Their ranges refer to the text before any of them and must not overlap;
 * several insertions at one offset keep their order. Throws RangeError for edits that overlap.
 */
export function applyEdits(text: string, edits: readonly TextEdit[]): string {
  const ordered = edits
    .map((edit, order) => ({ edit, order }))
    .sort((a, b) => a.edit.range.start - b.edit.range.start || a.order - b.order);
  const parts: string[] = [];
  let position = 0;
  for (const { edit } of ordered) {
    if (edit.range.start < position || edit.range.end < edit.range.start) {
      throw new RangeError(
        `The edit at ${edit.range.start} overlaps the one before it, which ends at ${position}; edits must not overlap.`,
      );
    }
    parts.push(text.slice(position, edit.range.start), edit.newText);
    position = edit.range.end;
  }
  parts.push(text.slice(position));
  return parts.join('');
}
