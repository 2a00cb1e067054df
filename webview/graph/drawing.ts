import { iconPath, svg } from '../dom';
import type { GraphBox, GraphLine, GraphPicture } from '../protocol';
import { arrowPath, linePath } from './geometry';
import { actionMarks, boxName, lineName } from './words';

/** A picture as SVG, with the element of every box and line at hand. */
export interface Drawing {
  readonly root: SVGGElement;
  readonly boxes: ReadonlyMap<string, SVGGElement>;
  readonly lines: ReadonlyMap<GraphLine, SVGGElement>;
}

const titleStrip = 30;

/** Modules first, lines over them, plain boxes on top: so a line is never hidden by the module it runs through. */
export function drawPicture(picture: GraphPicture): Drawing {
  const holders = new Set(picture.boxes.map((box) => box.parent));
  const boxes = new Map<string, SVGGElement>();
  const lines = new Map<GraphLine, SVGGElement>();
  const root = svg('g');
  for (const box of picture.boxes) {
    const isOpen = holders.has(box.id);
    boxes.set(box.id, drawBox(picture, box, isOpen));
    if (isOpen) root.append(boxes.get(box.id) ?? '');
  }
  for (const line of picture.lines) {
    const drawn = drawLine(line);
    lines.set(line, drawn);
    root.append(drawn);
  }
  for (const box of picture.boxes) {
    if (!holders.has(box.id)) root.append(boxes.get(box.id) ?? '');
  }
  return { root, boxes, lines };
}

/** Cuts texts that turned out wider than their box; needs the drawing in the document, where text has a width. */
export function fitTexts(drawing: Drawing): void {
  for (const text of drawing.root.querySelectorAll('text')) {
    const room = Number(text.getAttribute('data-room') ?? Infinity);
    const whole = text.textContent;
    if (text.getComputedTextLength() <= room) continue;
    let kept = whole.length - 1;
    do {
      text.textContent = `${whole.slice(0, kept)}…`;
      kept--;
    } while (kept > 0 && text.getComputedTextLength() > room);
  }
}

function drawBox(picture: GraphPicture, box: GraphBox, isOpen: boolean): SVGGElement {
  const classes = ['box', box.kind, isOpen ? 'open' : 'closed'];
  if (box.cyclic === true) classes.push('cyclic');
  if (box.action !== undefined) classes.push(box.action);
  const badges = drawBadges(box);
  const room = box.width - 34 - 8;
  const middle = isOpen ? titleStrip / 2 : box.height / 2;
  const group = svg(
    'g',
    {
      class: classes.join(' '),
      transform: `translate(${box.x} ${box.y})`,
      tabindex: -1,
      role: 'button',
      'aria-label': boxName(picture, box),
      'data-id': box.id,
    },
    svg('title', {}, boxName(picture, box)),
    svg('rect', { class: 'frame', width: box.width, height: box.height, rx: isOpen ? 6 : 5 }),
    isOpen
      ? undefined
      : svg('rect', { class: 'edge', y: 6, x: 0, width: 3, height: box.height - 12, rx: 1.5 }),
    svg('path', {
      class: 'kind',
      transform: `translate(10 ${middle - 8})`,
      d: iconPath(box.kind === 'local' || box.kind === 'output' ? 'variable' : box.kind),
    }),
    svg('text', { class: 'title', x: 34, y: 20, 'data-room': room - badges.width }, box.title),
  );
  if (!isOpen)
    group.append(svg('text', { class: 'subtitle', x: 34, y: 36, 'data-room': room }, box.subtitle));
  else {
    const start = 34 + estimate(box.title) + 10;
    const left = box.width - start - badges.width - 8;
    if (left > 48)
      group.append(svg('text', { class: 'subtitle', x: start, y: 20, 'data-room': left }, box.subtitle));
  }
  group.append(badges.group);
  return group;
}

/** On the wide side, so that the text behind a title never touches it. */
function estimate(title: string): number {
  return title.length * 8.2;
}

/** From the right: what a plan does with the block, then how it is repeated. */
function drawBadges(box: GraphBox): { readonly group: SVGGElement; readonly width: number } {
  const group = svg('g', { 'aria-hidden': 'true' });
  let right = box.width - 8;
  if (box.action !== undefined && box.action !== 'none') {
    const { sign } = actionMarks[box.action];
    group.append(
      svg(
        'g',
        { class: `mark ${box.action}`, transform: `translate(${right - 8} 15)` },
        svg('circle', { r: 8.5 }),
        svg('text', { y: 4.5 }, sign),
      ),
    );
    right -= 22;
  }
  if (box.repeated !== undefined) {
    const width = box.repeated.length * 6 + 12;
    group.append(
      svg(
        'g',
        { class: 'badge', transform: `translate(${right - width} 7.5)` },
        svg('rect', { width, height: 15, rx: 7.5 }),
        svg('text', { x: width / 2, y: 11 }, box.repeated),
      ),
    );
    right -= width + 4;
  }
  return { group, width: box.width - 8 - right };
}

function drawLine(line: GraphLine): SVGGElement {
  const path = linePath(line.points);
  return svg(
    'g',
    { class: `line ${line.kind}${line.cyclic === true ? ' cyclic' : ''}` },
    svg('title', {}, [lineName(line), ...line.via].join('\n')),
    svg('path', { class: 'grip', d: path }),
    svg('path', { class: 'stroke', d: path }),
    svg('path', { class: 'head', d: arrowPath(line.points) }),
  );
}
