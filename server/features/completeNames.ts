import type { Body } from '../hcl/syntax';
import type { Module } from '../terraform/model';
import type { Range } from '../text/range';
import { isSettable, rulesFor } from './bodyRules';
import type { ArgumentRule, BlockHeader, BodyRules, NestedRule } from './bodyRules';
import { fitting } from './completionItems';
import type { CompletionItem, CompletionList } from './completionItems';
import { requirementItems } from './completeRequirements';
import { argumentDetail, argumentText, blockDetail, blockDocs, code } from './documentation';
import { requiredLines, requiredNames, withoutStops } from './requiredArguments';
import type { Snapshot } from './snapshot';

/** Completes what may stand at the start of a line in a body: arguments and blocks that are not there yet. */
export function completeName(
  snapshot: Snapshot,
  module: Module,
  text: string,
  word: Range,
  blocks: readonly BlockHeader[],
): CompletionList {
  const rules = rulesFor(snapshot, module, blocks);
  const body = blocks.at(-1)?.node?.body;
  const present = namesIn(body, word);
  const items: CompletionItem[] = [];
  let order = 0;
  for (const [name, rule] of rules.arguments) {
    order += 1;
    if (!isSettable(rule.schema) || present.has(name) || rule.unavailable === true) continue;
    items.push({
      ...argumentItem(name, rule, word, text, rules.provenance),
      group: groupOf(name, rule, order),
    });
  }
  for (const [name, rule] of rules.blocks) {
    const full = rule.maxItems > 0 && (present.get(name) ?? 0) >= rule.maxItems;
    if (full || name === '_' || rule.unavailable === true || (rule.attributeToo && hasAttribute(body, name)))
      continue;
    items.push(blockItem(name, rule, word, text, rules.provenance));
  }
  if (blocks.at(-1)?.type === 'required_providers')
    items.push(...requirementItems(snapshot, module, blocks.at(-1), word));
  items.push(...allRequired(snapshot, module, blocks, rules, new Set(present.keys()), word));
  return fitting(dedupe(items), text.slice(word.start, word.end));
}

/** Everything that the body still must have, in one offer. */
function allRequired(
  snapshot: Snapshot,
  module: Module,
  blocks: readonly BlockHeader[],
  rules: BodyRules,
  present: ReadonlySet<string>,
  range: Range,
): CompletionItem[] {
  const names = requiredNames(rules, present);
  const nested = [...rules.blocks].flatMap(([name, rule]) =>
    rule.minItems > 0 && !present.has(name) ? [name] : [],
  );
  const missing = [...names, ...nested];
  if (missing.length < 2 || blocks.length === 0) return [];
  const snippet = requiredLines(snapshot, module, blocks, present).lines.join('\n');
  return [
    {
      label: 'required arguments',
      kind: 'block',
      range,
      insert: withoutStops(snippet),
      snippet,
      detail: missing.length > 6 ? `${missing.slice(0, 6).join(', ')}, …` : missing.join(', '),
      documentation: code(withoutStops(snippet)),
      group: -1,
    },
  ];
}

function argumentItem(
  name: string,
  rule: ArgumentRule,
  range: Range,
  text: string,
  provenance: Parameters<typeof argumentText>[1],
): CompletionItem {
  const assigned = /^[\w-]*[ \t]*=/.test(text.slice(range.end, range.end + 200));
  return {
    label: name,
    kind: 'argument',
    range,
    insert: assigned ? name : `${name} = `,
    ...(!assigned && { snippet: `${name} = ${valueSnippet(rule)}` }),
    detail: argumentDetail(rule.schema),
    documentation: argumentText(rule, provenance),
    deprecated: rule.schema.deprecated === true,
  };
}

const metaArguments = new Set(['count', 'for_each', 'depends_on', 'provider', 'providers']);

/** What a person needs most comes first: required, optional, blocks, meta-arguments, deprecated. */
function groupOf(name: string, { schema, origin }: ArgumentRule, order: number): number {
  if (schema.deprecated === true) return 9;
  // Terraform's own arguments are known in the order in which people write them; a provider's by name alone.
  const among = origin === 'language' ? order / 10_000 : 0;
  if (schema.required === true) return among;
  return (origin === 'language' && metaArguments.has(name) ? 4 : 1) + among;
}

function valueSnippet({ schema, keywords }: ArgumentRule): string {
  const { type, nested } = schema;
  if (keywords.length > 0 || type === undefined) {
    const isList = nested?.nesting === 'list' || nested?.nesting === 'set';
    if (nested !== undefined) return isList ? '[\n  {\n    $1\n  }\n]' : '{\n  $1\n}';
    return '$1';
  }
  if (typeof type === 'string') return type === 'bool' ? '${1|true,false|}' : '$1';
  return type[0] === 'map' || type[0] === 'object' ? '{\n  $1\n}' : '[$1]';
}

function blockItem(
  name: string,
  rule: NestedRule,
  range: Range,
  text: string,
  provenance: Parameters<typeof argumentText>[1],
): CompletionItem {
  const opened = /^[\w-]*[ \t]*["{]/.test(text.slice(range.end, range.end + 200));
  const labels = rule.labels.map((label, index) => ` "\${${index + 1}:${label}}"`).join('');
  return {
    label: name,
    kind: 'block',
    range,
    insert: opened ? name : rule.labels.length > 0 ? `${name} ` : `${name} {`,
    ...(!opened && { snippet: `${name}${labels} {\n  $0\n}` }),
    detail: blockDetail(rule),
    documentation: blockDocs(name, rule, provenance),
    group: rule.deprecated ? 9 : rule.minItems > 0 ? 0 : rule.origin === 'language' ? 3 : 2,
    deprecated: rule.deprecated,
  };
}

/** How often each name occurs in a body, apart from the one that is being typed. */
function namesIn(body: Body | undefined, word: Range): ReadonlyMap<string, number> {
  const names = new Map<string, number>();
  for (const item of body?.items ?? []) {
    if (item.range.start === word.start && word.end > word.start) continue;
    const name = item.kind === 'attribute' ? item.name : item.type;
    names.set(name, (names.get(name) ?? 0) + 1);
  }
  return names;
}

function hasAttribute(body: Body | undefined, name: string): boolean {
  return body?.items.some((item) => item.kind === 'attribute' && item.name === name) === true;
}

/** An attribute that may be written as a block is offered once, as the block its documentation shows. */
function dedupe(items: readonly CompletionItem[]): CompletionItem[] {
  const byName = new Map(items.map((item) => [item.label, item]));
  return [...byName.values()];
}
