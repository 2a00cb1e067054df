import assert from 'node:assert/strict';
import type { CtyType } from '../../server/cty/type';
import {
  AnyValue,
  UNKNOWN,
  canonicalText,
  decodeValue,
  encodeValue,
  fromStateJson,
  isKnown,
  isSame,
} from '../../server/sandbox/values';
import type { Value } from '../../server/sandbox/values';

const roundTrip = (value: Value, type: CtyType): Value => decodeValue(encodeValue(value, type), type);

describe('values on the wire', () => {
  it('encode unknown values as Terraform does, and read refined ones as plain unknown', () => {
    assert.equal(Buffer.from(encodeValue(UNKNOWN, 'string')).toString('hex'), 'd40000');
    assert.equal(decodeValue(Buffer.from('c7030c8101c2', 'hex'), 'string'), UNKNOWN);
    assert.equal(decodeValue(Buffer.from('d40000', 'hex'), ['list', 'string']), UNKNOWN);
  });

  it('give objects every attribute, sorted, and drop none', () => {
    const type: CtyType = ['object', { b: 'string', a: 'number' }];
    assert.equal(Buffer.from(encodeValue({ b: 'x' }, type)).toString('hex'), '82a161c0a162a178');
    assert.deepEqual(roundTrip({}, type), { a: null, b: null });
  });

  it('keep every digit of a number', () => {
    const numbers: readonly Value[] = [
      0,
      -1,
      1.5,
      9_007_199_254_740_991,
      9_007_199_254_740_993n,
      '123456789012345678901.25',
    ];
    for (const number of numbers) assert.equal(roundTrip(number, 'number'), number);
  });

  it('carry the type of a value of any type', () => {
    const any = new AnyValue(['tuple', ['number', ['object', { a: 'bool' }]]], [1, { a: null }]);
    assert.deepEqual(roundTrip(any, 'dynamic'), any);
    assert.deepEqual(
      roundTrip([1, 'a', { b: true }], 'dynamic'),
      new AnyValue(['tuple', ['number', 'string', ['object', { b: 'bool' }]]], [1, 'a', { b: true }]),
    );
    assert.equal(roundTrip(UNKNOWN, 'dynamic'), UNKNOWN);
    assert.equal(roundTrip(null, 'dynamic'), null);
  });

  it('come back as they were, whatever they are', () => {
    for (let seed = 1; seed <= 300; seed++) {
      const next = generator(seed);
      const type = randomType(next, 3);
      const value = randomValue(next, type, 0);
      assert.ok(
        isSame(roundTrip(value, type), value),
        `${seed}: ${JSON.stringify(type)} ${canonicalText(value)}`,
      );
      assert.equal(
        isKnown(value),
        !canonicalText(value)
          .replaceAll(/"[^"]*"/g, '')
          .includes('?'),
      );
    }
  });

  it('are refused where they do not fit their type', () => {
    assert.throws(() => encodeValue(['a'], ['map', 'string']), /is no value of the type/);
    assert.throws(() => encodeValue('a', ['list', 'string']), /is no value of the type/);
  });
});

describe('values in a state file', () => {
  const type: CtyType = [
    'object',
    { n: 'number', s: 'string', l: ['list', 'number'], any: 'dynamic', b: 'bool' },
  ];

  it('keep numbers that a double would round', () => {
    const json =
      '{"n":123456789012345678901,"l":[9007199254740993,0.123456789012345678901,0.1,7,-3e2],"s":"1 \\"2.50\\""}';
    assert.deepEqual(fromStateJson(json, type), {
      n: '123456789012345678901',
      l: ['9007199254740993', '0.123456789012345678901', '0.1', 7, '-3e2'],
      s: '1 "2.50"',
      any: null,
      b: null,
    });
  });

  it('lose what the schema does not know and get null for what they lack', () => {
    assert.deepEqual(fromStateJson('{"gone":1,"b":true,"any":{"type":"number","value":1.5}}', type), {
      n: null,
      s: null,
      l: null,
      any: new AnyValue('number', '1.5'),
      b: true,
    });
    assert.equal(fromStateJson('null', type), null);
  });
});

function generator(seed: number): (limit: number) => number {
  let state = seed * 2_654_435_761;
  return (limit) => {
    state = (Math.imul(state ^ (state >>> 15), 2_246_822_519) + 0x9e3779b9) >>> 0;
    return state % limit;
  };
}

function randomType(next: (limit: number) => number, depth: number): CtyType {
  const choice = next(depth > 0 ? 9 : 4);
  const simple = (['string', 'number', 'bool', 'string'] as const)[choice];
  if (simple !== undefined) return simple;
  if (choice < 7)
    return [(['list', 'set', 'map'] as const)[choice - 4] ?? 'list', randomType(next, depth - 1)];
  const items = Array.from({ length: 1 + next(3) }, () => randomType(next, depth - 1));
  if (choice === 7) return ['tuple', items];
  return ['object', Object.fromEntries(items.map((item, index) => [`m${index}`, item]))];
}

function randomValue(next: (limit: number) => number, type: CtyType, depth: number): Value {
  const special = next(10);
  if (special === 0) return null;
  if (special === 1) return UNKNOWN;
  if (type === 'string') return ['', 'é', 'plain', '${x}'][next(4)] ?? '';
  if (type === 'number') return [0, -7, 1.25, 12345678901234567890n, '1e400'][next(5)] ?? 0;
  if (type === 'bool') return next(2) === 0;
  if (typeof type === 'string') return null;
  if (type[0] === 'object') {
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, member]) => [name, randomValue(next, member, depth + 1)]),
    );
  }
  if (type[0] === 'tuple') return type[1].map((item) => randomValue(next, item, depth + 1));
  const items = Array.from({ length: next(4) }, () => randomValue(next, type[1], depth + 1));
  return type[0] === 'map' ? Object.fromEntries(items.map((item, index) => [`k ${index}`, item])) : items;
}
