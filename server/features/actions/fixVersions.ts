import { isJsonConfig } from '../../terraform/fileNames';
import type { ConfigFile, Module } from '../../terraform/model';
import { attributeOf, blocksOf, keyName } from '../../terraform/values';
import type { Attribute } from '../../hcl/syntax';
import { appendToBlock } from './insertion';
import { attributeAround, fact, itemAround, remove, write } from './quickFix';
import type { Case, Fix, Mending } from './quickFix';

/** Fixes for versions: of Terraform, and of providers. */
export const versionFixes: Readonly<Record<string, Fix>> = {
  'provider-version': (given) => allowVersion(given),
  'locked-version': (given) => allowVersion(given),
  'terraform-version': allowTerraform,
  'needs-newer-version': raiseVersion,
  'allows-older-version': raiseVersion,
};

/** `~> 5.3` for 5.3.1: what works now, and what is compatible with it. */
function compatibleWith(version: string): string {
  const [major = '0', minor = '0'] = version.split('.');
  return `~> ${major}.${minor}`;
}

/** A constraint that the version at hand meets. */
function allowVersion(given: Case): Mending[] {
  const version = fact(given, 'version');
  const value = constraintAt(given);
  if (version === undefined || value === undefined) return [];
  const constraint = compatibleWith(version);
  return [
    { title: `Ask for ${constraint}`, edits: [write(given, value, `"${constraint}"`)], preferred: false },
  ];
}

/** The constraint that the diagnostic stands at, or that of the requirement it stands at. */
function constraintAt(given: Case): { start: number; end: number } | undefined {
  const { range } = given.diagnostic;
  if (given.file.syntax.text.charAt(range.start) === '"') return range;
  const value = attributeAround(given)?.value;
  if (value?.kind !== 'object') return value?.kind === 'template' ? value.range : undefined;
  return value.items.find(({ key }) => keyName(key) === 'version')?.value.range;
}

function allowTerraform(given: Case): Mending[] {
  const version = fact(given, 'version');
  const attribute = attributeAround(given);
  if (version === undefined || attribute?.name !== 'required_version') return [];
  const newText = `">= ${version.split('.').slice(0, 2).join('.')}"`;
  return [
    {
      title: `Ask for ${newText.slice(1, -1)}`,
      edits: [write(given, attribute.value.range, newText)],
      preferred: false,
    },
  ];
}

/** Asks for the version of Terraform that something needs, or takes away what needs it. */
function raiseVersion(given: Case): Mending[] {
  const since = fact(given, 'since');
  if (since === undefined) return [];
  const constraint = `">= ${since}"`;
  const title = `Require version ${since} or newer`;
  const item = itemAround(given);
  const removing: Mending[] =
    item === undefined ? [] : [{ title: 'Remove it', edits: [remove(given, item.range)], preferred: false }];
  const found = requiredVersion(given.module);
  if (found?.attribute !== undefined) {
    const { file, attribute } = found;
    const edits = [{ path: file.path, range: attribute.value.range, newText: constraint }];
    return [{ title, edits, preferred: false }, ...removing];
  }
  const line = `required_version = ${constraint}`;
  if (found !== undefined) {
    const place = found.file;
    return [{ title, edits: [appendToBlock(place, found.block, [line])], preferred: false }, ...removing];
  }
  const start = { start: 0, end: 0 };
  const text = `terraform {\n  ${line}\n}\n\n`;
  return [{ title, edits: [write(given, start, text)], preferred: false }, ...removing];
}

function requiredVersion({ files }: Module) {
  let first:
    { file: ConfigFile; block: ReturnType<typeof blocksOf>[number]; attribute?: Attribute } | undefined;
  for (const file of files) {
    if (isJsonConfig(file.path)) continue;
    for (const block of blocksOf(file.syntax.body, 'terraform')) {
      const attribute = attributeOf(block.body, 'required_version');
      if (attribute !== undefined) return { file, block, attribute };
      first ??= { file, block };
    }
  }
  return first;
}
