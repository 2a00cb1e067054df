import { BigFloat } from '../bigFloat';
import type { Value } from '../value';
import { boolValue, nullValue, numberValue, stringValue } from '../value';
import { base64Bytes } from './base64';
import { quote } from './goQuote';
import { parseTimestamp, timestampText } from './timestamps';

/** Tags have this in front. */
const standard = 'tag:yaml.org,2002:';
const known = new Set(['', 'str', 'bool', 'int', 'float', 'null', 'timestamp', 'binary'].map(longTag));

const words = new Map<string, Value>([
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'true', 'True', 'TRUE', 'on', 'On', 'ON'].map(bool(true)),
  ...['n', 'N', 'no', 'No', 'NO', 'false', 'False', 'FALSE', 'off', 'Off', 'OFF'].map(bool(false)),
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, nullValue('dynamic')] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map(infinite(false)),
  ...['-.inf', '-.Inf', '-.INF'].map(infinite(true)),
]);

function longTag(name: string): string {
  return name === '' ? '' : standard + name;
}

function bool(value: boolean): (word: string) => readonly [string, Value] {
  return (word) => [word, boolValue(value)];
}

function infinite(negative: boolean): (word: string) => readonly [string, Value] {
  return (word) => [word, numberValue(BigFloat.infinite(negative))];
}

const integer = /^(?:[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+)$/;
const float = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;

/**
 * The value of a YAML text by its tag, `''` for none, as go-cty-yaml 1.1 resolves it: words of YAML 1.1, numbers of
 * 1.2, times as text in RFC 3339. A quoted text is a string, whatever its tag.
 */
export function yamlScalar(text: string, tag: string, quoted: boolean): Value {
  if (!known.has(tag)) throw new Error(`unsupported tag ${quote(tag)}`);
  const kind = tag.slice(standard.length);
  if (/^(?:$|[-+0-9.yYnNtTfFoO~])/.test(text) && kind !== 'str' && kind !== 'binary') {
    if (quoted) return stringValue(text);
    const value = implied(text, kind);
    if (value) return value;
  }
  return tagged(text, kind, tag);
}

function implied(text: string, kind: string): Value | undefined {
  const word = words.get(text);
  if (word) return word;
  if (kind === '' && /^\.(?:nan|NaN|NAN)$/.test(text)) {
    throw new Error('floating point NaN is not supported');
  }
  if (text.startsWith('.')) {
    const number = BigFloat.parse(text);
    return number && numberValue(number);
  }
  if (!/^[-+0-9]/.test(text)) return undefined;
  const time = kind === '' || kind === 'timestamp' ? timestamp(text) : undefined;
  if (time !== undefined) return stringValue(time);
  return integer.test(text) || float.test(text) ? number(text, longTag('float')) : undefined;
}

function tagged(text: string, kind: string, tag: string): Value {
  const fault = new Error(`cannot parse ${quote(text)} as ${tag}`);
  switch (kind) {
    case 'binary':
      if (!base64Bytes(text)) throw new Error(`${fault.message}: not valid base64`);
      return stringValue(text);
    case 'bool': {
      const word = words.get(text);
      if (word?.type !== 'bool') throw fault;
      return word;
    }
    case 'float':
    case 'int':
      return number(text, tag);
    case 'timestamp': {
      const time = timestamp(text);
      if (time === undefined) throw fault;
      return stringValue(time);
    }
    case 'null':
      return nullValue('dynamic');
    default:
      return stringValue(text);
  }
}

function number(text: string, tag: string): Value {
  const plain = text.replaceAll('_', '');
  const decimal = BigFloat.parse(plain);
  if (decimal) return numberValue(decimal);
  const found = /^([-+]?)(0[xX][0-9a-fA-F]+|0[oO][0-7]+|0[bB][01]+)$/.exec(plain);
  if (found) {
    const size = BigInt(found[2] ?? '0');
    const whole = found[1] === '-' ? -size : size;
    // Without a sign one bit more is taken.
    const largest = found[1] === '' ? 2n ** 64n - 1n : 2n ** 63n - 1n;
    if (whole >= -(2n ** 63n) && whole <= largest) return numberValue(whole);
  }
  throw new Error(`cannot parse ${quote(text)} as ${tag}`);
}

const timePattern =
  /^(\d{4})-(\d{1,2})-(\d{1,2})(?:[Tt](\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?(Z|[-+]\d\d:\d\d)| +(\d{1,2}):(\d{1,2}):(\d{1,2})(?:[.,]\d+)?)?$/;

/** In RFC 3339; undefined for what is no time of YAML. */
function timestamp(text: string): string | undefined {
  const found = timePattern.exec(text);
  if (!found) return undefined;
  const [year = '', month = '', day = '', ...rest] = found.slice(1);
  const [hour = rest[4] ?? '0', minute = rest[5] ?? '0', second = rest[6] ?? '0', zone = 'Z'] = rest;
  const two = (digits: string): string => digits.padStart(2, '0');
  const full = `${year}-${two(month)}-${two(day)}T${two(hour)}:${two(minute)}:${two(second)}${zone}`;
  try {
    return timestampText(parseTimestamp(full, false));
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
