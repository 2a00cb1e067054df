import { formatValue } from '../../cty/format';
import { deepMarks } from '../../cty/marks';
import type { Value } from '../../cty/value';
import type { Block, Expression } from '../../hcl/syntax';
import { nodePathAt } from '../../hcl/walk';
import type { Declaration, Module } from '../../terraform/model';
import { roleOf } from '../../terraform/uses';
import type { Focus } from '../focus';
import { declarationAt } from '../focus';
import type { Snapshot } from '../snapshot';
import { valuesOf } from './inputs';

/** A value in words, with the sentence that says where it comes from. */
export interface ShownValue {
  /** As `terraform console` prints it, shortened where it gets long. */
  readonly text: string;
  /** Empty where the place itself says it. */
  readonly origin: string;
}

/** More lines, or a longer one, is more than anybody reads beside their text. */
const mostLines = 25;
const longestLine = 200;

/** The value of what a person points at, where it says more than the text does. */
export function shownValue(snapshot: Snapshot, focus: Focus): ShownValue | undefined {
  switch (focus.kind) {
    case 'use':
    case 'context': {
      const expression = pointedExpression(focus);
      if (expression === undefined) return undefined;
      const found = declarationAt(snapshot, focus);
      const origin =
        found?.declaration.kind === 'variable' ? originOf(snapshot, found.module, found.declaration) : '';
      return shown(evaluateIn(snapshot, focus.module, expression, focus.blocks), origin);
    }
    case 'argument': {
      const { attribute, blocks, module, file } = focus;
      // A type constraint is no expression, and in variables files nothing has to be worked out.
      if (isPlain(attribute.value) || roleOf(attribute, blocks) !== 'value' || blocks.length === 0)
        return undefined;
      return file.path.endsWith('.tfvars')
        ? undefined
        : shown(evaluateIn(snapshot, module, attribute.value, blocks), '');
    }
    case 'label': {
      const found = declarationAt(snapshot, focus);
      if (found === undefined) return undefined;
      const { declaration, module } = found;
      if (declaration.kind !== 'variable' && declaration.kind !== 'output') return undefined;
      const origin = declaration.kind === 'variable' ? originOf(snapshot, module, declaration) : '';
      // The default stands in the block itself.
      if (origin === 'default') return undefined;
      return shown(valuesOf(snapshot, module).valueOf(declaration), origin);
    }
    default:
      return undefined;
  }
}

/** The value of an expression inside these blocks; `undefined` where it has a fault, which is reported elsewhere. */
export function evaluateIn(
  snapshot: Snapshot,
  module: Module,
  expression: Expression,
  blocks: readonly Block[],
): Value | undefined {
  const values = valuesOf(snapshot, module);
  const { value, errors } = values.evaluate(expression, values.bindingsIn(blocks[0]));
  return errors.length > 0 ? undefined : value;
}

/** Whether the text already is the value. */
export function isPlain(expression: Expression): boolean {
  switch (expression.kind) {
    case 'literal':
      return true;
    case 'template':
      return expression.parts.every((part) => part.kind === 'text');
    case 'tuple':
      return expression.items.every(isPlain);
    case 'object':
      return expression.items.every(
        ({ key, value }) => (key.kind === 'variable' || isPlain(key)) && isPlain(value),
      );
    case 'unary':
      return isPlain(expression.operand);
    default:
      return false;
  }
}

function shown(value: Value | undefined, origin: string): ShownValue | undefined {
  if (value === undefined || value.kind === 'unknown') return undefined;
  const lines = formatValue(value).split('\n');
  const cut = lines
    .slice(0, mostLines)
    .map((line) => (line.length > longestLine ? `${line.slice(0, longestLine)}…` : line));
  if (lines.length > mostLines) cut.push('…');
  return { text: cut.join('\n'), origin };
}

function originOf(snapshot: Snapshot, module: Module, declaration: Declaration): string {
  return valuesOf(snapshot, module).variable(declaration).origin;
}

/** The part of a traversal that ends with the name pointed at; nothing for `var` and its like alone. */
function pointedExpression(focus: Extract<Focus, { kind: 'use' | 'context' }>): Expression | undefined {
  if (focus.step < 0) return undefined;
  const nodes = nodePathAt(focus.file.syntax, focus.range.end);
  return nodes.findLast(
    (node): node is Extract<Expression, { kind: 'getAttribute' }> =>
      node.kind === 'getAttribute' && node.nameRange.start === focus.range.start,
  );
}

/** One line for beside the text: known, simple and short, or nothing. */
export function inlineText(value: Value | undefined): string | undefined {
  if (value?.kind !== 'known' || deepMarks(value) !== 0) return undefined;
  const text = formatValue(value).replace(/\s*\n\s*/g, ' ');
  return text.length > longestInline || text.includes('(known after apply)') ? undefined : text;
}

const longestInline = 60;
