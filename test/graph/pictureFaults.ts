import type { Picture, PictureBox } from '../../server/graph/layout';

interface Point {
  readonly x: number;
  readonly y: number;
}

/** Everything wrong with a picture: overlapping boxes, boxes outside of their module, lines through foreign boxes. */
export function faults(picture: Picture): string[] {
  const boxes = new Map(picture.boxes.map((box) => [box.id, box]));
  return [
    ...overlaps(picture.boxes),
    ...picture.boxes.flatMap((box) => outside(box, boxes.get(box.parent ?? ''), picture)),
    ...picture.lines.flatMap((line) => strayLines(line, boxes, picture.boxes)),
  ];
}

/** From the box itself outwards. */
export function around(id: string, boxes: ReadonlyMap<string, PictureBox>): string[] {
  const found: string[] = [];
  for (let box = boxes.get(id); box !== undefined; box = boxes.get(box.parent ?? '')) found.push(box.id);
  return found;
}

function overlaps(boxes: readonly PictureBox[]): string[] {
  const found: string[] = [];
  const siblings = new Map<string, PictureBox[]>();
  for (const box of boxes) siblings.set(box.parent ?? '', [...(siblings.get(box.parent ?? '') ?? []), box]);
  for (const group of siblings.values()) {
    group.forEach((a, index) => {
      for (const b of group.slice(index + 1)) {
        const apart =
          a.x + a.width <= b.x || b.x + b.width <= a.x || a.y + a.height <= b.y || b.y + b.height <= a.y;
        if (!apart) found.push(`${a.id} overlaps ${b.id}`);
      }
    });
  }
  return found;
}

function outside(box: PictureBox, parent: PictureBox | undefined, picture: Picture): string[] {
  const frame = parent ?? { id: 'the picture', x: 0, y: 0, width: picture.width, height: picture.height };
  const inside =
    box.x >= frame.x &&
    box.y >= frame.y &&
    box.x + box.width <= frame.x + frame.width &&
    box.y + box.height <= frame.y + frame.height;
  return inside ? [] : [`${box.id} lies outside of ${frame.id}`];
}

function strayLines(
  line: Picture['lines'][number],
  byId: ReadonlyMap<string, PictureBox>,
  boxes: readonly PictureBox[],
): string[] {
  const name = `${line.from} -> ${line.to}`;
  const [first, last] = [line.points[0], line.points.at(-1)];
  if (first === undefined || last === undefined) return [`${name} has no points`];
  const found: string[] = [];
  for (const [id, end] of [
    [line.from, first],
    [line.to, last],
  ] as const) {
    const box = byId.get(id);
    if (line.from !== line.to && (box === undefined || !touches(box, end)))
      found.push(`${name} does not reach ${id}`);
  }
  const own = new Set([...around(line.from, byId), ...around(line.to, byId)]);
  for (const box of boxes) {
    if (own.has(box.id)) continue;
    const crossed = line.points.some((point, index) => {
      const before = line.points[index - 1];
      return before !== undefined && crosses(before, point, box);
    });
    if (crossed) found.push(`${name} crosses ${box.id}`);
  }
  return found;
}

function touches(box: PictureBox, point: Point): boolean {
  const onSide = Math.abs(point.x - box.x) < 0.01 || Math.abs(point.x - box.x - box.width) < 0.01;
  return onSide && point.y >= box.y && point.y <= box.y + box.height;
}

/** Whether a straight line passes the inside of a box (Liang and Barsky). */
function crosses(a: Point, b: Point, box: PictureBox): boolean {
  let [enter, leave] = [0, 1];
  const clip = (step: number, distance: number): boolean => {
    if (step === 0) return distance > 0;
    const at = distance / step;
    if (step < 0) enter = Math.max(enter, at);
    else leave = Math.min(leave, at);
    return enter < leave;
  };
  const edge = 0.01;
  return (
    clip(a.x - b.x, a.x - box.x - edge) &&
    clip(b.x - a.x, box.x + box.width - edge - a.x) &&
    clip(a.y - b.y, a.y - box.y - edge) &&
    clip(b.y - a.y, box.y + box.height - edge - a.y)
  );
}
