import type { ErrorCode } from './errors';
import { Kind } from './kinds';

/** The 16-bit form holds offsets up to 65,535, which nearly all items keep below. */
export type Entries = Uint16Array | Int32Array;

/**
 * One top-level stretch of a file: an attribute, a block, an error run, or the blanks and comments at the end.
 * Items tile the text. All offsets inside are relative to the item's start, so an edit elsewhere never touches it.
 */
export interface FlatItem {
  readonly length: number;
  /** How far from the item's start its parse depended on the text; one past the text's length when on its end. */
  readonly look: number;
  /** Shared by the items that were parsed together. Post-order, three numbers each: `kind | slots << 8`, start, end. */
  readonly entries: Entries;
  /** This item's part of `entries`: from the index `first` to before `limit`. */
  readonly first: number;
  readonly limit: number;
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

const LARGEST_NARROW = 0xffff;

/** In the place of slots: the entry before, a `Kind.size`, holds them as low and high half. */
const MANY_SLOTS = 255;

export function kindAt(entries: Entries, index: number): number {
  return (entries[index] ?? 0) & 255;
}

/** Entries of the subtree at `index`, itself included. */
export function slotsAt(entries: Entries, index: number): number {
  const slots = (entries[index] ?? 0) >>> 8;
  if (slots < MANY_SLOTS) return slots;
  return (entries[index - 2] ?? 0) | ((entries[index - 1] ?? 0) << 16);
}

/** Entries below the one at `index`. */
export function innerSlotsAt(entries: Entries, index: number): number {
  return slotsAt(entries, index) - (isSized(entries, index) ? 2 : 1);
}

export function startAt(entries: Entries, index: number): number {
  return entries[index + 1] ?? 0;
}

export function endAt(entries: Entries, index: number): number {
  return entries[index + 2] ?? 0;
}

/** Index of the first entry of the subtree at `index`. */
export function firstAt(entries: Entries, index: number): number {
  return index - STRIDE * (slotsAt(entries, index) - 1);
}

/** Index of the last direct child of the node at `index`. */
export function lastChildAt(entries: Entries, index: number): number {
  return isSized(entries, index) ? index - 2 * STRIDE : index - STRIDE;
}

/** Indices of the direct children of the entry at `index`, in file order. */
export function childrenAt(entries: Entries, index: number): number[] {
  return siblingsBetween(entries, firstAt(entries, index), lastChildAt(entries, index) + STRIDE);
}

/** Indices of the outermost entries of a whole item, in file order. */
export function rootsOf({ entries, first, limit }: FlatItem): number[] {
  return siblingsBetween(entries, first, limit);
}

function isSized(entries: Entries, index: number): boolean {
  return (entries[index] ?? 0) >>> 8 === MANY_SLOTS;
}

function siblingsBetween(entries: Entries, first: number, limit: number): number[] {
  const siblings: number[] = [];
  for (let index = limit - STRIDE; index >= first; index -= STRIDE * slotsAt(entries, index))
    siblings.push(index);
  return siblings.reverse();
}

/** Where the entries of a finished item are: in an array of their own, or in the one all narrow items share. */
export interface Placed {
  readonly wide: Int32Array | undefined;
  readonly first: number;
  readonly limit: number;
}

/** Collects the entries of one item after the other. */
export class FlatBuilder {
  private narrow: Uint16Array;
  /** What is written to: `narrow`, or a wide array where the current item is too long for it. */
  private entries: Entries;
  /** Where the current item begins in `entries`, and where its next entry goes. */
  private first = 0;
  private next = 0;
  private base = 0;
  /** The largest index at which an entry has room, and the largest offset that fits. */
  private lastIndex = 0;
  private lastOffset = 0;
  /** Numbers of finished items in `narrow`. */
  private kept = 0;

  /** @param characters How long the text is that will be read. */
  constructor(characters: number) {
    // Published modules have one number for two characters.
    this.narrow = new Uint16Array(Math.max(256, (characters * 3) >> 2));
    this.entries = this.narrow;
  }

  /** Numbers of the current item so far: a mark for a node that starts here. */
  get size(): number {
    return this.next - this.first;
  }

  /** Starts a new item; offsets given from now on are made relative to `base`. */
  begin(base: number): void {
    this.base = base;
    this.write(this.narrow, this.kept, 0);
    this.lastOffset = base + LARGEST_NARROW;
  }

  leaf(kind: number, start: number, end: number): void {
    if (this.next > this.lastIndex || end > this.lastOffset) this.makeRoom(end);
    const { entries, next, base } = this;
    entries[next] = kind | (1 << 8);
    entries[next + 1] = start - base;
    entries[next + 2] = end - base;
    this.next = next + STRIDE;
  }

  /** Makes everything written since `mark` the children of a new node. */
  node(kind: number, mark: number, start: number, end: number): void {
    let slots = (this.next - this.first - mark) / STRIDE + 1;
    if (slots >= MANY_SLOTS) {
      slots++;
      this.leaf(Kind.size, this.base + (slots & 0xffff), this.base + (slots >>> 16));
      slots = MANY_SLOTS;
    }
    this.leaf(kind, start, end);
    this.entries[this.next - STRIDE] = kind | (slots << 8);
  }

  /** Gives the leaf at `mark` another kind, for what only shows afterwards. */
  relabel(mark: number, kind: number): void {
    this.entries[this.first + mark] = kind | (1 << 8);
  }

  /** Forgets everything written since `mark`. */
  rewind(mark: number): void {
    this.next = this.first + mark;
  }

  /** Ends the current item. */
  finish(): Placed {
    const { entries, first, next } = this;
    if (entries instanceof Int32Array) return { wide: entries.slice(0, next), first: 0, limit: next };
    this.kept = next;
    return { wide: undefined, first, limit: next };
  }

  /** The entries of all items that are not wide. */
  seal(): Uint16Array {
    return this.narrow.slice(0, this.kept);
  }

  private write(entries: Entries, first: number, size: number): void {
    this.entries = entries;
    this.first = first;
    this.next = first + size;
    this.lastIndex = entries.length - STRIDE;
  }

  private makeRoom(end: number): void {
    const { first, size, entries } = this;
    const written = entries.subarray(first, first + size);
    if (entries instanceof Int32Array || end > this.lastOffset) {
      const wide = new Int32Array(Math.max(size * 2, 1 << 12));
      wide.set(written);
      this.write(wide, 0, size);
      this.lastOffset = Infinity;
      return;
    }
    this.narrow = new Uint16Array(entries.length * 2);
    this.narrow.set(entries);
    this.write(this.narrow, first, size);
  }
}
