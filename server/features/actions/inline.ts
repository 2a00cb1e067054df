import type { Expression } from '../../hcl/syntax';
import { nodePathAt } from '../../hcl/walk';
import { factsOf } from '../../terraform/facts';
import { isJsonConfig, isOverride } from '../../terraform/fileNames';
import type { Declaration } from '../../terraform/model';
import type { Use } from '../../terraform/uses';
import { contains } from '../../text/range';
import type { Range } from '../../text/range';
import { declarationAt, focusAt } from '../focus';
import type { Change, FileEdit } from './codeAction';
import { isConstant } from './context';
import type { Selected } from './context';
import { fixedValue } from './fixedValue';
import { removalOf } from './insertion';
import { addressPart, usesOf } from './reads';

/** Writes a local value, or the default of a variable that nobody sets, where it is read, and takes its name away. */
export function inlinings(selected: Selected): readonly Change[] {
  const { snapshot, file, selection, module } = selected;
  const focus = focusAt(snapshot, file.path, selection.start);
  const found = focus === undefined ? undefined : declarationAt(snapshot, focus);
  if (found?.module.directory !== module.directory || isOverride(found.declaration.file.path)) return [];
  const { declaration } = found;
  // In a variables file it is the value that is pointed at.
  if (declaration.kind === 'local') return inlined(selected, declaration, localValue(declaration));
  if (declaration.kind !== 'variable' || focus?.kind === 'argument') return [];
  return inlined(selected, declaration, variableValue(selected, declaration));
}

/** A value as text: in operators it may need brackets, and a bare number cannot be read from. */
interface Inlined {
  readonly source: string;
  readonly isOperator: boolean;
  readonly isLiteral: boolean;
  readonly isConstant: boolean;
}

function inlined(
  { snapshot, module }: Selected,
  declaration: Declaration,
  value: Inlined | { readonly reason: string } | undefined,
): Change[] {
  const own = usesOf(snapshot, module).filter((use) => use.target === declaration.address);
  // What a variable says about itself goes with it.
  const uses =
    declaration.kind === 'variable'
      ? own.filter(
          ({ file, range }) => file.path !== declaration.file.path || !contains(declaration.range, range),
        )
      : own;
  if (value === undefined || uses.length === 0) return [];
  const places = uses.length > 1 ? ` in ${uses.length} places` : '';
  const what = declaration.kind === 'local' ? 'local value' : 'variable';
  const title = `Inline the ${what} "${declaration.name}"${places}`;
  const kind = 'refactor.inline';
  if ('reason' in value) return [{ title, kind, edits: [], disabled: value.reason }];
  const edits: FileEdit[] = [removalOf(declaration)];
  for (const use of uses) {
    // Inside its own value, or in a JSON file, the name cannot be replaced by text.
    const isOwn = use.file.path === declaration.file.path && contains(declaration.range, use.range);
    if (isJsonConfig(use.file.path) || isOwn || use.kind !== 'value') return [];
    if (value.isConstant && isWholeCondition(use)) {
      const disabled = 'A condition that refers to nothing is refused.';
      return [{ title, kind, edits: [], disabled }];
    }
    edits.push({ path: use.file.path, ...inPlace(use, value) });
  }
  return [{ title, kind, edits }];
}

/** The value in the place of a use: in brackets where it is an operand, and a text in a text without its quotes. */
function inPlace(use: Use, value: Inlined): { readonly range: Range; readonly newText: string } {
  const range = addressPart(use);
  const nodes = nodePathAt(use.file.syntax, range.start);
  const isAlone = range.end === use.range.end;
  const at = nodes.findIndex((node) => node.range.start === range.start && node.range.end === use.range.end);
  const parent = nodes[at - 1];
  if (isAlone && parent?.kind === 'template' && parent.form === 'quoted' && isPlainText(value.source)) {
    const part = parent.parts.find(
      (each) => each.kind === 'interpolation' && each.expression.range.start === range.start,
    );
    if (part !== undefined && parent.parts.length > 1)
      return { range: part.range, newText: value.source.slice(1, -1) };
  }
  const isWhole = parent?.kind === 'attribute';
  const needsBrackets = (value.isOperator && !(isWhole && isAlone)) || (value.isLiteral && !isAlone);
  return { range, newText: needsBrackets ? `(${value.source})` : value.source };
}

/** Whether nothing else is referred to in a condition, which Terraform wants to look at something. */
function isWholeCondition({ file, range }: Use): boolean {
  const attribute = nodePathAt(file.syntax, range.start).findLast((node) => node.kind === 'attribute');
  if (attribute?.kind !== 'attribute' || attribute.name !== 'condition') return false;
  const uses = [...factsOf(file).uses.values()].flat();
  return uses.filter((use) => contains(attribute.range, use.range)).length === 1;
}

function isPlainText(source: string): boolean {
  return /^"(?:[^"\\$%\n]|\\.)*"$/.test(source);
}

function localValue({ node, file }: Declaration): Inlined | undefined {
  if (node.kind !== 'attribute') return undefined;
  const { value } = node;
  // A heredoc has no form as an operand.
  if (value.kind === 'template' && value.form !== 'quoted') return undefined;
  const source = file.syntax.text.slice(value.range.start, value.range.end);
  return {
    source,
    isOperator: isOperator(value),
    isLiteral: isLiteral(value),
    isConstant: isConstant(value),
  };
}

function variableValue(
  { snapshot, module }: Selected,
  declaration: Declaration,
): Inlined | { readonly reason: string } {
  const fixed = fixedValue(snapshot, module, declaration);
  if ('reason' in fixed) return fixed;
  if (fixed.source.startsWith('<<')) return { reason: `The default of "${declaration.name}" is a heredoc.` };
  return {
    source: fixed.source,
    isOperator: fixed.source.startsWith('-'),
    isLiteral: /^[\d-]/.test(fixed.source),
    isConstant: true,
  };
}

function isOperator({ kind }: Expression): boolean {
  return kind === 'binary' || kind === 'conditional' || kind === 'unary';
}

function isLiteral({ kind }: Expression): boolean {
  return kind === 'literal' || kind === 'splat';
}
