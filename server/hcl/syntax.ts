import type { Range } from '../text/range';

/**
 * The syntax tree of HCL as its readers see it. Every range is in UTF-16 offsets of the file's text.
 * The tree is total: any text has one; what is broken shows up as `missing` or `error` nodes and in `errors`.
 */
export interface SourceFile {
  readonly text: string;
  readonly body: Body;
  /** In file order. Empty exactly when `terraform fmt` accepts the text. */
  readonly errors: readonly SyntaxError[];
  readonly comments: readonly Range[];
}

export interface SyntaxError {
  /** Stable identifier of the kind of error, for example `unclosed-block`. */
  readonly code: string;
  /** What is wrong, where, and what to do, in one or two sentences. */
  readonly message: string;
  readonly range: Range;
}

export interface Body {
  readonly kind: 'body';
  readonly range: Range;
  /** Attributes and blocks in file order. */
  readonly items: readonly (Attribute | Block)[];
}

export interface Attribute {
  readonly kind: 'attribute';
  readonly range: Range;
  readonly name: string;
  readonly nameRange: Range;
  readonly value: Expression;
}

export interface Block {
  readonly kind: 'block';
  readonly range: Range;
  readonly type: string;
  readonly typeRange: Range;
  readonly labels: readonly Label[];
  /** From after `{` to before `}`; to the end of what belongs to the block where the brace is missing. */
  readonly body: Body;
  readonly closed: boolean;
}

export interface Label {
  /** With escapes resolved. */
  readonly value: string;
  /** With the quotes. */
  readonly range: Range;
  readonly quoted: boolean;
}

export type Expression =
  | Literal
  | Template
  | Variable
  | GetAttribute
  | Index
  | Splat
  | Call
  | Unary
  | Binary
  | Conditional
  | Parenthesis
  | Tuple
  | ObjectExpression
  | ForTuple
  | ForObject
  | Missing
  | ErrorNode;

/** A number, bool or null. Strings are templates. */
export interface Literal {
  readonly kind: 'literal';
  readonly range: Range;
  /** A number keeps its text, because HCL numbers are arbitrary precision. */
  readonly value: { readonly number: string } | boolean | null;
}

/** A quoted string or a heredoc. A string without interpolation has at most one literal part. */
export interface Template {
  readonly kind: 'template';
  readonly range: Range;
  readonly form: 'quoted' | 'heredoc' | 'indented-heredoc';
  readonly parts: readonly TemplatePart[];
}

export type TemplatePart =
  | { readonly kind: 'text'; readonly range: Range; /** Escapes resolved. */ readonly value: string }
  | { readonly kind: 'interpolation'; readonly range: Range; readonly expression: Expression }
  | {
      readonly kind: 'if';
      readonly range: Range;
      readonly condition: Expression;
      readonly then: readonly TemplatePart[];
      readonly else: readonly TemplatePart[];
    }
  | {
      readonly kind: 'for';
      readonly range: Range;
      readonly variables: readonly Name[];
      readonly collection: Expression;
      readonly body: readonly TemplatePart[];
    };

export interface Name {
  readonly name: string;
  readonly range: Range;
}

/** The first name of a traversal: `var` in `var.region`. */
export interface Variable {
  readonly kind: 'variable';
  readonly range: Range;
  readonly name: string;
}

/** `object.name`; `name` is empty right after a dot that nothing follows yet. */
export interface GetAttribute {
  readonly kind: 'getAttribute';
  readonly range: Range;
  readonly object: Expression;
  readonly name: string;
  readonly nameRange: Range;
}

/** `object[key]`, and the legacy `object.0` with `legacy` set. */
export interface Index {
  readonly kind: 'index';
  readonly range: Range;
  readonly object: Expression;
  readonly key: Expression;
  readonly legacy: boolean;
}

/** `object[*]` (full) or `object.*`; what follows wraps it in further nodes. */
export interface Splat {
  readonly kind: 'splat';
  readonly range: Range;
  readonly object: Expression;
  readonly full: boolean;
}

export interface Call {
  readonly kind: 'call';
  readonly range: Range;
  /** With its namespaces: `provider::aws::arn_parse`. */
  readonly name: string;
  readonly nameRange: Range;
  readonly arguments: readonly Expression[];
  /** The last argument is followed by `...`. */
  readonly expand: boolean;
}

export interface Unary {
  readonly kind: 'unary';
  readonly range: Range;
  readonly operator: '-' | '!';
  readonly operand: Expression;
}

export type BinaryOperator =
  '||' | '&&' | '==' | '!=' | '<' | '>' | '<=' | '>=' | '+' | '-' | '*' | '/' | '%';

export interface Binary {
  readonly kind: 'binary';
  readonly range: Range;
  readonly operator: BinaryOperator;
  readonly left: Expression;
  readonly right: Expression;
}

export interface Conditional {
  readonly kind: 'conditional';
  readonly range: Range;
  readonly condition: Expression;
  readonly then: Expression;
  readonly else: Expression;
}

export interface Parenthesis {
  readonly kind: 'parenthesis';
  readonly range: Range;
  readonly inner: Expression;
}

export interface Tuple {
  readonly kind: 'tuple';
  readonly range: Range;
  readonly items: readonly Expression[];
}

export interface ObjectExpression {
  readonly kind: 'object';
  readonly range: Range;
  readonly items: readonly ObjectItem[];
}

export interface ObjectItem {
  readonly range: Range;
  /** A bare identifier key is a `variable` node, though it means its own name. */
  readonly key: Expression;
  readonly value: Expression;
}

export interface ForTuple {
  readonly kind: 'forTuple';
  readonly range: Range;
  readonly variables: readonly Name[];
  readonly collection: Expression;
  readonly value: Expression;
  readonly condition: Expression | undefined;
}

export interface ForObject {
  readonly kind: 'forObject';
  readonly range: Range;
  readonly variables: readonly Name[];
  readonly collection: Expression;
  readonly key: Expression;
  readonly value: Expression;
  readonly grouping: boolean;
  readonly condition: Expression | undefined;
}

/** Nothing stands where an expression must be; `range` is empty. */
export interface Missing {
  readonly kind: 'missing';
  readonly range: Range;
}

/** Text that no rule could read. */
export interface ErrorNode {
  readonly kind: 'error';
  readonly range: Range;
}
