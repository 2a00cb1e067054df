import type { CtyType } from '../cty/type';
import { readTypeConstraint } from '../cty/typeConstraint';
import type { Expression } from '../hcl/syntax';

/**
 * The type that a type constraint such as `list(object({ name = string }))` means; `dynamic` for `any`, for what is
 * not there and for what is no type.
 */
export function toType(expression: Expression | undefined): CtyType {
  return expression === undefined ? 'dynamic' : readTypeConstraint(expression).type;
}
