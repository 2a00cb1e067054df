import { isOverride } from '../../terraform/fileNames';
import type { Declaration } from '../../terraform/model';
import { declarationAt, focusAt } from '../focus';
import type { Change, FileEdit } from './codeAction';
import { freeName, isConstant } from './context';
import type { Selected } from './context';
import { declareLocal, declareVariable } from './declare';
import { fixedValue } from './fixedValue';
import { commentAbove, removalOf } from './insertion';
import { constraintFor } from './knownType';
import { addressPart, usesOf } from './reads';

/** Makes a local value a variable with that default, and a variable that nobody sets a local value. */
export function localsAndVariables(selected: Selected): readonly Change[] {
  const { snapshot, file, selection, module } = selected;
  const focus = focusAt(snapshot, file.path, selection.start);
  const found = focus === undefined ? undefined : declarationAt(snapshot, focus);
  if (found?.module.directory !== module.directory || isOverride(found.declaration.file.path)) return [];
  const { declaration } = found;
  if (declaration.kind === 'local') return [toVariable(selected, declaration)];
  return declaration.kind === 'variable' && focus?.kind !== 'argument'
    ? [toLocal(selected, declaration)]
    : [];
}

function toVariable(selected: Selected, declaration: Declaration): Change {
  const { snapshot, module } = selected;
  const { node, name, file } = declaration;
  const own = freeName(module, 'var', name);
  const title = `Convert to the variable "${own}"`;
  const kind = 'refactor.rewrite';
  if (node.kind !== 'attribute' || !isConstant(node.value)) {
    const disabled = `"${name}" reads other values, which the default of a variable cannot.`;
    return { title, kind, edits: [], disabled };
  }
  const declared = declareVariable(snapshot, module, own, {
    type: constraintFor(snapshot, module, node.value),
    default: unindented(file.syntax.text, node.value.range),
    nearby: file.path,
    comment: commentAbove(declaration),
  });
  const edits = [removalOf(declaration), declared, ...renamedUses(selected, declaration, `var.${own}`)];
  return { title, kind, edits };
}

function toLocal(selected: Selected, declaration: Declaration): Change {
  const { snapshot, module } = selected;
  const own = freeName(module, 'local', declaration.name);
  const title = `Convert to the local value "${own}"`;
  const kind = 'refactor.rewrite';
  const fixed = fixedValue(snapshot, module, declaration);
  if ('reason' in fixed) return { title, kind, edits: [], disabled: fixed.reason };
  const declared = declareLocal(
    snapshot,
    module,
    own,
    fixed.source,
    declaration.file.path,
    commentAbove(declaration),
  );
  const edits = [removalOf(declaration), declared, ...renamedUses(selected, declaration, `local.${own}`)];
  return { title, kind, edits };
}

function renamedUses({ snapshot, module }: Selected, declaration: Declaration, newText: string): FileEdit[] {
  const own = declaration.kind === 'variable' ? placeOf(declaration) : undefined;
  return usesOf(snapshot, module)
    .filter((use) => use.target === declaration.address)
    .filter(({ file, range }) => file.path !== own?.path || range.start < own.start || own.end < range.end)
    .map((use) => ({ path: use.file.path, range: addressPart(use), newText }));
}

/** The block itself goes: what it says about itself is not rewritten. */
function placeOf({ file, range }: Declaration) {
  return { path: file.path, ...range };
}

/** The text of a value, its later lines as far to the left as the line it begins on. */
export function unindented(text: string, { start, end }: { start: number; end: number }): string {
  const lineStart = text.lastIndexOf('\n', start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  return text
    .slice(start, end)
    .trimEnd()
    .split(/\r?\n/)
    .map((line, index) => (index > 0 && line.startsWith(indent) ? line.slice(indent.length) : line))
    .join('\n');
}
