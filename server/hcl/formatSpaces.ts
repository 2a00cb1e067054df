import type { FormatToken } from './formatTokens';
import { NEWLINE } from './formatTokens';
import { Kind } from './kinds';

/** Whether a space stands between two neighbours of a line; `before` is what precedes the left one. */
export function spaceBetween(
  before: FormatToken | undefined,
  left: FormatToken,
  right: FormatToken | undefined,
): boolean {
  if (right === undefined || right.kind === NEWLINE) return false;
  if (isName(left) && right.kind === Kind.openParenthesis) return false;
  if (left.kind === Kind.doubleColon || right.kind === Kind.doubleColon) return false;
  if (left.kind === Kind.dot || right.kind === Kind.dot) return false;
  if (right.kind === Kind.comma || right.kind === Kind.ellipsis) return false;
  if (left.kind === Kind.comma) return true;
  if (OPENS_TEXT.has(left.kind) || ENDS_TEXT.has(right.kind)) return false;
  if (isName(left) && left.text === 'in' && before !== undefined && isName(before)) return true;
  if (
    right.kind === Kind.openBracket &&
    (isName(left) || left.kind === Kind.number || CLOSERS.has(left.kind))
  )
    return false;
  if (left.kind === Kind.bang) return false;
  if (left.kind === Kind.minus) return before !== undefined && !isBeforeSign(before);
  return spaceAtBrackets(left.kind, right.kind);
}

const OPENS_TEXT: ReadonlySet<number> = new Set([Kind.openQuote, Kind.openHeredoc, Kind.text]);
const ENDS_TEXT: ReadonlySet<number> = new Set([Kind.closeQuote, Kind.closeHeredoc, Kind.text]);
const CLOSERS: ReadonlySet<number> = new Set([Kind.closeParenthesis, Kind.closeBracket, Kind.closeBrace]);
const OPENERS: ReadonlySet<number> = new Set([
  Kind.openParenthesis,
  Kind.openBracket,
  Kind.openInterpolation,
  Kind.openDirective,
]);
/** After these a minus is a sign and not an operator. `=>` and keywords are missing, as in Terraform. */
const BEFORE_SIGN: ReadonlySet<number> = new Set([
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
  return !OPENERS.has(left) && right !== Kind.closeTemplate && !CLOSERS.has(right);
}

function isBeforeSign({ kind }: FormatToken): boolean {
  return BEFORE_SIGN.has(kind) || (kind >= Kind.or && kind <= Kind.percent);
}

/** Keywords are identifiers to Terraform's formatter. */
function isName({ kind }: FormatToken): boolean {
  return kind === Kind.identifier || kind === Kind.keyword || kind === Kind.variable || kind === Kind.literal;
}
