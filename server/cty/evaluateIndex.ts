import type { Range } from '../text/range';
import { BigFloat } from './bigFloat';
import { ConversionError, convert } from './convert';
import { describeValue } from './describe';
import type { EvaluationContext } from './evaluationContext';
import type { ObjectType } from './types';
import {
  attributeNames,
  attributeType,
  friendlyName,
  isCollection,
  isObject,
  isPrimitive,
  isTuple,
} from './types';
import type { CtyType } from './type';
import type { Value } from './value';
import { unknownValue, withMarks } from './value';

/** The value of `object.name`. */
export function getAttribute(object: Value, name: string, range: Range, context: EvaluationContext): Value {
  const { type } = object;
  if (object.kind === 'null') {
    return context.fail(range, 'null-object', `This value is null, so it has no attribute ${quote(name)}.`);
  }
  if (type === 'dynamic') return withMarks(unknownValue('dynamic'), object.marks);
  const key = name.normalize('NFC');
  if (isObject(type)) {
    const member = attributeType(type, key);
    if (member === undefined) {
      return context.fail(
        range,
        'unsupported-attribute',
        `This object has no attribute ${quote(key)}. ${listNames(type)}`,
      );
    }
    return withMarks(memberOf(object, key) ?? unknownValue(member), object.marks);
  }
  if (isCollection(type) && type[0] === 'map') {
    if (object.kind === 'unknown') return withMarks(unknownValue(type[1]), object.marks);
    const member = memberOf(object, key);
    if (member !== undefined) return withMarks(member, object.marks);
    return context.fail(range, 'missing-key', `This map has no element with the key ${quote(key)}.`);
  }
  return context.fail(range, 'unsupported-attribute', whyNoAttributes(type, key));
}

/** The value of `collection[key]`. */
export function indexValue(collection: Value, key: Value, range: Range, context: EvaluationContext): Value {
  const wrong = (reason: string): Value => context.fail(range, 'invalid-index', reason);
  if (collection.kind === 'null') {
    return context.fail(range, 'null-object', 'This value is null, so it has no elements.');
  }
  if (key.kind === 'null') return wrong('The index is null. Use a number for a list, or a string for a map.');
  const { type } = collection;
  if (type === 'dynamic' || key.type === 'dynamic') {
    return withMarks(unknownValue('dynamic'), collection.marks);
  }
  if (isPrimitive(type)) return wrong(`A ${friendlyName(type)} has no elements.`);
  if (isCollection(type) && type[0] === 'set') {
    return wrong(
      'The elements of a set have no index. Go over them with for, or convert the set with tolist first.',
    );
  }
  const byName = isObject(type) || (isCollection(type) && type[0] === 'map');
  const wanted = byName ? 'string' : 'number';
  let index: Value;
  try {
    index = convert(key, wanted);
  } catch (error) {
    if (!(error instanceof ConversionError)) throw error;
    return wrong(`The index is ${describeValue(key)}: ${error.message}.`);
  }
  // The name of an object's attribute is part of its type, so that it does not count that a sensitive value told it.
  const marks = isObject(type) ? collection.marks : collection.marks | key.marks;
  if (index.kind !== 'known') return withMarks(unknownMember(type), collection.marks);
  const found =
    collection.kind === 'unknown' && !isTuple(type)
      ? unknownMember(type)
      : findMember(collection, index.content);
  if (typeof found !== 'string') return withMarks(found, marks);
  const hint =
    isObject(type) && key.type === 'number' ? ' An object takes names of attributes, not numbers.' : '';
  return wrong(found + hint);
}

function unknownMember(type: CtyType): Value {
  return unknownValue(isCollection(type) ? type[1] : 'dynamic');
}

/** The element, or why there is none. */
function findMember(collection: Value, index: unknown): Value | string {
  if (typeof index === 'string') {
    return memberOf(collection, index) ?? `There is no element with the key ${quote(index)}.`;
  }
  const members = elementsOf(collection);
  if (!(index instanceof BigFloat)) return 'The index must be a number.';
  const at = index.toBigInt();
  if (at === undefined) return `The index ${index.toText()} is not a whole number.`;
  if (at < 0n) {
    return `The index ${index.toText()} is negative. Elements are counted from 0; the last one is list[length(list) - 1].`;
  }
  const member = at < BigInt(members.length) ? members[Number(at)] : undefined;
  if (member !== undefined) return member;
  return members.length === 0
    ? `There is no element ${index.toText()}, because there are no elements at all.`
    : `There is no element ${index.toText()}: the last one is ${(members.length - 1).toString()}, because elements are counted from 0.`;
}

/** Of an unknown tuple the number and the types of the elements are known. */
function elementsOf(value: Value): readonly Value[] {
  if (value.kind === 'known' && Array.isArray(value.content)) return value.content as readonly Value[];
  return isTuple(value.type) ? value.type[1].map((type) => unknownValue(type)) : [];
}

function memberOf(value: Value, name: string): Value | undefined {
  if (value.kind !== 'known' || !(value.content instanceof Map)) return undefined;
  return (value.content as ReadonlyMap<string, Value>).get(name);
}

function whyNoAttributes(type: CtyType, name: string): string {
  if (isCollection(type) && isObject(type[1])) {
    const each = `a for expression or [*]`;
    return type[0] === 'list'
      ? `This is a list of objects. Take one with an index, as in list[0].${name}, or all with ${each}.`
      : `This is a set of objects, which have no index. Take all with ${each}.`;
  }
  if (isPrimitive(type)) return `This is a ${friendlyName(type)}, which has no attributes.`;
  if (isTuple(type)) return 'This is a tuple, which has no attributes. Take an element with an index.';
  return `This is a ${friendlyName(type)}, which has no attributes.`;
}

const mostNames = 12;

function listNames(type: ObjectType): string {
  const names = attributeNames(type);
  if (names.length === 0) return 'It has no attributes at all.';
  const shown = names.slice(0, mostNames).join(', ');
  return `It has ${shown}${names.length > mostNames ? ', …' : ''}.`;
}

function quote(text: string): string {
  return JSON.stringify(text);
}
