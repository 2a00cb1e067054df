const grouped = new Intl.NumberFormat('en-US', { maximumFractionDigits: 0 });

/** A whole number in groups: `60,000`. */
export function formatCount(value: number): string {
  return grouped.format(value);
}

/** A length of time in at most two units: `0.4 s`, `45 s`, `3 min 20 s`, `1 h 5 min`. */
export function formatDuration(seconds: number): string {
  if (!Number.isFinite(seconds) || seconds < 0) return '–';
  if (seconds < 9.95) return `${seconds < 0.05 ? '0' : seconds.toFixed(1)} s`;
  const whole = Math.round(seconds);
  if (whole < 60) return `${whole} s`;
  if (whole < 3600) return join(Math.floor(whole / 60), 'min', whole % 60, 's');
  const minutes = Math.round(whole / 60);
  if (minutes < 24 * 60) return join(Math.floor(minutes / 60), 'h', minutes % 60, 'min');
  const hours = Math.round(minutes / 60);
  return join(Math.floor(hours / 24), 'd', hours % 24, 'h');
}

/** A part of one: `87.3 %`; `100 %` and `0 %` only for exactly that. */
export function formatPercent(part: number): string {
  if (!Number.isFinite(part)) return '–';
  const percent = part * 100;
  if (percent === 0 || percent === 100) return `${percent} %`;
  if (percent < 0.1) return '< 0.1 %';
  if (percent > 99.9) return '> 99.9 %';
  return `${percent.toFixed(1)} %`;
}

/** A metric with four significant digits: `0.4123`, `12.35`, `1.2e-5`. */
export function formatMetric(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  if (value !== 0 && Math.abs(value) < 0.001) return value.toExponential(2);
  return String(Number(value.toPrecision(4)));
}

/** A rate: `1,240 images/s`; below ten with one digit after the point. */
export function formatRate(perSecond: number, of: string): string {
  if (!Number.isFinite(perSecond)) return '–';
  return `${perSecond < 10 ? perSecond.toFixed(1) : formatCount(perSecond)} ${of}/s`;
}

function join(first: number, firstUnit: string, second: number, secondUnit: string): string {
  return second === 0 ? `${first} ${firstUnit}` : `${first} ${firstUnit} ${second} ${secondUnit}`;
}
