import type { Attribute, Block, Expression } from '../hcl/syntax';
import { visitTraversals } from '../terraform/expressions';
import { chosenProvider } from '../terraform/providerSource';
import { targetOf, toTraversal } from '../terraform/traversal';
import type { Traversal } from '../terraform/traversal';
import { attributeOf, blocksOf, literalString } from '../terraform/values';
import { isSettable } from './bodyRules';
import type { Findings } from './findings';
import { findSchema, provenanceText } from './providerSchemas';
import type { FoundSchema } from './providerSchemas';
import { didYouMean, nearest } from './suggestion';

/** Checks `lifecycle` of a resource, data source or ephemeral resource. */
export function checkLifecycle(findings: Findings, block: Block): void {
  for (const lifecycle of blocksOf(block.body, 'lifecycle')) {
    const ignored = attributeOf(lifecycle.body, 'ignore_changes');
    if (ignored !== undefined) checkIgnored(findings, block, ignored.value);
    const triggers = attributeOf(lifecycle.body, 'replace_triggered_by');
    if (triggers !== undefined) checkTriggers(findings, triggers);
    checkConditions(findings, lifecycle);
  }
}

/** Checks that conditions look at something. */
export function checkConditions(findings: Findings, block: Block): void {
  for (const item of block.body.items) {
    if (item.kind !== 'block' || !conditional.has(item.type)) continue;
    const condition = attributeOf(item.body, 'condition')?.value;
    if (condition === undefined || isBroken(condition) || hasReference(condition)) continue;
    const message =
      'This condition refers to nothing, so that it always says the same. Let it look at what it is about.';
    findings.add('invalid-validation', condition.range, message);
  }
}

const conditional = new Set(['precondition', 'postcondition', 'assert', 'validation']);

/** Whether an expression refers to anything. */
export function hasReference(expression: Expression): boolean {
  let found = false;
  visitTraversals(expression, () => {
    found = true;
  });
  return found;
}

/** Checks that `depends_on` is a list of addresses. */
export function checkDependsOn(findings: Findings, block: Block): void {
  const dependsOn = attributeOf(block.body, 'depends_on');
  if (dependsOn === undefined || isBroken(dependsOn.value)) return;
  const items = listItems(findings, dependsOn, 'invalid-dependency');
  for (const item of items) {
    const quoted = literalString(item);
    const traversal = toTraversal(item);
    if (isBroken(item)) continue;
    if (quoted !== undefined) unquote(findings, item, quoted);
    else if (traversal === undefined || !isStatic(traversal)) {
      const message =
        'Only the address of something that is declared can stand here, such as aws_instance.web or module.network.';
      findings.add('invalid-dependency', item.range, message);
    } else checkWhole(findings, traversal);
  }
}

/** Terraform waits for whole objects, never for one of their attributes. */
function checkWhole(findings: Findings, traversal: Traversal): void {
  const { root, steps, range } = traversal;
  if (root.name === 'each' || root.name === 'count' || root.name === 'self') {
    const message = `"${root.name}" is nothing to wait for. Write the address of something that is declared.`;
    findings.add('invalid-dependency', range, message);
    return;
  }
  const target = targetOf(traversal);
  if (target === undefined || root.name === 'module') return;
  const rest = steps.slice(target.length);
  const extra = rest[0]?.kind === 'index' && root.name !== 'var' && root.name !== 'local' ? rest[1] : rest[0];
  if (extra === undefined) return;
  const last = steps[steps.indexOf(extra) - 1];
  const whole = { start: range.start, end: last?.range.end ?? range.end };
  const text = findings.textOf(whole);
  const message = `Terraform waits for the whole object, not for one of its attributes. Write ${text}.`;
  findings.add('invalid-dependency', range, message, { suggestion: text });
}

function listItems(
  findings: Findings,
  { name, value }: Attribute,
  code: 'invalid-dependency' | 'invalid-replace-trigger' | 'invalid-ignore-changes',
): readonly Expression[] {
  if (value.kind === 'tuple') return value.items;
  const message = `"${name}" takes a list that is written out: [ … ].`;
  findings.add(code, value.range, message, code === 'invalid-ignore-changes' ? { facts: { name } } : {});
  return [];
}

function unquote(findings: Findings, item: Expression, text: string): void {
  const message = `References have no quotes since Terraform 0.12. Write ${text}.`;
  findings.add('quoted-reference', item.range, message, { suggestion: text });
}

function checkIgnored(findings: Findings, block: Block, value: Expression): void {
  if (isBroken(value) || (value.kind === 'variable' && value.name === 'all')) return;
  const attribute = { kind: 'attribute', name: 'ignore_changes', value } as Attribute;
  const found = schemaOf(findings, block);
  for (const item of listItems(findings, attribute, 'invalid-ignore-changes')) {
    if (isBroken(item)) continue;
    const quoted = literalString(item);
    const traversal = toTraversal(item);
    if (quoted === '*') {
      const message = 'There is no "*" any more. Write ignore_changes = all.';
      findings.add('invalid-ignore-changes', item.range, message, { facts: { name: '*' } });
    } else if (quoted !== undefined) unquote(findings, item, quoted);
    else if (traversal === undefined || !isStatic(traversal)) {
      const message = 'Only the name of an argument can stand here, such as tags or tags["Name"].';
      findings.add('invalid-ignore-changes', item.range, message, {
        facts: { name: findings.textOf(item.range) },
      });
    } else if (found !== undefined) checkIgnoredName(findings, traversal, found);
  }
}

function checkIgnoredName(
  findings: Findings,
  { root }: Traversal,
  { schema, provenance }: FoundSchema,
): void {
  const attribute = Object.hasOwn(schema.attributes, root.name) ? schema.attributes[root.name] : undefined;
  const facts = { name: root.name };
  const origin = provenanceText(provenance);
  if (attribute !== undefined && !isSettable(attribute)) {
    const message = `"${root.name}" is decided by the provider (${origin}), so that there are no changes to ignore.`;
    findings.add('invalid-ignore-changes', root.range, message, { severity: 'warning', facts });
  }
  if (attribute !== undefined || Object.hasOwn(schema.blocks, root.name)) return;
  const suggestion = nearest(root.name, [...Object.keys(schema.attributes), ...Object.keys(schema.blocks)]);
  const message = `The resource has no "${root.name}" whose changes could be ignored (${origin}).${didYouMean(suggestion)}`;
  findings.add('invalid-ignore-changes', root.range, message, { suggestion, facts });
}

function schemaOf({ snapshot, module }: Findings, block: Block): FoundSchema | undefined {
  if (block.type !== 'resource') return undefined;
  const found = findSchema(snapshot, module, 'resource', block.labels[0]?.value ?? '', chosenProvider(block));
  return found === undefined || found.schema.open === true || !found.matches ? undefined : found;
}

function checkTriggers(findings: Findings, triggers: Attribute): void {
  if (isBroken(triggers.value)) return;
  for (const item of listItems(findings, triggers, 'invalid-replace-trigger')) {
    if (isBroken(item)) continue;
    const traversal = toTraversal(item);
    const target = traversal === undefined ? undefined : targetOf(traversal);
    const kind = traversal?.root.name ?? '';
    if (traversal === undefined || target === undefined || notReplaced.has(kind)) {
      const message =
        'Only a resource of this module, or one of its attributes, can stand here. Keep other values in a terraform_data resource and name that.';
      findings.add('invalid-replace-trigger', item.range, message);
      continue;
    }
    for (const step of traversal.steps) {
      if (step.kind !== 'index' || step.key.kind === 'literal' || literalString(step.key) !== undefined)
        continue;
      const key = toTraversal(step.key);
      const name = key === undefined ? '' : findings.textOf(key.range);
      if (name === 'each.key' || name === 'count.index' || isBroken(step.key)) continue;
      const message = 'Only each.key or count.index can pick the instance here.';
      findings.add('invalid-replace-trigger', step.range, message);
    }
  }
}

const notReplaced = new Set(['var', 'local', 'module', 'each', 'count', 'self', 'path', 'terraform']);

/** Whether the steps are names and literal keys only. */
function isStatic({ steps }: Traversal): boolean {
  return steps.every(
    (step) =>
      step.kind === 'name' ||
      (step.kind === 'index' && (step.key.kind === 'literal' || literalString(step.key) !== undefined)),
  );
}

function isBroken({ kind }: Expression): boolean {
  return kind === 'missing' || kind === 'error';
}
