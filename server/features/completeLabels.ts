import type { ProviderSchema, SchemaKind } from '../providers/schema';
import type { Module } from '../terraform/model';
import { builtinProvider, impliedProvider, shortSource } from '../terraform/providerSource';
import type { Range } from '../text/range';
import { rulesFor } from './bodyRules';
import type { BlockHeader } from './bodyRules';
import { fitting } from './completionItems';
import type { CompletionItem, CompletionList } from './completionItems';
import { learnedTypes } from './learnedSchema';
import { offeredSources } from './moduleSources';
import { readingOf } from './expressionShapes';
import type { Place } from './place';
import { provenanceText, providersInUse, providersNamed } from './providerSchemas';
import { inputLines, requiredLines } from './requiredArguments';
import type { Snapshot } from './snapshot';
import { mockedProvider } from './tests/mockedProvider';

type LabelPlace = Extract<Place, { kind: 'label' }>;

/** Completes the labels of a block: types of the providers in use, names of providers, backends, nested blocks. */
export function completeLabel(
  snapshot: Snapshot,
  module: Module,
  text: string,
  place: LabelPlace,
  blocks: readonly BlockHeader[],
): CompletionList {
  const word = text.slice(place.word.start, place.word.end);
  const names = labelsFor(snapshot, module, place, blocks, word);
  if (names.length === 0) return { items: [], isIncomplete: false };
  const around = surroundings(text, place.word);
  const open = place.quoted ? '' : '"';
  const rest =
    rulesFor(snapshot, module, blocks)
      .blocks.get(place.type)
      ?.labels.slice(place.labels.length + 1) ?? [];
  const items = likely(names, word).map((offer): CompletionItem => {
    const { name, detail, group } = offer;
    const start = place.word.start;
    const base = {
      label: name,
      kind: 'type' as const,
      filter: `${open}${name}`,
      detail,
      ...(group !== undefined && { group }),
      ...(offer.documentation !== undefined && { documentation: offer.documentation }),
    };
    if (offer.isPrefix === true)
      return { ...base, range: { start, end: around.wordEnd }, insert: `${open}${name}` };
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
  const list = fitting(items, `${open}${word}`.replace(/^"$/, ''));
  const isIncomplete = list.isIncomplete || names.some((name) => name.isPrefix === true);
  if (!around.endsLine || word === '') return { ...list, isIncomplete };
  const filled = list.items.map((item, index) =>
    index < mostFilled ? withRequired(snapshot, module, item, place, blocks, rest) : item,
  );
  return { items: filled, isIncomplete: isIncomplete || filled.length > mostFilled };
}

/** Of a thousand names those that hold what is typed; all where none does, because letters alone may fit. */
function likely(names: readonly LabelName[], word: string): readonly LabelName[] {
  const typed = word.toLowerCase();
  const holding = names.filter(({ name }) => name.toLowerCase().includes(typed));
  return holding.length === 0 ? names : holding;
}

/** Bodies are written for so many offers; reading the schemas of all would take too long. */
const mostFilled = 2;

/** The offer with the arguments and blocks that its body must have. */
function withRequired(
  snapshot: Snapshot,
  module: Module,
  item: CompletionItem,
  place: LabelPlace,
  blocks: readonly BlockHeader[],
  rest: readonly string[],
): CompletionItem {
  if (item.snippet === undefined) return item;
  const header = { type: place.type, labels: [...place.labels, item.label] };
  const lines =
    place.type === 'module'
      ? callLines(snapshot, module, item.label)
      : place.type === 'dynamic'
        ? dynamicLines(snapshot, module, [...blocks, header])
        : requiredLines(snapshot, module, [...blocks, header], new Set(), rest.length + 1).lines;
  if (lines.length === 0) return item;
  const head = item.snippet.slice(0, item.snippet.indexOf(' {\n'));
  const body = lines.map((line) => (line === '' ? '' : `  ${line}`)).join('\n');
  return { ...item, snippet: `${head} {\n${body}\n}` };
}

function dynamicLines(snapshot: Snapshot, module: Module, blocks: readonly BlockHeader[]): string[] {
  const content = requiredLines(snapshot, module, [...blocks, { type: 'content', labels: [] }], new Set(), 2);
  const inner = content.lines.length === 0 ? ['$0'] : content.lines;
  return ['for_each = $1', 'content {', ...inner.map((line) => `  ${line}`), '}'];
}

function callLines(snapshot: Snapshot, module: Module, name: string): string[] {
  const offer = localModules(snapshot, module).find((each) => each.name === name);
  if (offer?.directory === undefined) return [];
  const inputs = inputLines(snapshot, snapshot.index.module(offer.directory), 1);
  return [`source = "${offer.source}"`, ...(inputs.length > 0 ? ['', ...inputs] : ['$0'])];
}

interface LabelName {
  readonly name: string;
  readonly detail: string;
  readonly group?: number;
  /** The beginning of many names, to be typed further. */
  readonly isPrefix?: boolean;
  readonly documentation?: string;
}

type TypedKind = Exclude<SchemaKind, 'provider'>;
const typedKinds: ReadonlySet<string> = new Set<TypedKind>(['resource', 'data', 'ephemeral']);

function isTypedKind(type: string): type is TypedKind {
  return typedKinds.has(type);
}

function labelsFor(
  snapshot: Snapshot,
  module: Module,
  place: LabelPlace,
  blocks: readonly BlockHeader[],
  word: string,
): LabelName[] {
  if (place.labels.length > 0) return nameLabels(module, place, word);
  if (isTypedKind(place.type)) return typeNames(snapshot, module, place.type, word);
  switch (place.type) {
    case 'provider':
    case 'mock_provider':
      return providerNames(snapshot, module);
    case 'mock_resource':
    case 'mock_data':
      return mockedNames(snapshot, module, place.type === 'mock_data' ? 'data' : 'resource', blocks, word);
    case 'list':
      return typeNames(snapshot, module, 'resource', word);
    case 'module':
      return localModules(snapshot, module);
    case 'dynamic': {
      const rules = rulesFor(snapshot, module, blocks);
      return [...rules.blocks]
        .filter(([, rule]) => rule.origin === 'provider')
        .map(([name, rule]) => ({ name, detail: 'block', group: rule.minItems > 0 ? 0 : 1 }));
    }
    default: {
      const choices = rulesFor(snapshot, module, blocks).blocks.get(place.type)?.firstLabels?.() ?? [];
      return choices.map(({ name, description }) => ({
        name,
        detail: place.type,
        documentation: description,
      }));
    }
  }
}

/** Names are the person's own; those that other blocks of the kind have are a hint, and `this` and `main` customs. */
function nameLabels({ declarations }: Module, { type, labels }: LabelPlace, word: string): LabelName[] {
  if (!isTypedKind(type) || labels.length !== 1) return [];
  const taken = new Set(
    declarations.flatMap((each) => (each.kind === type && each.type === labels[0] ? [each.name] : [])),
  );
  const names = new Set(
    declarations.flatMap((each) => (each.kind === 'resource' || each.kind === 'data' ? [each.name] : [])),
  );
  const fresh = ['this', 'main', ...names].filter((name) => !taken.has(name) && name !== word);
  return [...new Set(fresh)].slice(0, 30).map((name) => ({
    name,
    detail: names.has(name) ? 'as other blocks here are called' : 'customary name',
    group: names.has(name) ? 0 : 1,
  }));
}

/** Types of the provider that is mocked; in a file of mocks, which does not say of whom, of all in use. */
function mockedNames(
  snapshot: Snapshot,
  module: Module,
  kind: TypedKind,
  blocks: readonly BlockHeader[],
  word: string,
): LabelName[] {
  const provider = blocks.length === 0 ? undefined : (blocks[0]?.labels[0] ?? '');
  const used = new Set(module.declarations.flatMap((each) => (each.kind === kind ? [each.type] : [])));
  const known = mockedProvider(snapshot, module, '', provider)?.names(kind);
  const names =
    known?.map((name) => ({ name, detail: provider ?? '', group: 1 })) ??
    typeNames(snapshot, module, kind, word).filter(
      ({ name }) => provider === undefined || impliedProvider(name) === provider,
    );
  return names.map((each) => (used.has(each.name) ? { ...each, group: 0 } : each));
}

/** More than so many providers are narrowed down by what is typed before their types are read. */
const mostProviders = 4;

function typeNames(snapshot: Snapshot, module: Module, kind: TypedKind, word: string): LabelName[] {
  const used = providersInUse(snapshot, module);
  const isOwn = used.some(({ provenance }) => provenance.source !== builtinProvider);
  const own = isOwn ? namesOf(used, kind, 1) : [];
  // What no provider in use has may be the first thing of another one.
  const typed = word.toLowerCase();
  const isKnown = isOwn && (typed.length < 3 || own.some(({ name }) => name.includes(typed)));
  const narrow = isKnown ? undefined : narrowed(snapshot, typed);
  const others =
    narrow === undefined ? [] : namesOf(providersNamed(snapshot, module, narrow.sources), kind, 2);
  const names = new Set(own.map(({ name }) => name));
  const known = [...own, ...others.filter(({ name }) => !names.has(name) && names.add(name))];
  // What is being typed is in the workspace too, and no type of its own.
  const learned = learnedTypes(snapshot, module, kind).filter((name) => !names.has(name) && name !== word);
  return [
    ...known,
    ...learned.map((name) => ({ name, detail: 'used in this workspace', group: 0 })),
    ...(isOwn ? [] : (narrow?.prefixes ?? [])),
  ];
}

function namesOf(providers: readonly ProviderSchema[], kind: TypedKind, group: number): LabelName[] {
  return providers.flatMap((provider) => {
    const detail = provenanceText(provider.provenance);
    return provider.names(kind).map((name) => ({ name, detail, group }));
  });
}

/** The providers that what is typed may mean, and the beginnings of the names of the others. */
function narrowed(snapshot: Snapshot, typed: string): { sources: string[]; prefixes: LabelName[] } {
  const all = snapshot.schemas.sources();
  if (all.length <= mostProviders) return { sources: [...new Set([builtinProvider, ...all])], prefixes: [] };
  const sources: string[] = [builtinProvider];
  const prefixes: LabelName[] = [];
  for (const source of all) {
    if (source === builtinProvider) continue;
    const prefix = `${(source.split('/').at(-1) ?? '').replace(/-beta$/, '')}_`;
    const isMeant = typed.length > 1 && (prefix.startsWith(typed) || typed.startsWith(prefix));
    // A single provider's types are worth reading; beginnings lead to the rest.
    if (isMeant && (typed.startsWith(prefix) || typed.length > 2)) sources.push(source);
    else if (!prefixes.some(({ name }) => name === prefix))
      prefixes.push({
        name: prefix,
        detail: `types of ${shortSource(source)}`,
        isPrefix: true,
        group: wellKnown.has(prefix) ? 3 : 4,
      });
  }
  // A part of a name that begins with its provider: `instance`.
  if (sources.length === 1 && typed.length > 2)
    sources.push(...all.filter((source) => /\/hashicorp\/(aws|azurerm|google)$/.test(source)));
  return { sources, prefixes };
}

const wellKnown: ReadonlySet<string> = new Set([
  'aws_',
  'azurerm_',
  'google_',
  'kubernetes_',
  'random_',
  'null_',
]);

/** Required providers first, then those that are used without being required, then what is known. */
function providerNames(snapshot: Snapshot, module: Module): LabelName[] {
  const required = module.requirements.map(({ name, source }) => ({
    name,
    detail: shortSource(source),
    group: 0,
  }));
  const taken = new Set(required.map(({ name }) => name));
  const used = new Set(
    module.declarations.flatMap(({ type }) => (type.includes('_') ? [impliedProvider(type)] : [])),
  );
  const others = snapshot.schemas
    .sources()
    .map((source) => ({ name: source.slice(source.lastIndexOf('/') + 1), detail: shortSource(source) }))
    .filter(({ name }) => !taken.has(name))
    .map((offer) => ({ ...offer, group: used.has(offer.name) ? 1 : 2 }));
  return [...required, ...others];
}

interface LocalModule extends LabelName {
  readonly source: string;
  readonly directory: string | undefined;
}

/** The folders of the workspace that hold modules, each by its name. */
function localModules(snapshot: Snapshot, module: Module): LocalModule[] {
  const taken = new Set(module.declarations.flatMap((each) => (each.kind === 'module' ? [each.name] : [])));
  const found = new Map<string, LocalModule>();
  for (const { source, directory, distance } of offeredSources(readingOf(snapshot, module))) {
    const name = source.split('/').at(-1) ?? '';
    if (
      directory === undefined ||
      !/^\.\.?\//.test(source) ||
      !/^[\p{ID_Start}_][\p{ID_Continue}-]*$/u.test(name)
    )
      continue;
    if (!taken.has(name) && !found.has(name))
      found.set(name, { name, detail: source, source, directory, group: distance });
  }
  return [...found.values()].slice(0, 100);
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
