import type { Expression } from '../../hcl/syntax';
import { typesOf } from '../values/inputs';
import { literalString } from '../../terraform/values';
import { addArguments } from './insertion';
import { attributeAround, blockAround, fact, sourceAt, write } from './quickFix';
import type { Case, Fix, Mending } from './quickFix';
import { unindented } from './localsAndVariables';

/** Fixes for values: of the wrong type, in the wrong collection, shown where they are secret. */
export const valueFixes: Readonly<Record<string, Fix>> = {
  'wrong-type': convertValue,
  'invalid-for-each': (given) => (fact(given, 'form') === 'list' ? wrapped(given, 'toset') : []),
  'invalid-count': countable,
  'sensitive-output': (given) => [...markSensitive(given), ...wrapped(given, 'nonsensitive', false)],
};

function markSensitive(given: Case): Mending[] {
  const block = blockAround(given);
  if (block === undefined) return [];
  const edit = addArguments(given.file, block, ['sensitive = true']);
  return [{ title: 'Mark the output as sensitive', edits: [edit] }];
}

/** A condition as one or none, a collection as its length. */
function countable(given: Case): Mending[] {
  const value = attributeAround(given)?.value;
  if (value === undefined || value.kind === 'missing') return [];
  const { type } = typesOf(given.snapshot, given.module).evaluate(value).value;
  if (typeof type !== 'string') return wrapped(given, 'length', false);
  if (type !== 'bool') return [];
  const source = sourceAt(given, value.range).trimEnd();
  const newText = `${value.kind === 'conditional' ? `(${source})` : source} ? 1 : 0`;
  return [{ title: `Write ${newText}`, edits: [write(given, value.range, newText)] }];
}

/** The whole value in a call of a function. */
function wrapped(given: Case, name: string, preferred = true): Mending[] {
  const value = attributeAround(given)?.value;
  if (value === undefined || value.kind === 'missing') return [];
  const newText = `${name}(${sourceAt(given, value.range).trimEnd()})`;
  return [{ title: `Wrap it in ${name}(…)`, edits: [write(given, value.range, newText)], preferred }];
}

/** Another way to write a value, of the type that is asked for. */
function convertValue(given: Case): Mending[] {
  const type = fact(given, 'type');
  const value = given.nodes.find(
    (node): node is Expression =>
      node.kind !== 'body' &&
      node.kind !== 'block' &&
      node.kind !== 'attribute' &&
      node.range.start === given.diagnostic.range.start &&
      node.range.end === given.diagnostic.range.end,
  );
  if (type === undefined || value === undefined) return [];
  const newText = asType(given, value, type);
  if (newText === undefined) return [];
  const shown = newText.length > 40 || newText.includes('\n') ? `as ${type}` : newText;
  return [{ title: `Write ${shown}`, edits: [write(given, value.range, newText)] }];
}

function asType(given: Case, value: Expression, type: string): string | undefined {
  const source = sourceAt(given, value.range).trimEnd();
  const text = literalString(value);
  if (type === 'number' && text !== undefined && /^-?\d+(\.\d+)?$/.test(text.trim())) return text.trim();
  if (type === 'bool' && text !== undefined && /^(true|false|yes|no|on|off|0|1)$/i.test(text.trim()))
    return /^(true|yes|on|1)$/i.test(text.trim()) ? 'true' : 'false';
  if (type === 'bool' && value.kind === 'literal')
    return source === '1' ? 'true' : source === '0' ? 'false' : undefined;
  const element = /^(?:list|set)\((.*)\)$/.exec(type)?.[1];
  if (element !== undefined && value.kind !== 'tuple' && value.kind !== 'object' && value.kind !== 'forTuple')
    return `[${source}]`;
  // One element in brackets, where the element alone is asked for.
  const [only, ...more] = value.kind === 'tuple' ? value.items : [];
  if (only !== undefined && more.length === 0 && element === undefined && type !== 'any')
    return sourceAt(given, only.range).trimEnd();
  if (type === 'string' && (value.kind === 'tuple' || value.kind === 'object'))
    return `jsonencode(${unindented(given.file.syntax.text, value.range)})`;
  return undefined;
}
