import type { Attribute, Block, Expression, Name, TemplatePart } from '../../hcl/syntax';
import { childExpressions, nodePathAt } from '../../hcl/walk';
import type { ConfigFile } from '../../terraform/model';
import { iteratorOf } from '../../terraform/uses';
import { attributeOf } from '../../terraform/values';
import { touches } from '../../text/range';
import type { Range } from '../../text/range';
import type { FileEdit } from '../actions/codeAction';
import { rewritten } from './named';
import type { Named, NamedPlace } from './named';

/** A name that holds inside one expression or block: a variable of a `for`, the iterator of a `dynamic` block. */
export interface LocalName {
  readonly name: string;
  readonly declaration: Range;
  /** In file order. */
  readonly uses: readonly Range[];
  /** What it goes over. */
  readonly collection: Expression | undefined;
  /** What of an element it is; an iterator is an object of both. */
  readonly part: 'key' | 'value' | 'iterator';
  /** The block whose type names the iterator, because nothing else does. */
  readonly implied: Block | undefined;
}

/** A name that an expression takes from outside of it. */
export type FreeName = Name;

/** The local name whose declaration or use is at `offset`. */
export function localNameAt(file: ConfigFile, offset: number): LocalName | undefined {
  return namesAround(file, offset)?.locals.find((local) => holds(local, offset));
}

/** The local name at `offset` as something that can be found and renamed. */
export function namedLocalAt(file: ConfigFile, offset: number): Named | undefined {
  const names = namesAround(file, offset);
  const local = names?.locals.find((each) => holds(each, offset));
  if (names === undefined || local === undefined) return undefined;
  const { path } = file;
  const places: NamedPlace[] = [
    { path, range: local.declaration, role: 'declaration' },
    ...local.uses.map((range): NamedPlace => ({ path, range, role: 'read' })),
  ];
  const taken = new Set([...names.locals, ...names.free].map((each) => each.name));
  return {
    name: local.name,
    places,
    refusal: () =>
      local.implied !== undefined && touches(local.declaration, offset)
        ? `"${local.name}" says which blocks are made. Rename the iterator where it is read.`
        : undefined,
    rename: (name) => {
      if (taken.has(name)) throw new Error(`"${name}" is the name of something else in this expression.`);
      return [
        ...rewritten(local.implied === undefined ? places : places.slice(1), name),
        ...iteratorEdits(file, local.implied, name),
      ];
    },
  };
}

function holds({ declaration, uses }: LocalName, offset: number): boolean {
  return touches(declaration, offset) || uses.some((range) => touches(range, offset));
}

/** The names of the outermost `dynamic` block around `offset`, else of the argument. */
function namesAround(file: ConfigFile, offset: number): ReturnType<typeof namesInside> | undefined {
  const nodes = nodePathAt(file.syntax, offset);
  const outer =
    nodes.find((node): node is Block => node.kind === 'block' && node.type === 'dynamic') ??
    nodes.find((node): node is Attribute => node.kind === 'attribute');
  return outer === undefined ? undefined : namesInside(outer);
}

/** All local names of an expression, an argument or a block, and the names that it takes from outside. */
export function namesInside(node: Attribute | Block | Expression): {
  readonly locals: readonly LocalName[];
  readonly free: readonly FreeName[];
} {
  const walk = new Walk();
  walk.node(node);
  const byStart = (a: Range, b: Range) => a.start - b.start;
  for (const local of walk.locals) local.uses.sort(byStart);
  return { locals: walk.locals, free: walk.free.sort((a, b) => byStart(a.range, b.range)) };
}

/** Where a block has no `iterator` it gets one: its label says what it makes and stays. */
function iteratorEdits(file: ConfigFile, block: Block | undefined, name: string): FileEdit[] {
  if (block === undefined) return [];
  const { text } = file.syntax;
  const first = block.body.items[0]?.range.start ?? block.body.range.end;
  const indent = /[ \t]*$/.exec(text.slice(0, first))?.[0] ?? '';
  return [{ path: file.path, range: { start: first, end: first }, newText: `iterator = ${name}\n${indent}` }];
}

type Scope = ReadonlyMap<string, Collected>;

interface Collected extends LocalName {
  readonly uses: Range[];
}

type Node = Attribute | Block | Expression | TemplatePart;

interface Pending {
  readonly node: Node;
  readonly scope: Scope;
}

/** A loop over what is still to be looked at, so any depth is fine. */
class Walk {
  readonly locals: Collected[] = [];
  readonly free: FreeName[] = [];
  private readonly pending: Pending[] = [];

  node(node: Attribute | Block | Expression): void {
    this.pending.push({ node, scope: new Map() });
    for (let next = this.pending.pop(); next !== undefined; next = this.pending.pop()) {
      const { scope } = next;
      if (next.node.kind === 'block') this.block(next.node, scope);
      else this.expression(next.node, scope);
    }
  }

  private push(scope: Scope, ...nodes: readonly (Node | undefined)[]): void {
    for (const node of nodes) if (node !== undefined) this.pending.push({ node, scope });
  }

  private block(block: Block, scope: Scope): void {
    if (block.type !== 'dynamic') {
      this.push(scope, ...block.body.items);
      return;
    }
    const iterator = this.iterator(block);
    const inner = iterator === undefined ? scope : new Map(scope).set(iterator.name, iterator);
    for (const item of block.body.items) {
      if (item.kind === 'attribute' && item.name === 'iterator') continue;
      this.push(item.kind === 'block' && item.type === 'content' ? inner : scope, item);
    }
  }

  private iterator(block: Block): Collected | undefined {
    const name = iteratorOf(block);
    const written = attributeOf(block.body, 'iterator')?.value;
    const [label] = block.labels;
    if (name === undefined || label === undefined) return undefined;
    const explicit = written?.kind === 'variable';
    const inside = { start: label.range.start + 1, end: label.range.end - 1 };
    const collected: Collected = {
      name,
      declaration: explicit ? written.range : label.quoted ? inside : label.range,
      uses: [],
      collection: attributeOf(block.body, 'for_each')?.value,
      part: 'iterator',
      implied: explicit ? undefined : block,
    };
    this.locals.push(collected);
    return collected;
  }

  private loop(scope: Scope, variables: readonly Name[], collection: Expression): Scope {
    const inner = new Map(scope);
    variables.forEach(({ name, range }, index) => {
      const collected: Collected = {
        name,
        declaration: range,
        uses: [],
        collection,
        part: index === 0 && variables.length > 1 ? 'key' : 'value',
        implied: undefined,
      };
      this.locals.push(collected);
      inner.set(name, collected);
    });
    return inner;
  }

  private expression(node: Exclude<Node, Block>, scope: Scope): void {
    switch (node.kind) {
      case 'variable': {
        const local = scope.get(node.name);
        if (local === undefined) this.free.push({ name: node.name, range: node.range });
        else local.uses.push(node.range);
        break;
      }
      case 'for':
        this.push(scope, node.collection);
        this.push(this.loop(scope, node.variables, node.collection), ...node.body);
        break;
      case 'forTuple':
      case 'forObject': {
        this.push(scope, node.collection);
        const inner = this.loop(scope, node.variables, node.collection);
        this.push(inner, node.kind === 'forObject' ? node.key : undefined, node.value, node.condition);
        break;
      }
      default:
        this.push(scope, ...operands(node));
    }
  }
}

/** What stands directly inside of a node that gives no names. */
function operands(
  node: Exclude<Node, Block | { kind: 'for' | 'forTuple' | 'forObject' }>,
): readonly (Node | undefined)[] {
  switch (node.kind) {
    case 'attribute':
      return [node.value];
    case 'text':
      return [];
    case 'interpolation':
      return [node.expression];
    case 'if':
      return [node.condition, ...node.then, ...node.else];
    case 'template':
      return node.parts;
    case 'object':
      // A bare key means its own name.
      return node.items.flatMap(({ key, value }) => (key.kind === 'variable' ? [value] : [key, value]));
    case 'call':
      // OpenTofu's convert takes a type second, whose names are no references.
      return /^(core::)?convert$/.test(node.name) ? node.arguments.slice(0, 1) : node.arguments;
    default:
      return childExpressions(node);
  }
}
