import type { Range } from './range';

/** A place as LSP counts: lines from 0, characters in UTF-16 units from 0. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** Translates between offsets and positions of one text. Lines end with LF, CR LF or a lone CR, as LSP defines. */
export class LineIndex {
  private readonly starts: readonly number[];

  constructor(private readonly text: string) {
    this.starts = lineStarts(text);
  }

  /** At least 1: an empty text has one empty line. */
  get lineCount(): number {
    return this.starts.length;
  }

  /** An offset outside of the text counts as its nearest end. */
  positionAt(offset: number): Position {
    const clamped = clamp(offset, 0, this.text.length);
    let low = 0;
    let high = this.starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.start(middle) <= clamped) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: clamped - this.start(low) };
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

  private start(line: number): number {
    return this.starts[line] ?? this.text.length;
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  const pattern = /\r\n|\n|\r/g;
  while (pattern.exec(text) !== null) starts.push(pattern.lastIndex);
  return starts;
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
