import assert from 'node:assert/strict';
import { gunzipSync } from 'node:zlib';
import { encodingFunctions } from '../../../server/cty/functions/encoding';
import type { Value } from '../../../server/cty/value';
import {
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

describe('encodingFunctions', () => {
  it('give an unknown text while anything in the value is unknown', () => {
    const open = tupleValue([numberValue(1), unknownValue('number')]);
    assert.deepEqual(call(encodingFunctions, 'jsonencode', open), unknownText);
    assert.deepEqual(call(encodingFunctions, 'jsonencode', unknownValue('dynamic')), unknownText);
    assert.deepEqual(call(encodingFunctions, 'yamlencode', open), unknownValue('string'));
  });

  it('give a value of any type while the text is unknown', () => {
    for (const name of ['jsondecode', 'yamldecode', 'csvdecode']) {
      const result = call(encodingFunctions, name, unknownValue('string'));
      assert.deepEqual(result, unknownValue('dynamic'), name);
    }
  });

  it('carry marks over from inside', () => {
    const value = objectValue([['a', withMarks(text('b'), sensitive)]]);
    for (const name of ['jsonencode', 'yamlencode']) {
      assert.equal(call(encodingFunctions, name, value).marks, sensitive, name);
    }
    assert.equal(call(encodingFunctions, 'jsondecode', withMarks(text('[1]'), sensitive)).marks, sensitive);
  });

  it('do not show what is sensitive', () => {
    assert.deepEqual(faultOf(encodingFunctions, 'base64decode', withMarks(text('hidden'), sensitive)), [
      undefined,
      'failed to decode base64 data (sensitive value)',
    ]);
  });

  it('say which argument is at fault', () => {
    assert.equal(faultOf(encodingFunctions, 'textencodebase64', text('é'), text('us-ascii'))[0], 0);
    assert.equal(faultOf(encodingFunctions, 'textencodebase64', text('é'), text('nope'))[0], 1);
    assert.equal(faultOf(encodingFunctions, 'textdecodebase64', text('%'), text('UTF-8'))[0], 0);
  });

  it('refuse what is nested too deep instead of running out of stack', () => {
    for (const [name, source] of [
      ['jsondecode', '['.repeat(200_000)],
      ['jsondecode', '{"a":'.repeat(200_000)],
      ['yamldecode', '['.repeat(20_000)],
      ['yamldecode', '- '.repeat(20_000) + 'x'],
    ] as const) {
      assert.match(
        faultOf(encodingFunctions, name, text(source))[1],
        /nested more than 1000 deep/,
        source.slice(0, 5),
      );
    }
    let deep: Value = nullValue('dynamic');
    for (let depth = 0; depth < 2000; depth++) deep = tupleValue([deep]);
    for (const name of ['jsonencode', 'yamlencode']) {
      assert.match(faultOf(encodingFunctions, name, deep)[1], /nested more than 1000 deep/, name);
    }
  });

  it('refuse aliases that multiply without end', () => {
    const names = ['a', 'b', 'c', 'd', 'e', 'f', 'g', 'h'];
    const lines = names.map((name, index) => {
      const previous = names[index - 1];
      return `${name}: &${name} [${new Array(10).fill(previous === undefined ? 'x' : `*${previous}`).join(', ')}]`;
    });
    assert.match(
      faultOf(encodingFunctions, 'yamldecode', text(lines.join('\n')))[1],
      /aliases make more than 1000000 values/,
    );
  });

  it('write gzip that gives the text back, also where it fills more than one window', () => {
    let state = 1;
    const letters = Array.from({ length: 200_000 }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return String.fromCharCode(33 + ((state >>> 24) % 90));
    });
    for (const source of [
      '',
      'a'.repeat(70_000),
      letters.join(''),
      letters.slice(0, 40_000).join('').repeat(3),
    ]) {
      const result = call(encodingFunctions, 'base64gzip', text(source));
      assert.ok(result.kind === 'known' && typeof result.content === 'string');
      assert.equal(gunzipSync(Buffer.from(result.content, 'base64')).toString(), source);
    }
  });
});
