import type { FunctionDefinition, FunctionTable } from './function';
import { stringValue } from '../value';
import { parameter, textOf } from './argumentValues';

/** Functions that change letters, with one letter for one letter as Go does it (`ß` stays in upper case). */
export const caseFunctions: FunctionTable = {
  lower: ofText(lower, true),
  title: ofText(title),
  upper: ofText((text) => mapCharacters(text, upper), true),
};

function ofText(change: (text: string) => string, allowDynamic = false): FunctionDefinition {
  return {
    parameters: [{ ...parameter('str', 'string'), allowDynamic }],
    type: 'string',
    notNull: true,
    call: ([str]) => stringValue(change(textOf(str))),
  };
}

function mapCharacters(text: string, change: (character: string) => string): string {
  let result = '';
  for (const character of text) result += change(character);
  return result;
}

function lower(text: string): string {
  return mapCharacters(text, (character) => {
    const lowered = character.toLowerCase();
    // Only the Turkish capital I with a dot becomes two characters, the first of which is the letter alone.
    if (!isOne(lowered)) return lowered.charAt(0);
    return known(character, lowered) ?? character;
  });
}

/** Greek letters with an iota below have a capital of their own; JavaScript writes the iota beside it. */
const ownCapital = /^[\u1f80-\u1f87\u1f90-\u1f97\u1fa0-\u1fa7]$/;
const ownCapitalNear = /^[\u1fb3\u1fc3\u1ff3]$/;

function upper(character: string): string {
  if (ownCapital.test(character)) return shifted(character, 8);
  if (ownCapitalNear.test(character)) return shifted(character, 9);
  return known(character, character.toUpperCase()) ?? character;
}

const digraphs: Readonly<Record<string, string>> = {
  Ǆ: 'ǅ',
  ǅ: 'ǅ',
  ǆ: 'ǅ',
  Ǉ: 'ǈ',
  ǈ: 'ǈ',
  ǉ: 'ǈ',
  Ǌ: 'ǋ',
  ǋ: 'ǋ',
  ǌ: 'ǋ',
  Ǳ: 'ǲ',
  ǲ: 'ǲ',
  ǳ: 'ǲ',
};

/** As the first letter of a word: some letters for two sounds differ from upper case, and Georgian has no titles. */
function titleCase(character: string): string {
  if (/^[\u10d0-\u10ff]$/.test(character)) return character;
  return digraphs[character] ?? upper(character);
}

function title(text: string): string {
  let previous = ' ';
  return mapCharacters(text, (character) => {
    const start = isSeparator(previous);
    previous = character;
    return start ? titleCase(character) : character;
  });
}

/** What ends a word: in ASCII all but letters, digits and `_`; beyond it only white space. */
function isSeparator(character: string): boolean {
  if (character < '\x80') return !/[0-9A-Za-z_]/.test(character);
  return !/[\p{L}\p{Nd}]/u.test(character) && /[\u0085\p{White_Space}]/u.test(character);
}

/** Letters of Unicode 16 and later, which are one half of a pair; Terraform knows 15.0 and leaves them alone. */
const laterLetter =
  /^[\u1c89\u1c8a\ua7cb-\ua7cf\ua7d2-\ua7d5\ua7da-\ua7dc\u{10d50}-\u{10d85}\u{16ea0}-\u{16ed3}]$/u;

/** The other letter of the pair, where it is one letter and Terraform knows the pair. */
function known(character: string, changed: string): string | undefined {
  return isOne(changed) && !laterLetter.test(character) && !laterLetter.test(changed) ? changed : undefined;
}

function isOne(text: string): boolean {
  return text.length === 1 || (text.length === 2 && (text.codePointAt(0) ?? 0) > 0xffff);
}

function shifted(character: string, by: number): string {
  return String.fromCharCode(character.charCodeAt(0) + by);
}
