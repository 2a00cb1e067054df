/**
 * The pieces of a layered drawing of one module: boxes side by side, nets between them. Left is what others depend on,
 * right are the dependents. All lengths are pixels.
 */
export interface Point {
  readonly x: number;
  readonly y: number;
}

export interface LevelBox {
  readonly width: number;
  readonly height: number;
  /** Set for a module drawn with its inside: where nets enter and leave, from its top. A plain box has none. */
  readonly ports?: Ports;
}

export interface Ports {
  readonly left: ReadonlyMap<string, number>;
  readonly right: ReadonlyMap<string, number>;
  /** Where a net attaches that ends at the module itself. */
  readonly title: number;
}

/** A box of the level, or the border of the module around it. `inner`: the net goes on inside the box. */
export type End = 'left' | 'right' | { readonly box: number; readonly inner: boolean };

/**
 * One dependency and all its dependents: a tree of lines with one trunk. It grows to the right from its root, or to
 * the left when `reversed`, which happens only where modules depend on each other in both directions.
 */
export interface Net {
  readonly id: string;
  readonly reversed: boolean;
  readonly root: End;
  readonly leaves: readonly End[];
}

export interface Route {
  readonly net: string;
  readonly root: End;
  readonly leaf: End;
  /** From the root to the leaf. */
  readonly points: readonly Point[];
}

export interface PlacedBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface LevelDrawing {
  readonly width: number;
  readonly height: number;
  /** In the order of the input. */
  readonly boxes: readonly PlacedBox[];
  readonly routes: readonly Route[];
  /** Heights at which nets cross the border, by net. */
  readonly left: ReadonlyMap<string, number>;
  readonly right: ReadonlyMap<string, number>;
}

export function endKey(end: End): string {
  return typeof end === 'string' ? end : `${end.box}${end.inner ? '+' : ''}`;
}
