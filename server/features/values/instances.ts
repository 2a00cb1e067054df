import type { BigFloat } from '../../cty/bigFloat';
import { numberValue, objectValue, stringValue, tupleValue, unknownValue } from '../../cty/value';
import type { Value } from '../../cty/value';
import type { Block, Expression } from '../../hcl/syntax';
import { attributeOf } from '../../terraform/values';

type Bindings = ReadonlyMap<string, Value>;

/** More instances than this are worth no more than their number. */
const mostInstances = 200;

/** Whether a block stands for any number of instances. */
export function isRepeated({ body }: Block): boolean {
  return (attributeOf(body, 'count') ?? attributeOf(body, 'for_each')) !== undefined;
}

interface Evaluating {
  evaluate(expression: Expression, bindings?: Bindings): { readonly value: Value };
}

/**
 * What reading a resource or module call gives: its one instance, the tuple of those of `count`, or the object of those
 * of `for_each` by their keys; unknown where their number is not known yet.
 */
export function instances(
  values: Evaluating,
  { body }: Block,
  instance: (bindings: Bindings) => Value,
): Value {
  const count = attributeOf(body, 'count')?.value;
  if (count !== undefined) {
    const number = countOf(values.evaluate(count).value);
    if (number === undefined) return unknownValue('dynamic');
    return tupleValue(Array.from({ length: number }, (_, index) => instance(counted(numberValue(index)))));
  }
  const forEach = attributeOf(body, 'for_each')?.value;
  if (forEach === undefined) return instance(new Map());
  const keyed = entriesOf(values.evaluate(forEach).value);
  if (keyed === undefined) return unknownValue('dynamic');
  return objectValue(keyed.map(([key, value]) => [key, instance(each(key, value))] as const));
}

/** The keys of `for_each` with their values; `undefined` while they are not known or too many. */
export function entriesOf(value: Value): readonly (readonly [string, Value])[] | undefined {
  if (value.kind !== 'known' || typeof value.type === 'string') return undefined;
  if (value.content instanceof Map) {
    const entries = [...(value.content as ReadonlyMap<string, Value>)];
    return entries.length > mostInstances ? undefined : entries;
  }
  if (value.type[0] !== 'set' || !Array.isArray(value.content)) return undefined;
  const members = value.content as readonly Value[];
  const keys = members.map((member) =>
    typeof memberText(member) === 'string' ? memberText(member) : undefined,
  );
  if (members.length > mostInstances || keys.includes(undefined)) return undefined;
  return members.map((member, index) => [keys[index] ?? '', member] as const);
}

function memberText(member: Value): string | undefined {
  return member.kind === 'known' && typeof member.content === 'string' ? member.content : undefined;
}

function countOf(value: Value): number | undefined {
  if (value.kind !== 'known' || value.type !== 'number') return undefined;
  const number = (value.content as BigFloat).toNumber();
  return Number.isInteger(number) && number >= 0 && number <= mostInstances ? number : undefined;
}

function counted(index: Value): Bindings {
  return new Map([['count', objectValue([['index', index]])]]);
}

function each(key: string, value: Value): Bindings {
  return new Map([
    [
      'each',
      objectValue([
        ['key', stringValue(key)],
        ['value', value],
      ]),
    ],
  ]);
}
