import { isJsonConfig } from '../../terraform/fileNames';
import type { Diagnostic } from '../diagnostic';
import { diagnose } from '../diagnostics';
import { moduleOf } from '../snapshot';
import type { Snapshot } from '../snapshot';
import type { Range } from '../../text/range';
import type { CodeAction, CodeActionKind, FileEdit } from './codeAction';
import { extractions } from './extract';
import { inlinings } from './inline';
import { quickFixes } from './quickFixes';
import { rewrites } from './rewrite';

/**
 * What may be done at a selection: fixes for what is wrong there, and rearrangements that keep the meaning.
 * `only` leaves out the kinds that nobody asked for, together with the work to find them.
 */
export function codeActions(
  snapshot: Snapshot,
  path: string,
  selection: Range,
  only?: readonly string[],
): readonly CodeAction[] {
  const file = snapshot.index.file(path);
  if (file === undefined || isJsonConfig(path)) return [];
  const module = moduleOf(snapshot, path);
  const wanted = (kind: CodeActionKind) => only === undefined || only.some((asked) => isWithin(kind, asked));
  const actions: CodeAction[] = [];
  if (wanted('quickfix')) {
    const near = diagnose(snapshot, path).filter(({ range }) => overlaps(range, selection));
    actions.push(...near.flatMap((diagnostic) => quickFixes(snapshot, module, file, diagnostic)));
  }
  const context = { snapshot, module, file, selection };
  if (wanted('refactor.extract')) actions.push(...extractions(context));
  if (wanted('refactor.inline')) actions.push(...inlinings(context));
  if (wanted('refactor.rewrite')) actions.push(...rewrites(context));
  // Only on request: an editor runs it on save.
  if (only?.some((asked) => isWithin('source.fixAll', asked)) === true)
    actions.push(...fixAll(snapshot, path));
  // What an action writes is in the native syntax.
  return distinct(actions).filter(({ edits }) => !edits.some((edit) => isJsonConfig(edit.path)));
}

/** Every fix that is certain, in one edit. */
function fixAll(snapshot: Snapshot, path: string): CodeAction[] {
  const file = snapshot.index.file(path);
  if (file === undefined) return [];
  const module = moduleOf(snapshot, path);
  const edits: FileEdit[] = [];
  for (const diagnostic of diagnose(snapshot, path).filter(isCertain)) {
    const fix = quickFixes(snapshot, module, file, diagnostic).find(({ preferred }) => preferred === true);
    const clear = fix?.edits.every(
      (edit) => edit.path === path && edits.every((other) => !overlaps(other.range, edit.range)),
    );
    if (fix !== undefined && clear === true) edits.push(...fix.edits);
  }
  if (edits.length === 0) return [];
  return [{ title: 'Fix all that has one certain fix', kind: 'source.fixAll', edits }];
}

/** Fixes that never change what a configuration means, or that only a typing mistake can want. */
function isCertain({ code }: Diagnostic): boolean {
  return code === 'read-only-argument';
}

function isWithin(kind: string, asked: string): boolean {
  return kind === asked || kind.startsWith(`${asked}.`);
}

function overlaps(a: Range, b: Range): boolean {
  return a.start <= b.end && b.start <= a.end;
}

/** Two diagnostics of one block may have the same fix. */
function distinct(actions: readonly CodeAction[]): CodeAction[] {
  const byEdits = new Map<string, CodeAction>();
  for (const action of actions) {
    const key = `${action.title} ${JSON.stringify(action.edits)}`;
    if (!byEdits.has(key)) byEdits.set(key, action);
  }
  return [...byEdits.values()];
}
