const terraformHost = 'registry.terraform.io/';
const tofuHost = 'registry.opentofu.org/';

/**
 * The keys under which a provider is announced in TF_REATTACH_PROVIDERS. Terraform and OpenTofu complete short source
 * addresses with hosts of their own, so a provider of either registry is announced for both; a key too many does no
 * harm.
 *
 * @param source full source address
 */
export function reattachKeys(source: string): readonly string[] {
  if (source.startsWith(terraformHost)) return [source, tofuHost + source.slice(terraformHost.length)];
  if (source.startsWith(tofuHost)) return [source, terraformHost + source.slice(tofuHost.length)];
  return [source];
}
