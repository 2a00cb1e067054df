import path from 'node:path';
import type { Snapshot } from '../../server/features/snapshot';
import { emptyWorld } from '../../server/cty/emptyWorld';
import type { SchemaLookup } from '../../server/providers/schema';
import type { FileSource } from '../../server/terraform/model';
import { ModuleIndex } from '../../server/terraform/moduleIndex';
import { fakeSchemas } from './fakeSchemas';

/** Where the files of every fixture seem to be. */
export const projectFolder = path.resolve('/project');

export interface Fixture {
  /** Absolute paths to texts. */
  readonly files: ReadonlyMap<string, string>;
  readonly source: FileSource;
  /** Where `<|>` stood; the first file's start when it was not drawn. */
  readonly path: string;
  readonly offset: number;
  readonly snapshot: Snapshot;
}

/**
 * Files written as one text: `//- path` starts a file (without one the text is `main.tf`), `<|>` is the cursor.
 * They lie in `projectFolder`.
 */
export function fixture(drawn: string, schemas: SchemaLookup = fakeSchemas): Fixture {
  const files = new Map<string, string>();
  let cursor: { path: string; offset: number } | undefined;
  for (const [name, text] of split(drawn)) {
    const file = path.join(projectFolder, ...name.split('/'));
    const offset = text.indexOf('<|>');
    if (offset >= 0) cursor = { path: file, offset };
    files.set(file, text.replace('<|>', ''));
  }
  const source = memoryFiles(files);
  const [first = path.join(projectFolder, 'main.tf')] = files.keys();
  const index = new ModuleIndex(source, [projectFolder]);
  return {
    files,
    source,
    ...(cursor ?? { path: first, offset: 0 }),
    snapshot: { index, schemas, world: () => emptyWorld },
  };
}

/** A `FileSource` over texts in memory. */
export function memoryFiles(files: ReadonlyMap<string, string>): FileSource {
  return {
    list: (directory) =>
      [...files.keys()].filter((file) => path.dirname(file) === directory).map((file) => path.basename(file)),
    read: (file) => files.get(file),
  };
}

/** A path as fixtures write it: relative to the project, with slashes. */
export function relativeName(file: string): string {
  return path.relative(projectFolder, file).split(path.sep).join('/');
}

function split(drawn: string): [string, string][] {
  if (!drawn.includes('//- ')) return [['main.tf', drawn]];
  return drawn
    .split(/^[ \t]*\/\/- /m)
    .slice(1)
    .map((part): [string, string] => {
      const lineEnd = part.indexOf('\n');
      return [part.slice(0, lineEnd).trim(), part.slice(lineEnd + 1)];
    });
}
