import type { CtyType } from '../cty/type';
import { typeToString } from '../cty/type';
import type { Expression } from '../hcl/syntax';
import type { AttributeSchema, BlockSchema, Nesting } from '../providers/schema';
import type { Declaration, Module } from '../terraform/model';
import { chosenProvider } from '../terraform/providerSource';
import { targetOf, toTraversal } from '../terraform/traversal';
import type { Step, Traversal } from '../terraform/traversal';
import { toType } from '../terraform/typeExpression';
import { attributeOf, keyName, literalString } from '../terraform/values';
import { findSchema } from './providerSchemas';
import type { Snapshot } from './snapshot';

/** What is known, without evaluating, about the value of an expression. */
export type Shape =
  | { readonly kind: 'unknown' }
  | { readonly kind: 'plain'; readonly type: CtyType }
  | { readonly kind: 'collection'; readonly element: Shape }
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

const unknown: Shape = { kind: 'unknown' };

/** No value needs more steps from name to name; what refers to itself ends here. */
const mostSteps = 20;

/** What reading a declaration gives: all instances when it is repeated. */
export function shapeOf(snapshot: Snapshot, module: Module, declaration: Declaration, depth = 0): Shape {
  if (depth > mostSteps || declaration.node.kind !== 'block') {
    return declaration.node.kind === 'attribute' && depth <= mostSteps
      ? expressionShape(snapshot, module, declaration.node.value, depth + 1)
      : unknown;
  }
  const { body } = declaration.node;
  switch (declaration.kind) {
    case 'resource':
    case 'data':
    case 'ephemeral': {
      const chosen = chosenProvider(declaration.node);
      const found = findSchema(snapshot, module, declaration.kind, declaration.type, chosen);
      return found === undefined ? unknown : repeated(declaration, blockShape(found.schema));
    }
    case 'module': {
      const called = snapshot.index.called(declaration, module);
      return called === undefined ? unknown : repeated(declaration, outputsShape(snapshot, called, depth));
    }
    case 'variable':
      return typeShape(toType(attributeOf(body, 'type')?.value));
    case 'output':
      return expressionShape(snapshot, module, attributeOf(body, 'value')?.value, depth + 1);
    default:
      return unknown;
  }
}

/** What an expression gives; `unknown` for most that would have to be evaluated. */
export function expressionShape(
  snapshot: Snapshot,
  module: Module,
  expression: Expression | undefined,
  depth = 0,
): Shape {
  if (expression === undefined || depth > mostSteps) return unknown;
  switch (expression.kind) {
    case 'template':
      return { kind: 'plain', type: 'string' };
    case 'literal':
      if (expression.value === null) return unknown;
      return { kind: 'plain', type: typeof expression.value === 'boolean' ? 'bool' : 'number' };
    case 'parenthesis':
      return expressionShape(snapshot, module, expression.inner, depth + 1);
    case 'tuple':
      return {
        kind: 'collection',
        element: expressionShape(snapshot, module, expression.items[0], depth + 1),
      };
    case 'forTuple':
      return { kind: 'collection', element: unknown };
    case 'object':
      return {
        kind: 'object',
        complete: expression.items.every((item) => keyName(item.key) !== undefined),
        members: () =>
          expression.items.flatMap((item) => {
            const name = keyName(item.key);
            if (name === undefined) return [];
            const shape = expressionShape(snapshot, module, item.value, depth + 1);
            return [{ name, shape, detail: detailOf(shape) }];
          }),
      };
    case 'variable':
    case 'getAttribute':
    case 'index':
    case 'splat': {
      const traversal = toTraversal(expression);
      return traversal === undefined ? unknown : traversalShape(snapshot, module, traversal, depth + 1);
    }
    default:
      return unknown;
  }
}

/** What a traversal through a declaration of the module gives. */
export function traversalShape(snapshot: Snapshot, module: Module, traversal: Traversal, depth = 0): Shape {
  const target = targetOf(traversal);
  const declaration = target === undefined ? undefined : module.find(target.address);
  if (target === undefined || declaration === undefined) return unknown;
  return traversal.steps
    .slice(target.length)
    .reduce(afterStep, shapeOf(snapshot, module, declaration, depth + 1));
}

/** What one step into a value gives. */
export function afterStep(shape: Shape, step: Step): Shape {
  if (step.kind === 'name')
    return membersOf(shape).find((member) => member.name === step.name)?.shape ?? unknown;
  if (shape.kind === 'collection') return step.kind === 'splat' ? splatted(shape.element) : shape.element;
  const name = step.kind === 'index' ? literalString(step.key) : undefined;
  return name === undefined ? unknown : afterStep(shape, { kind: 'name', name, range: step.range });
}

export function membersOf(shape: Shape): readonly Member[] {
  return shape.kind === 'object' ? shape.members() : [];
}

/** A description for people: the type, where it is known. */
export function detailOf(shape: Shape): string {
  switch (shape.kind) {
    case 'plain':
      return typeToString(shape.type);
    case 'collection':
      return `list of ${shape.element.kind === 'unknown' ? 'any' : detailOf(shape.element)}`;
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
    members: () => [
      ...Object.entries(schema.attributes).map(([name, attribute]) => attributeMember(name, attribute)),
      ...Object.entries(schema.blocks).map(([name, nested]): Member => {
        const shape = nestedShape(nested.nesting, blockShape(nested.block));
        const { description } = nested.block;
        return { name, shape, detail: 'block', ...(description !== undefined && { description }) };
      }),
    ],
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
    case 'tuple':
      return { kind: 'collection', element: type[1][0] === undefined ? unknown : typeShape(type[1][0]) };
    default:
      return { kind: 'collection', element: typeShape(type[1]) };
  }
}

/** The type of an attribute in words. */
export function attributeType({ type, nested }: AttributeSchema): string {
  if (type !== undefined) return typeToString(type);
  if (nested === undefined) return 'any';
  return nested.nesting === 'single' || nested.nesting === 'group' ? 'object' : `${nested.nesting} of object`;
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

function attributeShape({ type, nested }: AttributeSchema): Shape {
  if (nested === undefined) return type === undefined ? unknown : typeShape(type);
  return nestedShape(nested.nesting, blockShape({ attributes: nested.attributes, blocks: {} }));
}

function nestedShape(nesting: Nesting, element: Shape): Shape {
  return nesting === 'single' || nesting === 'group' ? element : { kind: 'collection', element };
}

function outputsShape(snapshot: Snapshot, called: Module, depth: number): Shape {
  return {
    kind: 'object',
    complete: called.unread.length === 0,
    members: () =>
      called.declarations
        .filter((declaration) => declaration.kind === 'output')
        .map((output) => {
          const shape = shapeOf(snapshot, called, output, depth + 1);
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
  };
}

function repeated(declaration: Declaration, instance: Shape): Shape {
  if (declaration.node.kind !== 'block') return instance;
  const { body } = declaration.node;
  const many = attributeOf(body, 'count') ?? attributeOf(body, 'for_each');
  return many === undefined ? instance : { kind: 'collection', element: instance };
}

/** After `[*]` a name reads every element, and gives them all. */
function splatted(element: Shape): Shape {
  if (element.kind !== 'object') return { kind: 'collection', element };
  return {
    kind: 'object',
    complete: element.complete,
    members: () =>
      element
        .members()
        .map((member) => ({ ...member, shape: { kind: 'collection', element: member.shape } })),
  };
}
