import type { Declaration } from '../terraform/model';
import { attributeOf, literalString } from '../terraform/values';

/** What a variable or output says in `deprecated`. */
export function deprecationOf(declaration: Declaration | undefined): string | undefined {
  if (declaration?.node.kind !== 'block') return undefined;
  return literalString(attributeOf(declaration.node.body, 'deprecated')?.value);
}
