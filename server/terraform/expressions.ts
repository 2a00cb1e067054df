import type { Expression, TemplatePart } from '../hcl/syntax';
import { toTraversal } from './traversal';
import type { Traversal } from './traversal';

/** Names that mean something else inside an expression: `for` variables, iterators of dynamic blocks. */
export type Scope = ReadonlySet<string>;

const empty: Scope = new Set();

/**
 * Calls `visit` for every traversal inside `expression` that does not start with a name of `scope` or of a `for` around
 * it, and `visitCall` for every function call. Expressions inside index keys are visited as well. Never recurses, so
 * the depth of the expression does not matter.
 */
export function visitTraversals(
  expression: Expression,
  visit: (traversal: Traversal) => void,
  scope: Scope = empty,
): void {
  const pending: ScopedNode[] = [{ node: expression, scope }];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const traversal = isExpression(next.node) ? toTraversal(next.node) : undefined;
    if (traversal === undefined) {
      pending.push(...scopedChildren(next.node, next.scope));
      continue;
    }
    if (!next.scope.has(traversal.root.name)) visit(traversal);
    for (const step of traversal.steps) {
      if (step.kind === 'index') pending.push({ node: step.key, scope: next.scope });
    }
  }
}

/** A node of an expression, the parts of templates among them. */
export type ExpressionNode = Expression | TemplatePart;

/** A node with the names that mean something else in it. */
export interface ScopedNode {
  readonly node: ExpressionNode;
  readonly scope: Scope;
}

function isExpression(node: ExpressionNode): node is Expression {
  return node.kind !== 'text' && node.kind !== 'interpolation' && node.kind !== 'if' && node.kind !== 'for';
}

/**
 * What stands directly inside a node, with the variables of a `for` in its scope. A bare object key means its own name,
 * so that it is no child.
 */
export function scopedChildren(node: ExpressionNode, scope: Scope): readonly ScopedNode[] {
  const inside = (...nodes: (ExpressionNode | undefined)[]): ScopedNode[] =>
    nodes.filter((child) => child !== undefined).map((child) => ({ node: child, scope }));
  switch (node.kind) {
    case 'literal':
    case 'variable':
    case 'missing':
    case 'error':
    case 'text':
      return [];
    case 'interpolation':
      return inside(node.expression);
    case 'if':
      return inside(node.condition, ...node.then, ...node.else);
    case 'for':
      return [...inside(node.collection), ...within(scope, node.variables, node.body)];
    case 'template':
      return inside(...node.parts);
    case 'getAttribute':
    case 'splat':
      return inside(node.object);
    case 'index':
      return inside(node.object, node.key);
    case 'call':
      return inside(...node.arguments);
    case 'unary':
      return inside(node.operand);
    case 'binary':
      return inside(node.left, node.right);
    case 'conditional':
      return inside(node.condition, node.then, node.else);
    case 'parenthesis':
      return inside(node.inner);
    case 'tuple':
      return inside(...node.items);
    case 'object':
      return node.items.flatMap((item) =>
        item.key.kind === 'variable' ? inside(item.value) : inside(item.key, item.value),
      );
    case 'forTuple':
      return [...inside(node.collection), ...within(scope, node.variables, [node.value, node.condition])];
    case 'forObject':
      return [
        ...inside(node.collection),
        ...within(scope, node.variables, [node.key, node.value, node.condition]),
      ];
  }
}

function within(
  scope: Scope,
  variables: readonly { readonly name: string }[],
  nodes: readonly (ExpressionNode | undefined)[],
): ScopedNode[] {
  const inner = new Set([...scope, ...variables.map((variable) => variable.name)]);
  return nodes.filter((node) => node !== undefined).map((node) => ({ node, scope: inner }));
}
