import { BigFloat } from './bigFloat';
import type { ObjectType } from './types';
import {
  attributeEntries,
  attributeType,
  isCollection,
  isObject,
  isOptional,
  isTuple,
  objectType,
  typesEqual,
  withoutOptional,
} from './types';
import { mismatchMessage } from './mismatch';
import { setValue } from './set';
import type { CtyType } from './type';
import type { Safety } from './unify';
import { canConvertType, elementTypeFor, unify, waitsForTypes } from './unify';
import type { KnownValue, Value } from './value';
import {
  boolValue,
  compareNames,
  noMarks,
  nullValue,
  numberValue,
  stringValue,
  unknownValue,
  withMarks,
  withoutMarks,
} from './value';

/** Where in a value: attribute names, keys of maps and indexes of lists, from the outside to the inside. */
export type ValuePath = readonly PathStep[];
export type PathStep = { readonly attribute: string } | { readonly key: string } | { readonly index: number };

/** A value that does not convert. The message is go-cty's: what would have been required. */
export class ConversionError extends Error {
  constructor(
    message: string,
    readonly path: ValuePath = [],
  ) {
    super(message);
    this.name = 'ConversionError';
  }
}

/** `.name["key"][0]`, as Terraform writes a path. */
export function pathText(path: ValuePath): string {
  return path
    .map((step) => {
      if ('attribute' in step) return `.${step.attribute}`;
      return 'key' in step ? `[${JSON.stringify(step.key)}]` : `[${step.index.toString()}]`;
    })
    .join('');
}

/** The value as one of the type, as Terraform converts wherever a type is asked for. Throws a ConversionError. */
export function convert(value: Value, type: CtyType): Value {
  return convertAt(value, type, [], 'unsafe');
}

/** Whether values of a type may convert to another; for some values it may still fail. */
export function canConvert(from: CtyType, to: CtyType): boolean {
  return typesEqual(from, withoutOptional(to)) || canConvertType(from, to, 'unsafe');
}

/**
 * The values as ones of the most general of their types, which is given too; undefined where there is none. Where a
 * type is not known yet on which the result depends, all of them become unknown. Throws a ConversionError.
 */
export function unifyValues(
  values: readonly Value[],
  safety: Safety,
): { readonly type: CtyType; readonly values: readonly Value[] } | undefined {
  const types = values.map((value) => value.type);
  const type = unify(types, safety);
  if (type === undefined) return undefined;
  if (type === 'dynamic' && waitsForTypes(types)) {
    return { type, values: values.map(() => unknownValue('dynamic')) };
  }
  return { type, values: values.map((value) => convertAt(value, type, [], safety)) };
}

function convertAt(value: Value, type: CtyType, path: ValuePath, safety: Safety): Value {
  if (type === 'dynamic' || typesEqual(value.type, type)) return value;
  if (!canConvertType(value.type, type, safety) && !typesEqual(value.type, withoutOptional(type))) {
    throw new ConversionError(mismatchMessage(value.type, type), path);
  }
  return convertMember(value, type, path);
}

/** Converts what is known to convert by its type. */
function convertMember(value: Value, type: CtyType, path: ValuePath): Value {
  if (type === 'dynamic' || typesEqual(value.type, type)) return value;
  if (value.marks !== noMarks) {
    return withMarks(convertMember(withoutMarks(value), type, path), value.marks);
  }
  const target = withoutOptional(type);
  if (value.kind === 'unknown') return unknownValue(replaceDynamic(value.type, target), value.notNull);
  if (value.kind === 'null') return nullValue(replaceDynamic(value.type, target));
  if (typeof type === 'string') return convertPrimitive(value, type, path);
  if (isObject(type)) return convertToObject(value, type, path);
  if (isTuple(type)) {
    const members = membersOf(value).map(([step, member], at) =>
      convertMember(member, type[1][at] ?? 'dynamic', [...path, step]),
    );
    return { ...value, type: ['tuple', members.map((member) => member.type)], content: members };
  }
  return convertToCollection(value, type[0], type[1], path);
}

function convertPrimitive(value: KnownValue, type: CtyType, path: ValuePath): Value {
  const { content } = value;
  if (type === 'string') {
    return stringValue(content instanceof BigFloat ? content.toText() : content === true ? 'true' : 'false');
  }
  const text = typeof content === 'string' ? content : '';
  if (type === 'number') {
    const number = BigFloat.parse(text);
    if (number === undefined) throw new ConversionError('a number is required', path);
    return numberValue(number);
  }
  if (text === 'true' || text === '1') return boolValue(true);
  if (text === 'false' || text === '0') return boolValue(false);
  const lower = text.toLowerCase();
  const hint =
    lower === 'true' || lower === 'false' ? `; to convert from string, use lowercase "${lower}"` : '';
  throw new ConversionError(`a bool is required${hint}`, path);
}

function convertToObject(value: KnownValue, type: ObjectType, path: ValuePath): Value {
  const given = new Map(membersOf(value).map(([step, member]) => [stepName(step), [step, member] as const]));
  const isMap = isCollection(value.type);
  const attributes = attributeEntries(type).map(([name, wanted]): [string, Value] => {
    const found = given.get(name);
    if (found === undefined) {
      if (isOptional(type, name)) return [name, nullValue(withoutOptional(wanted))];
      throw new ConversionError(`map has no element for required attribute ${JSON.stringify(name)}`, path);
    }
    const [step, member] = found;
    if (isMap && !typesEqual(member.type, wanted) && !canConvertType(member.type, wanted, 'unsafe')) {
      const reason = mismatchMessage(member.type, wanted);
      throw new ConversionError(
        `map element type is incompatible with attribute ${JSON.stringify(name)}: ${reason}`,
        path,
      );
    }
    return [name, convertMember(member, wanted, [...path, step])];
  });
  return {
    ...value,
    type: objectType(attributes.map(([name, member]) => [name, member.type])),
    content: new Map(attributes),
  };
}

function convertToCollection(
  value: KnownValue,
  kind: 'list' | 'set' | 'map',
  wanted: CtyType,
  path: ValuePath,
): Value {
  const members = membersOf(value);
  const from = value.type;
  if (members.length === 0) {
    const element = wanted === 'dynamic' && isCollection(from) ? from[1] : withoutOptional(wanted);
    return collection(kind, element, []);
  }
  // A set that holds something unknown may have fewer members than it seems.
  if (kind === 'list' && isSet(from) && members.some(([, member]) => member.kind === 'unknown')) {
    return unknownValue(['list', isCollection(from) ? from[1] : wanted]);
  }
  const element = isCollection(from) ? wanted : structuralElement(from, kind, wanted);
  const converted = members.map(([step, member]): [PathStep, Value] => [
    step,
    convertAt(member, element, [...path, step], 'unsafe'),
  ]);
  const unifies = kind === 'map' ? isCollection(element) || isObject(element) : isTuple(from);
  return collection(kind, ...unifyMembers(kind, converted, kind !== 'set' && unifies, path));
}

function structuralElement(from: CtyType, kind: 'list' | 'set' | 'map', wanted: CtyType): CtyType {
  const members = isTuple(from) ? from[1] : isObject(from) ? Object.values(from[1]) : [];
  return elementTypeFor(members, wanted, kind, 'unsafe') ?? wanted;
}

/** Members whose wanted type left something open may have turned out different: they get the type they share. */
function unifyMembers(
  kind: 'list' | 'set' | 'map',
  members: readonly (readonly [PathStep, Value])[],
  unifies: boolean,
  path: ValuePath,
): [CtyType, readonly (readonly [PathStep, Value])[]] {
  const types = members.map(([, member]) => member.type);
  const known = types.filter((type) => type !== 'dynamic');
  const first = known[0] ?? 'dynamic';
  if (known.every((type) => typesEqual(type, first))) {
    return [first, members.map(([step, member]) => [step, retype(member, first)])];
  }
  if (!unifies) {
    throw new ConversionError(`element types must all match for conversion to ${kind}`, path);
  }
  const unified = unify(types, 'unsafe');
  if (unified === undefined) {
    throw new ConversionError('cannot find a common base type for all elements', path);
  }
  return [
    unified,
    members.map(([step, member]) => [step, convertAt(member, unified, [...path, step], 'unsafe')]),
  ];
}

/** Members of a type not known yet take the type that the others have. */
function retype(value: Value, type: CtyType): Value {
  return value.type === type || value.kind === 'known' ? value : { ...value, type };
}

function collection(
  kind: 'list' | 'set' | 'map',
  element: CtyType,
  members: readonly (readonly [PathStep, Value])[],
): KnownValue {
  const values = members.map(([, member]) => member);
  if (kind === 'set') return setValue(element, values);
  const type: CtyType = [kind, element];
  if (kind === 'list') return { kind: 'known', type, content: values, marks: noMarks };
  const content = new Map(members.map(([step, member]) => [stepName(step), member]));
  return { kind: 'known', type, content, marks: noMarks };
}

function membersOf(value: KnownValue): [PathStep, Value][] {
  const { content, type } = value;
  if (Array.isArray(content)) {
    return (content as readonly Value[]).map((member, index) => [{ index }, member]);
  }
  if (!(content instanceof Map)) return [];
  const entries = [...(content as ReadonlyMap<string, Value>)];
  return isObject(type)
    ? entries.map(([attribute, member]) => [{ attribute }, member])
    : entries.map(([key, member]) => [{ key }, member]);
}

function stepName(step: PathStep): string {
  if ('attribute' in step) return step.attribute;
  return 'key' in step ? step.key : step.index.toString();
}

function isSet(type: CtyType): boolean {
  return typeof type !== 'string' && type[0] === 'set';
}

/** The wanted type with what it leaves open taken from the given type, for a value without contents. */
function replaceDynamic(given: CtyType, wanted: CtyType): CtyType {
  if (given === 'dynamic') return wanted;
  if (wanted === 'dynamic') return given;
  if (typeof wanted === 'string' || typeof given === 'string') return wanted;
  if (isObject(wanted)) {
    return objectType(
      attributeEntries(wanted).map(([name, type]) => {
        const mine = isObject(given)
          ? attributeType(given, name)
          : isCollection(given)
            ? given[1]
            : undefined;
        return [name, mine === undefined ? type : replaceDynamic(mine, type)];
      }),
    );
  }
  if (isTuple(wanted)) {
    const members = isTuple(given) ? given[1] : [];
    return ['tuple', wanted[1].map((type, at) => replaceDynamic(members[at] ?? 'dynamic', type))];
  }
  if (isCollection(given)) return [wanted[0], replaceDynamic(given[1], wanted[1])];
  const members = isTuple(given) ? given[1] : Object.values(given[1]).sort(compareTypesByText);
  return [wanted[0], replaceDynamic(unify(members, 'unsafe') ?? 'dynamic', wanted[1])];
}

function compareTypesByText(a: CtyType, b: CtyType): number {
  return compareNames(JSON.stringify(a), JSON.stringify(b));
}
