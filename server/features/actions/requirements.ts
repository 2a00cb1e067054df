import type { Attribute, Block } from '../../hcl/syntax';
import { isJsonConfig, isOverride } from '../../terraform/fileNames';
import type { ConfigFile, Module } from '../../terraform/model';
import { shortSource } from '../../terraform/providerSource';
import { attributeOf, blocksOf, keyName } from '../../terraform/values';
import type { Snapshot } from '../snapshot';
import type { FileEdit } from './codeAction';
import { addEntry, appendToBlock, appendTopLevel } from './insertion';

interface Place {
  readonly snapshot: Snapshot;
  readonly module: Module;
  readonly file: ConfigFile;
}

interface Pinning {
  readonly title: string;
  readonly edits: readonly FileEdit[];
}

/** Requires a provider, or adds the version to a requirement that has none; `undefined` where there is nothing to add. */
export function pinning(
  place: Place,
  {
    name,
    source,
    version,
  }: { readonly name: string; readonly source: string; readonly version: string | undefined },
): Pinning | undefined {
  const existing = requirementOf(place.module, name);
  if (existing !== undefined) return version === undefined ? undefined : addVersion(existing, name, version);
  const lines = [
    `${name} = {`,
    `  source  = "${shortSource(source)}"`,
    ...(version === undefined ? [] : [`  version = "${version}"`]),
    '}',
  ];
  const title = `Require ${shortSource(source)}${version === undefined ? '' : ` ${version}`}`;
  return { title, edits: [requirementEdit(place, lines)] };
}

interface Requirement {
  readonly file: ConfigFile;
  readonly attribute: Attribute;
}

/** Where a provider is required, in the native syntax. */
export function requirementOf({ files }: Module, name: string): Requirement | undefined {
  for (const { file, block } of requirementBlocks(files)) {
    const attribute = attributeOf(block.body, name);
    if (attribute !== undefined) return { file, attribute };
  }
  return undefined;
}

function requirementBlocks(files: readonly ConfigFile[]): { file: ConfigFile; block: Block }[] {
  return files.flatMap((file) =>
    isJsonConfig(file.path) || isOverride(file.path)
      ? []
      : blocksOf(file.syntax.body, 'terraform').flatMap((terraform) =>
          blocksOf(terraform.body, 'required_providers').map((block) => ({ file, block })),
        ),
  );
}

/** Into `required_providers` where there is one, else into a `terraform` block, else into a new one. */
function requirementEdit({ snapshot, module, file }: Place, lines: readonly string[]): FileEdit {
  const [kept] = requirementBlocks(module.files);
  if (kept !== undefined) return appendToBlock(kept.file, kept.block, lines);
  const inner = ['required_providers {', ...lines.map((line) => `  ${line}`), '}'];
  for (const each of module.files) {
    const [terraform] = isJsonConfig(each.path) ? [] : blocksOf(each.syntax.body, 'terraform');
    if (terraform === undefined) continue;
    const apart = terraform.body.items.length === 0 ? inner : ['', ...inner];
    return appendToBlock(each, terraform, apart);
  }
  const text = `terraform {\n${inner.map((line) => `  ${line}`).join('\n')}\n}`;
  const holder = module.files.find((each) => /[\\/](terraform|versions|providers)\.tf$/.test(each.path));
  if (holder !== undefined) return appendTopLevel(snapshot, module, 'terraform', text, holder.path);
  // It is what a file is read for first.
  return { path: file.path, range: { start: 0, end: 0 }, newText: `${text}\n\n` };
}

function addVersion({ file, attribute }: Requirement, name: string, version: string): Pinning | undefined {
  const { value } = attribute;
  const title = `Pin "${name}" to ${version}`;
  if (value.kind !== 'object' || value.items.some(({ key }) => keyName(key) === 'version')) return undefined;
  const edit = addEntry(file, value, `version = "${version}"`);
  return { title, edits: [edit] };
}
