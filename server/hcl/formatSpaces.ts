import type { FormatToken } from './formatTokens';
import { IN, NEWLINE, isName } from './formatTokens';
import { Kind } from './kinds';

/** Whether a space stands between two neighbours of a line; `before` is what precedes the left one. */
export function spaceBetween(
  before: FormatToken | undefined,
  { kind: left }: FormatToken,
  { kind: right }: FormatToken,
): boolean {
  if (right === NEWLINE) return false;
  if (right === Kind.openParenthesis && isName(left)) return false;
  if (left === Kind.doubleColon || right === Kind.doubleColon) return false;
  if (left === Kind.dot || right === Kind.dot) return false;
  if (right === Kind.comma || right === Kind.ellipsis) return false;
  if (left === Kind.comma) return true;
  if (OPENS_TEXT[left] === 1 || ENDS_TEXT[right] === 1) return false;
  if (left === IN && before !== undefined && isName(before.kind)) return true;
  if (right === Kind.openBracket && (isName(left) || left === Kind.number || CLOSERS[left] === 1))
    return false;
  if (left === Kind.bang) return false;
  if (left === Kind.minus) return before !== undefined && !isBeforeSign(before);
  return spaceAtBrackets(left, right);
}

const OPENS_TEXT = flags([Kind.openQuote, Kind.openHeredoc, Kind.text]);
const ENDS_TEXT = flags([Kind.closeQuote, Kind.closeHeredoc, Kind.text]);
const CLOSERS = flags([Kind.closeParenthesis, Kind.closeBracket, Kind.closeBrace]);
const OPENERS = flags([Kind.openParenthesis, Kind.openBracket, Kind.openInterpolation, Kind.openDirective]);
/** After these a minus is a sign and not an operator. `=>` and keywords are missing, as in Terraform. */
const BEFORE_SIGN = flags([
  Kind.openParenthesis,
  Kind.openBrace,
  Kind.openBracket,
  Kind.equals,
  Kind.colon,
  Kind.comma,
  Kind.question,
  Kind.bang,
]);

function spaceAtBrackets(left: number, right: number): boolean {
  if (left === Kind.openBrace || right === Kind.closeBrace)
    return !(left === Kind.openBrace && right === Kind.closeBrace);
  const opensTemplate = left === Kind.openInterpolation || left === Kind.openDirective;
  if (opensTemplate && right === Kind.openBrace) return true;
  if (left === Kind.closeBrace && right === Kind.closeTemplate) return true;
  if (left === Kind.closeTemplate && (right === Kind.openInterpolation || right === Kind.openDirective))
    return false;
  return OPENERS[left] !== 1 && right !== Kind.closeTemplate && CLOSERS[right] !== 1;
}

function isBeforeSign({ kind }: FormatToken): boolean {
  return BEFORE_SIGN[kind] === 1 || (kind >= Kind.or && kind <= Kind.percent);
}

function flags(kinds: readonly number[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const kind of kinds) table[kind] = 1;
  return table;
}
