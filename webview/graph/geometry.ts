import type { GraphBox, GraphLine, GraphPicture } from '../protocol';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export type Direction = 'left' | 'right' | 'up' | 'down';

/** SVG path of a line: slanted pieces become curves that leave and arrive level, and so stay between the columns. */
export function linePath(points: readonly Point[]): string {
  let path = '';
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before === undefined) {
      path = `M${point.x} ${point.y}`;
    } else if (before.x === point.x || before.y === point.y) {
      path += `L${point.x} ${point.y}`;
    } else {
      const middle = (before.x + point.x) / 2;
      path += `C${middle} ${before.y} ${middle} ${point.y} ${point.x} ${point.y}`;
    }
  });
  return path;
}

/** SVG path of the arrowhead at the end of a line, which always arrives level. */
export function arrowPath(points: readonly Point[]): string {
  const end = points.at(-1);
  const before = points.at(-2);
  if (end === undefined || before === undefined) return '';
  const back = before.x >= end.x ? 8 : -8;
  return `M${end.x} ${end.y}l${back} -4v8z`;
}

/** What one box depends on and what depends on it, directly. For a module, everything inside counts. */
export interface Surroundings {
  readonly dependencies: ReadonlySet<string>;
  readonly dependents: ReadonlySet<string>;
  readonly lines: ReadonlySet<GraphLine>;
}

export function surroundings(picture: GraphPicture, id: string): Surroundings {
  const inside = insideOf(picture, id);
  const dependencies = new Set<string>();
  const dependents = new Set<string>();
  const lines = new Set<GraphLine>();
  for (const line of picture.lines) {
    const fromHere = inside.has(line.from);
    const toHere = inside.has(line.to);
    if (!fromHere && !toHere) continue;
    lines.add(line);
    if (!toHere) dependencies.add(line.to);
    if (!fromHere) dependents.add(line.from);
  }
  return { dependencies, dependents, lines };
}

/** A box and every box in it. */
export function insideOf(picture: GraphPicture, id: string): ReadonlySet<string> {
  const inside = new Set([id]);
  // Modules stand before what is inside them.
  for (const box of picture.boxes) {
    if (box.parent !== undefined && inside.has(box.parent)) inside.add(box.id);
  }
  return inside;
}

/** The modules around a box, from the inside out. */
export function modulesAround(picture: GraphPicture, id: string): string[] {
  const parents = new Map(picture.boxes.map((box) => [box.id, box.parent]));
  const found: string[] = [];
  for (let at = parents.get(id); at !== undefined && !found.includes(at); at = parents.get(at))
    found.push(at);
  return found;
}

/** The box to go to with an arrow key: near, and rather straight ahead than aside. Boxes around or inside do not count. */
export function nextBox(picture: GraphPicture, from: GraphBox, direction: Direction): GraphBox | undefined {
  const related = new Set([...modulesAround(picture, from.id), ...insideOf(picture, from.id)]);
  const horizontal = direction === 'left' || direction === 'right';
  const sign = direction === 'left' || direction === 'up' ? -1 : 1;
  const holders = new Set(picture.boxes.map((box) => box.parent));
  let best: { box: GraphBox; cost: number } | undefined;
  for (const box of picture.boxes) {
    if (related.has(box.id) || holders.has(box.id)) continue;
    const dx = centre(box).x - centre(from).x;
    const dy = centre(box).y - centre(from).y;
    const ahead = sign * (horizontal ? dx : dy);
    const aside = Math.abs(horizontal ? dy : dx);
    if (ahead <= 1) continue;
    const cost = ahead + 2.5 * aside;
    if (best === undefined || cost < best.cost) best = { box, cost };
  }
  return best?.box;
}

/** Boxes whose address or type holds every word of the text, in reading order: columns from the left, each downwards. */
export function findBoxes(picture: GraphPicture, text: string): GraphBox[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return [];
  return picture.boxes
    .filter((box) => {
      const searched = `${box.id} ${box.subtitle}`.toLowerCase();
      return words.every((word) => searched.includes(word));
    })
    .sort((a, b) => a.x - b.x || a.y - b.y);
}

function centre(box: GraphBox): Point {
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}
