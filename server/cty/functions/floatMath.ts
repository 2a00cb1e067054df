import { BigFloat } from '../bigFloat';

/*
 * The logarithm, exponential and power of Go on amd64, to the last bit: what Terraform's `log` and `pow` give differs
 * from JavaScript's `Math` in the last digits. The formulas are those of FreeBSD's `e_log.c` and of Naoki Shibata's
 * paper on elementary functions (2010), in the order of operations in which Go's math package evaluates them.
 */

const ln2High = 6.93147180369123816e-1;
const ln2Low = 1.90821492927058770002e-10;
/** Coefficients of the polynomial in s², where s = f / (2 + f). */
const logCoefficients = [
  6.66666666666673513e-1, 3.999999999940941908e-1, 2.857142874366239149e-1, 2.222219843214978396e-1,
  1.818357216161805012e-1, 1.531383769920937332e-1, 1.479819860511658591e-1,
] as const;

/** The natural logarithm; NaN for a negative number. */
export function logarithm(x: number): number {
  if (x === 0) return -Infinity;
  if (!(x > 0) || x === Infinity) return x > 0 ? x : NaN;
  let { fraction, exponent } = split(x);
  if (fraction < Math.SQRT1_2) {
    fraction *= 2;
    exponent--;
  }
  const f = fraction - 1;
  const s = f / (2 + f);
  const s2 = s * s;
  const s4 = s2 * s2;
  const [l1, l2, l3, l4, l5, l6, l7] = logCoefficients;
  const odd = s2 * (l1 + s4 * (l3 + s4 * (l5 + s4 * l7)));
  const even = s4 * (l2 + s4 * (l4 + s4 * l6));
  const half = 0.5 * f * f;
  return exponent * ln2High - (half - (s * (half + (odd + even)) + exponent * ln2Low) - f);
}

/** `x` to the power of `y`; NaN for a negative `x` and a `y` that is not whole. */
export function power(x: number, y: number): number {
  if (y === 0 || x === 1) return 1;
  if (x === 0) return powerOfZero(x, y);
  if (Math.abs(y) === Infinity) return x === -1 ? 1 : Math.abs(x) < 1 === y > 0 ? 0 : Infinity;
  if (x === -Infinity) return powerOfZero(-0, -y);
  if (x === Infinity) return y < 0 ? 0 : Infinity;
  if (y === 0.5) return Math.sqrt(x);
  if (y === -0.5) return 1 / Math.sqrt(x);
  let whole = Math.trunc(Math.abs(y));
  let fraction = Math.abs(y) - whole;
  if (fraction !== 0 && x < 0) return NaN;
  if (whole >= 2 ** 63) return x === -1 ? 1 : Math.abs(x) < 1 === y > 0 ? 0 : Infinity;
  let result = 1;
  if (fraction !== 0) {
    if (fraction > 0.5) {
      fraction--;
      whole++;
    }
    result = exponential(fraction * logarithm(x));
  }
  return wholePower(x, whole, result, y < 0);
}

function powerOfZero(x: number, y: number): number {
  const odd = Math.abs(y % 2) === 1;
  if (y < 0) return odd && Object.is(x, -0) ? -Infinity : Infinity;
  return odd ? x : 0;
}

/** `factor * x ** power`, or one divided by it, by squaring the fraction of `x` and counting its powers of two. */
function wholePower(x: number, power: number, factor: number, inverted: boolean): number {
  let { fraction, exponent } = split(x);
  let result = factor;
  let exponents = 0;
  for (let left = BigInt(power); left !== 0n; left >>= 1n) {
    if (exponent < -4096 || exponent > 4096) {
      exponents += exponent;
      break;
    }
    if ((left & 1n) === 1n) {
      result *= fraction;
      exponents += exponent;
    }
    fraction *= fraction;
    exponent *= 2;
    if (fraction < 0.5) {
      fraction += fraction;
      exponent--;
    }
  }
  return inverted ? scale(1 / result, -exponents) : scale(result, exponents);
}

/** Of the series of e to the power of x, less 1, divided by x: from the smallest. */
const exponentialCoefficients = [1 / 5040, 1 / 720, 1 / 120, 1 / 24, 1 / 6, 1 / 2, 1] as const;
/** The natural logarithm of 2 in two parts, so that a multiple of it can be taken away without loss. */
const ln2Upper = 0.693147180559663;
const ln2Lower = 2.8235290563031577e-13;

/** e to the power of `x`, with the fused steps of a processor that has them. */
function exponential(x: number): number {
  if (x > 7.09782712893384e2) return Infinity;
  const exponent = roundToEven(Math.LOG2E * x);
  let r = fused(-ln2Upper, exponent, x);
  r = fused(-ln2Lower, exponent, r);
  r *= 0.0625;
  let series = 1 / 40320;
  for (const coefficient of exponentialCoefficients) series = fused(series, r, coefficient);
  r *= series;
  for (let doubling = 0; doubling < 3; doubling++) r *= r + 2;
  r = fused(r, r + 2, 1);
  return scale(r, exponent);
}

/** `a * b + c`, rounded once. */
function fused(a: number, b: number, c: number): number {
  const exact = (number: number): BigFloat => BigFloat.fromFloat64(number).withPrecision(512);
  return exact(a).multiply(exact(b)).add(exact(c)).toNumber();
}

function roundToEven(x: number): number {
  const floor = Math.floor(x);
  const rest = x - floor;
  if (rest === 0.5) return floor % 2 === 0 ? floor : floor + 1;
  return rest < 0.5 ? floor : floor + 1;
}

/** `x = fraction * 2 ** exponent` with the fraction's size from 0.5 to below 1. */
function split(x: number): { fraction: number; exponent: number } {
  let exponent = Math.max(-1023, Math.floor(Math.log2(Math.abs(x))) + 1);
  let fraction = scale(x, -exponent);
  while (Math.abs(fraction) >= 1) {
    fraction /= 2;
    exponent++;
  }
  while (Math.abs(fraction) < 0.5) {
    fraction *= 2;
    exponent--;
  }
  return { fraction, exponent };
}

/** `x * 2 ** exponent`, rounded once even where the result is smaller than a normal number. */
function scale(x: number, exponent: number): number {
  if (x === 0 || !Number.isFinite(x) || exponent === 0) return x;
  return BigFloat.fromFloat64(x)
    .multiply(BigFloat.of(false, 1n, clamp(exponent), 53))
    .toNumber();
}

/** Beyond this any float64 is zero or infinite. */
function clamp(exponent: number): number {
  return Math.max(-5000, Math.min(5000, exponent));
}
