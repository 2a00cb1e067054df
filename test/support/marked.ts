import type { Location } from '../../server/features/snapshot';
import { relativeName } from './fixture';
import type { Fixture } from './fixture';

/** The files of a fixture as one text, with `‹…›` around the given places; files without any are left out. */
export function marked(from: Fixture, places: readonly Location[]): string {
  const files = [...new Set(places.map(({ path }) => path))].sort();
  return files
    .map((file) => {
      let text = from.files.get(file) ?? '';
      const own = places.filter(({ path }) => path === file).map(({ range }) => range);
      for (const { start, end } of own.sort((a, b) => b.start - a.start))
        text = `${text.slice(0, start)}‹${text.slice(start, end)}›${text.slice(end)}`;
      return `//- ${relativeName(file)}\n${text}`;
    })
    .join('');
}

/** The files of a fixture as one text after edits; files without any are left out. */
export function edited(from: Fixture, edits: readonly (Location & { readonly newText: string })[]): string {
  const texts = new Map<string, string>();
  for (const { path, range, newText } of edits.toSorted((a, b) => b.range.start - a.range.start)) {
    const text = texts.get(path) ?? from.files.get(path) ?? '';
    texts.set(path, text.slice(0, range.start) + newText + text.slice(range.end));
  }
  return [...texts]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, text]) => `//- ${relativeName(path)}\n${text}`)
    .join('');
}
