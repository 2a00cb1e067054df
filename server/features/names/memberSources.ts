import type { Attribute, Block, Body, Expression, ObjectItem } from '../../hcl/syntax';
import type { ConfigFile, Module } from '../../terraform/model';
import { keyName } from '../../terraform/values';
import type { Range } from '../../text/range';

/** Where a member of a value is written. */
export interface Spot {
  readonly path: string;
  /** Its name. */
  readonly range: Range;
  /** All of it. */
  readonly extent: Range;
}

/** Something that has members, and where they are written. */
export type Source =
  | {
      readonly kind: 'value' | 'type';
      readonly expression: Expression;
      readonly file: ConfigFile;
      readonly module: Module;
    }
  | { readonly kind: 'body'; readonly body: Body; readonly file: ConfigFile; readonly module: Module }
  | { readonly kind: 'outputs'; readonly module: Module };

/** Where a member is written, and what it holds. */
export interface Found {
  readonly spot: Spot | undefined;
  readonly source: Source | undefined;
}

/** Functions, and constructors of types, that hand on the objects in their arguments. */
const handing = new Set(
  (
    'merge tomap toset tolist try coalesce coalescelist nonsensitive sensitive ephemeralasnull one flatten concat ' +
    'values element lookup slice distinct reverse object list map set tuple optional'
  ).split(' '),
);

/** Whether a call gives back what objects in its arguments hold. */
export function handsOn(name: string): boolean {
  return handing.has(name.replace(/^core::/, ''));
}

/** What a name reads from a block. */
export function inBody(source: Extract<Source, { kind: 'body' }>, name: string): Found | undefined {
  const item = source.body.items.find((each) =>
    each.kind === 'attribute' ? each.name === name : each.type === name || isDynamic(each, name),
  );
  if (item === undefined) return undefined;
  const range = item.kind === 'attribute' ? item.nameRange : (dynamicLabel(item) ?? item.typeRange);
  return {
    spot: { path: source.file.path, range, extent: item.range },
    source: bodyItemSource(source, item),
  };
}

function bodyItemSource(
  source: Extract<Source, { kind: 'body' }>,
  item: Attribute | Block,
): Source | undefined {
  const { file, module } = source;
  if (item.kind === 'attribute') return { kind: 'value', expression: item.value, file, module };
  const content = item.type === 'dynamic' ? item.body.items.find((each) => isContent(each)) : item;
  return content?.kind === 'block' ? { kind: 'body', body: content.body, file, module } : undefined;
}

function isContent(item: Attribute | Block): boolean {
  return item.kind === 'block' && item.type === 'content';
}

function isDynamic(block: Block, name: string): boolean {
  return block.type === 'dynamic' && block.labels[0]?.value === name;
}

function dynamicLabel(block: Block): Range | undefined {
  return block.type === 'dynamic' ? block.labels[0]?.range : undefined;
}

/** `object({ size = number })`, `optional(object({…}))` and collections of them. */
export function inType(source: Extract<Source, { kind: 'type' | 'value' }>, name: string): Found | undefined {
  let { expression } = source;
  while (expression.kind === 'call' && !isObjectType(expression)) {
    const [inner] = expression.arguments;
    if (inner === undefined) return undefined;
    // A name picks an element, whatever it is.
    if (expression.name === 'map') return { spot: undefined, source: { ...source, expression: inner } };
    expression = inner;
  }
  const [members] = expression.kind === 'call' ? expression.arguments : [];
  if (members?.kind !== 'object') return undefined;
  const item = members.items.find(({ key }) => keyName(key) === name);
  return item === undefined
    ? undefined
    : { spot: spotOfKey(source.file, item), source: { ...source, expression: item.value } };
}

/** Whether an expression is `object({…})`. */
export function isObjectType(expression: Expression): boolean {
  return expression.kind === 'call' && expression.name === 'object';
}

/** Whether a type says what the attributes of some object are. */
export function objectsIn(type: Expression): boolean {
  if (type.kind !== 'call') return type.kind === 'tuple' && type.items.some(objectsIn);
  return isObjectType(type) || type.arguments.some(objectsIn);
}

export function spotOfKey(file: ConfigFile, { key, range: extent }: ObjectItem): Spot {
  return { path: file.path, range: keyRange(key), extent };
}

/** The name in a key, without the quotes. */
export function keyRange(key: Expression): Range {
  const { start, end } = key.range;
  return key.kind === 'template' && key.form === 'quoted' ? { start: start + 1, end: end - 1 } : key.range;
}
