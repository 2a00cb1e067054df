import type { CtyType } from '../cty/type';
import { typeToString } from '../cty/type';
import type { Value } from '../cty/value';
import type { AttributeSchema, BlockSchema, Nesting } from '../providers/schema';
import type { Step } from '../terraform/traversal';
import { literalString } from '../terraform/values';

/** What is known, without evaluating, about the value of an expression. */
export type Shape =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'plain'; readonly type: CtyType }
  | {
      readonly kind: 'collection';
      readonly of: 'list' | 'set' | 'map';
      readonly element: Shape;
      /** The keys or indexes that are known to be there, as HCL writes them: `"a"`, `0`. */
      readonly keys?: (() => readonly string[]) | undefined;
    }
  /** After `[*]`: what is read next is read of each element, and gives a list. `full` but for the older `.*`. */
  | { readonly kind: 'splat'; readonly element: Shape; readonly full: boolean }
  /** `complete` when there are no other members. */
  | { readonly kind: 'object'; readonly members: () => readonly Member[]; readonly complete: boolean };

export interface Member {
  readonly name: string;
  readonly shape: Shape;
  /** The type as written in HCL, or the kind of block. */
  readonly detail: string;
  readonly description?: string;
  readonly deprecated?: boolean;
}

export const unknown: Shape = { kind: 'unknown' };

export function plain(type: 'string' | 'number' | 'bool'): Shape {
  return { kind: 'plain', type };
}

/** Works a thing out when it is first asked for. */
export function once<T>(work: () => T): () => T {
  let done: { readonly result: T } | undefined;
  return () => (done ??= { result: work() }).result;
}

export function listOf(element: Shape): Shape {
  return { kind: 'collection', of: 'list', element };
}

/** An object with these members and no others. */
export function objectOf(members: Readonly<Record<string, Shape>>): Shape {
  return {
    kind: 'object',
    complete: true,
    members: () => Object.entries(members).map(([name, shape]) => ({ name, shape, detail: detailOf(shape) })),
  };
}

/** What one step into a value gives. */
export function afterStep(shape: Shape, step: Step): Shape {
  if (shape.kind === 'splat' && (step.kind === 'name' || shape.full)) {
    return { ...shape, element: afterStep(shape.element, step) };
  }
  if (step.kind === 'name')
    return membersOf(shape).find((member) => member.name === step.name)?.shape ?? elementByKey(shape);
  if (step.kind === 'splat') return { kind: 'splat', element: elementOf(shape), full: true };
  if (shape.kind === 'collection' || shape.kind === 'splat') return shape.element;
  const name = literalString(step.key);
  if (name === undefined) return elementOf(shape);
  return afterStep(shape, { kind: 'name', name, range: step.range });
}

function elementByKey(shape: Shape): Shape {
  return shape.kind === 'collection' && shape.of === 'map' ? shape.element : unknown;
}

/** What a `for` or a splat sees one by one. */
export function elementOf(shape: Shape): Shape {
  switch (shape.kind) {
    case 'collection':
    case 'splat':
      return shape.element;
    case 'object':
      return merged(shape.members().map((member) => member.shape));
    default:
      return unknown;
  }
}

/** What a `for` sees as key. */
export function keyOf(shape: Shape): Shape {
  if (shape.kind === 'object') return plain('string');
  if (shape.kind === 'splat') return plain('number');
  if (shape.kind !== 'collection') return unknown;
  if (shape.of === 'set') return shape.element;
  return plain(shape.of === 'map' ? 'string' : 'number');
}

/** Several values in one place: objects give the members that any of them has. */
export function merged(shapes: readonly Shape[]): Shape {
  const known = shapes.filter((shape) => shape.kind !== 'unknown');
  const [first, second] = known;
  if (first === undefined || second === undefined) return first ?? unknown;
  const objects = known.filter((shape) => shape.kind === 'object');
  if (objects.length === 0) return first;
  return {
    kind: 'object',
    complete: objects.every((shape) => shape.complete) && objects.length === shapes.length,
    members: once(() => {
      const byName = new Map<string, Member>();
      for (const member of objects.flatMap((shape) => shape.members())) {
        const before = byName.get(member.name);
        const isBetter = before === undefined || before.shape.kind === 'unknown';
        if (isBetter) byName.set(member.name, member);
      }
      return [...byName.values()];
    }),
  };
}

/** What can be read with a dot. After a splat that is what each element has. */
export function membersOf(shape: Shape): readonly Member[] {
  if (shape.kind === 'object') return shape.members();
  if (shape.kind !== 'splat') return [];
  return membersOf(shape.element).map((member) => ({
    ...member,
    shape: { ...shape, element: member.shape },
  }));
}

/** The keys that are known, as HCL writes them in brackets. */
export function keysOf(shape: Shape): readonly string[] {
  if (shape.kind === 'object') return shape.members().map((member) => JSON.stringify(member.name));
  return shape.kind === 'collection' ? (shape.keys?.() ?? []) : [];
}

/** No type that a person would read is deeper. */
const deepestType = 6;

/** The type of a value, `dynamic` for the parts of it that are not known. */
export function typeOf(shape: Shape, depth = 0): CtyType {
  if (depth > deepestType) return 'dynamic';
  switch (shape.kind) {
    case 'plain':
      return shape.type;
    case 'collection':
      return [shape.of, typeOf(shape.element, depth + 1)];
    case 'splat':
      return ['list', typeOf(shape.element, depth + 1)];
    case 'object':
      return [
        'object',
        Object.fromEntries(
          shape.members().map((member): [string, CtyType] => [member.name, typeOf(member.shape, depth + 1)]),
        ),
      ];
    default:
      return 'dynamic';
  }
}

/** The type as far as it is needed to see whether a value fits: objects in objects are anything. */
export function outerTypeOf(shape: Shape): CtyType {
  return typeOf(shape, deepestType - 1);
}

/** A description for people: the type, where it is known. */
export function detailOf(shape: Shape): string {
  switch (shape.kind) {
    case 'plain':
      return typeToString(shape.type);
    case 'splat':
    case 'collection': {
      const { element } = shape;
      const of = shape.kind === 'splat' ? 'list' : shape.of;
      return `${of} of ${element.kind === 'unknown' ? 'any' : detailOf(element)}`;
    }
    case 'object':
      return 'object';
    default:
      return '';
  }
}

/** The members a block's object has when it is read. */
export function blockShape(schema: BlockSchema): Shape {
  return {
    kind: 'object',
    complete: schema.open !== true,
    members: once(() => [
      ...Object.entries(schema.attributes).map(([name, attribute]) => attributeMember(name, attribute)),
      ...Object.entries(schema.blocks).map(([name, nested]): Member => {
        const shape = nestedShape(nested.nesting, blockShape(nested.block));
        const { description } = nested.block;
        return { name, shape, detail: 'block', ...(description !== undefined && { description }) };
      }),
    ]),
  };
}

/** A type as a shape: objects get their members. */
export function typeShape(type: CtyType): Shape {
  if (type === 'dynamic') return unknown;
  if (typeof type === 'string') return { kind: 'plain', type };
  switch (type[0]) {
    case 'object': {
      const members = type[1];
      return {
        kind: 'object',
        complete: true,
        members: () =>
          Object.entries(members).map(([name, member]) => ({
            name,
            shape: typeShape(member),
            detail: typeToString(member),
          })),
      };
    }
    case 'tuple': {
      const elements = type[1];
      return {
        kind: 'collection',
        of: 'list',
        element: merged(elements.map(typeShape)),
        keys: () => elements.map((_, index) => String(index)),
      };
    }
    default:
      return { kind: 'collection', of: type[0], element: typeShape(type[1]) };
  }
}

/** More keys than this nobody reads. */
const mostKeys = 200;

/** What an evaluated value shows: its members and keys, where they are known. */
export function valueShape(value: Value): Shape {
  if (value.kind !== 'known') return typeShape(value.type);
  const { type, content } = value;
  if (typeof type === 'string') return typeShape(type);
  if (content instanceof Map) {
    const entries = [...(content as ReadonlyMap<string, Value>)].slice(0, mostKeys);
    if (type[0] === 'map') {
      const element = merged(entries.slice(0, 20).map(([, member]) => valueShape(member)));
      return {
        kind: 'collection',
        of: 'map',
        element,
        keys: () => entries.map(([key]) => JSON.stringify(key)),
      };
    }
    return objectOf(Object.fromEntries(entries.map(([name, member]) => [name, valueShape(member)])));
  }
  const members = (Array.isArray(content) ? (content as readonly Value[]) : []).slice(0, mostKeys);
  return {
    kind: 'collection',
    of: type[0] === 'set' ? 'set' : 'list',
    element: merged(members.slice(0, 20).map(valueShape)),
    ...(type[0] !== 'set' && { keys: () => members.map((_, index) => String(index)) }),
  };
}

/** The type of an attribute in words. */
export function attributeType({ type, nested }: AttributeSchema): string {
  if (type !== undefined) return typeToString(type);
  if (nested === undefined) return 'any';
  return nested.nesting === 'single' || nested.nesting === 'group' ? 'object' : `${nested.nesting} of object`;
}

/** What reading an attribute gives. */
export function attributeShape({ type, nested }: AttributeSchema): Shape {
  if (nested === undefined) return type === undefined ? unknown : typeShape(type);
  return nestedShape(nested.nesting, blockShape({ attributes: nested.attributes, blocks: {} }));
}

function attributeMember(name: string, attribute: AttributeSchema): Member {
  const { description, deprecated } = attribute;
  return {
    name,
    shape: attributeShape(attribute),
    detail: attributeType(attribute),
    ...(description !== undefined && { description }),
    ...(deprecated === true && { deprecated }),
  };
}

function nestedShape(nesting: Nesting, element: Shape): Shape {
  return nesting === 'single' || nesting === 'group' ? element : { kind: 'collection', of: nesting, element };
}
