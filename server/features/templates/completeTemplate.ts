import type { ConfigFile } from '../../terraform/model';
import { keyName } from '../../terraform/values';
import { completeMembers } from '../completeMembers';
import { functionItems } from '../completeFunctions';
import { fitting } from '../completionItems';
import type { CompletionItem, CompletionList } from '../completionItems';
import { code, paragraphs } from '../documentation';
import type { Expected } from '../expected';
import { expressionShape, withLoop } from '../expressionShapes';
import type { Reading } from '../expressionShapes';
import { existingFile } from '../namedFiles';
import type { ValuePlace } from '../place';
import { expressionIn } from '../placeScope';
import { detailOf } from '../shapes';
import type { Snapshot } from '../snapshot';
import { templateCallsIn } from './templateCalls';
import { readTemplate } from './templateFile';
import { templatePlaceAt } from './templatePlace';
import { templateReading, templateVariables } from './templateScope';

const nothing: CompletionList = { items: [], isIncomplete: false };
const anything: Expected = { schema: { type: 'dynamic' }, rule: undefined, path: [], collection: false };

/** What may be typed in an interpolation or a directive of a template; nothing in its text. */
export function completeTemplate(
  snapshot: Snapshot,
  path: string,
  text: string,
  offset: number,
): CompletionList {
  const { place, drawn, shift } = templatePlaceAt(text, offset);
  if (place.kind !== 'value') return nothing;
  const { items, word } = offers(snapshot, path, drawn, place);
  const back = ({ range }: CompletionItem) => ({
    start: range.start - shift,
    end: range.end - shift,
  });
  const list = fitting(items, word);
  return { ...list, items: list.items.map((item) => ({ ...item, range: back(item) })) };
}

/** The names that a template reads and that its call, in which the place is, does not give yet. */
export function completeTemplateKeys(
  snapshot: Snapshot,
  file: ConfigFile,
  place: ValuePlace,
): CompletionItem[] {
  if (place.call?.name.replace(/^core::/, '') !== 'templatefile' || place.call.argument !== 1) return [];
  if (place.keys.length > 0) return [];
  const { start, end } = place.chain;
  const call = templateCallsIn(snapshot, file).findLast(
    ({ variables }) => variables.range.start < start && end <= variables.range.end,
  );
  const template = call === undefined ? undefined : existingFile(snapshot, call.module, call.name);
  const reads = template === undefined ? [] : (readTemplate(snapshot, template)?.reads ?? []);
  const written = new Set(
    call?.variables.kind === 'object'
      ? call.variables.items.flatMap(({ key }) => (key.range.start === start ? [] : [keyName(key)]))
      : [],
  );
  const names = [...new Set(reads.map(({ name }) => name))].filter((name) => !written.has(name));
  return names.map((name, index) => ({
    label: name,
    kind: 'argument',
    range: place.chain,
    insert: `${name} = `,
    detail: 'read by the template',
    group: index / 1000,
  }));
}

function offers(
  snapshot: Snapshot,
  path: string,
  text: string,
  place: ValuePlace,
): { readonly items: readonly CompletionItem[]; readonly word: string | ((item: CompletionItem) => string) } {
  const chain = text.slice(place.chain.start, place.chain.end);
  const reading = readingAt(snapshot, path, text, place);
  if (place.begun !== undefined)
    return {
      items: place.begun.length === 0 ? [] : [keyword('in', 'the collection follows', place)],
      word: chain,
    };
  if (place.directive) return { items: directives(text, place), word: chain };
  if (place.dot !== undefined) {
    const range = { start: place.dot + 1, end: place.chain.end };
    const dotRange = { start: place.dot, end: place.chain.end };
    const before = text.slice(place.chain.start, place.dot);
    const items = completeMembers(reading, before, { blocks: [], expected: anything, range, dotRange });
    return { items, word: (item) => text.slice(item.range.start, place.chain.end) };
  }
  if (place.finished) return { items: [], word: chain };
  const variables = new Set(templateVariables(snapshot, path).map(({ name }) => name));
  const names = [...reading.scope].map(([name, shape]): CompletionItem => {
    const detail = detailOf(shape);
    return {
      label: name,
      kind: 'variable',
      range: place.chain,
      insert: name,
      detail: variables.has(name) ? detail || 'variable of the template' : detail || 'for variable',
      documentation: paragraphs(code(`${name}: ${detail || 'any'}`)),
      group: variables.has(name) ? 1 : 0,
    };
  });
  const functions = functionItems(reading, place.chain, anything).filter(
    ({ label }) => label !== 'templatefile' && label !== 'templatestring',
  );
  const words = ['true', 'false', 'null'].map((word) => keyword(word, 'keyword', place));
  return { items: [...names, ...functions, ...words], word: chain };
}

function readingAt(snapshot: Snapshot, path: string, text: string, place: ValuePlace): Reading {
  let reading = templateReading(snapshot, path);
  for (const loop of place.loops) {
    const collection = expressionShape(reading, expressionIn(text, loop.collection));
    reading = { ...reading, scope: withLoop(reading.scope, loop.names, collection) };
  }
  return reading;
}

function directives(text: string, place: ValuePlace): CompletionItem[] {
  const close = /^[^\n]*\}/.test(text.slice(place.chain.end)) ? '' : ' }';
  const lines = '\n  $3\n';
  return [
    keyword('if', 'text under a condition', place, `if \${1:condition} ~}${lines}%{ endif${close}`),
    keyword(
      'for',
      'text for each element',
      place,
      `for \${1:item} in \${2:collection} ~}${lines}%{ endfor${close}`,
    ),
    keyword('else', 'otherwise', place),
    keyword('endif', 'ends if', place),
    keyword('endfor', 'ends for', place),
  ];
}

function keyword(label: string, detail: string, place: ValuePlace, snippet?: string): CompletionItem {
  return {
    label,
    kind: 'keyword',
    range: place.chain,
    insert: label,
    detail,
    group: 40,
    ...(snippet !== undefined && { snippet }),
  };
}
