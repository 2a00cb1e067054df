import type { Range } from '../text/range';
import type { FunctionDefinition, World } from './functions/function';
import type { Value } from './value';

/** What the names in an expression stand for. */
export interface Scope {
  /** The value of a traversal's first name (`var`, `local`, `each`, `aws_instance`); undefined where it has none. */
  variable(name: string): Value | undefined;
  /** By the name in the call, with its namespaces; undefined where there is no such function. */
  functions(name: string): FunctionDefinition | undefined;
  /**
   * Why there is nothing that `name`, or `name.attribute`, could refer to; undefined where there is. Terraform refuses
   * such references before it evaluates anything, also in `try` and in results that are not taken. Without this only
   * names are checked, by `variable`.
   */
  undeclared?(name: string, attribute: string | undefined): string | undefined;
  readonly world: World;
  /** From Terraform 1.12 on, `&&` and `||` leave out errors of the side that does not matter. */
  readonly shortCircuit?: boolean;
  /** How many expressions may be evaluated before giving up, so that no text can hold up an editor. */
  readonly limit?: number;
}

/** The scope with other names in place of its own. */
export function withNames(
  scope: Scope,
  names: Pick<Scope, 'variable'> & Partial<Pick<Scope, 'functions'>>,
): Scope {
  return {
    variable: (name) => names.variable(name),
    functions: (name) => (names.functions ? names.functions(name) : scope.functions(name)),
    world: scope.world,
    ...(scope.shortCircuit !== undefined && { shortCircuit: scope.shortCircuit }),
    ...(scope.limit !== undefined && { limit: scope.limit }),
  };
}

export interface EvaluationError {
  /** Exactly the expression at fault. */
  readonly range: Range;
  /** Stable identifier of the kind of error, for example `invalid-index`. */
  readonly code: string;
  /** Which value is wrong, why, and what to do. */
  readonly message: string;
}
