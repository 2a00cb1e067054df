/** Escape sequences of quoted strings and labels. */

/**
 * The length of the escape sequence that starts with the backslash at `offset`: 0 when it is none, and its length
 * negated when it is well formed but names no Unicode character (a surrogate, or beyond U+10FFFF).
 */
export function escapeLength(text: string, offset: number): number {
  switch (text.charAt(offset + 1)) {
    case 'n':
    case 'r':
    case 't':
    case '"':
    case '\\':
      return 2;
    case 'u':
      return codePointLength(text, offset, 4);
    case 'U':
      return codePointLength(text, offset, 8);
    default:
      return 0;
  }
}

/** The value of a quoted string's literal text. An invalid escape stands for itself. */
export function decodeQuoted(text: string): string {
  if (!/[\\$%]/.test(text)) return text;
  return text.replace(/\\(?:U[0-9a-fA-F]{8}|u[0-9a-fA-F]{4}|.)|\$\$\{|%%\{/gs, (sequence) => {
    if (!sequence.startsWith('\\')) return sequence.slice(1);
    const length = escapeLength(sequence, 0);
    return length > 0 ? decodeEscape(sequence) : sequence;
  });
}

/** The value of a heredoc's literal text, in which a backslash is a backslash. */
export function decodeHeredoc(text: string): string {
  return text.replace(/\$\$\{|%%\{/g, (sequence) => sequence.slice(1));
}

function decodeEscape(sequence: string): string {
  switch (sequence.charAt(1)) {
    case 'n':
      return '\n';
    case 'r':
      return '\r';
    case 't':
      return '\t';
    case 'u':
    case 'U':
      return String.fromCodePoint(parseInt(sequence.slice(2), 16));
    default:
      return sequence.slice(1);
  }
}

function codePointLength(text: string, offset: number, digits: number): number {
  const hex = text.slice(offset + 2, offset + 2 + digits);
  if (hex.length < digits || !/^[0-9a-fA-F]+$/.test(hex)) return 0;
  const point = parseInt(hex, 16);
  const valid = point <= 0x10ffff && (point < 0xd800 || point > 0xdfff);
  return valid ? digits + 2 : -(digits + 2);
}
