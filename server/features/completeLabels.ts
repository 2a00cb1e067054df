import { labelNames } from '../terraform/languageSchema';
import type { Module } from '../terraform/model';
import type { Range } from '../text/range';
import { rulesFor } from './bodyRules';
import type { BlockHeader } from './bodyRules';
import { fitting } from './completionItems';
import type { CompletionItem, CompletionList } from './completionItems';
import type { Place } from './place';
import { learnedTypes } from './learnedSchema';
import { provenanceText, providersInUse } from './providerSchemas';
import type { Snapshot } from './snapshot';

/** Completes the labels of a block: types of the providers in use, names of providers, backends, nested blocks. */
export function completeLabel(
  snapshot: Snapshot,
  module: Module,
  text: string,
  place: Extract<Place, { kind: 'label' }>,
  blocks: readonly BlockHeader[],
): CompletionList {
  const names = labelsFor(snapshot, module, place, blocks);
  if (names.length === 0) return { items: [], isIncomplete: false };
  const word = text.slice(place.word.start, place.word.end);
  const around = surroundings(text, place.word);
  const open = place.quoted ? '' : '"';
  const rest =
    rulesFor(snapshot, module, blocks)
      .blocks.get(place.type)
      ?.labels.slice(place.labels.length + 1) ?? [];
  const items = names.map(({ name, detail }): CompletionItem => {
    const start = place.word.start;
    const base = { label: name, kind: 'type' as const, filter: `${open}${name}`, detail };
    if (!around.endsLine) {
      const close = around.quote ? '' : '"';
      return { ...base, range: { start, end: around.wordEnd }, insert: `${open}${name}${close}` };
    }
    const labels = rest.map((label, index) => ` "\${${index + 1}:${label}}"`).join('');
    return {
      ...base,
      range: { start, end: around.lineEnd },
      insert: `${open}${name}"`,
      snippet: `${open}${name}"${labels} {\n  $0\n}`,
    };
  });
  return fitting(items, `${open}${word}`.replace(/^"$/, ''));
}

interface LabelName {
  readonly name: string;
  readonly detail: string;
}

function labelsFor(
  snapshot: Snapshot,
  module: Module,
  place: Extract<Place, { kind: 'label' }>,
  blocks: readonly BlockHeader[],
): LabelName[] {
  if (place.labels.length > 0) return [];
  switch (place.type) {
    case 'resource':
    case 'data':
    case 'ephemeral': {
      const kind = place.type;
      const known = providersInUse(snapshot, module).flatMap((provider) =>
        provider.names(kind).map((name) => ({ name, detail: provenanceText(provider.provenance) })),
      );
      const names = new Set(known.map(({ name }) => name));
      const learned = learnedTypes(snapshot, module, kind).filter((name) => !names.has(name));
      return [...known, ...learned.map((name) => ({ name, detail: 'used in this workspace' }))];
    }
    case 'provider':
      return providerNames(snapshot, module);
    case 'dynamic': {
      const rules = rulesFor(snapshot, module, blocks);
      return [...rules.blocks]
        .filter(([, rule]) => rule.origin === 'provider')
        .map(([name]) => ({ name, detail: 'block' }));
    }
    default:
      return labelNames(place.type).map((name) => ({ name, detail: place.type }));
  }
}

function providerNames(snapshot: Snapshot, module: Module): LabelName[] {
  const required = module.requirements.map(({ name, source }) => ({ name, detail: source }));
  const taken = new Set(required.map(({ name }) => name));
  const others = snapshot.schemas
    .sources()
    .map((source) => ({ name: source.slice(source.lastIndexOf('/') + 1), detail: source }))
    .filter(({ name }) => !taken.has(name));
  return [...required, ...others];
}

/** What follows the typed part of a label on its line. */
function surroundings(
  text: string,
  word: Range,
): { wordEnd: number; quote: boolean; endsLine: boolean; lineEnd: number } {
  const lineBreak = text.indexOf('\n', word.end);
  const line = text.slice(word.end, lineBreak < 0 ? text.length : lineBreak).replace(/\r$/, '');
  const wordEnd = word.end + (/^[\w-]*/.exec(line)?.[0].length ?? 0);
  const quote = text[wordEnd] === '"';
  const lineEnd = word.end + line.length;
  const endsLine = text.slice(quote ? wordEnd + 1 : wordEnd, lineEnd).trim() === '';
  return { wordEnd, quote, endsLine, lineEnd };
}
