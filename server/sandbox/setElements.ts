import type { AttributeSchema, BlockSchema } from '../providers/schema';
import { UNKNOWN, isList, isRecord, isSame } from './values';
import type { Value, ValueRecord } from './values';

/**
 * Elements of a set have no names. One that somebody wrote is the one that was there before when everything written
 * agrees; then what the provider had computed for it still holds. Terraform gives up on this when a default stands in it.
 */
export function withKnownElements(
  block: BlockSchema,
  proposed: ValueRecord,
  prior: ValueRecord,
): ValueRecord {
  const result: Record<string, Value> = { ...proposed };
  for (const [name, nested] of Object.entries(block.blocks))
    result[name] = inCollection(
      nested.block,
      nested.nesting === 'set',
      proposed[name] ?? null,
      prior[name] ?? null,
    );
  for (const [name, { nested }] of Object.entries(block.attributes)) {
    if (nested === undefined) continue;
    const body = { attributes: nested.attributes, blocks: {} };
    result[name] = inCollection(body, nested.nesting === 'set', proposed[name] ?? null, prior[name] ?? null);
  }
  return result;
}

function inCollection(block: BlockSchema, isSet: boolean, proposed: Value, prior: Value): Value {
  if (!isList(proposed) || !isList(prior)) {
    return isRecord(proposed) &&
      isRecord(prior) &&
      Object.keys(block.attributes).some((name) => name in proposed)
      ? withKnownElements(block, proposed, prior)
      : proposed;
  }
  const left = [...prior];
  return proposed.map((item, index) => {
    if (!isRecord(item)) return item;
    if (!isSet) {
      const before = prior[index];
      return isRecord(before) ? withKnownElements(block, item, before) : item;
    }
    const found = left.findIndex((each) => isRecord(each) && isContained(block, item, each));
    if (found < 0) return item;
    const [before] = left.splice(found, 1);
    return isRecord(before) ? before : item;
  });
}

/** Whether `before` only adds what the provider computes. */
function isContained(block: BlockSchema, item: ValueRecord, before: ValueRecord): boolean {
  const attributes = Object.entries(block.attributes).every(([name, attribute]) =>
    isAttributeContained(attribute, item[name] ?? null, before[name] ?? null),
  );
  return (
    attributes &&
    Object.entries(block.blocks).every(([name, nested]) =>
      isPartContained(nested.block, item[name] ?? null, before[name] ?? null),
    )
  );
}

function isAttributeContained({ computed, nested }: AttributeSchema, item: Value, before: Value): boolean {
  if (item === null && computed === true) return true;
  return nested === undefined
    ? isSame(item, before)
    : isPartContained({ attributes: nested.attributes, blocks: {} }, item, before);
}

function isPartContained(block: BlockSchema, item: Value, before: Value): boolean {
  if (item === UNKNOWN) return false;
  if (isList(item) && isList(before)) {
    return (
      item.length === before.length &&
      item.every((each, index) => isPartContained(block, each, before[index] ?? null))
    );
  }
  return isRecord(item) && isRecord(before) ? isContained(block, item, before) : isSame(item, before);
}
