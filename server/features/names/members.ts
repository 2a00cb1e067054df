import type { Block, Call, Expression } from '../../hcl/syntax';
import type { ConfigFile, Declaration, Module } from '../../terraform/model';
import { targetOf, toTraversal } from '../../terraform/traversal';
import type { Step, Traversal } from '../../terraform/traversal';
import { attributeOf, keyName, literalString } from '../../terraform/values';
import { contains } from '../../text/range';
import type { Range } from '../../text/range';
import type { Snapshot } from '../snapshot';
import { localNameAt } from './localNames';
import { handsOn, inBody, inType, isObjectType, objectsIn, spotOfKey } from './memberSources';
import type { Found, Source, Spot } from './memberSources';
import { ownerOf } from './sideFiles';

/** No value needs more steps from name to name; what refers to itself ends here. */
const mostSteps = 20;

/**
 * For each step of a traversal the place where what it reads is written: the key of an object, the argument of a block,
 * an attribute in a type, `for_each` for `each.value`. `undefined` where that is nowhere, as for what providers compute.
 */
export function spotsOf(
  snapshot: Snapshot,
  file: ConfigFile,
  module: Module,
  traversal: Traversal,
  outside: Outside = () => undefined,
): readonly (Spot | undefined)[] {
  return new Resolution(snapshot, outside).follow(file, module, traversal, 0).spots;
}

/** What the first name of a traversal in a file stands for, where that is not for the module to say: in templates. */
export type Outside = (file: ConfigFile, name: string) => Source | undefined;

/** Where the member at the end of `names` is written in what a declaration gives. */
export function spotIn(
  snapshot: Snapshot,
  declaration: Declaration,
  module: Module,
  names: readonly string[],
): Spot | undefined {
  const resolution = new Resolution(snapshot, () => undefined);
  let source = resolution.sourceOf(declaration, module);
  let spot: Spot | undefined;
  for (const name of names) {
    if (source === undefined) return undefined;
    const next = resolution.member(source, name, 0);
    spot = next?.spot;
    source = next?.source;
  }
  return spot;
}

class Resolution {
  constructor(
    private readonly snapshot: Snapshot,
    private readonly outside: Outside,
  ) {}

  follow(
    file: ConfigFile,
    module: Module,
    traversal: Traversal,
    depth: number,
  ): { readonly source: Source | undefined; readonly spots: readonly (Spot | undefined)[] } {
    if (depth > mostSteps) return { source: undefined, spots: [] };
    const start = this.start(file, module, traversal, depth);
    const spots: (Spot | undefined)[] = [...start.spots];
    let { source } = start;
    for (const step of traversal.steps.slice(spots.length)) {
      const next = source === undefined ? undefined : this.step(source, step, depth);
      spots.push(next?.spot);
      source = next?.source;
    }
    return { source, spots };
  }

  sourceOf(declaration: Declaration, module: Module): Source | undefined {
    const { node, file, kind } = declaration;
    const owner = ownerOf(declaration, module);
    const within = { file, module: owner };
    if (node.kind === 'attribute') return { kind: 'value', expression: node.value, ...within };
    switch (kind) {
      case 'variable': {
        const type = attributeOf(node.body, 'type')?.value;
        if (type !== undefined && objectsIn(type)) return { kind: 'type', expression: type, ...within };
        const value = attributeOf(node.body, 'default')?.value;
        return value === undefined ? undefined : { kind: 'value', expression: value, ...within };
      }
      case 'output': {
        const value = attributeOf(node.body, 'value')?.value;
        return value === undefined ? undefined : { kind: 'value', expression: value, ...within };
      }
      case 'module':
      case 'run':
      case 'component':
      case 'stack':
      case 'deployment': {
        const called = this.snapshot.index.called(declaration, owner);
        return called === undefined ? undefined : { kind: 'outputs', module: called };
      }
      default:
        return { kind: 'body', body: node.body, ...within };
    }
  }

  /** What a name reads from a source. */
  member(source: Source, name: string, depth: number): Found | undefined {
    if (depth > mostSteps) return undefined;
    switch (source.kind) {
      case 'outputs': {
        const output = source.module.find(`output.${name}`);
        if (output === undefined) return undefined;
        const { file, nameRange, range } = output;
        return {
          spot: { path: file.path, range: nameRange, extent: range },
          source: this.sourceOf(output, source.module),
        };
      }
      case 'body':
        return inBody(source, name);
      case 'type':
        return inType(source, name);
      case 'value':
        return this.inValue(source, name, depth);
    }
  }

  private start(
    file: ConfigFile,
    module: Module,
    traversal: Traversal,
    depth: number,
  ): {
    readonly source: Source | undefined;
    readonly spots: readonly (Spot | undefined)[];
  } {
    const { root, steps } = traversal;
    const local = localNameAt(file, root.range.start);
    if (local !== undefined) {
      const element = (): Source | undefined =>
        local.collection === undefined
          ? undefined
          : this.element({ kind: 'value', expression: local.collection, file, module }, depth + 1);
      if (local.part !== 'iterator')
        return { source: local.part === 'value' ? element() : undefined, spots: [] };
      const of = steps[0]?.kind === 'name' && steps[0].name === 'value' ? element() : undefined;
      const spot = local.collection && {
        path: file.path,
        range: local.collection.range,
        extent: local.collection.range,
      };
      return { source: of, spots: steps.length === 0 ? [] : [spot] };
    }
    const given = this.outside(file, root.name);
    if (given !== undefined) return { source: given, spots: [] };
    const target = targetOf(traversal);
    const declaration = target === undefined ? undefined : module.find(target.address);
    if (target !== undefined && declaration !== undefined) {
      const source = this.sourceOf(declaration, module);
      return { source, spots: Array.from({ length: target.length }, () => undefined) };
    }
    return this.context(file, module, traversal, depth);
  }

  /** `each`, `count` and `self` stand for what the block around them says. */
  private context(file: ConfigFile, module: Module, { root, steps }: Traversal, depth: number) {
    const nothing = { source: undefined, spots: [] };
    const block = blockAround(file, root.range);
    if (block === undefined) return nothing;
    if (root.name === 'self')
      return { source: { kind: 'body' as const, body: block.body, file, module }, spots: [] };
    const [first] = steps;
    const argument = root.name === 'each' ? 'for_each' : root.name === 'count' ? 'count' : undefined;
    const attribute = argument === undefined ? undefined : attributeOf(block.body, argument);
    if (attribute === undefined || first?.kind !== 'name') return nothing;
    const spot = { path: file.path, range: attribute.nameRange, extent: attribute.range };
    const isValue = root.name === 'each' && first.name === 'value';
    const collection: Source = { kind: 'value', expression: attribute.value, file, module };
    return { source: isValue ? this.element(collection, depth + 1) : undefined, spots: [spot] };
  }

  private step(source: Source, step: Step, depth: number): Found | undefined {
    if (step.kind === 'name') return this.member(source, step.name, depth + 1);
    if (source.kind === 'body' || source.kind === 'outputs') return { spot: undefined, source };
    const name = step.kind === 'index' ? literalString(step.key) : undefined;
    if (name !== undefined) {
      const found = this.member(source, name, depth + 1);
      if (found !== undefined) return found;
    }
    const at = step.kind === 'index' ? indexOf(step.key) : undefined;
    return { spot: undefined, source: this.element(source, depth + 1, at) };
  }

  /** One element of a collection: the one at `at` where that is known, else the first. */
  private element(source: Source, depth: number, at = 0): Source | undefined {
    if (depth > mostSteps) return undefined;
    if (source.kind === 'type') {
      const { expression } = source;
      const inner =
        expression.kind === 'call' && !isObjectType(expression) ? expression.arguments[0] : undefined;
      if (inner === undefined) return undefined;
      const item = inner.kind === 'tuple' ? inner.items[at] : inner;
      return item === undefined ? undefined : { ...source, expression: item };
    }
    if (source.kind !== 'value') return source;
    const { expression } = source;
    switch (expression.kind) {
      case 'parenthesis':
        return this.element({ ...source, expression: expression.inner }, depth + 1, at);
      case 'tuple': {
        const item = expression.items[at] ?? expression.items[0];
        return item === undefined ? undefined : { ...source, expression: item };
      }
      case 'object': {
        const item = expression.items[at] ?? expression.items[0];
        return item === undefined ? undefined : { ...source, expression: item.value };
      }
      case 'forTuple':
      case 'forObject':
        return { ...source, expression: expression.value };
      case 'conditional':
        return (
          this.element({ ...source, expression: expression.then }, depth + 1, at) ??
          this.element({ ...source, expression: expression.else }, depth + 1, at)
        );
      case 'call':
        return this.throughCall(source, expression, (inner) => this.element(inner, depth + 1, at));
      default: {
        const next = this.referred(source, depth);
        return next === undefined ? undefined : this.element(next, depth + 1, at);
      }
    }
  }

  private inValue(
    source: Extract<Source, { kind: 'value' | 'type' }>,
    name: string,
    depth: number,
  ): Found | undefined {
    const { expression } = source;
    const within = (inner: Expression) => this.member({ ...source, expression: inner }, name, depth + 1);
    switch (expression.kind) {
      case 'parenthesis':
        return within(expression.inner);
      case 'conditional':
        return within(expression.then) ?? within(expression.else);
      case 'object': {
        const item = expression.items.findLast(({ key }) => keyName(key) === name);
        return item === undefined
          ? undefined
          : { spot: spotOfKey(source.file, item), source: { ...source, expression: item.value } };
      }
      case 'forObject':
        return { spot: undefined, source: { ...source, expression: expression.value } };
      case 'call':
        return this.throughCall(source, expression, (inner) => this.member(inner, name, depth + 1));
      default: {
        const next = this.referred(source, depth);
        return next === undefined ? undefined : this.member(next, name, depth + 1);
      }
    }
  }

  /** Through functions that give back what one of their arguments holds; of merge() the last one wins. */
  private throughCall<T>(
    source: Extract<Source, { kind: 'value' | 'type' }>,
    call: Call,
    find: (inner: Source) => T | undefined,
  ): T | undefined {
    if (!handsOn(call.name)) return undefined;
    const candidates = call.name === 'merge' ? call.arguments.toReversed() : call.arguments;
    for (const argument of candidates) {
      const found = find({ ...source, expression: argument });
      if (found !== undefined) return found;
    }
    return undefined;
  }

  private referred(source: Extract<Source, { kind: 'value' | 'type' }>, depth: number): Source | undefined {
    const traversal = toTraversal(source.expression);
    return traversal === undefined
      ? undefined
      : this.follow(source.file, source.module, traversal, depth + 1).source;
  }
}

function indexOf(key: Expression): number | undefined {
  if (key.kind !== 'literal' || key.value === null || typeof key.value === 'boolean') return undefined;
  const index = Number(key.value.number);
  return Number.isInteger(index) ? index : undefined;
}

function blockAround(file: ConfigFile, range: Range): Block | undefined {
  return file.syntax.body.items.find(
    (item): item is Block => item.kind === 'block' && contains(item.range, range),
  );
}
