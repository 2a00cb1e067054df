import assert from 'node:assert/strict';
import { offsetIn, readJson } from '../../server/hcl/jsonText';
import type { JsonValue } from '../../server/hcl/jsonText';
import { mutate } from './mutate';
import { Random } from './random';

const valid = [
  '{}',
  '[]',
  'null',
  ' "x" ',
  '{"a": 1, "b": [true, false, null], "a": 2}',
  '[0, -0, 1.5, 1e5, -2E-3, 1.25e+2]',
  '"\\" \\\\ \\/ \\b \\f \\n \\r \\t \\u00e9 \\ud83d\\ude00 日本 👩‍🚀 \u007f\u2028"',
  '\r\n\t{\r\n"resource" : {"aws_instance": {"a": {"ami": "${var.x}", "tags": {"k": "v"}}}}}\n',
];

const wrong: readonly (readonly [string, string, string, unknown])[] = [
  ['', 'json-value-expected', '', 'invalid'],
  ['\uFEFF{"a":1}', 'json-byte-order-mark', '\uFEFF', { a: 1 }],
  ['{"a":1} x', 'json-after-end', 'x', { a: 1 }],
  ['{"a":1,}', 'json-trailing-comma', ',', { a: 1 }],
  ['[1,]', 'json-trailing-comma', ',', [1]],
  ['{"a":1 "b":2}', 'json-comma-expected', '"', { a: 1, b: 2 }],
  ['[1 2]', 'json-comma-expected', '2', [1, 2]],
  ['{"a" 1}', 'json-colon-expected', '1', { a: 1 }],
  ['{"a"}', 'json-colon-expected', '}', { a: 'invalid' }],
  ['{"a" = 1}', 'json-equals', '=', { a: 1 }],
  ['{a: 1}', 'json-name-quotes', 'a', { a: 1 }],
  ['{1: 2, "b": 3}', 'json-name-quotes', '1', { 1: 2, b: 3 }],
  ['{"a": {"b": 1, "c": 2}', 'json-unclosed-object', '{', { a: { b: 1, c: 2 } }],
  ['{"a": [1, 2}', 'json-wrong-bracket', '}', { a: [1, 2] }],
  ['[{"a": 1], 2]', 'json-wrong-bracket', ']', [{ a: 1 }]],
  ['{"a": "x\n, "b": 1}', 'json-unclosed-string', '"x', { a: 'x', b: 1 }],
  ['"a\tb"', 'json-control-character', '\t', 'a'],
  ['"\\x"', 'json-escape', '\\x', '\\x'],
  ['"\\u12"', 'json-escape', '\\u', '\\u12'],
  ['[01]', 'json-number', '01', ['invalid']],
  ['[+1]', 'json-number', '+1', ['invalid']],
  ['[.5]', 'json-number', '.5', ['invalid']],
  ['[1.]', 'json-number', '1.', ['invalid']],
  ['[True]', 'json-keyword', 'True', ['invalid']],
  ['[NaN]', 'json-keyword', 'NaN', ['invalid']],
  ["['x']", 'json-single-quotes', "'x'", ['invalid']],
  ['{"a": 1 /* x */}', 'json-comment', '/* x */', { a: 1 }],
  ['# x\n{"a": 1}', 'json-comment', '# x', { a: 1 }],
  ['{"a": 1, // x\n"b": 2}', 'json-comment', '// x', { a: 1, b: 2 }],
  ['["a": 1]', 'json-colon-in-array', ':', ['a']],
];

describe('JSON text', () => {
  it('is read as JSON.parse reads it', () => {
    for (const text of valid) {
      const { root, errors } = readJson(text);
      assert.deepEqual(errors, [], text);
      assert.deepEqual(plain(root), JSON.parse(text), text);
    }
  });

  it('has the place of every value, name and character', () => {
    const text = ' {"a": [1, "b\\n\\u00e9c", {"": null}]}';
    const { root } = readJson(text);
    assert.ok(root.kind === 'object');
    const [property] = root.properties;
    assert.ok(property?.value.kind === 'array');
    assert.equal(sliceOf(text, property.name), '"a"');
    assert.equal(sliceOf(text, property.value), '[1, "b\\n\\u00e9c", {"": null}]');
    assert.deepEqual(
      property.value.items.map((item) => sliceOf(text, item)),
      ['1', '"b\\n\\u00e9c"', '{"": null}'],
    );
    const string = property.value.items[1];
    assert.ok(string?.kind === 'string');
    const starts = [...Array(string.value.length + 1).keys()].map((index) =>
      text.charAt(offsetIn(string, index)),
    );
    assert.deepEqual(starts, ['b', '\\', '\\', 'c', '"']);
  });

  for (const [text, code, at, kept] of wrong) {
    it(`tells of ${JSON.stringify(text).slice(0, 60)}`, () => {
      assert.throws(() => JSON.parse(text) as unknown, `${text} is JSON`);
      const { root, errors } = readJson(text);
      const [error] = errors;
      assert.equal(error?.code, code);
      assert.equal(text.slice(error.range.start, error.range.end), at);
      assert.deepEqual(plain(root), kept);
    });
  }

  it('ends: 100,000 open brackets are an error, not an overflow', () => {
    for (const open of ['[', '{"a":', '[{"a":']) {
      const { errors } = readJson(open.repeat(100_000));
      assert.equal(errors[0]?.code, 'json-too-deep');
    }
    assert.equal(readJson(`${'['.repeat(10_000)}${']'.repeat(10_000)}`).errors.length, 1);
    assert.deepEqual(readJson(`${'['.repeat(300)}${']'.repeat(300)}`).errors, []);
  });

  it('has errors exactly where JSON.parse throws, and never throws itself', () => {
    const random = new Random(20261122);
    for (let turn = 0; turn < 4000; turn++) {
      let text = valid[turn % valid.length] ?? '';
      for (let fault = 0; fault <= turn % 3; fault++) text = mutate(random, text);
      let accepted = true;
      try {
        JSON.parse(text);
      } catch {
        accepted = false;
      }
      const { errors } = readJson(text);
      assert.equal(errors.length === 0, accepted, JSON.stringify(text));
      for (const { range } of errors) {
        assert.ok(
          0 <= range.start && range.start <= range.end && range.end <= text.length,
          JSON.stringify(text),
        );
      }
    }
  });
});

function plain(value: JsonValue): unknown {
  switch (value.kind) {
    case 'object':
      return Object.fromEntries(value.properties.map(({ name, value: inner }) => [name.value, plain(inner)]));
    case 'array':
      return value.items.map(plain);
    case 'string':
    case 'bool':
      return value.value;
    case 'number':
      return Number(value.text);
    case 'null':
      return null;
    case 'invalid':
      return 'invalid';
  }
}

function sliceOf(text: string, { range }: { range: { start: number; end: number } }): string {
  return text.slice(range.start, range.end);
}
