import type { Attribute, Block } from '../../hcl/syntax';
import { visitTraversals } from '../../terraform/expressions';
import { factsOf } from '../../terraform/facts';
import type { ConfigFile, Declaration, Module } from '../../terraform/model';
import { isStackCall } from '../../terraform/stacks/stackCalls';
import { requirementsBlock } from '../../terraform/stacks/stackFacts';
import { attributesAfter, targetOf } from '../../terraform/traversal';
import type { Traversal } from '../../terraform/traversal';
import type { Use } from '../../terraform/uses';
import { attributeOf } from '../../terraform/values';
import { diagnosticOf } from '../diagnostic';
import type { Diagnostic } from '../diagnostic';
import type { Snapshot } from '../snapshot';
import { didYouMean, nearest } from '../suggestion';

/** Checks that what a stack or its deployments refer to is declared, and that it has what is read from it. */
export function checkStackReferences(snapshot: Snapshot, module: Module, config: ConfigFile): Diagnostic[] {
  // Files nobody read may declare anything.
  if (module.unread.length > 0) return [];
  const found: Diagnostic[] = [];
  for (const [node, uses] of factsOf(config).uses) {
    found.push(...outOfScope(module, node));
    for (const use of uses) {
      if (found.length >= mostFound) return found;
      if (use.kind === 'address' || !isInScope(module, use.traversal)) continue;
      const declaration = module.find(use.target);
      const diagnostic =
        declaration === undefined
          ? undeclared(module, use)
          : unknownOutput(snapshot, module, use, declaration);
      if (diagnostic !== undefined) found.push(diagnostic);
    }
  }
  return found;
}

const mostFound = 200;

/** First names that mean something, by what `ParseReference` in Terraform's `internal/stacks/stackaddrs` knows. */
const scopes: Readonly<Record<'stack' | 'deployment', ReadonlySet<string>>> = {
  stack: new Set(['var', 'local', 'component', 'stack', 'provider', 'each', 'count', 'self', 'terraform']),
  deployment: new Set([
    'local',
    'deployment',
    'deployment_group',
    'deployment_auto_approve',
    'identity_token',
    'store',
    'upstream_input',
    'publish_output',
    'context',
  ]),
};

const nouns: Readonly<Record<string, string>> = {
  var: 'variable',
  local: 'local value',
  provider: 'provider configuration',
};

function scopeOf(module: Module): ReadonlySet<string> {
  return scopes[module.dialect === 'deployment' ? 'deployment' : 'stack'];
}

function isInScope(module: Module, { root }: Traversal): boolean {
  return scopeOf(module).has(root.name);
}

/** Names that only modules know, and `each` where nothing is repeated. */
function outOfScope(module: Module, node: Attribute | Block): Diagnostic[] {
  const found: Diagnostic[] = [];
  const scope = scopeOf(module);
  const repeats = node.kind === 'block' && attributeOf(node.body, 'for_each') !== undefined;
  for (const attribute of attributesIn(node)) {
    if (isNoExpression(attribute, node)) continue;
    const values =
      attribute.name === 'providers' && attribute.value.kind === 'object'
        ? attribute.value.items.map((item) => item.value)
        : [attribute.value];
    const visit = ({ root }: Traversal) => {
      const { name, range } = root;
      if (!scope.has(name)) {
        const message = `${place(module)} knows no "${name}". It can read ${[...scope].filter(isShown).join(', ')}.`;
        // Nobody but HCP Terraform reads deployments, so that what it knows besides is not certain.
        const severity = module.dialect === 'deployment' ? 'warning' : 'error';
        const suggestion = nearest(name, [...scope]);
        found.push(diagnosticOf('unknown-name', range, message, { severity, suggestion, facts: { name } }));
      } else if (name === 'each' && !repeats) {
        const message =
          '"each" is only known in a block with for_each. Add for_each, or refer to something else.';
        found.push(diagnosticOf('misplaced-reference', range, message, { facts: { name } }));
      }
    };
    for (const value of values) visitTraversals(value, visit);
  }
  return found;
}

/** Terraform accepts these words, and they mean nothing useful yet. */
function isShown(name: string): boolean {
  return name !== 'count' && name !== 'self' && name !== 'terraform';
}

function place(module: Module): string {
  return module.dialect === 'deployment' ? 'A deployment configuration' : 'A stack';
}

/** Types and keywords. */
function isNoExpression(attribute: Attribute, node: Attribute | Block): boolean {
  if (node.kind === 'attribute') return false;
  if (node.type === requirementsBlock) return true;
  // What is removed has an address of its own, checked elsewhere.
  if (node.type === 'removed' && attribute.name === 'from') return true;
  return attribute.name === 'type' && ['variable', 'output', 'publish_output'].includes(node.type);
}

function* attributesIn(node: Attribute | Block): Generator<Attribute> {
  if (node.kind === 'attribute') yield node;
  else for (const item of node.body.items) yield* attributesIn(item);
}

function undeclared(module: Module, use: Use): Diagnostic {
  const [root = '', ...rest] = use.target.split('.');
  const noun = (Object.hasOwn(nouns, root) ? nouns[root] : undefined) ?? root;
  const known = module.declarations
    .map(({ address }) => address)
    .filter((each) => each.startsWith(`${root}.`));
  const suggestion = nearest(use.target, known);
  const hint = didYouMean(suggestion);
  const where = module.dialect === 'deployment' ? 'in this deployment configuration' : 'in this stack';
  const message = `No ${noun} "${use.target}" is declared ${where}.${hint}`;
  const range = { start: use.range.start, end: endOfAddress(use) };
  const name = rest.at(-1) ?? '';
  switch (root) {
    case 'var':
      return diagnosticOf('undeclared-variable', range, message, { suggestion, facts: { name } });
    case 'local':
      return diagnosticOf('undeclared-local', range, message, { suggestion, facts: { name } });
    case 'provider': {
      const facts = { name: rest[0] ?? '', alias: name };
      return diagnosticOf('undeclared-provider', range, message, { suggestion, facts });
    }
    default: {
      const type = rest.length > 1 ? (rest[0] ?? '') : '';
      return diagnosticOf('undeclared-block', range, message, {
        suggestion,
        facts: { block: root, type, name },
      });
    }
  }
}

function endOfAddress({ traversal, range }: Use): number {
  const length = targetOf(traversal)?.length ?? 0;
  return traversal.steps[length - 1]?.range.end ?? range.end;
}

function unknownOutput(
  snapshot: Snapshot,
  module: Module,
  use: Use,
  call: Declaration,
): Diagnostic | undefined {
  const target = targetOf(use.traversal);
  const [member] = target === undefined ? [] : attributesAfter(use.traversal, target);
  if (!isStackCall(call.kind) || target === undefined || member === undefined || use.kind === 'dependency')
    return undefined;
  // Without an instance key the name picks an instance, which only evaluation can check.
  const isRepeated = call.node.kind === 'block' && attributeOf(call.node.body, 'for_each') !== undefined;
  if (isRepeated && use.traversal.steps[target.length]?.kind === 'name') return undefined;
  const called = snapshot.index.called(call, module);
  if (called === undefined || called.unread.length > 0) return undefined;
  const outputs = called.declarations.filter(({ kind }) => kind === 'output').map(({ name }) => name);
  if (outputs.includes(member.name)) return undefined;
  const suggestion = nearest(member.name, outputs);
  const what = call.kind === 'component' ? `The module of the component "${call.name}"` : 'The stack';
  const message = `${what} has no output "${member.name}".${didYouMean(suggestion)}`;
  const facts = { name: member.name, call: call.address };
  return diagnosticOf('undeclared-output', member.range, message, { suggestion, facts });
}
