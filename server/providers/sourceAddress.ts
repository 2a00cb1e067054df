const defaultHost = 'registry.terraform.io';

/** The provider inside Terraform itself: `terraform_data`, `terraform_remote_state`. */
export const builtinSource = 'terraform.io/builtin/terraform';
/** Mirrors of one another as far as a provider's schema is concerned. */
const sameHosts: ReadonlySet<string> = new Set([defaultHost, 'registry.opentofu.org']);

/**
 * The full address of a provider, `registry.terraform.io/hashicorp/aws`, from any form Terraform accepts:
 * `aws`, `hashicorp/aws`, or with a host. OpenTofu's registry counts as Terraform's; `terraform` alone is the builtin one.
 */
export function toFullSource(source: string): string {
  const parts = source.trim().toLowerCase().split('/');
  if (parts.length === 1 && parts[0] === 'terraform') return builtinSource;
  const [host, namespace, name] =
    parts.length === 1
      ? [defaultHost, 'hashicorp', parts[0]]
      : parts.length === 2
        ? [defaultHost, parts[0], parts[1]]
        : [parts[0], parts[1], parts.slice(2).join('/')];
  return [host !== undefined && sameHosts.has(host) ? defaultHost : host, namespace, name].join('/');
}
