import path from 'node:path';
import type { Attribute, Block } from '../../hcl/syntax';
import { documentationUrl } from '../../providers/documentationUrl';
import { labelText } from '../../terraform/labels';
import type { ConfigFile } from '../../terraform/model';
import { shortSource } from '../../terraform/providerSource';
import { attributeOf, blocksOf, literalString } from '../../terraform/values';
import { touches } from '../../text/range';
import type { Range } from '../../text/range';
import { code, paragraphs } from '../documentation';
import type { Markdown } from '../documentation';
import { provenanceText } from '../providerSchemas';
import { versionGap } from '../schemaPlaces';
import type { Snapshot } from '../snapshot';

/** What is known about a provider of a lock file, and what its lines mean. */
export function hoverLock(
  snapshot: Snapshot,
  config: ConfigFile,
  offset: number,
): { readonly range: Range; readonly contents: Markdown } | undefined {
  const block = blocksOf(config.syntax.body, 'provider').find(({ range }) => touches(range, offset));
  const [label] = block?.labels ?? [];
  if (block === undefined || label === undefined) return undefined;
  if (touches(label.range, offset) || touches(block.typeRange, offset))
    return { range: label.range, contents: providerDocs(snapshot, config, block, label.value) };
  const attribute = block.body.items.find(
    (item): item is Attribute => item.kind === 'attribute' && touches(item.range, offset),
  );
  return attribute === undefined ? undefined : attributeDocs(attribute, offset);
}

/** From the providers of a lock file to their documentation, in the version that is locked. */
export function lockLinks(
  config: ConfigFile,
): readonly { readonly range: Range; readonly target: string; readonly tooltip: string }[] {
  return blocksOf(config.syntax.body, 'provider').flatMap((block) => {
    const [label] = block.labels;
    const target = label === undefined ? undefined : pageOf(label.value, lockedVersion(block));
    if (label === undefined || target === undefined) return [];
    return [{ range: labelText(label), target, tooltip: `Documentation of ${shortSource(label.value)}` }];
  });
}

function lockedVersion(block: Block): string {
  return literalString(attributeOf(block.body, 'version')?.value) ?? '';
}

function pageOf(source: string, version: string): string | undefined {
  const [host, namespace = '', name = ''] = source.split('/');
  if (host !== 'registry.opentofu.org') return documentationUrl({ source, version }, 'provider', '');
  return `https://search.opentofu.org/provider/${namespace}/${name}/${version === '' ? 'latest' : `v${version}`}`;
}

function providerDocs(snapshot: Snapshot, config: ConfigFile, block: Block, source: string): Markdown {
  const directory = path.dirname(config.path);
  const version = lockedVersion(block);
  const page = pageOf(source, version);
  const { provenance } = snapshot.schemas.provider(source, [directory]) ?? {};
  const module = snapshot.index.module(directory);
  const gap = provenance === undefined ? undefined : versionGap(snapshot, module, provenance);
  return paragraphs(
    code(`${shortSource(source)} ${version}`),
    'The version that every run here uses until `terraform init -upgrade` chooses another one.',
    provenance === undefined
      ? 'Terratrain has no schema of this provider. After `terraform init` it reads that of the installed one.'
      : `Terratrain knows its types from: ${provenanceText(provenance)}.${gap === undefined ? '' : ` ${gap}`}`,
    page === undefined ? '' : `[Documentation](${page})`,
  );
}

const meanings: Readonly<Record<string, string>> = {
  version: 'The chosen version.',
  constraints: 'The version constraints of the configuration at the time the version was chosen.',
  hashes: 'Checksums of the packages that terraform accepts for this version.',
};

const schemes: Readonly<Record<string, string>> = {
  h1: 'A checksum of the contents of a package, for one platform. Terraform trusts these first.',
  zh: 'A checksum of the zip archive of a package, for one platform, as the registry lists it.',
};

function attributeDocs({ name, nameRange, value }: Attribute, offset: number) {
  const item = value.kind === 'tuple' ? value.items.find(({ range }) => touches(range, offset)) : undefined;
  if (item !== undefined) {
    const scheme = literalString(item)?.split(':')[0] ?? '';
    const contents = Object.hasOwn(schemes, scheme) ? schemes[scheme] : undefined;
    return contents === undefined ? undefined : { range: item.range, contents };
  }
  const meaning = Object.hasOwn(meanings, name) ? meanings[name] : undefined;
  return meaning === undefined ? undefined : { range: nameRange, contents: meaning };
}
