/** The codes of a Huffman tree by symbol: as many bits as `lengths` says, 0 for a symbol without a code. */
export interface Codes {
  readonly lengths: Uint8Array;
  /** With the first bit of the code lowest, as it is written. */
  readonly bits: Uint16Array;
}

interface Leaf {
  readonly symbol: number;
  readonly frequency: number;
}

/**
 * The shortest codes of at most `longest` bits for symbols of these frequencies. Where several sets of codes are
 * equally short, the ones that Go's `compress/flate` takes.
 */
export function huffmanCodes(frequencies: readonly number[], longest: number): Codes {
  const leaves: Leaf[] = [];
  for (const [symbol, frequency] of frequencies.entries()) {
    if (frequency > 0) leaves.push({ symbol, frequency });
  }
  const lengths = new Uint8Array(frequencies.length);
  const bits = new Uint16Array(frequencies.length);
  if (leaves.length <= 2) {
    for (const [index, { symbol }] of leaves.entries()) {
      lengths[symbol] = 1;
      bits[symbol] = index;
    }
    return { lengths, bits };
  }
  leaves.sort((a, b) => a.frequency - b.frequency || a.symbol - b.symbol);
  let end = leaves.length;
  let code = 0;
  for (const [index, count] of symbolsByLength(leaves, longest).entries()) {
    const length = index + 1;
    code <<= 1;
    const chunk = leaves.slice(end - count, end).sort((a, b) => a.symbol - b.symbol);
    end -= count;
    for (const { symbol } of chunk) {
      lengths[symbol] = length;
      bits[symbol] = reversed(code, length);
      code++;
    }
  }
  return { lengths, bits };
}

export function reversed(code: number, length: number): number {
  let result = 0;
  for (let bit = 0; bit < length; bit++) result |= ((code >> bit) & 1) << (length - 1 - bit);
  return result;
}

/** How many symbols have codes of 1 bit, 2 bits and so on, by the package-merge algorithm. */
function symbolsByLength(leaves: readonly Leaf[], longest: number): number[] {
  const levels = Math.min(longest, leaves.length - 1);
  const isLeaf: boolean[][] = [];
  let pairs: number[] = [];
  for (let level = 0; level < levels; level++) {
    const merged = merge(leaves, pairs);
    isLeaf.push(merged.map((item) => item.leaf));
    pairs = [];
    for (let at = 0; at + 1 < merged.length; at += 2) {
      pairs.push((merged[at]?.frequency ?? 0) + (merged[at + 1]?.frequency ?? 0));
    }
  }
  // From the top: the leaves among the items that are needed, and the pairs, whose parts are needed one level below.
  let needed = 2 * leaves.length - 2;
  const counts = isLeaf.toReversed().map((items) => {
    const count = items.slice(0, needed).filter(Boolean).length;
    needed = 2 * (needed - count);
    return count;
  });
  return counts.map((count, index) => count - (counts[index + 1] ?? 0));
}

/** In order of frequency; of two that are equal, the pair comes first. */
function merge(leaves: readonly Leaf[], pairs: readonly number[]): { frequency: number; leaf: boolean }[] {
  const merged: { frequency: number; leaf: boolean }[] = [];
  let nextPair = 0;
  for (const { frequency } of leaves) {
    for (; (pairs[nextPair] ?? Infinity) <= frequency; nextPair++) {
      merged.push({ frequency: pairs[nextPair] ?? 0, leaf: false });
    }
    merged.push({ frequency, leaf: true });
  }
  for (const frequency of pairs.slice(nextPair)) merged.push({ frequency, leaf: false });
  return merged;
}
