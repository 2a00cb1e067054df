import path from 'node:path';
import type { Module } from '../terraform/model';
import type { BlockHeader } from './bodyRules';
import { completeKey } from './completeKeys';
import { fitting } from './completionItems';
import type { CompletionItem, CompletionList } from './completionItems';
import { requirementStrings } from './completeRequirements';
import { knownKeys } from './completeValues';
import { moduleSources, moduleVersions } from './moduleSources';
import { expectedAt, ruleAt } from './expected';
import type { Reading } from './expressionShapes';
import { knownValuesAt, unquotedItems } from './knownValues';
import { fileFunctions } from './namedFiles';
import type { ValuePlace } from './place';
import { expressionOf, readingAt } from './placeScope';
import type { Snapshot } from './snapshot';
import { stringAt } from './stringPlace';
import type { StringPlace } from './stringPlace';

/** Completes the text of a string: values, keys, sources and versions that are known. */
export function completeString(
  snapshot: Snapshot,
  module: Module,
  text: string,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
  file: string,
): CompletionList {
  const typed = text.slice(place.chain.start, place.chain.end);
  const at = stringAt(text, place);
  const reading = readingAt(snapshot, module, text, place, blocks);
  const last = place.steps.at(-1);
  if (last?.kind === 'key') return completeKey(snapshot, module, text, place, blocks, file, at);
  if (last?.kind === 'argument' && fileFunctions.has(last.call) && last.index === 0)
    return fitting(fileItems(snapshot, module, typed, at), typed);
  if (/[$%]\{/.test(typed)) return { items: [], isIncomplete: false };
  if (last?.kind === 'index')
    return fitting(keyTexts(reading, text.slice(last.of.start, last.of.end), at), typed);
  const own = ownStrings(reading, text, place, blocks, at);
  if (own !== undefined) return fitting(own, typed);
  const expected = expectedAt(reading, text, place, ruleAt(reading, place, blocks));
  const known = knownValuesAt(reading, text, place, blocks, expected);
  return fitting(unquotedItems(known, at.range, at.closing), typed);
}

/** Strings with a meaning to Terraform itself. */
function ownStrings(
  reading: Reading,
  text: string,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
  at: StringPlace,
): CompletionItem[] | undefined {
  const holder = blocks.at(-1)?.type ?? '';
  if (place.call !== undefined) return undefined;
  if (['module', 'run', 'component'].includes(holder) && place.steps.length === 0) {
    if (place.attribute === 'source') return moduleSources(reading, text, blocks, at);
    if (place.attribute === 'version') return moduleVersions(reading, blocks, at);
  }
  return requirementStrings(reading, place, blocks, at);
}

/** The keys of what is indexed. */
function keyTexts(reading: Reading, indexed: string, at: StringPlace): CompletionItem[] {
  const expression = expressionOf(indexed);
  if (expression === undefined) return [];
  return knownKeys(reading, expression).flatMap((key): CompletionItem[] => {
    if (!key.startsWith('"')) return [];
    const label = key.slice(1, -1);
    return [{ label, kind: 'value', range: at.range, insert: `${label}${at.closing}`, detail: 'key' }];
  });
}

/** Files beside the module's own: `file("${path.module}/` and plain paths alike. */
function fileItems(snapshot: Snapshot, module: Module, typed: string, at: StringPlace): CompletionItem[] {
  const slash = typed.lastIndexOf('/');
  const before = typed.slice(0, slash + 1);
  const folder = before.replace(/^\$\{\s*path\.(module|root|cwd)\s*\}\//, './');
  if (/[$%]\{/.test(folder)) return [];
  const names = snapshot.index.files.list(path.resolve(module.directory, folder === '' ? '.' : folder));
  return names
    .filter((name) => !/\.(tf|tofu)(\.json)?$|\.tfstate(\.backup)?$|^\./.test(name))
    .map((name) => ({
      label: `${before}${name}`,
      kind: 'file',
      range: at.range,
      insert: `${before === '' ? '${path.module}/' : before}${name}${at.closing}`,
      filter: `${before}${name}`,
      detail: 'file',
    }));
}
