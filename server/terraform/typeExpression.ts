import type { CtyType } from '../cty/type';
import type { Expression } from '../hcl/syntax';
import { keyName } from './values';

/**
 * The type that a type constraint such as `list(object({ name = string }))` means; `dynamic` for `any`, for what is
 * not there and for what is no type.
 */
export function toType(expression: Expression | undefined): CtyType {
  if (expression?.kind === 'variable') return simpleType(expression.name);
  if (expression?.kind !== 'call') return 'dynamic';
  const [first] = expression.arguments;
  switch (expression.name) {
    case 'list':
    case 'set':
    case 'map':
      return [expression.name, toType(first)];
    case 'tuple':
      return ['tuple', first?.kind === 'tuple' ? first.items.map(toType) : []];
    case 'object':
      return objectType(first);
    case 'optional':
      return toType(first);
    default:
      return 'dynamic';
  }
}

function simpleType(name: string): CtyType {
  switch (name) {
    case 'string':
    case 'number':
    case 'bool':
      return name;
    case 'list':
    case 'set':
    case 'map':
      return [name, 'dynamic'];
    default:
      return 'dynamic';
  }
}

function objectType(members: Expression | undefined): CtyType {
  if (members?.kind !== 'object') return ['object', {}];
  const types: Record<string, CtyType> = {};
  const optional: string[] = [];
  for (const item of members.items) {
    const name = keyName(item.key);
    if (name === undefined) continue;
    types[name] = toType(item.value);
    if (item.value.kind === 'call' && item.value.name === 'optional') optional.push(name);
  }
  return optional.length === 0 ? ['object', types] : ['object', types, optional];
}
