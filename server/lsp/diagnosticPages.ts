import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

/** Beside the bundle, or where the sources are. */
const places = [
  path.join(__dirname, 'docs', 'diagnostics.md'),
  path.join(__dirname, '..', '..', 'docs', 'diagnostics.md'),
];

let pages: ReadonlyMap<string, string> | undefined;

/**
 * Where the documentation of a diagnostic's code is to be read, as a URI whose fragment is the line; `undefined` where
 * there is none.
 */
export function documentationOf(code: string): string | undefined {
  pages ??= readPages();
  return pages.get(code);
}

/** Each code has a heading of its own. */
function readPages(): ReadonlyMap<string, string> {
  const file = places.find((place) => existsSync(place));
  if (file === undefined) return new Map();
  const uri = pathToFileURL(file).href;
  const lines = readFileSync(file, 'utf8').split('\n');
  return new Map(
    lines.flatMap((line, index): [string, string][] => {
      const code = /^#+ `?([a-z][a-z0-9-]*)`?\s*$/.exec(line)?.[1];
      return code === undefined ? [] : [[code, `${uri}#L${index + 1}`]];
    }),
  );
}
