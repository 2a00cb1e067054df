/**
 * The kinds of entries of a flat tree. Leaves carry text of the file; nodes span their children.
 * The numbers are private to one process: they are never stored or sent.
 */
export const Kind = {
  // Leaves of expressions and bodies.
  endOfFile: 0,
  identifier: 1,
  number: 2,
  keyword: 3,
  openBrace: 4,
  closeBrace: 5,
  openBracket: 6,
  closeBracket: 7,
  openParenthesis: 8,
  closeParenthesis: 9,
  comma: 10,
  dot: 11,
  ellipsis: 12,
  equals: 13,
  colon: 14,
  doubleColon: 15,
  question: 16,
  arrow: 17,
  bang: 18,
  or: 19,
  and: 20,
  equal: 21,
  notEqual: 22,
  less: 23,
  greater: 24,
  lessOrEqual: 25,
  greaterOrEqual: 26,
  plus: 27,
  minus: 28,
  star: 29,
  slash: 30,
  percent: 31,
  // Leaves of templates.
  openQuote: 32,
  closeQuote: 33,
  text: 34,
  openInterpolation: 35,
  openDirective: 36,
  /** `~}`; a plain `}` that closes an interpolation is one too. */
  closeTemplate: 37,
  openHeredoc: 38,
  closeHeredoc: 39,
  // Other leaves.
  label: 40,
  unclosedLabel: 41,
  comment: 42,
  /** Characters that no token starts with, or tokens skipped after an error. */
  unexpected: 43,
  missingName: 44,
  // Leaves that are expressions, as a number is.
  missing: 45,
  variable: 46,
  /** `true`, `false`, `null`. */
  literal: 47,
  // Nodes: keep them after every leaf.
  attribute: 64,
  block: 65,
  body: 66,
  error: 67,
  getAttribute: 70,
  index: 71,
  legacyIndex: 72,
  splat: 73,
  fullSplat: 74,
  call: 75,
  unary: 76,
  binary: 77,
  conditional: 78,
  parenthesis: 79,
  tuple: 80,
  object: 81,
  objectItem: 82,
  forTuple: 83,
  forObject: 84,
  quoted: 85,
  heredoc: 86,
  interpolation: 87,
  ifDirective: 88,
  elseDirective: 89,
  endifDirective: 90,
  forDirective: 91,
  endforDirective: 92,
  /** No node: holds the number of entries of the large node that follows it. */
  size: 93,
} as const;

export const FIRST_NODE = Kind.attribute;

/** Whether an entry can be the value of an attribute. */
export function isExpression(kind: number): boolean {
  return kind >= Kind.error || kind === Kind.number || (kind >= Kind.missing && kind <= Kind.literal);
}

/** How strongly a binary operator binds, from 1 (`||`) to 6 (`*`); 0 for what is no binary operator. */
export const PRECEDENCE = precedences();

/** 1 for the tokens with which an expression can begin. */
export const STARTS_EXPRESSION = flags([
  Kind.identifier,
  Kind.number,
  Kind.openBrace,
  Kind.openBracket,
  Kind.openParenthesis,
  Kind.bang,
  Kind.minus,
  Kind.openQuote,
  Kind.openHeredoc,
]);

function precedences(): Uint8Array {
  const table = new Uint8Array(128);
  const levels: readonly (readonly number[])[] = [
    [Kind.or],
    [Kind.and],
    [Kind.equal, Kind.notEqual],
    [Kind.less, Kind.greater, Kind.lessOrEqual, Kind.greaterOrEqual],
    [Kind.plus, Kind.minus],
    [Kind.star, Kind.slash, Kind.percent],
  ];
  levels.forEach((kinds, level) => {
    for (const kind of kinds) table[kind] = level + 1;
  });
  return table;
}

function flags(kinds: readonly number[]): Uint8Array {
  const table = new Uint8Array(128);
  for (const kind of kinds) table[kind] = 1;
  return table;
}
