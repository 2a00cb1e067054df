import assert from 'node:assert/strict';
import * as path from 'node:path';
import { inspect } from 'node:util';
import { callFunction } from '../../../server/cty/callFunction';
import { sameValue } from '../../../server/cty/equality';
import { filesystemFunctions } from '../../../server/cty/functions/filesystem';
import type { Templates } from '../../../server/cty/functions/function';
import { ArgumentError } from '../../../server/cty/functions/function';
import { hashAndCryptoFunctions } from '../../../server/cty/functions/hashAndCrypto';
import { setValue } from '../../../server/cty/set';
import type { Value } from '../../../server/cty/value';
import {
  boolValue,
  nullValue,
  objectValue,
  sensitive,
  stringValue,
  unknownValue,
  withMarks,
} from '../../../server/cty/value';
import { memoryWorld } from '../memoryWorld';

const world = memoryWorld({
  'a.txt': 'hello',
  'b.bin': new Uint8Array([0xff, 0xfe]),
  'large.txt': null,
  't.tftpl': 'Hello, ${name}!',
});

const templates: Templates = {
  render: (text, variables, { files }) =>
    objectValue([
      ['text', stringValue(text)],
      ['variables', variables],
      ['files', boolValue(files)],
    ]),
};

function call(name: string, ...args: Value[]): Value {
  const definition = filesystemFunctions[name] ?? hashAndCryptoFunctions[name];
  assert.ok(definition, `There is no function ${name}.`);
  return callFunction(definition, args, world, templates);
}

function same(got: Value, wanted: Value): void {
  if (!sameValue(got, wanted)) assert.fail(`${inspect(got)} is not ${inspect(wanted)}`);
}

describe('filesystem functions', () => {
  const text = (of: string): Value => stringValue(of);
  const secret = (of: string): Value => withMarks(stringValue(of), sensitive);

  it('do not know what is in a file that is not read', () => {
    same(call('file', text('large.txt')), unknownValue('string', true));
    same(call('filebase64', text('large.txt')), unknownValue('string', true));
    same(call('filesha256', text('large.txt')), unknownValue('string', true));
    same(call('templatefile', text('large.txt'), objectValue([])), unknownValue('dynamic'));
    same(call('fileexists', text('large.txt')), boolValue(true));
  });

  it('wait for names that are not known', () => {
    const unknown = withMarks(unknownValue('string'), sensitive);
    same(call('file', unknown), withMarks(unknownValue('string', true), sensitive));
    same(call('fileexists', unknown), withMarks(unknownValue('bool', true), sensitive));
    same(call('fileset', text('.'), unknown), withMarks(unknownValue(['set', 'string'], true), sensitive));
    same(call('filemd5', unknown), withMarks(unknownValue('string', true), sensitive));
    same(call('abspath', unknown), withMarks(unknownValue('string', true), sensitive));
    same(call('templatefile', unknown, objectValue([])), withMarks(unknownValue('dynamic'), sensitive));
    same(call('templatefile', text('t.tftpl'), unknownValue('dynamic')), unknownValue('dynamic'));
  });

  it('carry the marks of names and variables over', () => {
    same(call('file', secret('a.txt')), secret('hello'));
    same(call('fileexists', secret('b.txt')), withMarks(boolValue(false), sensitive));
    same(
      call('fileset', secret('.'), text('*.txt')),
      withMarks(setValue('string', [text('a.txt'), text('large.txt')]), sensitive),
    );
    const result = call('templatefile', text('t.tftpl'), objectValue([['name', secret('x')]]));
    same(
      result,
      withMarks(
        objectValue([
          ['text', text('Hello, ${name}!')],
          ['variables', objectValue([['name', text('x')]])],
          ['files', boolValue(true)],
        ]),
        sensitive,
      ),
    );
  });

  it('do not name secret files in messages', () => {
    assert.throws(() => call('file', secret('nope.txt')), /no file exists at \(sensitive value\)/);
    assert.throws(() => call('file', text('nope.txt')), /no file exists at "nope.txt"/);
    assert.throws(() => call('file', secret('b.bin')), /contents of \(sensitive value\) are not valid UTF-8/);
    assert.throws(
      () => call('fileexists', secret('.')),
      (error: unknown) => error instanceof Error && !error.message.includes('"."'),
    );
    assert.throws(
      () => call('fileset', secret('.'), text('[')),
      /failed to glob pattern \(sensitive value\)/,
    );
  });

  it('blame the name for what is wrong with it', () => {
    const indexOf = (...args: Parameters<typeof call>): number | undefined => {
      try {
        call(...args);
        return undefined;
      } catch (error) {
        return error instanceof ArgumentError ? error.index : -1;
      }
    };
    assert.equal(indexOf('file', text('nope.txt')), 0);
    assert.equal(indexOf('file', text('b.bin')), -1);
    assert.equal(indexOf('filemd5', text('nope.txt')), -1);
    assert.equal(indexOf('file', nullValue('string')), 0);
  });

  it('leave a set of too many files unknown', () => {
    const definition = filesystemFunctions.fileset;
    assert.ok(definition);
    same(
      callFunction(definition, [text('.'), text('**')], memoryWorld({ many: '' })),
      unknownValue(['set', 'string'], true),
    );
  });

  it('start from the folder of the configuration', () => {
    const slashes = (of: string): string => of.split(path.sep).join('/');
    same(call('abspath', text('a/../b')), text(slashes(path.resolve('/module/b'))));
    same(call('pathexpand', text('~/x')), text(path.resolve('/home/ann/x')));
  });

  it('refuse a template that gives null', () => {
    const definition = filesystemFunctions.templatefile;
    assert.ok(definition);
    assert.throws(
      () =>
        callFunction(definition, [text('t.tftpl'), objectValue([])], world, {
          render: () => nullValue('dynamic'),
        }),
      /result of the template is null/,
    );
  });
});
