import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Block, Expression } from '../hcl/syntax';
import { stringValue, walkExpressions } from '../hcl/walk';
import { documentationUrl } from '../providers/documentationUrl';
import type { Module } from '../terraform/model';
import { isLocalSource } from '../terraform/moduleCalls';
import { chosenProvider, impliedProvider, sourceOf } from '../terraform/providerSource';
import { attributeOf } from '../terraform/values';
import type { Range } from '../text/range';
import { moduleOf } from './snapshot';
import type { Snapshot } from './snapshot';

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
  const module = moduleOf(snapshot, file);
  return config.syntax.body.items.flatMap((item) => {
    if (item.kind !== 'block') return [];
    return [
      ...pageLink(snapshot, module, item),
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

function sourceLink(snapshot: Snapshot, module: Module, block: Block): DocumentLink[] {
  if (block.type !== 'module') return [];
  const value = attributeOf(block.body, 'source')?.value;
  const source = value === undefined ? undefined : stringValue(value);
  if (value === undefined || source === undefined || value.kind !== 'template') return [];
  const range = { start: value.range.start + 1, end: value.range.end - 1 };
  if (!isLocalSource(source)) {
    const page = registryPage(source);
    return page === undefined ? [] : [{ range, target: page, tooltip: `Documentation of ${source}` }];
  }
  const folder = path.resolve(module.directory, source);
  const first = snapshot.index.module(folder).files[0];
  if (first === undefined) return [];
  const main = path.join(folder, 'main.tf');
  const target = snapshot.index.files.list(folder).includes('main.tf') ? main : first.path;
  return [{ range, target: pathToFileURL(target).href, tooltip: `Open ${source}` }];
}

/** `NAMESPACE/NAME/PROVIDER` is a module of the public registry, a sub-folder may follow. */
function registryPage(source: string): string | undefined {
  const match = /^([\w-]+\/[\w-]+\/[\w-]+)(?:\/\/(.+))?$/.exec(source);
  if (match?.[1] === undefined) return undefined;
  const sub = match[2] === undefined ? '' : `/submodules/${path.posix.basename(match[2])}`;
  return `https://registry.terraform.io/modules/${match[1]}/latest${sub}`;
}

/** Functions whose first argument names a file. */
const readers = new Set([
  'file',
  'filebase64',
  'templatefile',
  'filemd5',
  'filesha1',
  'filesha256',
  'filesha512',
  'filebase64sha256',
  'filebase64sha512',
]);

function fileLinks(snapshot: Snapshot, block: Block, module: Module): DocumentLink[] {
  const links: DocumentLink[] = [];
  walkExpressions(block.body, (expression) => {
    const [first] = expression.kind === 'call' && readers.has(expression.name) ? expression.arguments : [];
    const name = first === undefined ? undefined : fileName(first, module.directory);
    if (first !== undefined && name !== undefined && exists(snapshot, name)) {
      const range = { start: first.range.start + 1, end: first.range.end - 1 };
      links.push({ range, target: pathToFileURL(name).href, tooltip: `Open ${path.basename(name)}` });
    }
    return true;
  });
  return links;
}

/** `"x.txt"`, `"${path.module}/x.txt"` and `"${path.root}/x.txt"` inside a root module. */
function fileName(expression: Expression, folder: string): string | undefined {
  if (expression.kind !== 'template' || expression.form !== 'quoted') return undefined;
  let name = '';
  for (const part of expression.parts) {
    if (part.kind === 'text') name += part.value;
    else if (part.kind === 'interpolation' && isModuleFolder(part.expression)) name += folder;
    else return undefined;
  }
  return path.resolve(folder, name);
}

function isModuleFolder(expression: Expression): boolean {
  if (expression.kind !== 'getAttribute' || expression.object.kind !== 'variable') return false;
  return expression.object.name === 'path' && (expression.name === 'module' || expression.name === 'root');
}

function exists(snapshot: Snapshot, file: string): boolean {
  return snapshot.index.files.list(path.dirname(file)).includes(path.basename(file));
}

function innerRange({ range, quoted }: { readonly range: Range; readonly quoted: boolean }): Range {
  return quoted ? { start: range.start + 1, end: range.end - 1 } : range;
}
