import { ConversionError, convert, unifyValues } from '../../server/cty/convert';
import { evaluate } from '../../server/cty/evaluate';
import type { Scope } from '../../server/cty/scope';
import { withNames } from '../../server/cty/scope';
import { setValue } from '../../server/cty/set';
import type { CtyType } from '../../server/cty/type';
import { withoutOptional } from '../../server/cty/types';
import type { Value } from '../../server/cty/value';
import { listValue, mapValue, nullValue, objectValue, tupleValue } from '../../server/cty/value';
import type { JsonShape } from '../../server/hcl/jsonFile';
import type { Attribute, Block, Body, Expression } from '../../server/hcl/syntax';
import type { Range } from '../../server/text/range';
import { blocksOf, specScope } from './hcldecSpec';
import type { Spec } from './hcldecSpec';

export interface Decoded {
  readonly value: Value;
  /** Ranges of what is wrong in the input. */
  readonly errors: readonly { readonly range: Range; readonly message: string }[];
}

/** The value that a body has by a specification. */
export function decode(body: Body, spec: Spec, scope: Scope): Decoded {
  const decoder = new Decoder(scope);
  return { value: decoder.body(body, spec), errors: decoder.errors };
}

/** The expressions of a body that a specification reads. */
export function* expressionsRead(body: Body, spec: Spec): Generator<Expression> {
  const members = membersOf(spec);
  for (const item of body.items) {
    if (item.kind === 'attribute') {
      if (members.attributes.has(item.name)) yield item.value;
      continue;
    }
    const block = members.blocks.get(item.type);
    if (block?.kind === 'block_attrs') {
      for (const inner of item.body.items) if (inner.kind === 'attribute') yield inner.value;
    } else if (block !== undefined) yield* expressionsRead(item.body, block.nested);
  }
}

/** What the properties of a JSON input are by a specification; `evaluated` when there is anything to refer to. */
export function shapeOf(spec: Spec, evaluated: boolean): JsonShape {
  const members = membersOf(spec);
  const argument = { kind: 'argument', reading: evaluated ? 'template' : 'literal' } as const;
  return (name) => {
    const block = members.blocks.get(name);
    if (block === undefined) return argument;
    const labels = block.kind === 'block_map' ? block.labels : [];
    const body = block.kind === 'block_attrs' ? () => argument : shapeOf(block.nested, evaluated);
    return { kind: 'block', labels, body: () => body };
  };
}

type BlockSpec = Extract<Spec, { readonly type: string; readonly kind: `block${string}` }>;

/** What a specification reads of one body. */
function membersOf(spec: Spec): {
  readonly attributes: ReadonlyMap<string, Extract<Spec, { kind: 'attr' }>>;
  readonly blocks: ReadonlyMap<string, BlockSpec>;
} {
  const attributes = new Map<string, Extract<Spec, { kind: 'attr' }>>();
  const blocks = new Map<string, BlockSpec>();
  const pending: Spec[] = [spec];
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    switch (next.kind) {
      case 'object':
        pending.push(...next.members.values());
        break;
      case 'array':
        pending.push(...next.items);
        break;
      case 'default':
        pending.push(next.primary, next.fallback);
        break;
      case 'transform':
        pending.push(next.nested);
        break;
      case 'attr':
        attributes.set(next.name, next);
        break;
      case 'literal':
        break;
      default:
        blocks.set(next.type, next);
    }
  }
  return { attributes, blocks };
}

class Decoder {
  readonly errors: { range: Range; message: string }[] = [];

  constructor(private readonly scope: Scope) {}

  body(body: Body, spec: Spec): Value {
    this.checkMembers(body, spec);
    return this.value(body, spec);
  }

  private checkMembers(body: Body, spec: Spec): void {
    const { attributes, blocks } = membersOf(spec);
    for (const item of body.items) {
      if (item.kind === 'attribute') {
        if (!attributes.has(item.name)) this.fail(item.nameRange, `"${item.name}" is not expected here.`);
        continue;
      }
      const block = blocks.get(item.type);
      if (block === undefined)
        this.fail(item.typeRange, `Blocks of type "${item.type}" are not expected here.`);
      else this.checkLabels(item, block.kind === 'block_map' ? block.labels.length : 0);
    }
    for (const { name, required } of attributes.values()) {
      const isThere = body.items.some((item) => item.kind === 'attribute' && item.name === name);
      if (required && !isThere) this.fail(placeFor(body), `The argument "${name}" is required.`);
    }
  }

  private checkLabels({ labels, body }: Block, wanted: number): void {
    const extra = labels[wanted];
    if (extra !== undefined) this.fail(extra.range, 'There are too many labels.');
    else if (labels.length < wanted) {
      this.fail({ start: body.range.start - 1, end: body.range.start }, 'A label is missing.');
    }
  }

  private value(body: Body, spec: Spec): Value {
    switch (spec.kind) {
      case 'object':
        return objectValue([...spec.members].map(([name, member]) => [name, this.value(body, member)]));
      case 'array':
        return tupleValue(spec.items.map((item) => this.value(body, item)));
      case 'literal':
        return spec.value;
      case 'attr':
        return this.attribute(body, spec.name, spec.type);
      case 'default': {
        const primary = this.value(body, spec.primary);
        return primary.kind === 'null' ? this.value(body, spec.fallback) : primary;
      }
      case 'transform':
        return this.transformed(body, spec);
      default:
        return this.blocks(
          body,
          blocksOf(body).filter(({ type }) => type === spec.type),
          spec,
        );
    }
  }

  private attribute(body: Body, name: string, type: CtyType): Value {
    const found = body.items.find(
      (item): item is Attribute => item.kind === 'attribute' && item.name === name,
    );
    return found === undefined ? nullValue(withoutOptional(type)) : this.converted(found.value, type);
  }

  private transformed(body: Body, { result, nested }: Extract<Spec, { kind: 'transform' }>): Value {
    const value = this.value(body, nested);
    const scope = withNames(specScope, { variable: (name) => (name === 'nested' ? value : undefined) });
    const { value: transformed, errors } = evaluate(result, scope);
    for (const { message } of errors) this.fail(body.range, message);
    return transformed;
  }

  private blocks(body: Body, found: readonly Block[], spec: BlockSpec): Value {
    const [first, second] = found;
    switch (spec.kind) {
      case 'block':
        if (second !== undefined) this.fail(second.typeRange, `Only one "${spec.type}" block is expected.`);
        if (first !== undefined) return this.body(first.body, spec.nested);
        if (spec.required) this.fail(placeFor(body), `A "${spec.type}" block is required.`);
        return nullValue(impliedType(spec.nested));
      case 'block_attrs':
        return this.blockAttributes(body, found, spec);
      case 'block_map':
        return this.blockMap(
          found.map((block) => [block, this.body(block.body, spec.nested)]),
          spec.labels.length,
          impliedType(spec.nested),
        );
      default: {
        const values = found.map((block) => this.body(block.body, spec.nested));
        if (values.length < spec.least) this.fail(placeFor(body), `More "${spec.type}" blocks are required.`);
        const beyond = found[spec.most];
        if (beyond !== undefined) this.fail(beyond.typeRange, `There are too many "${spec.type}" blocks.`);
        const unified = this.unified(values, found, impliedType(spec.nested));
        return spec.kind === 'block_set'
          ? setValue(unified.type, unified.values)
          : listValue(unified.type, unified.values);
      }
    }
  }

  private unified(
    values: readonly Value[],
    found: readonly Block[],
    empty: CtyType,
  ): { readonly type: CtyType; readonly values: readonly Value[] } {
    if (values.length === 0) return { type: empty, values };
    const unified = unifyValues(values, 'unsafe');
    if (unified !== undefined) return unified;
    const [first] = found;
    if (first !== undefined) this.fail(first.typeRange, 'The blocks have no type in common.');
    return { type: empty, values: [] };
  }

  private blockAttributes(
    body: Body,
    [first, second]: readonly Block[],
    { type, element, required }: Extract<Spec, { kind: 'block_attrs' }>,
  ): Value {
    if (second !== undefined) this.fail(second.typeRange, `Only one "${type}" block is expected.`);
    if (first === undefined) {
      if (required) this.fail(placeFor(body), `A "${type}" block is required.`);
      return nullValue(['map', element]);
    }
    const entries = first.body.items.flatMap((item): [string, Value][] => {
      if (item.kind === 'attribute') return [[item.name, this.converted(item.value, element)]];
      this.fail(item.typeRange, 'Blocks are not allowed here.');
      return [];
    });
    return mapValue(element, entries);
  }

  /** Maps in maps, as deep as there are labels. */
  private blockMap(
    entries: readonly (readonly [Block, Value])[],
    depth: number,
    element: CtyType,
    at = 0,
  ): Value {
    const groups = new Map<string, (readonly [Block, Value])[]>();
    for (const entry of entries) {
      const label = entry[0].labels[at]?.value ?? '';
      groups.set(label, [...(groups.get(label) ?? []), entry]);
    }
    const type = Array.from({ length: depth - at - 1 }).reduce<CtyType>((inner) => ['map', inner], element);
    const members = [...groups].map(([label, group]): [string, Value] => {
      if (at + 1 < depth) return [label, this.blockMap(group, depth, element, at + 1)];
      const [first, second] = group;
      if (second !== undefined) this.fail(second[0].typeRange, `There is a block "${label}" already.`);
      return [label, first === undefined ? nullValue(element) : first[1]];
    });
    return mapValue(type, members);
  }

  private converted(expression: Expression, type: CtyType): Value {
    const { value, errors } = evaluate(expression, this.scope);
    for (const { range, message } of errors) this.fail(range, message);
    if (errors.length > 0) return nullValue(type);
    try {
      return convert(value, type);
    } catch (error) {
      if (!(error instanceof ConversionError)) throw error;
      this.fail(expression.range, error.message);
      return nullValue(type);
    }
  }

  private fail(range: Range, message: string): void {
    this.errors.push({ range, message });
  }
}

/** The type of what a specification gives, also when there is nothing to decode. */
function impliedType(spec: Spec): CtyType {
  switch (spec.kind) {
    case 'object':
      return [
        'object',
        Object.fromEntries([...spec.members].map(([name, member]) => [name, impliedType(member)])),
      ];
    case 'array':
      return ['tuple', spec.items.map(impliedType)];
    case 'attr':
      return withoutOptional(spec.type);
    case 'literal':
      return spec.value.type;
    case 'block':
      return impliedType(spec.nested);
    case 'block_list':
      return ['list', impliedType(spec.nested)];
    case 'block_set':
      return ['set', impliedType(spec.nested)];
    case 'block_map':
      return spec.labels.reduce<CtyType>((inner) => ['map', inner], impliedType(spec.nested));
    case 'block_attrs':
      return ['map', spec.element];
    case 'default':
      return impliedType(spec.primary);
    case 'transform':
      return 'dynamic';
  }
}

/** Where something that is missing from a body belongs. */
function placeFor({ range }: Body): Range {
  return { start: range.start, end: range.start };
}
