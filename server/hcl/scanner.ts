import { PARTS, identifierEnd, isDigit, isIdentifierStart, lineEnd } from './characters';
import type { ErrorCode } from './errors';
import type { FlatError } from './flatTree';
import { FlatBuilder } from './flatTree';
import { Kind } from './kinds';

const NO_OFFSET = -1;

/** More than anyone reads; binary files would have one per character. */
export const MAX_ERRORS = 1000;

/**
 * Reads one token ahead and writes consumed tokens as leaves. Line breaks are no tokens: `newlineBefore` tells
 * whether one stands between the previous token and this one, and the parser decides whether that matters.
 */
export abstract class Scanner {
  protected readonly tree: FlatBuilder;
  protected errors: FlatError[] = [];

  // The current token, not consumed yet.
  protected kind: number = Kind.endOfFile;
  protected start = 0;
  protected end = 0;
  protected newlineBefore = false;

  /** Where the last consumed token ends. */
  protected previousEnd = 0;
  /** Where the current item starts: nothing before it may be looked at, or items would depend on each other. */
  protected base = 0;
  /** One past the furthest offset examined for the current item. */
  protected look = 0;

  /** Comments read ahead: start and end of each. */
  private readonly comments: number[] = [];
  private commentCount = 0;
  private lastError = NO_OFFSET;
  /** How many errors the current item has had, those included that were not worth keeping. */
  protected faults = 0;
  private unclosedCommentFrom = Infinity;

  /** The source and a few characters that no token has: a look ahead that leaves a string is slow in every engine. */
  protected readonly text: string;
  /** Of the source. */
  protected readonly length: number;

  /**
   * @param source The file, or what follows one of its items: only at the start of a file a byte order mark is skipped.
   */
  constructor(
    protected readonly source: string,
    private readonly atFileStart: boolean,
  ) {
    this.length = source.length;
    this.text = `${source}\0\0\0\0`;
    this.tree = new FlatBuilder(source.length);
  }

  /** Starts an item at `offset`. */
  protected begin(offset: number): void {
    this.base = offset;
    this.look = offset;
    this.errors = [];
    this.lastError = NO_OFFSET;
    this.faults = 0;
    this.tree.begin(offset);
    const mark = this.atFileStart && offset === 0 && this.text.charCodeAt(0) === 0xfeff;
    this.seek(mark ? 1 : offset);
    this.previousEnd = offset;
  }

  /** Continues at `offset` in the normal mode, forgetting the token and comments read ahead. */
  protected seek(offset: number): void {
    this.commentCount = 0;
    this.previousEnd = offset;
    this.end = offset;
    this.next();
  }

  /** Writes the current token as a leaf and reads the next. */
  protected take(kind = this.kind): void {
    if (this.commentCount > 0) this.flushComments(this.start);
    this.tree.leaf(kind, this.start, this.end);
    this.previousEnd = this.end;
    this.next();
  }

  protected leaf(kind: number, start: number, end: number): void {
    if (this.commentCount > 0) this.flushComments(start);
    this.tree.leaf(kind, start, end);
  }

  protected node(kind: number, mark: number, start: number): void {
    this.tree.node(kind, mark, start, this.previousEnd);
  }

  /** Where a node that begins with the current token begins in the tree; comments before it stay outside. */
  protected mark(): number {
    if (this.commentCount > 0) this.flushComments(this.start);
    return this.tree.size;
  }

  /** Only the first error at a place is kept: the others follow from it. */
  protected error(code: ErrorCode, start = this.start, end = this.end): void {
    this.faults++;
    if (start === this.lastError || this.errors.length >= MAX_ERRORS) return;
    this.lastError = start;
    this.errors.push({ code, start: start - this.base, end: end - this.base });
  }

  protected sees(offset: number): void {
    const bound = offset < this.length ? offset + 1 : this.length + 1;
    if (bound > this.look) this.look = bound;
  }

  /** Writes the comments read ahead that start before `limit`. */
  protected flushComments(limit: number): void {
    const { comments } = this;
    let read = 0;
    for (; read < this.commentCount; read += 2) {
      const start = comments[read] ?? 0;
      if (start >= limit) break;
      this.tree.leaf(Kind.comment, start, comments[read + 1] ?? start);
    }
    comments.copyWithin(0, read, this.commentCount);
    this.commentCount -= read;
  }

  /** Where the first of the comments read ahead starts that fulfils the condition. */
  protected findComment(condition: (start: number) => boolean): number | undefined {
    return this.comments
      .slice(0, this.commentCount)
      .find((start, index) => index % 2 === 0 && condition(start));
  }

  /** A method, because the compiler would believe a comparison of the field for longer than it holds. */
  protected at(kind: number): boolean {
    return this.kind === kind;
  }

  protected isWord(word: string): boolean {
    return this.end - this.start === word.length && this.text.startsWith(word, this.start);
  }

  /** Reads the token after the current one. Written for the interpreter too: a cold process stays in it for a while. */
  protected next(): void {
    const { text } = this;
    let offset = this.end;
    let code = text.charCodeAt(offset);
    let newline = false;
    while (code === 32 || code === 10 || code === 9) {
      if (code === 10) newline = true;
      code = text.charCodeAt(++offset);
    }
    this.newlineBefore = newline;
    if (code === 35 || code === 47 || code === 13) {
      offset = this.skipComments(offset);
      code = text.charCodeAt(offset);
    }
    this.start = offset;
    const lead = code < 128 ? (LEADS[code] ?? 0) : 0;
    if (lead === IDENTIFIER) {
      do code = text.charCodeAt(++offset);
      while (code < 128 && PARTS[code] === 1);
      this.kind = Kind.identifier;
      this.end = code < 128 ? offset : identifierEnd(text, offset, false);
    } else if (lead > 0) {
      this.kind = lead;
      this.end = offset + 1;
    } else this.scanToken(offset, code);
    this.sees(this.end);
  }

  /** Skips comments, and the blanks and line breaks around them. */
  private skipComments(from: number): number {
    const text = this.text;
    let offset = from;
    for (;;) {
      const code = text.charCodeAt(offset);
      if (code === 32 || code === 9) offset++;
      else if (code === 10) {
        this.newlineBefore = true;
        offset++;
      } else if (code === 13 && text.charCodeAt(offset + 1) === 10) {
        this.newlineBefore = true;
        offset += 2;
      } else if (code === 35 || (code === 47 && text.charCodeAt(offset + 1) === 47)) {
        const end = lineEnd(text, offset, this.length);
        this.addComment(offset, end);
        offset = end;
      } else if (code === 47 && text.charCodeAt(offset + 1) === 42) {
        const end = this.blockCommentEnd(offset);
        if (end < 0) return offset;
        this.addComment(offset, end);
        offset = end;
      } else return offset;
    }
  }

  private addComment(start: number, end: number): void {
    this.comments[this.commentCount] = start;
    this.comments[this.commentCount + 1] = end;
    this.commentCount += 2;
  }

  private blockCommentEnd(offset: number): number {
    if (offset >= this.unclosedCommentFrom) {
      this.sees(this.length);
      return -1;
    }
    const close = this.text.indexOf('*/', offset + 2);
    if (close >= 0) return close + 2;
    this.unclosedCommentFrom = offset;
    this.sees(this.length);
    return -1;
  }

  /** What `next` does not read itself: tokens that are rare, of several characters, or outside of ASCII. */
  private scanToken(offset: number, code: number): void {
    const identifier = code < 128 ? offset : identifierEnd(this.text, offset);
    if (identifier > offset) this.token(Kind.identifier, identifier);
    else if (isDigit(code)) this.numberToken(offset);
    else if (offset >= this.length) this.token(Kind.endOfFile, offset);
    else this.scanPunctuation(offset, code);
  }

  private numberToken(offset: number): void {
    const end = numberEnd(this.text, offset);
    // Dots behind a number belong to it as soon as a digit follows them.
    let dots = end;
    while (this.text.charCodeAt(dots) === 46) dots++;
    if (dots > end) this.sees(dots + 2);
    this.token(Kind.number, end);
  }

  private scanPunctuation(offset: number, code: number): void {
    const next = this.text.charCodeAt(offset + 1);
    const single = code < 128 ? (SINGLES[code] ?? 0) : 0;
    const pair = code < 128 && next < 128 ? (PAIRS[(code << 7) | next] ?? 0) : 0;
    if (code === 47 && next === 42) this.unclosedComment(offset);
    else if (code === 60 && next === 60) this.heredocOrLess(offset);
    else if (code === 46 && this.text.startsWith('...', offset)) this.token(Kind.ellipsis, offset + 3);
    else if (pair > 0) this.token(pair, offset + 2);
    else if (single > 0) this.token(single, offset + 1);
    else this.unexpected(offset);
  }

  private heredocOrLess(offset: number): void {
    const end = heredocOpenerEnd(this.text, offset);
    if (end > 0) this.token(Kind.openHeredoc, end);
    else this.token(Kind.less, offset + 1);
  }

  private token(kind: number, end: number): void {
    this.kind = kind;
    this.end = end;
  }

  private unexpected(offset: number): void {
    const length = String.fromCodePoint(this.text.codePointAt(offset) ?? 0).length;
    this.token(Kind.unexpected, offset + length);
  }

  /** It opens no comment to Terraform either; taking its line as one bad token keeps the rest readable. */
  private unclosedComment(offset: number): void {
    this.token(Kind.unexpected, lineEnd(this.text, offset, this.length));
  }
}

/** Tokens of one character, by its code. */
const SINGLES = new Uint8Array(128);
/** Tokens of two characters, by `first << 7 | second`. */
const PAIRS = new Uint8Array(1 << 14);

for (const [characters, kind] of [
  ['(', Kind.openParenthesis],
  [')', Kind.closeParenthesis],
  ['[', Kind.openBracket],
  [']', Kind.closeBracket],
  ['{', Kind.openBrace],
  ['}', Kind.closeBrace],
  ['"', Kind.openQuote],
  [',', Kind.comma],
  ['.', Kind.dot],
  ['=', Kind.equals],
  [':', Kind.colon],
  ['?', Kind.question],
  ['!', Kind.bang],
  ['<', Kind.less],
  ['>', Kind.greater],
  ['+', Kind.plus],
  ['-', Kind.minus],
  ['*', Kind.star],
  ['/', Kind.slash],
  ['%', Kind.percent],
  ['::', Kind.doubleColon],
  ['=>', Kind.arrow],
  ['||', Kind.or],
  ['&&', Kind.and],
  ['==', Kind.equal],
  ['!=', Kind.notEqual],
  ['<=', Kind.lessOrEqual],
  ['>=', Kind.greaterOrEqual],
  ['~}', Kind.closeTemplate],
] as const) {
  const [first, second] = [characters.charCodeAt(0), characters.charCodeAt(1)];
  if (characters.length === 1) SINGLES[first] = kind;
  else PAIRS[(first << 7) | second] = kind;
}

const IDENTIFIER = 255;

/** What a character begins: an identifier, a token that is this character alone, or 0 where that takes a closer look. */
const LEADS = leads();

/** The end of the opener with its line break, or 0: the marker follows at once and ends the line. */
function heredocOpenerEnd(text: string, offset: number): number {
  const marker = text.charCodeAt(offset + 2) === 45 ? offset + 3 : offset + 2;
  const end = identifierEnd(text, marker);
  if (end === marker) return 0;
  if (text.charCodeAt(end) === 10) return end + 1;
  return text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : 0;
}

/**
 * Where a number ends: it goes on over digits, dots and exponents in any order and ends with a digit, so that Terraform
 * reads `1.2.3` as one number, which it then refuses.
 */
function numberEnd(text: string, offset: number): number {
  let end = digitsEnd(text, offset);
  for (let at = end; ;) {
    const code = text.charCodeAt(at);
    if (isDigit(code)) at = end = digitsEnd(text, at);
    else if (code === 46) at++;
    else if ((code | 32) === 101) {
      const sign = text.charCodeAt(at + 1);
      const digits = sign === 43 || sign === 45 ? at + 2 : at + 1;
      if (!isDigit(text.charCodeAt(digits))) return end;
      at = end = digitsEnd(text, digits);
    } else return end;
  }
}

/** Whether what is scanned as a number is one. */
export function isNumber(text: string): boolean {
  return /^\d+(?:\.\d*)?(?:[eE][+-]?\d+)?$/.test(text);
}

function digitsEnd(text: string, offset: number): number {
  let end = offset;
  while (isDigit(text.charCodeAt(end))) end++;
  return end;
}

function leads(): Uint8Array {
  const table = new Uint8Array(128);
  for (let code = 0; code < 128; code++) {
    if (isIdentifierStart(code)) table[code] = IDENTIFIER;
    else if (!'=!<>|&:.~/'.includes(String.fromCharCode(code))) table[code] = SINGLES[code] ?? 0;
  }
  return table;
}
