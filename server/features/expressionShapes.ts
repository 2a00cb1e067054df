import type { Expression, ForObject, ForTuple } from '../hcl/syntax';
import type { Declaration, Module } from '../terraform/model';
import { chosenProvider } from '../terraform/providerSource';
import { targetOf, toTraversal } from '../terraform/traversal';
import type { Traversal } from '../terraform/traversal';
import { toType } from '../terraform/typeExpression';
import { attributeOf, keyName, literalString } from '../terraform/values';
import { callShape } from './callShapes';
import { findSchema } from './providerSchemas';
import {
  afterStep,
  blockShape,
  detailOf,
  elementOf,
  keyOf,
  keysOf,
  merged,
  once,
  plain,
  typeShape,
  unknown,
  valueShape,
} from './shapes';
import type { Member, Shape } from './shapes';
import type { Snapshot } from './snapshot';
import { stackShape } from './stacks/stackShapes';
import { valuesOf } from './values/inputs';

/** From where an expression is read: its module, and the names that mean something at its place alone. */
export interface Reading {
  readonly snapshot: Snapshot;
  readonly module: Module;
  /** Variables of `for`, `each`, `self`, iterators. */
  readonly scope: ReadonlyMap<string, Shape>;
  readonly depth: number;
  /** Nothing is evaluated: for looking at many things at once. */
  readonly light?: boolean;
}

/** No value needs more steps from name to name; what refers to itself ends here. */
const mostSteps = 60;

const noScope: ReadonlyMap<string, Shape> = new Map();

export function readingOf(
  snapshot: Snapshot,
  module: Module,
  scope: ReadonlyMap<string, Shape> = noScope,
): Reading {
  return { snapshot, module, scope, depth: 0 };
}

type Kept = Map<Declaration, Shape>;
const keptShapes = new WeakMap<Snapshot, { readonly light: Kept; readonly whole: Kept }>();

/** What reading a declaration gives: all instances when it is repeated. Looked at once for each moment of the workspace. */
export function declarationShape(reading: Reading, declaration: Declaration): Shape {
  if (reading.depth > mostSteps) return unknown;
  const { snapshot } = reading;
  const maps = keptShapes.get(snapshot) ?? {
    light: new Map<Declaration, Shape>(),
    whole: new Map<Declaration, Shape>(),
  };
  keptShapes.set(snapshot, maps);
  const known =
    maps.whole.get(declaration) ?? (reading.light === true ? maps.light.get(declaration) : undefined);
  if (known !== undefined) return known;
  const kept = reading.light === true ? maps.light : maps.whole;
  // What refers to itself finds this.
  kept.set(declaration, unknown);
  const shape = readDeclaration(reading, declaration);
  kept.set(declaration, shape);
  return shape;
}

function readDeclaration(reading: Reading, declaration: Declaration): Shape {
  const { node, kind } = declaration;
  const inner = { ...reading, depth: reading.depth + 1, scope: noScope };
  if (node.kind === 'attribute') return orEvaluated(inner, declaration, expressionShape(inner, node.value));
  const { snapshot, module } = reading;
  switch (kind) {
    case 'resource':
    case 'data':
    case 'ephemeral': {
      const found = findSchema(snapshot, module, kind, declaration.type, chosenProvider(node));
      return found === undefined ? unknown : repeated(inner, declaration, blockShape(found.schema));
    }
    case 'module':
    case 'run':
    case 'component':
    case 'stack':
    case 'deployment': {
      const called = snapshot.index.called(declaration, module);
      return called === undefined
        ? unknown
        : repeated(inner, declaration, outputsShape({ ...inner, module: called }));
    }
    case 'variable':
      return variableShape(inner, declaration);
    case 'output':
      return orEvaluated(inner, declaration, expressionShape(inner, attributeOf(node.body, 'value')?.value));
    default:
      return stackShape(declaration);
  }
}

const variableShapes = new WeakMap<Declaration, Shape>();

/** By its type, else by its default. */
function variableShape(reading: Reading, declaration: Declaration): Shape {
  const kept = variableShapes.get(declaration);
  if (kept !== undefined) return kept;
  if (declaration.node.kind !== 'block') return unknown;
  const { body } = declaration.node;
  const typed = typeShape(toType(attributeOf(body, 'type')?.value));
  const fallback = attributeOf(body, 'default')?.value;
  const shape = typed.kind === 'unknown' ? expressionShape(reading, fallback) : typed;
  variableShapes.set(declaration, shape);
  return shape;
}

/** What is read from files or decoded is known only by evaluating it. */
function orEvaluated({ snapshot, module, light }: Reading, declaration: Declaration, shape: Shape): Shape {
  if (shape.kind !== 'unknown' || light === true) return shape;
  const value = valuesOf(snapshot, module).valueOf(declaration);
  return value.kind === 'known' ? valueShape(value) : shape;
}

/** What evaluating an expression shows, where it reads nothing that only its own place knows. */
export function evaluatedShape({ snapshot, module, scope }: Reading, expression: Expression): Shape {
  const root = toTraversal(expression)?.root.name;
  if (root === undefined || scope.has(root)) return unknown;
  const { value } = valuesOf(snapshot, module).evaluate(expression);
  return value.kind === 'known' ? valueShape(value) : unknown;
}

/** What an expression gives; `unknown` for most that would have to be evaluated. */
export function expressionShape(before: Reading, expression: Expression | undefined): Shape {
  if (expression === undefined || before.depth > mostSteps) return unknown;
  const reading = { ...before, depth: before.depth + 1 };
  switch (expression.kind) {
    case 'template': {
      const [part, ...more] = expression.parts;
      if (part?.kind === 'interpolation' && more.length === 0)
        return expressionShape(reading, part.expression);
      return plain('string');
    }
    case 'literal':
      if (expression.value === null) return unknown;
      return plain(typeof expression.value === 'boolean' ? 'bool' : 'number');
    case 'unary':
      return plain(expression.operator === '!' ? 'bool' : 'number');
    case 'binary':
      return plain(/^[+\-*/%]$/.test(expression.operator) ? 'number' : 'bool');
    case 'parenthesis':
      return expressionShape(reading, expression.inner);
    case 'conditional':
      return merged([expressionShape(reading, expression.then), expressionShape(reading, expression.else)]);
    case 'tuple':
    case 'object':
      return constructorShape(reading, expression);
    case 'forTuple':
      return {
        kind: 'collection',
        of: 'list',
        element: expressionShape(insideLoop(reading, expression), expression.value),
      };
    case 'forObject':
      return forObjectShape(reading, expression);
    case 'call':
      return callShape(expression, reading, (argument) => expressionShape(reading, argument));
    case 'variable':
    case 'getAttribute':
    case 'index':
    case 'splat':
      return postfixShape(reading, expression);
    default:
      return unknown;
  }
}

function constructorShape(
  reading: Reading,
  expression: Extract<Expression, { kind: 'tuple' | 'object' }>,
): Shape {
  if (expression.kind === 'tuple') {
    // The first ones tell what the others are.
    const element = merged(expression.items.slice(0, 20).map((item) => expressionShape(reading, item)));
    const { length } = expression.items;
    const keys = () => Array.from({ length }, (_, index) => String(index));
    return { kind: 'collection', of: 'list', element, keys };
  }
  return {
    kind: 'object',
    complete: expression.items.every((item) => keyName(item.key) !== undefined),
    members: once(() =>
      expression.items.flatMap((item): Member[] => {
        const name = keyName(item.key);
        if (name === undefined) return [];
        const shape = expressionShape(reading, item.value);
        return [{ name, shape, detail: detailOf(shape) }];
      }),
    ),
  };
}

/** `{ for k, v in x : k => … }` has the keys of `x`; with other keys they are not known. */
function forObjectShape(reading: Reading, loop: ForObject): Shape {
  const value = expressionShape(insideLoop(reading, loop), loop.value);
  const element: Shape = loop.grouping ? { kind: 'collection', of: 'list', element: value } : value;
  const collection = expressionShape(reading, loop.collection);
  const [key, second] = loop.variables;
  const sameKeys = loop.key.kind === 'variable' && loop.key.name === key?.name;
  const isKeyed =
    collection.kind === 'object' || (collection.kind === 'collection' && collection.of === 'map');
  if (sameKeys && second !== undefined && isKeyed) {
    return { kind: 'collection', of: 'map', element, keys: () => keysOf(collection) };
  }
  return { kind: 'collection', of: 'map', element };
}

function insideLoop(reading: Reading, loop: ForTuple | ForObject): Reading {
  const collection = expressionShape(reading, loop.collection);
  return {
    ...reading,
    scope: withLoop(
      reading.scope,
      loop.variables.map(({ name }) => name),
      collection,
    ),
  };
}

/** A scope with the names of a `for` over `collection`. */
export function withLoop(
  scope: ReadonlyMap<string, Shape>,
  names: readonly string[],
  collection: Shape,
): ReadonlyMap<string, Shape> {
  const [first, second] = names;
  const inner = new Map(scope);
  if (second !== undefined) inner.set(second, elementOf(collection));
  if (first !== undefined) inner.set(first, second === undefined ? elementOf(collection) : keyOf(collection));
  return inner;
}

/** A traversal by what it starts with; what is read of a call or a bracket by what that gives. */
function postfixShape(reading: Reading, expression: Expression): Shape {
  const traversal = toTraversal(expression);
  if (traversal !== undefined) return traversalShape(reading, traversal);
  switch (expression.kind) {
    case 'getAttribute':
      return afterStep(expressionShape(reading, expression.object), {
        kind: 'name',
        name: expression.name,
        range: expression.nameRange,
      });
    case 'index':
      return afterStep(expressionShape(reading, expression.object), {
        kind: 'index',
        key: expression.key,
        range: expression.range,
      });
    case 'splat':
      return {
        kind: 'splat',
        element: elementOf(expressionShape(reading, expression.object)),
        full: expression.full,
      };
    default:
      return unknown;
  }
}

/** What a traversal through a name of the scope or a declaration of the module gives. */
export function traversalShape(reading: Reading, traversal: Traversal): Shape {
  const local = reading.scope.get(traversal.root.name);
  if (local !== undefined) return traversal.steps.reduce(afterStep, local);
  const target = targetOf(traversal);
  const declaration = target === undefined ? undefined : reading.module.find(target.address);
  if (target === undefined || declaration === undefined) return unknown;
  const inner = { ...reading, depth: reading.depth + 1 };
  return traversal.steps.slice(target.length).reduce(afterStep, declarationShape(inner, declaration));
}

/** The outputs of the module that `reading` is in, as its caller sees them. */
function outputsShape(reading: Reading): Shape {
  const { module } = reading;
  return {
    kind: 'object',
    complete: module.unread.length === 0,
    members: once(() =>
      module.declarations
        .filter((declaration) => declaration.kind === 'output')
        .map((output) => {
          const shape = declarationShape(reading, output);
          const body = output.node.kind === 'block' ? output.node.body : undefined;
          const text =
            body === undefined ? undefined : literalString(attributeOf(body, 'description')?.value);
          return {
            name: output.name,
            shape,
            detail: detailOf(shape),
            ...(text !== undefined && { description: text }),
          };
        }),
    ),
  };
}

function repeated(reading: Reading, declaration: Declaration, instance: Shape): Shape {
  if (declaration.node.kind !== 'block') return instance;
  const { body } = declaration.node;
  if (attributeOf(body, 'count') !== undefined) return { kind: 'collection', of: 'list', element: instance };
  const collection = attributeOf(body, 'for_each')?.value;
  if (collection === undefined) return instance;
  return {
    kind: 'collection',
    of: 'map',
    element: instance,
    keys: () => instanceKeys(reading, collection),
  };
}

/** The keys that a `for_each` gives, as HCL writes them, as far as they are known. */
function instanceKeys(reading: Reading, collection: Expression): readonly string[] {
  const known = keysOf(expressionShape(reading, collection)).filter((key) => key.startsWith('"'));
  if (known.length > 0) return known;
  const { value } = valuesOf(reading.snapshot, reading.module).evaluate(collection);
  if (value.kind !== 'known' || typeof value.type === 'string') return [];
  const { content } = value;
  if (content instanceof Map) return [...content.keys()].map((key) => JSON.stringify(key));
  if (value.type[0] !== 'set' || !Array.isArray(content)) return [];
  return (content as readonly { content?: unknown }[]).flatMap((member) =>
    typeof member.content === 'string' ? [JSON.stringify(member.content)] : [],
  );
}
