import type { Range } from '../text/range';
import type { Built } from './built';
import { namesIn } from './built';
import type { Entries } from './flatTree';
import { STRIDE, endAt, firstAt, innerSlotsAt, kindAt, slotsAt, startAt } from './flatTree';
import { FIRST_NODE, Kind } from './kinds';
import type { BinaryOperator, Expression, Name, ObjectItem, TemplatePart } from './syntax';
import { buildParts } from './templateViews';

/** The typed view of the expression at `index`; a loop over the post-order, so any depth is fine. */
export function buildExpression(text: string, base: number, entries: Entries, index: number): Expression {
  const stack: Built[] = [];
  for (let entry = firstAt(entries, index); entry <= index; entry += STRIDE) {
    const kind = kindAt(entries, entry);
    if (kind === Kind.size) continue;
    const slots = slotsAt(entries, entry);
    const range = { start: base + startAt(entries, entry), end: base + endAt(entries, entry) };
    stack.push(buildEntry(text, { kind, range, slots }, takeChildren(stack, innerSlotsAt(entries, entry))));
  }
  return expressionOf(stack[0], { start: base + startAt(entries, index), end: base + endAt(entries, index) });
}

/** The expression of an entry, or an empty one at the end of `around`. */
function expressionOf(built: Built | undefined, around: Range): Expression {
  return built?.expression ?? { kind: 'missing', range: { start: around.end, end: around.end } };
}

function takeChildren(stack: Built[], slots: number): Built[] {
  let count = 0;
  for (let left = slots; left > 0; count++) left -= stack[stack.length - 1 - count]?.slots ?? left;
  return count === 0 ? [] : stack.splice(stack.length - count, count);
}

function buildEntry(text: string, entry: Built, children: readonly Built[]): Built {
  const { kind, range, slots } = entry;
  if (kind < FIRST_NODE) {
    const expression = buildLeaf(text, kind, range);
    return expression === undefined ? entry : { kind, range, slots, expression };
  }
  if (kind === Kind.objectItem) return { kind, range, slots, item: buildItem(range, children) };
  if (kind >= Kind.interpolation) return { kind, range, slots, children };
  return { kind, range, slots, expression: build(text, kind, range, children) };
}

function buildLeaf(text: string, kind: number, range: Range): Expression | undefined {
  switch (kind) {
    case Kind.missing:
      return { kind: 'missing', range };
    case Kind.variable:
      return { kind: 'variable', range, name: text.slice(range.start, range.end) };
    case Kind.literal:
    case Kind.number:
      return { kind: 'literal', range, value: literalValue(text.slice(range.start, range.end)) };
    default:
      return undefined;
  }
}

function build(text: string, kind: number, range: Range, children: readonly Built[]): Expression {
  const expressions = children.flatMap(({ expression }) => (expression === undefined ? [] : [expression]));
  const [first = emptyAt(range), second = emptyAt(range), third = emptyAt(range)] = expressions;
  switch (kind) {
    case Kind.getAttribute: {
      const { name, range: nameRange } = nameOf(text, children, range);
      return { kind: 'getAttribute', range, object: first, name, nameRange };
    }
    case Kind.index:
      return { kind: 'index', range, object: first, key: second, legacy: false };
    case Kind.legacyIndex:
      return { kind: 'index', range, object: first, key: legacyKey(text, children, range), legacy: true };
    case Kind.splat:
    case Kind.fullSplat:
      return { kind: 'splat', range, object: first, full: kind === Kind.fullSplat };
    case Kind.call:
      return buildCall(text, range, children, expressions);
    case Kind.unary:
      return { kind: 'unary', range, operator: has(children, Kind.bang) ? '!' : '-', operand: first };
    case Kind.binary:
      return { kind: 'binary', range, operator: operatorOf(text, children), left: first, right: second };
    case Kind.conditional:
      return { kind: 'conditional', range, condition: first, then: second, else: third };
    case Kind.parenthesis:
      return { kind: 'parenthesis', range, inner: first };
    case Kind.tuple:
      return { kind: 'tuple', range, items: expressions.filter((item) => item.kind !== 'error') };
    case Kind.object:
      return {
        kind: 'object',
        range,
        items: children.flatMap(({ item }) => (item === undefined ? [] : [item])),
      };
    case Kind.forTuple:
    case Kind.forObject:
      return buildFor(text, kind, range, children);
    case Kind.quoted:
    case Kind.heredoc:
      return buildTemplate(text, kind, range, children);
    default:
      return { kind: 'error', range };
  }
}

function buildTemplate(text: string, kind: number, range: Range, children: readonly Built[]): Expression {
  const indented = kind === Kind.heredoc && text.startsWith('<<-', range.start);
  const form = kind === Kind.quoted ? 'quoted' : indented ? 'indented-heredoc' : 'heredoc';
  const parts: readonly TemplatePart[] = buildParts(text, form, children);
  return { kind: 'template', range, form, parts };
}

function buildCall(
  text: string,
  range: Range,
  children: readonly Built[],
  expressions: readonly Expression[],
): Expression {
  const open = children.findIndex(({ kind }) => kind === Kind.openParenthesis);
  const names = (open < 0 ? children : children.slice(0, open)).filter(
    ({ kind }) => kind === Kind.identifier || kind === Kind.missingName,
  );
  const end = names.at(-1)?.range.end ?? range.start;
  return {
    kind: 'call',
    range,
    name: names.map((name) => text.slice(name.range.start, name.range.end)).join('::'),
    nameRange: { start: range.start, end },
    arguments: expressions.filter((argument) => argument.kind !== 'error'),
    expand: has(children, Kind.ellipsis),
  };
}

function buildFor(text: string, kind: number, range: Range, children: readonly Built[]): Expression {
  const keyword = (word: string): number =>
    children.findIndex(
      (child) => child.kind === Kind.keyword && text.slice(child.range.start, child.range.end) === word,
    );
  const after = (from: number): Expression | undefined =>
    from < 0
      ? undefined
      : children.slice(from + 1).find(({ expression }) => expression !== undefined)?.expression;
  const at = (leaf: number): number => children.findIndex((child) => child.kind === leaf);
  const variables = namesIn(text, children);
  const inKeyword = keyword('in');
  const collection = (inKeyword < 0 ? after(0) : after(inKeyword)) ?? emptyAt(range);
  const first = after(at(Kind.colon)) ?? emptyAt(range);
  const condition = after(keyword('if'));
  if (kind === Kind.forTuple)
    return { kind: 'forTuple', range, variables, collection, value: first, condition };
  const value = after(at(Kind.arrow)) ?? emptyAt(range);
  const grouping = has(children, Kind.ellipsis);
  return { kind: 'forObject', range, variables, collection, key: first, value, grouping, condition };
}

function emptyAt(range: Range): Expression {
  return { kind: 'missing', range: { start: range.end, end: range.end } };
}

function buildItem(range: Range, children: readonly Built[]): ObjectItem {
  const [key, value] = children.filter(({ expression }) => expression !== undefined);
  return { range, key: expressionOf(key, range), value: expressionOf(value, range) };
}

function nameOf(text: string, children: readonly Built[], around: Range): Name {
  const range = children.findLast(({ kind }) => kind === Kind.identifier || kind === Kind.missingName)
    ?.range ?? {
    start: around.end,
    end: around.end,
  };
  return { name: text.slice(range.start, range.end), range };
}

function legacyKey(text: string, children: readonly Built[], around: Range): Expression {
  const range = children.findLast(({ kind }) => kind === Kind.number)?.range ?? around;
  return { kind: 'literal', range, value: { number: text.slice(range.start, range.end) } };
}

function operatorOf(text: string, children: readonly Built[]): BinaryOperator {
  const leaf = children.find(({ kind }) => kind >= Kind.or && kind <= Kind.percent);
  return text.slice(leaf?.range.start, leaf?.range.end) as BinaryOperator;
}

function has(children: readonly Built[], leaf: number): boolean {
  return children.some(({ kind }) => kind === leaf);
}

function literalValue(source: string): { readonly number: string } | boolean | null {
  if (source === 'null') return null;
  return source === 'true' || source === 'false' ? source === 'true' : { number: source };
}
