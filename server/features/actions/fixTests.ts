import { toType } from '../../terraform/typeExpression';
import { attributeOf, blocksOf } from '../../terraform/values';
import { placeholder } from './declare';
import { removal } from './fixBodies';
import { addArguments, appendToBlock } from './insertion';
import { blockAround, fact } from './quickFix';
import type { Case, Fix, Mending } from './quickFix';

/** Fixes for test files. */
export const testFixes: Readonly<Record<string, Fix>> = {
  'missing-test-variable': setVariable,
  'override-without-target': (given) => removal(given, 'Remove this block', false),
  'duplicate-override': (given) => removal(given, 'Remove this block', false),
  'unknown-mocked-type': (given) => removal(given, 'Remove this block', false),
};

/** Gives the variable a value in the run that needs it. */
function setVariable(given: Case): Mending[] {
  const name = fact(given, 'name');
  const run = blockAround(given);
  if (name === undefined || run?.type !== 'run') return [];
  const node = given.module.find(`var.${name}`)?.node;
  const type = node?.kind === 'block' ? toType(attributeOf(node.body, 'type')?.value) : undefined;
  const line = `${name} = ${placeholder(type)}`;
  const place = given.file;
  const [variables] = blocksOf(run.body, 'variables');
  const title = `Set the variable "${name}" in this run`;
  if (variables !== undefined) return [{ title, edits: [addArguments(place, variables, [line])] }];
  const lines = ['variables {', `  ${line}`, '}'];
  const apart = run.body.items.length === 0 ? lines : ['', ...lines];
  return [{ title, edits: [appendToBlock(place, run, apart)] }];
}
