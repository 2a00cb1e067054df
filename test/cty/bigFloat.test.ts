import assert from 'node:assert/strict';
import { BigFloat } from '../../server/cty/bigFloat';
import { Random } from '../hcl/random';

function number(text: string): BigFloat {
  const parsed = BigFloat.parse(text);
  assert.ok(parsed, `${text} is no number`);
  return parsed;
}

const third = `0.${'3'.repeat(154)}5`;

/** Results as `terraform console` prints them. */
const results: readonly (readonly [string, () => BigFloat, string])[] = [
  ['a third', () => number('1').divide(number('3')), third],
  ['tenths add up', () => number('0.1').add(number('0.2')), '0.3'],
  ['a difference', () => number('0.3').subtract(number('0.1')), `0.2${'0'.repeat(153)}2`],
  [
    'a large product',
    () => number('99999999999999999999').multiply(number('99999999999999999999')),
    '9999999999999999999800000000000000000001',
  ],
  ['powers of ten cancel', () => number('1e400').multiply(number('1e-400')), '1'],
  ['ints divide with 64 bits', () => BigFloat.from(1).divide(BigFloat.from(3)), '0.33333333333333333334'],
  [
    'ints stay whole',
    () => BigFloat.from(3n ** 50n).multiply(BigFloat.from(3n ** 50n)),
    (3n ** 100n).toString(),
  ],
  [
    'a float64 prints its own digits',
    () => BigFloat.fromFloat64(2 ** 100),
    '1267650600228229400000000000000',
  ],
  ['one over zero', () => number('1').divide(number('0')), '+Inf'],
  ['minus one over zero', () => number('-1').divide(number('0')), '-Inf'],
  ['zero times minus one', () => number('0').multiply(number('-1')), '-0'],
  ['infinity plus one', () => BigFloat.infinite(false).add(number('1')), '+Inf'],
  ['one over infinity', () => number('1').divide(BigFloat.infinite(true)), '-0'],
  ['the remainder has the sign of the number', () => number('-5').remainder(number('3')), '-2'],
  ['not of the divisor', () => number('5').remainder(number('-3')), '2'],
  ['a remainder with a fraction', () => number('5.5').remainder(number('2')), '1.5'],
  ['no remainder of zero', () => number('5').remainder(number('0')), '5'],
  ['a huge and a tiny number', () => number('1e300').add(number('1e-300')), `1${'0'.repeat(300)}`],
  ['floor', () => number('-1.5').floor(), '-2'],
  ['floor of a whole number', () => number('3').floor(), '3'],
  ['ceiling', () => number('1.2').ceiling(), '2'],
  ['ceiling below zero', () => number('-1.5').ceiling(), '-1'],
  ['truncate', () => number('-1.9').truncate(), '-1'],
];

const texts: readonly (readonly [string, string | undefined])[] = [
  ['5', '5'],
  ['5.', '5'],
  ['.5', '0.5'],
  ['+5', '5'],
  ['-0', '-0'],
  ['007', '7'],
  ['1e3', '1000'],
  ['1E-3', '0.001'],
  ['1p3', '8'],
  ['1.50', '1.5'],
  ['1e-20', '0.00000000000000000001'],
  ['Inf', '+Inf'],
  ['-inf', '-Inf'],
  ['123456789012345678901234567890', '123456789012345678901234567890'],
  ['', undefined],
  ['.', undefined],
  ['e5', undefined],
  ['1e', undefined],
  ['1_0', undefined],
  ['0x10', undefined],
  [' 5', undefined],
  ['1e99999999999', undefined],
  ['NaN', undefined],
];

describe('BigFloat', () => {
  for (const [what, compute, expected] of results) {
    it(`${what}: ${expected.slice(0, 30)}`, () => {
      assert.equal(compute().toText(), expected);
    });
  }

  for (const [text, expected] of texts) {
    it(`reads ${JSON.stringify(text)} as ${expected ?? 'no number'}`, () => {
      assert.equal(BigFloat.parse(text)?.toText(), expected);
    });
  }

  it('computes with 53 bits exactly as JavaScript does', () => {
    const random = new Random(20261122);
    const float = (): number => (random.below(2 ** 31) / 2 ** 31 - 0.5) * 10 ** (random.below(500) - 250);
    for (let round = 0; round < 3000; round++) {
      const [a, b] = [float(), float()];
      const [x, y] = [BigFloat.fromFloat64(a), BigFloat.fromFloat64(b)];
      assert.equal(x.toNumber(), a);
      assert.equal(Number(x.toText()), a);
      assert.equal(x.add(y).toNumber(), a + b, `${a} + ${b}`);
      if (Number.isFinite(a / b) && Math.abs(a / b) > 1e-300) {
        assert.equal(x.divide(y).toNumber(), a / b, `${a} / ${b}`);
      }
      assert.equal(Math.sign(x.compare(y)), Math.sign(a - b));
    }
  });

  it('reads every float64 back from its text, the smallest included', () => {
    for (const float of [
      5e-324, 1.5e-323, 1e-310, 2.2250738585072014e-308, 1.7976931348623157e308, 1e23, 0.1,
    ]) {
      assert.equal(number(String(float)).toNumber(), float);
      assert.equal(BigFloat.fromFloat64(float).toNumber(), float);
    }
    assert.equal(number('1e400').toNumber(), Infinity);
    assert.equal(number('2e-324').toNumber(), 0);
    assert.equal(number('3e-324').toNumber(), 5e-324);
  });

  it('refuses what has no result', () => {
    const infinity = BigFloat.infinite(false);
    assert.throws(() => number('0').divide(number('0')), /zero by zero/);
    assert.throws(() => infinity.divide(infinity), /infinity by infinity/);
    assert.throws(() => infinity.subtract(infinity), /opposing infinities/);
    assert.throws(() => number('0').multiply(infinity), /zero by infinity/);
    assert.throws(() => infinity.remainder(number('2')), /no remainder/);
    assert.throws(() => BigFloat.fromFloat64(NaN), /not a number/);
  });

  it('tells whole numbers and their size', () => {
    assert.equal(number('1e3').toBigInt(), 1000n);
    assert.equal(number('-12').toBigInt(), -12n);
    assert.equal(number('1.5').toBigInt(), undefined);
    assert.equal(BigFloat.infinite(true).toBigInt(), undefined);
    assert.ok(number('0').equals(number('-0')));
    assert.equal(number('-0').sign(), 0);
    assert.ok(BigFloat.infinite(false).compare(number('1e600')) > 0);
  });
});
