import type { AttributeSchema } from '../providers/schema';
import type { Declaration } from '../terraform/model';
import { toType } from '../terraform/typeExpression';
import { attributeOf, literalString } from '../terraform/values';

const kept = new WeakMap<Declaration, AttributeSchema>();

/** What a value for a variable should be; required where the variable has no default. */
export function variableSchema(variable: Declaration): AttributeSchema {
  const before = kept.get(variable);
  if (before !== undefined) return before;
  const schema = read(variable);
  kept.set(variable, schema);
  return schema;
}

function read({ node }: Declaration): AttributeSchema {
  const body = node.kind === 'block' ? node.body : undefined;
  const type = body === undefined ? undefined : attributeOf(body, 'type')?.value;
  const description = body === undefined ? undefined : literalString(attributeOf(body, 'description')?.value);
  const isOptional = body !== undefined && attributeOf(body, 'default') !== undefined;
  return {
    type: toType(type),
    ...(isOptional ? { optional: true } : { required: true }),
    ...(description !== undefined && { description }),
  };
}
