import { formatEdits } from '../hcl/format';
import { dialectOf } from '../terraform/dialect';
import { isJsonConfig } from '../terraform/fileNames';
import type { TextEdit } from '../text/edit';
import type { Range } from '../text/range';
import type { Snapshot } from './snapshot';

/**
 * The edits that make a file, or the lines of `range`, what `terraform fmt` writes; none for a file with errors, and
 * none for JSON.
 */
export function formatDocument(snapshot: Snapshot, path: string, range?: Range): readonly TextEdit[] {
  // A lock file is Terraform's own, down to its blanks.
  if (isJsonConfig(path) || dialectOf(path) === 'lock') return [];
  const syntax = snapshot.index.file(path)?.syntax;
  return syntax === undefined ? [] : formatEdits(syntax.text, range);
}
