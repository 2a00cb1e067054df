import { formatEdits } from '../hcl/format';
import type { TextEdit } from '../text/edit';
import type { Range } from '../text/range';
import type { Snapshot } from './snapshot';

/** The edits that make a file, or the lines of `range`, what `terraform fmt` writes; none for a file with errors. */
export function formatDocument(snapshot: Snapshot, path: string, range?: Range): readonly TextEdit[] {
  const syntax = snapshot.index.file(path)?.syntax;
  return syntax === undefined ? [] : formatEdits(syntax.text, range);
}
