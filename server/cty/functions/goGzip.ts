import { gzipSync } from 'node:zlib';
import type { Token } from './goDeflateBlocks';
import { BlockWriter, matchToken } from './goDeflateBlocks';

/**
 * A gzip file of the data with the very bytes that Go's `compress/gzip` writes at its default level when it is flushed
 * and closed, as Terraform's `base64gzip` does. zlib finds other matches. Facts: Go's `compress/flate/deflate.go`.
 */
export function gzip(data: Buffer): Buffer {
  const writer = new BlockWriter();
  new Matcher(data, writer).run();
  writer.stored(Buffer.alloc(0), false);
  writer.stored(Buffer.alloc(0), true);
  // Any gzip file of the data ends with the same checksum and length.
  const trailer = gzipSync(data, { level: 0 }).subarray(-8);
  return Buffer.concat([header, writer.finish(), trailer]);
}

/** No time, no flags, an unknown operating system. */
const header = Buffer.from([0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 0xff]);

const windowSize = 32768;
const shortestMatch = 4;
const longestMatch = 258;
const lookaheadNeeded = shortestMatch + longestMatch;
const mostTokens = 16384;
/** A match this long is not worth looking for a better one a byte later. */
const lazyLength = 16;
/** A match this long is the best of its place. */
const niceLength = 128;
const longestChain = 128;
const none = -1;

/** Looks for repetitions. Positions are in the whole data; Go slides a window of twice `windowSize` over it. */
class Matcher {
  private base = 0;
  private windowEnd = 0;
  private index = 0;
  private blockStart = 0;
  private insertEnd = 0;
  private chainHead = none;
  private length = shortestMatch - 1;
  private offset = 0;
  /** The byte before `index` is not written yet, as a longer match may start at `index`. */
  private byteWaits = false;
  private tokens: Token[] = [];
  private readonly heads = new Int32Array(1 << 17).fill(none);
  private readonly previous = new Int32Array(windowSize).fill(none);

  constructor(
    private readonly data: Buffer,
    private readonly writer: BlockWriter,
  ) {}

  run(): void {
    while (this.windowEnd < this.data.length) {
      this.advance(false);
      this.fill();
    }
    this.advance(true);
  }

  private fill(): void {
    if (this.index - this.base >= 2 * windowSize - lookaheadNeeded) {
      this.base += windowSize;
      // The start of the block has left the window: Go can no longer store the block as it is.
      if (this.blockStart < this.base) this.blockStart = Infinity;
    }
    this.windowEnd = Math.min(this.data.length, this.base + 2 * windowSize);
  }

  private advance(toTheEnd: boolean): void {
    this.insertEnd = this.windowEnd - (shortestMatch - 1);
    while (toTheEnd || this.windowEnd - this.index >= lookaheadNeeded) {
      if (this.index === this.windowEnd) {
        if (this.byteWaits) this.tokens.push(this.data[this.index - 1] ?? 0);
        this.byteWaits = false;
        if (this.tokens.length > 0) this.writeBlock(this.index);
        return;
      }
      this.step();
    }
  }

  private step(): void {
    this.insert(true);
    const before = { length: this.length, offset: this.offset };
    this.length = shortestMatch - 1;
    this.offset = 0;
    const oldest = Math.max(this.index - windowSize, this.base);
    const lookahead = this.windowEnd - this.index;
    if (this.chainHead >= oldest && lookahead > before.length && before.length < lazyLength) {
      this.findMatch(lookahead);
    }
    if (before.length >= shortestMatch && this.length <= before.length) {
      this.tokens.push(matchToken(before.length, before.offset));
      const end = this.index + before.length - 1;
      for (this.index++; this.index < end; this.index++) this.insert(false);
      this.byteWaits = false;
      this.length = shortestMatch - 1;
      if (this.tokens.length === mostTokens) this.writeBlock(this.index);
      return;
    }
    if (this.byteWaits) {
      this.tokens.push(this.data[this.index - 1] ?? 0);
      if (this.tokens.length === mostTokens) this.writeBlock(this.index);
    }
    this.index++;
    this.byteWaits = true;
  }

  /** Remembers the place in the chain of those with the same hash. */
  private insert(asHead: boolean): void {
    const at = this.index;
    if (at >= this.insertEnd) return;
    const hash = Math.imul(this.data.readInt32BE(at), 0x1e35a7bd) >>> 15;
    const head = this.heads[hash] ?? none;
    if (asHead) this.chainHead = head;
    this.previous[at % windowSize] = head;
    this.heads[hash] = at;
  }

  private findMatch(lookahead: number): void {
    const { data, index } = this;
    const most = Math.min(longestMatch, lookahead);
    const nice = Math.min(most, niceLength);
    const oldest = index - windowSize;
    let candidate = this.chainHead;
    for (let tries = longestChain; tries > 0; tries--) {
      if (data[candidate + this.length] === data[index + this.length]) {
        const length = this.matchLength(candidate, most);
        if (length > this.length && (length > shortestMatch || index - candidate <= 4096)) {
          this.length = length;
          this.offset = index - candidate;
          if (length >= nice) return;
        }
      }
      if (candidate === oldest) return;
      candidate = this.previous[candidate % windowSize] ?? none;
      if (candidate < oldest || candidate < this.base) return;
    }
  }

  private matchLength(candidate: number, most: number): number {
    const { data, index } = this;
    let length = 0;
    while (length < most && data[candidate + length] === data[index + length]) length++;
    return length;
  }

  private writeBlock(end: number): void {
    const data = this.blockStart <= end ? this.data.subarray(this.blockStart, end) : undefined;
    this.writer.block(this.tokens, data);
    this.blockStart = end;
    this.tokens = [];
  }
}
