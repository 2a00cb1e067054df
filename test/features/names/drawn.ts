import { findDefinition } from '../../../server/features/definition';
import { documentHighlights } from '../../../server/features/documentHighlights';
import { findReferences } from '../../../server/features/references';
import { prepareRename, rename } from '../../../server/features/rename';
import { fixture } from '../../support/fixture';
import { edited, marked } from '../../support/marked';

/** Every place of what is under the cursor. */
export function places(drawn: string): string {
  const from = fixture(drawn);
  return marked(from, findReferences(from.snapshot, from.path, from.offset, true));
}

export function renamed(drawn: string, name: string): string {
  const from = fixture(drawn);
  return edited(from, rename(from.snapshot, from.path, from.offset, name));
}

export function refusal(drawn: string, name = 'other'): string {
  const from = fixture(drawn);
  try {
    prepareRename(from.snapshot, from.path, from.offset);
    rename(from.snapshot, from.path, from.offset, name);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'it was renamed';
}

/** What the way to the definition leads to, drawn into its file. */
export function definition(drawn: string): string {
  const from = fixture(drawn);
  const found = findDefinition(from.snapshot, from.path, from.offset);
  return found === undefined ? 'nowhere' : marked(from, [found.target]);
}

export function highlights(drawn: string): string {
  const from = fixture(drawn);
  return marked(
    from,
    documentHighlights(from.snapshot, from.path, from.offset).map(({ range }) => ({
      path: from.path,
      range,
    })),
  );
}
