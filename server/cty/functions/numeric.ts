import { BigFloat } from '../bigFloat';
import { convert } from '../convert';
import { friendlyName } from '../types';
import type { Value } from '../value';
import { numberValue, unknownValue } from '../value';
import { isWhollyKnown, membersOf, numberOf, parameter, textOf, wholeNumberOf } from './argumentValues';
import { logarithm, power } from './floatMath';
import type { FunctionDefinition, FunctionTable } from './function';
import { ArgumentError } from './function';
import { quote } from './goQuote';

/** Functions of numbers. Facts: go-cty `function/stdlib`, Terraform `lang/funcs`, and `terraform console` 1.11.4. */
export const numericFunctions: FunctionTable = {
  abs: ofOne((number) => number.absolute(), true),
  ceil: ofOne((number) => number.ceiling().withPrecision(number.precision)),
  floor: ofOne((number) => number.floor().withPrecision(number.precision)),
  log: ofTwoFloats('base', (x, base) => logarithm(x) / logarithm(base)),
  max: extreme((candidate, best) => candidate.compare(best) > 0, true),
  min: extreme((candidate, best) => candidate.compare(best) < 0, false),
  parseint: {
    parameters: [parameter('number', 'dynamic'), parameter('base', 'number')],
    type: ([number]) => {
      if (number && number.type !== 'string') {
        throw new ArgumentError(0, `first argument must be a string, not ${friendlyName(number.type)}`);
      }
      return 'number';
    },
    call: ([number, base]) => numberValue(parseInteger(textOf(number), radix(base))),
  },
  pow: ofTwoFloats('power', power),
  signum: {
    parameters: [parameter('num', 'number')],
    type: 'number',
    notNull: true,
    call: ([num]) => numberValue(Math.sign(wholeNumberOf(num))),
  },
  sum: {
    parameters: [parameter('list', 'dynamic')],
    type: 'number',
    notNull: true,
    call: ([list]) => (list ? sum(list) : unknownValue('number')),
  },
};

function ofOne(compute: (number: BigFloat) => BigFloat, allowDynamic = false): FunctionDefinition {
  return {
    parameters: [{ name: 'num', type: 'number', allowDynamic }],
    type: 'number',
    notNull: true,
    call: ([num]) => numberValue(compute(numberOf(num))),
  };
}

function ofTwoFloats(second: string, compute: (a: number, b: number) => number): FunctionDefinition {
  return {
    parameters: [parameter('num', 'number'), parameter(second, 'number')],
    type: 'number',
    notNull: true,
    call: ([a, b]) => {
      const result = compute(floatOf(a), floatOf(b));
      if (Number.isNaN(result)) throw new RangeError('result is not a number');
      return numberValue(BigFloat.fromFloat64(result));
    },
  };
}

function floatOf(value: Value | undefined): number {
  const exact = numberOf(value);
  const float = exact.toNumber();
  if (Number.isFinite(float) || exact.isInfinite()) return float;
  const limit = BigInt(Number.MAX_VALUE).toString();
  throw new RangeError(`value must be between -${limit}.000000 and ${limit}.000000 inclusive`);
}

function extreme(
  isBetter: (candidate: BigFloat, best: BigFloat) => boolean,
  largest: boolean,
): FunctionDefinition {
  return {
    parameters: [],
    variadic: { name: 'numbers', type: 'number', allowDynamic: true },
    type: 'number',
    notNull: true,
    call: (args) => {
      if (args.length === 0) throw new RangeError('must pass at least one number');
      let best = BigFloat.infinite(largest);
      for (const candidate of args.map(numberOf)) if (isBetter(candidate, best)) best = candidate;
      return numberValue(best);
    },
  };
}

function radix(value: Value | undefined): number {
  const base = inArgument(1, () => wholeNumberOf(value));
  if (base < 2 || base > 62) {
    throw new ArgumentError(1, 'base must be a whole number between 2 and 62 inclusive');
  }
  return base;
}

function inArgument<T>(index: number, compute: () => T): T {
  try {
    return compute();
  } catch (error) {
    throw error instanceof RangeError ? new ArgumentError(index, error.message) : error;
  }
}

const digits = '0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ';

function parseInteger(text: string, base: number): bigint {
  const unsigned = /^[+-]/.test(text) ? text.slice(1) : text;
  // Up to 36, a letter counts the same in both cases.
  const values = Array.from(base <= 36 ? unsigned.toLowerCase() : unsigned, (digit) => digits.indexOf(digit));
  // Lower-casing may turn a character that is no digit into one: only ASCII is.
  const valid = /^[0-9a-zA-Z]+$/.test(unsigned) && values.every((value) => value >= 0 && value < base);
  if (!valid) throw new ArgumentError(0, `cannot parse ${quote(text)} as a base ${base} integer`);
  const size = fromDigits(values, BigInt(base));
  return text.startsWith('-') ? -size : size;
}

/** Joins pairs of digits to digits of the squared base, over and over: much quicker than one by one for long numbers. */
function fromDigits(values: readonly number[], base: bigint): bigint {
  let places = values.map(BigInt).reverse();
  for (let factor = base; places.length > 1; factor *= factor) {
    const joined: bigint[] = [];
    for (let at = 0; at < places.length; at += 2) {
      joined.push((places[at] ?? 0n) + (places[at + 1] ?? 0n) * factor);
    }
    places = joined;
  }
  return places[0] ?? 0n;
}

function sum(list: Value): Value {
  const type = list.type;
  if (typeof type === 'string') throw new ArgumentError(0, 'cannot sum noniterable');
  const members = membersOf(list);
  if (members.length === 0) throw new ArgumentError(0, 'cannot sum an empty list');
  if (type[0] === 'map' || type[0] === 'object') {
    throw new ArgumentError(0, `argument must be list, set, or tuple. Received ${friendlyName(type)}`);
  }
  if (!isWhollyKnown(list)) return unknownValue('number');
  return numberValue(members.map(summand).reduce((total, next) => total.add(next)));
}

function summand(member: Value): BigFloat {
  const message = 'argument must be list, set, or tuple of number values';
  if (member.kind === 'null') throw new ArgumentError(0, message);
  try {
    return numberOf(convert(member, 'number'));
  } catch (error) {
    if (error instanceof Error) throw new ArgumentError(0, message);
    throw error;
  }
}
