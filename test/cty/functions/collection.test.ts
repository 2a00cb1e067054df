import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { callFunction } from '../../../server/cty/callFunction';
import { sameValue } from '../../../server/cty/equality';
import { collectionFunctions } from '../../../server/cty/functions/collection';
import { ArgumentError } from '../../../server/cty/functions/function';
import { setValue } from '../../../server/cty/set';
import type { CtyType } from '../../../server/cty/type';
import type { Value } from '../../../server/cty/value';
import {
  boolValue,
  ephemeral,
  listValue,
  mapValue,
  nullValue,
  numberValue,
  objectValue,
  sensitive,
  stringValue,
  tupleValue,
  unknownValue,
  withMarks,
} from '../../../server/cty/value';
import { memoryWorld } from '../memoryWorld';

const world = memoryWorld();
const unknownText = unknownValue('string');
const [a, b] = [stringValue('a'), stringValue('b')];

function call(name: string, ...args: Value[]): Value {
  const definition = collectionFunctions[name];
  assert.ok(definition, `There is no function ${name}.`);
  return callFunction(definition, args, world);
}

function same(got: Value, wanted: Value): void {
  if (!sameValue(got, wanted)) assert.fail(`${inspect(got)} is not ${inspect(wanted)}`);
}

function texts(...values: Value[]): Value {
  return listValue('string', values);
}

describe('collection functions of what is not known yet', () => {
  it('know a length as soon as it can be known', () => {
    same(call('length', texts(unknownText, a)), numberValue(2));
    same(call('length', unknownValue(['tuple', ['string', 'bool']])), numberValue(2));
    same(call('length', unknownValue(['object', { a: 'string' }])), numberValue(1));
    same(call('length', setValue('string', [unknownText])), numberValue(1));
    same(call('length', setValue('string', [unknownText, a])), unknownValue('number', true));
    same(call('length', unknownValue(['list', 'string'])), unknownValue('number', true));
    same(call('length', unknownValue('dynamic')), unknownValue('number', true));
    same(
      call('length', withMarks(unknownText, sensitive)),
      withMarks(unknownValue('number', true), sensitive),
    );
  });

  it('find an element before one that is not known, and stay open after it', () => {
    same(call('contains', texts(a, unknownText), a), boolValue(true));
    same(call('contains', texts(unknownText, a), a), boolValue(true));
    same(call('contains', texts(unknownText, b), a), unknownValue('bool', true));
    same(call('contains', texts(b), unknownText), unknownValue('bool', true));
    same(call('index', texts(a, unknownText), a), numberValue(0));
    same(call('index', texts(unknownText, a), a), unknownValue('number', true));
  });

  it('decide alltrue and anytrue as early as Terraform does', () => {
    const flags = (...values: Value[]): Value => listValue('bool', values);
    const open = unknownValue('bool');
    same(call('alltrue', flags(boolValue(false), open)), boolValue(false));
    same(call('alltrue', flags(open, boolValue(false))), unknownValue('bool', true));
    same(call('anytrue', flags(open, boolValue(true))), boolValue(true));
    same(call('anytrue', flags(open, boolValue(false))), unknownValue('bool', true));
  });

  it('pick by position and by name from what is partly known', () => {
    same(call('element', tupleValue([unknownText, a]), numberValue(1)), a);
    same(call('element', texts(a), unknownValue('number')), unknownValue('string'));
    same(call('element', tupleValue([a]), unknownValue('number')), unknownValue('dynamic'));
    same(
      call(
        'lookup',
        objectValue([
          ['x', unknownText],
          ['y', a],
        ]),
        stringValue('y'),
      ),
      a,
    );
    same(call('lookup', mapValue('string', [['x', a]]), unknownText), unknownValue('string'));
    same(call('lookup', objectValue([['x', a]]), unknownText), unknownValue('dynamic'));
    same(call('slice', texts(unknownText, a, b), numberValue(1), numberValue(3)), texts(a, b));
    same(call('slice', tupleValue([a, b]), numberValue(0), unknownValue('number')), unknownValue('dynamic'));
    same(
      call('slice', texts(a, b), numberValue(0), unknownValue('number')),
      unknownValue(['list', 'string'], true),
    );
    same(call('one', texts(unknownText)), unknownText);
    same(call('one', setValue('string', [unknownText, a])), unknownValue('string'));
  });

  it('check bounds that are known even where the list is not', () => {
    const list = unknownValue(['list', 'string']);
    same(call('slice', list, numberValue(0), numberValue(9)), unknownValue(['list', 'string'], true));
    assert.throws(
      () => call('slice', list, numberValue(2), numberValue(1)),
      (error: unknown) => error instanceof ArgumentError && error.index === 1,
    );
  });

  it('keep the types that do not depend on what is unknown', () => {
    same(call('keys', unknownValue(['object', { b: 'string', a: 'bool' }])), tupleValue([a, b]));
    same(call('keys', unknownValue(['map', 'bool'])), unknownValue(['list', 'string'], true));
    same(call('values', unknownValue(['map', 'bool'])), unknownValue(['list', 'bool'], true));
    same(
      call('values', unknownValue(['object', { b: 'string', a: 'bool' }])),
      unknownValue(['tuple', ['bool', 'string']], true),
    );
    same(
      call('merge', unknownValue(['map', 'string']), mapValue('string', [['x', a]])),
      unknownValue(['map', 'string'], true),
    );
    same(call('merge', unknownValue(['map', 'string']), objectValue([['x', a]])), unknownValue('dynamic'));
    same(
      call('merge', unknownValue(['object', { y: 'bool' }]), objectValue([['x', a]])),
      unknownValue(['object', { x: 'string', y: 'bool' }], true),
    );
    same(call('concat', texts(a), unknownValue(['list', 'string'])), unknownValue(['list', 'string'], true));
    same(call('concat', tupleValue([a]), unknownValue(['list', 'string'])), unknownValue('dynamic'));
    same(
      call('concat', tupleValue([a]), unknownValue(['tuple', ['bool']])),
      unknownValue(['tuple', ['string', 'bool']], true),
    );
    same(
      call('reverse', unknownValue(['tuple', ['bool', 'string']])),
      unknownValue(['tuple', ['string', 'bool']], true),
    );
    same(
      call('zipmap', texts(unknownText), listValue('bool', [boolValue(true)])),
      unknownValue(['map', 'bool'], true),
    );
    same(call('zipmap', texts(unknownText), tupleValue([a])), unknownValue('dynamic'));
    same(
      call('setproduct', unknownValue(['set', 'string']), texts(a)),
      unknownValue(['set', ['tuple', ['string', 'string']]], true),
    );
  });

  it('work out what holds unknown elements where these do not matter', () => {
    same(call('concat', texts(unknownText), texts(a)), texts(unknownText, a));
    same(call('reverse', texts(unknownText, a)), texts(a, unknownText));
    same(call('flatten', tupleValue([tupleValue([unknownText]), a])), tupleValue([unknownText, a]));
    same(call('flatten', tupleValue([unknownValue(['list', 'string']), a])), unknownValue('dynamic'));
    same(call('flatten', tupleValue([unknownValue('dynamic')])), unknownValue('dynamic'));
    same(
      call('setunion', setValue('string', [unknownText]), setValue('string', [a])),
      setValue('string', [unknownText, a]),
    );
    same(
      call('setsubtract', setValue('string', [unknownText]), setValue('string', [a])),
      unknownValue(['set', 'string'], true),
    );
    same(call('distinct', texts(unknownText, a)), unknownValue(['list', 'string'], true));
    same(call('compact', texts(unknownText, a)), unknownValue(['list', 'string'], true));
    same(call('sort', texts(unknownText, a)), unknownValue(['list', 'string'], true));
    same(call('matchkeys', texts(a, b), texts(a, b), texts(unknownText)), texts());
    same(
      call('setproduct', setValue('string', [unknownText, a]), texts()),
      setValue(['tuple', ['string', 'string']], []),
    );
  });

  it('wait where the first value is not known that could count', () => {
    same(call('coalesce', unknownText, a), unknownValue('string', true));
    same(call('coalesce', a, unknownText), a);
    same(call('coalesce', nullValue('string'), unknownText), unknownValue('string', true));
    same(call('coalescelist', unknownValue(['list', 'string']), texts(a)), unknownValue('dynamic'));
    same(call('coalescelist', texts(a), unknownValue(['list', 'string'])), texts(a));
  });
});

describe('collection functions of marked values', () => {
  const secret = withMarks(stringValue('s'), sensitive);

  it('leave marks where the values go', () => {
    same(call('concat', texts(secret), texts(a)), texts(secret, a));
    same(call('values', objectValue([['x', secret]])), tupleValue([secret]));
    same(
      call('merge', objectValue([['x', secret]]), objectValue([['y', a]])),
      objectValue([
        ['x', secret],
        ['y', a],
      ]),
    );
    same(call('element', tupleValue([secret, a]), numberValue(1)), a);
    same(
      call('chunklist', texts(secret, a), numberValue(1)),
      listValue(['list', 'string'], [texts(secret), texts(a)]),
    );
    same(call('length', texts(secret)), numberValue(1));
    same(call('keys', objectValue([['a', secret]])), tupleValue([a]));
  });

  it('mark the whole where the result tells of them', () => {
    same(call('contains', texts(secret), a), withMarks(boolValue(false), sensitive));
    same(call('distinct', texts(secret, a)), withMarks(texts(stringValue('s'), a), sensitive));
    same(
      call('zipmap', texts(withMarks(a, sensitive)), tupleValue([b])),
      withMarks(objectValue([['a', b]]), sensitive),
    );
    same(call('lookup', objectValue([['a', b]]), withMarks(a, ephemeral)), withMarks(b, ephemeral));
    same(
      call('flatten', tupleValue([withMarks(tupleValue([a]), ephemeral), b])),
      withMarks(tupleValue([a, b]), ephemeral),
    );
    same(
      call('setproduct', withMarks(texts(a), sensitive), texts(b)),
      withMarks(listValue(['tuple', ['string', 'string']], [tupleValue([a, b])]), sensitive),
    );
    same(
      call('sort', texts(unknownText, secret)),
      withMarks(unknownValue(['list', 'string'], true), sensitive),
    );
  });

  it('do not name a secret key that is not there', () => {
    assert.throws(
      () => call('lookup', mapValue('string', []), secret),
      /failed to find key \(sensitive value\)/,
    );
    assert.throws(() => call('lookup', mapValue('string', []), a), /failed to find key "a"/);
  });
});

describe('faults of collection functions', () => {
  const indexOf = (name: string, ...args: Value[]): number | undefined => {
    try {
      call(name, ...args);
    } catch (error) {
      return error instanceof ArgumentError ? error.index : -1;
    }
    return undefined;
  };

  it('say which argument is at fault, or that it is not one', () => {
    assert.equal(indexOf('slice', texts(a), numberValue(0), numberValue(2)), 2);
    assert.equal(indexOf('setproduct', texts(a), a), 1);
    assert.equal(indexOf('concat', texts(a), tupleValue([]), a), 2);
    assert.equal(indexOf('lookup', objectValue([]), a), 0);
    assert.equal(indexOf('lookup', mapValue('number', []), a, tupleValue([])), 2);
    assert.equal(indexOf('keys', a), 0);
    assert.equal(indexOf('one', texts(a, b)), 0);
    assert.equal(indexOf('range', numberValue(0), numberValue(5), numberValue(-1)), 1);
    assert.equal(indexOf('element', tupleValue([]), numberValue(0)), -1);
    assert.equal(indexOf('contains', a, a), -1);
    assert.equal(indexOf('distinct', a), 0);
    assert.equal(indexOf('chunklist', texts(a), nullValue('number')), 1);
  });
});

describe('collection functions of large values', () => {
  const count = 10_000;
  const pair: CtyType = ['object', { id: 'number', name: 'string' }];
  const objects = listValue(
    pair,
    Array.from({ length: count }, (_, id) =>
      objectValue([
        ['id', numberValue(id)],
        ['name', stringValue(`n${id % 7}`)],
      ]),
    ),
  );

  // Compared with each other these would need minutes, far beyond the test's time.
  it('find equal elements without comparing each with each', () => {
    const doubled = call('concat', objects, objects);
    same(call('distinct', doubled), objects);
    same(call('length', call('setunion', doubled, objects)), numberValue(count));
    same(call('length', call('setintersection', doubled, objects)), numberValue(count));
    same(call('length', call('setsubtract', doubled, objects)), numberValue(0));
    same(call('matchkeys', objects, objects, objects), objects);
  });

  it('leave a product unknown that would have too many members', () => {
    const product = call('setproduct', objects, objects, objects);
    same(product, unknownValue(['list', ['tuple', [pair, pair, pair]]], true));
    same(
      call('setproduct', objects, objects, listValue('string', [])),
      listValue(['tuple', [pair, pair, 'string']], []),
    );
  });

  it('count the characters of a long text', () => {
    same(call('length', stringValue('e\u0301👩‍🚀'.repeat(30_000))), numberValue(60_000));
  });

  it('flatten what is nested deep', () => {
    let nested: Value = tupleValue([a]);
    for (let depth = 0; depth < 2_000; depth++) nested = tupleValue([nested]);
    same(call('flatten', nested), tupleValue([a]));
  });
});
