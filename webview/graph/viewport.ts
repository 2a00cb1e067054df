/** A point on the screen is `x · scale + offset` of the picture's point. All lengths are CSS pixels. */
export interface Viewport {
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Box extends Size {
  readonly x: number;
  readonly y: number;
}

export const smallestScale = 0.05;
export const largestScale = 3;
/** A small graph is not blown up to fill a large panel. */
const largestFit = 1.15;

/** The whole picture in the middle of the screen. */
export function fit(picture: Size, screen: Size): Viewport {
  const wanted = Math.min(screen.width / picture.width, screen.height / picture.height);
  const scale = clamp(Number.isFinite(wanted) ? wanted : 1, smallestScale, largestFit);
  return {
    scale,
    x: (screen.width - picture.width * scale) / 2,
    y: (screen.height - picture.height * scale) / 2,
  };
}

/** Larger or smaller by a factor, with the given point of the screen staying where it is. */
export function zoomAt(view: Viewport, factor: number, x: number, y: number): Viewport {
  const scale = clamp(view.scale * factor, smallestScale, largestScale);
  const ratio = scale / view.scale;
  return { scale, x: x - (x - view.x) * ratio, y: y - (y - view.y) * ratio };
}

export function pan(view: Viewport, dx: number, dy: number): Viewport {
  return { ...view, x: view.x + dx, y: view.y + dy };
}

/** Moves no further than needed for the box to be seen with some room around it; a large box shows its top left. */
export function reveal(view: Viewport, box: Box, screen: Size, room = 32): Viewport {
  const along = (start: number, length: number, offset: number, visible: number): number => {
    const first = start * view.scale + offset;
    const last = first + length * view.scale;
    if (first < room || last - first > visible - 2 * room) return offset + room - first;
    return last > visible - room ? offset + visible - room - last : offset;
  };
  return {
    scale: view.scale,
    x: along(box.x, box.width, view.x, screen.width),
    y: along(box.y, box.height, view.y, screen.height),
  };
}

function clamp(value: number, low: number, high: number): number {
  return Math.min(Math.max(value, low), high);
}
