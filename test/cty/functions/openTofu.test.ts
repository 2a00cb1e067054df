import assert from 'node:assert/strict';
import { inspect } from 'node:util';
import { gzipSync } from 'node:zlib';
import { sameValue } from '../../../server/cty/equality';
import { evaluate } from '../../../server/cty/evaluate';
import { openTofuFunctions } from '../../../server/cty/functions/openTofu';
import { findFunctionDefinition } from '../../../server/cty/functions/table';
import type { Value } from '../../../server/cty/value';
import {
  boolValue,
  listValue,
  nullValue,
  numberValue,
  objectValue,
  sensitive,
  stringValue,
  unknownValue,
  withMarks,
} from '../../../server/cty/value';
import { setValue } from '../../../server/cty/set';
import { parseFile } from '../../../server/hcl/parser';
import { memoryWorld } from '../memoryWorld';

const names = new Map<string, Value>([
  ['text', unknownValue('string')],
  ['list', unknownValue(['list', 'string'])],
  ['set', setValue('string', [unknownValue('string'), stringValue('a')])],
  ['anything', unknownValue('dynamic')],
  ['none', nullValue('string')],
  ['secret', withMarks(stringValue('s'), sensitive)],
  ['zipped', stringValue(gzipSync('žluť 🙂').toString('base64'))],
  ['bomb', stringValue(gzipSync(Buffer.alloc(17 * 1024 * 1024)).toString('base64'))],
]);

function run(expression: string): { readonly value: Value; readonly error: string | undefined } {
  const [item] = parseFile(`x = ${expression}\n`).body.items;
  assert.ok(item?.kind === 'attribute');
  const { value, errors } = evaluate(item.value, {
    variable: (name) => names.get(name),
    functions: (name) => openTofuFunctions[name] ?? findFunctionDefinition(name),
    world: memoryWorld(),
  });
  return { value, error: errors[0]?.message };
}

function gives(expression: string, wanted: Value): void {
  const { value, error } = run(expression);
  if (error !== undefined || !sameValue(value, wanted)) {
    assert.fail(`${expression}: ${error ?? inspect(value)} is not ${inspect(wanted)}`);
  }
}

function fails(expression: string, message: RegExp): void {
  assert.match(run(expression).error ?? 'no error', message, expression);
}

describe("OpenTofu's own functions", () => {
  it('base64gunzip', () => {
    gives('base64gunzip(zipped)', stringValue('žluť 🙂'));
    gives('base64gunzip(base64gzip("x"))', stringValue('x'));
    gives('base64gunzip(text)', unknownValue('string', true));
    gives('base64gunzip(bomb)', unknownValue('string', true));
    fails('base64gunzip("!")', /failed to decode base64 data "!"/);
    fails('base64gunzip(secret)', /failed to decode base64 data \(sensitive value\)/);
    fails('base64gunzip("YWJj")', /failed to gunzip/);
  });

  it('cidrcontains', () => {
    gives('cidrcontains("192.168.2.0/20", "192.168.2.1")', boolValue(true));
    gives('cidrcontains("192.168.2.0/20", "192.168.2.0/22")', boolValue(true));
    gives('cidrcontains("192.168.2.0/22", "192.168.2.0/20")', boolValue(false));
    gives('cidrcontains("192.168.2.0/20", "126.2.2.1")', boolValue(false));
    gives('cidrcontains("fe80::/48", "fe80::1")', boolValue(true));
    gives('cidrcontains("fe80::/48", "fe81::/64")', boolValue(false));
    gives('cidrcontains("10.0.0.0/8", text)', unknownValue('bool'));
    fails('cidrcontains("not-a-cidr", "10.0.0.1")', /invalid CIDR address: not-a-cidr/);
    fails('cidrcontains("10.0.0.0/8", "x")', /invalid IP address or prefix: x/);
    fails('cidrcontains("10.0.0.0/8", "::1")', /address family mismatch: 10\.0\.0\.0\/8 vs\. ::1/);
  });

  it('urldecode', () => {
    gives('urldecode("a%20b+c%2B%C5%BE")', stringValue('a b c+ž'));
    gives('urldecode("")', stringValue(''));
    gives(
      'urldecode(urlencode("foo:bar@localhost?foo=bar&bar=baz é 🙂"))',
      stringValue('foo:bar@localhost?foo=bar&bar=baz é 🙂'),
    );
    fails('urldecode("mailto%3Aa%")', /invalid URL escape "%"/);
    fails('urldecode("%zz1")', /invalid URL escape "%zz"/);
  });

  it('convert', () => {
    gives('convert(["a", 1], list(string))', listValue('string', [stringValue('a'), stringValue('1')]));
    gives(
      'convert({ a = 1 }, object({ a = string, b = optional(number, 2) }))',
      objectValue([
        ['a', stringValue('1')],
        ['b', numberValue(2)],
      ]),
    );
    gives('convert(anything, string)', unknownValue('string'));
    gives('convert(null, number)', nullValue('number'));
    gives('convert(secret, string)', withMarks(stringValue('s'), sensitive));
    fails('convert("x", number)', /number/);
    fails('convert("x", nope)', /no type nope/);
    fails('convert("x")', /argument/);
    fails('convert(["x", string]...)', /.+/);
  });

  it('assumeequal, which gives the value that is assumed', () => {
    gives('assumeequal(text, "x")', stringValue('x'));
    gives('assumeequal(1, "1")', stringValue('1'));
    gives('assumeequal(secret, "s")', stringValue('s'));
    gives('assumeequal(anything, ["x", text])', run('["x", text]').value);
    fails('assumeequal("a", "b")', /actual value does not match the assumed value/);
    fails('assumeequal([], "b")', /actual value type tuple does not match assumed value type string/);
  });

  it('assumenotnull', () => {
    gives('assumenotnull(text)', unknownValue('string', true));
    gives('assumenotnull("x")', stringValue('x'));
    gives('assumenotnull(text) == null', boolValue(false));
    fails('assumenotnull(none)', /assumption was not upheld/);
    fails('assumenotnull(anything)', /must have a known type/);
  });

  it('assumestringprefix', () => {
    gives('assumestringprefix(text, "x")', unknownValue('string'));
    gives('assumestringprefix("ami-1", "ami-")', stringValue('ami-1'));
    gives('assumestringprefix("abd", "abc")', stringValue('abd'));
    gives('assumestringprefix("a", "ab-")', stringValue('a'));
    gives('assumestringprefix(none, "x")', nullValue('string'));
    fails('assumestringprefix("abd", "abc-")', /assumption was not upheld/);
  });

  it('assumelistlength and its kind', () => {
    const two = listValue('string', [stringValue('a'), stringValue('b')]);
    gives('assumelistlength(["a", "b"], 1, 2)', two);
    gives('assumelistlengthmin(["a", "b"], 2)', two);
    gives('assumelistlengthmax(["a", "b"], 2)', two);
    gives('assumelistlength(list, 0, 5)', unknownValue(['list', 'string']));
    gives('assumelistlengthmax(list, 0)', unknownValue(['list', 'string']));
    gives('assumelistlengthmax(assumenotnull(list), 0)', listValue('string', []));
    gives('assumesetlengthmin(set, 2)', run('set').value);
    gives('assumemaplengthmax({ a = "x" }, 1)', run('tomap({ a = "x" })').value);
    fails('assumelistlength(["a", "b"], 3, 4)', /assumption was not upheld/);
    fails('assumelistlengthmax(["a", "b"], 1)', /assumption was not upheld/);
    fails('assumesetlengthmin(set, 3)', /assumption was not upheld/);
    fails('assumelistlengthmin(["a"], 0.5)', /must be a whole number between 0 and 9223372036854775807/);
    fails('assumelistlengthmin(tolist(null), 0)', /assumption was not upheld/);
  });
});
