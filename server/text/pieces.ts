/** Pieces near an edit that are no longer than this are put together. */
const SHORT = 256;

/** With more pieces than this the next edit puts all of them together. */
const MAX_PIECES = 64;

/** A text in pieces, so that an edit costs what is near it and not a copy of everything. Immutable. */
export class PieceText {
  private constructor(
    /** Replaced by the one that `toString` makes of them: the contents stay the same. */
    private pieces: readonly string[],
    readonly length: number,
  ) {}

  static of(text: string): PieceText {
    return new PieceText([text], text.length);
  }

  /** The text with what stands from `start` to `end` replaced; offsets must lie in the text, in order. */
  replace(start: number, end: number, newText: string): PieceText {
    if (this.pieces.length > MAX_PIECES) this.toString();
    const { pieces } = this;
    let first = 0;
    let offset = 0;
    for (; first < pieces.length - 1; first++) {
      const after = offset + (pieces[first]?.length ?? 0);
      if (start <= after) break;
      offset = after;
    }
    let middle = newText;
    const before = pieces.slice(0, first);
    const head = pieces[first]?.slice(0, start - offset) ?? '';
    if (head.length <= SHORT) middle = head + middle;
    else before.push(head);
    let last = first;
    for (; last < pieces.length - 1; last++) {
      const after = offset + (pieces[last]?.length ?? 0);
      if (end <= after) break;
      offset = after;
    }
    const tail = pieces[last]?.slice(end - offset) ?? '';
    const joins = tail.length <= SHORT;
    before.push(joins ? middle + tail : middle);
    if (!joins) before.push(tail);
    return new PieceText(before.concat(pieces.slice(last + 1)), this.length - (end - start) + newText.length);
  }

  slice(start: number, end: number): string {
    const parts: string[] = [];
    let offset = 0;
    for (const piece of this.pieces) {
      if (offset >= end) break;
      const after = offset + piece.length;
      if (after > start) parts.push(piece.slice(Math.max(start - offset, 0), end - offset));
      offset = after;
    }
    return parts.length === 1 ? (parts[0] ?? '') : parts.join('');
  }

  /** The whole text; made once. */
  toString(): string {
    const [first = ''] = this.pieces;
    if (this.pieces.length === 1) return first;
    const whole = this.pieces.join('');
    this.pieces = [whole];
    return whole;
  }
}
