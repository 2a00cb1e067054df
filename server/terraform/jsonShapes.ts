import type { JsonMember, JsonShape } from '../hcl/jsonFile';
import type { JsonReading } from '../hcl/jsonExpressions';
import type { JsonValue } from '../hcl/jsonText';
import type { Dialect } from './dialect';
import type { LanguageBlock } from './languageBlock';
import { labelled, topLevelBlocks } from './languageSchema';
import { stackArguments } from './stacks/stackBlocks';

/** What the properties of a file of that dialect mean. */
export function shapeOf(dialect: Dialect): JsonShape {
  return (name) => {
    const language = entry(topLevelBlocks(dialect), name);
    if (language !== undefined) return languageMember(name, language, []);
    return dialect === 'stack' && Object.hasOwn(stackArguments(), name) ? reference : template;
  };
}

/** A `.tfvars.json` file holds values in which nothing is evaluated. */
export const variablesShape: JsonShape = () => literal;

/**
 * A nested block of that type: with as many labels as the schema says, and contents that are guessed as in every
 * provider's block.
 */
export function nestedBlock(labels: readonly string[]): Extract<JsonMember, { kind: 'block' }> {
  return { kind: 'block', labels, body: () => providerShape };
}

const template: JsonMember = { kind: 'argument', reading: 'template' };
const reference: JsonMember = { kind: 'argument', reading: 'reference' };
const literal: JsonMember = { kind: 'argument', reading: 'literal' };

/**
 * What the properties of a provider's block are, without its schema: arguments, except for what only blocks have. An
 * argument may turn out to be blocks once the schema is there.
 */
const providerShape: JsonShape = (name, value) => {
  if (name === 'dynamic' && isBody(value)) return dynamicMember;
  return holdsDynamic(value) ? nestedBlock([]) : template;
};

const dynamicMember: JsonMember = {
  kind: 'block',
  labels: ['block type'],
  body: () => (name) => {
    if (name === 'content') return nestedBlock([]);
    return { kind: 'argument', reading: name === 'iterator' ? 'reference' : 'template' };
  },
};

function languageMember(type: string, language: LanguageBlock, parents: readonly string[]): JsonMember {
  const path = [...parents, type];
  return {
    kind: 'block',
    labels: language.labels,
    body: (labels) => bodyShape(labelled(language, labels[0] ?? '') ?? language, path),
  };
}

function bodyShape(language: LanguageBlock, path: readonly string[]): JsonShape {
  const evaluated = !literalBodies.has(path[0] ?? '');
  return (name, value) => {
    const argument = entry(language.attributes, name);
    if (argument !== undefined) return { kind: 'argument', reading: readingOf(path, name) };
    const nested = entry(language.blocks, name);
    if (nested !== undefined) return languageMember(name, nested.block, path);
    if (language.rest === 'provider') return providerShape(name, value);
    return evaluated ? template : literal;
  };
}

/** Blocks whose arguments Terraform reads before it can evaluate anything. */
const literalBodies = new Set(['terraform', 'required_providers']);

/** Arguments in which Terraform evaluates nothing, by the block they stand in. */
const literalArguments: Readonly<Record<string, ReadonlySet<string>>> = {
  variable: new Set(['default', 'description', 'sensitive', 'nullable', 'ephemeral', 'deprecated', 'const']),
  output: new Set(['description', 'sensitive', 'ephemeral', 'deprecated']),
  module: new Set(['source', 'version']),
  component: new Set(['source', 'version']),
  stack: new Set(['source', 'version']),
  removed: new Set(['source', 'version']),
  provider: new Set(['alias', 'version']),
  mock_provider: new Set(['alias', 'source']),
  run: new Set(['state_key']),
};

/** Arguments whose strings are references, types or keywords, by the block they stand in. */
const referenceArguments: Readonly<Record<string, ReadonlySet<string>>> = {
  variable: new Set(['type']),
  output: new Set(['type', 'depends_on']),
  publish_output: new Set(['type']),
  resource: new Set(['depends_on', 'provider']),
  data: new Set(['depends_on', 'provider']),
  ephemeral: new Set(['depends_on', 'provider']),
  action: new Set(['provider']),
  module: new Set(['depends_on', 'providers']),
  component: new Set(['depends_on']),
  stack: new Set(['depends_on']),
  moved: new Set(['from', 'to']),
  removed: new Set(['from']),
  import: new Set(['to', 'provider']),
  lifecycle: new Set(['ignore_changes', 'replace_triggered_by']),
  action_trigger: new Set(['events', 'actions', 'on_failure']),
  language: new Set(['edition', 'experiments']),
  provisioner: new Set(['when', 'on_failure']),
  terraform: new Set(['experiments', 'language']),
  run: new Set(['command', 'providers', 'expect_failures']),
  plan_options: new Set(['mode', 'replace', 'target']),
  override_resource: new Set(['target', 'override_during']),
  override_data: new Set(['target', 'override_during']),
  override_module: new Set(['target', 'override_during']),
  mock_provider: new Set(['override_during']),
  mock_resource: new Set(['override_during']),
  mock_data: new Set(['override_during']),
  list: new Set(['provider']),
};

function readingOf(path: readonly string[], name: string): JsonReading {
  const type = path.at(-1) ?? '';
  if (entry(referenceArguments, type)?.has(name) === true) return 'reference';
  if (path[0] === 'terraform' || entry(literalArguments, type)?.has(name) === true) return 'literal';
  return 'template';
}

/** Only a block can have another repeated inside. */
function holdsDynamic(value: JsonValue): boolean {
  const bodies = value.kind === 'array' ? value.items : [value];
  return bodies.some(
    (body) =>
      body.kind === 'object' &&
      body.properties.some((property) => property.name.value === 'dynamic' && isBody(property.value)),
  );
}

function isBody(value: JsonValue): boolean {
  return value.kind === 'object' || value.kind === 'array';
}

function entry<T>(record: Readonly<Record<string, T>>, key: string): T | undefined {
  return Object.hasOwn(record, key) ? record[key] : undefined;
}
