import type { Expression } from '../hcl/syntax';
import type { Module } from '../terraform/model';
import { isTypeConstraintPlace } from './completeTypes';
import { completeAddresses } from './completeAddresses';
import { functionItems } from './completeFunctions';
import { completeMembers, ownDeclaration } from './completeMembers';
import { completeReferences } from './completeReferences';
import { completeType } from './completeTypes';
import type { BlockHeader } from './bodyRules';
import { fitting } from './completionItems';
import type { CompletionItem, CompletionList } from './completionItems';
import { loopItems } from './completeLoops';
import { expectedAt, ruleAt } from './expected';
import type { Expected } from './expected';
import { declarationShape, evaluatedShape, expressionShape } from './expressionShapes';
import type { Reading } from './expressionShapes';
import { wantedType } from './fit';
import { knownValuesAt, quotedItems } from './knownValues';
import type { ValuePlace } from './place';
import { expressionOf, readingAt } from './placeScope';
import { keysOf, membersOf } from './shapes';
import type { Snapshot } from './snapshot';

/** Completes inside an expression: what is in scope, and after a dot what can be read there. */
export function completeValue(
  snapshot: Snapshot,
  module: Module,
  text: string,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
  path: string,
): CompletionList {
  const chain = text.slice(place.chain.start, place.chain.end);
  const typed = (item: CompletionItem): string => text.slice(item.range.start, place.chain.end);
  if (isTypeConstraintPlace(place, blocks)) return fitting(completeType(place), chain);
  const words = keywordsHere(text, place);
  if (words !== undefined) return fitting(words, chain);
  const reading = readingAt(snapshot, module, text, place, blocks);
  const addresses = completeAddresses(reading, place, blocks);
  if (addresses !== undefined) {
    const list = fitting(addresses, chain);
    if (list.items.length > 0 || place.dot === undefined || !readFurther.has(place.attribute)) return list;
  }
  const expected = expectedAt(reading, text, place, ruleAt(reading, place, blocks));
  if (place.dot !== undefined) {
    const range = { start: afterBlank(text, place.dot + 1), end: place.chain.end };
    const dotRange = { start: place.dot, end: place.chain.end };
    const before = text.slice(place.chain.start, place.dot);
    const from = place.attribute === 'ignore_changes' ? ownAttributes(reading, blocks) : reading;
    const at = { blocks, expected, attribute: place.attribute };
    return fitting(completeMembers(from, before, { ...at, range, dotRange }), typed);
  }
  return fitting(namesInScope(reading, text, place, blocks, expected, path), typed);
}

function afterBlank(text: string, from: number): number {
  return from + (/^[ \t]*/.exec(text.slice(from))?.[0].length ?? 0);
}

/** Addresses here may be followed by what is read of them. */
const readFurther: ReadonlySet<string> = new Set(['ignore_changes', 'replace_triggered_by']);

/** The attributes of the resource itself, which `ignore_changes` names alone. */
function ownAttributes(reading: Reading, blocks: readonly BlockHeader[]): Reading {
  const own = ownDeclaration(reading.module, blocks);
  const shape = own === undefined ? undefined : declarationShape(reading, own);
  const instance = shape?.kind === 'collection' ? shape.element : shape;
  const members = instance === undefined ? [] : membersOf(instance);
  return { ...reading, scope: new Map(members.map(({ name, shape: of }) => [name, of])) };
}

/** Places where the grammar leaves only some words. */
function keywordsHere(text: string, place: ValuePlace): CompletionItem[] | undefined {
  const keyword = (label: string, detail: string, snippet?: string): CompletionItem => ({
    label,
    kind: 'keyword',
    range: place.chain,
    insert: label,
    detail,
    ...(snippet !== undefined && { snippet }),
  });
  if (place.begun !== undefined)
    return place.begun.length === 0 ? [] : [keyword('in', 'the collection follows')];
  if (place.directive) {
    const close = /^[^\n"]*\}/.test(text.slice(place.chain.end)) ? '' : ' }';
    return [
      keyword('if', 'text under a condition', `if \${1:condition} }$2%{ endif${close}`),
      keyword('for', 'text for each element', `for \${1:item} in \${2:collection} }$3%{ endfor${close}`),
      keyword('else', 'otherwise'),
      keyword('endif', 'ends if'),
      keyword('endfor', 'ends for'),
    ];
  }
  if (!place.finished) return undefined;
  const inLoop = place.loops.length > 0 && /^(element|member|key)$/.test(place.steps.at(-1)?.kind ?? '');
  return inLoop ? [keyword('if', 'keeps the elements for which it is true')] : [];
}

function namesInScope(
  reading: Reading,
  text: string,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
  expected: Expected,
  path: string,
): CompletionItem[] {
  const range = place.chain;
  const word = text.slice(range.start, range.end);
  const { rule } = expected;
  const isWhole = place.steps.length === 0 && place.operator === '';
  const isElement = place.steps.length === 1 && place.steps[0]?.kind === 'element' && place.operator === '';
  const keywords = isWhole ? (rule?.keywords ?? []) : isElement ? (rule?.elementKeywords ?? []) : [];
  // Terraform's own words stand where no expression may.
  if (keywords.length > 0 && rule?.origin === 'language')
    return keywords.map((label, index) => keywordItem(label, range, index / 100));
  if (isWhole && rule?.elementKeywords !== undefined) {
    return rule.elementKeywords.map((label, index) => ({
      ...keywordItem(`[${label}]`, range, index / 100),
      filter: label,
    }));
  }
  const wanted = wantedType(expected);
  const bare = wanted === 'number' || wanted === 'bool';
  const takesText = wanted === 'string' || wanted === 'dynamic' || bare;
  const known = takesText ? knownValuesAt(reading, text, place, blocks, expected) : [];
  return [
    ...quotedItems(known, range, bare),
    ...keyItems(reading, text, place),
    ...completeReferences(reading, word, place, blocks, expected, path),
    ...functionItems(reading, range, expected),
    keywordItem('true', range, wanted === 'bool' ? 5 : 35),
    keywordItem('false', range, wanted === 'bool' ? 5.1 : 35.1),
    keywordItem('null', range, 36),
    ...loopItems(text, place),
  ];
}

function keywordItem(label: string, range: CompletionItem['range'], group: number): CompletionItem {
  return { label, kind: 'keyword', range, insert: label, detail: 'keyword', group };
}

/** Inside `x[…]`: the keys that are known. */
function keyItems(reading: Reading, text: string, place: ValuePlace): CompletionItem[] {
  const step = place.steps.at(-1);
  if (step?.kind !== 'index' || place.operator !== '') return [];
  const expression = expressionOf(text.slice(step.of.start, step.of.end));
  const keys = expression === undefined ? [] : knownKeys(reading, expression);
  return keys.map((key, index) => ({
    label: key,
    kind: 'value',
    range: place.chain,
    insert: key,
    filter: key.replace(/^"|"$/g, ''),
    detail: 'key',
    group: index / 1000,
  }));
}

/** The keys that a value is known to have, by its type or else by what it is. */
export function knownKeys(reading: Reading, expression: Expression): readonly string[] {
  const stated = keysOf(expressionShape(reading, expression));
  return stated.length > 0 ? stated : keysOf(evaluatedShape(reading, expression));
}
