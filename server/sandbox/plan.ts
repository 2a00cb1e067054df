import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../providers/schema';
import { withComputedBlocks, withRestoredDefaults } from './defaults';
import { eachObject } from './eachObject';
import { parseRules } from './rules/typeRules';
import type { TypeRules } from './rules/typeRules';
import { withKnownElements } from './setElements';
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
  /** What is known of the type beyond its schema. */
  readonly rules?: TypeRules;
}

const noRules = parseRules({});

/**
 * The planned state. Terraform verifies it against the rules of `AssertPlanValid` (internal/plans/objchange):
 * what is configured stays, nothing is invented, and an object that nobody changed is returned as it is.
 */
export function planChange(request: PlanRequest): Value {
  const { block, prior, config, rules = noRules } = request;
  if (!isRecord(request.proposed)) return request.proposed;
  const stored = withoutWriteOnly(block, request.proposed);
  const completed = withRestoredDefaults(rules, block, { ...stored, ...unconfigured(request) }, config);
  const proposed = withKnownElements(
    block,
    withComputedBlocks(rules.computedBlocks, block, completed, prior),
    isRecord(prior) ? prior : {},
  );
  // Without this every following plan would show an update.
  if (isRecord(prior) && isSame(prior, proposed)) return proposed;
  const planned = { ...planBlock(block, proposed, config), ...leftEmpty(rules, proposed) };
  return isRecord(prior) ? { ...planned, ...recomputed(request, prior, planned) } : planned;
}

/** What stays as it is although it is nothing and the provider could decide on it. */
function leftEmpty({ empty }: TypeRules, proposed: ValueRecord): ValueRecord {
  const names = [...empty].filter((name) => name in proposed);
  return Object.fromEntries(names.map((name) => [name, proposed[name] ?? null]));
}

/** What this change makes unknown although it had a value: versions, addresses, times of change. */
function recomputed(
  { block, config, rules = noRules }: PlanRequest,
  prior: ValueRecord,
  planned: ValueRecord,
): ValueRecord {
  const settled = isRecord(config) ? config : {};
  const changed = Object.keys(planned).filter((name) => !isSame(prior[name] ?? null, planned[name] ?? null));
  const names = [...rules.recomputed]
    .filter(([, triggers]) => changed.some((name) => triggers?.has(name) ?? true))
    .map(([name]) => name)
    .filter((name) => block.attributes[name]?.computed === true && (settled[name] ?? null) === null);
  return Object.fromEntries(names.map((name) => [name, UNKNOWN]));
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
      // What stands behind the last written block is the provider's own.
      isRecord(item) && (nested.nesting !== 'list' || index < items.length)
        ? planBlock(nested.block, item, matched ? (items[index] ?? null) : null)
        : item,
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
