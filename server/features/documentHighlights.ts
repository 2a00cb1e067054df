import { factsOf } from '../terraform/facts';
import type { Range } from '../text/range';
import { touches } from '../text/range';
import { declarationAt, focusAt } from './focus';
import { forVariableAt } from './forVariables';
import { referencesTo } from './references';
import type { Snapshot } from './snapshot';

export interface Highlight {
  readonly range: Range;
  /** `write` where the thing is declared or set. */
  readonly kind: 'read' | 'write';
}

/** Every place of this file that means the same as what stands at `offset`. */
export function documentHighlights(snapshot: Snapshot, path: string, offset: number): readonly Highlight[] {
  const local = forVariableAt(snapshot, path, offset);
  if (local !== undefined) {
    return [
      { range: local.declaration, kind: 'write' },
      ...local.uses.map((range): Highlight => ({ range, kind: 'read' })),
    ];
  }
  const focus = focusAt(snapshot, path, offset);
  const found = focus === undefined ? undefined : declarationAt(snapshot, focus);
  if (focus === undefined || found === undefined) return [];
  const { declaration, module } = found;
  const places = referencesTo(snapshot, declaration, module)
    .filter((place) => place.path === path)
    .map(({ range }): Highlight => ({ range, kind: isSet(focus.file, range) ? 'write' : 'read' }));
  const own: Highlight[] =
    declaration.file.path === path ? [{ range: declaration.nameRange, kind: 'write' }] : [];
  return [...own, ...places].sort((a, b) => a.range.start - b.range.start);
}

/** Whether a place is the name of an argument (of a module call, of a variables file) and not a use in a value. */
function isSet(file: Parameters<typeof factsOf>[0], range: Range): boolean {
  for (const uses of factsOf(file).uses.values()) {
    if (uses.some((use) => touches(use.range, range.start) && touches(use.range, range.end))) return false;
  }
  return true;
}
