import { decodeQuoted } from './escapes';

const ESCAPES: Readonly<Record<string, string>> = {
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '"': '\\"',
  '\\': '\\\\',
};

/** Nearly all labels: ASCII without anything that could be an escape or a template. */
const PLAIN = /^"[ !#&-[\]-~]*"$/;

/**
 * A label as `terraform fmt` writes it: quoted, without needless escapes, in Unicode's composed form (NFC).
 * One difference: a label with `$` or `%` is kept as it is, where Terraform 1.11.4 deletes it from the file.
 */
export function canonicalLabel(source: string): string {
  if (PLAIN.test(source)) return source;
  if (!source.startsWith('"')) return `"${source.normalize('NFC')}"`;
  if (/[$%]/.test(source)) return source;
  return `"${encode(decodeQuoted(source.slice(1, -1)).normalize('NFC'))}"`;
}

function encode(value: string): string {
  return Array.from(
    value,
    (character) => ESCAPES[character] ?? (isPrintable(character) ? character : hex(character)),
  ).join('');
}

/** Letters, marks, numbers, punctuation, symbols, and of the blanks only the plain space. */
function isPrintable(character: string): boolean {
  return character === ' ' || /^[\p{L}\p{M}\p{N}\p{P}\p{S}]$/u.test(character);
}

function hex(character: string): string {
  const point = character.codePointAt(0) ?? 0;
  const digits = point.toString(16).toLowerCase();
  return point > 0xffff ? `\\U${digits.padStart(8, '0')}` : `\\u${digits.padStart(4, '0')}`;
}
