import type { Block } from '../hcl/syntax';
import type {
  AttributeSchema,
  BlockSchema,
  NestedBlockSchema,
  Nesting,
  Provenance,
  SchemaKind,
} from '../providers/schema';
import { dynamicBlock, labelled, topLevelBlocks } from '../terraform/languageSchema';
import type { Dialect } from '../terraform/dialect';
import type { Edition, Support } from '../terraform/edition';
import { availabilityText } from '../terraform/language/availability';
import type { Availability } from '../terraform/language/availability';
import { block } from '../terraform/languageBlock';
import type { LanguageArgument, LanguageBlock, LanguageNestedBlock } from '../terraform/languageBlock';
import type { Declaration, Module } from '../terraform/model';
import { chosenProvider } from '../terraform/providerSource';
import { stackArguments } from '../terraform/stacks/stackBlocks';
import { isStackDialect } from '../terraform/stacks/stackModule';
import { editionOf } from './editionOf';
import { findSchema } from './providerSchemas';
import { argumentsAt as stackArgumentsAt } from './stacks/stackArguments';
import { variableSchema } from './variableSchema';
import { argumentsIn, isRemoteState, remoteStateSchema } from './remoteState';
import type { Snapshot } from './snapshot';
import { inputsModule, testArguments } from './tests/testBodies';

export interface ArgumentRule {
  readonly schema: AttributeSchema;
  /** Whose word it is: Terraform's own, the provider's, or that of the called module's variable. */
  readonly origin: 'language' | 'provider' | 'module';
  /** Words that may stand as the value without quotes. */
  readonly keywords: readonly string[];
  /** The same for the elements of a list. */
  readonly elementKeywords?: readonly string[];
  /** The variable behind a module's argument. */
  readonly variable?: Declaration;
  /** No release that may read the module knows it: it is not for offering. */
  readonly unavailable?: true;
}

/** A value that the first label of a block may have. */
export interface LabelChoice {
  readonly name: string;
  readonly description: string;
}

export interface NestedRule {
  readonly origin: 'language' | 'provider';
  readonly nesting: Nesting;
  readonly minItems: number;
  readonly maxItems: number;
  readonly labels: readonly string[];
  readonly description: string | undefined;
  readonly deprecated: boolean;
  /** Also an attribute of that name: Terraform takes `x { … }` and `x = [{ … }]` alike. */
  readonly attributeToo: boolean;
  /** No release that may read the module knows it: it is not for offering. */
  readonly unavailable?: true;
  /** What the first label may be, where the language itself says it: backends, provisioners. */
  readonly firstLabels?: () => readonly LabelChoice[];
}

/** What may stand in a body. */
export interface BodyRules {
  readonly arguments: ReadonlyMap<string, ArgumentRule>;
  readonly blocks: ReadonlyMap<string, NestedRule>;
  /** More than this may be right, so that nothing is unknown and nothing is missing. */
  readonly open: boolean;
  /** What is not written here may be given elsewhere, so that nothing is missing. */
  readonly partial: boolean;
  readonly description: string | undefined;
  /** Where the provider's part comes from. */
  readonly provenance: Provenance | undefined;
  /** The called module, for the arguments of a module call. */
  readonly called: Module | undefined;
}

/** A block around a body: one of the tree, or one that is open at the cursor. */
export interface BlockHeader {
  readonly type: string;
  readonly labels: readonly string[];
  readonly node?: Block | undefined;
}

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

function languageArgument(given: LanguageArgument, edition: Edition): ArgumentRule {
  const { available, deprecatedIn, keywords = [], elementKeywords, nested } = given;
  const rule = { origin: 'language', keywords, ...(elementKeywords && { elementKeywords }) } as const;
  if (available === undefined && deprecatedIn === undefined && nested === undefined)
    return { schema: given, ...rule };
  const support = edition.support(available);
  const schema: LanguageArgument = {
    ...given,
    description: describeIn(given.description, available, support),
    ...(deprecatedIn && edition.support(deprecatedIn) !== 'none' && { deprecated: true }),
    ...(nested && { nested: { ...nested, attributes: argumentsIn(nested.attributes, edition) } }),
  };
  return { schema, ...rule, ...(support === 'none' && { unavailable: true }) };
}

/** Says who knows it, where that is not everybody. */
function describeIn(description: string, available: Availability | undefined, support: Support): string {
  return support === 'all' || available === undefined
    ? description
    : `${description} (${availabilityText(available)})`;
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

function languageRule(nested: LanguageNestedBlock, edition: Edition | undefined): NestedRule {
  const { nesting, minItems, maxItems, block: language } = nested;
  const available = nested.available ?? language.available;
  const support = edition?.support(available) ?? 'all';
  const { byLabel } = language;
  return {
    origin: 'language',
    nesting,
    minItems,
    maxItems,
    labels: language.labels,
    description: describeIn(language.description, available, support),
    deprecated: language.deprecated === true,
    attributeToo: false,
    ...(support === 'none' && { unavailable: true }),
    ...(byLabel && { firstLabels: () => choicesOf(byLabel(), edition) }),
  };
}

function choicesOf(
  blocks: Readonly<Record<string, LanguageBlock>>,
  edition: Edition | undefined,
): LabelChoice[] {
  return Object.entries(blocks)
    .filter(([, { available }]) => edition?.support(available) !== 'none')
    .map(([name, { description }]) => ({ name, description }));
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
