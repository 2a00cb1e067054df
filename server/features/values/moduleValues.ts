import path from 'node:path';
import { convert } from '../../cty/convert';
import { evaluate } from '../../cty/evaluate';
import type { Evaluation } from '../../cty/evaluate';
import { applyDefaults } from '../../cty/typeDefaults';
import { readTypeConstraint } from '../../cty/typeConstraint';
import { findFunctionDefinition } from '../../cty/functions/table';
import {
  ephemeral,
  nullValue,
  objectValue,
  sensitive,
  stringValue,
  unknownValue,
  withMarks,
} from '../../cty/value';
import type { Marks, Value } from '../../cty/value';
import type { Attribute, Block, Expression } from '../../hcl/syntax';
import { visitTraversals } from '../../terraform/expressions';
import type { Declaration, Module } from '../../terraform/model';
import { targetOf } from '../../terraform/traversal';
import { toType } from '../../terraform/typeExpression';
import { attributeOf, blocksOf } from '../../terraform/values';
import type { Snapshot } from '../snapshot';
import { emptyWorld } from '../../cty/emptyWorld';
import { instances, isRepeated } from './instances';
import { resourceTypeValue, resourceValue } from './resourceValue';

/** Names that only mean something at one place: `each`, `count`, variables of a `dynamic` block. */
export type Bindings = ReadonlyMap<string, Value>;

/** Where the values of a module's variables come from. */
export interface Inputs {
  /** The value as given, before it is converted to the variable's type; `undefined` where none is given. */
  value(name: string): { readonly value: Value; readonly origin: string } | undefined;
}

/** A value with the sentence that says where it comes from. */
export interface Sourced {
  readonly value: Value;
  /** `default`, `terraform.tfvars`, `module.store` … */
  readonly origin: string;
}

const nothingBound: Bindings = new Map();
const unknown = unknownValue('dynamic');

/**
 * What a module's expressions give before anything is applied: what only an apply can tell is unknown. With `types` set
 * only types are known, as in `terraform validate`: what is wrong then is wrong for every value of the variables.
 */
export class ModuleValues {
  private readonly known = new Map<string, Value>();
  private readonly pending = new Set<string>();

  constructor(
    readonly snapshot: Snapshot,
    readonly module: Module,
    private readonly inputs: Inputs,
    /** The directory that terraform runs in. */
    readonly root: string = module.directory,
    readonly only: 'values' | 'types' = 'values',
  ) {}

  /** The value of an expression of this module. */
  evaluate(expression: Expression, bindings: Bindings = nothingBound): Evaluation {
    const wanted = this.targetsIn(expression);
    return evaluate(expression, {
      variable: (name) => bindings.get(name) ?? this.rootValue(name, wanted.get(name) ?? []),
      functions: findFunctionDefinition,
      world: this.only === 'types' ? emptyWorld : this.snapshot.world(this.root),
      limit: mostExpressions,
    });
  }

  /** The value of a declaration; unknown where it depends on itself. */
  valueOf(declaration: Declaration): Value {
    const { address } = declaration;
    const kept = this.known.get(address);
    if (kept !== undefined) return kept;
    if (this.pending.has(address) || this.pending.size > deepest) return unknown;
    this.pending.add(address);
    try {
      const value = this.compute(declaration);
      this.known.set(address, value);
      return value;
    } finally {
      this.pending.delete(address);
    }
  }

  /** The value of a variable and where it comes from. */
  variable(declaration: Declaration): Sourced {
    if (declaration.node.kind !== 'block') return { value: unknown, origin: '' };
    const { body } = declaration.node;
    const type = attributeOf(body, 'type')?.value;
    const marks = this.marksOf(declaration.node);
    const given =
      this.only === 'types' ? undefined : (this.inputs.value(declaration.name) ?? this.fallback(body));
    if (given === undefined) return { value: withMarks(unknownValue(toType(type)), marks), origin: '' };
    return { value: withMarks(typed(given.value, type), marks), origin: given.origin };
  }

  private fallback(body: Block['body']): Sourced | undefined {
    const value = attributeOf(body, 'default')?.value;
    return value === undefined ? undefined : { value: this.evaluate(value).value, origin: 'default' };
  }

  private compute(declaration: Declaration): Value {
    const { node, kind } = declaration;
    if (node.kind === 'attribute') return this.evaluate(node.value).value;
    switch (kind) {
      case 'variable':
        return this.variable(declaration).value;
      case 'output': {
        const value = attributeOf(node.body, 'value')?.value;
        return value === undefined ? unknown : withMarks(this.evaluate(value).value, this.marksOf(node));
      }
      case 'resource':
      case 'data':
      case 'ephemeral':
        if (this.only === 'types') {
          const value = isRepeated(node) ? unknown : resourceTypeValue(this, declaration);
          return kind === 'ephemeral' ? withMarks(value, ephemeral) : value;
        }
        return instances(this, node, (bindings) => resourceValue(this, declaration, bindings));
      case 'run':
        return this.callValue(declaration, nothingBound);
      case 'module':
        if (this.only === 'types' && isRepeated(node)) return unknown;
        return instances(this, node, (bindings) => this.callValue(declaration, bindings));
      default:
        return unknown;
    }
  }

  /** The outputs of a called module. */
  private callValue(call: Declaration, bindings: Bindings): Value {
    const values = this.calledValues(call, bindings);
    if (values === undefined) return unknown;
    const outputs = values.module.declarations.filter(({ kind }) => kind === 'output');
    return objectValue(outputs.map((output) => [output.name, values.valueOf(output)] as const));
  }

  /** The called module with the values that this call gives it. */
  calledValues(call: Declaration, bindings: Bindings = nothingBound): ModuleValues | undefined {
    const called = this.snapshot.index.called(call, this.module);
    if (called === undefined || call.node.kind !== 'block') return undefined;
    // A module that calls itself has no end.
    if (call.kind !== 'run' && called.directory === this.module.directory) return undefined;
    const { body } = call.node;
    const value = (name: string): Sourced | undefined => {
      const argument = (call.kind === 'run' ? runArgument(call, name) : attributeOf(body, name))?.value;
      if (argument === undefined) return undefined;
      return { value: this.evaluate(argument, bindings).value, origin: call.address };
    };
    return new ModuleValues(this.snapshot, called, { value }, this.root, this.only);
  }

  /** Instance keys bound as the block's own `count` or `for_each` bind them, with unknown members. */
  bindingsIn(block: Block | undefined): Bindings {
    if (block === undefined || !isRepeated(block)) return nothingBound;
    return new Map([
      [
        'each',
        objectValue([
          ['key', unknownValue('string')],
          ['value', unknown],
        ]),
      ],
      ['count', objectValue([['index', unknownValue('number')]])],
    ]);
  }

  /** The object behind the first name of traversals, with no more in it than they ask for. */
  private rootValue(name: string, targets: readonly string[]): Value | undefined {
    switch (name) {
      case 'path':
        return this.paths();
      case 'terraform':
        return objectValue([
          ['workspace', unknownValue('string')],
          ['applying', withMarks(unknownValue('bool'), ephemeral)],
        ]);
      case 'each':
      case 'count':
      case 'self':
        return unknown;
      default:
    }
    if (targets.length === 0) return unknown;
    const tree: Tree = new Map();
    for (const target of targets) {
      const declaration = this.module.find(target);
      place(
        tree,
        target.split('.').slice(1),
        declaration === undefined ? unknown : this.valueOf(declaration),
      );
    }
    return toObject(tree);
  }

  private paths(): Value {
    const relative = path.relative(this.root, this.module.directory).split(path.sep).join('/');
    return objectValue([
      ['module', stringValue(relative === '' ? '.' : relative)],
      ['root', stringValue('.')],
      ['cwd', stringValue(this.root)],
    ]);
  }

  /** Addresses that an expression reads, by their first names. */
  private targetsIn(expression: Expression): ReadonlyMap<string, string[]> {
    const found = new Map<string, string[]>();
    visitTraversals(expression, (traversal) => {
      const target = targetOf(traversal);
      if (target === undefined) return;
      const root = traversal.root.name;
      // `resource.aws_x.y` is another way to write `aws_x.y`.
      const address = root === 'resource' ? `resource.${target.address}` : target.address;
      found.set(root, [...(found.get(root) ?? []), address]);
    });
    return found;
  }

  private marksOf({ body }: Block): Marks {
    const isSet = (name: string) => {
      const value = attributeOf(body, name)?.value;
      return value?.kind === 'literal' && value.value === true;
    };
    return (isSet('sensitive') ? sensitive : 0) | (isSet('ephemeral') ? ephemeral : 0);
  }
}

/** What a run of a test sets, or its file for all runs. */
function runArgument({ node, file }: Declaration, name: string): Attribute | undefined {
  const bodies = node.kind === 'block' ? [node.body, file.syntax.body] : [];
  return bodies
    .flatMap((body) => blocksOf(body, 'variables'))
    .map((block) => attributeOf(block.body, name))
    .find((attribute) => attribute !== undefined);
}

/** What one hover or hint may cost, and how far one value may lead to others. */
const mostExpressions = 100_000;
const deepest = 100;

function typed(value: Value, constraint: Expression | undefined): Value {
  if (constraint === undefined) return value;
  const { type, defaults } = readTypeConstraint(constraint);
  try {
    return convert(applyDefaults(value, defaults), type);
  } catch {
    // A value of the wrong type is reported where it is given; here it only leaves the value open.
    return value.kind === 'null' ? nullValue(type) : unknownValue(type);
  }
}

type Tree = Map<string, Tree | Value>;

function place(tree: Tree, names: readonly string[], value: Value): void {
  const [first, ...rest] = names;
  if (first === undefined) return;
  if (rest.length === 0) {
    tree.set(first, value);
    return;
  }
  const inner = tree.get(first);
  const below: Tree = inner instanceof Map ? inner : new Map<string, Tree | Value>();
  tree.set(first, below);
  place(below, rest, value);
}

function toObject(tree: Tree): Value {
  return objectValue(
    [...tree].map(([name, inner]) => [name, inner instanceof Map ? toObject(inner) : inner] as const),
  );
}
