import { releasesOf } from '../terraform/language/releases';
import type { Module } from '../terraform/model';
import { fullSource, impliedProvider, shortSource, sourceOf } from '../terraform/providerSource';
import { attributeOf, keyName, literalString } from '../terraform/values';
import type { Range } from '../text/range';
import type { BlockHeader } from './bodyRules';
import type { CompletionItem } from './completionItems';
import type { StringPlace } from './stringPlace';
import { editionOf } from './editionOf';
import type { Reading } from './expressionShapes';
import type { ValuePlace } from './place';
import { lockedVersions } from './schemaPlaces';
import type { Snapshot } from './snapshot';
import { versionItems } from './versionItems';

/** Strings of the `terraform` block: sources and versions of providers, the version of Terraform itself. */
export function requirementStrings(
  { snapshot, module }: Reading,
  place: ValuePlace,
  blocks: readonly BlockHeader[],
  at: StringPlace,
): CompletionItem[] | undefined {
  const holder = blocks.at(-1);
  if (holder?.type === 'terraform' && place.attribute === 'required_version') {
    const { terraform } = snapshot;
    if (terraform !== undefined) return versionItems(terraform.version, 'at hand', at);
    const newest = releasesOf(editionOf(snapshot, module).product).at(-1);
    return newest === undefined ? [] : versionItems(newest, 'the newest that Terratrain knows', at);
  }
  if (holder?.type !== 'required_providers') return undefined;
  const [field] = place.keys;
  // Terraform 0.12 wrote the version alone.
  if (place.steps.length === 0 || field === 'version') {
    const source = sourceWritten(holder, place.attribute) ?? sourceOf(place.attribute, module);
    return providerVersions(snapshot, module, source).flatMap(([version, origin]) =>
      versionItems(version, origin, at),
    );
  }
  if (field !== 'source') return undefined;
  return knownSources(snapshot, module).map((source) => {
    const short = shortSource(source);
    const isNamed = short.split('/').at(-1) === place.attribute;
    return {
      label: short,
      kind: 'value' as const,
      range: at.range,
      insert: `${short}${at.closing}`,
      detail: providerVersions(snapshot, module, source)
        .map(([version, origin]) => `${version} ${origin}`)
        .join(', '),
      group: isNamed ? 0 : 1,
    };
  });
}

/** Entries of `required_providers`: those the module uses first, with source and version. */
export function requirementItems(
  snapshot: Snapshot,
  module: Module,
  holder: BlockHeader | undefined,
  range: Range,
): CompletionItem[] {
  const written = holder?.node?.body.items.flatMap((item) => (item.kind === 'attribute' ? [item] : [])) ?? [];
  const taken = new Set(written.filter((item) => item.range.start !== range.start).map((item) => item.name));
  const used = new Set(
    module.declarations.flatMap(({ kind, type, name }) =>
      kind === 'provider' ? [name] : type.includes('_') ? [impliedProvider(type)] : [],
    ),
  );
  return knownSources(snapshot, module).flatMap((source): CompletionItem[] => {
    const short = shortSource(source);
    const name = short.split('/').at(-1) ?? '';
    const [latest] = providerVersions(snapshot, module, source);
    if (latest === undefined || taken.has(name)) return [];
    const [major = '0', minor = '0'] = latest[0].split('.');
    const entry = `${name} = {\n  source  = "${short}"\n  version = "~> ${major}.${minor}"\n}`;
    return [
      {
        label: name,
        kind: 'argument',
        range,
        insert: entry,
        snippet: entry,
        detail: `${short} ${latest[0]} ${latest[1]}`,
        group: used.has(name) ? 0 : 1,
      },
    ];
  });
}

/** Full sources of the providers whose schema is at hand or that the lock file names; none that is built in. */
function knownSources(snapshot: Snapshot, module: Module): string[] {
  const locked = [...lockedVersions(snapshot, module).keys()];
  return [...new Set([...snapshot.schemas.sources(), ...locked])].filter(
    (source) => !source.includes('/builtin/'),
  );
}

/** The versions of a provider that are known here, the locked one first, each with where it is known from. */
function providerVersions(
  snapshot: Snapshot,
  module: Module,
  source: string,
): (readonly [version: string, origin: string])[] {
  const locked = lockedVersions(snapshot, module).get(source);
  const provenance = snapshot.schemas.provider(source)?.provenance;
  const found: (readonly [string, string])[] = locked === undefined ? [] : [[locked, 'locked']];
  if (provenance !== undefined && provenance.version !== '' && provenance.version !== locked)
    found.push([provenance.version, provenance.origin]);
  return found;
}

function sourceWritten(holder: BlockHeader, name: string): string | undefined {
  const value = holder.node === undefined ? undefined : attributeOf(holder.node.body, name)?.value;
  if (value?.kind !== 'object') return undefined;
  const source = literalString(value.items.find(({ key }) => keyName(key) === 'source')?.value);
  return source === undefined || source === '' ? undefined : fullSource(source);
}
