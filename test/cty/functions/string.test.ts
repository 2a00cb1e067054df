import assert from 'node:assert/strict';
import { stringFunctions } from '../../../server/cty/functions/string';
import { setValue } from '../../../server/cty/set';
import type { Value } from '../../../server/cty/value';
import {
  boolValue,
  listValue,
  nullValue,
  numberValue,
  objectValue,
  sensitive,
  stringValue,
  tupleValue,
  unknownValue,
  withMarks,
} from '../../../server/cty/value';
import { call, faultOf } from './calling';

const text = stringValue;
const unknownText = unknownValue('string', true);

describe('stringFunctions', () => {
  it('give an unknown result of their type for an unknown argument', () => {
    for (const name of ['chomp', 'lower', 'title', 'trimspace', 'upper', 'strrev']) {
      assert.deepEqual(call(stringFunctions, name, unknownValue('string')), unknownText, name);
    }
    assert.deepEqual(
      call(stringFunctions, 'split', text(','), unknownValue('string')),
      unknownValue(['list', 'string'], true),
    );
    assert.deepEqual(
      call(stringFunctions, 'endswith', unknownValue('string'), text('a')),
      unknownValue('bool', true),
    );
  });

  it('know that every string starts with the empty one', () => {
    assert.deepEqual(call(stringFunctions, 'startswith', unknownValue('string'), text('')), boolValue(true));
    assert.deepEqual(
      call(stringFunctions, 'startswith', unknownValue('string'), text('a')),
      unknownValue('bool', true),
    );
  });

  it('leave a join open while a member is unknown', () => {
    const list = listValue('string', [text('a'), unknownValue('string')]);
    assert.deepEqual(call(stringFunctions, 'join', text(','), list), unknownText);
  });

  it('say which list of a join holds null', () => {
    const fault = listValue('string', [nullValue('string')]);
    const fine = listValue('string', [text('a')]);
    assert.deepEqual(faultOf(stringFunctions, 'join', text(','), fine, fault), [
      2,
      'element 0 of list 2 is null; cannot concatenate null values',
    ]);
  });

  it('refuse to indent into more text than memory holds', () => {
    assert.deepEqual(faultOf(stringFunctions, 'indent', numberValue(1e9), text('a\nb')), [
      undefined,
      '1000000000 spaces on each of 1 lines are too many',
    ]);
  });

  it('carry marks over', () => {
    const secret = withMarks(text('a,b'), sensitive);
    assert.equal(call(stringFunctions, 'split', text(','), secret).marks, sensitive);
    assert.equal(call(stringFunctions, 'format', text('%s'), secret).marks, sensitive);
    assert.equal(call(stringFunctions, 'join', text(','), listValue('string', [secret])).marks, sensitive);
  });
});

describe('format', () => {
  const format = (...args: Value[]): Value => call(stringFunctions, 'format', ...args);

  it('waits for everything in its arguments, and for their types', () => {
    assert.deepEqual(format(text('%v'), tupleValue([unknownValue('string')])), unknownText);
    assert.deepEqual(format(text('%s'), unknownValue('string')), unknownText);
    assert.deepEqual(format(text('%s'), nullValue('dynamic')), unknownValue('dynamic'));
  });

  it('names the first argument that the template does not use', () => {
    assert.deepEqual(faultOf(stringFunctions, 'format', text('%s'), text('a'), text('b')), [
      2,
      'too many arguments; only 1 used by format string',
    ]);
    assert.deepEqual(faultOf(stringFunctions, 'format', text('x'), text('a')), [
      1,
      'too many arguments; no verbs in format string',
    ]);
  });

  it('counts the offset of a fault in bytes', () => {
    assert.deepEqual(faultOf(stringFunctions, 'format', text('é%d'), text('x')), [
      undefined,
      'unsupported value for "%d" at 2: a number is required',
    ]);
  });

  it('refuses a width that nobody can mean', () => {
    assert.deepEqual(faultOf(stringFunctions, 'format', text('%99999999d'), numberValue(1)), [
      undefined,
      'the width or precision in "%99999999d" is too large',
    ]);
  });

  it('leaves only those results of formatlist open that depend on what is unknown', () => {
    const list = tupleValue([text('a'), unknownValue('string')]);
    assert.deepEqual(
      call(stringFunctions, 'formatlist', text('<%s>'), list),
      listValue('string', [text('<a>'), unknownText]),
    );
    assert.deepEqual(
      call(stringFunctions, 'formatlist', text('<%s>'), unknownValue(['list', 'string'])),
      unknownValue(['list', 'string'], true),
    );
  });

  it('does not count the members of a set while one is unknown', () => {
    const set = setValue('string', [text('a'), unknownValue('string')]);
    assert.deepEqual(
      call(stringFunctions, 'formatlist', text('<%s>'), set),
      unknownValue(['list', 'string'], true),
    );
  });
});

describe('regular expressions', () => {
  it('give what type the groups make, before the text is known', () => {
    const regex = (pattern: Value): Value => call(stringFunctions, 'regex', pattern, unknownValue('string'));
    assert.deepEqual(regex(text('a')), unknownText);
    assert.deepEqual(regex(text('(a)(b)')), unknownValue(['tuple', ['string', 'string']], true));
    assert.deepEqual(regex(text('(?P<n>a)')), unknownValue(['object', { n: 'string' }], true));
    assert.deepEqual(regex(unknownValue('string')), unknownValue('dynamic'));
    assert.deepEqual(
      call(stringFunctions, 'regexall', unknownValue('string'), text('a')),
      unknownValue(['list', 'dynamic'], true),
    );
  });

  it('are at fault even where the text is unknown', () => {
    assert.deepEqual(faultOf(stringFunctions, 'regex', text('('), unknownValue('string')), [
      0,
      'invalid regexp pattern: missing closing ) in (',
    ]);
  });

  it('take the last of two groups with one name', () => {
    assert.deepEqual(
      call(stringFunctions, 'regex', text('(?P<n>a)[(?P<n>]*\\(\\Q(?P<n>\\E(?P<n>b)'), text('a((?P<n>b')),
      objectValue([['n', text('b')]]),
    );
  });

  it('answer for patterns that freeze other engines', () => {
    const many = text('a'.repeat(20_000));
    assert.deepEqual(faultOf(stringFunctions, 'regex', text('(a+)+b'), many), [
      undefined,
      'pattern did not match any part of the given string',
    ]);
  });

  it('give an unknown result rather than to take minutes', () => {
    const pattern = text('(a|b|ab){500}c');
    assert.deepEqual(
      call(stringFunctions, 'regexall', pattern, text('ab'.repeat(200_000))),
      unknownValue(['list', ['tuple', ['string']]], true),
    );
    assert.deepEqual(
      call(stringFunctions, 'replace', text('ab'.repeat(200_000)), text('/(a|b|ab){500}c/'), text('')),
      unknownText,
    );
  });
});
