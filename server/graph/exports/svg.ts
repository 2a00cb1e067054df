import { moduleTitleHeight, subtitleFontSize, titleFontSize } from '../layout';
import type { Picture, PictureBox, PictureLine } from '../layout';
import { fitText, textWidth } from '../layout/textWidth';
import type { PlanAction } from '../model';

/** Outlines in a square of 16 units, one for each kind of block. */
const glyphs: Readonly<Record<PictureBox['kind'], string>> = {
  resource: 'M8 1.5 13.8 4.8v6.4L8 14.5 2.2 11.2V4.8zM2.2 4.8 8 8.1l5.8-3.3M8 8.1v6.4',
  data: 'M2.5 3.9c0-1.2 2.5-2.1 5.5-2.1s5.5.9 5.5 2.1S11 6 8 6 2.5 5.1 2.5 3.9zv8.2c0 1.2 2.5 2.1 5.5 2.1s5.5-.9 5.5-2.1V3.9M2.5 8c0 1.2 2.5 2.1 5.5 2.1s5.5-.9 5.5-2.1',
  ephemeral: 'M4 1.8h8M4 14.2h8M5 1.8v2.4L8 8l-3 3.8v2.4M11 1.8v2.4L8 8l3 3.8v2.4',
  module: 'M1.8 3h4.4l1.6 2h6.4v8.2H1.8z',
  missing: 'M5.4 6a2.6 2.6 0 1 1 3.7 2.3c-.8.4-1.1.9-1.1 1.7M8 12.6v.6',
};

const marks: Readonly<Record<PlanAction, { sign: string; colour: string; words: string } | undefined>> = {
  create: { sign: '+', colour: '#1a7f37', words: 'will be created' },
  update: { sign: '~', colour: '#9a6700', words: 'will be updated' },
  replace: { sign: '±', colour: '#bc4c00', words: 'will be replaced' },
  delete: { sign: '−', colour: '#cf222e', words: 'will be destroyed' },
  read: { sign: '←', colour: '#0969da', words: 'will be read' },
  forget: { sign: '×', colour: '#6e7781', words: 'will be forgotten' },
  none: undefined,
};

const style = `
  .graph { font-family: system-ui, -apple-system, "Segoe UI", "Liberation Sans", sans-serif; }
  .box rect { fill: #ffffff; stroke: #b6bdc6; }
  .box.data rect { fill: #f3f8fe; stroke: #8fb8e8; }
  .box.ephemeral rect { fill: #fbf6fe; stroke: #c9a6e4; }
  .box.missing rect { fill: #fff8f7; stroke: #d1242f; stroke-dasharray: 4 3; }
  .module > rect { fill: #5a6b7d; fill-opacity: 0.05; stroke: #c3cad2; }
  .cyclic > rect { stroke: #d1242f; stroke-width: 2; }
  .title { font-size: ${titleFontSize}px; font-weight: 600; fill: #1f2328; }
  .subtitle { font-size: ${subtitleFontSize}px; fill: #59636e; }
  .glyph { fill: none; stroke: #59636e; stroke-width: 1.2; stroke-linejoin: round; stroke-linecap: round; }
  .data .glyph { stroke: #0969da; } .ephemeral .glyph { stroke: #8250df; } .missing .glyph { stroke: #d1242f; }
  .badge rect { fill: #eaeef2; } .badge text { font-size: 10px; fill: #59636e; text-anchor: middle; }
  .mark text { font-size: 13px; font-weight: 700; fill: #ffffff; text-anchor: middle; }
  .line { fill: none; stroke: #8c959f; stroke-width: 1.3; stroke-linejoin: round; }
  .line.explicit { stroke: #6639ba; stroke-dasharray: 6 4; }
  .line.cyclic { stroke: #d1242f; }
  .head { fill: #8c959f; } .head.explicit { fill: #6639ba; } .head.cyclic { fill: #d1242f; }`;

/** The picture as one SVG file with its own style, drawn for a light background. */
export function toSvg(picture: Picture): string {
  return `<?xml version="1.0" encoding="UTF-8"?>\n${svgElement(picture, '')}\n`;
}

/** The `<svg>` element alone; `attributes` are added to it. */
export function svgElement(picture: Picture, attributes: string): string {
  const { width, height, boxes, lines, root } = picture;
  const drawn = [...boxes].sort((a, b) => Number(b.kind === 'module') - Number(a.kind === 'module'));
  const holders = new Set(boxes.map((box) => box.parent));
  return [
    `<svg xmlns="http://www.w3.org/2000/svg" class="graph" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-label="Dependency graph of ${escaped(root)}"${attributes}>`,
    `<style>${style}\n</style>`,
    ...drawn.filter((box) => holders.has(box.id)).map(moduleMarkup),
    ...lines.map(lineMarkup),
    ...drawn.filter((box) => !holders.has(box.id)).map(boxMarkup),
    '</svg>',
  ].join('\n');
}

/** Text for the inside of an element or of an attribute in double quotes. */
export function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;');
}

function moduleMarkup(box: PictureBox): string {
  const titleWidth = textWidth(box.title, titleFontSize);
  const rest = box.width - 34 - titleWidth - 12 - 60;
  return [
    `<g class="module${box.cyclic === true ? ' cyclic' : ''}" data-id="${escaped(box.id)}">${tooltip(box)}`,
    `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="6"/>`,
    glyph(box, moduleTitleHeight / 2),
    `<text class="title" x="${box.x + 34}" y="${box.y + 20}">${escaped(box.title)}</text>`,
    rest > 40
      ? `<text class="subtitle" x="${box.x + 42 + titleWidth}" y="${box.y + 20}">${escaped(fitText(box.subtitle, subtitleFontSize, rest))}</text>`
      : '',
    badges(box, box.y + 15),
    '</g>',
  ].join('');
}

function boxMarkup(box: PictureBox): string {
  const width = box.width - 46;
  return [
    `<g class="box ${box.kind}${box.cyclic === true ? ' cyclic' : ''}" data-id="${escaped(box.id)}">${tooltip(box)}`,
    `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" rx="5"/>`,
    glyph(box, box.height / 2),
    `<text class="title" x="${box.x + 34}" y="${box.y + 20}">${escaped(fitText(box.title, titleFontSize, width - badgeSpace(box)))}</text>`,
    `<text class="subtitle" x="${box.x + 34}" y="${box.y + 36}">${escaped(fitText(box.subtitle, subtitleFontSize, width))}</text>`,
    badges(box, box.y + 15),
    '</g>',
  ].join('');
}

function tooltip(box: PictureBox): string {
  const words = marks[box.action ?? 'none']?.words;
  return `<title>${escaped(words === undefined ? box.id : `${box.id} ${words}`)}</title>`;
}

function glyph(box: PictureBox, middle: number): string {
  return `<path class="glyph" transform="translate(${box.x + 10} ${box.y + middle - 8})" d="${glyphs[box.kind]}"/>`;
}

function badgeSpace(box: PictureBox): number {
  return (
    (box.repeated === undefined ? 0 : textWidth(box.repeated, 10) + 14) +
    (marks[box.action ?? 'none'] === undefined ? 0 : 22)
  );
}

/** From the right: what the plan does, then how the block is repeated. */
function badges(box: PictureBox, middle: number): string {
  const mark = marks[box.action ?? 'none'];
  let right = box.x + box.width - 8;
  let markup = '';
  if (mark !== undefined) {
    markup += `<g class="mark"><circle cx="${right - 8}" cy="${middle}" r="8.5" fill="${mark.colour}"/><text x="${right - 8}" y="${middle + 4.5}">${mark.sign}</text></g>`;
    right -= 22;
  }
  if (box.repeated !== undefined) {
    const width = textWidth(box.repeated, 10) + 10;
    markup += `<g class="badge"><rect x="${right - width}" y="${middle - 7.5}" width="${width}" height="15" rx="7.5"/><text x="${right - width / 2}" y="${middle + 3.5}">${box.repeated}</text></g>`;
  }
  return markup;
}

function lineMarkup(line: PictureLine): string {
  const end = line.points.at(-1);
  if (end === undefined) return '';
  const before = line.points.at(-2) ?? end;
  const direction = before.x >= end.x ? 1 : -1;
  const classes = `${line.kind}${line.cyclic === true ? ' cyclic' : ''}`;
  const head = `M${end.x} ${end.y}l${8 * direction}-4v8z`;
  const words = [`${line.from} depends on ${line.to}`, ...line.via].join('\n');
  return `<g data-from="${escaped(line.from)}" data-to="${escaped(line.to)}"><title>${escaped(words)}</title><path class="line ${classes}" d="${curve(line.points)}"/><path class="head ${classes}" d="${head}"/></g>`;
}

/** Slanted pieces become curves that leave and arrive level, and so stay between the columns. */
function curve(points: PictureLine['points']): string {
  let path = '';
  points.forEach((point, index) => {
    const before = points[index - 1];
    if (before === undefined) path = `M${point.x} ${point.y}`;
    else if (before.x === point.x || before.y === point.y) path += `L${point.x} ${point.y}`;
    else {
      const middle = (before.x + point.x) / 2;
      path += `C${middle} ${before.y} ${middle} ${point.y} ${point.x} ${point.y}`;
    }
  });
  return path;
}
