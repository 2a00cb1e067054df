import type { Layering, Segment } from './layers';

/** Most rounds of sweeping; it ends earlier after a few in a row that improve nothing. */
const rounds = 12;
const patience = 3;
/** Most passes of swapping in each round; fewer above `manyCells`, because a pass costs in proportion. */
const swapPasses = 4;
const swapPassesForMany = 1;
const manyCells = 600;

interface Neighbour {
  readonly cell: number;
  /** Where the line attaches, as a part of the neighbour's height. */
  readonly part: number;
}

/**
 * Orders the cells of each layer in place so that few lines cross: barycentre sweeps in alternating direction, each
 * followed by swaps of neighbours that reduce crossings; the best order seen wins. The same input gives the same order.
 */
export function orderLayers(layering: Layering): void {
  const order = new Ordering(layering);
  let best = layering.layers.map((layer) => [...layer]);
  let fewest = order.crossings();
  const passes = layering.cells.length > manyCells ? swapPassesForMany : swapPasses;
  let idle = 0;
  for (let round = 0; round < rounds && fewest > 0 && idle < patience; round++) {
    order.sweep(round % 2 === 0);
    order.swapNeighbours(passes);
    const crossings = order.crossings();
    idle++;
    if (crossings >= fewest) continue;
    idle = 0;
    fewest = crossings;
    best = layering.layers.map((layer) => [...layer]);
  }
  best.forEach((layer, index) => {
    layering.layers[index]?.splice(0, layer.length, ...layer);
  });
}

/** How many pairs of pieces between neighbouring layers cross, with the present order of the layers. */
export function countCrossings(layering: Layering): number {
  return new Ordering(layering).crossings();
}

class Ordering {
  private readonly position: Float64Array;
  private readonly before: Neighbour[][];
  private readonly after: Neighbour[][];
  private readonly between: Segment[][];

  constructor(private readonly layering: Layering) {
    const { cells, layers, segments } = layering;
    this.position = new Float64Array(cells.length);
    this.before = cells.map(() => []);
    this.after = cells.map(() => []);
    this.between = layers.map(() => []);
    for (const segment of segments) {
      const left = cells[segment.left];
      const right = cells[segment.right];
      if (left === undefined || right === undefined) continue;
      this.after[segment.left]?.push({ cell: segment.right, part: segment.rightOffset / (right.height + 1) });
      this.before[segment.right]?.push({ cell: segment.left, part: segment.leftOffset / (left.height + 1) });
      this.between[left.layer]?.push(segment);
    }
    for (const layer of layers) this.number(layer);
  }

  sweep(rightwards: boolean): void {
    const { layers } = this.layering;
    const neighbours = rightwards ? this.before : this.after;
    for (let step = 1; step < layers.length; step++) {
      const layer = layers[rightwards ? step : layers.length - 1 - step];
      if (layer === undefined) continue;
      const keyed = layer.map((cell, index) => ({ cell, index, key: this.mean(neighbours[cell], cell) }));
      keyed.sort((a, b) => a.key - b.key || a.index - b.index);
      layer.splice(0, layer.length, ...keyed.map(({ cell }) => cell));
      this.number(layer);
    }
  }

  swapNeighbours(passes: number): void {
    let improved = true;
    for (let pass = 0; pass < passes && improved; pass++) {
      improved = false;
      for (const layer of this.layering.layers) improved = this.swapIn(layer) || improved;
    }
  }

  crossings(): number {
    return this.between.reduce((sum, segments) => sum + this.crossingsOf(segments), 0);
  }

  private number(layer: readonly number[]): void {
    layer.forEach((cell, index) => {
      this.position[cell] = index;
    });
  }

  private key({ cell, part }: Neighbour): number {
    return (this.position[cell] ?? 0) + part;
  }

  private mean(neighbours: readonly Neighbour[] | undefined, cell: number): number {
    if (neighbours === undefined || neighbours.length === 0) return (this.position[cell] ?? 0) + 0.5;
    return neighbours.reduce((sum, neighbour) => sum + this.key(neighbour), 0) / neighbours.length;
  }

  private swapIn(layer: number[]): boolean {
    const sorted = (neighbours: readonly Neighbour[] | undefined): number[] =>
      (neighbours ?? []).map((neighbour) => this.key(neighbour)).sort((a, b) => a - b);
    const keys = new Map(layer.map((cell) => [cell, [sorted(this.before[cell]), sorted(this.after[cell])]]));
    let improved = false;
    for (let index = 0; index + 1 < layer.length; index++) {
      const [upper, lower] = [layer[index], layer[index + 1]];
      if (upper === undefined || lower === undefined) continue;
      let gain = 0;
      for (const side of [0, 1]) {
        const a = keys.get(upper)?.[side] ?? [];
        const b = keys.get(lower)?.[side] ?? [];
        gain += inversions(a, b) - inversions(b, a);
      }
      if (gain <= 0) continue;
      layer[index] = lower;
      layer[index + 1] = upper;
      improved = true;
    }
    if (improved) this.number(layer);
    return improved;
  }

  private crossingsOf(segments: readonly Segment[]): number {
    const { cells } = this.layering;
    const ends = segments.map((segment) => ({
      left: this.key({
        cell: segment.left,
        part: segment.leftOffset / ((cells[segment.left]?.height ?? 0) + 1),
      }),
      right: this.key({
        cell: segment.right,
        part: segment.rightOffset / ((cells[segment.right]?.height ?? 0) + 1),
      }),
    }));
    ends.sort((a, b) => a.left - b.left || a.right - b.right);
    const ranks = new Map(
      [...new Set(ends.map((end) => end.right))].sort((a, b) => a - b).map((right, rank) => [right, rank]),
    );
    const counts = new Tally(ranks.size);
    let crossings = 0;
    let waiting: number[] = [];
    let left = NaN;
    ends.forEach((end, index) => {
      // Lines that start at one point do not cross each other.
      if (end.left !== left) {
        for (const rank of waiting) counts.add(rank);
        waiting = [];
        left = end.left;
      }
      const rank = ranks.get(end.right) ?? 0;
      crossings += index - waiting.length - counts.upTo(rank);
      waiting.push(rank);
    });
    return crossings;
  }
}

/** How many pairs (one of `a`, one of `b`) have the one of `a` after that of `b`; both are sorted. */
function inversions(a: readonly number[], b: readonly number[]): number {
  let count = 0;
  let smaller = 0;
  for (const value of a) {
    while (smaller < b.length && (b[smaller] ?? 0) < value) smaller++;
    count += smaller;
  }
  return count;
}

/** A Fenwick tree: counts by rank with prefix sums in logarithmic time. */
class Tally {
  private readonly tree: Int32Array;

  constructor(size: number) {
    this.tree = new Int32Array(size + 1);
  }

  add(rank: number): void {
    for (let index = rank + 1; index < this.tree.length; index += index & -index) {
      this.tree[index] = (this.tree[index] ?? 0) + 1;
    }
  }

  upTo(rank: number): number {
    let sum = 0;
    for (let index = rank + 1; index > 0; index -= index & -index) sum += this.tree[index] ?? 0;
    return sum;
  }
}
