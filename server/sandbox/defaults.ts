import type { BlockSchema } from '../providers/schema';
import { eachObject } from './eachObject';
import type { PathTree, TypeRules } from './rules/typeRules';
import { UNKNOWN, isList, isRecord } from './values';
import type { Value, ValueRecord } from './values';

/** Puts the provider's defaults where nobody wrote anything, in every block that is there. */
export function withDefaults(tree: PathTree<Value>, block: BlockSchema, value: ValueRecord): ValueRecord {
  if (tree.inner.size === 0) return value;
  const result: Record<string, Value> = { ...value };
  for (const [name, branch] of tree.inner) {
    const content = value[name] ?? null;
    const attribute = block.attributes[name];
    const inner = attribute?.nested;
    if (attribute !== undefined && branch.value !== undefined && content === null)
      result[name] = branch.value;
    else if (inner !== undefined) {
      const body = { attributes: inner.attributes, blocks: {} };
      result[name] = eachObject(content, inner.nesting === 'map', (item) => withDefaults(branch, body, item));
    }
    const nested = block.blocks[name];
    if (nested !== undefined)
      result[name] = eachObject(content, nested.nesting === 'map', (item) =>
        withDefaults(branch, nested.block, item),
      );
  }
  return result;
}

/** A default that a provider gives to an attribute of its own holds again as soon as the argument is removed. */
export function withRestoredDefaults(
  { defaults }: TypeRules,
  block: BlockSchema,
  proposed: ValueRecord,
  config: Value,
): ValueRecord {
  const result: Record<string, Value> = { ...proposed };
  for (const [name, { value }] of defaults.inner) {
    const settled = isRecord(config) ? (config[name] ?? null) : null;
    if (value !== undefined && settled === null && block.attributes[name]?.computed === true)
      result[name] = value;
  }
  return withDefaults(defaults, block, result);
}

/** Blocks that the provider fills by itself: unknown at first, then as they are. */
export function withComputedBlocks(
  tree: PathTree<true>,
  block: BlockSchema,
  proposed: ValueRecord,
  prior: Value,
): ValueRecord {
  if (tree.inner.size === 0) return proposed;
  const result: Record<string, Value> = { ...proposed };
  for (const [name, branch] of tree.inner) {
    const nested = block.blocks[name];
    const content = proposed[name] ?? null;
    const before = isRecord(prior) ? (prior[name] ?? null) : null;
    if (nested === undefined || content === UNKNOWN) continue;
    if (branch.value === true && isEmpty(content)) result[name] = isRecord(prior) ? before : UNKNOWN;
    else if (isList(content))
      result[name] = content.map((item, index) =>
        isRecord(item)
          ? withComputedBlocks(branch, nested.block, item, isList(before) ? (before[index] ?? null) : null)
          : item,
      );
    else if (isRecord(content) && nested.nesting !== 'map')
      result[name] = withComputedBlocks(branch, nested.block, content, before);
  }
  return result;
}

function isEmpty(value: Value): boolean {
  return value === null || (isList(value) && value.length === 0);
}
