import { attachment, linesInto } from './layers';
import type { Layering, Line } from './layers';
import type { End, LevelBox, LevelDrawing, Net, PlacedBox, Point, Route } from './level';

/** A range of layers drawn side by side. */
export interface Row {
  readonly first: number;
  readonly last: number;
}

export interface Column {
  readonly width: number;
  /** Free space to the right of the column, for lines to change their height. */
  readonly channel: number;
}

type Side = 'left' | 'right';

/** Most space between two lines that attach to one side of a box. */
const attachGap = 9;

/**
 * Turns places into pixels. Lines change height only in the channels between columns and between rows, and pass
 * columns on their bends, which have a place of their own: so no line crosses a box.
 */
export class Routing {
  private readonly columnLeft: number[] = [];
  private readonly rowOf: number[] = [];
  private readonly plainWidths: readonly number[];
  private readonly attachments = new Map<string, number>();
  private readonly returns = new Map<string, readonly Point[]>();
  private width = 0;

  constructor(
    private readonly boxes: readonly LevelBox[],
    private readonly nets: readonly Net[],
    private readonly layering: Layering,
    private readonly tops: Float64Array,
    private readonly columns: readonly Column[],
    private readonly rows: readonly Row[],
    private readonly track: number,
  ) {
    this.plainWidths = layering.layers.map((layer) => {
      const members = layer.map((cell) => boxes[layering.cells[cell]?.box ?? -1]);
      return Math.max(
        0,
        ...members.map((box) => (box === undefined || box.ports !== undefined ? 0 : box.width)),
      );
    });
  }

  draw(): LevelDrawing {
    this.placeColumns();
    this.spreadAttachments();
    this.rows.forEach((row, index) => {
      if (index > 0) this.layReturns(row);
    });
    const { cells } = this.layering;
    const height = Math.max(1, ...cells.map((cell, index) => this.top(index) + cell.height));
    const boxes = this.boxes.map((): PlacedBox => ({ x: 0, y: 0, width: 0, height: 0 }));
    cells.forEach((cell, index) => {
      if (cell.kind !== 'box') return;
      const box = this.boxes[cell.box];
      boxes[cell.box] = {
        x: this.left(index),
        y: this.top(index),
        width: this.boxWidth(index),
        height: box?.height ?? 0,
      };
    });
    const ports = { left: new Map<string, number>(), right: new Map<string, number>() };
    const routes = this.nets.flatMap((net, index) => this.routesOf(net, index, ports));
    return { width: this.width, height, boxes, routes, ...ports };
  }

  private placeColumns(): void {
    for (const [index, row] of this.rows.entries()) {
      const entering = index === 0 ? 0 : this.crossing(row).length * this.track + 12;
      let x = entering;
      for (let layer = row.first; layer <= row.last; layer++) {
        this.rowOf[layer] = index;
        this.columnLeft[layer] = x;
        const column = this.columns[layer] ?? { width: 0, channel: 0 };
        x += column.width + (layer === row.last ? 0 : column.channel);
      }
      const following = this.rows[index + 1];
      const leaving = following === undefined ? 0 : this.crossing(following).length * this.track + 12;
      this.width = Math.max(this.width, x + leaving);
    }
  }

  private crossing(row: Row): Line[] {
    const lines = linesInto(this.layering, this.nets, row.first);
    return lines.sort((a, b) => this.meanTop(a, 'left') - this.meanTop(b, 'left') || a.net - b.net);
  }

  /** Lines on one side of a plain box share it evenly, in the order of where they come from. */
  private spreadAttachments(): void {
    const { cells, segments } = this.layering;
    const sides = new Map<string, { cell: number; side: Side; nets: Map<number, number[]> }>();
    const note = (cell: number, side: Side, net: number, other: number, offset: number): void => {
      const key = `${cell} ${side}`;
      const entry = sides.get(key) ?? { cell, side, nets: new Map<number, number[]>() };
      entry.nets.set(net, [...(entry.nets.get(net) ?? []), this.top(other) + offset]);
      sides.set(key, entry);
    };
    for (const { net, left, right, leftOffset, rightOffset } of segments) {
      note(left, 'right', net, right, rightOffset);
      note(right, 'left', net, left, leftOffset);
    }
    for (const { cell, side, nets } of sides.values()) {
      const height = cells[cell]?.height ?? 0;
      const sorted = [...nets].map(([net, ys]) => ({ net, y: ys.reduce((a, b) => a + b, 0) / ys.length }));
      sorted.sort((a, b) => a.y - b.y || a.net - b.net);
      const gap = sorted.length < 2 ? 0 : Math.min(attachGap, (height - 14) / (sorted.length - 1));
      sorted.forEach(({ net }, index) => {
        const offset = height / 2 + (index - (sorted.length - 1) / 2) * gap;
        this.attachments.set(`${cell} ${side} ${net}`, this.top(cell) + offset);
      });
    }
  }

  /** Out to the right, down, back to the left between the rows, down, and in again: nested, so that they do not cross. */
  private layReturns(row: Row): void {
    const lines = this.crossing(row);
    const previous = row.first - 1;
    const { cells, layers } = this.layering;
    const above = this.rows[(this.rowOf[row.first] ?? 1) - 1] ?? { first: 0, last: previous };
    const members = layers.slice(above.first, above.last + 1).flat();
    const bottom = Math.max(...members.map((cell) => this.top(cell) + (cells[cell]?.height ?? 0)));
    const rightEnd = this.columnRight(previous) + 12;
    const leftEnd = (this.columnLeft[row.first] ?? 0) - 12;
    const entry = [...lines].sort((a, b) => this.meanTop(a, 'right') - this.meanTop(b, 'right'));
    lines.forEach((line, index) => {
      const x = rightEnd + (lines.length - 1 - index) * this.track;
      const y = bottom + 18 + (lines.length - 1 - index) * this.track;
      const back = leftEnd - entry.indexOf(line) * this.track;
      for (const { left, right } of line.pieces) {
        this.returns.set(`${left} ${right} ${line.net}`, [
          { x, y: NaN },
          { x, y },
          { x: back, y },
          { x: back, y: NaN },
        ]);
      }
    });
  }

  private routesOf(
    net: Net,
    index: number,
    ports: { left: Map<string, number>; right: Map<string, number> },
  ): Route[] {
    return net.leaves.map((leaf, position) => {
      const path = this.layering.paths[index]?.[position] ?? [];
      const points = this.polyline(net, index, leaf, net.reversed ? [...path].reverse() : path);
      for (const end of [net.root, leaf]) {
        if (typeof end !== 'string') continue;
        const atStart = end === 'left';
        const y = (atStart ? points[0] : points.at(-1))?.y ?? 0;
        ports[end].set(net.id, y);
        if (end === 'right') points.push({ x: this.width, y });
      }
      return { net: net.id, root: net.root, leaf, points: net.reversed ? points.reverse() : points };
    });
  }

  private polyline(net: Net, index: number, leaf: End, path: readonly number[]): Point[] {
    const points: Point[] = [];
    path.forEach((cell, step) => {
      const layer = this.layering.cells[cell]?.layer ?? 0;
      const before = path[step - 1];
      const inward = this.attach(cell, 'left', net, index, leaf);
      const outward = this.attach(cell, 'right', net, index, leaf);
      if (before !== undefined) {
        const from = points.at(-1)?.y ?? inward;
        const [out, ...rest] = this.returns.get(`${before} ${cell} ${index}`) ?? [];
        if (out !== undefined) {
          points.push({ x: out.x, y: from });
          for (const point of rest) points.push(Number.isNaN(point.y) ? { x: point.x, y: inward } : point);
        }
        points.push({ x: this.left(cell), y: inward });
      }
      if (step === path.length - 1) return;
      if (before === undefined) points.push({ x: this.left(cell) + this.boxWidth(cell), y: outward });
      points.push({ x: this.columnRight(layer), y: outward });
    });
    return points;
  }

  private attach(cell: number, side: Side, net: Net, index: number, leaf: End): number {
    const { kind, box, height } = this.layering.cells[cell] ?? { kind: 'bend', box: -1, height: 0 };
    if (kind !== 'box') return this.top(cell) + height / 2;
    const isRoot = (side === 'right') !== net.reversed;
    const offset = attachment(this.boxes[box], isRoot ? net.root : leaf, net.id, side);
    if (offset !== undefined) return this.top(cell) + offset;
    return this.attachments.get(`${cell} ${side} ${index}`) ?? this.top(cell) + height / 2;
  }

  /** Plain boxes of one column are equally wide, which makes columns easy to see. */
  private boxWidth(cell: number): number {
    const { layer, box } = this.layering.cells[cell] ?? { layer: 0, box: -1 };
    const own = this.boxes[box];
    if (own === undefined) return 0;
    return own.ports === undefined ? (this.plainWidths[layer] ?? own.width) : own.width;
  }

  private top(cell: number): number {
    return this.tops[cell] ?? 0;
  }

  private left(cell: number): number {
    return this.columnLeft[this.layering.cells[cell]?.layer ?? 0] ?? 0;
  }

  private columnRight(layer: number): number {
    return (this.columnLeft[layer] ?? 0) + (this.columns[layer]?.width ?? 0);
  }

  private meanTop(line: Line, side: Side): number {
    return line.pieces.reduce((sum, piece) => sum + this.top(piece[side]), 0) / line.pieces.length;
  }
}
