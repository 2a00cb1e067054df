import type { CtyType } from '../cty/type';
import type { AttributeSchema, BlockSchema, NestedBlockSchema } from '../providers/schema';
import { conform } from './conform';
import { attributeType, blockType } from './impliedType';
import { eachObject } from './eachObject';
import { AnyValue, UNKNOWN, isList, isRecord } from './values';
import type { Value, ValueRecord } from './values';

/**
 * Why an object is completed. `apply`: only what the plan left unknown. `read` (data sources, ephemeral resources):
 * also what is computed and empty. `import`: what is computed and cannot be set.
 */
export type FillReason = 'apply' | 'read' | 'import';

/** Where values come from that a provider would have learnt from its service. */
export interface ValueSource {
  /** For attributes of the object itself, when something is known about its type. */
  simulated(name: string): Value | undefined;
  /**
   * A string for an attribute nothing is known about. Inside an object's parts, and for what a person could have set
   * but did not, that is mostly an empty one.
   */
  text(name: string, place: 'exported' | 'settable' | 'inside'): string;
}

/**
 * Completes an object, so that it has no unknown part left. Terraform verifies the outcome (`AssertObjectCompatible`):
 * everything known stays as it is.
 */
export function fillObject(
  block: BlockSchema,
  value: ValueRecord,
  reason: FillReason,
  source: ValueSource,
): ValueRecord {
  return fillBlock(block, value, reason, source, true);
}

type Place = Parameters<ValueSource['text']>[1];

function fillBlock(
  block: BlockSchema,
  value: ValueRecord,
  reason: FillReason,
  source: ValueSource,
  root: boolean,
): ValueRecord {
  const result: Record<string, Value> = {};
  for (const [name, attribute] of Object.entries(block.attributes)) {
    result[name] = fillAttribute(name, attribute, value[name] ?? null, reason, source, root);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const content = value[name] ?? null;
    const single = nested.nesting === 'single' || nested.nesting === 'group';
    result[name] =
      content === UNKNOWN
        ? (simulatedBlock(name, nested, root, source) ?? emptyBlock(single, nested.nesting === 'map'))
        : eachObject(content, nested.nesting === 'map', (item) =>
            fillBlock(nested.block, item, reason, source, false),
          );
  }
  return result;
}

/** Blocks that the provider fills: what is known of them. */
function simulatedBlock(
  name: string,
  nested: NestedBlockSchema,
  root: boolean,
  source: ValueSource,
): Value | undefined {
  const simulated = root ? source.simulated(name) : undefined;
  return simulated === undefined ? undefined : conform(simulated, blockType(nested));
}

function emptyBlock(single: boolean, isMap: boolean): Value {
  if (single) return null;
  return isMap ? {} : [];
}

function fillAttribute(
  name: string,
  attribute: AttributeSchema,
  value: Value,
  reason: FillReason,
  source: ValueSource,
  root: boolean,
): Value {
  if (attribute.writeOnly === true) return null;
  if (value === UNKNOWN || (value === null && fillsNull(attribute, reason))) {
    return newValue(name, attribute, reason, source, root);
  }
  const { nested } = attribute;
  if (nested === undefined) return knownParts(value, attributeType(attribute), name, source);
  const inner = { attributes: nested.attributes, blocks: {} };
  return eachObject(value, nested.nesting === 'map', (item) => fillBlock(inner, item, reason, source, false));
}

function fillsNull(attribute: AttributeSchema, reason: FillReason): boolean {
  if (reason === 'read') return attribute.computed === true;
  return reason === 'import' && attribute.computed === true && attribute.optional !== true;
}

function newValue(
  name: string,
  attribute: AttributeSchema,
  reason: FillReason,
  source: ValueSource,
  root: boolean,
): Value {
  const known = root ? source.simulated(name) : undefined;
  const simulated = known === undefined ? undefined : conform(known, attributeType(attribute));
  if (simulated !== undefined) return simulated;
  const { nested } = attribute;
  const place = !root ? 'inside' : attribute.optional === true ? 'settable' : 'exported';
  if (nested?.nesting !== 'single') return defaultValue(name, attributeType(attribute), source, place);
  const settable = Object.values(nested.attributes).some(
    (member) => member.optional === true || member.required === true,
  );
  // Terraform would take the members for the person's own settings in the next plan.
  if (attribute.optional === true && settable) return null;
  const members = Object.keys(nested.attributes).map((member): [string, Value] => [member, UNKNOWN]);
  return fillBlock(
    { attributes: nested.attributes, blocks: {} },
    Object.fromEntries(members),
    reason,
    source,
    false,
  );
}

function defaultValue(name: string, type: CtyType, source: ValueSource, place: Place): Value {
  if (type === 'string') return source.text(name, place);
  if (type === 'number') return name === 'revision' ? 1 : 0;
  if (type === 'bool') return false;
  if (type === 'dynamic') return new AnyValue('string', source.text(name, place));
  if (type[0] === 'object') {
    return Object.fromEntries(
      Object.entries(type[1]).map(([member, inner]) => [
        member,
        defaultValue(member, inner, source, 'inside'),
      ]),
    );
  }
  if (type[0] === 'tuple') return type[1].map((item) => defaultValue(name, item, source, 'inside'));
  return type[0] === 'map' ? {} : [];
}

/** Replaces unknown elements deep inside a value that is otherwise known. */
function knownParts(value: Value, type: CtyType, name: string, source: ValueSource): Value {
  if (value === UNKNOWN) return defaultValue(name, type, source, 'inside');
  if (typeof type === 'string') return value;
  if (isList(value)) {
    return value.map((item, index) => {
      const inner = type[0] === 'tuple' ? type[1][index] : type[0] === 'object' ? undefined : type[1];
      return inner === undefined ? item : knownParts(item, inner, name, source);
    });
  }
  if (!isRecord(value)) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, item]) => {
      const inner = type[0] === 'object' ? type[1][key] : type[0] === 'map' ? type[1] : undefined;
      return [key, inner === undefined ? item : knownParts(item, inner, key, source)];
    }),
  );
}
