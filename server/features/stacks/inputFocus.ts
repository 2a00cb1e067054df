import type { Attribute, Block } from '../../hcl/syntax';
import type { Declaration, Module } from '../../terraform/model';
import { isStackDialect } from '../../terraform/stacks/stackModule';
import { entriesOf } from '../../terraform/stacks/stackCalls';
import { touches } from '../../text/range';
import type { Snapshot } from '../snapshot';

/**
 * The key of `inputs = { … }` at `offset`, as the argument that it would be in a module call: a component, an embedded
 * stack and a deployment set variables in an object.
 */
export function inputAt(
  module: Module,
  attribute: Attribute,
  blocks: readonly Block[],
  offset: number,
): Attribute | undefined {
  if (!isStackDialect(module.dialect) || attribute.name !== 'inputs' || blocks.length !== 1) return undefined;
  const entry = entriesOf(attribute.value).find(({ range }) => touches(range, offset));
  if (entry === undefined) return undefined;
  const { name, range: nameRange, value } = entry;
  return {
    kind: 'attribute',
    name,
    nameRange,
    value,
    range: { start: nameRange.start, end: value.range.end },
  };
}

/** The variable that a key of `inputs` sets, with the module or stack it belongs to. */
export function inputVariable(
  snapshot: Snapshot,
  module: Module,
  block: Block,
  key: Attribute,
): { readonly declaration: Declaration; readonly module: Module } | undefined {
  // An argument of the block itself sets no variable.
  if (!isStackDialect(module.dialect) || block.body.items.includes(key)) return undefined;
  const call = module.declarations.find(({ node }) => node === block);
  const called = call === undefined ? undefined : snapshot.index.called(call, module);
  const declaration = called?.find(`var.${key.name}`);
  return called === undefined || declaration === undefined ? undefined : { declaration, module: called };
}
