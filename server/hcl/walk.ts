import { touches } from '../text/range';
import type { Attribute, Block, Body, Expression, SourceFile, TemplatePart } from './syntax';

export type SyntaxNode = Body | Block | Attribute | Expression;

/**
 * Calls `visit` for every expression at or below `node`, parents first, in file order.
 * When `visit` returns false the expression's children are skipped. No recursion: any depth is fine.
 */
export function walkExpressions(
  node: SyntaxNode,
  visit: (expression: Expression) => boolean | undefined,
): void {
  const stack: SyntaxNode[] = [node];
  for (let top = stack.pop(); top !== undefined; top = stack.pop()) {
    if (isExpression(top) && visit(top) === false) continue;
    pushReversed(stack, childNodes(top));
  }
}

/**
 * The nodes around `offset`, outermost first: the file's body, then blocks, bodies, attributes and expressions.
 * A node whose end is at `offset` counts as around it, so a cursor right after a word is in it. Of two neighbours
 * that both touch, the one that ends at `offset` is taken.
 */
export function nodePathAt(file: SourceFile, offset: number): readonly SyntaxNode[] {
  const path: SyntaxNode[] = [file.body];
  for (;;) {
    const last = path.at(-1);
    if (last === undefined) return path;
    // A header that no brace follows yet has no body to be in.
    if (last.kind === 'block' && file.text.charAt(last.body.range.start - 1) !== '{') return path;
    const next = childNodes(last).find(({ range }) => touches(range, offset));
    if (next === undefined) return path;
    path.push(next);
  }
}

/** The direct children, in file order. */
export function childNodes(node: SyntaxNode): SyntaxNode[] {
  switch (node.kind) {
    case 'body':
      return [...node.items];
    case 'block':
      return [node.body];
    case 'attribute':
      return [node.value];
    default:
      return childExpressions(node);
  }
}

/** The direct operands of an expression, in file order. */
export function childExpressions(expression: Expression): Expression[] {
  switch (expression.kind) {
    case 'literal':
    case 'variable':
    case 'missing':
    case 'error':
      return [];
    case 'template':
      return partExpressions(expression.parts);
    case 'getAttribute':
    case 'splat':
      return [expression.object];
    case 'index':
      return [expression.object, expression.key];
    case 'call':
      return [...expression.arguments];
    case 'unary':
      return [expression.operand];
    case 'binary':
      return [expression.left, expression.right];
    case 'conditional':
      return [expression.condition, expression.then, expression.else];
    case 'parenthesis':
      return [expression.inner];
    case 'tuple':
      return [...expression.items];
    case 'object':
      return expression.items.flatMap(({ key, value }) => [key, value]);
    case 'forTuple':
      return present([expression.collection, expression.value, expression.condition]);
    case 'forObject':
      return present([expression.collection, expression.key, expression.value, expression.condition]);
  }
}

/** The value of a quoted string or heredoc without interpolations; undefined for everything else. */
export function stringValue(expression: Expression): string | undefined {
  if (expression.kind !== 'template') return undefined;
  const texts: string[] = [];
  for (const part of expression.parts) {
    if (part.kind !== 'text') return undefined;
    texts.push(part.value);
  }
  return texts.join('');
}

function isExpression(node: SyntaxNode): node is Expression {
  return node.kind !== 'body' && node.kind !== 'block' && node.kind !== 'attribute';
}

/** The expressions directly in the parts of a template, those inside of directives included. */
function partExpressions(parts: readonly TemplatePart[]): Expression[] {
  const expressions: Expression[] = [];
  const stack = [...parts].reverse();
  for (let part = stack.pop(); part !== undefined; part = stack.pop()) {
    if (part.kind === 'interpolation') expressions.push(part.expression);
    else if (part.kind === 'if') {
      expressions.push(part.condition);
      pushReversed(stack, part.else);
      pushReversed(stack, part.then);
    } else if (part.kind === 'for') {
      expressions.push(part.collection);
      pushReversed(stack, part.body);
    }
  }
  return expressions;
}

function present(expressions: readonly (Expression | undefined)[]): Expression[] {
  return expressions.filter((expression) => expression !== undefined);
}

/** A loop, because spreading an array of a hundred thousand nodes into a call overflows the stack. */
function pushReversed<T>(stack: T[], nodes: readonly T[]): void {
  for (const node of nodes.toReversed()) stack.push(node);
}
