import type { SchemaKind } from './schema';
import { builtinSource } from './sourceAddress';

const folders = {
  resource: 'resources',
  data: 'data-sources',
  ephemeral: 'ephemeral-resources',
  function: 'functions',
} as const;

const builtinPages: Readonly<Record<string, string>> = {
  'resource terraform_data': 'https://developer.hashicorp.com/terraform/language/resources/terraform-data',
  'data terraform_remote_state': 'https://developer.hashicorp.com/terraform/language/state/remote-state-data',
  'function encode_tfvars':
    'https://developer.hashicorp.com/terraform/language/functions/terraform-encode_tfvars',
  'function decode_tfvars':
    'https://developer.hashicorp.com/terraform/language/functions/terraform-decode_tfvars',
  'function encode_expr':
    'https://developer.hashicorp.com/terraform/language/functions/terraform-encode_expr',
};

/**
 * The page of the public registry that documents a type, a function or a provider as a whole (kind `provider`), in the
 * version that is meant. `undefined` for providers that the public registry does not hold.
 *
 * @param type `aws_instance`; the name of a function; ignored for kind `provider`
 */
export function documentationUrl(
  provider: { readonly source: string; readonly version: string },
  kind: SchemaKind | 'function',
  type: string,
): string | undefined {
  if (provider.source === builtinSource) return builtinPages[`${kind} ${type}`];
  const [host, namespace, name] = provider.source.split('/');
  if (host !== 'registry.terraform.io' || namespace === undefined || name === undefined) return undefined;
  const version = provider.version === '' ? 'latest' : provider.version;
  const docs = `https://${host}/providers/${namespace}/${name}/${version}/docs`;
  if (kind === 'provider') return docs;
  // The registry's pages leave the provider's own prefix out: aws_instance is documented under "instance".
  const page = kind === 'function' ? type : type.slice(type.indexOf('_') + 1);
  return `${docs}/${folders[kind]}/${page}`;
}
