/** Decimal digits `0.d1d2d3… * 10 ** point`, without zeros at the end. */
interface Decimal {
  readonly digits: string;
  readonly point: number;
}

/** More digits than a person can read, or a JavaScript string could hold, are written with an exponent. */
const largestExponent = 4_000_000;

/**
 * The shortest decimal that rounds to `mantissa * 2 ** exponent` at the precision, as Go's `big.Float` writes it in
 * format `f`: digits are taken one by one for as long as neither neighbour could be meant.
 */
export function decimalText(mantissa: bigint, exponent: number, precision: number): string {
  if (mantissa === 0n) return '0';
  if (Math.abs(exponent) > largestExponent) return `${mantissa.toString()}p${exponent.toString()}`;
  // No other number of the precision is as near to a whole number that it holds exactly.
  const exact = exponent >= 0 && mantissa.toString(16).length * 4 + exponent <= precision;
  if (exact) return (mantissa << BigInt(exponent)).toString();
  return plain(shortest(mantissa, exponent, precision));
}

/** With at most so many digits, and an exponent where the number is large or small, as Go's format `g` writes it. */
export function generalText(mantissa: bigint, exponent: number, length: number): string {
  if (mantissa === 0n) return '0';
  const { digits, point } = roundAt(toDecimal(mantissa, exponent), length);
  const limit = length > digits.length && digits.length >= point ? digits.length : length;
  const power = point - 1;
  if (power >= -4 && power < limit) return plain({ digits, point });
  const fraction = digits.length > 1 ? `.${digits.slice(1)}` : '';
  const size = Math.abs(power).toString().padStart(2, '0');
  return `${digits.charAt(0)}${fraction}e${power < 0 ? '-' : '+'}${size}`;
}

/** `1234.5`, `0.001`. */
function plain({ digits, point }: Decimal): string {
  if (point <= 0) return `0.${'0'.repeat(-point)}${digits}`;
  if (digits.length <= point) return digits.padEnd(point, '0');
  return `${digits.slice(0, point)}.${digits.slice(point)}`;
}

function shortest(mantissa: bigint, exponent: number, precision: number): Decimal {
  const exact = toDecimal(mantissa, exponent);
  // One bit more than the precision has: the last bit is half of the distance to a neighbour.
  const shift = precision + 1 - mantissa.toString(2).length;
  const wide = mantissa << BigInt(shift);
  const lower = toDecimal(wide - 1n, exponent - shift);
  const upper = toDecimal(wide + 1n, exponent - shift);
  const inclusive = (wide & 2n) === 0n;
  for (let at = 0; at < exact.digits.length; at++) {
    const digit = exact.digits.charCodeAt(at);
    const low = lower.digits.charCodeAt(at) || zero;
    const high = upper.digits.charCodeAt(at) || zero;
    const down = low !== digit || (inclusive && at + 1 === lower.digits.length);
    const up = digit !== high && (inclusive || digit + 1 < high || at + 1 < upper.digits.length);
    if (down && up) return roundAt(exact, at + 1);
    if (down) return trim({ digits: exact.digits.slice(0, at + 1), point: exact.point });
    if (up) return roundUp(exact, at + 1);
  }
  return exact;
}

const zero = 48;

function toDecimal(mantissa: bigint, exponent: number): Decimal {
  if (exponent >= 0) {
    const digits = (mantissa << BigInt(exponent)).toString();
    return trim({ digits, point: digits.length });
  }
  // A division by a power of two is a multiplication by the same power of five, with the point moved.
  const digits = (mantissa * 5n ** BigInt(-exponent)).toString();
  return trim({ digits, point: digits.length + exponent });
}

function trim({ digits, point }: Decimal): Decimal {
  let end = digits.length;
  while (end > 0 && digits.charCodeAt(end - 1) === zero) end--;
  return { digits: digits.slice(0, end), point: end === 0 ? 0 : point };
}

function roundAt(decimal: Decimal, length: number): Decimal {
  const { digits, point } = decimal;
  if (length >= digits.length) return decimal;
  const next = digits.charAt(length);
  const exactHalf = next === '5' && length + 1 === digits.length;
  const up = exactHalf ? digits.charCodeAt(length - 1) % 2 === 1 : next >= '5';
  return up ? roundUp(decimal, length) : trim({ digits: digits.slice(0, length), point });
}

function roundUp({ digits, point }: Decimal, length: number): Decimal {
  let end = length;
  while (end > 0 && digits.charAt(end - 1) === '9') end--;
  if (end === 0) return { digits: '1', point: point + 1 };
  const last = String.fromCharCode(digits.charCodeAt(end - 1) + 1);
  return { digits: digits.slice(0, end - 1) + last, point };
}
