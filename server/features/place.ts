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
  /** In a comment, in the text of a heredoc, or where nothing can be said. */
  | { readonly kind: 'text'; readonly blocks: readonly OpenBlock[] };

/** One step on the way from an argument's value to the cursor inside it. */
export type PlaceStep =
  /** The value behind a key of an object; without a name where the key is worked out. */
  | { readonly kind: 'member'; readonly name: string | undefined }
  /** The key of an object itself. */
  | { readonly kind: 'key' }
  /** An element of a list in brackets, from 0. */
  | { readonly kind: 'element'; readonly index: number }
  | { readonly kind: 'argument'; readonly call: string; readonly index: number }
  /** The key in `of[…]`. */
  | { readonly kind: 'index'; readonly of: Range }
  | { readonly kind: 'group' }
  /** A part of a string or heredoc. */
  | { readonly kind: 'template' }
  /** What a `for` goes over. */
  | { readonly kind: 'collection' };

/** A `for` around the cursor whose names hold there. */
export interface Loop {
  /** One name, or two: the key or number first. */
  readonly names: readonly string[];
  /** What it goes over, as written. */
  readonly collection: Range;
}

/** Inside an expression. */
export interface ValuePlace {
  readonly kind: 'value' | 'key' | 'string';
  readonly blocks: readonly OpenBlock[];
  /** The argument whose value is written. */
  readonly attribute: string;
  /** Offset after the `=` of that argument. */
  readonly start: number;
  /** Keys of the object constructors around the cursor, outermost first. */
  readonly keys: readonly string[];
  /** The way from the argument's value to the cursor, outermost first. */
  readonly steps: readonly PlaceStep[];
  /**
   * What ends at the cursor, as far as it is written: a traversal (`aws_ecs_cluster.`), a call and what is read from it;
   * in a string its text. May be empty.
   */
  readonly chain: Range;
  /** Offset of the last dot of the chain. */
  readonly dot: number | undefined;
  /** The operator before the chain, as in `a == `; empty where there is none. */
  readonly operator: string;
  /** The operand before that operator. */
  readonly left: Range | undefined;
  /** A whole operand stands before the cursor on its line, so that only an operator can follow. */
  readonly finished: boolean;
  /** The innermost call around the cursor and the number of the argument, from 0. */
  readonly call: { readonly name: string; readonly argument: number } | undefined;
  /** The `for` expressions and directives around the cursor, outermost first. */
  readonly loops: readonly Loop[];
  /** Names of the innermost `for` being begun: `[for k, v `; `undefined` where none is. */
  readonly begun: readonly string[] | undefined;
  /** At the start of `%{ … }`. */
  readonly directive: boolean;
}
