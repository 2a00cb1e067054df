import type { Block, Expression } from '../hcl/syntax';
import type { Module } from '../terraform/model';
import { attributeOf, literalString } from '../terraform/values';
import type { Findings } from './findings';
import { configurationAliases, hasConfiguration, providerReference } from './providerConfigurations';
import type { ProviderReference } from './providerConfigurations';
import { didYouMean, nearest } from './suggestion';

/** Checks the `provider` argument of a resource, data source, ephemeral resource, action or import. */
export function checkChosenProvider(findings: Findings, block: Block): void {
  const chosen = attributeOf(block.body, 'provider');
  if (chosen === undefined) return;
  const reference = checkReference(findings, chosen.value);
  const text = literalString(chosen.value);
  if (reference === undefined || text === undefined) return;
  const message = `References have no quotes since Terraform 0.12. Write ${text}.`;
  findings.add('quoted-reference', chosen.value.range, message, { suggestion: text });
}

/** The configuration that an expression picks, after it was checked that there is one. */
export function checkReference(findings: Findings, value: Expression): ProviderReference | undefined {
  if (value.kind === 'missing' || value.kind === 'error') return undefined;
  const reference = providerReference(value);
  if (reference === undefined) {
    const message =
      'Only the name of a provider can stand here, with the alias of one of its configurations where it has one: aws or aws.west.';
    findings.add('invalid-reference', value.range, message);
    return undefined;
  }
  const { module } = findings;
  const { name, alias } = reference;
  if (/[\p{Lu}_]/u.test(name) && alias === undefined) {
    const message = `"${name}" is no local name of a provider: those have lower case letters, digits and dashes only.`;
    findings.add('invalid-name', reference.range, message, { facts: { name } });
    return undefined;
  }
  // Nothing has to be declared for the default configuration, and files nobody read may declare the others.
  if (alias === undefined || alias === '' || module.unread.length > 0) return reference;
  if (hasConfiguration(module, name, alias)) return reference;
  const suggestion = nearest(`${name}.${alias}`, configurationNames(module));
  const hint = didYouMean(suggestion);
  const how = hint === '' ? ` Declare it: provider "${name}" { alias = "${alias}" }.` : hint;
  const message = `No configuration "${alias}" of the provider "${name}" is declared in this module.${how}`;
  findings.add('undeclared-provider', reference.range, message, { suggestion, facts: { name, alias } });
  return undefined;
}

function configurationNames(module: Module): readonly string[] {
  const declared = module.declarations.flatMap(({ kind, address }) =>
    kind === 'provider' ? [address.slice('provider.'.length)] : [],
  );
  return [...declared, ...configurationAliases(module)];
}
