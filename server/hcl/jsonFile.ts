import type { Range } from '../text/range';
import { jsonError } from './jsonErrors';
import { expressionOf } from './jsonExpressions';
import type { JsonReading } from './jsonExpressions';
import { insideOf } from './jsonTemplates';
import { readJson } from './jsonText';
import type { JsonProperty, JsonString, JsonValue } from './jsonText';
import type { Attribute, Block, Body, Label, SourceFile, SyntaxError } from './syntax';

/**
 * What a property of an object that stands for a body is. JSON does not tell arguments from blocks, so the reader's
 * schema has to; `value` helps where no schema is at hand.
 */
export type JsonShape = (name: string, value: JsonValue) => JsonMember;

export type JsonMember =
  | { readonly kind: 'argument'; readonly reading: JsonReading }
  | {
      readonly kind: 'block';
      /** What each label names: as many objects are around the body. */
      readonly labels: readonly string[];
      readonly body: (labels: readonly string[]) => JsonShape;
    };

/**
 * A file in HCL's JSON notation as the tree that the native syntax would give. Ranges are those of the JSON text:
 * names and labels as in the native tree, without their quotes and with them; a block to the end of its object, from
 * the first part of its header that no block before it has. Never throws.
 *
 * @param isList whether the file may be an array of objects, which are then one body
 */
export function parseJson(text: string, shape: JsonShape, isList = true): SourceFile {
  const { root, errors } = readJson(text);
  const reader = new BodyReader([...errors]);
  if (root.kind === 'null' || (root.kind === 'array' && !isList)) {
    reader.errors.push(jsonError('json-root', { start: root.range.start, end: root.range.start + 1 }, ''));
  }
  const body = reader.body(root, shape);
  reader.errors.sort((a, b) => a.range.start - b.range.start);
  return { text, body, errors: reader.errors, comments: [] };
}

/**
 * The blocks that an argument of a JSON file is, now that a schema says so; `undefined` for an argument that was not
 * written in JSON.
 */
export function blocksOfArgument(
  attribute: Attribute,
  member: Extract<JsonMember, { kind: 'block' }>,
): { readonly blocks: readonly Block[]; readonly errors: readonly SyntaxError[] } | undefined {
  const property = properties.get(attribute);
  if (property === undefined) return undefined;
  const reader = new BodyReader([]);
  return { blocks: reader.blocks(property, member), errors: reader.errors };
}

/** What each argument was made of. */
const properties = new WeakMap<Attribute, JsonProperty>();

type BlockMember = Extract<JsonMember, { kind: 'block' }>;

class BodyReader {
  constructor(readonly errors: SyntaxError[]) {}

  body(value: JsonValue, shape: JsonShape): Body {
    const items: (Attribute | Block)[] = [];
    const names = new Set<string>();
    for (const property of this.members(value)) {
      const name = property.name.value;
      // The place for comments.
      if (name === '//') continue;
      const member = shape(name, property.value);
      if (member.kind === 'block') {
        items.push(...this.blocks(property, member));
        continue;
      }
      if (names.has(name)) this.error('json-duplicate-argument', insideOf(property.name), name);
      names.add(name);
      items.push(this.argument(property, member.reading));
    }
    return { kind: 'body', range: innerRange(value), items };
  }

  blocks({ name, value }: JsonProperty, member: BlockMember): Block[] {
    const blocks: Block[] = [];
    this.labelled(value, { start: name.range.start, type: name, member, labels: [] }, blocks);
    return blocks;
  }

  private argument(property: JsonProperty, reading: JsonReading): Attribute {
    const { name, value } = property;
    const attribute: Attribute = {
      kind: 'attribute',
      range: { start: name.range.start, end: value.range.end },
      name: name.value,
      nameRange: insideOf(name),
      value: expressionOf(value, reading, this.errors),
    };
    properties.set(attribute, property);
    return attribute;
  }

  /** Takes off the labels that are left, one object each, and makes a block of each body inside. */
  private labelled(value: JsonValue, header: Header, blocks: Block[]): void {
    const label = header.member.labels[header.labels.length];
    if (label === undefined) {
      this.bodies(value, header, blocks);
      return;
    }
    const members = this.members(value, header.type.value);
    if (members.length === 0) {
      this.error('json-label-expected', startOf(value), header.type.value);
      return;
    }
    members.forEach(({ name, value: inner }, order) => {
      const start = order === 0 ? header.start : name.range.start;
      this.labelled(inner, { ...header, start, labels: [...header.labels, labelOf(name)] }, blocks);
    });
  }

  private bodies(value: JsonValue, header: Header, blocks: Block[]): void {
    switch (value.kind) {
      case 'null':
        return;
      case 'object':
        blocks.push(this.block(value, header));
        return;
      case 'array':
        value.items.forEach((item, order) => {
          const start = order === 0 ? header.start : item.range.start;
          blocks.push(this.block(item, { ...header, start }));
        });
        return;
      case 'invalid':
        // What is wrong has been said.
        return;
      default:
        this.error('json-block-expected', startOf(value), header.type.value);
    }
  }

  private block(value: JsonValue, { start, type, member, labels }: Header): Block {
    const shape = member.body(labels.map((label) => label.value));
    return {
      kind: 'block',
      range: { start, end: value.range.end },
      type: type.value,
      typeRange: insideOf(type),
      labels,
      body: this.body(value, shape),
      closed: value.kind !== 'object' || value.closed,
    };
  }

  /** The properties of an object, or of all objects of an array, in file order. */
  private members(value: JsonValue, type?: string): readonly JsonProperty[] {
    switch (value.kind) {
      case 'object':
        return value.properties;
      case 'array':
        return value.items.flatMap((item) => {
          if (item.kind === 'object') return item.properties;
          if (item.kind !== 'invalid') this.error('json-body-expected', startOf(item), '');
          return [];
        });
      case 'null':
      case 'invalid':
        return [];
      default:
        if (type === undefined) this.error('json-body-expected', startOf(value), '');
        return [];
    }
  }

  private error(code: Parameters<typeof jsonError>[0], range: Range, at: string): void {
    this.errors.push(jsonError(code, range, at));
  }
}

interface Header {
  /** Where the block begins. */
  readonly start: number;
  readonly type: JsonString;
  readonly member: BlockMember;
  readonly labels: readonly Label[];
}

function labelOf(name: JsonString): Label {
  return { value: name.value, range: name.range, quoted: true };
}

/** Enough of a value to point at it. */
function startOf({ kind, range }: JsonValue): Range {
  return kind === 'object' || kind === 'array' ? { start: range.start, end: range.start + 1 } : range;
}

function innerRange(value: JsonValue): Range {
  const { range } = value;
  if (value.kind !== 'object' && value.kind !== 'array') return range;
  return { start: range.start + 1, end: value.closed ? range.end - 1 : range.end };
}
