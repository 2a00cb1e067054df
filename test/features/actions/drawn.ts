import assert from 'node:assert/strict';
import type { CodeAction } from '../../../server/features/actions/codeAction';
import { codeActions } from '../../../server/features/actions/codeActions';
import { diagnosticCodes, isDiagnosticCode } from '../../../server/features/diagnosticCodes';
import { diagnose } from '../../../server/features/diagnostics';
import { format } from '../../../server/hcl/format';
import { parse } from '../../../server/hcl/parser';
import { applyEdits } from '../../../server/text/edit';
import { fixture, relativeName } from '../../support/fixture';
import type { Fixture } from '../../support/fixture';

/** The actions at the cursor, or between the two places it is drawn. */
export function actionsAt(drawn: string, only?: string[]): { from: Fixture; actions: readonly CodeAction[] } {
  const second = drawn.indexOf('<|>', drawn.indexOf('<|>') + 1);
  const from = fixture(second < 0 ? drawn : drawn.slice(0, second) + drawn.slice(second + 3));
  const length = second < 0 ? 0 : second - drawn.indexOf('<|>') - 3;
  const selection = { start: from.offset, end: from.offset + length };
  return { from, actions: codeActions(from.snapshot, from.path, selection, only) };
}

export const titles = (drawn: string, only?: string[]) =>
  actionsAt(drawn, only)
    .actions.filter(({ disabled }) => disabled === undefined)
    .map(({ title }) => title);

/** Why an action cannot be done. */
export function reason(drawn: string, title: string): string {
  const found = actionsAt(drawn).actions.find((each) => each.title === title);
  assert.ok(found !== undefined, `no "${title}"`);
  assert.deepEqual(found.edits(), []);
  return found.disabled ?? '';
}

export interface Wanted {
  readonly only?: string[];
  /** Files that are not laid out as `terraform fmt` does stay so. */
  readonly unformatted?: boolean;
}

/**
 * The files after an action, as text. Every one of them is HCL, laid out as `terraform fmt` does, and nothing is wrong
 * in it that was not before.
 */
export function after(drawn: string, title: string, { only, unformatted }: Wanted = {}): string {
  const { from, actions } = actionsAt(drawn, only);
  const action = actions.find((each) => each.title === title);
  assert.ok(
    action !== undefined,
    `no "${title}" among: ${actions.map((each) => each.title).join(', ') || 'nothing'}`,
  );
  assert.equal(action.disabled, undefined);
  const texts = new Map(from.files);
  const edits = action.edits();
  for (const file of new Set(edits.map(({ path }) => path))) {
    const own = edits.filter(({ path }) => path === file);
    const makes = own.some(({ creates }) => creates === true);
    assert.equal(makes, !texts.has(file), `${relativeName(file)} is made exactly when it is not there`);
    assert.ok(!makes || action.createsFiles);
    texts.set(file, applyEdits(texts.get(file) ?? '', own));
  }
  const shown = [...texts].map(([path, text]) => `//- ${relativeName(path)}\n${text}`).join('');
  for (const [path, text] of texts) {
    const messages = parse(text).errors.map(({ message }) => message);
    assert.deepEqual(messages, [], `${relativeName(path)} after "${title}":\n${text}`);
    if (unformatted === true) continue;
    const laidOut = format(text);
    assert.equal(laidOut.ok && laidOut.text, text, `${relativeName(path)} is not formatted`);
  }
  const [before, now] = [codesIn(drawn.replaceAll('<|>', '')), codesIn(shown)];
  const added = [...now].filter(([code, count]) => isError(code) && count > (before.get(code) ?? 0));
  assert.deepEqual(added, [], shown);
  const mended = action.diagnostic?.code;
  if (mended !== undefined)
    assert.ok((now.get(mended) ?? 0) < (before.get(mended) ?? 0), `still ${mended}:\n${shown}`);
  return texts.size === 1 ? [...texts.values()].join('') : shown;
}

function isError(code: string): boolean {
  return isDiagnosticCode(code) && diagnosticCodes[code].severity === 'error';
}

/** How often each thing is wrong in all files. */
function codesIn(drawn: string): Map<string, number> {
  const { snapshot, files } = fixture(drawn);
  const counts = new Map<string, number>();
  for (const path of files.keys())
    for (const { code } of diagnose(snapshot, path)) counts.set(code, (counts.get(code) ?? 0) + 1);
  return counts;
}
