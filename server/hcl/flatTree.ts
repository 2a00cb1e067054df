import type { ErrorCode } from './errors';

/**
 * One top-level stretch of a file: an attribute, a block, an error run, or the blanks and comments at the end.
 * Items tile the text. All offsets inside are relative to the item's start, so an edit elsewhere never touches it.
 */
export interface FlatItem {
  readonly length: number;
  /** How far from the item's start its parse depended on the text; one past the text's length when on its end. */
  readonly look: number;
  /** Entries in post-order, three integers each: `kind | slots << 8`, start, end. */
  readonly entries: Int32Array;
  readonly errors: readonly FlatError[];
  /** A block or an object stayed open, so that the item was parsed again with heuristics. */
  readonly unclosed: boolean;
}

export interface FlatError {
  readonly code: ErrorCode;
  readonly start: number;
  readonly end: number;
}

/** Numbers an entry takes. */
export const STRIDE = 3;

export function kindAt(entries: Int32Array, index: number): number {
  return (entries[index] ?? 0) & 255;
}

/** Entries of the subtree at `index`, itself included. */
export function slotsAt(entries: Int32Array, index: number): number {
  return (entries[index] ?? 0) >>> 8;
}

export function startAt(entries: Int32Array, index: number): number {
  return entries[index + 1] ?? 0;
}

export function endAt(entries: Int32Array, index: number): number {
  return entries[index + 2] ?? 0;
}

/** Indices of the direct children of the entry at `index`, in file order. */
export function childrenAt(entries: Int32Array, index: number): number[] {
  return siblingsBetween(entries, index - STRIDE * (slotsAt(entries, index) - 1), index);
}

/** Indices of the outermost entries of a whole item, in file order. */
export function rootsOf(entries: Int32Array): number[] {
  return siblingsBetween(entries, 0, entries.length);
}

function siblingsBetween(entries: Int32Array, first: number, limit: number): number[] {
  const siblings: number[] = [];
  for (let index = limit - STRIDE; index >= first; index -= STRIDE * slotsAt(entries, index))
    siblings.push(index);
  return siblings.reverse();
}

/** Collects the entries of one item after the other in one growing array. */
export class FlatBuilder {
  private entries = new Int32Array(1 << 12);
  private base = 0;
  /** Numbers written so far: a mark for a node that starts here. */
  size = 0;

  /** Starts a new item; offsets given from now on are made relative to `base`. */
  begin(base: number): void {
    this.base = base;
    this.size = 0;
  }

  leaf(kind: number, start: number, end: number): void {
    this.write(kind | (1 << 8), start, end);
  }

  /** Makes everything written since `mark` the children of a new node. */
  node(kind: number, mark: number, start: number, end: number): void {
    const slots = (this.size - mark) / STRIDE + 1;
    this.write(kind | (slots << 8), start, end);
  }

  /** Gives the leaf at `index` another kind, for what only shows afterwards. */
  relabel(index: number, kind: number): void {
    this.entries[index] = kind | (1 << 8);
  }

  finish(): Int32Array {
    return this.entries.slice(0, this.size);
  }

  private write(head: number, start: number, end: number): void {
    if (this.size + STRIDE > this.entries.length) {
      const larger = new Int32Array(this.entries.length * 2);
      larger.set(this.entries);
      this.entries = larger;
    }
    this.entries[this.size] = head;
    this.entries[this.size + 1] = start - this.base;
    this.entries[this.size + 2] = end - this.base;
    this.size += STRIDE;
  }
}
