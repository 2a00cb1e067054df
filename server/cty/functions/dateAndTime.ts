import type { Value } from '../value';
import { numberValue, stringValue, unknownValue } from '../value';
import { parameter, textOf } from './argumentValues';
import { parseDuration } from './durations';
import type { FunctionDefinition, FunctionTable } from './function';
import { ArgumentError } from './function';
import { quote } from './goQuote';
import type { ClockTime, Timestamp } from './timestamps';
import { clockTime, digits, offsetText, parseTimestamp, timestampText } from './timestamps';

/** Functions of timestamps. Facts: go-cty `function/stdlib/datetime.go`, Terraform `lang/funcs/datetime.go`. */
export const dateAndTimeFunctions: FunctionTable = {
  formatdate: {
    parameters: [parameter('format', 'string'), parameter('time', 'string')],
    type: 'string',
    notNull: true,
    call: ([format, time]) => stringValue(formatDate(textOf(format), timestampOf(time, 1, true))),
  },
  plantimestamp: now(),
  timeadd: {
    parameters: [parameter('timestamp', 'string'), parameter('duration', 'string')],
    type: 'string',
    call: ([timestamp, duration]) => {
      const { nanoseconds, offsetMinutes } = parseTimestamp(textOf(timestamp), true);
      const sum = nanoseconds + parseDuration(textOf(duration));
      return stringValue(timestampText({ nanoseconds: sum, offsetMinutes }));
    },
  },
  timecmp: {
    parameters: [parameter('timestamp_a', 'string'), parameter('timestamp_b', 'string')],
    type: 'number',
    notNull: true,
    call: ([first, second]) => {
      const a = timestampOf(first, 0, false).nanoseconds;
      const b = timestampOf(second, 1, false).nanoseconds;
      return numberValue(a === b ? 0 : a < b ? -1 : 1);
    },
  },
  timestamp: now(),
};

/** What the time is when the plan is applied, nobody knows before. */
function now(): FunctionDefinition {
  return { parameters: [], type: 'string', notNull: true, call: () => unknownValue('string', true) };
}

function timestampOf(value: Value | undefined, index: number, strict: boolean): Timestamp {
  try {
    return parseTimestamp(textOf(value), strict);
  } catch (error) {
    throw error instanceof Error ? new ArgumentError(index, error.message) : error;
  }
}

const months = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
const weekdays = ['Sunday', 'Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday'];

/** A quoted text, a run of one letter, or anything else. */
const tokens = /''|'(?:[^']|'')*'?|([a-zA-Z])\1*|[^'a-zA-Z]+/g;

function formatDate(format: string, timestamp: Timestamp): string {
  const time = clockTime(timestamp);
  return format.replace(tokens, (token, letter: string | undefined) => {
    if (letter !== undefined) return verbText(token, letter, time, timestamp);
    if (!token.startsWith("'")) return token;
    if (token.length === 1 || !token.endsWith("'")) throw new ArgumentError(0, "unterminated literal '");
    return token === "''" ? "'" : token.slice(1, -1).replace(/''?/g, "'");
  });
}

type Verb = (time: ClockTime, timestamp: Timestamp) => string;

interface VerbFamily {
  /** What is to be written, by how often the letter stands there. */
  readonly byLength: Readonly<Record<number, Verb>>;
  readonly rule: string;
}

const verbs: Readonly<Record<string, VerbFamily>> = {
  Y: {
    byLength: { 2: ({ year }) => digits(year % 100), 4: ({ year }) => digits(year, 4) },
    rule: 'year must either be "YY" or "YYYY"',
  },
  M: {
    byLength: {
      ...number(({ month }) => month),
      3: ({ month }) => (months[month - 1] ?? '').slice(0, 3),
      4: ({ month }) => months[month - 1] ?? '',
    },
    rule: 'month must be "M", "MM", "MMM", or "MMMM"',
  },
  D: { byLength: number(({ day }) => day), rule: 'day of month must either be "D" or "DD"' },
  E: {
    byLength: {
      3: ({ weekday }) => (weekdays[weekday] ?? '').slice(0, 3),
      4: ({ weekday }) => weekdays[weekday] ?? '',
    },
    rule: 'day of week must either be "EEE" or "EEEE"',
  },
  h: { byLength: number(({ hour }) => hour), rule: '24-hour must either be "h" or "hh"' },
  H: { byLength: number(({ hour }) => hour % 12 || 12), rule: '12-hour must either be "H" or "HH"' },
  A: { byLength: { 2: ({ hour }) => (hour < 12 ? 'AM' : 'PM') }, rule: 'must be "AA"' },
  a: { byLength: { 2: ({ hour }) => (hour < 12 ? 'am' : 'pm') }, rule: 'must be "aa"' },
  m: { byLength: number(({ minute }) => minute), rule: 'minute must either be "m" or "mm"' },
  s: { byLength: number(({ second }) => second), rule: 'second must either be "s" or "ss"' },
  Z: {
    byLength: {
      1: (_, zone) => (zone.offsetMinutes === 0 ? 'Z' : offsetText(zone, ':')),
      3: (_, zone) => (zone.offsetMinutes === 0 ? 'UTC' : offsetText(zone, '')),
      4: (_, zone) => offsetText(zone, ''),
      5: (_, zone) => offsetText(zone, ':'),
    },
    rule: 'timezone must be Z, ZZZZ, or ZZZZZ',
  },
};

/** A number as it is, or of two digits. */
function number(read: (time: ClockTime) => number): Readonly<Record<number, Verb>> {
  return { 1: (time) => String(read(time)), 2: (time) => digits(read(time)) };
}

function verbText(token: string, letter: string, time: ClockTime, timestamp: Timestamp): string {
  const family = verbs[letter];
  const verb = family?.byLength[token.length];
  if (verb) return verb(time, timestamp);
  const rule = family ? `: ${family.rule}` : '';
  throw new ArgumentError(0, `invalid date format verb ${quote(token)}${rule}`);
}
