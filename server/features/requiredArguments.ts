import type { AttributeSchema, KnownValue } from '../providers/schema';
import type { Module } from '../terraform/model';
import { isSettable, rulesFor, variableRule } from './bodyRules';
import type { ArgumentRule, BlockHeader, BodyRules } from './bodyRules';
import { schemaValues } from './schemaValues';
import type { Snapshot } from './snapshot';
import { variableValues } from './variableValues';

/** Required blocks inside required blocks end somewhere. */
const deepest = 3;
/** Offered as a choice in the snippet; longer lists are left to completion. */
const longestChoice = 12;

/** What a body still needs, as lines of a snippet; `stop` numbers its next tab stop. */
interface RequiredLines {
  readonly lines: readonly string[];
  readonly stop: number;
}

/**
 * The arguments and blocks that the innermost of `blocks` must have and that `present` does not name, each with a tab
 * stop, aligned as `terraform fmt` does. Nothing where the rules are not known.
 */
export function requiredLines(
  snapshot: Snapshot,
  module: Module,
  blocks: readonly BlockHeader[],
  present: ReadonlySet<string> = new Set(),
  stop = 1,
): RequiredLines {
  const rules = rulesFor(snapshot, module, blocks);
  let next = stop;
  const names = requiredNames(rules, present);
  const width = widthOf(names);
  const lines = names.map((name) => {
    const rule = rules.arguments.get(name);
    const values = rule === undefined ? [] : valuesFor(snapshot, module, blocks, name, rule);
    return `${name.padEnd(width)} = ${rule === undefined ? '' : placeholderFor(rule.schema, values, next++)}`;
  });
  for (const [name, rule] of rules.blocks) {
    if (rule.minItems === 0 || present.has(name) || blocks.length > deepest) continue;
    const labels = rule.labels.map((label) => ` "\${${next++}:${label}}"`).join('');
    const inner = requiredLines(snapshot, module, [...blocks, { type: name, labels: [] }], new Set(), next);
    next = inner.stop;
    const body = inner.lines.length === 0 ? [`  $${next++}`] : inner.lines.map((line) => `  ${line}`);
    if (lines.length > 0) lines.push('');
    lines.push(`${name}${labels} {`, ...body, '}');
  }
  return { lines, stop: next };
}

/** The required inputs of a module, one line each. */
export function inputLines(snapshot: Snapshot, called: Module, stop: number): readonly string[] {
  const rules = called.declarations.flatMap((variable) => {
    if (variable.kind !== 'variable') return [];
    const rule = variableRule(variable);
    return rule.schema.required === true ? [{ name: variable.name, rule }] : [];
  });
  const width = widthOf(rules.map(({ name }) => name));
  return rules.map(({ name, rule }, index) => {
    const values = rule.variable === undefined ? [] : variableValues(snapshot, called, rule.variable);
    return `${name.padEnd(width)} = ${placeholderFor(rule.schema, values, stop + index)}`;
  });
}

/** The names that a body must still get, in their schema's order. */
export function requiredNames(rules: BodyRules, present: ReadonlySet<string>): string[] {
  return [...rules.arguments].flatMap(([name, { schema }]) =>
    schema.required === true && isSettable(schema) && !present.has(name) ? [name] : [],
  );
}

/** The same text for editors without snippets: tab stops become what they hold. */
export function withoutStops(snippet: string): string {
  return snippet
    .replace(/\$\{\d+\|([^,|]*)[^|]*\|\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$\d+/g, '')
    .replace(/\\([$}\\|,])/g, '$1');
}

function valuesFor(
  snapshot: Snapshot,
  module: Module,
  blocks: readonly BlockHeader[],
  name: string,
  rule: ArgumentRule,
): readonly KnownValue[] {
  if (rule.variable !== undefined) {
    const called = snapshot.index.view(rule.variable.file.path);
    return variableValues(snapshot, called, rule.variable);
  }
  return rule.origin === 'provider' ? schemaValues(snapshot, module, blocks, name, []) : [];
}

/** A tab stop that holds an empty value of the type, or the choice of the values that are known. */
export function placeholderFor(
  { type, nested }: AttributeSchema,
  values: readonly KnownValue[],
  stop: number,
): string {
  if (type === 'string') {
    return values.length > 0 && values.length <= longestChoice
      ? `\${${stop}|${values.map(({ value }) => choice(JSON.stringify(value))).join(',')}|}`
      : `\${${stop}:""}`;
  }
  if (type === 'bool') return `\${${stop}|true,false|}`;
  if (type === 'number') return `\${${stop}:0}`;
  if (nested !== undefined) {
    const isOne = nested.nesting === 'single' || nested.nesting === 'group' || nested.nesting === 'map';
    return isOne ? `{ $${stop} }` : `[{ $${stop} }]`;
  }
  if (type === undefined || type === 'dynamic') return `$${stop}`;
  return type[0] === 'map' || type[0] === 'object' ? `{ $${stop} }` : `[$${stop}]`;
}

/** Commas, bars and backslashes mean something inside a choice. */
function choice(text: string): string {
  return text.replace(/[\\,|$}]/g, '\\$&');
}

function widthOf(names: readonly string[]): number {
  return Math.max(0, ...names.map((name) => name.length));
}
