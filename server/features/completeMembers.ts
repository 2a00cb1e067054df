import type { Expression } from '../hcl/syntax';
import type { Declaration, DeclarationKind, Module } from '../terraform/model';
import type { Traversal } from '../terraform/traversal';
import { targetOf } from '../terraform/traversal';
import { attributeOf, keyName, literalString } from '../terraform/values';
import type { Range } from '../text/range';
import type { BlockHeader } from './bodyRules';
import type { CompletionItem, CompletionKind } from './completionItems';
import { code, declarationDocs, paragraphs } from './documentation';
import type { ValuePlace } from './place';
import { afterStep, expressionShape, membersOf, shapeOf } from './shapes';
import type { Member, Shape } from './shapes';
import type { Snapshot } from './snapshot';

export interface MemberPlace {
  readonly place: ValuePlace;
  readonly blocks: readonly BlockHeader[];
  /** What is typed after the dot. */
  readonly range: Range;
  /** The same with the dot. */
  readonly dotRange: Range;
}

/** What can be read after `before` and a dot. */
export function completeMembers(
  snapshot: Snapshot,
  module: Module,
  before: Traversal,
  at: MemberPlace,
): CompletionItem[] {
  const root = before.root.name;
  const target = targetOf(before);
  const declaration = target === undefined ? undefined : module.find(target.address);
  if (target !== undefined && declaration !== undefined) {
    const steps = before.steps.slice(target.length);
    const shape = steps.reduce(afterStep, shapeOf(snapshot, module, declaration));
    if (steps.length === 0 && shape.kind === 'collection') {
      const key = instanceKey(snapshot, module, declaration, at.blocks);
      if (key !== undefined)
        return membersOf(shape.element).map((member) => keyedItem(member, key, at.dotRange));
    }
    return membersOf(shape).map((member) => memberItem(member, at.range));
  }
  if (root === 'each' || root === 'self') return contextMembers(snapshot, module, before, at);
  if (before.steps.length === 0 && Object.hasOwn(fixed, root)) {
    return (fixed[root] ?? []).map(([name, detail]) => plainItem(name, detail, at.range, 'attribute'));
  }
  const offered = declared(module, before).map(([label, kind, found]) => ({
    ...plainItem(label, found?.kind ?? 'type', at.range, kind),
    ...(found !== undefined && { documentation: declarationDocs(found, found.file.syntax.text) }),
  }));
  if (offered.length > 0) return offered;
  const isIterator = at.blocks.some(
    (block, index) => block.labels[0] === root && at.blocks[index + 1]?.type === 'content',
  );
  return isIterator && before.steps.length === 0
    ? ['key', 'value'].map((name) => plainItem(name, 'iterator', at.range, 'attribute'))
    : [];
}

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

const byRoot: Readonly<Record<string, DeclarationKind>> = {
  var: 'variable',
  local: 'local',
  module: 'module',
};

/** Names of declarations that complete the address begun by `before`. */
function declared(
  module: Module,
  before: Traversal,
): (readonly [string, CompletionKind, Declaration | undefined])[] {
  const root = before.root.name;
  const [first, second] = before.steps;
  const kind = Object.hasOwn(byRoot, root) ? byRoot[root] : undefined;
  if (kind !== undefined && first === undefined) {
    return ofKind(module, kind).map((found) => [
      found.name,
      kind === 'module' ? 'module' : 'variable',
      found,
    ]);
  }
  const prefixed =
    root === 'data' || root === 'ephemeral' ? root : root === 'resource' ? 'resource' : undefined;
  if (prefixed !== undefined && first === undefined) {
    return [...new Set(ofKind(module, prefixed).map((found) => found.type))].map((type) => [
      type,
      'type',
      undefined,
    ]);
  }
  const typeStep = prefixed === undefined ? { kind: 'name' as const, name: root } : first;
  const rest = prefixed === undefined ? first : second;
  if (typeStep?.kind !== 'name' || rest !== undefined) return [];
  return ofKind(module, prefixed ?? 'resource')
    .filter((found) => found.type === typeStep.name)
    .map((found) => [found.name, 'reference', found]);
}

function ofKind(module: Module, kind: DeclarationKind): Declaration[] {
  return module.declarations.filter((declaration) => declaration.kind === kind);
}

function contextMembers(
  snapshot: Snapshot,
  module: Module,
  before: Traversal,
  at: MemberPlace,
): CompletionItem[] {
  const top = at.blocks[0];
  if (top === undefined) return [];
  if (before.root.name === 'self') {
    const declaration = module.find(
      [top.type === 'data' ? 'data' : '', ...top.labels].filter(Boolean).join('.'),
    );
    if (declaration === undefined) return [];
    const shape = shapeOf(snapshot, module, declaration);
    const instance = shape.kind === 'collection' ? shape.element : shape;
    return membersOf(before.steps.reduce(afterStep, instance)).map((member) => memberItem(member, at.range));
  }
  const [first, ...rest] = before.steps;
  if (first === undefined) {
    return [
      plainItem('key', 'the key of this instance', at.range, 'attribute'),
      plainItem('value', 'the value of this instance', at.range, 'attribute'),
    ];
  }
  if (first.kind !== 'name' || first.name !== 'value') return [];
  const element = elementShape(snapshot, module, forEachOf(top));
  return membersOf(rest.reduce(afterStep, element)).map((member) => memberItem(member, at.range));
}

/** What one element of a `for_each` collection is. */
function elementShape(snapshot: Snapshot, module: Module, collection: Expression | undefined): Shape {
  const shape = expressionShape(snapshot, module, collection);
  if (shape.kind === 'collection') return shape.element;
  return membersOf(shape)[0]?.shape ?? { kind: 'unknown' };
}

function forEachOf(block: BlockHeader): Expression | undefined {
  return block.node === undefined ? undefined : attributeOf(block.node.body, 'for_each')?.value;
}

/** How one instance of a repeated block is picked: `[0]`, `["data"]`, or `[each.key]` where that fits. */
function instanceKey(
  snapshot: Snapshot,
  module: Module,
  declaration: Declaration,
  blocks: readonly BlockHeader[],
): string | undefined {
  if (declaration.node.kind !== 'block') return undefined;
  const { body } = declaration.node;
  if (attributeOf(body, 'count') !== undefined) return '[0]';
  const collection = attributeOf(body, 'for_each')?.value;
  if (collection === undefined) return undefined;
  const top = blocks[0];
  if (top !== undefined && forEachOf(top) !== undefined) return '[each.key]';
  const key = firstKey(collection) ?? membersOf(expressionShape(snapshot, module, collection))[0]?.name;
  return key === undefined ? '["key"]' : `["${key}"]`;
}

function firstKey(collection: Expression): string | undefined {
  if (collection.kind === 'object') return keyName(collection.items[0]?.key ?? collection);
  const [list] = collection.kind === 'call' && collection.name === 'toset' ? collection.arguments : [];
  return list?.kind === 'tuple' ? literalString(list.items[0]) : undefined;
}

function plainItem(label: string, detail: string, range: Range, kind: CompletionKind): CompletionItem {
  return { label, kind, range, insert: label, detail };
}

function memberItem(member: Member, range: Range): CompletionItem {
  return {
    ...plainItem(member.name, member.detail, range, 'attribute'),
    documentation: paragraphs(code(`${member.name}: ${member.detail || 'any'}`), member.description),
    deprecated: member.deprecated === true,
    group: member.deprecated === true ? 9 : 0,
  };
}

/** The instances of a repeated block are read by key: the offer puts it in the place of the dot. */
function keyedItem(member: Member, key: string, dotRange: Range): CompletionItem {
  const item = memberItem(member, dotRange);
  return {
    ...item,
    label: `${key}.${member.name}`,
    insert: `${key}.${member.name}`,
    filter: `.${member.name}`,
  };
}
