/** A number's parts: `mantissa * 2 ** exponent2 * 5 ** exponent5`; without a mantissa it is infinite. */
export interface ParsedNumber {
  readonly negative: boolean;
  readonly mantissa: bigint | undefined;
  readonly exponent2: number;
  readonly exponent5: number;
}

/**
 * Reads a decimal number as Go's `big.ParseFloat` with base 10 does: `12`, `.5`, `5.`, `1e-3`, `1p3` (a power of two),
 * `Inf`. Undefined where the text is no number.
 */
export function parseNumber(text: string): ParsedNumber | undefined {
  const match = /^([+-]?)(?:([Ii]nf)|(\d*)(?:\.(\d*))?(?:([eEpP])([+-]?\d+))?)$/.exec(text);
  if (!match) return undefined;
  const [, sign, infinite, whole = '', fraction = '', base, power = '0'] = match;
  const negative = sign === '-';
  if (infinite !== undefined) return { negative, mantissa: undefined, exponent2: 0, exponent5: 0 };
  if (whole === '' && fraction === '') return undefined;
  const mantissa = BigInt(whole + fraction);
  if (mantissa === 0n) return { negative, mantissa, exponent2: 0, exponent5: 0 };
  const exponent = Number(power);
  const binary = base === 'p' || base === 'P';
  const exponent5 = (binary ? 0 : exponent) - fraction.length;
  const exponent2 = exponent - fraction.length;
  return Math.abs(exponent2) > largestExponent ? undefined : { negative, mantissa, exponent2, exponent5 };
}

/** Go refuses powers beyond 32 bits. */
const largestExponent = 2 ** 31 - 1;
