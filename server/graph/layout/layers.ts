import type { End, LevelBox, Net } from './level';

/** A thing with a place in a layer: a box, a bend of a long line, or a port on the module's border. */
export interface Cell {
  readonly kind: 'box' | 'bend' | 'port';
  readonly layer: number;
  readonly height: number;
  /** Index of the box, or −1. */
  readonly box: number;
}

/** A piece of a net between neighbouring layers. Offsets are from the top of a cell to where the line attaches. */
export interface Segment {
  readonly net: number;
  readonly left: number;
  readonly right: number;
  readonly leftOffset: number;
  readonly rightOffset: number;
}

export interface Layering {
  readonly cells: readonly Cell[];
  /** Cells by layer, from the left. */
  readonly layers: number[][];
  readonly segments: readonly Segment[];
  /** For each net and each of its leaves: the cells from the root to the leaf. */
  readonly paths: readonly (readonly (readonly number[])[])[];
}

const bendHeight = 2;

/**
 * Puts boxes into layers so that every net runs in its direction, and cuts lines that span several layers into pieces.
 * A layer higher than `highest` is folded into several. The nets must have no cycle.
 */
export function makeLayering(
  boxes: readonly LevelBox[],
  nets: readonly Net[],
  members: readonly number[],
  highest: number,
  gap: number,
): Layering {
  const hasLeft = nets.some((net) => touchesBorder(net, 'left'));
  const assigned = assignLayers(members, nets);
  const folded = foldLayers(assigned, boxes, highest, gap);
  const builder = new LayeringBuilder(boxes, nets, hasLeft ? 1 : 0);
  folded.forEach((layer, index) => {
    builder.addLayer(layer, index);
  });
  return builder.finish(folded.length);
}

export function touchesBorder(net: Net, border: 'left' | 'right'): boolean {
  return net.root === border || net.leaves.includes(border);
}

/** Longest path from the left; a box without anything to its left moves beside its nearest dependent. */
function assignLayers(members: readonly number[], nets: readonly Net[]): number[][] {
  const next = new Map<number, number[]>(members.map((box) => [box, []]));
  const before = new Map<number, number>(members.map((box) => [box, 0]));
  const pinned = new Set<number>();
  for (const [left, right] of pairs(nets)) {
    if (typeof left === 'number' && typeof right === 'number') {
      next.get(left)?.push(right);
      before.set(right, (before.get(right) ?? 0) + 1);
    } else if (left === 'left' && typeof right === 'number') {
      pinned.add(right);
    }
  }
  const order = members.filter((box) => before.get(box) === 0);
  const free = order.filter((box) => !pinned.has(box));
  const layer = new Map<number, number>(members.map((box) => [box, 0]));
  for (const box of order) {
    for (const target of next.get(box) ?? []) {
      layer.set(target, Math.max(layer.get(target) ?? 0, (layer.get(box) ?? 0) + 1));
      const left = (before.get(target) ?? 0) - 1;
      before.set(target, left);
      if (left === 0) order.push(target);
    }
  }
  for (const box of free) {
    const nearest = Math.min(...(next.get(box) ?? []).map((target) => layer.get(target) ?? 0));
    if (Number.isFinite(nearest)) layer.set(box, nearest - 1);
  }
  const layers: number[][] = [];
  for (const box of members) (layers[layer.get(box) ?? 0] ??= []).push(box);
  return Array.from(layers, (boxes) => (boxes as number[] | undefined) ?? []);
}

/** The boxes and borders that each net joins, left one first. */
function* pairs(nets: readonly Net[]): Generator<[number | string, number | string]> {
  for (const net of nets) {
    for (const leaf of net.leaves) {
      const root = typeof net.root === 'string' ? net.root : net.root.box;
      const end = typeof leaf === 'string' ? leaf : leaf.box;
      yield net.reversed ? [end, root] : [root, end];
    }
  }
}

function foldLayers(
  layers: readonly (readonly number[])[],
  boxes: readonly LevelBox[],
  highest: number,
  gap: number,
): number[][] {
  return layers.flatMap((layer) => {
    const total = layer.reduce((sum, box) => sum + (boxes[box]?.height ?? 0) + gap, 0);
    const parts = Math.min(layer.length, Math.max(1, Math.ceil(total / highest)));
    const size = Math.ceil(layer.length / parts);
    return Array.from({ length: Math.ceil(layer.length / size) || 1 }, (_, part) =>
      layer.slice(part * size, (part + 1) * size),
    );
  });
}

class LayeringBuilder {
  private readonly cells: Cell[] = [];
  private readonly layers: number[][] = [];
  private readonly segments: Segment[] = [];
  private readonly cellOfBox = new Map<number, number>();

  constructor(
    private readonly boxes: readonly LevelBox[],
    private readonly nets: readonly Net[],
    private readonly shift: 0 | 1,
  ) {
    if (shift === 1) this.layers.push([]);
  }

  addLayer(members: readonly number[], index: number): void {
    this.layers.push([]);
    for (const box of members) {
      const height = this.boxes[box]?.height ?? 0;
      this.cellOfBox.set(box, this.addCell({ kind: 'box', layer: index + this.shift, height, box }));
    }
  }

  finish(count: number): Layering {
    const last = count + this.shift;
    if (this.nets.some((net) => touchesBorder(net, 'right'))) this.layers.push([]);
    const paths = this.nets.map((net, index) => this.drawNet(net, index, last));
    const layers = this.layers.map((layer) => this.bendsInTheMiddle(layer));
    return { cells: this.cells, layers, segments: this.segments, paths };
  }

  /** The first order: a trunk past a column of its own leaves runs through their middle, not below them. */
  private bendsInTheMiddle(layer: readonly number[]): number[] {
    const others = layer.filter((cell) => this.cells[cell]?.kind !== 'bend');
    const bends = layer.filter((cell) => this.cells[cell]?.kind === 'bend');
    const half = Math.ceil(others.length / 2);
    return [...others.slice(0, half), ...bends, ...others.slice(half)];
  }

  private addCell(cell: Cell): number {
    const index = this.cells.push(cell) - 1;
    this.layers[cell.layer]?.push(index);
    return index;
  }

  /** One trunk from the root; each layer is passed at one place, whatever the number of leaves beyond it. */
  private drawNet(net: Net, index: number, last: number): number[][] {
    const step = net.reversed ? -1 : 1;
    const root = this.cellOf(net.root, last);
    const trunk = [root];
    const joined = new Set<string>();
    const leaves = net.leaves.map((leaf) => this.cellOf(leaf, last));
    const start = this.cells[root]?.layer ?? 0;
    const reach = Math.max(0, ...leaves.map((leaf) => ((this.cells[leaf]?.layer ?? 0) - start) * step));
    for (let distance = 1; distance < reach; distance++) {
      const bend = this.addCell({
        kind: 'bend',
        layer: start + distance * step,
        height: bendHeight,
        box: -1,
      });
      this.join(
        net,
        index,
        trunk[distance - 1] ?? root,
        bend,
        undefined,
        distance === 1 ? net.root : undefined,
      );
      trunk.push(bend);
    }
    return leaves.map((leaf, position) => {
      const distance = ((this.cells[leaf]?.layer ?? 0) - start) * step;
      const path = trunk.slice(0, Math.max(1, distance));
      const end = net.leaves[position];
      const key = `${leaf} ${typeof end === 'object' && end.inner}`;
      if (!joined.has(key)) {
        joined.add(key);
        this.join(net, index, path.at(-1) ?? root, leaf, end, distance <= 1 ? net.root : undefined);
      }
      return [...path, leaf];
    });
  }

  private cellOf(end: End, last: number): number {
    if (typeof end === 'object') return this.cellOfBox.get(end.box) ?? 0;
    const layer = end === 'left' ? 0 : last;
    return this.addCell({ kind: 'port', layer, height: bendHeight, box: -1 });
  }

  private join(net: Net, index: number, near: number, far: number, farEnd?: End, nearEnd?: End): void {
    const nearOffset = this.offset(near, nearEnd, net, net.reversed ? 'left' : 'right');
    const farOffset = this.offset(far, farEnd, net, net.reversed ? 'right' : 'left');
    this.segments.push(
      net.reversed
        ? { net: index, left: far, right: near, leftOffset: farOffset, rightOffset: nearOffset }
        : { net: index, left: near, right: far, leftOffset: nearOffset, rightOffset: farOffset },
    );
  }

  private offset(cell: number, end: End | undefined, net: Net, side: 'left' | 'right'): number {
    const { box, height } = this.cells[cell] ?? { box: -1, height: 0 };
    return attachment(this.boxes[box], end, net.id, side) ?? height / 2;
  }
}

/** Where a net attaches to a module's side, from its top; `undefined` for anything without ports. */
export function attachment(
  box: LevelBox | undefined,
  end: End | undefined,
  net: string,
  side: 'left' | 'right',
): number | undefined {
  if (box?.ports === undefined) return undefined;
  const inner = typeof end === 'object' && end.inner;
  return (inner ? box.ports[side].get(net) : undefined) ?? box.ports.title;
}

/** A line between two neighbouring layers, with all its pieces: several where it forks. */
export interface Line {
  readonly net: number;
  readonly pieces: { readonly left: number; readonly right: number }[];
}

/** The lines into a layer from the one before it. */
export function linesInto(layering: Layering, nets: readonly Net[], layer: number): Line[] {
  const lines = new Map<string, Line>();
  for (const { left, right, net } of layering.segments) {
    if (layering.cells[right]?.layer !== layer) continue;
    const key = `${nets[net]?.reversed === true ? right : left} ${net}`;
    const line = lines.get(key) ?? { net, pieces: [] };
    line.pieces.push({ left, right });
    lines.set(key, line);
  }
  return [...lines.values()];
}
