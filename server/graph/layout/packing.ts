import { shapeCost } from './layered';

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Packing extends Size {
  /** Top left corners, in the order of the input. */
  readonly corners: readonly { readonly x: number; readonly y: number }[];
}

/**
 * Puts rectangles on shelves, in their order, in the width that gives the best overall shape. With `alone`, nothing
 * stands beside the first one, because lines lead from it to both borders.
 */
export function pack(sizes: readonly Size[], gap: number, alone: boolean): Packing {
  const widest = Math.max(0, ...sizes.map((size) => size.width));
  const area = sizes.reduce((sum, size) => sum + (size.width + gap) * (size.height + gap), 0);
  const widths = [0.8, 1, 1.2, 1.5, 1.9].map((factor) => Math.max(widest, factor * Math.sqrt(area)));
  const tries = [...new Set([widest, ...widths])].map((width) => shelves(sizes, width, gap, alone));
  return tries.reduce((a, b) => (shapeCost(b.width, b.height) < shapeCost(a.width, a.height) ? b : a));
}

function shelves(sizes: readonly Size[], limit: number, gap: number, alone: boolean): Packing {
  const corners: { x: number; y: number }[] = [];
  let [x, y, shelf, width] = [0, 0, 0, 1];
  sizes.forEach((size, index) => {
    if (x > 0 && (x + size.width > limit || (alone && index === 1))) {
      y += shelf + gap;
      x = 0;
      shelf = 0;
    }
    corners.push({ x, y });
    x += size.width + gap;
    width = Math.max(width, x - gap);
    shelf = Math.max(shelf, size.height);
  });
  return { width, height: Math.max(1, y + shelf), corners };
}
