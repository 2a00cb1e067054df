import type { Block } from '../hcl/syntax';
import type { Declaration, Module } from './model';
import { toTraversal } from './traversal';
import { attributeOf, literalString } from './values';

/** The address space of providers whose source names no host. */
const defaultHost = 'registry.terraform.io';

/** The provider built into Terraform itself: `terraform_data`, `terraform_remote_state`. */
export const builtinProvider = 'terraform.io/builtin/terraform';

/**
 * The full source address of a provider: `aws` and `hashicorp/aws` both give `registry.terraform.io/hashicorp/aws`.
 * An address that already names its host is given back in lower case.
 */
export function fullSource(source: string): string {
  const parts = source.toLowerCase().split('/');
  if (parts.length === 1)
    return source === 'terraform' ? builtinProvider : `${defaultHost}/hashicorp/${parts.join('/')}`;
  if (parts.length === 2) return `${defaultHost}/${parts.join('/')}`;
  return parts.join('/');
}

/** The source as people write it: without the default host. */
export function shortSource(source: string): string {
  return source.startsWith(`${defaultHost}/`) ? source.slice(defaultHost.length + 1) : source;
}

/** The local name of the provider a type belongs to when nothing else says so: `aws` for `aws_instance`. */
export function impliedProvider(type: string): string {
  const underscore = type.indexOf('_');
  return underscore < 0 ? type : type.slice(0, underscore);
}

/** The full source of the provider that a resource, data or ephemeral declaration belongs to. */
export function providerOf(declaration: Declaration, module: Module): string {
  const chosen = declaration.node.kind === 'block' ? chosenProvider(declaration.node) : undefined;
  return sourceOf(chosen ?? impliedProvider(declaration.type), module);
}

/** The full source behind a provider's local name in a module. */
export function sourceOf(localName: string, module: Module): string {
  return (
    module.requirements.find((requirement) => requirement.name === localName)?.source ?? fullSource(localName)
  );
}

/** The local name in a block's `provider` argument: `aws` in `provider = aws.west`. */
export function chosenProvider(block: Block): string | undefined {
  const value = attributeOf(block.body, 'provider')?.value;
  if (value === undefined) return undefined;
  return toTraversal(value)?.root.name ?? literalString(value)?.split('.')[0];
}
