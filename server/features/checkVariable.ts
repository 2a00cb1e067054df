import { readTypeConstraint } from '../cty/typeConstraint';
import type { Block, Expression } from '../hcl/syntax';
import { visitTraversals } from '../terraform/expressions';
import { until } from '../terraform/language/availability';
import { attributeOf, blocksOf, literalString } from '../terraform/values';
import { checkConditions, hasReference } from './checkLifecycle';
import { isDiagnosticCode } from './diagnosticCodes';
import { editionOf } from './editionOf';
import type { Findings } from './findings';

/** Checks a variable: its type, its default, and that its validations look at it. */
export function checkVariable(findings: Findings, block: Block): void {
  const type = attributeOf(block.body, 'type')?.value;
  if (type !== undefined) checkType(findings, type);
  const fallback = attributeOf(block.body, 'default')?.value;
  const nullable = attributeOf(block.body, 'nullable')?.value;
  const isNull = fallback?.kind === 'literal' && fallback.value === null;
  if (isNull && nullable?.kind === 'literal' && nullable.value === false) {
    const message =
      'The default is null, and nullable = false says that the variable is never null. Change one of the two.';
    findings.add('null-default', fallback.range, message);
  }
  checkConditions(findings, block);
  const name = block.labels[0]?.value ?? '';
  for (const validation of blocksOf(block.body, 'validation')) {
    const condition = attributeOf(validation.body, 'condition')?.value;
    if (condition === undefined || condition.kind === 'missing' || condition.kind === 'error') continue;
    if (!hasReference(condition) || refersTo(condition, name)) continue;
    const message = `A validation of the variable "${name}" must look at var.${name}.`;
    findings.add('invalid-validation', condition.range, message, { facts: { name } });
  }
}

/** What Terraform 0.11 wrote in quotes. */
const quotedTypes: Readonly<Record<string, string>> = {
  string: 'string',
  list: 'list(string)',
  map: 'map(string)',
};

/** They were only advised against at first. */
const quotedTypesTaken = until('0.15');

/** Checks a type constraint. */
export function checkType(findings: Findings, type: Expression): void {
  const quoted = literalString(type);
  if (quoted !== undefined) {
    const suggestion = Object.hasOwn(quotedTypes, quoted) ? quotedTypes[quoted] : quoted;
    const message = `Types have no quotes since Terraform 0.12. Write ${suggestion ?? quoted}.`;
    const { snapshot, module } = findings;
    const edition = editionOf(snapshot, module);
    const isTaken =
      edition.support(quotedTypesTaken) !== 'none' && edition.knownAtHand(quotedTypesTaken) !== false;
    findings.add('quoted-type', type.range, message, { suggestion, ...(isTaken && { severity: 'warning' }) });
    return;
  }
  for (const { range, code, message } of readTypeConstraint(type).errors) {
    findings.add(isDiagnosticCode(code) ? code : 'invalid-type', range, message);
  }
}

function refersTo(condition: Expression, variable: string): boolean {
  let found = false;
  visitTraversals(condition, ({ root, steps: [step] }) => {
    if (root.name === 'var' && step?.kind === 'name' && step.name === variable) found = true;
  });
  return found;
}
