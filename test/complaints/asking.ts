import { codeActions } from '../../server/features/actions/codeActions';
import { complete } from '../../server/features/completion';
import { diagnose } from '../../server/features/diagnostics';
import { rename } from '../../server/features/rename';
import type { SchemaLookup } from '../../server/providers/schema';
import { applyEdits } from '../../server/text/edit';
import type { Range } from '../../server/text/range';
import { fixture, relativeName } from '../support/fixture';

interface Edit {
  readonly path: string;
  readonly range: Range;
  readonly newText: string;
}

/**
 * What is wrong with the first file, as `severity code text`. That nothing reads a name is said of nearly every example,
 * and left out.
 */
export function problems(drawn: string, schemas?: SchemaLookup): readonly string[] {
  const { snapshot, path, files } = fixture(drawn, schemas);
  return diagnose(snapshot, path)
    .filter(({ code }) => code !== 'unused-declaration')
    .map(({ severity, code, range }) => `${severity} ${code} ${textOf(files, path, range)}`);
}

/** The messages of what is wrong with the first file. */
export function messages(drawn: string, schemas?: SchemaLookup): readonly string[] {
  const { snapshot, path } = fixture(drawn, schemas);
  return diagnose(snapshot, path)
    .filter(({ code }) => code !== 'unused-declaration')
    .map(({ message }) => message);
}

/** What is offered at the cursor, the best first. */
export function offers(drawn: string): readonly string[] {
  const { snapshot, path, offset } = fixture(drawn);
  return complete(snapshot, path, offset).items.map(({ label }) => label);
}

/** The files after the name at the cursor was changed, by name; only those that changed. */
export function renamed(drawn: string, name: string): Readonly<Record<string, string>> {
  const { snapshot, path, offset, files } = fixture(drawn);
  return edited(files, rename(snapshot, path, offset, name));
}

/** The files after an action at the cursor, by name; only those that changed or were made. */
export function acted(drawn: string, title: string | RegExp): Readonly<Record<string, string>> {
  const { snapshot, path, offset, files } = fixture(drawn);
  const actions = codeActions(snapshot, path, { start: offset, end: offset });
  const action = actions.find((each) =>
    typeof title === 'string' ? each.title === title : title.test(each.title),
  );
  if (action === undefined)
    throw new Error(`No action ${String(title)}; there are: ${actions.map((each) => each.title).join('; ')}`);
  return edited(files, action.edits());
}

function edited(files: ReadonlyMap<string, string>, edits: readonly Edit[]): Record<string, string> {
  const paths = new Set(edits.map(({ path }) => path));
  return Object.fromEntries(
    [...paths].map((path) => [
      relativeName(path),
      applyEdits(
        files.get(path) ?? '',
        edits.filter((edit) => edit.path === path),
      ),
    ]),
  );
}

function textOf(files: ReadonlyMap<string, string>, path: string, { start, end }: Range): string {
  return files.get(path)?.slice(start, end) ?? '';
}
