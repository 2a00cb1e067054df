import path from 'node:path';
import type { ConfigFile } from '../terraform/model';
import { LineIndex } from '../text/lineIndex';
import type { Range } from '../text/range';
import type { Place } from './model';

/** Turns offsets in files into places relative to one directory; each file's lines are indexed once. */
export class Places {
  private readonly files = new Map<string, { readonly file: string; readonly lines: LineIndex }>();

  constructor(private readonly directory: string) {}

  of(file: ConfigFile, range: Range): Place {
    let known = this.files.get(file.path);
    if (known === undefined) {
      const relative = path.relative(this.directory, file.path).split(path.sep).join('/');
      known = { file: relative, lines: new LineIndex(file.syntax.text) };
      this.files.set(file.path, known);
    }
    return {
      file: known.file,
      range: { start: known.lines.positionAt(range.start), end: known.lines.positionAt(range.end) },
    };
  }
}
