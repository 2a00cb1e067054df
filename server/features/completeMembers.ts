import type { Expression } from '../hcl/syntax';
import type { Declaration, Module } from '../terraform/model';
import { targetOf, toTraversal } from '../terraform/traversal';
import type { Traversal } from '../terraform/traversal';
import type { Range } from '../text/range';
import type { BlockHeader } from './bodyRules';
import type { CompletionItem, CompletionKind } from './completionItems';
import { code, declarationDocs, paragraphs } from './documentation';
import type { Expected } from './expected';
import { declarationShape, evaluatedShape, expressionShape } from './expressionShapes';
import type { Reading } from './expressionShapes';
import { fitOf } from './fit';
import { expressionOf } from './placeScope';
import { detailOf, keysOf, membersOf, outerTypeOf } from './shapes';
import type { Member, Shape } from './shapes';

interface MemberPlace {
  readonly blocks: readonly BlockHeader[];
  readonly expected: Expected;
  /** The argument that is written, where there is one. */
  readonly attribute?: string;
  /** What is typed after the dot. */
  readonly range: Range;
  /** The same with the dot. */
  readonly dotRange: Range;
}

/** What can be read after `before` and a dot. */
export function completeMembers(reading: Reading, before: string, at: MemberPlace): CompletionItem[] {
  const expression = expressionOf(before);
  if (expression === undefined) return [];
  const traversal = toTraversal(expression);
  if (traversal === undefined || reading.scope.has(traversal.root.name))
    return readItems(reading, expression, at);
  const root = traversal.root.name;
  if (traversal.steps.length === 0 && Object.hasOwn(fixed, root)) {
    return (fixed[root] ?? []).map(([name, detail]) => plainItem(name, detail, at.range, 'attribute'));
  }
  const target = targetOf(traversal);
  const declaration = target === undefined ? undefined : reading.module.find(target.address);
  if (declaration !== undefined) return readItems(reading, expression, at);
  if (root === 'each') {
    const [first] = traversal.steps;
    return first === undefined
      ? [
          plainItem('key', 'the key of this instance', at.range, 'attribute'),
          plainItem('value', 'the value of this instance', at.range, 'attribute'),
        ]
      : [];
  }
  return declared(reading, traversal, at);
}

/** Names with a meaning of their own, where no block gives them another. */
const fixed: Readonly<Record<string, readonly (readonly [string, string])[]>> = {
  path: [
    ['module', 'the folder of this module'],
    ['root', 'the folder of the root module'],
    ['cwd', 'the folder Terraform was started in'],
  ],
  terraform: [
    ['workspace', 'the name of the selected workspace'],
    ['applying', 'whether this is an apply'],
  ],
  count: [['index', 'the number of this instance, from 0']],
};

/** The members of what an expression gives; one element's, with its key, where it gives many. */
function readItems(reading: Reading, expression: Expression, at: MemberPlace): CompletionItem[] {
  let shape = expressionShape(reading, expression);
  if (membersOf(shape).length === 0 && shape.kind !== 'splat') {
    const evaluated = evaluatedShape(reading, expression);
    if (shape.kind === 'unknown') shape = evaluated;
    else if (shape.kind === 'collection' && keysOf(shape).length === 0)
      shape = { ...shape, keys: () => keysOf(evaluated) };
  }
  if (shape.kind !== 'collection') return membersOf(shape).map((member) => memberItem(member, at));
  const named = shape.of === 'map' ? namedKeys(shape) : [];
  const isInstance =
    toTraversal(expression)?.steps.length === 1 && named.length > 0 && isRepeated(reading, expression);
  if (named.length > 0 && !isInstance) {
    const { element } = shape;
    return named.map((name) => memberItem({ name, shape: element, detail: detailOf(element) }, at));
  }
  const { element } = shape;
  return elementKeys(shape, at).flatMap((key, index) =>
    membersOf(element).map((member) => keyedItem(member, key, index, at)),
  );
}

/** A resource or module of which there are many: its instances are read in brackets alone. */
function isRepeated(reading: Reading, expression: Expression): boolean {
  const traversal = toTraversal(expression);
  const target = traversal === undefined ? undefined : targetOf(traversal);
  const kind = target === undefined ? undefined : reading.module.find(target.address)?.kind;
  return kind !== 'variable' && kind !== 'local';
}

function namedKeys(shape: Shape): string[] {
  return keysOf(shape).flatMap((key) => {
    const name = /^"([\p{ID_Start}_][\p{ID_Continue}-]*)"$/u.exec(key)?.[1];
    return name === undefined ? [] : [name];
  });
}

/** How one element is picked: `[each.key]` where that fits, `["data"]`, `[0]`; a list is also read as a whole. */
function elementKeys(
  shape: Extract<Shape, { kind: 'collection' }>,
  { blocks, attribute }: MemberPlace,
): string[] {
  if (shape.of === 'set') return [];
  // Changes are ignored of one element each.
  if (shape.of === 'list') return attribute === 'ignore_changes' ? ['[0]'] : ['[0]', '[*]'];
  if (repeatsByKey(blocks[0])) return ['[each.key]'];
  return [`[${keysOf(shape)[0] ?? '"key"'}]`];
}

function repeatsByKey(top: BlockHeader | undefined): boolean {
  return top?.node?.body.items.some((item) => item.kind === 'attribute' && item.name === 'for_each') === true;
}

const unread: ReadonlySet<Declaration['kind']> = new Set<Declaration['kind']>([
  'check',
  'orchestrate',
  'provider',
  'provider_configuration',
  'publish_output',
]);

/** Whether expressions read the declaration by its address. A test also reads what its module puts out. */
export function isReadable({ kind }: Declaration, module: Module): boolean {
  return kind === 'output' ? module.dialect === 'test' : !unread.has(kind);
}

/** Names of declarations that complete the address begun by `before`. */
function declared(reading: Reading, before: Traversal, at: MemberPlace): CompletionItem[] {
  const { module } = reading;
  const names = [before.root.name];
  for (const step of before.steps) {
    if (step.kind !== 'name') return [];
    names.push(step.name);
  }
  if (names[0] === 'resource') names.shift();
  const own = ownDeclaration(module, at.blocks, at.attribute);
  const items = new Map<string, CompletionItem>();
  for (const declaration of module.declarations) {
    if (!isReadable(declaration, module) || declaration === own) continue;
    const parts = declaration.address.split('.');
    if (before.root.name === 'resource' && declaration.kind !== 'resource') continue;
    const next = parts[names.length];
    if (next === undefined || items.has(next) || names.some((name, index) => parts[index] !== name)) continue;
    items.set(next, addressItem(reading, next, declaration, parts.length === names.length + 1, at));
  }
  return [...items.values()];
}

/** The declaration that is being written: nothing refers to itself. */
export function ownDeclaration(
  module: Module,
  [top]: readonly BlockHeader[],
  attribute?: string,
): Declaration | undefined {
  if (top?.type === 'locals') return module.find(`local.${attribute ?? ''}`);
  return top?.node === undefined ? undefined : module.declarations.find(({ node }) => node === top.node);
}

const kindsShown: Readonly<Partial<Record<Declaration['kind'], CompletionKind>>> = {
  module: 'module',
  variable: 'variable',
  local: 'variable',
};

/** The type where it is known, else what kind of thing it is. */
function shownType(shape: Shape | undefined, kind: string): string {
  const detail = shape === undefined ? '' : detailOf(shape);
  return detail === '' ? kind : detail;
}

function addressItem(
  reading: Reading,
  name: string,
  declaration: Declaration,
  whole: boolean,
  at: MemberPlace,
): CompletionItem {
  if (!whole) return plainItem(name, 'type', at.range, 'type');
  const { kind } = declaration;
  const isValue = kind === 'variable' || kind === 'local' || kind === 'output';
  const shape = isValue ? declarationShape(reading, declaration) : undefined;
  return {
    ...plainItem(name, shownType(shape, kind), at.range, kindsShown[kind] ?? 'reference'),
    ...(shape !== undefined && { group: fitGroup(shape, at) }),
    // Only what is shown is described.
    get documentation() {
      return declarationDocs(declaration, declaration.file.syntax.text);
    },
  };
}

function plainItem(label: string, detail: string, range: Range, kind: CompletionKind): CompletionItem {
  return { label, kind, range, insert: label, detail };
}

/** What fits comes first; nothing is hidden, because what does not fit may be read further. */
function groupOf(member: Member, at: MemberPlace): number {
  return member.deprecated === true ? 9 : fitGroup(member.shape, at);
}

function fitGroup(shape: Shape, { expected }: MemberPlace): number {
  if (expected.schema.type === 'dynamic' && !expected.collection) return 0;
  const fit = fitOf(outerTypeOf(shape), expected);
  return fit === 'yes' ? 0 : fit === 'maybe' ? 1 : 2;
}

function memberItem(member: Member, at: MemberPlace): CompletionItem {
  const isName = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(member.name);
  const range = isName ? at.range : at.dotRange;
  const insert = isName ? member.name : `[${JSON.stringify(member.name)}]`;
  return {
    ...plainItem(member.name, member.detail, range, 'attribute'),
    insert,
    ...(!isName && { filter: `.${member.name}` }),
    documentation: paragraphs(code(`${member.name}: ${member.detail || 'any'}`), member.description),
    deprecated: member.deprecated === true,
    group: groupOf(member, at),
  };
}

/** The elements of what there is many of are read by key: the offer puts it in the place of the dot. */
function keyedItem(member: Member, key: string, order: number, at: MemberPlace): CompletionItem {
  const item = memberItem(member, at);
  return {
    ...item,
    label: `${key}.${member.name}`,
    range: at.dotRange,
    insert: `${key}.${member.name}`,
    filter: `.${member.name}`,
    group: (item.group ?? 0) + order / 2,
  };
}
