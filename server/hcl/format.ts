import type { TextEdit } from '../text/edit';
import { applyEdits } from '../text/edit';
import type { Range } from '../text/range';
import { layOut } from './formatLines';
import type { FormatToken } from './formatTokens';
import { formatTokens } from './formatTokens';
import { parseFile } from './parser';
import type { SyntaxError } from './syntax';

export type FormatResult =
  | { readonly ok: true; readonly text: string }
  | { readonly ok: false; readonly errors: readonly SyntaxError[] };

/**
 * The text as `terraform fmt` writes it into a file, byte for byte, or the errors of a text that does not parse.
 * Wanted differences, where Terraform 1.11.4 damages the file: labels with `$` or `%` and comments between labels are
 * kept, and a multi-line interpolation that only looks parenthesised gets its parentheses.
 */
export function format(text: string): FormatResult {
  const file = parseFile(text);
  if (file.errors.length > 0) return { ok: false, errors: file.errors };
  const tokens = formatTokens(text, file);
  layOut(text, tokens);
  return { ok: true, text: print(text, tokens) };
}

/** Formats only the lines that `range` touches, each as it is in the formatted file. */
export function formatRange(text: string, range: Range): FormatResult {
  const result = format(text);
  return result.ok ? { ok: true, text: applyEdits(text, lineEdits(text, result.text, range)) } : result;
}

/** The edits of whole lines that format the text, or the lines that `range` touches; none where it does not parse. */
export function formatEdits(text: string, range?: Range): TextEdit[] {
  const result = format(text);
  return result.ok ? lineEdits(text, result.text, range) : [];
}

/** Stretches that are in the source as they must be are taken over as they are. */
function print(source: string, tokens: readonly FormatToken[]): string {
  const parts: string[] = [];
  let from = 0;
  let to = 0;
  for (const { text, start, end, spaces } of tokens) {
    if (text !== undefined || !isGap(source, to, start, spaces)) {
      parts.push(source.slice(from, to), ' '.repeat(spaces));
      if (text !== undefined) parts.push(text);
      from = text === undefined ? start : end;
    }
    to = end;
  }
  parts.push(source.slice(from, to));
  return parts.join('');
}

/** Whether between two offsets there are so many spaces and nothing else. */
function isGap(source: string, from: number, to: number, spaces: number): boolean {
  if (to - from !== spaces) return false;
  for (let offset = from; offset < to; offset++) if (source.charCodeAt(offset) !== 32) return false;
  return true;
}

function lineEdits(before: string, after: string, range: Range | undefined): TextEdit[] {
  if (before === after) return [];
  const old = splitLines(before);
  const now = splitLines(after);
  let first = 0;
  while (first < old.length && first < now.length && old[first] === now[first]) first++;
  let tail = 0;
  while (tail < old.length - first && tail < now.length - first && old.at(-1 - tail) === now.at(-1 - tail))
    tail++;
  const edits = middleEdits(old, now, first, tail);
  return range === undefined ? edits : edits.filter((edit) => meets(edit.range, range));
}

/** Line by line where the formatter kept the number of lines, as it nearly always does; else all lines at once. */
function middleEdits(
  old: readonly string[],
  now: readonly string[],
  first: number,
  tail: number,
): TextEdit[] {
  const edits: TextEdit[] = [];
  let offset = old.slice(0, first).reduce((sum, line) => sum + line.length, 0);
  const oldLines = old.slice(first, old.length - tail);
  const newLines = now.slice(first, now.length - tail);
  if (oldLines.length !== newLines.length) {
    const length = oldLines.reduce((sum, line) => sum + line.length, 0);
    return [{ range: { start: offset, end: offset + length }, newText: newLines.join('') }];
  }
  oldLines.forEach((line, order) => {
    const newText = newLines[order] ?? '';
    if (line !== newText) edits.push({ range: { start: offset, end: offset + line.length }, newText });
    offset += line.length;
  });
  return edits;
}

/** Whether a whole-line edit and a range share a character; an empty range stands for its place. */
function meets(edit: Range, range: Range): boolean {
  if (range.start === range.end)
    return edit.start <= range.start && range.start < Math.max(edit.end, edit.start + 1);
  return edit.start < range.end && range.start < edit.end;
}

/** Lines with their line breaks. */
function splitLines(text: string): string[] {
  return text.split(/(?<=\n)/);
}
