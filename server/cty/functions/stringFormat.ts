import { convert } from '../convert';
import type { Value } from '../value';
import { listValue, stringValue, unknownValue } from '../value';
import { isWhollyKnown, membersOf, numberOf, parameter, textOf } from './argumentValues';
import { formatFloat, formatInteger, shortestText } from './formatNumber';
import type { NumberFormat } from './formatNumber';
import type { FunctionTable, Parameter } from './function';
import { ArgumentError } from './function';
import { quote, quoteCharacter } from './goQuote';
import { graphemes } from './graphemes';
import { jsonString, jsonText } from './jsonText';

const anything: Parameter = { name: 'args', type: 'dynamic', allowNull: true, allowUnknown: true };

/** Functions that write values into a text. Facts: go-cty 1.16 `function/stdlib/format.go` and `format_fsm.rl`. */
export const formatFunctions: FunctionTable = {
  format: {
    parameters: [parameter('format', 'string')],
    variadic: anything,
    type: 'string',
    notNull: true,
    call: ([template, ...args]) =>
      args.every(isWhollyKnown) ? stringValue(format(textOf(template), args)) : unknownValue('string', true),
  },
  formatlist: {
    parameters: [parameter('format', 'string')],
    variadic: anything,
    type: ['list', 'string'],
    notNull: true,
    call: ([template, ...args]) => formatList(textOf(template), args),
  },
};

/** A verb of a template with what stands between `%` and its letter. */
interface Verb extends NumberFormat {
  /** As it stands in the template. */
  readonly raw: string;
  /** In bytes from the start of the template. */
  readonly offset: () => number;
  /** From 1. */
  readonly argument: number;
}

const verbPattern = /%([-0#+ ]*)([1-9][0-9]*)?(?:\.([0-9]*))?(?:\[([1-9][0-9]*)\])?([a-zA-Z])/y;
/** As much as can be the start of a verb. */
const verbStart = /%[-0#+ ]*(?:[1-9][0-9]*)?(?:\.[0-9]*)?(?:\[(?:[1-9][0-9]*\]?)?)?/y;

function format(template: string, args: readonly Value[]): string {
  let result = '';
  let from = 0;
  let next = 1;
  let highest = 0;
  for (let at = template.indexOf('%'); at >= 0; at = template.indexOf('%', from)) {
    result += template.slice(from, at);
    if (template.startsWith('%%', at)) {
      result += '%';
      from = at + 2;
      continue;
    }
    const verb = readVerb(template, at, next);
    highest = Math.max(highest, verb.argument);
    result += formatArgument(verb, args);
    next = verb.argument + 1;
    from = at + verb.raw.length;
  }
  if (highest < args.length) {
    const used =
      highest === 0 ? 'no verbs in format string' : `only ${String(highest)} used by format string`;
    throw new ArgumentError(highest + 1, `too many arguments; ${used}`);
  }
  return result + template.slice(from);
}

function readVerb(template: string, at: number, next: number): Verb {
  verbPattern.lastIndex = at;
  const found = verbPattern.exec(template);
  if (!found) throw new Error(describeFault(template, at));
  const [raw, flags = '', width, precision, index, verb = ''] = found;
  return {
    raw,
    offset: () => Buffer.byteLength(template.slice(0, at)),
    verb,
    argument: index === undefined ? next : Number(index),
    zero: flags.includes('0'),
    sharp: flags.includes('#'),
    plus: flags.includes('+'),
    minus: flags.includes('-'),
    space: flags.includes(' '),
    ...(width === undefined ? {} : { width: checkSize(raw, Number(width)) }),
    ...(precision === undefined ? {} : { precision: checkSize(raw, Number(precision)) }),
  };
}

/** Go ignores larger ones for numbers and writes what it could not read; nobody can want that. */
const largestSize = 10_000_009;

function checkSize(raw: string, size: number): number {
  if (size > largestSize) throw new RangeError(`the width or precision in ${quote(raw)} is too large`);
  return size;
}

function describeFault(template: string, at: number): string {
  verbStart.lastIndex = at;
  const end = at + (verbStart.exec(template)?.[0].length ?? 1);
  const offset = String(Buffer.byteLength(template.slice(0, end)));
  if (end >= template.length) return `invalid format string starting at offset ${offset}`;
  const character = String.fromCodePoint(template.codePointAt(end) ?? 0);
  return `unrecognized format character ${quoteCharacter(character)} at offset ${offset}`;
}

function formatArgument(verb: Verb, args: readonly Value[]): string {
  const value = args[verb.argument - 1];
  const where = (): string => `${quote(verb.raw)} at ${String(verb.offset())}`;
  if (!value) {
    throw new Error(
      `not enough arguments for ${where()}: need index ${String(verb.argument)} but have ${String(args.length)} total`,
    );
  }
  const fault = (message: string): Error => new Error(`unsupported value for ${where()}: ${message}`);
  if (verb.verb !== 'v' && value.kind === 'null') {
    throw fault('null value cannot be formatted');
  }
  if (!/^[vtbdoxXeEfgGsq]$/.test(verb.verb)) {
    throw new Error(
      `unsupported format verb ${quoteCharacter(verb.verb)} in ${quote(verb.raw)} at offset ${String(verb.offset())}`,
    );
  }
  try {
    return formatValue(verb, value);
  } catch (error) {
    throw error instanceof Error ? fault(error.message) : error;
  }
}

function formatValue(verb: Verb, value: Value): string {
  switch (verb.verb) {
    case 'v':
      return pad(verb, defaultText(verb, value));
    case 't':
      return String(contentOf(convert(value, 'bool')));
    case 's':
      return pad(verb, shortened(verb, value));
    case 'q':
      return pad(verb, jsonString(shortened(verb, value)));
    case 'e':
    case 'E':
    case 'f':
    case 'g':
    case 'G':
      return formatFloat(numberOf(convert(value, 'number')), verb);
    default: {
      const integer = numberOf(convert(value, 'number')).toBigInt();
      if (integer === undefined) throw new RangeError('an integer is required');
      return formatInteger(integer, verb);
    }
  }
}

function contentOf(value: Value): unknown {
  return value.kind === 'known' ? value.content : undefined;
}

function defaultText(verb: Verb, value: Value): string {
  if (!verb.sharp && value.kind === 'known') {
    if (typeof value.content === 'string') return value.content;
    if (value.type === 'number') return shortestText(numberOf(value));
  }
  return jsonText(value);
}

/** The text of a value, cut to as many characters (grapheme clusters) as the precision says; 0 says nothing. */
function shortened({ precision = 0 }: Verb, value: Value): string {
  const text = textOf(convert(value, 'string'));
  return precision > 0 ? graphemes(text).slice(0, precision).join('') : text;
}

function pad({ width = 0, zero, minus }: Verb, text: string): string {
  // A text has at most as many characters as units: only a short one can need padding.
  const missing = width === 0 ? 0 : width - graphemes(text).length;
  if (missing <= 0) return text;
  const padding = (zero ? '0' : ' ').repeat(missing);
  return minus ? text + padding : padding + text;
}

/** Lists, sets and tuples give one argument after the other to one result after the other. */
function formatList(template: string, args: readonly Value[]): Value {
  if (args.length === 0) return listValue('string', [stringValue(format(template, []))]);
  let length: number | undefined;
  let chooser = 0;
  const sequences = args.map((arg, index) => {
    if (!isSequence(arg)) return undefined;
    const size = sequenceLength(arg);
    if (size !== undefined && length === undefined) {
      length = size;
      chooser = index;
    }
    if (size !== undefined && size !== length) {
      throw new ArgumentError(
        index + 1,
        `argument ${String(index + 1)} has length ${String(size)}, which is inconsistent with argument ${String(chooser + 1)} of length ${String(length)}`,
      );
    }
    return arg.kind === 'known' && size !== undefined ? membersOf(arg) : undefined;
  });
  if (args.some((arg, index) => isSequence(arg) && sequences[index] === undefined))
    return unknownValue(['list', 'string'], true);
  const results = Array.from({ length: length ?? 1 }, (_, at) => {
    const given = args.map((arg, index) => sequences[index]?.[at] ?? arg);
    return given.every(isWhollyKnown)
      ? stringValue(formatItem(template, given, at))
      : unknownValue('string', true);
  });
  return listValue('string', results);
}

function isSequence(value: Value): boolean {
  const kind = typeof value.type === 'string' ? value.type : value.type[0];
  return value.kind !== 'null' && (kind === 'list' || kind === 'set' || kind === 'tuple');
}

/** Undefined while not known: an unknown member of a set may turn out to equal another one. */
function sequenceLength(value: Value): number | undefined {
  if (typeof value.type !== 'string' && value.type[0] === 'tuple') return value.type[1].length;
  if (value.kind !== 'known') return undefined;
  const members = membersOf(value);
  const isSet = typeof value.type !== 'string' && value.type[0] === 'set';
  return isSet && members.length > 1 && !members.every(isWhollyKnown) ? undefined : members.length;
}

function formatItem(template: string, args: readonly Value[], at: number): string {
  try {
    return format(template, args);
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    throw new Error(`error on format iteration ${String(at)}: ${error.message}`, { cause: error });
  }
}
