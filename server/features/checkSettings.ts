import type { Attribute, Block, Expression } from '../hcl/syntax';
import { isOverride } from '../terraform/fileNames';
import type { Module } from '../terraform/model';
import { attributeOf, blocksOf, keyName, literalString } from '../terraform/values';
import { satisfies } from '../terraform/versionConstraint';
import { visitTraversals } from '../terraform/expressions';
import type { Findings } from './findings';
import { didYouMean, nearest } from './suggestion';

/** Checks a `terraform` block: what may stand in a module once, and what it requires. */
export function checkSettings(findings: Findings, block: Block): void {
  const version = attributeOf(block.body, 'required_version');
  if (version !== undefined) checkVersion(findings, version.value);
  for (const required of blocksOf(block.body, 'required_providers')) {
    for (const item of required.body.items) if (item.kind === 'attribute') checkRequirement(findings, item);
  }
  if (!isOverride(findings.config.path)) checkOnce(findings, block);
}

/** The blocks that a module has one of, and those that exclude each other. */
const single: Readonly<Record<string, readonly string[]>> = {
  required_providers: ['required_providers'],
  backend: ['backend', 'cloud', 'state_store'],
  cloud: ['cloud', 'backend', 'state_store'],
  state_store: ['state_store', 'backend', 'cloud'],
};

function checkOnce(findings: Findings, terraform: Block): void {
  for (const block of terraform.body.items) {
    if (block.kind !== 'block') continue;
    const excluded = Object.hasOwn(single, block.type) ? (single[block.type] ?? []) : [];
    const others = settingsOf(findings.module).filter((other) => excluded.includes(other.type));
    // Two in one terraform block are counted where blocks are counted.
    const before = others.slice(0, others.indexOf(block));
    const first = others.find((other) => other !== block);
    const isSecond = before.some(
      (other) => other.type !== block.type || !terraform.body.items.includes(other),
    );
    // Terraform complains about a backend beside cloud at the backend, whichever comes first.
    const isBackend = block.type === 'backend' && first !== undefined && first.type !== 'backend';
    if (first === undefined || !(isSecond || isBackend)) continue;
    const message =
      first.type === block.type
        ? `A module has one "${block.type}" block, and another stands in it already. Merge the two.`
        : `A module keeps its state in one place: remove this block or the "${first.type}" block.`;
    findings.add('duplicate-setting', block.typeRange, message, { facts: { name: block.type } });
  }
}

const settings = new WeakMap<Module, readonly Block[]>();

/** The blocks inside all `terraform` blocks of a module. */
function settingsOf(module: Module): readonly Block[] {
  const known = settings.get(module);
  if (known !== undefined) return known;
  const found = module.files
    .filter(({ path }) => !isOverride(path))
    .flatMap((file) => blocksOf(file.syntax.body, 'terraform'))
    .flatMap(({ body }) => body.items.filter((item) => item.kind === 'block'));
  settings.set(module, found);
  return found;
}

/** Whether a text is a version constraint that Terraform can read. */
function isConstraint(text: string): boolean {
  return satisfies('1.0.0', text) !== undefined;
}

function checkVersion(findings: Findings, value: Expression): void {
  const text = literalString(value);
  if (text === undefined) {
    if (value.kind === 'tuple' || value.kind === 'object' || value.kind === 'literal')
      invalidVersion(findings, value, findings.textOf(value.range));
    return;
  }
  if (!isConstraint(text)) {
    invalidVersion(findings, value, text);
    return;
  }
  const { terraform } = findings.snapshot;
  if (terraform === undefined || satisfies(terraform.version, text) !== false) return;
  const program = terraform.product === 'terraform' ? 'Terraform' : 'OpenTofu';
  const message = `${program} ${terraform.version}, which is installed here, is not one of the versions that this asks for.`;
  findings.add('terraform-version', value.range, message, { facts: { version: terraform.version } });
}

function invalidVersion(findings: Findings, value: Expression, constraint: string): void {
  const message = `"${constraint}" is no version constraint. Write something like ">= 1.5, < 2.0" or "~> 5.0", with one of =, !=, >, >=, <, <= and ~> before each version.`;
  findings.add('invalid-version', value.range, message, { facts: { constraint } });
}

const requirementKeys = ['source', 'version', 'configuration_aliases'];

function checkRequirement(findings: Findings, { name, nameRange, value }: Attribute): void {
  const facts = { name };
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(name.normalize('NFC')) && /[A-Z_]/.test(name)) {
    const message = `The local name of a provider has lower case letters, digits and dashes only.`;
    findings.add('invalid-name', nameRange, message, { facts });
  }
  const text = literalString(value);
  if (text !== undefined) {
    if (!isConstraint(text)) invalidVersion(findings, value, text);
    return;
  }
  if (value.kind === 'missing' || value.kind === 'error') return;
  if (value.kind !== 'object') {
    const message =
      'A provider is required with an object: { source = "hashicorp/aws", version = "~> 6.0" }.';
    findings.add('invalid-requirement', value.range, message, { facts });
    return;
  }
  for (const item of value.items) {
    const key = keyName(item.key) ?? '';
    if (!requirementKeys.includes(key)) {
      const suggestion = nearest(key, requirementKeys);
      const message = `A requirement has source, version and configuration_aliases, but no "${key}".${didYouMean(suggestion)}`;
      findings.add('invalid-requirement', item.key.range, message, { suggestion, facts });
    } else if (key !== 'configuration_aliases') checkField(findings, name, key, item.value);
  }
}

function checkField(findings: Findings, name: string, key: string, value: Expression): void {
  visitTraversals(value, ({ range }) => {
    const message = `"${key}" must be written out: Terraform reads it before there are values.`;
    findings.add('literal-required', range, message, { facts: { name: key } });
  });
  const text = literalString(value);
  if (text === undefined) return;
  if (key === 'version' && !isConstraint(text)) invalidVersion(findings, value, text);
  if (key !== 'source' || isSource(text)) return;
  const message = `"${text}" is no source of a provider. Write NAMESPACE/NAME, such as hashicorp/aws, with the host of the registry before it where it is not the public one.`;
  findings.add('invalid-requirement', value.range, message, { facts: { name } });
}

function isSource(text: string): boolean {
  const parts = text.split('/');
  if (parts.length > 3) return false;
  const names = parts.length === 3 ? parts.slice(1) : parts;
  return names.every((part) => /^[\p{L}\p{N}]([\p{L}\p{N}_-]*[\p{L}\p{N}])?$/u.test(part));
}
