import type { Range } from './range';

/** A place as LSP counts: lines from 0, characters in UTF-16 units from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Translates between offsets and positions of one text. Lines end with LF, CR LF or a lone CR, as LSP defines. */
export class LineIndex {
  constructor(
    private readonly text: string,
    private readonly starts: readonly number[] = lineStarts(text),
  ) {}

  /** The index of `text`, which is this one's text with what stood in `range` replaced by `inserted` characters. */
  edited(range: Range, inserted: number, text: string): LineIndex {
    const newEnd = range.start + inserted;
    const delta = newEnd - range.end;
    let first = this.lineAt(range.start);
    // A CR that ends the line before may have become half of a CR LF.
    if (first > 0 && this.start(first) === range.start) first--;
    const starts = this.starts.slice(0, first + 1);
    LINE_BREAK.lastIndex = this.start(first);
    while (LINE_BREAK.exec(text) !== null && LINE_BREAK.lastIndex <= newEnd)
      starts.push(LINE_BREAK.lastIndex);
    for (let line = this.lineAt(range.end) + 1; line < this.starts.length; line++) {
      starts.push(this.start(line) + delta);
    }
    return new LineIndex(text, starts);
  }

  /** At least 1: an empty text has one empty line. */
  get lineCount(): number {
    return this.starts.length;
  }

  /** An offset outside of the text counts as its nearest end. */
  positionAt(offset: number): Position {
    const clamped = clamp(offset, 0, this.text.length);
    const line = this.lineAt(clamped);
    return { line, character: clamped - this.start(line) };
  }

  /** A character past the end of its line counts as that end, a line outside of the text as its nearest end. */
  offsetAt(position: Position): number {
    if (position.line < 0) return 0;
    if (position.line >= this.starts.length) return this.text.length;
    const { start, end } = this.lineRange(position.line);
    return clamp(start + position.character, start, end);
  }

  /** The line without its line break. */
  lineRange(line: number): Range {
    const clamped = clamp(line, 0, this.starts.length - 1);
    const start = this.start(clamped);
    let end = this.start(clamped + 1);
    if (end > start && this.text.charCodeAt(end - 1) === 10) end--;
    else if (end > start && this.text.charCodeAt(end - 1) === 13) return { start, end: end - 1 };
    else return { start, end };
    if (end > start && this.text.charCodeAt(end - 1) === 13) end--;
    return { start, end };
  }

  private lineAt(offset: number): number {
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  private start(line: number): number {
    return this.starts[line] ?? this.text.length;
  }
}

const LINE_BREAK = /\r\n|\n|\r/g;

function lineStarts(text: string): number[] {
  const starts = [0];
  LINE_BREAK.lastIndex = 0;
  while (LINE_BREAK.exec(text) !== null) starts.push(LINE_BREAK.lastIndex);
  return starts;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
