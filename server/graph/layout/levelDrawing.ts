import { boxGap } from './coordinates';
import { drawLayered, wantedRatio } from './layered';
import { touchesBorder } from './layers';
import type { LevelBox, LevelDrawing, Net, PlacedBox, Point, Route } from './level';
import { pack } from './packing';
import type { Size } from './packing';

/** Space between parts of a drawing that no line joins. */
const partGap = 28;

/**
 * Draws the inside of one module: what lines join in layers, what stands alone in a grid, and these parts packed into a
 * shape that suits a screen. Nets must not be cyclic.
 */
export function drawLevel(boxes: readonly LevelBox[], nets: readonly Net[]): LevelDrawing {
  const { parts, singles } = split(boxes, nets);
  const drawings = parts.map((part) => drawLayered(boxes, part.nets, part.members));
  const hasBorder = nets.some((net) => touchesBorder(net, 'left') || touchesBorder(net, 'right'));
  const pieces = singles.length === 0 ? drawings : [...drawings, drawGrid(boxes, singles, drawings)];
  const packing = pack(pieces, partGap, hasBorder);

  const placed = boxes.map((): PlacedBox => ({ x: 0, y: 0, width: 0, height: 0 }));
  const routes: Route[] = [];
  const ports = { left: new Map<string, number>(), right: new Map<string, number>() };
  pieces.forEach((piece, index) => {
    const corner = packing.corners[index] ?? { x: 0, y: 0 };
    const members = parts[index]?.members ?? singles;
    for (const box of members) {
      const at = piece.boxes[box];
      if (at !== undefined) placed[box] = { ...at, x: at.x + corner.x, y: at.y + corner.y };
    }
    for (const route of piece.routes) {
      const points = route.points.map((point) => ({ x: point.x + corner.x, y: point.y + corner.y }));
      routes.push({ ...route, points: stretch(route, points, packing.width) });
    }
    for (const side of ['left', 'right'] as const) {
      for (const [net, y] of piece[side]) ports[side].set(net, y + corner.y);
    }
  });
  return { width: packing.width, height: packing.height, boxes: placed, routes, ...ports };
}

/** A line to the right border goes on to it where the drawing became wider than its part. */
function stretch(route: Route, points: readonly Point[], width: number): readonly Point[] {
  const [first, last] = [points[0], points.at(-1)];
  if (route.leaf === 'right' && last !== undefined) return [...points, { x: width, y: last.y }];
  if (first !== undefined && route.root === 'right') return [{ x: width, y: first.y }, ...points];
  return points;
}

interface Part {
  readonly members: number[];
  readonly nets: Net[];
}

/** Boxes joined by nets; all that is joined to the border is one part, the first. */
function split(boxes: readonly LevelBox[], nets: readonly Net[]): { parts: Part[]; singles: number[] } {
  const border = boxes.length;
  const groups = new Groups(boxes.length + 1);
  const ends = (net: Net): number[] =>
    [net.root, ...net.leaves].map((end) => (typeof end === 'string' ? border : end.box));
  const joined = new Set<number>();
  for (const net of nets) {
    const all = ends(net);
    for (const end of all) {
      joined.add(end);
      groups.join(all[0] ?? end, end);
    }
  }
  const parts = new Map<number, Part>();
  const partOf = (end: number): Part => {
    const group = groups.find(end);
    const part = parts.get(group) ?? { members: [], nets: [] };
    parts.set(group, part);
    return part;
  };
  if (joined.has(border)) partOf(border);
  const singles: number[] = [];
  boxes.forEach((shape, box) => {
    if (joined.has(box) || shape.ports !== undefined) partOf(box).members.push(box);
    else singles.push(box);
  });
  for (const net of nets) partOf(ends(net)[0] ?? border).nets.push(net);
  return { parts: [...parts.values()], singles };
}

class Groups {
  private readonly parents: number[];

  constructor(size: number) {
    this.parents = Array.from({ length: size }, (_, index) => index);
  }

  find(member: number): number {
    let root = member;
    while (this.parents[root] !== root) root = this.parents[root] ?? root;
    for (let step = member; step !== root;) {
      const next = this.parents[step] ?? root;
      this.parents[step] = root;
      step = next;
    }
    return root;
  }

  join(a: number, b: number): void {
    this.parents[this.find(b)] = this.find(a);
  }
}

/** Boxes without lines, in columns of equal width. */
function drawGrid(
  boxes: readonly LevelBox[],
  singles: readonly number[],
  drawn: readonly Size[],
): LevelDrawing {
  const cell = Math.max(0, ...singles.map((box) => boxes[box]?.width ?? 0)) + boxGap;
  const row = Math.max(0, ...singles.map((box) => boxes[box]?.height ?? 0)) + boxGap;
  const area = drawn.reduce((sum, { width, height }) => sum + width * height, singles.length * cell * row);
  const limit = Math.max(Math.sqrt(area * wantedRatio), ...drawn.map(({ width }) => width));
  const columns = Math.max(1, Math.min(singles.length, Math.floor((limit + boxGap) / cell)));
  const placed = boxes.map((): PlacedBox => ({ x: 0, y: 0, width: 0, height: 0 }));
  singles.forEach((box, index) => {
    const x = (index % columns) * cell;
    const y = Math.floor(index / columns) * row;
    placed[box] = { x, y, width: cell - boxGap, height: boxes[box]?.height ?? 0 };
  });
  return {
    width: columns * cell - boxGap,
    height: Math.ceil(singles.length / columns) * row - boxGap,
    boxes: placed,
    routes: [],
    left: new Map(),
    right: new Map(),
  };
}
