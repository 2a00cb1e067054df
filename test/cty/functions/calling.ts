import assert from 'node:assert/strict';
import { callFunction } from '../../../server/cty/callFunction';
import type { FunctionTable, Templates, World } from '../../../server/cty/functions/function';
import { ArgumentError } from '../../../server/cty/functions/function';
import type { Value } from '../../../server/cty/value';

/** These functions see nothing of the world. */
const nowhere: World = {
  baseFolder: '/',
  readFile: () => undefined,
  fileExists: () => false,
  findFiles: () => [],
  homeFolder: () => '/',
};
const noTemplates: Templates = {
  render: () => {
    throw new Error('nothing is rendered here');
  },
};

export function call(table: FunctionTable, name: string, ...args: Value[]): Value {
  const definition = table[name];
  assert.ok(definition, `there is no function ${name}`);
  return callFunction(definition, args, nowhere, noTemplates);
}

/** The argument at fault and the message; the index is undefined where no argument alone is at fault. */
export function faultOf(table: FunctionTable, name: string, ...args: Value[]): [number | undefined, string] {
  try {
    call(table, name, ...args);
  } catch (error) {
    assert.ok(error instanceof Error);
    return [error instanceof ArgumentError ? error.index : undefined, error.message];
  }
  return assert.fail(`${name} refuses nothing`);
}
