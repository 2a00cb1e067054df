import { stringValue } from '../value';
import { parameter, textOf } from './argumentValues';
import type { FunctionDefinition, FunctionTable } from './function';

/** Functions that take something off the ends. */
export const trimFunctions: FunctionTable = {
  chomp: ofOne(chomp),
  trim: ofTwo('cutset', trim),
  trimprefix: ofTwo('prefix', (text, prefix) => (text.startsWith(prefix) ? text.slice(prefix.length) : text)),
  trimspace: ofOne((text) =>
    cut(text, (unit) => /[\t-\r \u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]/.test(unit)),
  ),
  trimsuffix: ofTwo('suffix', (text, suffix) =>
    text.endsWith(suffix) ? text.slice(0, text.length - suffix.length) : text,
  ),
};

function ofOne(change: (text: string) => string): FunctionDefinition {
  return {
    parameters: [parameter('str', 'string')],
    type: 'string',
    notNull: true,
    call: ([str]) => stringValue(change(textOf(str))),
  };
}

function ofTwo(second: string, change: (text: string, second: string) => string): FunctionDefinition {
  return {
    parameters: [parameter('str', 'string'), parameter(second, 'string')],
    type: 'string',
    notNull: true,
    call: ([str, other]) => stringValue(change(textOf(str), textOf(other))),
  };
}

function chomp(text: string): string {
  let end = text.length;
  while (end > 0 && /[\r\n]/.test(text.charAt(end - 1))) end--;
  return text.slice(0, end);
}

function trim(text: string, cutset: string): string {
  const characters = new Set(cutset);
  return cut(text, (character) => characters.has(character));
}

/** Without the characters at both ends for which `isCut` holds. */
function cut(text: string, isCut: (character: string) => boolean): string {
  let start = 0;
  while (start < text.length) {
    const character = String.fromCodePoint(text.codePointAt(start) ?? 0);
    if (!isCut(character)) break;
    start += character.length;
  }
  let end = text.length;
  while (end > start) {
    const character = characterBefore(text, end);
    if (!isCut(character)) break;
    end -= character.length;
  }
  return text.slice(start, end);
}

function characterBefore(text: string, end: number): string {
  const pair = text.codePointAt(end - 2) ?? 0;
  return end >= 2 && pair > 0xffff ? String.fromCodePoint(pair) : text.charAt(end - 1);
}
