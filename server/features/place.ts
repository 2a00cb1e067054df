import type { Range } from '../text/range';

/** A block that is open at the cursor. */
export interface OpenBlock {
  readonly type: string;
  readonly labels: readonly string[];
  /** Offset of the first character of its type. */
  readonly start: number;
}

/** Where the cursor stands, judged only by the text before it: what follows may be in any state. */
export type Place =
  /** At the start of an argument or block. */
  | { readonly kind: 'name'; readonly blocks: readonly OpenBlock[]; readonly word: Range }
  | {
      readonly kind: 'label';
      readonly blocks: readonly OpenBlock[];
      readonly type: string;
      /** The labels before this one. */
      readonly labels: readonly string[];
      /** What is typed of it, without quotes. */
      readonly word: Range;
      readonly quoted: boolean;
    }
  | ValuePlace
  /** In a comment, in the text of a string, or where nothing can be said. */
  | { readonly kind: 'text'; readonly blocks: readonly OpenBlock[] };

/** Inside an expression. */
export interface ValuePlace {
  readonly kind: 'value' | 'key' | 'string';
  readonly blocks: readonly OpenBlock[];
  /** The argument whose value is written. */
  readonly attribute: string;
  /** Keys of the object constructors around the cursor, outermost first. */
  readonly keys: readonly string[];
  /** The traversal that ends at the cursor, as far as it is written: `aws_ecs_cluster.`; may be empty. */
  readonly chain: Range;
  /** The innermost call around the cursor and the number of the argument, from 0. */
  readonly call: { readonly name: string; readonly argument: number } | undefined;
  /** Variables of the `for` expressions and directives around the cursor. */
  readonly variables: readonly string[];
}
