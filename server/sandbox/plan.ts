import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../providers/schema';
import { UNKNOWN, isList, isRecord, isSame } from './values';
import type { Value, ValueRecord } from './values';

export interface PlanRequest {
  readonly block: BlockSchema;
  /** null when the resource is created. */
  readonly prior: Value;
  /** Configuration merged with the prior state, as Terraform proposes it; null when the resource is destroyed. */
  readonly proposed: Value;
  readonly config: Value;
  /** Attributes that follow from others and are known already, by name; only those that nobody configured count. */
  readonly derived: ValueRecord;
}

/**
 * The planned state. Terraform verifies it against the rules of `AssertPlanValid` (internal/plans/objchange):
 * what is configured stays, nothing is invented, and an object that nobody changed is returned as it is.
 */
export function planChange(request: PlanRequest): Value {
  const { block, prior, config } = request;
  if (!isRecord(request.proposed)) return request.proposed;
  const stored = withoutWriteOnly(block, request.proposed);
  const proposed = { ...stored, ...unconfigured(request) };
  // Without this every following plan would show an update.
  if (isRecord(prior) && isSame(prior, proposed)) return proposed;
  return planBlock(block, proposed, config);
}

/** The names of attributes whose change replaces the object, out of `immutable`. */
export function replacedBy(immutable: readonly string[], prior: Value, planned: Value): readonly string[] {
  if (!isRecord(prior) || !isRecord(planned)) return [];
  return immutable.filter((name) => {
    const before = prior[name] ?? null;
    // An imported object has gaps; filling one is no change.
    return before !== null && !isSame(before, planned[name] ?? null);
  });
}

function unconfigured({ block, config, derived }: PlanRequest): ValueRecord {
  const names = Object.keys(derived).filter((name) => {
    const settled = isRecord(config) ? (config[name] ?? null) : null;
    return block.attributes[name]?.computed === true && settled === null;
  });
  return Object.fromEntries(names.map((name) => [name, derived[name] ?? null]));
}

function planBlock(block: BlockSchema, proposed: ValueRecord, config: Value): ValueRecord {
  if (config === UNKNOWN) return proposed;
  const configured = isRecord(config) ? config : {};
  return {
    ...planAttributes(block.attributes, proposed, configured),
    ...Object.fromEntries(
      Object.entries(block.blocks).map(([name, nested]) => [
        name,
        planNested(nested, proposed[name] ?? null, configured[name] ?? null),
      ]),
    ),
  };
}

function planAttributes(
  attributes: Readonly<Record<string, AttributeSchema>>,
  proposed: ValueRecord,
  configured: ValueRecord,
): ValueRecord {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, attribute]) => [
      name,
      planAttribute(attribute, proposed[name] ?? null, configured[name] ?? null),
    ]),
  );
}

function planAttribute(attribute: AttributeSchema, proposed: Value, configured: Value): Value {
  if (configured === null) {
    // Nothing else may become unknown: a computed value that is there stays, or plans never converge.
    return attribute.computed === true && proposed === null ? UNKNOWN : proposed;
  }
  const { nested } = attribute;
  if (nested === undefined || proposed === UNKNOWN || configured === UNKNOWN) return proposed;
  const inner = { attributes: nested.attributes, blocks: {} };
  return planNested(
    { nesting: nested.nesting, block: inner, minItems: 0, maxItems: 0 },
    proposed,
    configured,
  );
}

function planNested(nested: NestedBlockSchema, proposed: Value, config: Value): Value {
  if (proposed === UNKNOWN || config === UNKNOWN) return proposed;
  if (isList(proposed)) {
    const items = isList(config) ? config : [];
    // Elements of a set have no names: they correspond by position only while none came or went.
    const matched = nested.nesting === 'list' || items.length === proposed.length;
    return proposed.map((item, index) =>
      isRecord(item) ? planBlock(nested.block, item, matched ? (items[index] ?? null) : null) : item,
    );
  }
  if (!isRecord(proposed)) return proposed;
  if (nested.nesting !== 'map') return planBlock(nested.block, proposed, config);
  const items = isRecord(config) ? config : {};
  return Object.fromEntries(
    Object.entries(proposed).map(([key, item]) => [
      key,
      isRecord(item) ? planBlock(nested.block, item, items[key] ?? null) : item,
    ]),
  );
}

/** Write-only arguments are never part of a planned or stored state, at any depth. */
export function withoutWriteOnly(block: BlockSchema, value: ValueRecord): ValueRecord {
  const result: Record<string, Value> = { ...value };
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const content = value[name] ?? null;
    if (attribute.writeOnly === true) result[name] = null;
    else if (attribute.nested !== undefined) {
      const inner = { attributes: attribute.nested.attributes, blocks: {} };
      result[name] = eachObject(content, attribute.nested.nesting === 'map', (item) =>
        withoutWriteOnly(inner, item),
      );
    }
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    result[name] = eachObject(value[name] ?? null, nested.nesting === 'map', (item) =>
      withoutWriteOnly(nested.block, item),
    );
  }
  return result;
}

/** Applies a change to the one object, or to every object of a collection. */
export function eachObject(value: Value, isMap: boolean, change: (item: ValueRecord) => ValueRecord): Value {
  const each = (item: Value): Value => (isRecord(item) ? change(item) : item);
  if (isList(value)) return value.map(each);
  if (!isRecord(value)) return value;
  return isMap
    ? Object.fromEntries(Object.entries(value).map(([key, item]) => [key, each(item)]))
    : change(value);
}
