import assert from 'node:assert/strict';
import { callFunction } from '../../../server/cty/callFunction';
import { hashAndCryptoFunctions } from '../../../server/cty/functions/hashAndCrypto';
import type { Value } from '../../../server/cty/value';
import { numberValue, sensitive, stringValue, unknownValue, withMarks } from '../../../server/cty/value';
import { memoryWorld } from '../memoryWorld';

function call(name: string, ...args: Value[]): Value {
  const definition = hashAndCryptoFunctions[name];
  assert.ok(definition, `There is no function ${name}.`);
  return callFunction(definition, args, memoryWorld());
}

describe('hash and crypto functions', () => {
  it('do not know what is random', () => {
    const unknown = unknownValue('string', true);
    assert.deepEqual(call('uuid'), unknown);
    assert.deepEqual(call('bcrypt', stringValue('x')), unknown);
    assert.deepEqual(call('bcrypt', stringValue('x'), numberValue(5)), unknown);
    assert.deepEqual(call('bcrypt', withMarks(stringValue('x'), sensitive)), withMarks(unknown, sensitive));
  });

  it('still refuse what cannot be hashed', () => {
    assert.throws(
      () => call('bcrypt', stringValue('x'), numberValue(32)),
      /cost 32 is outside allowed range \(4,31\)/,
    );
    assert.throws(() => call('bcrypt', stringValue('é'.repeat(37))), /exceeds 72 bytes/);
    assert.throws(() => call('bcrypt', stringValue('x'), numberValue(5), numberValue(6)), /no more than two/);
  });

  it('wait for what is not known', () => {
    assert.deepEqual(call('md5', unknownValue('string')), unknownValue('string', true));
    assert.deepEqual(
      call('uuidv5', stringValue('nope'), unknownValue('string')),
      unknownValue('string', true),
    );
    assert.deepEqual(
      call('rsadecrypt', unknownValue('string'), stringValue('x')),
      unknownValue('string', true),
    );
  });
});
