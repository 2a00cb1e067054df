/** 1 for the ASCII characters that an identifier goes on with. */
export const PARTS = parts();

const UNICODE_START = /^\p{ID_Start}/u;
const UNICODE_PART = /^\p{ID_Continue}/u;

/** Whether an identifier can start with this ASCII character. */
export function isIdentifierStart(code: number): boolean {
  return PARTS[code] === 1 && code !== 45 && !isDigit(code);
}

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/**
 * The end of the identifier that starts at `offset`, or goes on there; `offset` itself when none does.
 */
export function identifierEnd(text: string, offset: number, starts = true): number {
  let end = offset;
  if (starts) {
    const first = text.charCodeAt(offset);
    if (first < 128) end += isIdentifierStart(first) ? 1 : 0;
    else end += unicodeLength(text, offset, UNICODE_START);
    if (end === offset) return offset;
  }
  for (;;) {
    const code = text.charCodeAt(end);
    if (code < 128) {
      if (PARTS[code] !== 1) return end;
      end++;
    } else {
      const length = unicodeLength(text, end, UNICODE_PART);
      if (length === 0) return end;
      end += length;
    }
  }
}

/** The end of the run of spaces and tabs that starts at `offset`. */
export function blankEnd(text: string, offset: number): number {
  let end = offset;
  while (isBlank(text.charCodeAt(end))) end++;
  return end;
}

/** The offset of the line break at or after `offset` (of its CR when it is CR LF), or `limit` where the text ends. */
export function lineEnd(text: string, offset: number, limit: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return limit;
  return newline > offset && text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
}

/**
 * The end of the quoted string that starts at `offset`: after its closing quote, or at its line's end without one.
 * The text ends at `limit`.
 */
export function quotedEnd(text: string, offset: number, limit: number): number {
  let end = offset + 1;
  for (;;) {
    const code = text.charCodeAt(end);
    if (code === 34) return end + 1;
    if (code === 10) return text.charCodeAt(end - 1) === 13 && end - 1 > offset ? end - 1 : end;
    if (end >= limit) return limit;
    end += code === 92 && text.charCodeAt(end + 1) !== 10 ? 2 : 1;
  }
}

/** Length in code units of the code point at `offset` if it matches, else 0. */
function unicodeLength(text: string, offset: number, pattern: RegExp): number {
  const point = text.codePointAt(offset);
  if (point === undefined) return 0;
  const character = String.fromCodePoint(point);
  return pattern.test(character) ? character.length : 0;
}

function parts(): Uint8Array {
  const table = new Uint8Array(128);
  for (const character of 'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-') {
    table[character.charCodeAt(0)] = 1;
  }
  return table;
}
