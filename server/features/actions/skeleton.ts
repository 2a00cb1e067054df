import type { BlockHeader } from '../bodyRules';
import { rulesFor } from '../bodyRules';
import type { Module } from '../../terraform/model';
import type { Snapshot } from '../snapshot';
import { placeholder } from './declare';

/** The lines of what a body needs and lacks: arguments, then blocks, each with what it needs in turn. */
interface Needed {
  readonly arguments: readonly string[];
  readonly blocks: readonly string[];
  /** Names of the arguments and blocks. */
  readonly names: readonly string[];
}

/** A block inside a block inside a block … of a schema ends somewhere. */
const deepest = 5;

/** What the body of the innermost of `blocks` needs beside what is `present`. */
export function neededIn(
  snapshot: Snapshot,
  module: Module,
  blocks: readonly BlockHeader[],
  present: ReadonlySet<string> = new Set(),
): Needed {
  const rules = rulesFor(snapshot, module, blocks);
  const names: string[] = [];
  const lines: string[] = [];
  for (const [name, { schema }] of rules.arguments) {
    if (schema.required !== true || present.has(name)) continue;
    names.push(name);
    const value =
      schema.type === undefined ? nestedPlaceholder(schema.nested?.nesting) : placeholder(schema.type);
    lines.push(`${name} = ${fixedPlaceholder(name, blocks) ?? value}`);
  }
  const nested: string[] = [];
  for (const [type, rule] of rules.blocks) {
    if (rule.minItems === 0 || present.has(type) || blocks.length > deepest) continue;
    names.push(type);
    const labels = rule.labels.map(() => ' "name"').join('');
    for (let count = 0; count < rule.minItems; count += 1) {
      const inner = neededIn(snapshot, module, [...blocks, { type, labels: rule.labels.map(() => 'name') }]);
      const body = [...inner.arguments, ...inner.blocks].map((line) => (line === '' ? '' : `  ${line}`));
      nested.push(...(body.length === 0 ? [`${type}${labels} {}`] : [`${type}${labels} {`, ...body, '}']));
    }
  }
  return { arguments: lines, blocks: nested, names };
}

/** A top-level block with all that it needs. */
export function skeleton(
  snapshot: Snapshot,
  module: Module,
  header: BlockHeader,
  given: readonly string[] = [],
): string {
  const present = new Set(given.map((line) => /^[\w-]+/.exec(line)?.[0] ?? ''));
  const needed = neededIn(snapshot, module, [header], present);
  const lines = [...given, ...needed.arguments, ...needed.blocks].map((line) => `  ${line}`);
  const head = [header.type, ...header.labels.map((label) => `"${label}"`)].join(' ');
  return lines.length === 0 ? `${head} {}` : `${head} {\n${lines.join('\n')}\n}`;
}

/** What to write where a value by type alone would be refused: conditions look at something, backends have names. */
export function fixedPlaceholder(name: string, blocks: readonly BlockHeader[]): string | undefined {
  const [top] = blocks;
  if (name === 'backend' && top?.labels[0] === 'terraform_remote_state') return '"local"';
  if (!conditional.has(blocks.at(-1)?.type ?? '')) return undefined;
  if (name === 'error_message') return '"The condition does not hold."';
  if (name !== 'condition') return undefined;
  return top?.type === 'variable' ? `var.${top.labels[0] ?? 'name'} != null` : 'terraform.workspace != ""';
}

const conditional = new Set(['validation', 'precondition', 'postcondition', 'assert']);

function nestedPlaceholder(nesting: string | undefined): string {
  return nesting === 'list' || nesting === 'set' ? '[]' : '{}';
}
