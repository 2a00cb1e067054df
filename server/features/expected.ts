import type { CtyType } from '../cty/type';
import type { AttributeSchema } from '../providers/schema';
import { rulesFor, variableRule } from './bodyRules';
import type { ArgumentRule, BlockHeader } from './bodyRules';
import { calledFunction, parameterAt } from './callables';
import type { Reading } from './expressionShapes';
import { expressionShape } from './expressionShapes';
import { expressionIn } from './placeScope';
import type { PlaceStep, ValuePlace } from './place';
import { keyOf, typeOf } from './shapes';

/** What a value at a place should be. */
export interface Expected {
  /** `{ type: 'dynamic' }` where anything will do. */
  readonly schema: AttributeSchema;
  /** The argument that the value is for, while nothing in between turns it into something else. */
  readonly rule: ArgumentRule | undefined;
  /** Names of the members on the way from that argument. */
  readonly path: readonly string[];
  /** A list, set or map of anything is wanted, as behind `in` and in `for_each`. */
  readonly collection: boolean;
}

const anything: AttributeSchema = { type: 'dynamic' };

/** Arguments of these functions are what the call should give. */
const handing = new Set([
  'coalesce',
  'coalescelist',
  'compact',
  'concat',
  'distinct',
  'ephemeralasnull',
  'merge',
  'nonsensitive',
  'reverse',
  'sensitive',
  'setintersection',
  'setsubtract',
  'setunion',
  'sort',
  'tolist',
  'tomap',
  'toset',
  'try',
]);

/** What is wanted where the cursor stands inside the value of an argument with that rule. */
export function expectedAt(
  reading: Reading,
  text: string,
  place: ValuePlace,
  rule: ArgumentRule | undefined,
): Expected {
  let expected: Expected = {
    schema: rule?.schema ?? anything,
    rule,
    path: [],
    collection: place.attribute === 'for_each',
  };
  for (const step of place.steps) expected = afterPlaceStep(expected, step, reading, text);
  return byOperator(expected, reading, text, place);
}

/** The rule of the argument that is being written. */
export function ruleAt(
  { snapshot, module }: Pick<Reading, 'snapshot' | 'module'>,
  place: Pick<ValuePlace, 'attribute'>,
  blocks: readonly BlockHeader[],
): ArgumentRule | undefined {
  const [top] = blocks;
  if (top?.type === 'variable' && blocks.length === 1 && place.attribute === 'default') {
    const variable = module.find(`var.${top.labels[0] ?? ''}`);
    return variable === undefined ? undefined : variableRule(variable);
  }
  return rulesFor(snapshot, module, blocks).arguments.get(place.attribute);
}

function afterPlaceStep(expected: Expected, step: PlaceStep, reading: Reading, text: string): Expected {
  const { schema, path } = expected;
  const inside = { ...expected, collection: false };
  switch (step.kind) {
    case 'group':
      return expected;
    case 'member': {
      const next = step.name === undefined ? elementSchema(schema) : memberSchema(schema, step.name);
      return { ...inside, schema: next, path: step.name === undefined ? path : [...path, step.name] };
    }
    case 'element':
      return { ...inside, schema: elementSchema(schema, step.index) };
    case 'template':
      return { ...inside, schema: { type: 'string' }, rule: undefined };
    case 'key':
      return { ...inside, schema: { type: 'string' }, rule: undefined };
    case 'collection':
      return { schema: anything, rule: undefined, path: [], collection: true };
    case 'index': {
      const shape = expressionShape(reading, expressionIn(text, step.of));
      return { ...inside, schema: { type: typeOf(keyOf(shape)) }, rule: undefined };
    }
    case 'argument': {
      if (handing.has(step.call)) return expected;
      const called = calledFunction(reading.snapshot, reading.module, step.call);
      const parameter = called === undefined ? undefined : parameterAt(called, step.index);
      return { ...inside, schema: { type: parameter?.type ?? 'dynamic' }, rule: undefined };
    }
  }
}

/** The members that a value of that schema may have, by name. */
export function memberSchemas({ type, nested }: AttributeSchema): Readonly<Record<string, AttributeSchema>> {
  if (nested !== undefined) return nested.nesting === 'map' ? {} : nested.attributes;
  return type === undefined ? {} : typeMembers(type);
}

function typeMembers(type: CtyType): Readonly<Record<string, AttributeSchema>> {
  if (typeof type === 'string') return {};
  switch (type[0]) {
    case 'object': {
      const optional = new Set(type[2] ?? []);
      return Object.fromEntries(
        Object.entries(type[1]).map(([name, member]): [string, AttributeSchema] => [
          name,
          { type: member, ...(optional.has(name) ? { optional: true } : { required: true }) },
        ]),
      );
    }
    case 'list':
    case 'set':
      return typeMembers(type[1]);
    default:
      return {};
  }
}

function memberSchema(schema: AttributeSchema, name: string): AttributeSchema {
  const members = memberSchemas(schema);
  if (Object.hasOwn(members, name)) return members[name] ?? anything;
  const { type, nested } = schema;
  const isMap =
    nested?.nesting === 'map' || (type !== undefined && typeof type !== 'string' && type[0] === 'map');
  return isMap ? elementSchema(schema) : anything;
}

function elementSchema({ type, nested }: AttributeSchema, index = 0): AttributeSchema {
  if (nested !== undefined) {
    return nested.nesting === 'single' || nested.nesting === 'group'
      ? anything
      : { nested: { nesting: 'single', attributes: nested.attributes } };
  }
  if (type === undefined || typeof type === 'string') return anything;
  if (type[0] === 'tuple') return { type: type[1][index] ?? 'dynamic' };
  return type[0] === 'object' ? anything : { type: type[1] };
}

/** Operators have wishes of their own; `?` and `:` hand on what is wanted. */
function byOperator(expected: Expected, reading: Reading, text: string, place: ValuePlace): Expected {
  const { operator, left } = place;
  const plainly = (type: CtyType): Expected => ({
    schema: { type },
    rule: undefined,
    path: [],
    collection: false,
  });
  if (operator === '' || operator === '?' || operator === ':') return expected;
  if (/^(if)?(&&|\|\|)?!*$/.test(operator)) return plainly('bool');
  if (operator === '==' || operator === '!=') {
    return left === undefined
      ? plainly('dynamic')
      : plainly(typeOf(expressionShape(reading, expressionIn(text, left))));
  }
  return /^[-+*/%<>=]+$/.test(operator) ? plainly('number') : expected;
}
