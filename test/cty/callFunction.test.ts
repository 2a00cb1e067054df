import assert from 'node:assert/strict';
import { callFunction } from '../../server/cty/callFunction';
import type { FunctionDefinition } from '../../server/cty/functions/function';
import { ArgumentError } from '../../server/cty/functions/function';
import type { Value } from '../../server/cty/value';
import {
  ephemeral,
  nullValue,
  numberValue,
  sensitive,
  stringValue,
  tupleValue,
  unknownValue,
  withMarks,
} from '../../server/cty/value';
import { emptyWorld, summary } from './evaluateText';

/** Tells what it was called with, so that a test sees what the caller did with the arguments. */
function probe(more: Partial<FunctionDefinition> = {}): FunctionDefinition {
  return {
    parameters: [{ name: 'text', type: 'string' }],
    type: 'string',
    call: (args) => stringValue(args.map(summary).join('; ')),
    ...more,
  };
}

function call(definition: FunctionDefinition, ...args: Value[]): string {
  return summary(callFunction(definition, args, emptyWorld));
}

const willing = {
  name: 'any',
  type: 'dynamic',
  allowNull: true,
  allowUnknown: true,
  allowDynamic: true,
  allowMarked: true,
} as const;

describe('callFunction', () => {
  it('converts arguments to the types of the parameters', () => {
    assert.equal(call(probe(), numberValue(5)), '"\\"5\\""');
    assert.throws(() => call(probe(), tupleValue([])), /^ArgumentError: string required$/);
  });

  it('counts arguments', () => {
    assert.throws(() => call(probe()), /wrong number of arguments \(1 required; 0 given\)/);
    assert.throws(() => call(probe(), numberValue(1), numberValue(2)), /\(1 required; 2 given\)/);
    const variadic = probe({ variadic: { name: 'more', type: 'number' } });
    assert.throws(() => call(variadic), /\(at least 1 required; 0 given\)/);
    assert.equal(call(variadic, stringValue('a'), stringValue('1'), numberValue(2)), '"\\"a\\"; 1; 2"');
    assert.throws(
      () => call(variadic, stringValue('a'), numberValue(1), stringValue('b')),
      (error) => error instanceof ArgumentError && error.index === 2,
    );
  });

  it('refuses null unless the parameter takes it', () => {
    assert.throws(
      () => call(probe(), nullValue('dynamic')),
      (error) => error instanceof ArgumentError && error.message === 'argument must not be null',
    );
    const taking = probe({ parameters: [{ name: 'text', type: 'string', allowNull: true }] });
    assert.equal(call(taking, nullValue('dynamic')), '"tostring(null)"');
  });

  it('answers itself where an argument is unknown', () => {
    assert.equal(call(probe(), unknownValue('string')), 'unknown string');
    assert.equal(call(probe({ notNull: true }), unknownValue('string')), 'unknown string, not null');
    assert.equal(call(probe({ parameters: [willing] }), unknownValue('string')), '"unknown string"');
    const byValue = probe({ type: (args) => ['list', args[0]?.type ?? 'dynamic'] });
    assert.equal(call(byValue, unknownValue('number')), 'unknown list(string)');
  });

  it('gives something of any type where a type is not known', () => {
    const any = probe({ parameters: [{ name: 'value', type: 'dynamic' }], notNull: true });
    assert.equal(call(any, unknownValue('dynamic')), 'unknown any');
    assert.equal(call(probe({ parameters: [willing] }), unknownValue('dynamic')), '"unknown any"');
  });

  it('takes marks off at every depth and puts them on the result', () => {
    const secret = withMarks(stringValue('s'), sensitive);
    assert.equal(call(probe(), secret), '"\\"s\\"" sensitive');
    const list = probe({ parameters: [{ name: 'list', type: ['list', 'string'] }] });
    const inner = tupleValue([secret, withMarks(stringValue('e'), ephemeral)]);
    assert.match(call(list, inner), / sensitive ephemeral$/);
    assert.equal(call(list, withMarks(unknownValue('dynamic'), sensitive)), 'unknown string sensitive');
    assert.equal(call(probe({ parameters: [willing] }), secret), '"\\"s\\" sensitive"');
  });
});
