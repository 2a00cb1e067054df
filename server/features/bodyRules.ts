import type { Block } from '../hcl/syntax';
import type {
  AttributeSchema,
  BlockSchema,
  NestedBlockSchema,
  Nesting,
  Provenance,
  SchemaKind,
} from '../providers/schema';
import { dynamicBlock, provisionerBlock, topLevelBlocks } from '../terraform/languageSchema';
import type { Dialect } from '../terraform/dialect';
import { block } from '../terraform/languageBlock';
import type { LanguageBlock, LanguageNestedBlock } from '../terraform/languageBlock';
import type { Declaration, Module } from '../terraform/model';
import { chosenProvider } from '../terraform/providerSource';
import { toType } from '../terraform/typeExpression';
import { attributeOf, literalString } from '../terraform/values';
import { findSchema } from './providerSchemas';
import type { Snapshot } from './snapshot';

export interface ArgumentRule {
  readonly schema: AttributeSchema;
  /** Whose word it is: Terraform's own, the provider's, or that of the called module's variable. */
  readonly origin: 'language' | 'provider' | 'module';
  /** Words that may stand as the value without quotes. */
  readonly keywords: readonly string[];
  /** The variable behind a module's argument. */
  readonly variable?: Declaration;
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
}

/** What may stand in a body. */
export interface BodyRules {
  readonly arguments: ReadonlyMap<string, ArgumentRule>;
  readonly blocks: ReadonlyMap<string, NestedRule>;
  /** More than this may be right, so that nothing is unknown and nothing is missing. */
  readonly open: boolean;
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
  return toRules(level);
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
  const language = block('', { blocks: Object.fromEntries(blocks) });
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

function languageLevel(language: LanguageBlock, block: BlockHeader, around: Surroundings): Level {
  if (block.type === 'provisioner') {
    const known = provisionerBlock(block.labels[0] ?? '');
    return known === undefined ? { language, open: true } : { language: known };
  }
  switch (language.rest) {
    case 'nothing':
      return { language };
    case 'anything':
      return { language, open: true };
    case 'module': {
      const called = calledModule(block, around);
      return called === undefined || called.unread.length > 0
        ? { language, open: true }
        : { language, called };
    }
    case 'provider': {
      const kind = entry(schemaKinds, block.type);
      const chosen = block.node === undefined ? undefined : chosenProvider(block.node);
      const found =
        kind === undefined
          ? undefined
          : findSchema(around.snapshot, around.module, kind, block.labels[0] ?? '', chosen);
      if (found === undefined) return { language, open: true };
      return { language, provider: found.schema, provenance: found.provenance };
    }
  }
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

function toRules(level: Level): BodyRules {
  return {
    arguments: argumentRules(level),
    blocks: blockRules(level),
    open: level.open === true || level.provider?.open === true,
    description: level.provider?.description ?? level.language?.description,
    provenance: level.provenance,
    called: level.called,
  };
}

/** Terraform's own arguments come last: they win over what a provider or module calls the same. */
function argumentRules({ language, provider, called }: Level): ReadonlyMap<string, ArgumentRule> {
  const rules = new Map<string, ArgumentRule>();
  for (const [name, schema] of Object.entries(provider?.attributes ?? {})) {
    rules.set(name, { schema, origin: 'provider', keywords: [] });
  }
  for (const variable of called?.declarations ?? []) {
    if (variable.kind === 'variable') rules.set(variable.name, variableRule(variable));
  }
  for (const [name, schema] of Object.entries(language?.attributes ?? {})) {
    rules.set(name, { schema, origin: 'language', keywords: schema.keywords ?? [] });
  }
  return rules;
}

function blockRules({ language, provider, content }: Level): ReadonlyMap<string, NestedRule> {
  const rules = new Map<string, NestedRule>();
  for (const [name, schema] of Object.entries(provider?.attributes ?? {})) {
    if (blockForm(schema) !== undefined && isSettable(schema)) rules.set(name, attributeBlock(schema));
  }
  for (const [name, nested] of Object.entries(provider?.blocks ?? {})) rules.set(name, providerBlock(nested));
  if (rules.size > 0) rules.set('dynamic', dynamicRule);
  for (const [name, nested] of Object.entries(language?.blocks ?? {})) {
    if (name !== 'content' || content !== undefined) rules.set(name, languageRule(nested.block, nested));
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

function languageRule(
  block: LanguageBlock,
  { nesting, minItems, maxItems }: { nesting: Nesting; minItems: number; maxItems: number },
): NestedRule {
  const { labels, description } = block;
  return {
    origin: 'language',
    nesting,
    minItems,
    maxItems,
    labels,
    description,
    deprecated: false,
    attributeToo: false,
  };
}

const dynamicRule = languageRule(dynamicBlock, { nesting: 'list', minItems: 0, maxItems: 0 });

function variableRule(variable: Declaration): ArgumentRule {
  const body = variable.node.kind === 'block' ? variable.node.body : undefined;
  const type = body === undefined ? undefined : attributeOf(body, 'type')?.value;
  const description = body === undefined ? undefined : literalString(attributeOf(body, 'description')?.value);
  const isOptional = body !== undefined && attributeOf(body, 'default') !== undefined;
  const schema: AttributeSchema = {
    type: toType(type),
    ...(isOptional ? { optional: true } : { required: true }),
    ...(description !== undefined && { description }),
  };
  return { schema, origin: 'module', keywords: [], variable };
}

function entry<T>(record: Readonly<Record<string, T>> | undefined, key: string): T | undefined {
  return record !== undefined && Object.hasOwn(record, key) ? record[key] : undefined;
}
