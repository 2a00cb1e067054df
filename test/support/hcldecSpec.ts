import { evaluate } from '../../server/cty/evaluate';
import { ArgumentError } from '../../server/cty/functions/function';
import type { FunctionDefinition } from '../../server/cty/functions/function';
import { findFunctionDefinition } from '../../server/cty/functions/table';
import { withNames } from '../../server/cty/scope';
import type { Scope } from '../../server/cty/scope';
import { readTypeConstraint } from '../../server/cty/typeConstraint';
import type { CtyType } from '../../server/cty/type';
import type { Value } from '../../server/cty/value';
import { nullValue, tupleValue } from '../../server/cty/value';
import { parse } from '../../server/hcl/parser';
import type { Block, Body, Expression } from '../../server/hcl/syntax';
import { stringValue as literalText } from '../../server/hcl/walk';

/** How a file is decoded into a value: a `.hcldec` file as the `hcldec` program of HCL reads it. */
export type Spec =
  | { readonly kind: 'object'; readonly members: ReadonlyMap<string, Spec> }
  | { readonly kind: 'array'; readonly items: readonly Spec[] }
  | { readonly kind: 'attr'; readonly name: string; readonly type: CtyType; readonly required: boolean }
  | { readonly kind: 'literal'; readonly value: Value }
  | { readonly kind: 'block'; readonly type: string; readonly required: boolean; readonly nested: Spec }
  | {
      readonly kind: 'block_list' | 'block_set';
      readonly type: string;
      readonly least: number;
      readonly most: number;
      readonly nested: Spec;
    }
  | {
      readonly kind: 'block_map';
      readonly type: string;
      readonly labels: readonly string[];
      readonly nested: Spec;
    }
  | {
      readonly kind: 'block_attrs';
      readonly type: string;
      readonly element: CtyType;
      readonly required: boolean;
    }
  | { readonly kind: 'default'; readonly primary: Spec; readonly fallback: Spec }
  | { readonly kind: 'transform'; readonly result: Expression; readonly nested: Spec };

export interface SpecFile {
  readonly root: Spec;
  /** What the input's expressions see. */
  readonly variables: ReadonlyMap<string, Value>;
  readonly functions: ReadonlyMap<string, FunctionDefinition>;
}

/** What expressions of the specification itself see: functions. */
export const specScope: Scope = {
  variable: () => undefined,
  functions: findFunctionDefinition,
  world: {
    baseFolder: '/',
    readFile: () => undefined,
    fileExists: () => false,
    findFiles: () => undefined,
    homeFolder: () => '/',
  },
};

/** @throws Error for what no specification may hold. */
export function readSpec(text: string): SpecFile {
  const file = parse(text);
  const [error] = file.errors;
  if (error !== undefined) throw new Error(`The specification is wrong: ${error.message}`);
  const variables = new Map<string, Value>();
  const functions = new Map<string, FunctionDefinition>();
  for (const block of blocksOf(file.body)) {
    if (block.type === 'variables') {
      for (const item of block.body.items) {
        if (item.kind === 'attribute') variables.set(item.name, must(item.value));
      }
    }
    if (block.type === 'function') functions.set(labelOf(block), userFunction(block.body));
  }
  return { root: onlySpec(file.body), variables, functions };
}

export function valueOf(body: Body, name: string): Expression | undefined {
  for (const item of body.items) if (item.kind === 'attribute' && item.name === name) return item.value;
  return undefined;
}

export function blocksOf(body: Body): Block[] {
  return body.items.filter((item) => item.kind === 'block');
}

/** @throws Error when the expression cannot be evaluated without an input. */
export function must(expression: Expression, scope: Scope = specScope): Value {
  const { value, errors } = evaluate(expression, scope);
  const [error] = errors;
  if (error !== undefined) throw new Error(error.message);
  return value;
}

const declarations = new Set(['variables', 'function']);

function onlySpec(body: Body): Spec {
  const [first, ...more] = specBlocks(body);
  if (first === undefined || more.length > 0) throw new Error('Exactly one specification belongs here.');
  return specOf(first);
}

function specBlocks(body: Body): Block[] {
  return blocksOf(body).filter(({ type }) => !declarations.has(type));
}

function specOf(block: Block): Spec {
  const { type: kind, body } = block;
  const name = (argument: string): string => textOf(valueOf(body, argument)) ?? labelOf(block);
  switch (kind) {
    case 'object':
      return { kind, members: new Map(specBlocks(body).map((inner) => [labelOf(inner), specOf(inner)])) };
    case 'array':
      return { kind, items: specBlocks(body).map(specOf) };
    case 'attr':
      return {
        kind,
        name: name('name'),
        type: typeOf(valueOf(body, 'type')),
        required: isTrue(body, 'required'),
      };
    case 'literal':
      return { kind, value: evaluated(body, 'value') ?? nullValue('dynamic') };
    case 'block':
      return { kind, type: name('block_type'), required: isTrue(body, 'required'), nested: onlySpec(body) };
    case 'block_list':
    case 'block_set':
      return {
        kind,
        type: name('block_type'),
        least: numberOf(body, 'min_items') ?? 0,
        most: numberOf(body, 'max_items') ?? Infinity,
        nested: onlySpec(body),
      };
    case 'block_map':
      return {
        kind,
        type: name('block_type'),
        labels: textsOf(valueOf(body, 'labels')),
        nested: onlySpec(body),
      };
    case 'block_attrs':
      return {
        kind,
        type: name('block_type'),
        element: typeOf(valueOf(body, 'element_type')),
        required: isTrue(body, 'required'),
      };
    case 'default': {
      const [first, ...others] = specBlocks(body).map(specOf);
      if (first === undefined) throw new Error('A default needs specifications to choose from.');
      return others.reduce((primary, fallback): Spec => ({ kind, primary, fallback }), first);
    }
    case 'transform': {
      const result = valueOf(body, 'result');
      if (result === undefined) throw new Error('A transform needs a result.');
      return { kind, result, nested: onlySpec(body) };
    }
    default:
      throw new Error(`There is no specification "${kind}".`);
  }
}

/** A function of the specification that the input may call. */
function userFunction(body: Body): FunctionDefinition {
  const result = valueOf(body, 'result');
  if (result === undefined) throw new Error('A function needs a result.');
  const names = textsOf(valueOf(body, 'params'));
  const [rest] = textsOf(valueOf(body, 'variadic_param'));
  const parameter = (name: string) => ({ name, type: 'dynamic' as const, allowNull: true });
  const call = (args: readonly Value[]): Value => {
    const values = new Map(names.map((name, order) => [name, args[order] ?? nullValue('dynamic')]));
    if (rest !== undefined) values.set(rest, tupleValue(args.slice(names.length)));
    const { value, errors } = evaluate(
      result,
      withNames(specScope, { variable: (name) => values.get(name) }),
    );
    const [error] = errors;
    if (error !== undefined) throw new ArgumentError(0, error.message);
    return value;
  };
  return {
    parameters: names.map(parameter),
    ...(rest !== undefined && { variadic: parameter(rest) }),
    type: (args) => call(args).type,
    call,
  };
}

function labelOf({ labels }: Block): string {
  return labels[0]?.value ?? '';
}

function evaluated(body: Body, name: string): Value | undefined {
  const expression = valueOf(body, name);
  return expression === undefined ? undefined : must(expression);
}

function isTrue(body: Body, name: string): boolean {
  const value = evaluated(body, name);
  return value?.kind === 'known' && value.content === true;
}

function numberOf(body: Body, name: string): number | undefined {
  const value = valueOf(body, name);
  return value?.kind === 'literal' && typeof value.value === 'object' && value.value !== null
    ? Number(value.value.number)
    : undefined;
}

function textOf(expression: Expression | undefined): string | undefined {
  if (expression?.kind === 'variable') return expression.name;
  return expression === undefined ? undefined : literalText(expression);
}

/** Strings or keywords of a list, or a single one. */
function textsOf(expression: Expression | undefined): string[] {
  const items = expression?.kind === 'tuple' ? expression.items : [expression];
  return items.map(textOf).filter((text) => text !== undefined);
}

function typeOf(expression: Expression | undefined): CtyType {
  return expression === undefined ? 'dynamic' : readTypeConstraint(expression).type;
}
