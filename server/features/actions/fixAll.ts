import type { Diagnostic } from '../diagnostic';
import type { Range } from '../../text/range';
import type { Change, FileEdit } from './codeAction';
import type { Selected } from './context';
import { diagnosticsOf } from '../diagnosticsOf';
import { quickFixes } from './quickFixes';

/** Every fix that is certain, in one edit. */
export function fixAll(selected: Selected): readonly Change[] {
  const { snapshot, file } = selected;
  const certain = diagnosticsOf(snapshot, file.path).filter(isCertain);
  if (certain.length === 0) return [];
  const edits = together(selected, certain);
  return edits.length === 0
    ? []
    : [{ title: 'Fix all that has one certain fix', kind: 'source.fixAll', edits }];
}

/** For each kind of problem at the selection that the file has more of: the preferred fix for all of them. */
export function fixEachKind(
  selected: Selected,
  near: readonly Diagnostic[],
  fixes: readonly Change[],
): readonly Change[] {
  const { snapshot, file } = selected;
  const all = diagnosticsOf(snapshot, file.path);
  const codes = new Set(near.map(({ code }) => code));
  return [...codes].flatMap((code): Change[] => {
    const same = all.filter((diagnostic) => diagnostic.code === code);
    const own = fixes.find(({ diagnostic, preferred }) => diagnostic?.code === code && preferred === true);
    if (own === undefined || same.length < 2) return [];
    const edits = () => together(selected, same);
    const title = `Fix all problems of this kind in the file (${code})`;
    return [{ title, kind: 'quickfix', edits, ...(own.diagnostic && { diagnostic: own.diagnostic }) }];
  });
}

/** The preferred fixes that do not get in each other's way. */
function together({ snapshot, module, file }: Selected, diagnostics: readonly Diagnostic[]): FileEdit[] {
  const edits: FileEdit[] = [];
  const keys = new Set<string>();
  for (const diagnostic of diagnostics) {
    const fix = quickFixes(snapshot, module, file, diagnostic).find(({ preferred }) => preferred === true);
    const own = typeof fix?.edits === 'function' ? fix.edits() : (fix?.edits ?? []);
    if (own.length === 0 || own.some(({ creates }) => creates === true)) continue;
    const fresh = own.filter((edit) => !keys.has(JSON.stringify(edit)));
    const clear = fresh.every((edit) =>
      edits.every((other) => other.path !== edit.path || !collides(other.range, edit.range)),
    );
    if (!clear) continue;
    for (const edit of fresh) keys.add(JSON.stringify(edit));
    edits.push(...fresh);
  }
  return edits;
}

/** Several insertions may stand at one place. */
function collides(a: Range, b: Range): boolean {
  if (a.start === a.end && b.start === b.end) return false;
  return a.start < b.end && b.start < a.end;
}

/** Fixes that never change what a configuration means, or that only a typing mistake can want. */
const certain: ReadonlySet<string> = new Set([
  'read-only-argument',
  'interpolation-only',
  'quoted-type',
  'quoted-keyword',
  'quoted-reference',
  'dot-index',
]);

function isCertain({ code }: Diagnostic): boolean {
  return certain.has(code);
}
