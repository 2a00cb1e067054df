import type { Attribute, Block } from '../../hcl/syntax';
import type { ConfigFile, Module } from '../../terraform/model';
import { isJsonConfig, isOverride } from '../../terraform/fileNames';
import { shortSource } from '../../terraform/providerSource';
import { attributeOf, blocksOf, keyName } from '../../terraform/values';
import { addEntry, appendToBlock, appendTopLevel } from './insertion';
import type { FileEdit } from './codeAction';
import { removeEntry } from './fixBodies';
import { blockAround, fact } from './quickFix';
import type { Case, Fix, Mending } from './quickFix';

/** Fixes for providers: what is required, and which configurations modules get. */
export const providerFixes: Readonly<Record<string, Fix>> = {
  'missing-requirement': requireProvider,
  'wrong-source': rightSource,
  'undeclared-provider': configure,
  'missing-provider-configuration': pass,
  'unknown-provider-configuration': dropPassed,
  'wrong-provider-configuration': dropPassed,
};

/** Pins the provider: source and version in `required_providers`. */
function requireProvider(given: Case): Mending[] {
  const [name, source] = [fact(given, 'name'), fact(given, 'source')];
  if (name === undefined || source === undefined) return [];
  const version = fact(given, 'version');
  const existing = requirementOf(given.module, name);
  if (existing !== undefined) return version === undefined ? [] : addVersion(existing, name, version);
  const lines = [
    `${name} = {`,
    `  source  = "${shortSource(source)}"`,
    ...(version === undefined ? [] : [`  version = "${version}"`]),
    '}',
  ];
  const title = `Require ${shortSource(source)}${version === undefined ? '' : ` ${version}`}`;
  return [{ title, edits: [requirementEdit(given, lines)] }];
}

interface Requirement {
  readonly file: ConfigFile;
  readonly attribute: Attribute;
}

function requirementOf({ files }: Module, name: string): Requirement | undefined {
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
function requirementEdit({ snapshot, module, file }: Case, lines: readonly string[]): FileEdit {
  const [kept] = requirementBlocks(module.files);
  if (kept !== undefined)
    return appendToBlock({ path: kept.file.path, text: kept.file.syntax.text }, kept.block, lines);
  const inner = ['required_providers {', ...lines.map((line) => `  ${line}`), '}'];
  for (const each of module.files) {
    const [terraform] = isJsonConfig(each.path) ? [] : blocksOf(each.syntax.body, 'terraform');
    if (terraform === undefined) continue;
    const apart = terraform.body.items.length === 0 ? inner : ['', ...inner];
    return appendToBlock({ path: each.path, text: each.syntax.text }, terraform, apart);
  }
  const text = `terraform {\n${inner.map((line) => `  ${line}`).join('\n')}\n}`;
  const holder = module.files.find((each) => /[\\/](terraform|versions|providers)\.tf$/.test(each.path));
  if (holder !== undefined) return appendTopLevel(snapshot, module, 'terraform', text, holder.path);
  // It is what a file is read for first.
  return { path: file.path, range: { start: 0, end: 0 }, newText: `${text}\n\n` };
}

function addVersion({ file, attribute }: Requirement, name: string, version: string): Mending[] {
  const { value } = attribute;
  const title = `Pin "${name}" to ${version}`;
  if (value.kind !== 'object' || value.items.some(({ key }) => keyName(key) === 'version')) return [];
  const edit = addEntry({ path: file.path, text: file.syntax.text }, value, `version = "${version}"`);
  return [{ title, edits: [edit] }];
}

function rightSource(given: Case): Mending[] {
  const [name, source] = [fact(given, 'name'), fact(given, 'source')];
  // Where the place of the source is known, the diagnostic suggests it.
  if (name === undefined || source === undefined || given.diagnostic.suggestion !== undefined) return [];
  const existing = requirementOf(given.module, name);
  if (existing === undefined) return requireProvider(given);
  const { value } = existing.attribute;
  const held = value.kind === 'object' ? value.items.find(({ key }) => keyName(key) === 'source') : undefined;
  const newText = `"${shortSource(source)}"`;
  const title = `Use ${shortSource(source)}`;
  if (held !== undefined)
    return [{ title, edits: [{ path: existing.file.path, range: held.value.range, newText }] }];
  if (value.kind !== 'object') {
    const { text } = existing.file.syntax;
    const version = text.slice(value.range.start, value.range.end);
    const whole = `{\n  source = ${newText}\n  version = ${version}\n}`;
    return [{ title, edits: [{ path: existing.file.path, range: value.range, newText: whole }] }];
  }
  const place = { path: existing.file.path, text: existing.file.syntax.text };
  return [{ title, edits: [addEntry(place, value, `source = ${newText}`)] }];
}

/** A configuration with the alias that something asks for. */
function configure(given: Case): Mending[] {
  const [name, alias] = [fact(given, 'name'), fact(given, 'alias')];
  if (name === undefined) return [];
  const body = alias === undefined ? ' {}' : ` {\n  alias = "${alias}"\n}`;
  const what = alias === undefined ? name : `${name}.${alias}`;
  const edit = appendTopLevel(
    given.snapshot,
    given.module,
    'provider',
    `provider "${name}"${body}`,
    given.file.path,
  );
  return [{ title: `Configure the provider ${what}`, edits: [edit] }];
}

/** Passes a configuration on to a module that wants it: the one of the same name, or the default one. */
function pass(given: Case): Mending[] {
  const wanted = fact(given, 'name');
  const block = blockAround(given);
  if (wanted === undefined || block?.type !== 'module') return [];
  const [name = wanted] = wanted.split('.');
  const configuration = given.module.find(`provider.${wanted}`) === undefined ? name : wanted;
  const entry = `${wanted} = ${configuration}`;
  const title = `Pass ${configuration} as ${wanted}`;
  const providers = attributeOf(block.body, 'providers')?.value;
  const place = { path: given.file.path, text: given.file.syntax.text };
  if (providers?.kind === 'object') return [{ title, edits: [addEntry(place, providers, entry)] }];
  const lines = ['', 'providers = {', `  ${entry}`, '}'];
  return [{ title, edits: [appendToBlock(place, block, lines)] }];
}

function dropPassed(given: Case): Mending[] {
  return removeEntry(given).map((mending) => ({
    ...mending,
    preferred: given.diagnostic.suggestion === undefined,
  }));
}
