import type { Expression } from '../../hcl/syntax';
import type { Declaration } from '../../terraform/model';
import { toTraversal } from '../../terraform/traversal';
import { attributeOf, keyName, literalString } from '../../terraform/values';
import { entriesOf } from '../values/instances';
import { valuesOf } from '../values/inputs';
import type { FileEdit } from './codeAction';
import { freeName } from './context';
import type { Selected } from './context';
import { declareLocal } from './declare';
import { stringsIn } from './instancesOfCount';
import { unindented } from './localsAndVariables';
import { baseName } from './reads';
import { Unconvertible } from './repetition';
import type { Repetition } from './repetition';

/** Longer texts are not repeated: they get a name. */
const longestRepeated = 40;

/** How a block with `for_each` is written with `count`. @throws Unconvertible */
export function readForEach(selected: Selected, declaration: Declaration): Repetition {
  const value =
    declaration.node.kind === 'block' ? attributeOf(declaration.node.body, 'for_each')?.value : undefined;
  if (value === undefined) throw new Unconvertible('There is no for_each.');
  const { text } = declaration.file.syntax;
  const single = conditional(value, text);
  if (single !== undefined) return ofCondition(single);
  const [list] = value.kind === 'call' && value.name === 'toset' ? value.arguments : [];
  const keys = list === undefined ? undefined : keysIn(selected, list);
  if (list !== undefined && keys !== undefined) return ofList(selected, declaration, list, keys);
  const entries = entriesOf(valuesOf(selected.snapshot, selected.module).evaluate(value).value);
  if (entries === undefined)
    throw new Unconvertible('The keys of for_each are not known here, so that no instance could be moved.');
  return ofMap(
    selected,
    declaration,
    value,
    entries.map(([key]) => key),
  );
}

/** The elements of a list of which none is there twice. */
function keysIn({ snapshot, module }: Selected, list: Expression): string[] | undefined {
  const keys = stringsIn(valuesOf(snapshot, module).evaluate(list).value) ?? [];
  return keys.length > 0 && new Set(keys).size === keys.length ? keys : undefined;
}

interface Single {
  readonly condition: string;
  readonly key: string;
  /** The value of the one element. */
  readonly value: string;
}

/** `condition ? { key = value } : {}` and the same with sets. */
function conditional(value: Expression, text: string): Single | undefined {
  const inSet = value.kind === 'call' && value.name === 'toset' ? value.arguments[0] : undefined;
  const choice = inSet ?? value;
  if (choice.kind !== 'conditional') return undefined;
  const then = withoutToset(choice.then);
  const otherwise = withoutToset(choice.else);
  const isEmpty = (otherwise.kind === 'tuple' || otherwise.kind === 'object') && otherwise.items.length === 0;
  const condition = text.slice(choice.condition.range.start, choice.condition.range.end);
  if (!isEmpty) return undefined;
  if (then.kind === 'tuple') {
    const [only, ...more] = then.items;
    const key = more.length === 0 ? literalString(only) : undefined;
    return key === undefined || only === undefined ? undefined : { condition, key, value: quoted(key) };
  }
  if (then.kind !== 'object') return undefined;
  const [only, ...more] = then.items;
  const key = only === undefined || more.length > 0 ? undefined : keyName(only.key);
  if (key === undefined || only === undefined) return undefined;
  return { condition, key, value: text.slice(only.value.range.start, only.value.range.end) };
}

function withoutToset(expression: Expression): Expression {
  const [inner] = expression.kind === 'call' && expression.name === 'toset' ? expression.arguments : [];
  return inner ?? expression;
}

function ofCondition({ condition, key, value }: Single): Repetition {
  return {
    argument: `count = ${condition} ? 1 : 0`,
    further: [],
    moves: [[quoted(key), '0']],
    context: 'each',
    inside: (name) => (name === 'key' ? quoted(key) : value),
    literalKey: (written) => (literalString(written) === key ? '0' : undefined),
    keyAround: undefined,
    whole: (address) => `zipmap(${condition} ? [${quoted(key)}] : [], ${address})`,
    splat: () => {
      throw new Unconvertible('A splat of all instances of a for_each cannot be rewritten.');
    },
    valuesAreList: true,
  };
}

function ofList(
  selected: Selected,
  declaration: Declaration,
  list: Expression,
  keys: readonly string[],
): Repetition {
  const { source, further } = named(selected, declaration, list);
  const isSorted =
    list.kind === 'tuple' && keys.every((key, index) => index === 0 || (keys[index - 1] ?? '') < key);
  return {
    ...byKeys(source, further, keys, list.kind === 'tuple'),
    argument: list.kind === 'tuple' ? `count = ${keys.length}` : `count = length(${source})`,
    inside: () => `${source}[count.index]`,
    valuesAreList: isSorted,
  };
}

function ofMap(
  selected: Selected,
  declaration: Declaration,
  value: Expression,
  keys: readonly string[],
): Repetition {
  const { source, further } = named(selected, declaration, value);
  const { type } = valuesOf(selected.snapshot, selected.module).evaluate(value).value;
  const isSet = typeof type !== 'string' && type[0] === 'set';
  const list = isSet ? `tolist(${source})` : `keys(${source})`;
  return {
    ...byKeys(list, further, keys, value.kind === 'object'),
    argument: `count = length(${source})`,
    inside: (name) => (name === 'key' || isSet ? `${list}[count.index]` : `values(${source})[count.index]`),
    valuesAreList: true,
  };
}

function byKeys(list: string, further: readonly FileEdit[], keys: readonly string[], isWritten: boolean) {
  return {
    further,
    moves: keys.map((key, index) => [quoted(key), String(index)] as const),
    context: 'each' as const,
    literalKey: (written: Expression, source: string) => {
      const key = literalString(written);
      const index = key === undefined ? -1 : keys.indexOf(key);
      if (index < 0) return undefined;
      return isWritten ? String(index) : `index(${list}, ${source})`;
    },
    keyAround: [`index(${list}, `, ')'] as const,
    whole: (address: string) => `zipmap(${list}, ${address})`,
    splat: (): string => {
      throw new Unconvertible('A splat of all instances of a for_each cannot be rewritten.');
    },
  };
}

/** The text of a collection to be read several times: short ones as they are, others as a local value. */
function named(
  { snapshot, module }: Selected,
  declaration: Declaration,
  expression: Expression,
): { source: string; further: FileEdit[] } {
  const { file } = declaration;
  const source = file.syntax.text.slice(expression.range.start, expression.range.end);
  if (toTraversal(expression) !== undefined || (!source.includes('\n') && source.length <= longestRepeated))
    return { source, further: [] };
  const name = freeName(module, 'local', `${baseName(declaration)}_instances`);
  const value = unindented(file.syntax.text, expression.range)
    .split('\n')
    .map((line, index) => (index === 0 || line === '' ? line : `  ${line}`))
    .join('\n');
  return { source: `local.${name}`, further: [declareLocal(snapshot, module, name, value, file.path)] };
}

function quoted(key: string): string {
  return JSON.stringify(key).replace(/([$%])\{/g, '$1$1{');
}
