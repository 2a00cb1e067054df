import assert from 'node:assert/strict';
import { dateAndTimeFunctions } from '../../../server/cty/functions/dateAndTime';
import { sensitive, stringValue, unknownValue, withMarks } from '../../../server/cty/value';
import { call, faultOf } from './calling';

const text = stringValue;
const time = text('2024-02-29T12:00:00Z');

describe('dateAndTimeFunctions', () => {
  it('do not know what time it will be', () => {
    for (const name of ['timestamp', 'plantimestamp']) {
      assert.deepEqual(call(dateAndTimeFunctions, name), unknownValue('string', true), name);
    }
  });

  it('give unknown results for unknown times', () => {
    assert.deepEqual(
      call(dateAndTimeFunctions, 'formatdate', text('YYYY'), unknownValue('string')),
      unknownValue('string', true),
    );
    assert.deepEqual(
      call(dateAndTimeFunctions, 'timecmp', time, unknownValue('string')),
      unknownValue('number', true),
    );
  });

  it('carry marks over', () => {
    assert.equal(
      call(dateAndTimeFunctions, 'timeadd', withMarks(time, sensitive), text('1h')).marks,
      sensitive,
    );
  });

  it('say which argument is at fault', () => {
    assert.equal(faultOf(dateAndTimeFunctions, 'formatdate', text('Q'), time)[0], 0);
    assert.equal(faultOf(dateAndTimeFunctions, 'formatdate', text('YYYY'), text('x'))[0], 1);
    assert.equal(faultOf(dateAndTimeFunctions, 'timecmp', text('x'), time)[0], 0);
    assert.equal(faultOf(dateAndTimeFunctions, 'timecmp', time, text('x'))[0], 1);
    assert.equal(faultOf(dateAndTimeFunctions, 'timeadd', time, text('x'))[0], undefined);
  });
});
