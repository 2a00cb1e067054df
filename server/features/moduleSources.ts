import path from 'node:path';
import { moduleSource } from '../terraform/moduleCalls';
import type { Module } from '../terraform/model';
import { attributeOf, literalString } from '../terraform/values';
import type { BlockHeader } from './bodyRules';
import type { CompletionItem } from './completionItems';
import type { StringPlace } from './stringPlace';
import type { Reading } from './expressionShapes';
import { installedModules } from './installedModules';
import { inputLines } from './requiredArguments';
import { versionItems } from './versionItems';

/** A module that a call may name. */
interface SourceOffer {
  readonly source: string;
  readonly detail: string;
  /** Its directory, where it is on this disk. */
  readonly directory: string | undefined;
  /** How far away it is: the nearer the better. */
  readonly distance: number;
}

/** Folders of the workspace that hold modules, and what is called elsewhere or installed. */
export function offeredSources({ snapshot, module }: Reading): SourceOffer[] {
  const found = new Map<string, SourceOffer>();
  const known = snapshot.index.knownModules();
  for (const each of known) {
    if (each.directory === module.directory || each.files.length === 0) continue;
    if (each.directory.split(path.sep).includes('.terraform')) continue;
    const source = relativeSource(module.directory, each.directory);
    if (source === undefined) continue;
    const distance = source.split('/').length + (source.startsWith('..') ? 2 : 0);
    found.set(source, { source, detail: summaryOf(each), directory: each.directory, distance });
  }
  for (const { source, version, directory } of installedModules(snapshot.index, module)) {
    const detail = version === undefined ? 'installed' : `installed ${version}`;
    found.set(source, { source, detail, directory, distance: 50 });
  }
  for (const each of known) {
    for (const call of each.declarations) {
      const source = call.kind === 'module' ? moduleSource(call) : undefined;
      if (source === undefined || /^\.\.?([/\\]|$)/.test(source) || found.has(source)) continue;
      found.set(source, { source, detail: 'called in this workspace', directory: undefined, distance: 60 });
    }
  }
  return [...found.values()].sort((a, b) => a.distance - b.distance || (a.source < b.source ? -1 : 1));
}

/** `./modules/net` or `../net`; `undefined` where no such path leads from one to the other. */
function relativeSource(from: string, to: string): string | undefined {
  const relative = path.relative(from, to).split(path.sep).join('/');
  if (path.isAbsolute(relative) || relative === '') return undefined;
  return relative.startsWith('..') ? relative : `./${relative}`;
}

function summaryOf({ declarations }: Module): string {
  const count = (kind: string) => declarations.filter((each) => each.kind === kind).length;
  const parts = [
    [count('variable'), 'inputs'],
    [count('output'), 'outputs'],
    [count('resource'), 'resources'],
  ] as const;
  return parts
    .filter(([number]) => number > 0)
    .map(([number, what]) => `${number} ${number === 1 ? what.slice(0, -1) : what}`)
    .join(', ');
}

/** Offers inside the quotes of `source`; where the call sets no inputs yet, also together with the required ones. */
export function moduleSources(
  reading: Reading,
  text: string,
  blocks: readonly BlockHeader[],
  at: StringPlace,
): CompletionItem[] {
  const takesInputs = blocks.at(-1)?.type === 'module' && !hasInputs(blocks.at(-1));
  const lineEnd = /^"?[ \t]*(\r?\n|$)/.test(text.slice(at.range.end));
  const typed = text.slice(at.range.start, at.range.end);
  // The call that is being written is in the workspace too.
  const sources = offeredSources(reading).filter(
    ({ source, directory }) => directory !== undefined || (source !== '' && source !== typed),
  );
  return sources.flatMap(({ source, detail, directory }, index): CompletionItem[] => {
    const item: CompletionItem = {
      label: source,
      kind: 'module',
      range: at.range,
      insert: `${source}${at.closing}`,
      detail,
      group: index / 1000,
    };
    const lines =
      takesInputs && lineEnd && directory !== undefined && index < mostFilled
        ? inputLines(reading.snapshot, reading.snapshot.index.module(directory), 1)
        : [];
    if (lines.length === 0) return [item];
    const closed = at.closing === '' ? 1 : 0;
    const filled: CompletionItem = {
      ...item,
      label: `${source} with its required inputs`,
      filter: source,
      range: { start: at.range.start, end: at.range.end + closed },
      insert: `${source}"`,
      snippet: `${source}"\n${lines.join('\n')}`,
      group: index / 1000 + 0.0005,
    };
    return [item, filled];
  });
}

const mostFilled = 20;

function hasInputs(block: BlockHeader | undefined): boolean {
  const own = new Set(['source', 'version', 'providers', 'count', 'for_each', 'depends_on']);
  return block?.node?.body.items.some((item) => item.kind === 'attribute' && !own.has(item.name)) === true;
}

/** The versions of a registry module that are known here. */
export function moduleVersions(
  { snapshot, module }: Reading,
  blocks: readonly BlockHeader[],
  at: StringPlace,
): CompletionItem[] {
  const body = blocks.at(-1)?.node?.body;
  const source = body === undefined ? undefined : literalString(attributeOf(body, 'source')?.value);
  const bare = source?.replace(/^registry\.(terraform\.io|opentofu\.org)\//, '').replace(/\/\/.*$/, '');
  const versions = installedModules(snapshot.index, module).flatMap((each) =>
    each.version !== undefined && each.source.replace(/\/\/.*$/, '') === bare ? [each.version] : [],
  );
  return versions.flatMap((version) => versionItems(version, 'installed', at));
}
