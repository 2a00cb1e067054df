import type { Cell, Layering } from './layers';

/** Smallest distances between neighbours of one layer. */
export const boxGap = 16;
const moduleGap = 22;
const lineGap = 10;

const passes = 10;

interface Pull {
  readonly other: number;
  /** What to add to the other cell's top to get the top that makes the line straight. */
  readonly shift: number;
  readonly weight: number;
}

/**
 * The top of every cell, so that order and distances are kept and lines are as straight as possible: each layer in turn
 * takes the places of least squared error towards its neighbours, exactly (isotonic regression). Only layers inside
 * `[first, last]` are placed and only pieces between them pull.
 */
export function placeCells(
  layering: Layering,
  first: number,
  last: number,
  isModule: (cell: Cell) => boolean,
  tops: Float64Array,
): void {
  const { cells, layers } = layering;
  const pulls = collectPulls(layering, first, last);
  for (let layer = first; layer <= last; layer++) {
    const members = layers[layer] ?? [];
    settle(members, cells, isModule, tops, (_, index) => ({ want: index === 0 ? 0 : -1e6, weight: 1 }));
    centre(members, cells, tops);
  }
  for (let pass = 0; pass < passes; pass++) {
    const rightwards = pass % 2 === 0;
    const both = pass >= passes - 2;
    for (let step = 0; step <= last - first; step++) {
      const members = layers[rightwards ? first + step : last - step] ?? [];
      settle(members, cells, isModule, tops, (cell) => {
        const { before, after } = pulls[cell] ?? { before: [], after: [] };
        const used = both ? [...before, ...after] : rightwards ? before : after;
        return target(used, tops, cell);
      });
    }
  }
}

/** Distance kept between two cells, the first above the second. */
function distance(upper: Cell, lower: Cell, isModule: (cell: Cell) => boolean): number {
  if (upper.kind !== 'box' || lower.kind !== 'box') return lineGap;
  return isModule(upper) || isModule(lower) ? moduleGap : boxGap;
}

function collectPulls(
  { cells, segments }: Layering,
  first: number,
  last: number,
): { before: Pull[]; after: Pull[] }[] {
  const pulls = cells.map(() => ({ before: [] as Pull[], after: [] as Pull[] }));
  for (const { left, right, leftOffset, rightOffset } of segments) {
    const [a, b] = [cells[left], cells[right]];
    if (a === undefined || b === undefined || a.layer < first || b.layer > last) continue;
    // Long lines are followed by eye, so they are kept straighter than short ones.
    const weight = a.kind === 'bend' && b.kind === 'bend' ? 8 : a.kind === 'box' && b.kind === 'box' ? 1 : 2;
    pulls[left]?.after.push({ other: right, shift: rightOffset - leftOffset, weight });
    pulls[right]?.before.push({ other: left, shift: leftOffset - rightOffset, weight });
  }
  return pulls;
}

function target(pulls: readonly Pull[], tops: Float64Array, cell: number): { want: number; weight: number } {
  let sum = 0;
  let weight = 0;
  for (const pull of pulls) {
    sum += ((tops[pull.other] ?? 0) + pull.shift) * pull.weight;
    weight += pull.weight;
  }
  return weight === 0 ? { want: tops[cell] ?? 0, weight: 0.2 } : { want: sum / weight, weight };
}

function settle(
  members: readonly number[],
  cells: readonly Cell[],
  isModule: (cell: Cell) => boolean,
  tops: Float64Array,
  wish: (cell: number, index: number) => { want: number; weight: number },
): void {
  interface Group {
    mean: number;
    weight: number;
    count: number;
  }
  const offsets: number[] = [];
  const groups: Group[] = [];
  let offset = 0;
  let previous: Cell | undefined;
  members.forEach((member, index) => {
    const cell = cells[member];
    if (cell === undefined) return;
    if (previous !== undefined) offset += previous.height + distance(previous, cell, isModule);
    previous = cell;
    offsets.push(offset);
    const { want, weight } = wish(member, index);
    let group: Group = { mean: want - offset, weight, count: 1 };
    for (let above = groups.at(-1); above !== undefined && above.mean > group.mean; above = groups.at(-1)) {
      groups.pop();
      const total = above.weight + group.weight;
      const mean = (above.mean * above.weight + group.mean * group.weight) / total;
      group = { mean, weight: total, count: above.count + group.count };
    }
    groups.push(group);
  });
  let index = 0;
  for (const group of groups) {
    for (const end = index + group.count; index < end; index++) {
      const member = members[index];
      if (member !== undefined) tops[member] = group.mean + (offsets[index] ?? 0);
    }
  }
}

/** Moves a layer so that its middle lies at zero. */
function centre(members: readonly number[], cells: readonly Cell[], tops: Float64Array): void {
  const [first, last] = [members[0], members.at(-1)];
  if (first === undefined || last === undefined) return;
  const middle = ((tops[first] ?? 0) + (tops[last] ?? 0) + (cells[last]?.height ?? 0)) / 2;
  for (const member of members) tops[member] = (tops[member] ?? 0) - middle;
}
