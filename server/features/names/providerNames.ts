import type { Block, Expression, Name } from '../../hcl/syntax';
import { walkExpressions } from '../../hcl/walk';
import { factsOf } from '../../terraform/facts';
import { labelText } from '../../terraform/labels';
import type { ConfigFile, Module } from '../../terraform/model';
import { chosenProvider, impliedProvider } from '../../terraform/providerSource';
import { SideView } from '../../terraform/tests/sideView';
import { TestView } from '../../terraform/tests/testModule';
import { toTraversal } from '../../terraform/traversal';
import { attributeOf, blocksOf, keyName, literalString } from '../../terraform/values';
import { touches } from '../../text/range';
import type { Range } from '../../text/range';
import { moduleOf } from '../snapshot';
import type { Snapshot } from '../snapshot';
import { distinct, rewritten } from './named';
import type { Named, NamedPlace } from './named';
import { runsOf, viewsNear } from './sideFiles';

/** How a provider is named at one place. */
export interface ProviderMention {
  readonly path: string;
  /** `aws` in `aws.west`. */
  readonly local: Name;
  /** `west` in `aws.west`. */
  readonly alias: Name | undefined;
  /**
   * `requirement` in `required_providers`, `configuration` the label of a block, `passed` in `configuration_aliases`,
   * `use` where one is chosen or called, `given` where a caller hands one in.
   */
  readonly form: 'requirement' | 'configuration' | 'passed' | 'use' | 'given';
  /** What is shown as the whole of it. */
  readonly extent: Range;
}

/** A mention with the module whose name for a provider it is. */
export interface MentionAt {
  readonly mention: ProviderMention;
  readonly module: Module;
  readonly part: 'local' | 'alias';
  readonly range: Range;
}

/** The name of a provider at `offset`, of this module or of one that it calls. */
export function providerAt(snapshot: Snapshot, file: string, offset: number): MentionAt | undefined {
  const config = snapshot.index.file(file);
  if (config === undefined) return undefined;
  const module = moduleOf(snapshot, file);
  if (module.dialect !== 'configuration' && !(module instanceof SideView)) return undefined;
  const own = mentionsIn(config).find((mention) => isAt(mention, offset));
  const names = module instanceof TestView && sharesProviders(module) ? module.tested : module;
  if (own !== undefined) return pointed(own, names, offset);
  for (const { block, called } of receivers(snapshot, config, module, offset)) {
    const given = givenIn(config, block).find((mention) => isAt(mention, offset));
    if (given !== undefined && called !== undefined) return pointed(given, called, offset);
  }
  return undefined;
}

/** Every mention of providers by the names that a module has for them, also by those who call and test it. */
export function mentionsOf(snapshot: Snapshot, module: Module): readonly ProviderMention[] {
  const own = module.files.flatMap((file) => mentionsIn(file));
  // Nobody calls a test.
  if (module instanceof SideView) return own;
  const callers = snapshot.index
    .callsOf(module)
    .flatMap(({ call }) => (call.node.kind === 'block' ? givenIn(call.file, call.node) : []));
  const runs = runsOf(snapshot, module).flatMap(({ file, block }) => givenIn(file, block));
  const tests = viewsNear(snapshot, module).flatMap((view) =>
    view instanceof TestView && view.tested.directory === module.directory && sharesProviders(view)
      ? mentionsIn(view.file)
      : [],
  );
  return distinctMentions([...own, ...callers, ...runs, ...tests]);
}

/** Where no run says which providers it hands in, a test's take the place of those of the same name in the module. */
function sharesProviders({ runs }: TestView): boolean {
  return runs.every(({ block }) => attributeOf(block.body, 'providers') === undefined);
}

/** A provider's local name or alias as something that can be found and renamed. */
export function namedProvider(snapshot: Snapshot, at: MentionAt): Named {
  const { mention, module, part } = at;
  const same = mentionsOf(snapshot, module).filter((other) => isSame(other, mention, part));
  const places = distinct(
    same.flatMap((each): NamedPlace[] => {
      const name = part === 'alias' ? each.alias : each.local;
      return name === undefined ? [] : [{ path: each.path, range: name.range, role: roleOf(each) }];
    }),
  ).sort((a, b) => rank(a) - rank(b));
  const { name } = part === 'alias' && mention.alias !== undefined ? mention.alias : mention.local;
  return {
    name,
    places,
    ...(part === 'local' && { refusal: () => localRefusal(module, name) }),
    rename: (newName) => {
      const taken = mentionsOf(snapshot, module).some((other) =>
        part === 'alias'
          ? other.local.name === mention.local.name && other.alias?.name === newName
          : other.local.name === newName,
      );
      const address = part === 'alias' ? `${mention.local.name}.${newName}` : newName;
      if (taken) throw new Error(`The provider name "${address}" is taken in this module.`);
      return rewritten(places, newName);
    },
  };
}

/** Where a provider is configured, else where it is handed in or required. */
export function providerDefinition(snapshot: Snapshot, at: MentionAt): ProviderMention | undefined {
  const { mention, module } = at;
  const local = mentionsOf(snapshot, module).filter(({ local: { name } }) => name === mention.local.name);
  const exact = local.filter(({ alias }) => alias?.name === mention.alias?.name);
  return (
    exact.find(({ form }) => form === 'configuration') ??
    exact.find(({ form }) => form === 'passed') ??
    (at.part === 'local' ? local.find(({ form }) => form === 'requirement') : undefined)
  );
}

const known = new WeakMap<ConfigFile, readonly ProviderMention[]>();

/** The mentions in a file by the names of its own module. */
function mentionsIn(file: ConfigFile): readonly ProviderMention[] {
  const seen = known.get(file);
  if (seen !== undefined) return seen;
  const found = file.syntax.body.items.flatMap((item) =>
    item.kind === 'block' ? blockMentions(file, item) : [],
  );
  for (const use of [...factsOf(file).uses.values()].flat()) {
    const { root, steps } = use.traversal;
    if (use.kind !== 'provider') continue;
    found.push({ path: file.path, local: root, alias: aliasStep(steps[0]), form: 'use', extent: use.range });
  }
  found.push(...functionMentions(file));
  known.set(file, found);
  return found;
}

function blockMentions(file: ConfigFile, block: Block): ProviderMention[] {
  const [label] = block.labels;
  switch (block.type) {
    case 'provider':
    case 'mock_provider':
      if (label === undefined) return [];
      return [
        {
          path: file.path,
          local: { name: label.value, range: labelText(label) },
          alias: aliasOf(block),
          form: 'configuration',
          extent: block.range,
        },
      ];
    case 'terraform':
      return [
        ...blocksOf(block.body, 'required_providers').flatMap((each) => requirements(file, each)),
        ...blocksOf(block.body, 'provider_meta').flatMap(({ labels: [first], range }) =>
          first === undefined
            ? []
            : mention(file, { name: first.value, range: labelText(first) }, 'use', range),
        ),
      ];
    default:
      return [];
  }
}

function requirements(file: ConfigFile, block: Block): ProviderMention[] {
  return block.body.items.flatMap((item) => {
    if (item.kind !== 'attribute') return [];
    const passed =
      item.value.kind === 'object'
        ? item.value.items.filter(({ key }) => keyName(key) === 'configuration_aliases')
        : [];
    const aliases = passed.flatMap(({ value }) => (value.kind === 'tuple' ? value.items : []));
    return [
      ...mention(file, { name: item.name, range: item.nameRange }, 'requirement', item.range),
      ...aliases.flatMap((alias) => addressMention(file, alias, 'passed')),
    ];
  });
}

/** The names on the left of `providers = {}`: those that the called module has for what it is given. */
function givenIn(file: ConfigFile, block: Block): ProviderMention[] {
  const value = attributeOf(block.body, 'providers')?.value;
  if (value?.kind !== 'object') return [];
  return value.items.flatMap(({ key }) => addressMention(file, key, 'given'));
}

function addressMention(
  file: ConfigFile,
  expression: Expression,
  form: ProviderMention['form'],
): ProviderMention[] {
  const traversal = toTraversal(expression);
  if (traversal !== undefined) {
    const { root, steps, range } = traversal;
    return [{ path: file.path, local: root, alias: aliasStep(steps[0]), form, extent: range }];
  }
  const text = literalString(expression);
  if (text === undefined || expression.range.end - expression.range.start !== text.length + 2) return [];
  const [local = '', alias] = text.split('.');
  const start = expression.range.start + 1;
  const nameAt = (name: string, from: number): Name => ({
    name,
    range: { start: from, end: from + name.length },
  });
  return [
    {
      path: file.path,
      local: nameAt(local, start),
      alias: alias === undefined ? undefined : nameAt(alias, start + local.length + 1),
      form,
      extent: expression.range,
    },
  ];
}

/** `aws` in calls of `provider::aws::arn_parse`. */
function functionMentions(file: ConfigFile): ProviderMention[] {
  if (!file.syntax.text.includes('provider::')) return [];
  const found: ProviderMention[] = [];
  walkExpressions(file.syntax.body, (expression) => {
    const [root, name] = expression.kind === 'call' ? expression.name.split('::') : [];
    if (expression.kind !== 'call' || root !== 'provider' || name === undefined) return true;
    const start = expression.nameRange.start + 'provider::'.length;
    const range = { start, end: start + name.length };
    if (file.syntax.text.slice(range.start, range.end) === name)
      found.push(...mention(file, { name, range }, 'use', expression.nameRange));
    return true;
  });
  return found;
}

function mention(
  file: ConfigFile,
  local: Name,
  form: ProviderMention['form'],
  extent: Range = local.range,
): ProviderMention[] {
  return [{ path: file.path, local, alias: undefined, form, extent }];
}

function aliasOf(block: Block): Name | undefined {
  const value = attributeOf(block.body, 'alias')?.value;
  const name = literalString(value);
  if (value === undefined || name === undefined || name === '') return undefined;
  return { name, range: { start: value.range.start + 1, end: value.range.end - 1 } };
}

function aliasStep(
  step: { readonly kind: string; readonly name?: string; readonly range: Range } | undefined,
): Name | undefined {
  return step?.kind === 'name' && step.name !== undefined && step.name !== ''
    ? { name: step.name, range: step.range }
    : undefined;
}

function isAt({ local, alias }: ProviderMention, offset: number): boolean {
  return touches(local.range, offset) || (alias !== undefined && touches(alias.range, offset));
}

function pointed(mentioned: ProviderMention, module: Module, offset: number): MentionAt {
  const { local, alias } = mentioned;
  return alias !== undefined && touches(alias.range, offset)
    ? { mention: mentioned, module, part: 'alias', range: alias.range }
    : { mention: mentioned, module, part: 'local', range: local.range };
}

/** The calls around `offset` with the modules that get the providers. */
function receivers(
  snapshot: Snapshot,
  file: ConfigFile,
  module: Module,
  offset: number,
): readonly { readonly block: Block; readonly called: Module | undefined }[] {
  const block = file.syntax.body.items.find(
    (item): item is Block => item.kind === 'block' && touches(item.range, offset),
  );
  if (block?.type === 'module') {
    const call = module.declarations.find(({ node }) => node === block);
    return [{ block, called: call === undefined ? undefined : snapshot.index.called(call, module) }];
  }
  if (block?.type !== 'run' || !(module instanceof TestView)) return [];
  return [{ block, called: module.runAt(offset)?.module }];
}

function isSame(other: ProviderMention, mentioned: ProviderMention, part: 'local' | 'alias'): boolean {
  if (other.local.name !== mentioned.local.name) return false;
  return part === 'local' || (other.alias !== undefined && other.alias.name === mentioned.alias?.name);
}

function roleOf({ form }: ProviderMention): NamedPlace['role'] {
  if (form === 'use') return 'read';
  return form === 'given' ? 'write' : 'declaration';
}

function rank({ role }: NamedPlace): number {
  return role === 'declaration' ? 0 : 1;
}

/** Why a local name stays: something follows from it that a new name would change. */
function localRefusal(module: Module, name: string): string | undefined {
  const implied = module.declarations.find(
    ({ kind, type, node }) =>
      (kind === 'resource' || kind === 'data' || kind === 'ephemeral' || kind === 'action') &&
      impliedProvider(type) === name &&
      node.kind === 'block' &&
      chosenProvider(node) === undefined,
  );
  if (implied !== undefined) {
    return (
      `${implied.address} finds its provider by this name, because its type begins with "${name}_". ` +
      `Give it (and others like it) a provider argument first.`
    );
  }
  const hasSource = module.files.some((file) =>
    file.syntax.body.items.some(
      (item) =>
        item.kind === 'block' &&
        item.type === 'terraform' &&
        blocksOf(item.body, 'required_providers').some((block) => namesSource(block, name)),
    ),
  );
  return hasSource
    ? undefined
    : `The source of this provider follows from its name. Write source = "…" for "${name}" in required_providers first.`;
}

function namesSource(block: Block, name: string): boolean {
  const value = attributeOf(block.body, name)?.value;
  return value?.kind === 'object' && value.items.some(({ key }) => keyName(key) === 'source');
}

function distinctMentions(mentions: readonly ProviderMention[]): ProviderMention[] {
  const byPlace = new Map(mentions.map((each) => [`${each.path}:${each.local.range.start}`, each]));
  return [...byPlace.values()];
}
