/** What a character can do in HCL, by UTF-16 code unit. */
const IDENTIFIER_START = 1;
const IDENTIFIER_PART = 2;
const DIGIT = 4;

const CLASSES = classes();
const UNICODE_START = /^\p{ID_Start}/u;
const UNICODE_PART = /^\p{ID_Continue}/u;

export function isDigit(code: number): boolean {
  return code >= 48 && code <= 57;
}

export function isBlank(code: number): boolean {
  return code === 32 || code === 9;
}

/** The end of the identifier that starts at `offset`; `offset` itself when none does. */
export function identifierEnd(text: string, offset: number): number {
  const first = text.charCodeAt(offset);
  let end = offset;
  if (first < 128) {
    if (((CLASSES[first] ?? 0) & IDENTIFIER_START) === 0) return offset;
    end++;
  } else {
    end += unicodeLength(text, offset, UNICODE_START);
    if (end === offset) return offset;
  }
  for (;;) {
    const code = text.charCodeAt(end);
    if (code < 128) {
      if (((CLASSES[code] ?? 0) & IDENTIFIER_PART) === 0) return end;
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

/** The offset of the line break at or after `offset` (of its CR when it is CR LF), or the end of the text. */
export function lineEnd(text: string, offset: number): number {
  const newline = text.indexOf('\n', offset);
  if (newline < 0) return text.length;
  return newline > offset && text.charCodeAt(newline - 1) === 13 ? newline - 1 : newline;
}

/** The end of the quoted string that starts at `offset`: after its closing quote, or at its line's end without one. */
export function quotedEnd(text: string, offset: number): number {
  let end = offset + 1;
  for (;;) {
    const code = text.charCodeAt(end);
    if (code === 34) return end + 1;
    if (code === 10) return text.charCodeAt(end - 1) === 13 && end - 1 > offset ? end - 1 : end;
    if (end >= text.length) return text.length;
    end += code === 92 && text.charCodeAt(end + 1) !== 10 ? 2 : 1;
  }
}

/** Length in code units of the code point at `offset` if it matches, else 0. NaN (the end) never matches. */
function unicodeLength(text: string, offset: number, pattern: RegExp): number {
  const point = text.codePointAt(offset);
  if (point === undefined) return 0;
  const character = String.fromCodePoint(point);
  return pattern.test(character) ? character.length : 0;
}

function classes(): Uint8Array {
  const table = new Uint8Array(128);
  for (let code = 48; code <= 57; code++) table[code] = DIGIT | IDENTIFIER_PART;
  for (let code = 65; code <= 90; code++) {
    table[code] = IDENTIFIER_START | IDENTIFIER_PART;
    table[code + 32] = IDENTIFIER_START | IDENTIFIER_PART;
  }
  table[95] = IDENTIFIER_START | IDENTIFIER_PART;
  table[45] = IDENTIFIER_PART;
  return table;
}
