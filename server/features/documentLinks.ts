import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Block, Expression } from '../hcl/syntax';
import { stringValue, walkExpressions } from '../hcl/walk';
import { documentationUrl } from '../providers/documentationUrl';
import { dialectOf } from '../terraform/dialect';
import type { Module } from '../terraform/model';
import { isLocalSource } from '../terraform/moduleCalls';
import { chosenProvider, fullSource, impliedProvider, sourceOf } from '../terraform/providerSource';
import { attributeOf, blocksOf, keyName } from '../terraform/values';
import type { Range } from '../text/range';
import { moduleSourcePage } from './moduleSourcePage';
import { existingFile, fileReaders, filesNamed } from './namedFiles';
import { moduleOf } from './snapshot';
import type { Snapshot } from './snapshot';
import { lockLinks } from './stacks/lockFile';

export interface DocumentLink {
  readonly range: Range;
  /** A URI: a documentation page, or a file of this machine. */
  readonly target: string;
  readonly tooltip: string;
}

/** Types of blocks to documentation pages, module sources to their folders, names of files to the files. */
export function documentLinks(snapshot: Snapshot, file: string): readonly DocumentLink[] {
  const config = snapshot.index.file(file);
  if (config === undefined) return [];
  if (dialectOf(file) === 'lock') return lockLinks(config);
  const module = moduleOf(snapshot, file);
  return config.syntax.body.items.flatMap((item) => {
    if (item.kind !== 'block') return [];
    return [
      ...pageLink(snapshot, module, item),
      ...(item.type === 'check' ? blocksOf(item.body, 'data') : []).flatMap((data) =>
        pageLink(snapshot, module, data),
      ),
      ...languageLinks(item),
      ...requirementLinks(item),
      ...sourceLink(snapshot, module, item),
      ...fileLinks(snapshot, item, module),
    ];
  });
}

const kinds = { resource: 'resource', data: 'data', ephemeral: 'ephemeral', provider: 'provider' } as const;

function pageLink(snapshot: Snapshot, module: Module, block: Block): DocumentLink[] {
  const kind = Object.hasOwn(kinds, block.type) ? kinds[block.type as keyof typeof kinds] : undefined;
  const [label] = block.labels;
  if (kind === undefined || label === undefined || label.value === '') return [];
  const localName =
    chosenProvider(block) ?? (kind === 'provider' ? label.value : impliedProvider(label.value));
  const source = sourceOf(localName, module);
  const version = snapshot.schemas.provider(source)?.provenance.version ?? '';
  const target = documentationUrl({ source, version }, kind, label.value);
  const tooltip = `Documentation of ${label.value}`;
  return target === undefined ? [] : [{ range: innerRange(label), target, tooltip }];
}

/** Blocks whose `source` is a module or a stack. */
const sourceHolders: ReadonlySet<string> = new Set(['module', 'component', 'stack', 'removed']);

function sourceLink(snapshot: Snapshot, module: Module, block: Block): DocumentLink[] {
  if (block.type === 'run')
    return blocksOf(block.body, 'module').flatMap((inner) => sourceLink(snapshot, module, inner));
  if (!sourceHolders.has(block.type)) return [];
  const value = attributeOf(block.body, 'source')?.value;
  const source = value === undefined ? undefined : stringValue(value);
  if (value === undefined || source === undefined || value.kind !== 'template') return [];
  const range = { start: value.range.start + 1, end: value.range.end - 1 };
  if (!isLocalSource(source)) {
    const version = attributeOf(block.body, 'version')?.value;
    const page = moduleSourcePage(source, version === undefined ? undefined : stringValue(version));
    return page === undefined ? [] : [{ range, target: page, tooltip: `Documentation of ${source}` }];
  }
  const folder = path.resolve(module.directory, source);
  const { index } = snapshot;
  const [first] = (block.type === 'stack' ? index.stack(folder) : index.module(folder)).files;
  if (first === undefined) return [];
  const main = path.join(folder, 'main.tf');
  const hasMain = block.type !== 'stack' && index.files.list(folder).includes('main.tf');
  const target = hasMain ? main : first.path;
  return [{ range, target: pathToFileURL(target).href, tooltip: `Open ${source}` }];
}

/** Names of what Terraform itself has: its backends and provisioners. */
function languageLinks(block: Block): DocumentLink[] {
  const inner = block.type === 'terraform' || block.type === 'resource' ? block.body.items : [];
  return inner.flatMap((item) => {
    if (item.kind !== 'block') return [];
    const [label] = item.labels;
    const page = Object.hasOwn(languagePages, item.type) ? languagePages[item.type] : undefined;
    if (page === undefined || label === undefined || label.value === '') return [];
    const tooltip = `Documentation of ${item.type} ${label.value}`;
    return [{ range: innerRange(label), target: `${page}/${label.value}`, tooltip }];
  });
}

const languagePages: Readonly<Record<string, string>> = {
  backend: 'https://developer.hashicorp.com/terraform/language/backend',
  provisioner: 'https://developer.hashicorp.com/terraform/language/resources/provisioners',
};

/** Sources in `required_providers`. */
function requirementLinks(block: Block): DocumentLink[] {
  const blocks = block.type === 'terraform' ? blocksOf(block.body, 'required_providers') : [];
  const holders = block.type === 'required_providers' ? [block] : blocks;
  return holders.flatMap(({ body }) =>
    body.items.flatMap((item) => {
      if (item.kind !== 'attribute' || item.value.kind !== 'object') return [];
      const value = item.value.items.find(({ key }) => keyName(key) === 'source')?.value;
      const source = value === undefined ? undefined : stringValue(value);
      if (value === undefined || source === undefined || source === '') return [];
      const target = documentationUrl({ source: fullSource(source), version: '' }, 'provider', '');
      const range = { start: value.range.start + 1, end: value.range.end - 1 };
      return target === undefined ? [] : [{ range, target, tooltip: `Documentation of ${source}` }];
    }),
  );
}

function fileLinks(snapshot: Snapshot, block: Block, module: Module): DocumentLink[] {
  const links: DocumentLink[] = [];
  walkExpressions(block.body, (call) => {
    if (call.kind !== 'call') return true;
    const [first] = call.arguments;
    const name = call.name.replace(/^core::/, '');
    const file =
      first === undefined
        ? undefined
        : fileReaders.has(name)
          ? existingFile(snapshot, module, first)
          : name === 'fileset'
            ? existingFolder(snapshot, module, first)
            : undefined;
    if (first === undefined || file === undefined) return true;
    const range =
      first.kind === 'template' ? { start: first.range.start + 1, end: first.range.end - 1 } : first.range;
    links.push({ range, target: pathToFileURL(file).href, tooltip: `Open ${path.basename(file)}` });
    return true;
  });
  return links;
}

function existingFolder(snapshot: Snapshot, module: Module, name: Expression): string | undefined {
  return filesNamed(snapshot, module, name).find((folder) => snapshot.index.files.list(folder).length > 0);
}

function innerRange({ range, quoted }: { readonly range: Range; readonly quoted: boolean }): Range {
  return quoted ? { start: range.start + 1, end: range.end - 1 } : range;
}
