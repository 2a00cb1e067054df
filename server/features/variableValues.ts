import path from 'node:path';
import type { Value } from '../cty/value';
import type { Block, Expression } from '../hcl/syntax';
import { nodePathAt, walkExpressions } from '../hcl/walk';
import type { KnownValue } from '../providers/schema';
import { factsOf } from '../terraform/facts';
import type { Declaration, Module } from '../terraform/model';
import { toTraversal } from '../terraform/traversal';
import { attributeOf, blocksOf, literalString } from '../terraform/values';
import { headerOf, rulesFor } from './bodyRules';
import type { Snapshot } from './snapshot';
import { schemaValues } from './schemaValues';
import { valuesOf } from './values/inputs';

/** A value is handed from module to module at most this often. */
const deepest = 4;

/**
 * The values that a variable is known to take: those its validations name, else those of the argument that it is the
 * value of. `members` lead to a member of the variable.
 */
export function variableValues(
  snapshot: Snapshot,
  module: Module,
  variable: Declaration,
  members: readonly string[] = [],
  depth = 0,
): readonly KnownValue[] {
  const validated = validatedValues(snapshot, module, variable, members);
  if (validated.length > 0) return validated.map((value) => ({ value, detail: 'by its validation' }));
  return depth < deepest ? usedValues(snapshot, module, variable, members, depth) : [];
}

/** The values that the conditions of a variable's validations list. */
function validatedValues(
  snapshot: Snapshot,
  module: Module,
  { name, node }: Declaration,
  members: readonly string[],
): readonly string[] {
  if (node.kind !== 'block') return [];
  const found = new Set<string>();
  const wanted = members.join('.');
  for (const validation of blocksOf(node.body, 'validation')) {
    const condition = attributeOf(validation.body, 'condition')?.value;
    if (condition === undefined) continue;
    const names = namesOf(condition, name);
    const isMeant = (expression: Expression | undefined): boolean => pathOf(expression, names) === wanted;
    walkExpressions(condition, (expression) => {
      for (const value of listed(expression, isMeant, (list) => textsIn(snapshot, module, list)))
        found.add(value);
      return true;
    });
  }
  return [...found];
}

/** What one expression says about the value: `contains([…], v)`, `v == "a"`, `regex("^(a|b)$", v)`. */
function listed(
  expression: Expression,
  isMeant: (expression: Expression | undefined) => boolean,
  texts: (list: Expression) => readonly string[],
): readonly string[] {
  if (expression.kind === 'binary' && expression.operator === '==') {
    const { left, right } = expression;
    const other = isMeant(left) ? right : isMeant(right) ? left : undefined;
    const text = literalString(other);
    return text === undefined ? [] : [text];
  }
  if (expression.kind !== 'call') return [];
  const [first, second] = expression.arguments;
  if (first === undefined || !isMeant(second)) return [];
  if (expression.name === 'contains') return texts(first);
  if (expression.name !== 'regex' && expression.name !== 'regexall') return [];
  const words = /^\^\(([\w.-]+(?:\|[\w.-]+)*)\)\$$/.exec(literalString(first) ?? '')?.[1];
  return words?.split('|') ?? [];
}

/** The texts of a list, as far as they can be worked out. */
function textsIn(snapshot: Snapshot, module: Module, list: Expression): readonly string[] {
  const { value } = valuesOf(snapshot, module).evaluate(list);
  if (value.kind !== 'known' || !Array.isArray(value.content)) return [];
  return (value.content as readonly Value[]).flatMap((member) =>
    member.kind === 'known' && typeof member.content === 'string' ? [member.content] : [],
  );
}

/** What names mean inside a condition: the variable itself, and those of loops over it. */
function namesOf(condition: Expression, variable: string): ReadonlyMap<string, string> {
  const names = new Map([[`var.${variable}`, '']]);
  walkExpressions(condition, (expression) => {
    if (expression.kind !== 'forTuple' && expression.kind !== 'forObject') return true;
    const over = pathOf(expression.collection, names);
    const element = expression.variables.at(-1)?.name;
    if (over !== undefined && element !== undefined) names.set(element, over);
    return true;
  });
  return names;
}

/** Functions that leave a value what it is, but for how it is written. */
const unchanging = new Set([
  'lower',
  'upper',
  'trimspace',
  'coalesce',
  'try',
  'nonsensitive',
  'values',
  'toset',
]);

/** The members that an expression reads of the variable, joined by dots; `undefined` when it is something else. */
function pathOf(expression: Expression | undefined, names: ReadonlyMap<string, string>): string | undefined {
  if (expression?.kind === 'call' && unchanging.has(expression.name))
    return pathOf(expression.arguments[0], names);
  const traversal = expression === undefined ? undefined : toTraversal(expression);
  if (traversal === undefined) return undefined;
  const steps = traversal.steps.flatMap((step) => (step.kind === 'name' ? [step.name] : []));
  const own = names.get(`${traversal.root.name}.${steps[0] ?? ''}`);
  const [start, rest] = own === undefined ? [names.get(traversal.root.name), steps] : [own, steps.slice(1)];
  return start === undefined ? undefined : [start, ...rest].filter((part) => part !== '').join('.');
}

/** The values of the arguments that get the variable as it is. */
function usedValues(
  snapshot: Snapshot,
  module: Module,
  variable: Declaration,
  members: readonly string[],
  depth: number,
): readonly KnownValue[] {
  const address = `var.${variable.name}`;
  for (const file of module.files) {
    for (const uses of factsOf(file).uses.values()) {
      for (const use of uses) {
        if (use.target !== address || use.attributes.join('.') !== members.join('.')) continue;
        const nodes = nodePathAt(file.syntax, use.range.end);
        const attribute = nodes.findLast((node) => node.kind === 'attribute');
        const { start, end } = attribute?.value.range ?? { start: -1, end: -1 };
        if (attribute === undefined || start !== use.range.start || end !== use.range.end) continue;
        const blocks = nodes.filter((node): node is Block => node.kind === 'block');
        const values = argumentValues(snapshot, module, blocks, attribute.name, [], depth + 1);
        if (values.length > 0) return values;
      }
    }
  }
  return [];
}

/** The values that an argument of these blocks is known to take; `members` lead to a member of its value. */
export function argumentValues(
  snapshot: Snapshot,
  module: Module,
  blocks: readonly Block[],
  name: string,
  members: readonly string[] = [],
  depth = 0,
): readonly KnownValue[] {
  const headers = blocks.map(headerOf);
  const rule = rulesFor(snapshot, module, headers).arguments.get(name);
  if (rule?.variable !== undefined) {
    const called = snapshot.index.module(path.dirname(rule.variable.file.path));
    return variableValues(snapshot, called, rule.variable, members, depth);
  }
  return schemaValues(snapshot, module, headers, name, members);
}
