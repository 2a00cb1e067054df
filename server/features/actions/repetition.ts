import type { Expression } from '../../hcl/syntax';
import type { FileEdit } from './codeAction';

/** Why a repetition cannot be converted, in a sentence for a person. */
export class Unconvertible extends Error {}

/** How the instances of a block will be told apart, and how to write what is known by their old keys. */
export interface Repetition {
  /** `for_each = …` or `count = …`. */
  readonly argument: string;
  /** What must be declared besides. */
  readonly further: readonly FileEdit[];
  /** Old and new instance keys as they stand between brackets. */
  readonly moves: readonly (readonly [string, string])[];
  /** Which `each.x` or `count.x` is to be written anew inside of the block, and how. */
  readonly context: 'count' | 'each';
  inside(name: string, place: InsidePlace): string;
  /** The new key for one that is written out; `undefined` where it has no instance. */
  literalKey(key: Expression, source: string): string | undefined;
  /** What to write around an expression that gives an old key; `undefined` where that cannot be. */
  readonly keyAround: readonly [string, string] | undefined;
  /** All instances as what they were before: a list, or an object by key. */
  whole(address: string): string;
  /** The list of all instances behind `[*]`, with what is read from each. */
  splat(address: string, rest: string): string;
  /** Whether `values(x)` may become `x`. */
  readonly valuesAreList: boolean;
}

/** What stands around a `count.index` or `each.key`. */
interface InsidePlace {
  /** It is all of a `${…}`, so that it becomes text anyway. */
  readonly isText: boolean;
}
