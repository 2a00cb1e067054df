import type { Attribute, Expression } from '../../hcl/syntax';
import { nodePathAt } from '../../hcl/walk';
import { factsOf } from '../../terraform/facts';
import { declarationAt, focusAt } from '../focus';
import type { CodeAction, FileEdit } from './codeAction';
import type { Selected } from './context';
import { wholeLines } from './insertion';

/** Writes a local value where it is read, and takes its name away. */
export function inlinings(selected: Selected): readonly CodeAction[] {
  const { snapshot, file, selection, module } = selected;
  const focus = focusAt(snapshot, file.path, selection.start);
  const found = focus === undefined ? undefined : declarationAt(snapshot, focus);
  const node = found?.declaration.kind === 'local' ? found.declaration.node : undefined;
  if (found === undefined || node?.kind !== 'attribute') return [];
  const { declaration } = found;
  const edits: FileEdit[] = [removal(declaration.file.path, declaration.file.syntax.text, node)];
  for (const user of module.files) {
    for (const use of [...factsOf(user).uses.values()].flat()) {
      if (use.target !== declaration.address) continue;
      // Inside its own value, or in a JSON file, the name cannot be replaced by text.
      if (user.path.endsWith('.json') || isInside(node, declaration.file.path, user.path, use.range.start))
        return [];
      const root = use.traversal.root.range;
      const [step] = use.traversal.steps;
      if (step?.kind !== 'name') return [];
      const range = { start: root.start, end: step.range.end };
      const isWhole =
        nodePathAt(user.syntax, range.start).at(-2)?.kind === 'attribute' && range.end === use.range.end;
      const text = valueText(
        declaration.file.syntax.text,
        node.value,
        isWhole || use.range.end === range.end,
      );
      if (text === undefined) return [];
      edits.push({ path: user.path, range, newText: text });
    }
  }
  if (edits.length < 2) return [];
  const title = `Inline the local value "${declaration.name}"${edits.length > 2 ? ` in ${edits.length - 1} places` : ''}`;
  return [{ title, kind: 'refactor.inline', edits }];
}

function removal(path: string, text: string, node: Attribute): FileEdit {
  return { path, range: wholeLines(text, node.range), newText: '' };
}

function isInside(node: Attribute, declared: string, user: string, offset: number): boolean {
  return declared === user && node.range.start <= offset && offset < node.range.end;
}

/** The source of a value as an operand of anything; a heredoc has no such form. */
function valueText(text: string, value: Expression, isAlone: boolean): string | undefined {
  if (value.kind === 'template' && value.form !== 'quoted') return undefined;
  const source = text.slice(value.range.start, value.range.end);
  const isOperator = value.kind === 'binary' || value.kind === 'conditional' || value.kind === 'unary';
  const needsBrackets = isOperator || (!isAlone && (value.kind === 'literal' || value.kind === 'splat'));
  return needsBrackets ? `(${source})` : source;
}
