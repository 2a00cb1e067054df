import type { Codes } from './goHuffman';
import { huffmanCodes, reversed } from './goHuffman';

/** A byte, or a match: see `matchToken`. */
export type Token = number;

/** A repetition of `length` bytes (3 to 258) that were written `offset` bytes (1 to 32768) before. */
export function matchToken(length: number, offset: number): Token {
  return 256 + (length - 3) * 32768 + (offset - 1);
}

interface Range {
  readonly base: number;
  readonly extraBits: number;
}

/** The symbols for lengths of matches less 3, and for offsets less 1 (RFC 1951, 3.2.5). */
const lengthRanges = ranges(8, 28, 4).concat({ base: 255, extraBits: 0 });
const offsetRanges = ranges(4, 30, 2);
const lengthSymbols = symbolsOf(lengthRanges, 256);
const offsetSymbols = symbolsOf(offsetRanges, 32768);

const endOfBlock = 256;
const firstLengthSymbol = 257;
const literalSymbols = 286;
/** The order in which the lengths of the codes of code lengths are written. */
const codeLengthOrder = [16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15];

/** Writes blocks of compressed data (RFC 1951) with the choices of Go's `compress/flate`. */
export class BlockWriter {
  private readonly bytes: number[] = [];
  private pending = 0;
  private pendingBits = 0;

  finish(): Buffer {
    return Buffer.from(this.bytes);
  }

  /** A block that holds the bytes as they are. */
  stored(data: Uint8Array, last: boolean): void {
    this.bits(last ? 1 : 0, 3);
    this.align();
    for (const length of [data.length, ~data.length]) this.bytes.push(length & 0xff, (length >> 8) & 0xff);
    for (const byte of data) this.bytes.push(byte);
  }

  /** The tokens in the shortest kind of block; where `data`, what they stand for, is known, it may be stored. */
  block(tokens: readonly Token[], data: Uint8Array | undefined): void {
    const { literals, offsets } = countSymbols(tokens);
    const storable = data !== undefined && data.length <= 65535;
    const codes = { literals: huffmanCodes(literals, 15), offsets: huffmanCodes(offsets, 15) };
    const header = dynamicHeader(codes.literals, codes.offsets);
    const extra = storable
      ? extraBits(literals.slice(firstLengthSymbol), lengthRanges) + extraBits(offsets, offsetRanges)
      : 0;
    const fixedSize = 3 + bitLength(literals, fixedLiterals) + bitLength(offsets, fixedOffsets) + extra;
    const dynamicSize =
      header.size + bitLength(literals, codes.literals) + bitLength(offsets, codes.offsets) + extra;
    const isDynamic = dynamicSize < fixedSize;
    if (storable && (data.length + 5) * 8 < Math.min(dynamicSize, fixedSize)) {
      this.stored(data, false);
      return;
    }
    if (isDynamic) {
      for (const [value, count] of header.fields) this.bits(value, count);
      this.tokens(tokens, codes.literals, codes.offsets);
    } else {
      this.bits(2, 3);
      this.tokens(tokens, fixedLiterals, fixedOffsets);
    }
  }

  private tokens(tokens: readonly Token[], literals: Codes, offsets: Codes): void {
    for (const token of tokens) {
      if (token < 256) {
        this.code(literals, token);
        continue;
      }
      const length = Math.floor((token - 256) / 32768);
      const offset = (token - 256) % 32768;
      this.ranged(literals, firstLengthSymbol, lengthSymbols[length] ?? 0, lengthRanges, length);
      this.ranged(offsets, 0, offsetSymbols[offset] ?? 0, offsetRanges, offset);
    }
    this.code(literals, endOfBlock);
  }

  private ranged(codes: Codes, first: number, symbol: number, all: readonly Range[], value: number): void {
    this.code(codes, first + symbol);
    const range = all[symbol];
    if (range && range.extraBits > 0) this.bits(value - range.base, range.extraBits);
  }

  private code({ bits, lengths }: Codes, symbol: number): void {
    this.bits(bits[symbol] ?? 0, lengths[symbol] ?? 0);
  }

  private bits(value: number, count: number): void {
    this.pending |= value << this.pendingBits;
    this.pendingBits += count;
    while (this.pendingBits >= 8) {
      this.bytes.push(this.pending & 0xff);
      this.pending >>>= 8;
      this.pendingBits -= 8;
    }
  }

  private align(): void {
    if (this.pendingBits > 0) this.bits(0, 8 - this.pendingBits);
  }
}

/** Ranges of 1, 1, … 2, 2, … 4, 4, …: the first `single` hold one value, then `each` of a size come in turn. */
function ranges(single: number, count: number, each: number): Range[] {
  const all: Range[] = [];
  let base = 0;
  for (let index = 0; index < count; index++) {
    const extra = index < single ? 0 : Math.floor((index - single) / each) + 1;
    all.push({ base, extraBits: extra });
    base += 2 ** extra;
  }
  return all;
}

function symbolsOf(all: readonly Range[], count: number): Uint8Array {
  const symbols = new Uint8Array(count);
  for (const [symbol, { base, extraBits }] of all.entries()) {
    symbols.fill(symbol, base, Math.min(count, base + 2 ** extraBits));
  }
  return symbols;
}

function fixedCodes(
  count: number,
  lengthOf: (symbol: number) => number,
  codeOf: (symbol: number) => number,
): Codes {
  const lengths = Uint8Array.from({ length: count }, (_, symbol) => lengthOf(symbol));
  const bits = Uint16Array.from({ length: count }, (_, symbol) => reversed(codeOf(symbol), lengthOf(symbol)));
  return { lengths, bits };
}

const fixedLiterals = fixedCodes(
  literalSymbols,
  (symbol) => (symbol < 144 ? 8 : symbol < 256 ? 9 : symbol < 280 ? 7 : 8),
  (symbol) =>
    symbol < 144 ? symbol + 48 : symbol < 256 ? symbol + 256 : symbol < 280 ? symbol - 256 : symbol - 88,
);
const fixedOffsets = fixedCodes(
  30,
  () => 5,
  (symbol) => symbol,
);

function countSymbols(tokens: readonly Token[]): { literals: number[]; offsets: number[] } {
  const literals = new Array<number>(literalSymbols).fill(0);
  const offsets = new Array<number>(30).fill(0);
  const count = (frequencies: number[], symbol: number): void => {
    frequencies[symbol] = (frequencies[symbol] ?? 0) + 1;
  };
  for (const token of tokens) {
    if (token < 256) {
      count(literals, token);
      continue;
    }
    count(literals, firstLengthSymbol + (lengthSymbols[Math.floor((token - 256) / 32768)] ?? 0));
    count(offsets, offsetSymbols[(token - 256) % 32768] ?? 0);
  }
  count(literals, endOfBlock);
  // A tree needs at least one code, even where nothing is written with it.
  if (!offsets.some(Boolean)) offsets[0] = 1;
  return { literals, offsets };
}

function extraBits(frequencies: readonly number[], all: readonly Range[]): number {
  return frequencies.reduce((sum, frequency, symbol) => sum + frequency * (all[symbol]?.extraBits ?? 0), 0);
}

function bitLength(frequencies: readonly number[], { lengths }: Codes): number {
  return frequencies.reduce((sum, frequency, symbol) => sum + frequency * (lengths[symbol] ?? 0), 0);
}

type Field = readonly [value: number, bits: number];

/** The start of a block with codes of its own: the lengths of all codes, themselves run-length and Huffman coded. */
function dynamicHeader(literals: Codes, offsets: Codes): { size: number; fields: readonly Field[] } {
  const literalLengths = used(literals);
  const offsetLengths = used(offsets);
  const runs = runLengths([...literalLengths, ...offsetLengths]);
  const frequencies = new Array<number>(19).fill(0);
  for (const [symbol] of runs) frequencies[symbol] = (frequencies[symbol] ?? 0) + 1;
  const { bits, lengths } = huffmanCodes(frequencies, 7);
  let count = codeLengthOrder.length;
  while (count > 4 && frequencies[codeLengthOrder[count - 1] ?? 0] === 0) count--;
  const fields: Field[] = [
    [4, 3],
    [literalLengths.length - 257, 5],
    [offsetLengths.length - 1, 5],
    [count - 4, 4],
    ...codeLengthOrder.slice(0, count).map((symbol): Field => [lengths[symbol] ?? 0, 3]),
  ];
  for (const [symbol, repeat, extra] of runs) {
    fields.push([bits[symbol] ?? 0, lengths[symbol] ?? 0]);
    if (extra > 0) fields.push([repeat, extra]);
  }
  return { size: fields.reduce((sum, [, length]) => sum + length, 0), fields };
}

/** Without the symbols at the end that have no code. */
function used({ lengths }: Codes): number[] {
  let end = lengths.length;
  while (end > 0 && lengths[end - 1] === 0) end--;
  return [...lengths.subarray(0, end)];
}

/** Symbols for the lengths of codes, each with how often it repeats and in how many bits that is written. */
function runLengths(lengths: readonly number[]): (readonly [symbol: number, repeat: number, bits: number])[] {
  const runs: (readonly [number, number, number])[] = [];
  for (let at = 0; at < lengths.length;) {
    const length = lengths[at] ?? 0;
    let count = 1;
    while (lengths[at + count] === length) count++;
    at += count;
    if (length === 0) {
      for (; count >= 11; count -= Math.min(count, 138)) runs.push([18, Math.min(count, 138) - 11, 7]);
      if (count >= 3) {
        runs.push([17, count - 3, 3]);
        count = 0;
      }
    } else {
      runs.push([length, 0, 0]);
      count--;
      for (; count >= 3; count -= Math.min(count, 6)) runs.push([16, Math.min(count, 6) - 3, 2]);
    }
    for (; count > 0; count--) runs.push([length, 0, 0]);
  }
  return runs;
}
