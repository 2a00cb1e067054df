const units: Readonly<Record<string, bigint>> = {
  ns: 1n,
  us: 1_000n,
  µs: 1_000n,
  // The sign for micro and the Greek letter look the same.
  μs: 1_000n,
  ms: 1_000_000n,
  s: 1_000_000_000n,
  m: 60_000_000_000n,
  h: 3_600_000_000_000n,
};

const largest = 2n ** 63n;

/** The nanoseconds that a text like `-1h30m` or `1.5s` stands for. Throws an Error with Go's words. */
export function parseDuration(text: string): bigint {
  const invalid = new RangeError(`time: invalid duration ${quoteDuration(text)}`);
  const negative = text.startsWith('-');
  let rest = /^[-+]/.test(text) ? text.slice(1) : text;
  if (rest === '0') return 0n;
  if (rest === '') throw invalid;
  let total = 0n;
  while (rest !== '') {
    const found = /^(\d*)(?:\.(\d*))?([^.\d]*)/.exec(rest);
    const [part = '', whole = '', fraction = '', unitName = ''] = found ?? [];
    if (whole === '' && fraction === '') throw invalid;
    if (BigInt(whole) > largest) throw invalid;
    const unit = unitOf(unitName, text);
    const amount = BigInt(whole) * unit + fractionOf(fraction, unit);
    total += amount;
    if (amount > largest || total > largest) throw invalid;
    rest = rest.slice(part.length);
  }
  if (!negative && total === largest) throw invalid;
  return negative ? -total : total;
}

function unitOf(name: string, text: string): bigint {
  if (name === '') throw new RangeError(`time: missing unit in duration ${quoteDuration(text)}`);
  const unit = Object.hasOwn(units, name) ? units[name] : undefined;
  if (unit !== undefined) return unit;
  throw new RangeError(`time: unknown unit ${quoteDuration(name)} in duration ${quoteDuration(text)}`);
}

/** With float64, and as many digits as fit an int64, as Go computes it. */
function fractionOf(fraction: string, unit: bigint): bigint {
  let number = 0n;
  let scale = 1;
  for (const digit of fraction) {
    const next = number * 10n + BigInt(digit);
    if (number > (largest - 1n) / 10n || next > largest) break;
    number = next;
    scale *= 10;
  }
  return BigInt(Math.trunc(Number(number) * (Number(unit) / scale)));
}

/** Go's time package quotes other than the rest of Go: all but plain ASCII as bytes. */
function quoteDuration(text: string): string {
  const escaped = text
    .replace(/["\\]/g, '\\$&')
    .replace(/[^ -~]/gu, (character) =>
      [...Buffer.from(character)].map((byte) => `\\x${byte.toString(16).padStart(2, '0')}`).join(''),
    );
  return `"${escaped}"`;
}
