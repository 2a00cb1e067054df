import type { CtyType } from '../../cty/type';
import type { Attribute, Block } from '../../hcl/syntax';
import type { SyntaxNode } from '../../hcl/walk';
import type { Module } from '../../terraform/model';
import { headerOf, rulesFor } from '../bodyRules';
import type { Snapshot } from '../snapshot';

/** The type an expression must have because it is the whole value of an argument; `undefined` where nothing says so. */
export function expectedType(
  snapshot: Snapshot,
  module: Module,
  nodes: readonly SyntaxNode[],
): CtyType | undefined {
  const blocks = nodes.filter((node): node is Block => node.kind === 'block');
  const at = nodes.findLastIndex((node) => node.kind === 'attribute');
  const attribute = nodes[at] as Attribute | undefined;
  if (attribute === undefined) return undefined;
  const steps = nodes.slice(at + 1);
  // A part of a string becomes text; anything inside a larger expression may be anything.
  if (steps.some((node) => node.kind === 'template')) return 'string';
  const isWhole = steps.every(
    (node) => node.kind === 'variable' || node.kind === 'getAttribute' || node.kind === 'parenthesis',
  );
  if (!isWhole) return undefined;
  return rulesFor(snapshot, module, blocks.map(headerOf)).arguments.get(attribute.name)?.schema.type;
}
