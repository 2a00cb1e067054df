import assert from 'node:assert/strict';
import { formatCount, formatDuration, formatMetric, formatPercent, formatRate } from '../../webview/format';

describe('numbers for people', () => {
  it('writes durations in at most two units', () => {
    const cases: readonly (readonly [number, string])[] = [
      [0, '0 s'],
      [0.42, '0.4 s'],
      [9.96, '10 s'],
      [59.6, '1 min'],
      [200, '3 min 20 s'],
      [3600, '1 h'],
      [3900, '1 h 5 min'],
      [90_000, '1 d 1 h'],
      [NaN, '–'],
      [-1, '–'],
    ];
    for (const [seconds, text] of cases) assert.equal(formatDuration(seconds), text, String(seconds));
  });

  it('keeps 0 % and 100 % for exactly that', () => {
    const parts = [0, 1e-9, 0.118, 0.99951, 1, NaN];
    assert.deepEqual(parts.map(formatPercent), ['0 %', '< 0.1 %', '11.8 %', '> 99.9 %', '100 %', '–']);
  });

  it('groups counts and shortens metrics', () => {
    assert.equal(formatCount(1234567), '1,234,567');
    assert.deepEqual([0.41234, 12.3456, 0, 0.0000123, Infinity].map(formatMetric), [
      '0.4123',
      '12.35',
      '0',
      '1.23e-5',
      'Infinity',
    ]);
    assert.deepEqual(
      [formatRate(1134.4, 'samples'), formatRate(2.25, 'samples')],
      ['1,134 samples/s', '2.3 samples/s'],
    );
  });
});
