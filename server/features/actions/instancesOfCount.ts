import type { Value } from '../../cty/value';
import type { Expression } from '../../hcl/syntax';
import type { Declaration } from '../../terraform/model';
import { attributeOf } from '../../terraform/values';
import { valuesOf } from '../values/inputs';
import type { Selected } from './context';
import { Unconvertible } from './repetition';
import type { Repetition } from './repetition';

/** More instances than this are not moved one by one. */
const mostInstances = 100;

/** Up to here the keys of instances sort as their numbers do. */
const sortsAsNumbers = 10;

/** How a block with `count` is written with `for_each`. @throws Unconvertible */
export function readCount(selected: Selected, declaration: Declaration): Repetition {
  const value =
    declaration.node.kind === 'block' ? attributeOf(declaration.node.body, 'count')?.value : undefined;
  const count = value?.kind === 'parenthesis' ? value.inner : value;
  const number = count === undefined ? undefined : wholeNumber(count);
  if (number !== undefined) return ofNumber(number);
  if (count?.kind === 'call' && count.name === 'length' && count.arguments.length === 1) {
    const [list] = count.arguments;
    if (list !== undefined) return ofList(selected, declaration, list);
  }
  if (count?.kind === 'conditional') {
    const [then, otherwise] = [wholeNumber(count.then), wholeNumber(count.else)];
    const { text } = declaration.file.syntax;
    const condition = text.slice(count.condition.range.start, count.condition.range.end);
    if (then === 1 && otherwise === 0) return ofCondition(`${condition} ? ["this"] : []`);
    if (then === 0 && otherwise === 1) return ofCondition(`${condition} ? [] : ["this"]`);
  }
  throw new Unconvertible(
    'Only a number, length(list) and condition ? 1 : 0 say which keys the instances would have.',
  );
}

function ofNumber(count: number): Repetition {
  if (count > mostInstances)
    throw new Unconvertible(`More than ${mostInstances} instances are too many to move.`);
  const keys = Array.from({ length: count }, (_, index) => `"${index}"`);
  const sorts = count <= sortsAsNumbers;
  return {
    argument: `for_each = toset([${keys.join(', ')}])`,
    further: [],
    moves: keys.map((key, index) => [String(index), key] as const),
    context: 'count',
    inside: (_name, { isText }) => (isText ? 'each.key' : 'tonumber(each.key)'),
    literalKey: (key) => keys[wholeNumber(key) ?? -1],
    keyAround: ['tostring(', ')'],
    whole: (address) =>
      sorts ? `values(${address})` : `[for key in range(${count}) : ${address}[tostring(key)]]`,
    splat: (address, rest) =>
      sorts
        ? `values(${address})[*]${rest}`
        : `[for key in range(${count}) : ${address}[tostring(key)]${rest}]`,
    valuesAreList: false,
  };
}

function ofList({ snapshot, module }: Selected, { file }: Declaration, list: Expression): Repetition {
  const source = file.syntax.text.slice(list.range.start, list.range.end);
  const keys = stringsIn(valuesOf(snapshot, module).evaluate(list).value);
  if (keys === undefined)
    throw new Unconvertible(
      `The elements of ${source} are not known strings, so that no instance could be moved.`,
    );
  if (new Set(keys).size < keys.length)
    throw new Unconvertible(`${source} holds an element twice, and keys of for_each are there once.`);
  const written = keys.map((key) => JSON.stringify(key).replace(/([$%])\{/g, '$1$1{'));
  return {
    argument: `for_each = toset(${source})`,
    further: [],
    moves: written.map((key, index) => [String(index), key] as const),
    context: 'count',
    inside: () => `index(${source}, each.key)`,
    literalKey: (key, text) => {
      const index = wholeNumber(key);
      if (index === undefined) return undefined;
      return list.kind === 'tuple' ? written[index] : `${source}[${text}]`;
    },
    keyAround: [`${source}[`, ']'],
    whole: (address) => `[for key in ${source} : ${address}[key]]`,
    splat: (address, rest) => `[for key in ${source} : ${address}[key]${rest}]`,
    valuesAreList: false,
  };
}

function ofCondition(keys: string): Repetition {
  return {
    argument: `for_each = toset(${keys})`,
    further: [],
    moves: [['0', '"this"']],
    context: 'count',
    inside: () => '0',
    literalKey: (key) => (wholeNumber(key) === 0 ? '"this"' : undefined),
    keyAround: undefined,
    whole: (address) => `values(${address})`,
    splat: (address, rest) => `values(${address})[*]${rest}`,
    valuesAreList: false,
  };
}

/** A whole number as written. */
export function wholeNumber(expression: Expression): number | undefined {
  if (expression.kind !== 'literal' || typeof expression.value !== 'object' || expression.value === null)
    return undefined;
  const number = Number(expression.value.number);
  return Number.isInteger(number) && number >= 0 ? number : undefined;
}

/** The strings of a known list; `undefined` for anything else. */
export function stringsIn(value: Value): string[] | undefined {
  if (value.kind !== 'known' || value.marks !== 0 || typeof value.type === 'string') return undefined;
  if ((value.type[0] !== 'list' && value.type[0] !== 'tuple') || !Array.isArray(value.content))
    return undefined;
  const members = value.content as readonly Value[];
  if (members.length > mostInstances) return undefined;
  const strings = members.map((member) =>
    member.kind === 'known' && member.marks === 0 && typeof member.content === 'string'
      ? member.content
      : undefined,
  );
  return strings.every((each) => each !== undefined) ? strings : undefined;
}
