import type { AttributeSchema } from '../providers/schema';
import type { Declaration } from '../terraform/model';
import { toType } from '../terraform/typeExpression';
import { attributeOf, literalString } from '../terraform/values';

/** What a value for a variable should be; required where the variable has no default. */
export function variableSchema({ node }: Declaration): AttributeSchema {
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
