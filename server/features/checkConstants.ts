import type { Attribute, Block, Expression } from '../hcl/syntax';
import { scopedChildren, visitTraversals } from '../terraform/expressions';
import type { ScopedNode } from '../terraform/expressions';
import { attributeOf } from '../terraform/values';
import { editionOf } from './editionOf';
import type { Findings } from './findings';

/** Arguments that Terraform reads before there are any values, by block type and the types of blocks inside. */
const constants: Readonly<Record<string, readonly string[]>> = {
  variable: ['default', 'description', 'sensitive', 'nullable', 'ephemeral', 'deprecated', 'const'],
  output: ['description', 'sensitive', 'ephemeral', 'deprecated'],
  provider: ['alias', 'version'],
  terraform: ['required_version'],
  'removed lifecycle': ['destroy'],
  // OpenTofu reads variables and local values early.
  module: ['source', 'version'],
  'resource lifecycle': ['prevent_destroy', 'create_before_destroy'],
};

const readEarly = new Set(['module', 'resource lifecycle']);

/** Checks that what must be written out holds no references and no calls. */
export function checkConstants(findings: Findings, block: Block): void {
  checkBody(findings, block, block.type);
  for (const item of block.body.items) {
    if (item.kind !== 'block') continue;
    if (item.type === 'lifecycle') checkBody(findings, item, `${block.type} lifecycle`);
    if (block.type === 'terraform' && (item.type === 'backend' || item.type === 'cloud'))
      checkAll(findings, item);
  }
}

function checkBody(findings: Findings, block: Block, place: string): void {
  const names = Object.hasOwn(constants, place) ? (constants[place] ?? []) : [];
  for (const name of names) {
    const attribute = attributeOf(block.body, name);
    if (attribute === undefined || isPlain(attribute.value)) continue;
    if (readEarly.has(place) && mayBeReadEarly(findings, attribute, place)) continue;
    checkAttribute(findings, attribute);
  }
}

function checkAll(findings: Findings, block: Block): void {
  if (isOpenTofu(findings)) return;
  for (const item of block.body.items) {
    if (item.kind === 'block') checkAll(findings, item);
    else if (!isPlain(item.value)) checkAttribute(findings, item);
  }
}

/** OpenTofu and later versions of Terraform know some values before they read the configuration. */
function mayBeReadEarly(findings: Findings, { value }: Attribute, place: string): boolean {
  if (isOpenTofu(findings)) return true;
  if (place !== 'module') return false;
  let isConstant = true;
  visitTraversals(value, ({ root, steps: [step] }) => {
    const name = root.name === 'var' && step?.kind === 'name' ? `var.${step.name}` : '';
    const variable = findings.module.find(name)?.node;
    if (variable?.kind !== 'block' || attributeOf(variable.body, 'const') === undefined) isConstant = false;
  });
  return isConstant;
}

function isOpenTofu({ snapshot, module }: Findings): boolean {
  return editionOf(snapshot, module).product === 'opentofu';
}

function checkAttribute(findings: Findings, attribute: Attribute): void {
  const pending: ScopedNode[] = [{ node: attribute.value, scope: new Set() }];
  const report = (range: Expression['range'], what: string) => {
    const message = `"${attribute.name}" must be written out: Terraform reads it before there are values, so that it cannot hold ${what}.`;
    findings.add('literal-required', range, message, { facts: { name: attribute.name } });
  };
  visitTraversals(attribute.value, ({ range }) => {
    report(range, `the reference ${findings.textOf(range)}`);
  });
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    if (next.node.kind === 'call') report(next.node.range, `a call of ${next.node.name}`);
    else pending.push(...scopedChildren(next.node, next.scope));
  }
}

/** Most are, and need no walk. */
function isPlain(value: Expression): boolean {
  if (value.kind === 'literal') return true;
  return value.kind === 'template' && value.parts.every(({ kind }) => kind === 'text');
}
