import type { Block } from '../hcl/syntax';
import type { Range } from '../text/range';
import { labelText } from '../terraform/labels';
import { attributeOf, literalString } from '../terraform/values';
import type { Findings } from './findings';

/** How many labels of a block are names by the rules of the language. */
const named: Readonly<Record<string, number>> = {
  resource: 2,
  data: 2,
  ephemeral: 2,
  action: 2,
  module: 1,
  variable: 1,
  output: 1,
  check: 1,
};

/** Arguments and blocks of a module call, which no variable can be named after. */
const reserved = new Set([
  'source',
  'version',
  'count',
  'for_each',
  'depends_on',
  'providers',
  'lifecycle',
  'locals',
  'provider',
  '_',
]);

/** A letter or underscore, then letters, digits, underscores and dashes, of any script. */
const identifier = /^[\p{ID_Start}_][\p{ID_Continue}-]*$/u;

/** Checks that the labels of a block can be referred to. */
export function checkNames(findings: Findings, block: Block): void {
  const count = Object.hasOwn(named, block.type) ? (named[block.type] ?? 0) : 0;
  for (const label of block.labels.slice(0, count)) {
    if (label.value === '') continue;
    if (!identifier.test(label.value)) invalid(findings, label.value, labelText(label));
    else if (block.type === 'variable' && reserved.has(label.value)) {
      const message = `A variable cannot be named "${label.value}", because a module call has an argument or block of that name.`;
      findings.add('reserved-name', labelText(label), message, { facts: { name: label.value } });
    }
  }
  for (const inner of block.type === 'check' ? block.body.items : []) {
    if (inner.kind !== 'block' || inner.type !== 'data') continue;
    for (const { value, ...label } of inner.labels.slice(0, 2))
      if (value !== '' && !identifier.test(value)) invalid(findings, value, labelText({ value, ...label }));
  }
  if (block.type !== 'provider') return;
  const [local] = block.labels;
  if (local !== undefined && /[\p{Lu}_]/u.test(local.value)) {
    const message = `"${local.value}" is no local name of a provider: those have lower case letters, digits and dashes only.`;
    findings.add('invalid-name', labelText(local), message, { facts: { name: local.value } });
  }
  const alias = attributeOf(block.body, 'alias')?.value;
  const name = literalString(alias);
  if (alias !== undefined && name !== undefined && !identifier.test(name))
    invalid(findings, name, alias.range);
}

/** A block of local values holds values only. */
export function checkLocalNames(findings: Findings, block: Block): void {
  for (const item of block.body.items) {
    if (item.kind !== 'block') continue;
    const message = `"locals" holds no blocks. Write it as a value: ${item.type} = { … }.`;
    findings.add('unknown-block', item.typeRange, message, { facts: { name: item.type, form: 'argument' } });
  }
}

function invalid(findings: Findings, name: string, range: Range): void {
  const message = `"${name}" is no name: names start with a letter or underscore and go on with letters, digits, underscores and dashes.`;
  findings.add('invalid-name', range, message, { facts: { name } });
}
