import type { FileEdit } from '../actions/codeAction';
import type { Location } from '../snapshot';

/** A place where a name stands; `range` is the name alone, without quotes. */
export interface NamedPlace extends Location {
  /** `write` sets it: an argument of a call, a line of a variables file. */
  readonly role: 'declaration' | 'write' | 'read';
}

/** Something with a name, and every place that the workspace knows where the name stands. */
export interface Named {
  readonly name: string;
  /** Declarations first; none where the declaration is not known. */
  readonly places: readonly NamedPlace[];
  /** Why it keeps its name whatever the new one would be, in a sentence for a person. */
  readonly refusal?: () => string | undefined;
  /**
   * The edits that give it another name everywhere.
   * @throws Error with a sentence for a person when it cannot have that name
   */
  rename(name: string): readonly FileEdit[];
}

/** The name written over at all these places. */
export function rewritten(places: readonly Location[], name: string): FileEdit[] {
  return places.map(({ path, range }) => ({ path, range, newText: name }));
}

/** A copy without the places that stand twice: the same caller can be known through several roots. */
export function distinct<T extends Location>(places: readonly T[]): T[] {
  const byPlace = new Map<string, T>();
  for (const place of places) {
    const key = `${place.path}:${place.range.start}`;
    if (!byPlace.has(key)) byPlace.set(key, place);
  }
  return [...byPlace.values()];
}
