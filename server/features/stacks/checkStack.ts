import type { Block } from '../../hcl/syntax';
import { visitTraversals } from '../../terraform/expressions';
import { factsOf } from '../../terraform/facts';
import { labelText } from '../../terraform/labels';
import type { ConfigFile, Module } from '../../terraform/model';
import { requirementsBlock } from '../../terraform/stacks/stackFacts';
import { targetOf, toTraversal } from '../../terraform/traversal';
import type { Traversal } from '../../terraform/traversal';
import { attributeOf, blocksOf, keyName, literalString } from '../../terraform/values';
import { fullSource } from '../../terraform/providerSource';
import { diagnosticOf } from '../diagnostic';
import type { Diagnostic } from '../diagnostic';
import type { Snapshot } from '../snapshot';
import { didYouMean, nearest } from '../suggestion';
import { checkComponent, isComponent } from './checkComponents';
import { checkDuplicates } from './checkDuplicates';
import { checkStackReferences } from './checkStackReferences';

/** Everything about a component file that only its stack can tell. */
export function checkStack(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  const { body } = config.syntax;
  return [
    ...checkDuplicates(module, config),
    ...checkStackReferences(snapshot, module, config),
    ...factsOf(config).declarations.flatMap((each) =>
      isComponent(each) ? checkComponent(snapshot, module, each) : [],
    ),
    ...blocksOf(body, 'provider').flatMap((block) => provider(module, block)),
    ...blocksOf(body, requirementsBlock).flatMap(requirements),
    ...blocksOf(body, 'removed').flatMap((block) => removed(module, block)),
    ...edition(config),
  ];
}

/** Terraform knows a provider of a stack by `required_providers` alone. */
function provider(module: Module, block: Block): Diagnostic[] {
  const [label] = block.labels;
  if (label === undefined || label.value === '' || module.unread.length > 0) return [];
  const names = module.requirements.map(({ name }) => name);
  // The built-in provider is always there.
  if (names.includes(label.value) || label.value === 'terraform') return [];
  const suggestion = nearest(label.value, names);
  const message = `${requirementsBlock} of this stack has no provider "${label.value}".${didYouMean(suggestion)}`;
  const facts = { name: label.value, alias: block.labels[1]?.value ?? '' };
  return [diagnosticOf('undeclared-provider', labelText(label), message, { suggestion, facts })];
}

function requirements(block: Block): Diagnostic[] {
  return block.body.items.flatMap((entry): Diagnostic[] => {
    if (entry.kind !== 'attribute' || entry.value.kind === 'missing' || entry.value.kind === 'error')
      return [];
    const facts = { name: entry.name };
    if (entry.value.kind !== 'object') {
      const message = `Write an object: ${entry.name} = { source = "…", version = "…" }.`;
      return [diagnosticOf('invalid-requirement', entry.value.range, message, { facts })];
    }
    const fields = new Map(entry.value.items.map((item) => [keyName(item.key), item.value]));
    const source = fields.get('source');
    if (source === undefined) {
      const message = `"${entry.name}" needs its source: the address of the provider, such as "hashicorp/${entry.name}".`;
      return [diagnosticOf('invalid-requirement', entry.nameRange, message, { facts })];
    }
    const written = literalString(source);
    if (written === undefined || isBuiltIn(written) || fields.has('version')) return [];
    const message = `"${entry.name}" needs a version: a stack says which versions of a provider it works with, such as "~> 6.0".`;
    return [diagnosticOf('invalid-requirement', entry.nameRange, message, { facts })];
  });
}

/** What is part of Terraform has no version of its own. */
function isBuiltIn(source: string): boolean {
  return fullSource(source).startsWith('terraform.io/builtin/');
}

function removed(module: Module, block: Block): Diagnostic[] {
  const from = attributeOf(block.body, 'from')?.value;
  if (from === undefined || from.kind === 'missing' || from.kind === 'error') return [];
  const traversal = toTraversal(from);
  const target = traversal === undefined ? undefined : targetOf(traversal);
  const root = traversal?.root.name;
  if (traversal === undefined || target === undefined || (root !== 'component' && root !== 'stack')) {
    const message = 'Write the address of a component or an embedded stack here, such as component.NAME.';
    return [diagnosticOf('invalid-address', from.range, message)];
  }
  const found: Diagnostic[] = [];
  if (traversal.steps.length === target.length && module.find(target.address) !== undefined) {
    const message = `"${target.address}" is still declared. Remove its block, or say which instance is gone: ${target.address}["KEY"].`;
    found.push(
      diagnosticOf('removed-still-declared', from.range, message, { facts: { address: target.address } }),
    );
  }
  const repeats = attributeOf(block.body, 'for_each');
  if (repeats !== undefined && !reads(from, 'each')) {
    const message = 'With for_each the address must use each, such as component.NAME[each.key].';
    found.push(diagnosticOf('invalid-for-each', repeats.nameRange, message));
  }
  const what = goesFor(traversal);
  const useless = attributeOf(block.body, what === 'component' ? 'inputs' : 'providers');
  if (useless === undefined) return found;
  const message = `"${useless.name}" means nothing where ${what === 'component' ? 'a component' : 'an embedded stack'} is removed. Remove this line.`;
  const facts = { name: useless.name, other: 'from' };
  return [...found, diagnosticOf('conflicting-arguments', useless.nameRange, message, { facts })];
}

/** `stack.x.component.y` is a component inside an embedded stack. */
function goesFor({ root, steps }: Traversal): 'component' | 'stack' {
  const names = steps.flatMap((step) => (step.kind === 'name' ? [step.name] : []));
  return root.name === 'component' || names.some((name, index) => index % 2 === 1 && name === 'component')
    ? 'component'
    : 'stack';
}

function reads(expression: Parameters<typeof visitTraversals>[0], name: string): boolean {
  let found = false;
  visitTraversals(expression, ({ root }) => {
    found ||= root.name === name;
  });
  return found;
}

/** The one edition that there is. */
function edition(config: ConfigFile): Diagnostic[] {
  const language = attributeOf(config.syntax.body, 'language');
  if (language === undefined || language.value.kind === 'missing') return [];
  if (language.value.kind === 'variable' && language.value.name === 'TFStack2023') return [];
  const message = 'The language of stacks has one edition so far: language = TFStack2023.';
  return [diagnosticOf('invalid-argument', language.value.range, message, { suggestion: 'TFStack2023' })];
}
