import { shortSource } from '../../terraform/providerSource';
import { attributeOf, keyName } from '../../terraform/values';
import { addEntry, appendToBlock, appendTopLevel } from './insertion';
import { removeEntry } from './fixBodies';
import { blockAround, fact } from './quickFix';
import type { Case, Fix, Mending } from './quickFix';
import { pinning, requirementOf } from './requirements';

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
  const pinned = pinning(given, { name, source, version: fact(given, 'version') });
  return pinned === undefined ? [] : [pinned];
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
  const place = existing.file;
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
  const place = given.file;
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
