import type { Attribute, Block, ObjectItem } from '../hcl/syntax';
import type { Module } from '../terraform/model';
import { isLocalSource, moduleSource } from '../terraform/moduleCalls';
import { shortSource, sourceOf } from '../terraform/providerSource';
import { attributeOf } from '../terraform/values';
import { deprecationOf } from './deprecation';
import { checkReference } from './checkProviders';
import type { Findings } from './findings';
import { configurationAliases, configuresProvider, providerReference } from './providerConfigurations';

/** Checks a module call beyond its arguments: its source, and the providers it hands on. */
export function checkModuleCall(findings: Findings, block: Block): void {
  const { module, snapshot } = findings;
  const declaration = module.find(`module.${block.labels[0]?.value ?? ''}`);
  if (declaration?.node !== block) return;
  const source = attributeOf(block.body, 'source');
  if (source === undefined) {
    if (!block.closed) return;
    const message = 'A module call needs the argument "source", which says where the module is.';
    findings.add('missing-argument', block.typeRange, message, { facts: { name: 'source' } });
    return;
  }
  const text = moduleSource(declaration);
  const version = attributeOf(block.body, 'version');
  if (text !== undefined && isLocalSource(text) && version !== undefined) {
    const message = 'A module in a folder has no versions. Remove the argument "version".';
    findings.add('conflicting-arguments', source.range, message, {
      facts: { name: 'version', other: 'source' },
    });
  }
  const called = snapshot.index.called(declaration, module);
  if (called === undefined) {
    // Terraform installs all modules of a tree from its root, so that only there something is to be done.
    const isRoot = !snapshot.index.isCalled(module);
    if (text !== undefined && !isLocalSource(text) && isRoot) notInstalled(findings, source, text);
    checkProviders(findings, block, undefined);
    return;
  }
  checkDeprecated(findings, block, called);
  checkProviders(findings, block, called);
  checkConfigured(findings, block, called);
}

function notInstalled(findings: Findings, source: Attribute, text: string): void {
  const message =
    'This module is not installed yet, so that its inputs and outputs are not checked. Run terraform init.';
  findings.add('module-not-installed', source.value.range, message, { facts: { source: text } });
}

/** Variables may say since Terraform 1.15 and OpenTofu 1.10 what to use in their place. */
function checkDeprecated(findings: Findings, block: Block, called: Module): void {
  for (const item of block.body.items) {
    if (item.kind !== 'attribute') continue;
    const hint = deprecationOf(called.find(`var.${item.name}`));
    if (hint === undefined) continue;
    const message = `The input "${item.name}" is deprecated: ${hint}`;
    findings.add('deprecated-variable', item.nameRange, message, { facts: { name: item.name } });
  }
}

/** A module that configures providers cannot be made several times, nor wait for something. */
function checkConfigured(findings: Findings, block: Block, called: Module): void {
  const places = ['count', 'for_each', 'depends_on'].flatMap((name) => attributeOf(block.body, name) ?? []);
  const [place] = places;
  if (place === undefined || !configuresAnywhere(findings, called)) return;
  const name = block.labels[0]?.value ?? '';
  const message = `The module "${name}" configures a provider itself, so that it cannot have "${place.name}". Move the provider block out of it and hand it in with "providers".`;
  findings.add('provider-in-repeated-module', place.nameRange, message, { facts: { name } });
}

function configuresAnywhere({ snapshot: { index } }: Findings, called: Module): boolean {
  const seen = new Set([called]);
  for (const module of seen) {
    if (configuresProvider(module)) return true;
    for (const declaration of module.declarations) {
      const inner = declaration.kind === 'module' ? index.called(declaration, module) : undefined;
      if (inner !== undefined) seen.add(inner);
    }
  }
  return false;
}

function checkProviders(findings: Findings, block: Block, called: Module | undefined): void {
  const providers = attributeOf(block.body, 'providers');
  const value = providers?.value;
  const given = new Set<string>();
  if (value !== undefined && value.kind !== 'object') {
    if (value.kind === 'missing' || value.kind === 'error') return;
    const message = '"providers" takes an object that is written out: { aws = aws.west }.';
    findings.add('invalid-reference', value.range, message);
    return;
  }
  for (const item of value?.items ?? []) checkHandedOn(findings, item, called, given);
  if (called === undefined || called.unread.length > 0) return;
  for (const wanted of configurationAliases(called)) {
    if (given.has(wanted)) continue;
    const message = `The module wants the provider configuration ${wanted}. Hand it in: providers = { ${wanted} = … }.`;
    findings.add('missing-provider-configuration', block.typeRange, message, { facts: { name: wanted } });
  }
}

function checkHandedOn(
  findings: Findings,
  { key, value }: ObjectItem,
  called: Module | undefined,
  given: Set<string>,
): void {
  const name = providerReference(key);
  const from = checkReference(findings, value);
  if (name === undefined) {
    const message = 'The key is what the called module calls the provider: aws or aws.west.';
    findings.add('invalid-reference', key.range, message);
    return;
  }
  const text = name.alias === undefined ? name.name : `${name.name}.${name.alias}`;
  const facts = { name: text };
  if (given.has(text)) {
    const message = `The provider ${text} is handed in already. Remove one of the two.`;
    findings.add('duplicate-key', key.range, message);
  }
  given.add(text);
  if (called === undefined || called.unread.length > 0) return;
  if (name.alias !== undefined && !configurationAliases(called).has(text)) {
    const message = `The module has no use for ${text}: its required_providers does not name it in configuration_aliases.`;
    findings.add('unknown-provider-configuration', key.range, message, { facts });
    return;
  }
  const isRequired = called.requirements.some((requirement) => requirement.name === name.name);
  const [wanted, has] = [sourceOf(name.name, called), sourceOf(from?.name ?? name.name, findings.module)];
  if (wanted !== has && from !== undefined) {
    const message = `The module takes ${name.name} to be ${shortSource(wanted)}, and ${from.name} is ${shortSource(has)} here. Name the same source in required_providers of both.`;
    findings.add('provider-mismatch', value.range, message, { facts });
  } else if (!isRequired && name.alias === undefined) {
    const message = `The module does not say in required_providers which provider ${text} is.`;
    findings.add('unknown-provider-configuration', key.range, message, { severity: 'warning', facts });
  }
}
