import type { BigFloat } from '../bigFloat';

/** How to write a number: the flags, width and precision of a verb like `%+08.2f`. */
export interface NumberFormat {
  readonly verb: string;
  readonly zero: boolean;
  readonly sharp: boolean;
  readonly plus: boolean;
  readonly minus: boolean;
  readonly space: boolean;
  readonly width?: number;
  readonly precision?: number;
}

/** Decimal digits `0.d1d2d3… * 10 ** point`, without zeros at either end. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

const bases: Readonly<Record<string, number>> = { b: 2, o: 8, d: 10, x: 16, X: 16 };
const prefixes: Readonly<Record<string, string>> = { b: '0b', o: '0', x: '0x', X: '0X' };

/** As Go's `big.Int` writes itself for the verbs b, d, o, x and X. */
export function formatInteger(integer: bigint, format: NumberFormat): string {
  const { verb, precision, width = 0 } = format;
  const lower = (integer < 0n ? -integer : integer).toString(bases[verb] ?? 10);
  const digits = verb === 'X' ? lower.toUpperCase() : lower;
  if (digits === '0' && precision === 0) return '';
  const sign = integer < 0n ? '-' : signOf(format);
  const start = sign + (format.sharp ? (prefixes[verb] ?? '') : '');
  const body = digits.padStart(precision ?? 0, '0');
  if (format.minus) return (start + body).padEnd(width);
  if (format.zero && precision === undefined) return start + body.padStart(width - start.length, '0');
  return (start + body).padStart(width);
}

/** As Go's `big.Float` writes itself for the verbs e, E, f, g and G. */
export function formatFloat(number: BigFloat, format: NumberFormat): string {
  const { verb, width = 0 } = format;
  if (number.isInfinite()) {
    const sign = number.sign() < 0 ? '-' : format.space ? ' ' : '+';
    return format.minus ? `${sign}Inf`.padEnd(width) : `${sign}Inf`.padStart(width);
  }
  const sign = number.parts().negative ? '-' : signOf(format);
  const body = verb === 'g' || verb === 'G' ? general(number, format) : fixed(number, format);
  if (format.zero) return sign + body.padStart(width - sign.length, '0');
  return format.minus ? (sign + body).padEnd(width) : (sign + body).padStart(width);
}

/** As Go writes a number in the format `g` with as many digits as it takes: what `%v` gives. */
export function shortestText(number: BigFloat): string {
  const none = { zero: false, sharp: false, plus: false, minus: false, space: false };
  return formatFloat(number, { ...none, verb: 'g' });
}

function signOf(format: NumberFormat): string {
  return format.plus ? '+' : format.space ? ' ' : '';
}

function fixed(number: BigFloat, { verb, precision = 6 }: NumberFormat): string {
  const exact = exactDecimal(number);
  if (verb === 'f') return plain(round(exact, exact.point + precision), precision);
  return scientific(round(exact, 1 + precision), precision, verb);
}

function general(number: BigFloat, { verb, precision }: NumberFormat): string {
  const asked = precision === undefined ? undefined : Math.max(1, precision);
  const decimal = asked === undefined ? shortestDecimal(number) : round(exactDecimal(number), asked);
  const { digits, point } = decimal;
  const most = asked ?? digits.length;
  const limit =
    asked === undefined ? 6 : asked > digits.length && digits.length >= point ? digits.length : asked;
  if (point - 1 < -4 || point - 1 >= limit) {
    return scientific(decimal, Math.min(most, digits.length) - 1, verb === 'g' ? 'e' : 'E');
  }
  return plain(decimal, Math.max((most > point ? digits.length : most) - point, 0));
}

function scientific({ digits, point }: Decimal, precision: number, letter: string): string {
  const fraction = precision > 0 ? `.${digits.slice(1, precision + 1).padEnd(precision, '0')}` : '';
  const exponent = digits === '' ? 0 : point - 1;
  const size = String(Math.abs(exponent)).padStart(2, '0');
  return `${digits.charAt(0) || '0'}${fraction}${letter}${exponent < 0 ? '-' : '+'}${size}`;
}

function plain({ digits, point }: Decimal, precision: number): string {
  const whole = point > 0 ? digits.slice(0, point).padEnd(point, '0') : '0';
  if (precision <= 0) return whole;
  const fraction = point >= 0 ? digits.slice(point) : '0'.repeat(Math.min(-point, precision)) + digits;
  return `${whole}.${fraction.slice(0, precision).padEnd(precision, '0')}`;
}

/** The first digits, rounded to the nearest, halves to even. */
function round({ digits, point }: Decimal, length: number): Decimal {
  if (length < 0 || length >= digits.length) return { digits, point };
  const next = digits.charAt(length);
  const half = next === '5' && length + 1 === digits.length;
  const up = half ? length > 0 && Number(digits.charAt(length - 1)) % 2 === 1 : next >= '5';
  const kept = digits.slice(0, length);
  if (!up) return trimmed(kept, point);
  const raised = kept.replace(/9*$/, '');
  if (raised === '') return { digits: '1', point: point + 1 };
  return { digits: raised.slice(0, -1) + String(Number(raised.slice(-1)) + 1), point };
}

/** Numbers beyond `2 ** 4_000_000` have more digits than anyone can use, and would take minutes. */
const largestExponent = 4_000_000;

function exactDecimal(number: BigFloat): Decimal {
  const { mantissa, exponent } = number.parts();
  if (Math.abs(exponent) > largestExponent) throw new RangeError('the number has too many digits');
  if (exponent >= 0) {
    const digits = (mantissa << BigInt(exponent)).toString();
    return trimmed(digits, digits.length);
  }
  // Dividing by a power of two is multiplying by the same power of five and moving the point.
  const digits = (mantissa * 5n ** BigInt(-exponent)).toString();
  return trimmed(digits, digits.length + exponent);
}

function shortestDecimal(number: BigFloat): Decimal {
  const [whole = '', fraction = ''] = number.absolute().toText().split('.');
  const all = whole === '0' ? fraction : whole + fraction;
  const digits = all.replace(/^0+/, '');
  const point = whole === '0' ? digits.length - fraction.length : whole.length;
  return trimmed(digits, point);
}

function trimmed(digits: string, point: number): Decimal {
  let end = digits.length;
  while (end > 0 && digits.charAt(end - 1) === '0') end--;
  return { digits: digits.slice(0, end), point: end === 0 ? 0 : point };
}
