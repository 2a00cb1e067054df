import type { Block } from '../hcl/syntax';
import type {
  AttributeSchema,
  BlockSchema,
  NestedBlockSchema,
  Provenance,
  SchemaKind,
} from '../providers/schema';
import { dynamicBlock, labelled, topLevelBlocks } from '../terraform/languageSchema';
import type { Dialect } from '../terraform/dialect';
import type { Edition } from '../terraform/edition';
import { block } from '../terraform/languageBlock';
import type { LanguageBlock, LanguageNestedBlock } from '../terraform/languageBlock';
import type { Declaration, Module } from '../terraform/model';
import { chosenProvider } from '../terraform/providerSource';
import { stackArguments } from '../terraform/stacks/stackBlocks';
import { isStackDialect } from '../terraform/stacks/stackModule';
import { editionOf } from './editionOf';
import { languageArgument, languageRule } from './languageRules';
import { findSchema } from './providerSchemas';
import { argumentsAt as stackArgumentsAt } from './stacks/stackArguments';
import { variableSchema } from './variableSchema';
import { isRemoteState, remoteStateSchema } from './remoteState';
import type { ArgumentRule, BlockHeader, BodyRules, NestedRule } from './rules';
import type { Snapshot } from './snapshot';
import { inputsModule, testArguments } from './tests/testBodies';

export type { ArgumentRule, BlockHeader, BodyRules, NestedRule };

export function headerOf(block: Block): BlockHeader {
  return { type: block.type, labels: block.labels.map((label) => label.value), node: block };
}

/** What may stand inside the innermost of `blocks` (outermost first); at the top level of a file for none. */
export function rulesFor(snapshot: Snapshot, module: Module, blocks: readonly BlockHeader[]): BodyRules {
  let level: Level = topLevelOf(module.dialect);
  let parents: readonly BlockHeader[] = [];
  for (const block of blocks) {
    level = descend(level, block, { snapshot, module, parents });
    parents = [...parents, block];
  }
  const isTest = module.dialect === 'test' || module.dialect === 'mock';
  const isStack = isStackDialect(module.dialect);
  const told = isTest ? testArguments : isStack ? stackArgumentsAt : undefined;
  const known = told?.(snapshot, module, blocks);
  return toRules({ ...level, known }, editionOf(snapshot, module));
}

/** Whether an attribute of that type may also be written as blocks, and what such a block holds. */
export function blockForm(attribute: AttributeSchema): BlockSchema | undefined {
  const { type } = attribute;
  if (type === undefined || typeof type === 'string' || (type[0] !== 'list' && type[0] !== 'set'))
    return undefined;
  const element = type[1];
  if (typeof element === 'string' || element[0] !== 'object') return undefined;
  const attributes = Object.entries(element[1]).map(([name, member]): [string, AttributeSchema] => [
    name,
    { type: member, optional: true },
  ]);
  return { attributes: Object.fromEntries(attributes), blocks: {} };
}

/** What is known about one body on the way down. */
interface Level {
  readonly language?: LanguageBlock | undefined;
  readonly provider?: BlockSchema | undefined;
  readonly provenance?: Provenance | undefined;
  readonly called?: Module | undefined;
  /** Inside `dynamic "x"`: what its `content` holds. */
  readonly content?: BlockSchema | undefined;
  readonly open?: boolean;
  /** Arguments of the language of which the place tells more. */
  readonly known?: Readonly<Record<string, AttributeSchema>> | undefined;
}

interface Surroundings {
  readonly snapshot: Snapshot;
  readonly module: Module;
  readonly parents: readonly BlockHeader[];
}

const topLevels = new Map<Dialect, Level>();

function topLevelOf(dialect: Dialect): Level {
  const kept = topLevels.get(dialect);
  if (kept !== undefined) return kept;
  const blocks = Object.entries(topLevelBlocks(dialect)).map(([type, own]): [string, LanguageNestedBlock] => [
    type,
    { nesting: 'list', minItems: 0, maxItems: 0, block: own },
  ]);
  const attributes = dialect === 'stack' ? stackArguments() : {};
  const language = block('', { blocks: Object.fromEntries(blocks), attributes });
  const level: Level = blocks.length === 0 ? { open: true } : { language };
  topLevels.set(dialect, level);
  return level;
}

const schemaKinds: Readonly<Record<string, SchemaKind>> = {
  resource: 'resource',
  data: 'data',
  ephemeral: 'ephemeral',
  provider: 'provider',
};

function descend(level: Level, block: BlockHeader, around: Surroundings): Level {
  if (level.content !== undefined && block.type === 'content') {
    return { provider: level.content, provenance: level.provenance };
  }
  const own = entry(level.language?.blocks, block.type);
  if (own !== undefined) return languageLevel(own.block, block, around);
  const nested = nestedSchema(level.provider, block.type);
  if (nested !== undefined) return { provider: nested, provenance: level.provenance };
  if (block.type === 'dynamic' && level.provider !== undefined) {
    const content = nestedSchema(level.provider, block.labels[0] ?? '');
    if (content !== undefined) return { language: dynamicBlock, content, provenance: level.provenance };
  }
  return { open: true };
}

function languageLevel(given: LanguageBlock, block: BlockHeader, around: Surroundings): Level {
  const language = labelled(given, block.labels[0] ?? '');
  if (language === undefined) return { language: given, open: true };
  switch (language.rest) {
    case 'nothing':
      return { language };
    case 'anything':
      return { language, open: true };
    case 'module': {
      if (block.type === 'variables')
        return { language, called: inputsModule(around.module, around.parents[0]), open: true };
      const called = calledModule(block, around);
      return called === undefined || called.unread.length > 0
        ? { language, open: true }
        : { language, called };
    }
    case 'provider': {
      // A stack writes the arguments of a provider in a block of their own.
      const owner = (block.type === 'config' ? around.parents.at(-1) : undefined) ?? block;
      const kind = entry(schemaKinds, owner.type);
      const chosen = block.node === undefined ? undefined : chosenProvider(block.node);
      const found =
        kind === undefined
          ? undefined
          : findSchema(around.snapshot, around.module, kind, owner.labels[0] ?? '', chosen);
      if (found === undefined) return { language, open: true };
      const provider = isRemoteState(block) ? remoteStateIn(found.schema, block, around) : found.schema;
      return { language, provider, provenance: found.provenance };
    }
  }
}

function remoteStateIn(
  schema: BlockSchema,
  block: BlockHeader,
  { snapshot, module }: Surroundings,
): BlockSchema {
  return remoteStateSchema(schema, block, editionOf(snapshot, module));
}

function calledModule(block: BlockHeader, { snapshot, module }: Surroundings): Module | undefined {
  const call = module.find(`module.${block.labels[0] ?? ''}`);
  return call === undefined ? undefined : snapshot.index.called(call, module);
}

function nestedSchema(schema: BlockSchema | undefined, type: string): BlockSchema | undefined {
  if (schema === undefined) return undefined;
  const nested = entry(schema.blocks, type);
  if (nested !== undefined) return nested.block;
  const attribute = entry(schema.attributes, type);
  return attribute === undefined ? undefined : blockForm(attribute);
}

/** Rules by what they are made of: blocks of one type share theirs, from one key press to the next. */
type Kept = WeakMap<object, WeakMap<object, Map<string, BodyRules>>>;

const keptRules = new WeakMap<Edition, Kept>();
const nothing = {};

function toRules(level: Level, edition: Edition): BodyRules {
  if (level.called !== undefined || level.known !== undefined) return makeRules(level, edition);
  const byLanguage: Kept =
    keptRules.get(edition) ?? new WeakMap<object, WeakMap<object, Map<string, BodyRules>>>();
  keptRules.set(edition, byLanguage);
  const language = level.language ?? nothing;
  const byProvider = byLanguage.get(language) ?? new WeakMap<object, Map<string, BodyRules>>();
  byLanguage.set(language, byProvider);
  const provider = level.content ?? level.provider ?? nothing;
  const rules = byProvider.get(provider) ?? new Map<string, BodyRules>();
  byProvider.set(provider, rules);
  const key = `${String(level.open)} ${String(level.content !== undefined)}`;
  const before = rules.get(key);
  if (before !== undefined && before.provenance === level.provenance) return before;
  const made = makeRules(level, edition);
  rules.set(key, made);
  return made;
}

function makeRules(level: Level, edition: Edition): BodyRules {
  return {
    arguments: argumentRules(level, edition),
    blocks: blockRules(level, edition),
    open: level.open === true || level.provider?.open === true,
    partial: level.language?.partial === true,
    description: level.provider?.description ?? level.language?.description,
    provenance: level.provenance,
    called: level.called,
  };
}

/** Terraform's own arguments come last: they win over what a provider or module calls the same. */
function argumentRules(
  { language, provider, called, known }: Level,
  edition: Edition,
): ReadonlyMap<string, ArgumentRule> {
  const rules = new Map<string, ArgumentRule>();
  for (const [name, schema] of Object.entries(provider?.attributes ?? {})) {
    rules.set(name, { schema, origin: 'provider', keywords: [] });
  }
  for (const variable of called?.declarations ?? []) {
    if (variable.kind === 'variable') rules.set(variable.name, variableRule(variable));
  }
  for (const [name, schema] of Object.entries(language?.attributes ?? {})) {
    rules.set(name, languageArgument(schema, edition));
  }
  for (const [name, schema] of Object.entries(known ?? {})) {
    rules.set(name, { schema, origin: 'language', keywords: [] });
  }
  return rules;
}

function blockRules(
  { language, provider, content }: Level,
  edition: Edition,
): ReadonlyMap<string, NestedRule> {
  const rules = new Map<string, NestedRule>();
  for (const [name, schema] of Object.entries(provider?.attributes ?? {})) {
    if (blockForm(schema) !== undefined && isSettable(schema)) rules.set(name, attributeBlock(schema));
  }
  for (const [name, nested] of Object.entries(provider?.blocks ?? {})) rules.set(name, providerBlock(nested));
  if (rules.size > 0) rules.set('dynamic', dynamicRule);
  for (const [name, nested] of Object.entries(language?.blocks ?? {})) {
    if (name !== 'content' || content !== undefined) rules.set(name, languageRule(nested, edition));
  }
  return rules;
}

/** Whether a configuration may set it: what is only computed may be read alone. */
export function isSettable(attribute: AttributeSchema): boolean {
  return attribute.required === true || attribute.optional === true;
}

function attributeBlock(schema: AttributeSchema): NestedRule {
  return {
    origin: 'provider',
    nesting: 'list',
    minItems: 0,
    maxItems: 0,
    labels: [],
    description: schema.description,
    deprecated: schema.deprecated === true,
    attributeToo: true,
  };
}

function providerBlock({ nesting, minItems, maxItems, block }: NestedBlockSchema): NestedRule {
  return {
    origin: 'provider',
    nesting,
    minItems,
    maxItems: nesting === 'single' || nesting === 'group' ? 1 : maxItems,
    labels: nesting === 'map' ? ['key'] : [],
    description: block.description,
    deprecated: block.deprecated === true,
    attributeToo: false,
  };
}

const dynamicRule = languageRule(
  { nesting: 'list', minItems: 0, maxItems: 0, block: dynamicBlock },
  undefined,
);

/** What a value for a variable of a module should be. */
export function variableRule(variable: Declaration): ArgumentRule {
  return { schema: variableSchema(variable), origin: 'module', keywords: [], variable };
}

function entry<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
