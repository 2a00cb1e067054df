import type { YamlCursor } from './yamlCursor';

const blanks = /[ \t]*/y;
const comment = /#[^\n\u2028\u2029]*/y;
const restOfLine = /[^\n\u2028\u2029]*/y;

/** Collects white space between the words of a text that lines may break, and folds it as YAML does. */
class Fold {
  private spaces = '';
  private firstBreak = '';
  private furtherBreaks = '';
  /** The text goes on in another line. */
  broken = false;

  constructor(private readonly cursor: YamlCursor) {}

  isOpen(): boolean {
    return this.broken || this.spaces !== '';
  }

  /** Takes blanks and line breaks; `checkBlanks` may refuse blanks at the start of a line. */
  take(checkBlanks?: () => void): void {
    const { cursor } = this;
    while (cursor.isBlank() || cursor.isBreak()) {
      if (cursor.isBlank()) {
        if (this.broken) checkBlanks?.();
        const found = cursor.take(/[ \t]/y);
        if (!this.broken) this.spaces += found;
      } else if (this.broken) {
        this.furtherBreaks += cursor.takeBreak();
      } else {
        this.spaces = '';
        this.firstBreak = cursor.takeBreak();
        this.broken = true;
      }
    }
  }

  /** What stands for the white space that was taken. */
  flush(): string {
    const { firstBreak, furtherBreaks, spaces } = this;
    const folded = firstBreak === '\n' ? furtherBreaks || ' ' : firstBreak + furtherBreaks;
    const result = this.broken ? folded : spaces;
    this.spaces = this.firstBreak = this.furtherBreaks = '';
    this.broken = false;
    return result;
  }
}

/** A text without quotes. Tells whether it ended with a line break. */
export function readPlain(
  cursor: YamlCursor,
  indent: number,
  inFlow: boolean,
): { text: string; broken: boolean } {
  const words = inFlow ? /[^ \t\n\u2028\u2029:,?[\]{}]+/y : /[^ \t\n\u2028\u2029:]+/y;
  const fold = new Fold(cursor);
  const parts: string[] = [];
  const start = cursor.place();
  while (!cursor.isDocumentMark() && cursor.peek() !== '#') {
    while (!cursor.isGap()) {
      const isColon = cursor.peek() === ':' && !cursor.isGap(1);
      const word = isColon ? cursor.take(/:/y) : cursor.take(words);
      if (word === '') break;
      if (fold.isOpen()) parts.push(fold.flush());
      parts.push(word);
    }
    if (!cursor.isBlank() && !cursor.isBreak()) break;
    fold.take(() => {
      if (cursor.column <= indent && cursor.peek() === '\t') {
        throw cursor.fault('found a tab character that violates indentation', start);
      }
    });
    if (!inFlow && cursor.column <= indent) break;
  }
  return { text: parts.join(''), broken: fold.broken };
}

/** A text in quotes of either kind. */
export function readQuoted(cursor: YamlCursor): string {
  const start = cursor.place();
  const quote = cursor.peek();
  const single = quote === "'";
  const words = single ? /[^' \t\n\u2028\u2029]+/y : /[^"\\ \t\n\u2028\u2029]+/y;
  const fold = new Fold(cursor);
  const parts: string[] = [];
  cursor.skip(1);
  for (;;) {
    if (cursor.isDocumentMark()) throw cursor.fault('found unexpected document indicator', start);
    if (cursor.atEnd()) throw cursor.fault('found unexpected end of stream', start);
    while (!cursor.isGap()) {
      if (single && cursor.peek() === quote && cursor.peek(1) === quote) {
        parts.push(quote);
        cursor.skip(2);
      } else if (cursor.peek() === quote) {
        break;
      } else if (!single && cursor.peek() === '\\' && cursor.isBreak(1)) {
        cursor.skip(1);
        cursor.takeBreak();
        fold.broken = true;
        break;
      } else {
        parts.push(cursor.peek() === '\\' && !single ? readEscape(cursor) : cursor.take(words));
      }
    }
    if (cursor.peek() === quote) break;
    fold.take();
    parts.push(fold.flush());
  }
  cursor.skip(1);
  return parts.join('');
}

const escapes: Readonly<Record<string, string>> = {
  '0': '\0',
  a: '\x07',
  b: '\b',
  t: '\t',
  '\t': '\t',
  n: '\n',
  v: '\v',
  f: '\f',
  r: '\r',
  e: '\x1b',
  ' ': ' ',
  '"': '"',
  "'": "'",
  '\\': '\\',
  N: '\u0085',
  _: '\u00a0',
  L: '\u2028',
  P: '\u2029',
};
const hexLengths: Readonly<Record<string, number>> = { x: 2, u: 4, U: 8 };

function readEscape(cursor: YamlCursor): string {
  const letter = cursor.peek(1);
  const length = hexLengths[letter];
  const plain = escapes[letter];
  if (length === undefined) {
    if (plain === undefined) throw cursor.fault('found unknown escape character');
    cursor.skip(2);
    return plain;
  }
  const hex = cursor.text.slice(cursor.at + 2, cursor.at + 2 + length);
  if (hex.length < length || !/^[0-9a-fA-F]+$/.test(hex)) {
    throw cursor.fault('did not find expected hexadecimal number');
  }
  const code = parseInt(hex, 16);
  if ((code >= 0xd800 && code <= 0xdfff) || code > 0x10ffff) {
    throw cursor.fault('found invalid Unicode character escape code');
  }
  cursor.skip(2 + length);
  return String.fromCodePoint(code);
}

/** A literal (`|`) or folded (`>`) block, whose parent's column is `parentIndent`, -1 at the top. */
export function readBlock(cursor: YamlCursor, parentIndent: number): string {
  const start = cursor.place();
  const literal = cursor.peek() === '|';
  cursor.skip(1);
  const indicators = cursor.take(/[-+]?[0-9]?|[0-9][-+]/y) + cursor.take(/[-+]?/y);
  const digit = /[0-9]/.exec(indicators)?.[0];
  if (/[-+].*[-+]/.test(indicators)) throw cursor.fault('did not find expected comment or line break', start);
  if (digit === '0') throw cursor.fault('found an indentation indicator equal to 0', start);
  cursor.take(blanks);
  cursor.take(comment);
  if (!cursor.atEnd() && !cursor.isBreak()) {
    throw cursor.fault('did not find expected comment or line break', start);
  }
  if (!cursor.atEnd()) cursor.takeBreak();
  const given = digit === undefined ? 0 : Math.max(0, parentIndent) + Number(digit);
  const { text, lastBreak, breaks } = readBlockLines(cursor, literal, parentIndent, given);
  if (indicators.includes('-')) return text;
  return indicators.includes('+') ? text + lastBreak + breaks : text + lastBreak;
}

function readBlockLines(
  cursor: YamlCursor,
  literal: boolean,
  parentIndent: number,
  given: number,
): { text: string; lastBreak: string; breaks: string } {
  const parts: string[] = [];
  let { breaks, indent } = readBlockBreaks(cursor, given, parentIndent);
  let lastBreak = '';
  let afterBlank = false;
  while (cursor.column === indent && !cursor.atEnd()) {
    const startsBlank = cursor.isBlank();
    const folds = !literal && !afterBlank && !startsBlank && lastBreak === '\n';
    parts.push(folds ? (breaks === '' ? ' ' : '') : lastBreak, breaks);
    afterBlank = startsBlank;
    parts.push(cursor.take(restOfLine));
    lastBreak = cursor.atEnd() ? '' : cursor.takeBreak();
    ({ breaks, indent } = readBlockBreaks(cursor, indent, parentIndent));
  }
  return { text: parts.join(''), lastBreak, breaks };
}

/** Empty lines, and the indentation of the one that follows; where it is not given (0), it is found here. */
function readBlockBreaks(
  cursor: YamlCursor,
  indent: number,
  parentIndent: number,
): { breaks: string; indent: number } {
  const breaks: string[] = [];
  let deepest = 0;
  for (;;) {
    while ((indent === 0 || cursor.column < indent) && cursor.peek() === ' ') cursor.skip(1);
    deepest = Math.max(deepest, cursor.column);
    if ((indent === 0 || cursor.column < indent) && cursor.peek() === '\t') {
      throw cursor.fault('found a tab character where an indentation space is expected');
    }
    if (!cursor.isBreak()) break;
    breaks.push(cursor.takeBreak());
  }
  return { breaks: breaks.join(''), indent: indent === 0 ? Math.max(deepest, parentIndent + 1, 1) : indent };
}
