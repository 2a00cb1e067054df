import type { CtyType } from '../cty/type';
import type { Expression, TemplatePart } from '../hcl/syntax';
import { findFunction } from '../terraform/functions';
import { toTraversal } from '../terraform/traversal';
import type { Step, Traversal } from '../terraform/traversal';
import { keyName } from '../terraform/values';

/** Names that stand for an element of a collection, and which collection that is. */
export type Scope = ReadonlyMap<string, Traversal>;

/** An expression and what its value has to be. */
export interface Pending {
  readonly node: Expression;
  readonly expected: CtyType;
  readonly scope: Scope;
}

/** A scope in which a name stands for each element of a collection. */
export function withElement(
  scope: Scope,
  name: string | undefined,
  collection: Expression,
  isMap: boolean,
): Scope {
  const whole = toTraversal(collection);
  if (name === undefined || whole === undefined) return scope;
  const { root, steps, range } = resolve(whole, scope);
  const element: Step = {
    kind: 'index',
    key: { kind: 'variable', name: isMap ? 'each' : 'index', range },
    range,
  };
  return new Map([...scope, [name, { root, steps: [...steps, element], range }]]);
}

/** The name in a scope of what `each.value` stands for. No variable can have it. */
export const eachValue = 'each.value';

/** A traversal from an element as one from where the element comes from. */
export function resolve(traversal: Traversal, scope: Scope): Traversal {
  const [first] = traversal.steps;
  const isEach =
    traversal.root.name === 'each' && !scope.has('each') && first?.kind === 'name' && first.name === 'value';
  const base = scope.get(isEach ? eachValue : traversal.root.name);
  if (base === undefined) return traversal;
  const steps = isEach ? traversal.steps.slice(1) : traversal.steps;
  return { root: base.root, steps: [...base.steps, ...steps], range: traversal.range };
}

/** The type of a value of which a step gives `inner`. */
export function around(inner: CtyType, step: Step): CtyType {
  if (step.kind === 'name') return step.name === '' ? 'dynamic' : ['object', { [step.name]: inner }];
  if (step.kind === 'splat') return ['list', elementOf(inner)];
  if (step.key.kind === 'literal') return ['list', inner];
  const name = step.key.kind === 'template' ? keyName(step.key) : undefined;
  if (name !== undefined) return ['object', { [name]: inner }];
  const root = toTraversal(step.key)?.root.name;
  return root === 'each' ? ['map', inner] : ['list', inner];
}

export function elementOf(type: CtyType): CtyType {
  return typeof type !== 'string' && (type[0] === 'list' || type[0] === 'set') ? type[1] : 'dynamic';
}

/** The narrower of two types as far as they agree; members of objects are united. */
export function mergeTypes(a: CtyType, b: CtyType): CtyType {
  if (a === 'dynamic') return b;
  if (b === 'dynamic' || typeof a === 'string' || typeof b === 'string') return a;
  if (a[0] === 'object' && b[0] === 'object') {
    const names = [...new Set([...Object.keys(a[1]), ...Object.keys(b[1])])];
    return [
      'object',
      Object.fromEntries(
        names.map((name) => [name, mergeTypes(a[1][name] ?? 'dynamic', b[1][name] ?? 'dynamic')]),
      ),
    ];
  }
  if (a[0] === 'list' && (b[0] === 'list' || b[0] === 'set')) return ['list', mergeTypes(a[1], b[1])];
  if (a[0] === 'set' && (b[0] === 'list' || b[0] === 'set')) return [b[0], mergeTypes(a[1], b[1])];
  if (a[0] === 'map' && b[0] === 'map') return ['map', mergeTypes(a[1], b[1])];
  return a;
}

/** Functions that give back what they are given. */
const transparent = new Set(['try', 'coalesce', 'coalescelist', 'nonsensitive', 'sensitive', 'one', 'can']);
const listFunctions = new Set([
  'concat',
  'distinct',
  'compact',
  'flatten',
  'reverse',
  'slice',
  'sort',
  'toset',
  'tolist',
]);

/** What is taken apart by an expression, with the type each part must have. */
export function operands({ node, expected, scope }: Pending): readonly Pending[] {
  const all = (type: CtyType, ...nodes: (Expression | undefined)[]): Pending[] =>
    nodes.filter((each) => each !== undefined).map((each) => ({ node: each, expected: type, scope }));
  switch (node.kind) {
    case 'template':
      return node.parts.flatMap((part) => partOperands(part, scope));
    case 'getAttribute':
    case 'splat':
      return all('dynamic', node.object);
    case 'index':
      return all('dynamic', node.object, node.key);
    case 'call':
      return callOperands(node.name, node.arguments, expected, scope);
    case 'unary':
      return all(node.operator === '!' ? 'bool' : 'number', node.operand);
    case 'binary':
      return all(operatorType(node.operator), node.left, node.right);
    case 'conditional':
      return [...all('bool', node.condition), ...all(expected, node.then, node.else)];
    case 'parenthesis':
      return all(expected, node.inner);
    case 'tuple':
      return all(elementOf(expected), ...node.items);
    case 'object':
      return node.items.flatMap(({ key, value }) => all(memberOf(expected, keyName(key)), value));
    case 'forTuple':
    case 'forObject': {
      const collection: CtyType = node.variables.length > 1 ? ['map', 'dynamic'] : ['list', 'dynamic'];
      const inner = withElement(
        scope,
        node.variables.at(-1)?.name,
        node.collection,
        node.variables.length > 1,
      );
      const values = node.kind === 'forObject' ? [node.key, node.value] : [node.value];
      const parts = [...values, node.condition].filter((each) => each !== undefined);
      return [
        ...all(collection, node.collection),
        ...parts.map((part) => ({ node: part, expected: 'dynamic' as const, scope: inner })),
      ];
    }
    default:
      return [];
  }
}

function partOperands(part: TemplatePart, scope: Scope): readonly Pending[] {
  switch (part.kind) {
    case 'text':
      return [];
    case 'interpolation':
      return [{ node: part.expression, expected: 'string', scope }];
    case 'if':
      return [
        { node: part.condition, expected: 'bool', scope },
        ...[...part.then, ...part.else].flatMap((each) => partOperands(each, scope)),
      ];
    case 'for': {
      const inner = withElement(
        scope,
        part.variables.at(-1)?.name,
        part.collection,
        part.variables.length > 1,
      );
      return [
        { node: part.collection, expected: ['list', 'dynamic'], scope },
        ...part.body.flatMap((each) => partOperands(each, inner)),
      ];
    }
  }
}

function callOperands(
  name: string,
  args: readonly Expression[],
  expected: CtyType,
  scope: Scope,
): readonly Pending[] {
  const signature = findFunction(name);
  const element = elementOf(expected);
  const list: CtyType = ['list', element === 'dynamic' ? 'string' : element];
  const typeAt = (index: number): CtyType => {
    if (transparent.has(name)) return expected;
    if (listFunctions.has(name)) return index === 0 || name === 'concat' ? list : 'number';
    if (index === 0 && (name === 'element' || name === 'length')) return ['list', expected];
    if (index === 0 && name === 'lookup') return ['map', expected];
    if (index === 0 && (name === 'keys' || name === 'values')) return ['map', 'dynamic'];
    return (signature?.parameters[index] ?? signature?.variadic)?.type ?? 'dynamic';
  };
  return args.map((node, index) => ({ node, expected: typeAt(index), scope }));
}

function operatorType(operator: string): CtyType {
  if (operator === '&&' || operator === '||') return 'bool';
  return operator === '==' || operator === '!=' ? 'dynamic' : 'number';
}

function memberOf(type: CtyType, name: string | undefined): CtyType {
  if (typeof type === 'string' || name === undefined) return 'dynamic';
  if (type[0] === 'map') return type[1];
  return type[0] === 'object' ? (type[1][name] ?? 'dynamic') : 'dynamic';
}
