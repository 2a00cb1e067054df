import path from 'node:path';

/** How many folders above a module are asked about it: one of them may be the root that installed it. */
const foldersAbove = 5;

/** The directory itself and those above it, nearest first. */
export function ancestors(directory: string): string[] {
  const found: string[] = [];
  let place = directory;
  for (let level = 0; level <= foldersAbove; level += 1) {
    found.push(place);
    const above = path.dirname(place);
    if (above === place) break;
    place = above;
  }
  return found;
}
