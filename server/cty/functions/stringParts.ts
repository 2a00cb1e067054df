import type { KnownValue, Value } from '../value';
import { boolValue, listValue, stringValue, unknownValue } from '../value';
import { isWhollyKnown, membersOf, parameter, textOf, wholeNumberOf } from './argumentValues';
import type { FunctionDefinition, FunctionTable } from './function';
import { ArgumentError } from './function';
import { graphemes } from './graphemes';

/** Functions that look for, cut out and put together parts of strings. */
export const partFunctions: FunctionTable = {
  endswith: test('suffix', (text, suffix) => text.endsWith(suffix)),
  indent: {
    parameters: [parameter('spaces', 'number'), parameter('str', 'string')],
    type: 'string',
    notNull: true,
    call: ([spaces, str]) => stringValue(indent(wholeNumberOf(spaces), textOf(str))),
  },
  join: {
    parameters: [parameter('separator', 'string')],
    variadic: parameter('lists', ['list', 'string']),
    type: 'string',
    notNull: true,
    call: ([separator, ...lists]) => join(textOf(separator), lists),
  },
  split: {
    parameters: [parameter('separator', 'string'), parameter('str', 'string')],
    type: ['list', 'string'],
    notNull: true,
    call: ([separator, str]) => listOfTexts(split(textOf(separator), textOf(str))),
  },
  startswith: {
    ...test('prefix', (text, prefix) => text.startsWith(prefix)),
    parameters: [{ ...parameter('str', 'string'), allowUnknown: true }, parameter('prefix', 'string')],
    call: ([str, prefix]) => {
      if (str?.kind !== 'unknown') return boolValue(textOf(str).startsWith(textOf(prefix)));
      return textOf(prefix) === '' ? boolValue(true) : unknownValue('bool', true);
    },
  },
  // Of this one alone Terraform does not know that it is never null.
  strcontains: { ...test('substr', (text, part) => text.includes(part)), notNull: false },
  strrev: {
    parameters: [{ ...parameter('str', 'string'), allowDynamic: true }],
    type: 'string',
    notNull: true,
    call: ([str]) => stringValue(graphemes(textOf(str)).reverse().join('')),
  },
  substr: {
    parameters: [
      { ...parameter('str', 'string'), allowDynamic: true },
      { ...parameter('offset', 'number'), allowDynamic: true },
      { ...parameter('length', 'number'), allowDynamic: true },
    ],
    type: 'string',
    notNull: true,
    call: ([str, offset, length]) =>
      stringValue(substring(textOf(str), wholeNumberOf(offset), wholeNumberOf(length))),
  },
};

/** A value of type list(string). */
export function listOfTexts(texts: readonly string[]): KnownValue {
  return listValue('string', texts.map(stringValue));
}

function test(second: string, holds: (text: string, other: string) => boolean): FunctionDefinition {
  return {
    parameters: [parameter('str', 'string'), parameter(second, 'string')],
    type: 'bool',
    notNull: true,
    call: ([str, other]) => boolValue(holds(textOf(str), textOf(other))),
  };
}

/** Longer results than this are a mistake, and would take all memory. */
const longestText = 2 ** 28;

function indent(spaces: number, text: string): string {
  if (spaces < 0) throw new RangeError('the number of spaces must not be negative');
  const lines = text.split('\n');
  if (spaces * (lines.length - 1) > longestText) {
    throw new RangeError(
      `${String(spaces)} spaces on each of ${String(lines.length - 1)} lines are too many`,
    );
  }
  return lines.join(`\n${lines.length === 1 ? '' : ' '.repeat(spaces)}`);
}

function join(separator: string, lists: readonly Value[]): Value {
  if (lists.length === 0) throw new RangeError('at least one list is required');
  if (!lists.every(isWhollyKnown)) return unknownValue('string', true);
  const texts = lists.flatMap((list, index) =>
    membersOf(list).map((member, at) => {
      if (member.kind !== 'null') return textOf(member);
      const where = lists.length > 1 ? ` of list ${String(index + 1)}` : '';
      throw new ArgumentError(
        index + 1,
        `element ${String(at)}${where} is null; cannot concatenate null values`,
      );
    }),
  );
  return stringValue(texts.join(separator));
}

function split(separator: string, text: string): string[] {
  return separator === '' ? Array.from(text) : text.split(separator);
}

/** Counts grapheme clusters. A negative offset counts from the end; a negative length takes the rest. */
function substring(text: string, offset: number, length: number): string {
  if (offset >= 0 && length === 0) return '';
  const clusters = graphemes(text);
  const start = offset < 0 ? Math.max(0, offset + clusters.length) : offset;
  // From the end, Terraform takes a length of 0 for the rest as well.
  const end = length <= 0 ? clusters.length : start + length;
  return clusters.slice(start, end).join('');
}
