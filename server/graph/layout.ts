import path from 'node:path';
import type { DependencyGraph, GraphEdge, GraphNode, PlanAction } from './model';
import { compareText } from './model';
import { drawLevel } from './layout/levelDrawing';
import { Hierarchy } from './layout/hierarchy';
import type { Pair } from './layout/hierarchy';
import { endKey } from './layout/level';
import type { LevelBox, LevelDrawing, PlacedBox, Point } from './layout/level';
import { textWidth } from './layout/textWidth';

/** A drawing of a graph; structurally the `GraphPicture` that the graph page draws. Pixels, origin at the top left. */
export interface Picture {
  readonly root: string;
  readonly width: number;
  readonly height: number;
  /** Modules before what is inside them. */
  readonly boxes: readonly PictureBox[];
  /** At most one between two boxes. */
  readonly lines: readonly PictureLine[];
}

export interface PictureBox {
  readonly id: string;
  readonly kind: GraphNode['kind'];
  readonly title: string;
  readonly subtitle: string;
  readonly parent?: string;
  readonly repeated?: 'count' | 'for_each';
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
  readonly action?: PlanAction;
  readonly cyclic?: boolean;
}

export interface PictureLine {
  readonly from: string;
  readonly to: string;
  readonly kind: 'explicit' | 'implicit';
  readonly via: readonly string[];
  readonly points: readonly Point[];
  readonly cyclic?: boolean;
}

export interface LayoutOptions {
  /** Name of the root module; the name of its folder unless given. */
  readonly root?: string;
  /** What a plan does, by block address; takes precedence over the actions in the graph. */
  readonly actions?: ReadonlyMap<string, PlanAction>;
}

export const titleFontSize = 13;
export const subtitleFontSize = 11;
/** Height of the strip with a module's name. */
export const moduleTitleHeight = 30;

const boxHeight = 46;
const narrowestBox = 128;
const widestBox = 300;
/** Space for the glyph on the left and the badges on the right of a box. */
const glyphWidth = 34;
const badgeWidths = { count: 46, for_each: 62, action: 22 };
const padding = 16;
const margin = 20;

/**
 * Places every node of a graph: dependencies left of their dependents, each module a box around what it declares, laid
 * out by itself. Boxes never overlap, lines cross no box that they do not lead to or from, and the same graph gives the
 * same picture, whatever the order of its nodes and edges. Cycles are fine.
 */
export function layoutGraph(graph: DependencyGraph, options: LayoutOptions = {}): Picture {
  const nodes = [...graph.nodes].sort((a, b) => compareText(a.id, b.id));
  const pairs = mergeEdges(graph.edges, new Set(nodes.map((node) => node.id)));
  const hierarchy = new Hierarchy(nodes, pairs);
  const drawings = new Map<string, LevelDrawing>();
  for (const level of hierarchy.innermostFirst()) {
    const boxes = level.children.map((id) => boxOf(hierarchy, id, drawings, options));
    drawings.set(level.id, drawLevel(boxes, hierarchy.nets(level.id)));
  }
  const placed = placeAll(hierarchy, drawings);
  const cycles = graph.cycles.map((cycle) => new Set(cycle));
  const outer = drawings.get('') ?? { width: 0, height: 0 };
  return {
    root: options.root ?? path.basename(graph.directory),
    width: outer.width + 2 * margin,
    height: outer.height + 2 * margin,
    boxes: hierarchy.outermostFirst().flatMap((node) => {
      const place = placed.get(node.id);
      return place === undefined ? [] : [pictureBox(node, place, hierarchy, cycles, options)];
    }),
    lines: new LineMaker(hierarchy, drawings, placed, cycles).lines(pairs),
  };
}

/** What is written in a box. */
export function labelOf(node: GraphNode): { readonly title: string; readonly subtitle: string } {
  switch (node.kind) {
    case 'module':
      return { title: node.name, subtitle: node.source ?? 'module' };
    case 'missing':
      return {
        title: node.type === '' ? node.name : `${node.type}.${node.name}`,
        subtitle: node.place === undefined ? 'not in the files' : 'not declared',
      };
    case 'data':
      return { title: node.name, subtitle: `data.${node.type}` };
    case 'ephemeral':
      return { title: node.name, subtitle: `ephemeral.${node.type}` };
    case 'resource':
      return { title: node.name, subtitle: node.type };
  }
}

/** One line per pair of nodes; it is explicit only where nothing but `depends_on` makes it. */
function mergeEdges(edges: readonly GraphEdge[], known: ReadonlySet<string>): Pair[] {
  const pairs = new Map<string, Pair>();
  for (const { from, to, kind, via } of edges) {
    if (!known.has(from) || !known.has(to)) continue;
    const before = pairs.get(`${from} ${to}`);
    const both = before === undefined || before.kind === kind ? kind : 'implicit';
    const texts = [...(before?.via ?? []), ...via.map((stop) => stop.text)];
    pairs.set(`${from} ${to}`, { from, to, kind: both, via: texts });
  }
  return [...pairs.values()]
    .map((pair) => ({ ...pair, via: [...new Set(pair.via)] }))
    .sort((a, b) => compareText(a.from, b.from) || compareText(a.to, b.to));
}

function boxOf(
  hierarchy: Hierarchy,
  id: string,
  drawings: ReadonlyMap<string, LevelDrawing>,
  options: LayoutOptions,
): LevelBox {
  const node = hierarchy.node(id);
  const inside = drawings.get(id);
  const { title, subtitle } = node === undefined ? { title: id, subtitle: '' } : labelOf(node);
  const repeated = node?.repeated === undefined ? 0 : badgeWidths[node.repeated];
  const action = options.actions?.get(id) ?? node?.actions?.[0];
  const badges = repeated + (action === undefined || action === 'none' ? 0 : badgeWidths.action);
  const titleWidth = textWidth(title, titleFontSize);
  const subtitleWidth = textWidth(subtitle, subtitleFontSize);
  if (inside === undefined) {
    const text = Math.max(titleWidth + badges, subtitleWidth);
    const width = Math.round(Math.min(widestBox, Math.max(narrowestBox, glyphWidth + text + 16)));
    return { width, height: boxHeight };
  }
  const strip = Math.min(glyphWidth + titleWidth + 12 + subtitleWidth + badges + 16, 420);
  const shifted = (heights: ReadonlyMap<string, number>): Map<string, number> =>
    new Map([...heights].map(([net, y]) => [net, y + moduleTitleHeight + padding / 2]));
  return {
    width: Math.round(Math.max(strip, inside.width + 2 * padding)),
    height: Math.round(inside.height + moduleTitleHeight + padding / 2 + padding),
    ports: { left: shifted(inside.left), right: shifted(inside.right), title: moduleTitleHeight / 2 },
  };
}

/** Absolute places of all boxes, from the outside to the inside. */
function placeAll(hierarchy: Hierarchy, drawings: ReadonlyMap<string, LevelDrawing>): Map<string, PlacedBox> {
  const placed = new Map<string, PlacedBox>();
  for (const level of hierarchy.innermostFirst().reverse()) {
    const origin = originOf(level.id, placed);
    const drawing = drawings.get(level.id);
    level.children.forEach((id, index) => {
      const box = drawing?.boxes[index];
      if (box !== undefined) placed.set(id, { ...box, x: box.x + origin.x, y: box.y + origin.y });
    });
  }
  return placed;
}

/** Where the inside of a module begins. */
function originOf(module: string, placed: ReadonlyMap<string, PlacedBox>): Point {
  const box = placed.get(module);
  if (box === undefined) return { x: margin, y: margin };
  return { x: box.x + padding, y: box.y + moduleTitleHeight + padding / 2 };
}

function pictureBox(
  node: GraphNode,
  place: PlacedBox,
  hierarchy: Hierarchy,
  cycles: readonly ReadonlySet<string>[],
  options: LayoutOptions,
): PictureBox {
  const parent = hierarchy.parent(node.id);
  const action = options.actions?.get(node.id) ?? node.actions?.[0];
  return {
    id: node.id,
    kind: node.kind,
    ...labelOf(node),
    ...(parent === '' ? {} : { parent }),
    ...(node.repeated === undefined ? {} : { repeated: node.repeated }),
    ...place,
    ...(action === undefined ? {} : { action }),
    ...(cycles.some((cycle) => cycle.has(node.id)) ? { cyclic: true } : {}),
  };
}

/** Joins the pieces that each level drew of a line. */
class LineMaker {
  private readonly pieces = new Map<string, readonly Point[]>();

  constructor(
    private readonly hierarchy: Hierarchy,
    drawings: ReadonlyMap<string, LevelDrawing>,
    private readonly placed: ReadonlyMap<string, PlacedBox>,
    private readonly cycles: readonly ReadonlySet<string>[],
  ) {
    for (const [level, drawing] of drawings) {
      const origin = originOf(level, placed);
      for (const { net, leaf, points } of drawing.routes) {
        const absolute = points.map((point) => ({ x: point.x + origin.x, y: point.y + origin.y }));
        this.pieces.set(`${level} ${net} ${endKey(leaf)}`, absolute);
      }
    }
  }

  lines(pairs: readonly Pair[]): PictureLine[] {
    return pairs.map((pair) => {
      const course = this.hierarchy.course(pair);
      const points = course === undefined ? this.loop(pair) : this.along(course);
      const cyclic = this.cycles.some((cycle) => cycle.has(pair.from) && cycle.has(pair.to));
      return { ...pair, points, ...(cyclic ? { cyclic } : {}) };
    });
  }

  private along(course: NonNullable<ReturnType<Hierarchy['course']>>): Point[] {
    const points = course.stages.flatMap(
      ({ level, leaf }) => this.pieces.get(`${level} ${course.net} ${endKey(leaf)}`) ?? [],
    );
    return straighten(points.reverse());
  }

  /** From a box to itself or to what is inside it: a small loop at the right border. */
  private loop({ from, to }: Pair): Point[] {
    const outer = this.hierarchy.contains(to, from) ? to : from;
    const box = this.placed.get(outer);
    if (box === undefined) return [];
    const right = box.x + box.width;
    const middle = box.y + Math.min(box.height, boxHeight) / 2;
    return [
      { x: right, y: middle - 9 },
      { x: right + 14, y: middle - 9 },
      { x: right + 14, y: middle + 9 },
      { x: right, y: middle + 9 },
    ];
  }
}

/** Without points that change nothing. */
function straighten(points: readonly Point[]): Point[] {
  const kept: Point[] = [];
  for (const point of points) {
    const last = kept.at(-1);
    const before = kept.at(-2);
    if (last?.x === point.x && last.y === point.y) continue;
    const isStraight =
      before !== undefined &&
      ((before.y === last?.y && last.y === point.y) || (before.x === last?.x && last.x === point.x));
    if (isStraight) kept.pop();
    kept.push(point);
  }
  return kept;
}
