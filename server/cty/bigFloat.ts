import { decimalText, generalText } from './decimalText';
import { parseNumber } from './parseNumber';

/**
 * A number of Terraform: a binary floating-point number of a given precision, as Go's `math/big.Float` computes it
 * and go-cty uses it. Every result is rounded to the nearest, halves to even. Immutable.
 */
export class BigFloat {
  private constructor(
    private readonly form: 'finite' | 'infinite',
    /** Zero has a sign as well: `-0` prints so. */
    private readonly negative: boolean,
    /** The number is `mantissa * 2 ** exponent`; the mantissa is odd, or 0. */
    private readonly mantissa: bigint,
    private readonly exponent: number,
    /** How many bits results keep that are computed from this number. */
    readonly precision: number,
  ) {}

  /**
   * A whole number as Go converts an int (64 bits, more where it needs them); any other number, infinities included,
   * as Go converts a float64 (53 bits).
   */
  static from(number: number | bigint): BigFloat {
    if (typeof number === 'bigint') return fromInteger(number);
    return Number.isSafeInteger(number) ? fromInteger(BigInt(number)) : BigFloat.fromFloat64(number);
  }

  /** A float64 as Go converts it, with 53 bits of precision also for a whole number. NaN is not a number of Terraform. */
  static fromFloat64(number: number): BigFloat {
    if (Number.isNaN(number)) throw new RangeError('not a number');
    const negative = number < 0 || Object.is(number, -0);
    if (!Number.isFinite(number)) return BigFloat.infinite(negative, 53);
    let whole = Math.abs(number);
    let exponent = 0;
    while (!Number.isInteger(whole)) {
      whole *= 2;
      exponent--;
    }
    return BigFloat.of(negative, BigInt(whole), exponent, 53);
  }

  /** The number a text stands for in `tonumber` and in HCL, with 512 bits; undefined where it is no number. */
  static parse(text: string): BigFloat | undefined {
    const parsed = parseNumber(text);
    if (parsed === undefined) return undefined;
    const { negative, mantissa, exponent2, exponent5 } = parsed;
    if (mantissa === undefined) return BigFloat.infinite(negative, literalPrecision);
    if (mantissa === 0n || exponent5 === 0)
      return BigFloat.of(negative, mantissa, exponent2, literalPrecision);
    // The digits take part in full, only the power of five is rounded, with 64 bits more than the result keeps.
    const power = powerOfFive(Math.abs(exponent5), literalPrecision + 64);
    const digits = BigFloat.of(negative, mantissa, exponent2, Infinity);
    return exponent5 < 0 ? digits.quotient(power, literalPrecision) : digits.product(power, literalPrecision);
  }

  static infinite(negative: boolean, precision = literalPrecision): BigFloat {
    return new BigFloat('infinite', negative, 0n, 0, precision);
  }

  /** `mantissa * 2 ** exponent` rounded to the precision; beyond the largest exponent that Go has, infinite. */
  static of(negative: boolean, mantissa: bigint, exponent: number, precision: number): BigFloat {
    if (mantissa === 0n) return new BigFloat('finite', negative, 0n, 0, precision);
    const rounded = round(mantissa, precision);
    const trailing = trailingZeros(rounded.mantissa);
    const odd = rounded.mantissa >> BigInt(trailing);
    const power = exponent + rounded.shift + trailing;
    const magnitude = power + bitLength(odd);
    if (magnitude > maximumExponent) return BigFloat.infinite(negative, precision);
    if (magnitude < -maximumExponent - 1) return new BigFloat('finite', negative, 0n, 0, precision);
    return new BigFloat('finite', negative, odd, power, precision);
  }

  /** Throws a RangeError for the sum of opposite infinities. */
  add(other: BigFloat): BigFloat {
    const precision = Math.max(this.precision, other.precision);
    if (this.isInfinite() || other.isInfinite()) {
      if (this.isInfinite() && other.isInfinite() && this.negative !== other.negative) {
        throw new RangeError("can't compute sum of opposing infinities");
      }
      return BigFloat.infinite(this.isInfinite() ? this.negative : other.negative, precision);
    }
    if (other.mantissa === 0n && this.mantissa === 0n) {
      return BigFloat.of(this.negative && other.negative, 0n, 0, precision);
    }
    if (other.mantissa === 0n) return this.withPrecision(precision);
    if (this.mantissa === 0n) return other.withPrecision(precision);
    return sum(this, other, precision);
  }

  /** Throws a RangeError for the difference of equal infinities. */
  subtract(other: BigFloat): BigFloat {
    return this.add(other.negate());
  }

  /** As go-cty does it: exact up to 512 bits, so products of whole numbers stay whole. Throws for 0 × infinity. */
  multiply(other: BigFloat): BigFloat {
    const wide = this.product(other, 512);
    const needed = wide.isInfinite() ? 0 : bitLength(wide.mantissa);
    return wide.withPrecision(Math.max(this.precision, other.precision, needed));
  }

  /** By zero gives an infinity. Throws a RangeError for 0 / 0 and infinity / infinity. */
  divide(other: BigFloat): BigFloat {
    return this.quotient(other, Math.max(this.precision, other.precision));
  }

  /**
   * What is left after taking `other` as many whole times as it fits, with the sign of the number; the number itself
   * where `other` is zero. Throws a RangeError for an infinity.
   */
  remainder(other: BigFloat): BigFloat {
    if (other.isZero()) return this;
    const times = this.divide(other);
    if (this.isInfinite() || times.isInfinite()) throw new RangeError('an infinity has no remainder');
    const whole = times.truncate().withPrecision(this.precision);
    const taken = other.product(whole, this.precision);
    return this.add(taken.negate()).withPrecision(this.precision);
  }

  negate(): BigFloat {
    return new BigFloat(this.form, !this.negative, this.mantissa, this.exponent, this.precision);
  }

  absolute(): BigFloat {
    return this.negative ? this.negate() : this;
  }

  /** Negative, zero or positive, as for sorting. */
  compare(other: BigFloat): number {
    const sign = this.sign();
    if (sign !== other.sign()) return sign - other.sign();
    if (sign === 0) return 0;
    return sign * compareMagnitudes(this, other);
  }

  equals(other: BigFloat): boolean {
    return this.compare(other) === 0;
  }

  sign(): -1 | 0 | 1 {
    if (this.isZero()) return 0;
    return this.negative ? -1 : 1;
  }

  isZero(): boolean {
    return this.form === 'finite' && this.mantissa === 0n;
  }

  isNegativeZero(): boolean {
    return this.negative && this.isZero();
  }

  isInfinite(): boolean {
    return this.form === 'infinite';
  }

  isInteger(): boolean {
    return this.form === 'finite' && this.exponent >= 0;
  }

  /** The largest whole number not above; an infinity stays. */
  floor(): BigFloat {
    return this.negative && !this.isInteger() && !this.isInfinite()
      ? this.truncate().subtract(BigFloat.from(1))
      : this.truncate();
  }

  /** The smallest whole number not below; an infinity stays. */
  ceiling(): BigFloat {
    return this.negative || this.isInteger() || this.isInfinite()
      ? this.truncate()
      : this.truncate().add(BigFloat.from(1));
  }

  /** Without what follows the point; an infinity stays. */
  truncate(): BigFloat {
    if (this.isInfinite()) return this;
    const shifted =
      this.exponent >= 0 ? this.mantissa << BigInt(this.exponent) : this.mantissa >> BigInt(-this.exponent);
    return fromInteger(this.negative ? -shifted : shifted);
  }

  /** Undefined where the number is not whole, or infinite. */
  toBigInt(): bigint | undefined {
    if (!this.isInteger()) return undefined;
    const whole = this.mantissa << BigInt(this.exponent);
    return this.negative ? -whole : whole;
  }

  /** The nearest float64, which may be infinite. */
  toNumber(): number {
    const size = this.isInfinite() ? Infinity : float64(this.mantissa, this.exponent);
    return this.negative ? -size : size;
  }

  /** As Terraform converts a number to string: the shortest decimal that reads back, without an exponent. */
  toText(): string {
    const sign = this.negative ? '-' : '';
    if (this.isInfinite()) return `${this.negative ? '-' : '+'}Inf`;
    return sign + decimalText(this.mantissa, this.exponent, this.precision);
  }

  /** With ten digits at most, as Go prints a number where nobody asks for a format. */
  toShortText(): string {
    if (this.isInfinite()) return this.toText();
    return (this.negative ? '-' : '') + generalText(this.mantissa, this.exponent, 10);
  }

  withPrecision(precision: number): BigFloat {
    if (precision === this.precision) return this;
    if (this.isInfinite()) return BigFloat.infinite(this.negative, precision);
    return BigFloat.of(this.negative, this.mantissa, this.exponent, precision);
  }

  /** The parts of a finite number: its size is `mantissa * 2 ** exponent`. */
  parts(): { readonly negative: boolean; readonly mantissa: bigint; readonly exponent: number } {
    const { negative, mantissa, exponent } = this;
    return { negative, mantissa, exponent };
  }

  private product(other: BigFloat, precision: number): BigFloat {
    const negative = this.negative !== other.negative;
    if (this.isInfinite() || other.isInfinite()) {
      if (this.isZero() || other.isZero()) throw new RangeError("can't multiply zero by infinity");
      return BigFloat.infinite(negative, precision);
    }
    return BigFloat.of(negative, this.mantissa * other.mantissa, this.exponent + other.exponent, precision);
  }

  private quotient(other: BigFloat, precision: number): BigFloat {
    const negative = this.negative !== other.negative;
    if ((this.isZero() && other.isZero()) || (this.isInfinite() && other.isInfinite())) {
      throw new RangeError("can't divide zero by zero or infinity by infinity");
    }
    if (this.isZero() || other.isInfinite()) return BigFloat.of(negative, 0n, 0, precision);
    if (this.isInfinite() || other.isZero()) return BigFloat.infinite(negative, precision);
    // Two bits more than the result keeps, and one that says whether anything is left: enough to round rightly.
    const shift = Math.max(0, precision + 2 + bitLength(other.mantissa) - bitLength(this.mantissa));
    const numerator = this.mantissa << BigInt(shift);
    const whole = numerator / other.mantissa;
    const sticky = whole * other.mantissa === numerator ? 0n : 1n;
    const exponent = this.exponent - other.exponent - shift - 1;
    return BigFloat.of(negative, (whole << 1n) | sticky, exponent, precision);
  }
}

const literalPrecision = 512;
/** Of Go's `big.Float`, whose exponents are 32 bits. */
const maximumExponent = 2 ** 31 - 1;

/** The number of bits that a positive number takes. */
export function bitLength(number: bigint): number {
  const digits = number.toString(16);
  return (digits.length - 1) * 4 + (32 - Math.clz32(parseInt(digits.charAt(0), 16)));
}

function fromInteger(number: bigint): BigFloat {
  const size = number < 0n ? -number : number;
  return BigFloat.of(number < 0n, size, 0, size === 0n ? 64 : Math.max(64, bitLength(size)));
}

function round(mantissa: bigint, precision: number): { mantissa: bigint; shift: number } {
  const shift = bitLength(mantissa) - precision;
  if (shift <= 0) return { mantissa, shift: 0 };
  const kept = mantissa >> BigInt(shift);
  const rest = mantissa - (kept << BigInt(shift));
  const half = 1n << BigInt(shift - 1);
  const up = rest > half || (rest === half && (kept & 1n) === 1n);
  return { mantissa: up ? kept + 1n : kept, shift };
}

function trailingZeros(number: bigint): number {
  if ((number & 1n) === 1n) return 0;
  return bitLength(number & -number) - 1;
}

function sum(a: BigFloat, b: BigFloat, precision: number): BigFloat {
  let [x, y] = [a.parts(), b.parts()];
  if (x.exponent + bitLength(x.mantissa) < y.exponent + bitLength(y.mantissa)) [x, y] = [y, x];
  // A number far below the other's last bit only says which way to round: a tiny one in its place says the same.
  const lowest = Math.min(x.exponent, x.exponent + bitLength(x.mantissa) - precision) - 4;
  if (y.exponent + bitLength(y.mantissa) < lowest) {
    y = { negative: y.negative, mantissa: 1n, exponent: lowest };
  }
  const exponent = Math.min(x.exponent, y.exponent);
  const total = signed(x, exponent) + signed(y, exponent);
  return BigFloat.of(total < 0n, total < 0n ? -total : total, exponent, precision);
}

function signed(parts: ReturnType<BigFloat['parts']>, exponent: number): bigint {
  const shifted = parts.mantissa << BigInt(parts.exponent - exponent);
  return parts.negative ? -shifted : shifted;
}

function compareMagnitudes(a: BigFloat, b: BigFloat): number {
  if (a.isInfinite() || b.isInfinite()) return Number(a.isInfinite()) - Number(b.isInfinite());
  const [x, y] = [a.parts(), b.parts()];
  const gap = x.exponent + bitLength(x.mantissa) - (y.exponent + bitLength(y.mantissa));
  if (gap !== 0) return gap;
  const exponent = Math.min(x.exponent, y.exponent);
  const [left, right] = [
    x.mantissa << BigInt(x.exponent - exponent),
    y.mantissa << BigInt(y.exponent - exponent),
  ];
  return left < right ? -1 : left > right ? 1 : 0;
}

/** `5 ** power` with every step rounded as Go's parser of numbers rounds it. */
function powerOfFive(power: number, precision: number): BigFloat {
  const exact = 27;
  if (power <= exact) return BigFloat.of(false, 5n ** BigInt(power), 0, precision);
  let result = BigFloat.of(false, 5n ** BigInt(exact), 0, precision);
  let factor = BigFloat.of(false, 5n, 0, precision + 64);
  for (let left = power - exact; left > 0; left = Math.floor(left / 2)) {
    if (left % 2 === 1) result = rounded(result, factor, precision);
    factor = rounded(factor, factor, precision + 64);
  }
  return result;
}

function rounded(a: BigFloat, b: BigFloat, precision: number): BigFloat {
  if (a.isInfinite() || b.isInfinite()) return BigFloat.infinite(false, precision);
  const [x, y] = [a.parts(), b.parts()];
  return BigFloat.of(false, x.mantissa * y.mantissa, x.exponent + y.exponent, precision);
}

function float64(mantissa: bigint, exponent: number): number {
  if (mantissa === 0n) return 0;
  const magnitude = exponent + bitLength(mantissa);
  if (magnitude > 1024) return Infinity;
  if (magnitude < -1080) return 0;
  // Below the normal range a float64 has fewer bits, and must be rounded once only.
  const bits = Math.min(53, 53 - (-1021 - magnitude));
  if (bits < 0) return 0;
  const rest = bits === 0 ? roundToNothing(mantissa) : round(mantissa, bits);
  const power = exponent + rest.shift;
  const half = Math.trunc(power / 2);
  return Number(rest.mantissa) * 2 ** half * 2 ** (power - half);
}

/** Half of the smallest float64 rounds to zero, more rounds to it. */
function roundToNothing(mantissa: bigint): { mantissa: bigint; shift: number } {
  const length = bitLength(mantissa);
  return { mantissa: mantissa === 1n << BigInt(length - 1) ? 0n : 1n, shift: length };
}
