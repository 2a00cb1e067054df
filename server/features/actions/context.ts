import type { Attribute, Block, Expression } from '../../hcl/syntax';
import { nodePathAt, walkExpressions } from '../../hcl/walk';
import type { SyntaxNode } from '../../hcl/walk';
import { targetOf, toTraversal } from '../../terraform/traversal';
import { blocksOf } from '../../terraform/values';
import type { ConfigFile, Module } from '../../terraform/model';
import type { Range } from '../../text/range';
import type { Snapshot } from '../snapshot';

/** Where a person asks for a refactoring. */
export interface Selected {
  readonly snapshot: Snapshot;
  readonly module: Module;
  readonly file: ConfigFile;
  readonly selection: Range;
}

/** An expression with what stands around it. */
export interface SelectedExpression {
  readonly expression: Expression;
  readonly attribute: Attribute;
  /** Outermost first. */
  readonly blocks: readonly Block[];
  /** The nodes from the attribute's value down to the expression, itself included. */
  readonly steps: readonly Expression[];
}

/** The smallest expression that holds the selection; for a cursor the one it stands in, mere names left out. */
export function selectedExpression({ file, selection }: Selected): SelectedExpression | undefined {
  const { text } = file.syntax;
  const selected = text.slice(selection.start, selection.end);
  const start = selection.start + (selected.length - selected.trimStart().length);
  const end = selection.end - (selected.length - selected.trimEnd().length);
  const nodes = nodePathAt(file.syntax, start);
  const at = nodes.findLastIndex((node) => node.kind === 'attribute');
  const attribute = nodes[at] as Attribute | undefined;
  if (attribute === undefined || at < 0) return undefined;
  const steps = nodes.slice(at + 1).filter(isExpression);
  const isCursor = start >= end;
  const last = steps.findLastIndex(
    ({ range, kind }) => range.start <= start && end <= range.end && !(isCursor && namings.has(kind)),
  );
  const expression = steps[last];
  if (expression === undefined || expression.kind === 'missing' || expression.kind === 'error')
    return undefined;
  const blocks = nodes.filter((node): node is Block => node.kind === 'block');
  return { expression, attribute, blocks, steps: steps.slice(0, last + 1) };
}

/** Expressions that only say where a value is. */
const namings: ReadonlySet<Expression['kind']> = new Set(['variable', 'getAttribute', 'index', 'splat']);

/** Whether an expression means the same anywhere in its module: it reads nothing that only exists around it. */
export function isMovable(
  expression: Expression,
  around: readonly Expression[],
  blocks: readonly Block[],
): boolean {
  const bound = new Set<string>(['each', 'count', 'self']);
  for (const outer of around) {
    if (outer === expression) continue;
    if (outer.kind === 'forTuple' || outer.kind === 'forObject')
      for (const { name } of outer.variables) bound.add(name);
    if (outer.kind === 'template')
      for (const part of outer.parts)
        if (part.kind === 'for') for (const { name } of part.variables) bound.add(name);
  }
  const [top] = blocks;
  // A data source inside of a check is there for the check alone.
  const own = top === undefined ? '' : ownAddress(top);
  const scoped = new Set(
    top?.type === 'check'
      ? blocksOf(top.body, 'data').map(({ labels }) => `data.${labels.map(({ value }) => value).join('.')}`)
      : [],
  );
  for (const block of blocks) if (block.type === 'dynamic') bound.add(block.labels[0]?.value ?? '');
  let movable = true;
  walkExpressions(expression, (inner) => {
    const traversal = toTraversal(inner);
    if (traversal !== undefined && bound.has(traversal.root.name)) movable = false;
    const target = traversal === undefined ? undefined : targetOf(traversal);
    // What an object says of itself would wait for itself elsewhere.
    if (target !== undefined && (scoped.has(target.address) || target.address === own)) movable = false;
    return movable;
  });
  return movable;
}

/** The address of what a top-level block declares. */
function ownAddress({ type, labels }: Block): string {
  const names = labels.map(({ value }) => value);
  return (type === 'resource' ? names : [type, ...names]).join('.');
}

/** Whether an expression reads nothing at all. */
export function isConstant(expression: Expression): boolean {
  let constant = true;
  const keys = new Set<Expression>();
  walkExpressions(expression, (inner) => {
    if (inner.kind === 'object') for (const { key } of inner.items) keys.add(key);
    if (inner.kind === 'call') constant = false;
    if (inner.kind === 'variable' && !keys.has(inner)) constant = false;
    return constant;
  });
  return constant;
}

/** Words that mean something of their own wherever a module is called, with names to take instead. */
const taken: Readonly<Record<string, string>> = {
  count: 'instance_count',
  for_each: 'instances',
  source: 'source_path',
  version: 'version_constraint',
  providers: 'provider_names',
  lifecycle: 'lifecycle_rules',
  depends_on: 'dependencies',
  locals: 'local_values',
};

/** A name that nothing in the module has, made from the one that would be best. */
export function freeName(module: Module, prefix: string, wanted: string): string {
  const base = wanted === '' ? 'value' : Object.hasOwn(taken, wanted) ? (taken[wanted] ?? wanted) : wanted;
  for (let count = 1; ; count += 1) {
    const name = count === 1 ? base : `${base}_${count}`;
    if (module.find(`${prefix}.${name}`) === undefined) return name;
  }
}

export function isExpression(node: SyntaxNode): node is Expression {
  return node.kind !== 'body' && node.kind !== 'block' && node.kind !== 'attribute';
}
