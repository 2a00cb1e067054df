import type { CtyType } from '../../cty/type';
import type { Expression } from '../../hcl/syntax';
import type { CodeAction, FileEdit } from './codeAction';
import { freeName, isConstant, isMovable, selectedExpression } from './context';
import type { Selected, SelectedExpression } from './context';
import { declareLocal, declareVariable } from './declare';

/** Gives a value a name: as a local value, or as a variable with the value as its default. */
export function extractions(selected: Selected): readonly CodeAction[] {
  const found = selectedExpression(selected);
  if (found === undefined || !isWorthAName(found)) return [];
  const { expression, steps, blocks } = found;
  const [top] = blocks;
  if (top === undefined || holders.has(top.type) || !isMovable(expression, steps, blocks)) return [];
  const actions = [toLocal(selected, found)];
  if (isConstant(expression)) actions.push(toVariable(selected, found));
  return actions;
}

/** Blocks whose values Terraform wants as they are, or reads before there are any others. */
const holders = new Set(['terraform', 'variable', 'moved', 'removed', 'import']);

/** Arguments that take no expression. */
const fixed = new Set([
  'depends_on',
  'provider',
  'providers',
  'ignore_changes',
  'source',
  'version',
  'alias',
]);

function isWorthAName({ expression, attribute, blocks }: SelectedExpression): boolean {
  if (fixed.has(attribute.name)) return false;
  if (blocks[0]?.type === 'locals' && expression === attribute.value) return false;
  return expression.kind !== 'variable' && !(expression.kind === 'literal' && expression.value === null);
}

function toLocal(selected: Selected, found: SelectedExpression): CodeAction {
  const { snapshot, module, file } = selected;
  const name = freeName(module, 'local', found.attribute.name);
  const declared = declareLocal(snapshot, module, name, sourceOf(selected, found), file.path);
  return {
    title: `Extract to the local value "${name}"`,
    kind: 'refactor.extract',
    edits: [declared, use(selected, found, `local.${name}`)],
  };
}

function toVariable(selected: Selected, found: SelectedExpression): CodeAction {
  const { snapshot, module, file } = selected;
  const name = freeName(module, 'var', found.attribute.name);
  const declared = declareVariable(snapshot, module, name, {
    type: typeOf(found.expression),
    default: sourceOf(selected, found),
    nearby: file.path,
  });
  return {
    title: `Extract to the variable "${name}"`,
    kind: 'refactor.extract',
    edits: [declared, use(selected, found, `var.${name}`)],
  };
}

function use({ file }: Selected, { expression }: SelectedExpression, newText: string): FileEdit {
  // The line break that ends a heredoc belongs to it, and must stay.
  const isHeredoc = expression.kind === 'template' && expression.form !== 'quoted';
  const source = file.syntax.text.slice(expression.range.start, expression.range.end);
  const lineBreak = isHeredoc ? (/\r?\n$/.exec(source)?.[0] ?? '') : '';
  return { path: file.path, range: expression.range, newText: `${newText}${lineBreak}` };
}

/** The text of the value, with the lines after its first moved to where the name will stand. */
function sourceOf({ file }: Selected, { expression }: SelectedExpression): string {
  const { text } = file.syntax;
  const source = text.slice(expression.range.start, expression.range.end).trimEnd();
  if (expression.kind === 'template' && expression.form !== 'quoted') return source;
  const lineStart = text.lastIndexOf('\n', expression.range.start - 1) + 1;
  const indent = /^[ \t]*/.exec(text.slice(lineStart))?.[0] ?? '';
  return source
    .split('\n')
    .map((line, index) =>
      index === 0 ? line : `  ${line.startsWith(indent) ? line.slice(indent.length) : line}`,
    )
    .join('\n');
}

function typeOf(expression: Expression): CtyType {
  switch (expression.kind) {
    case 'template':
      return 'string';
    case 'literal':
      if (expression.value === null) return 'dynamic';
      return typeof expression.value === 'boolean' ? 'bool' : 'number';
    case 'tuple': {
      const [first, ...rest] = expression.items.map(typeOf);
      return first !== undefined && typeof first === 'string' && rest.every((type) => type === first)
        ? ['list', first]
        : 'dynamic';
    }
    case 'object': {
      const [first, ...rest] = expression.items.map(({ value }) => typeOf(value));
      return first !== undefined && typeof first === 'string' && rest.every((type) => type === first)
        ? ['map', first]
        : 'dynamic';
    }
    default:
      return 'dynamic';
  }
}
