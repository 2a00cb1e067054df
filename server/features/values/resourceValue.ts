import { convert } from '../../cty/convert';
import type { CtyType } from '../../cty/type';
import { nullValue, objectValue, sensitive, unknownValue, withMarks } from '../../cty/value';
import type { Value } from '../../cty/value';
import type { Block, Expression } from '../../hcl/syntax';
import type { AttributeSchema, BlockSchema } from '../../providers/schema';
import type { Declaration, Module } from '../../terraform/model';
import { chosenProvider } from '../../terraform/providerSource';
import { attributeOf } from '../../terraform/values';
import { findSchema } from '../providerSchemas';
import type { Snapshot } from '../snapshot';

interface Evaluating {
  readonly snapshot: Snapshot;
  readonly module: Module;
  evaluate(expression: Expression, bindings?: ReadonlyMap<string, Value>): { readonly value: Value };
}

/**
 * One instance as far as its configuration tells: arguments that are set have their values, what the provider computes
 * is unknown, and the rest is null. Without a schema everything is unknown.
 */
export function resourceValue(
  values: Evaluating,
  { kind, type, node }: Declaration,
  bindings: ReadonlyMap<string, Value>,
): Value {
  if (node.kind !== 'block' || (kind !== 'resource' && kind !== 'data' && kind !== 'ephemeral'))
    return unknownValue('dynamic');
  const found = findSchema(values.snapshot, values.module, kind, type, chosenProvider(node));
  if (found === undefined || found.schema.open === true) return unknownValue('dynamic');
  return blockValue(values, found.schema, node, bindings);
}

/** One instance of which only the types of its attributes are known. */
export function resourceTypeValue(values: Evaluating, { kind, type, node }: Declaration): Value {
  if (node.kind !== 'block' || (kind !== 'resource' && kind !== 'data' && kind !== 'ephemeral'))
    return unknownValue('dynamic');
  const found = findSchema(values.snapshot, values.module, kind, type, chosenProvider(node));
  if (found === undefined || found.schema.open === true || !found.matches) return unknownValue('dynamic');
  const known = typeValues.get(found.schema);
  if (known !== undefined) return known;
  const attributes = Object.entries(found.schema.attributes).map(([name, attribute]): [string, Value] => {
    const value = unknownValue(attribute.type ?? 'dynamic');
    return [name, attribute.sensitive === true ? withMarks(value, sensitive) : value];
  });
  const blocks = Object.keys(found.schema.blocks).map((name): [string, Value] => [
    name,
    unknownValue('dynamic'),
  ]);
  const value = objectValue([...attributes, ...blocks]);
  typeValues.set(found.schema, value);
  return value;
}

/** All resources of a type have the same. */
const typeValues = new WeakMap<BlockSchema, Value>();

function blockValue(
  values: Evaluating,
  schema: BlockSchema,
  block: Block,
  bindings: ReadonlyMap<string, Value>,
): Value {
  const members: [string, Value][] = Object.entries(schema.attributes).map(([name, attribute]) => {
    const written = attributeOf(block.body, name)?.value;
    return [name, attributeValue(values, attribute, written, bindings)];
  });
  // How many blocks there are may depend on values, and a `dynamic` block is a program of its own.
  for (const name of Object.keys(schema.blocks)) members.push([name, unknownValue('dynamic')]);
  return objectValue(members);
}

function attributeValue(
  values: Evaluating,
  schema: AttributeSchema,
  written: Expression | undefined,
  bindings: ReadonlyMap<string, Value>,
): Value {
  const type: CtyType = schema.type ?? 'dynamic';
  const marks = schema.sensitive === true ? sensitive : 0;
  if (written === undefined) {
    return withMarks(schema.computed === true ? unknownValue(type) : nullValue(type), marks);
  }
  const { value } = values.evaluate(written, bindings);
  try {
    return withMarks(schema.type === undefined ? value : convert(value, type), marks);
  } catch {
    // A value of the wrong type is reported where it is written.
    return withMarks(unknownValue(type), marks);
  }
}
