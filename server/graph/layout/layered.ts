import { boxGap, placeCells } from './coordinates';
import type { LevelBox, LevelDrawing, Net } from './level';
import { linesInto, makeLayering } from './layers';
import { orderLayers } from './ordering';
import { Routing } from './routing';
import type { Row } from './routing';

/** Width to height that drawings aim at: a panel beside an editor, with some room. */
export const wantedRatio = 1.4;
const widest = 3;
const narrowest = 1 / 2.5;
/** Below these sizes a drawing may have any shape, because it fits on a screen anyway. */
const smallWidth = 1300;
const smallHeight = 800;
/** Space between the rows of a folded drawing, besides its lines. */
const rowGap = 36;
/** Space between neighbouring lines that run in parallel. */
const track = 8;

/**
 * Draws boxes that nets join, in layers from the left to the right. A drawing that would be far too high gets its
 * layers folded into several columns; one far too wide is folded into rows, like lines of text.
 */
export function drawLayered(
  boxes: readonly LevelBox[],
  nets: readonly Net[],
  members: readonly number[],
): LevelDrawing {
  const draft = new Draft(boxes, nets, members, Infinity);
  const ratio = draft.width / draft.height;
  if (ratio > widest && draft.width > smallWidth) return draft.inRows().drawing();
  if (ratio >= narrowest || draft.height <= smallHeight) return draft.drawing();

  const area = draft.width * draft.height;
  const heights = [0.6, 0.8, 1, 1.3].map((part) => part * Math.sqrt(area / wantedRatio));
  const drafts = [draft, ...heights.map((highest) => new Draft(boxes, nets, members, highest))];
  const best = drafts.reduce((a, b) => (b.cost() < a.cost() ? b : a));
  return best.drawing();
}

/** Area, made worse by a shape off the wanted one. */
export function shapeCost(width: number, height: number): number {
  return width * height * (1 + Math.abs(Math.log(width / height / wantedRatio)));
}

/** One try at a drawing. */
class Draft {
  private readonly layering: ReturnType<typeof makeLayering>;
  private readonly tops: Float64Array;
  private readonly columns: readonly { readonly width: number; readonly channel: number }[];
  private rows: Row[];
  height = 0;
  readonly width: number;

  constructor(
    private readonly boxes: readonly LevelBox[],
    private readonly nets: readonly Net[],
    members: readonly number[],
    highest: number,
  ) {
    this.layering = makeLayering(boxes, nets, members, highest, boxGap);
    orderLayers(this.layering);
    this.tops = new Float64Array(this.layering.cells.length);
    this.columns = this.measureColumns();
    this.width = this.columns.reduce((sum, { width, channel }) => sum + width + channel, 0);
    this.rows = [{ first: 0, last: this.columns.length - 1 }];
    this.place();
  }

  cost(): number {
    return shapeCost(this.width, this.height);
  }

  /** Breaks the drawing into rows of similar width. */
  inRows(): this {
    const count = Math.max(2, Math.round(Math.sqrt(this.width / (wantedRatio * (this.height + rowGap)))));
    const wanted = this.width / count;
    const rows: Row[] = [];
    let first = 0;
    let used = 0;
    this.columns.forEach(({ width, channel }, layer) => {
      const wide = width + channel;
      const isBreak = layer > first && used + wide / 2 > wanted && rows.length + 1 < count;
      if (isBreak) {
        rows.push({ first, last: layer - 1 });
        first = layer;
        used = 0;
      }
      used += wide;
    });
    // A port on the right border belongs to the row of the boxes before it.
    const last = this.columns.length - 1;
    const previous = rows.at(-1);
    if (first === last && previous !== undefined && this.columns[last]?.width === 0) {
      rows[rows.length - 1] = { first: previous.first, last };
    } else {
      rows.push({ first, last });
    }
    this.rows = rows;
    this.place();
    return this;
  }

  drawing(): LevelDrawing {
    return new Routing(
      this.boxes,
      this.nets,
      this.layering,
      this.tops,
      this.columns,
      this.rows,
      track,
    ).draw();
  }

  /** Tops of all cells, the rows under each other with room for the lines between them. */
  private place(): void {
    const { cells, layers } = this.layering;
    const isModule = (cell: { box: number }): boolean => this.boxes[cell.box]?.ports !== undefined;
    let bottom = 0;
    for (const [index, { first, last }] of this.rows.entries()) {
      placeCells(this.layering, first, last, isModule, this.tops);
      const members = layers.slice(first, last + 1).flat();
      const top = Math.min(...members.map((cell) => this.tops[cell] ?? 0));
      const crossing = index === 0 ? 0 : linesInto(this.layering, this.nets, first).length;
      const start = index === 0 ? 0 : bottom + rowGap + crossing * track;
      for (const cell of members) {
        this.tops[cell] = Math.round((this.tops[cell] ?? 0) - top + start);
        bottom = Math.max(bottom, (this.tops[cell] ?? 0) + (cells[cell]?.height ?? 0));
      }
    }
    this.height = Math.max(1, bottom);
  }

  private measureColumns(): { width: number; channel: number }[] {
    const { cells, layers, segments } = this.layering;
    const lines = layers.map(() => new Set<string>());
    for (const { left, net } of segments) lines[cells[left]?.layer ?? 0]?.add(`${left} ${net}`);
    return layers.map((layer, index) => {
      const width = Math.max(0, ...layer.map((cell) => this.boxes[cells[cell]?.box ?? -1]?.width ?? 0));
      const isLast = index === layers.length - 1;
      const count = lines[index]?.size ?? 0;
      const atBorder = width === 0 || (index === layers.length - 2 && this.isPortLayer(index + 1));
      return { width, channel: isLast ? 0 : (atBorder ? 20 : 44) + Math.min(48, count * 4) };
    });
  }

  private isPortLayer(index: number): boolean {
    const { cells, layers } = this.layering;
    return (layers[index] ?? []).every((cell) => cells[cell]?.kind === 'port');
  }
}
