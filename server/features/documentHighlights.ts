import type { Range } from '../text/range';
import { namedAt } from './names/namedAt';
import type { Snapshot } from './snapshot';

export interface Highlight {
  readonly range: Range;
  /** `write` where the thing is declared or set. */
  readonly kind: 'read' | 'write';
}

/** Every place of this file that means the same as what stands at `offset`, in the order of the text. */
export function documentHighlights(snapshot: Snapshot, path: string, offset: number): readonly Highlight[] {
  const places = namedAt(snapshot, path, offset)?.places ?? [];
  return places
    .filter((place) => place.path === path)
    .map(({ range, role }): Highlight => ({ range, kind: role === 'read' ? 'read' : 'write' }))
    .sort((a, b) => a.range.start - b.range.start);
}
