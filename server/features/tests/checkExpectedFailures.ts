import type { Expression } from '../../hcl/syntax';
import type { Declaration, Module } from '../../terraform/model';
import type { TestRun, TestView } from '../../terraform/tests/testModule';
import { targetOf, toTraversal } from '../../terraform/traversal';
import type { Traversal } from '../../terraform/traversal';
import { quotedTraversal } from '../../terraform/uses';
import { attributeOf, blocksOf } from '../../terraform/values';
import type { Findings } from '../findings';
import { didYouMean, nearest } from '../suggestion';

/** Checks what a run expects to fail: it must be able to. */
export function checkExpectedFailures(findings: Findings, view: TestView, run: TestRun): void {
  const value = attributeOf(run.block.body, 'expect_failures')?.value;
  if (value === undefined || value.kind === 'missing' || value.kind === 'error') return;
  if (value.kind !== 'tuple') {
    const message = '"expect_failures" is a list that is written out: [var.size, check.health].';
    findings.add('literal-required', value.range, message, { facts: { name: 'expect_failures' } });
    return;
  }
  const scope = view.at(run.block.range.start);
  for (const item of value.items) {
    const traversal = toTraversal(item) ?? quotedTraversal(item);
    if (traversal !== undefined) checkItem(findings, scope, item, traversal);
  }
}

const uncheckable = new Set(['local', 'module', 'run', 'each', 'count', 'self', 'path', 'terraform']);

function checkItem(findings: Findings, scope: Module, item: Expression, traversal: Traversal): void {
  const target = targetOf(traversal);
  const root = traversal.root.name;
  const address = target?.address ?? root;
  if (uncheckable.has(root)) {
    const message = `"${address}" has no conditions that could fail. Variables, outputs, checks, resources and data sources can.`;
    findings.add('not-checkable', item.range, message, { facts: { address } });
    return;
  }
  if (target === undefined || scope.unread.length > 0) return;
  const declaration = scope.find(address);
  if (declaration === undefined) {
    const suggestion = nearest(address, checkable(scope));
    const message = `Nothing of the address "${address}" is declared in the module that this run runs.${didYouMean(suggestion)}`;
    findings.add('not-checkable', item.range, message, { suggestion, facts: { address } });
  } else if (!hasConditions(declaration, scope)) {
    const message = `"${address}" has no condition that could fail, so that this run cannot pass.`;
    findings.add('not-checkable', item.range, message, { severity: 'warning', facts: { address } });
  }
}

/** Addresses of what can fail in a module. */
export function checkable(module: Module): string[] {
  return module.declarations
    .filter((declaration) => hasConditions(declaration, module))
    .map(({ address }) => address);
}

/** An override file can add conditions, which are not looked for. */
function hasConditions({ kind, node, file }: Declaration, module: Module): boolean {
  if (node.kind !== 'block') return false;
  if (module.files.some((other) => other !== file && /override\.(tf|tofu)(\.json)?$/.test(other.path)))
    return true;
  switch (kind) {
    case 'check':
      return true;
    case 'variable':
      return blocksOf(node.body, 'validation').length > 0;
    case 'output':
      return blocksOf(node.body, 'precondition').length > 0;
    case 'resource':
    case 'data':
      return blocksOf(node.body, 'lifecycle').some(
        ({ body }) => blocksOf(body, 'precondition').length + blocksOf(body, 'postcondition').length > 0,
      );
    default:
      return false;
  }
}
