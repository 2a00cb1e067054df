import type { CtyType } from '../../cty/type';
import type { Value } from '../values';

/** A function of a provider as the sandbox computes it. */
export interface Implementation {
  readonly parameters: readonly (readonly [name: string, type: CtyType])[];
  readonly returns: CtyType;
  /** @throws FunctionError for an argument that is no good */
  readonly call: (values: readonly Value[]) => Value;
}

/** Shown to the person at the call. */
export class FunctionError extends Error {
  override readonly name = 'FunctionError';

  constructor(
    message: string,
    /** Position of the argument that is meant. */
    readonly argument?: number,
  ) {
    super(message);
  }
}

export function textArgument(values: readonly Value[], index: number): string {
  const value = values[index];
  if (typeof value !== 'string') throw new FunctionError('A text is needed here.', index);
  return value;
}
