import type { Expression } from '../hcl/syntax';
import { isJsonConfig } from '../terraform/fileNames';
import type { Module } from '../terraform/model';
import { toTraversal } from '../terraform/traversal';
import { attributeOf, blocksOf, keyName, literalString } from '../terraform/values';
import type { Range } from '../text/range';

/** How a module writes down which configuration of a provider is meant: `aws` or `aws.west`. */
export interface ProviderReference {
  readonly name: string;
  readonly alias: string | undefined;
  /** Whether more stands behind it: the key of an instance, which OpenTofu has. */
  readonly hasMore: boolean;
  readonly range: Range;
}

/** The configuration that an expression picks; `undefined` for what picks none. */
export function providerReference(expression: Expression): ProviderReference | undefined {
  const text = literalString(expression);
  if (text !== undefined) {
    const [name = '', alias, ...more] = text.split('.');
    const isName = name !== '' && more.length === 0;
    return isName ? { name, alias, hasMore: false, range: expression.range } : undefined;
  }
  const traversal = toTraversal(expression);
  if (traversal === undefined) return undefined;
  const [first, second] = traversal.steps;
  if (first !== undefined && first.kind !== 'name') return undefined;
  if (second?.kind === 'name' || second?.kind === 'splat') return undefined;
  return {
    name: traversal.root.name,
    alias: first?.name,
    hasMore: second !== undefined,
    range: traversal.range,
  };
}

const aliases = new WeakMap<Module, ReadonlySet<string>>();

/** The configurations that a module takes from its caller beside the default ones: `configuration_aliases`. */
export function configurationAliases(module: Module): ReadonlySet<string> {
  const known = aliases.get(module);
  if (known !== undefined) return known;
  const found = new Set<string>();
  for (const file of module.files) {
    for (const terraform of blocksOf(file.syntax.body, 'terraform')) {
      for (const block of blocksOf(terraform.body, 'required_providers')) {
        for (const item of block.body.items) {
          if (item.kind === 'attribute') addAliases(item.value, isJsonConfig(file.path), found);
        }
      }
    }
  }
  aliases.set(module, found);
  return found;
}

function addAliases(requirement: Expression, isJson: boolean, found: Set<string>): void {
  if (requirement.kind !== 'object') return;
  const list = requirement.items.find(({ key }) => keyName(key) === 'configuration_aliases')?.value;
  for (const item of list?.kind === 'tuple' ? list.items : []) {
    const reference = isJson || item.kind !== 'template' ? providerReference(item) : undefined;
    if (reference?.alias !== undefined) found.add(`${reference.name}.${reference.alias}`);
  }
}

/** Whether a module declares a configuration with an alias, or takes it from its caller. */
export function hasConfiguration(module: Module, name: string, alias: string): boolean {
  if (module.find(`provider.${name}.${alias}`) !== undefined) return true;
  return configurationAliases(module).has(`${name}.${alias}`);
}

const configured = new WeakMap<Module, boolean>();

/** Whether a module configures a provider itself, which is only fine where it is called once. */
export function configuresProvider(module: Module): boolean {
  const known = configured.get(module);
  if (known !== undefined) return known;
  const answer = module.declarations.some(({ kind, node }) => {
    if (kind !== 'provider' || node.kind !== 'block') return false;
    const hasMore = node.body.items.some((item) => item.kind === 'block' || item.name !== 'alias');
    return hasMore || attributeOf(node.body, 'version') !== undefined;
  });
  configured.set(module, answer);
  return answer;
}
