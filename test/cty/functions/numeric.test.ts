import assert from 'node:assert/strict';
import { numericFunctions } from '../../../server/cty/functions/numeric';
import {
  listValue,
  noMarks,
  numberValue,
  sensitive,
  stringValue,
  tupleValue,
  unknownValue,
  withMarks,
} from '../../../server/cty/value';
import { call, faultOf } from './calling';

const unknownNumber = unknownValue('number', true);

describe('numericFunctions', () => {
  it('give an unknown number that is not null for an unknown one', () => {
    for (const name of ['abs', 'ceil', 'floor', 'signum', 'max', 'min']) {
      assert.deepEqual(call(numericFunctions, name, unknownValue('number')), unknownNumber, name);
    }
    assert.deepEqual(call(numericFunctions, 'pow', numberValue(2), unknownValue('number')), unknownNumber);
    assert.deepEqual(call(numericFunctions, 'max', numberValue(2), unknownValue('dynamic')), unknownNumber);
  });

  it('leave a sum open while a member is unknown, and refuse what no member could mend', () => {
    const open = tupleValue([numberValue(1), unknownValue('number')]);
    assert.deepEqual(call(numericFunctions, 'sum', open), unknownNumber);
    assert.deepEqual(faultOf(numericFunctions, 'sum', listValue('number', [])), [
      0,
      'cannot sum an empty list',
    ]);
  });

  it('carry marks over from any argument and any member', () => {
    const secret = withMarks(numberValue(2), sensitive);
    assert.equal(call(numericFunctions, 'max', numberValue(1), secret).marks, sensitive);
    assert.equal(call(numericFunctions, 'sum', listValue('number', [secret])).marks, sensitive);
    assert.equal(call(numericFunctions, 'abs', numberValue(1)).marks, noMarks);
  });

  it('say which argument is at fault', () => {
    assert.deepEqual(faultOf(numericFunctions, 'parseint', numberValue(1), numberValue(10)), [
      0,
      'first argument must be a string, not number',
    ]);
    assert.deepEqual(faultOf(numericFunctions, 'parseint', stringValue('1'), numberValue(63)), [
      1,
      'base must be a whole number between 2 and 62 inclusive',
    ]);
    assert.deepEqual(faultOf(numericFunctions, 'min'), [undefined, 'must pass at least one number']);
  });

  it('read long numbers', () => {
    const digits = '7'.repeat(20_000);
    assert.deepEqual(
      call(numericFunctions, 'parseint', stringValue(digits), numberValue(10)),
      numberValue(BigInt(digits)),
    );
  });
});
