import { formatEdits } from '../hcl/format';
import { dialectOf } from '../terraform/dialect';
import { isJsonConfig } from '../terraform/fileNames';
import type { TextEdit } from '../text/edit';
import type { Range } from '../text/range';
import type { Snapshot } from './snapshot';

/**
 * The edits that make a file, or the lines of `range`, what `terraform fmt` writes; none for a file with errors, and
 * none for JSON and templates.
 */
export function formatDocument(snapshot: Snapshot, path: string, range?: Range): readonly TextEdit[] {
  const dialect = dialectOf(path);
  // A lock file is Terraform's own, down to its blanks; a template is written in another language.
  if (isJsonConfig(path) || dialect === 'lock' || dialect === 'template') return [];
  const syntax = snapshot.index.file(path)?.syntax;
  return syntax === undefined ? [] : formatEdits(syntax.text, range);
}
