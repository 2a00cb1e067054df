import assert from 'node:assert/strict';
import { callFunction } from '../../../server/cty/callFunction';
import { terraformFunctions } from '../../../server/cty/functions/terraform';
import type { Value } from '../../../server/cty/value';
import {
  objectValue,
  sensitive,
  stringValue,
  tupleValue,
  unknownValue,
  withMarks,
} from '../../../server/cty/value';
import { memoryWorld } from '../memoryWorld';

function call(name: string, ...args: Value[]): Value {
  const definition = terraformFunctions[`provider::terraform::${name}`];
  assert.ok(definition, `There is no function ${name}.`);
  return callFunction(definition, args, memoryWorld());
}

describe("functions of Terraform's own provider", () => {
  const unknown = unknownValue('string', true);

  it('wait for every part of a value', () => {
    assert.deepEqual(call('encode_expr', tupleValue([unknownValue('string')])), unknown);
    assert.deepEqual(call('encode_tfvars', objectValue([['a', unknownValue('string')]])), unknown);
    assert.deepEqual(call('decode_tfvars', unknownValue('string')), unknownValue('dynamic'));
  });

  it('mark the text that holds a secret', () => {
    const secret = objectValue([['a', withMarks(stringValue('x'), sensitive)]]);
    assert.deepEqual(call('encode_tfvars', secret), withMarks(stringValue('a = "x"\n'), sensitive));
  });

  it('say where a file of variables is wrong', () => {
    assert.throws(
      () => call('decode_tfvars', stringValue('a = 1\nb {}')),
      /<decode_tfvars argument>:2,1: Unexpected "b" block/,
    );
    assert.throws(
      () => call('decode_tfvars', stringValue('a = 1\nb = c')),
      /variable "b": <decode_tfvars argument>:2,5/,
    );
    assert.throws(
      () => call('decode_tfvars', stringValue('a = (')),
      /invalid tfvars syntax: <decode_tfvars argument>:1/,
    );
    assert.throws(
      () => call('decode_tfvars', stringValue('a = provider::x::y()')),
      /functions may not be called/,
    );
  });

  it('leave unknown what is nested too deep to be laid out', () => {
    let deep: Value = tupleValue([]);
    for (let depth = 0; depth < 150; depth++) deep = tupleValue([deep]);
    assert.deepEqual(call('encode_expr', deep), stringValue('['.repeat(151) + ']'.repeat(151)));
    for (let depth = 0; depth < 150; depth++) deep = tupleValue([deep]);
    assert.deepEqual(call('encode_expr', deep), unknown);
  });
});
