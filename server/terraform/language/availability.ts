/** Who makes a program that reads the language. */
export type Product = 'terraform' | 'opentofu';

/** The releases of one product that know something: from `since` on, up to `until` and without it. */
export interface Span {
  readonly since: string;
  readonly until?: string;
}

/** Where something of the language is known; a product without a span never knew it. */
export type Availability = Readonly<Partial<Record<Product, Span>>>;

/** OpenTofu went its own way from Terraform 1.6 on, so that it always knew what Terraform 1.5 knew. */
const firstOpenTofu = '1.6';

/** Known to both products, from these releases on; without the second to all of OpenTofu. */
export function since(terraform: string, opentofu: string = firstOpenTofu): Availability {
  return kept({ terraform: { since: terraform }, opentofu: { since: opentofu } });
}

/** Known to Terraform alone. */
export function terraformOnly(release: string): Availability {
  return kept({ terraform: { since: release } });
}

/** Known to OpenTofu alone. */
export function openTofuOnly(release: string): Availability {
  return kept({ opentofu: { since: release } });
}

/** Gone from Terraform with the release `until`; OpenTofu has it where a release says since when. */
export function until(release: string, from = '0.12', opentofu?: Span): Availability {
  return kept({ terraform: { since: from, until: release }, ...(opentofu && { opentofu }) });
}

const known = new Map<string, Availability>();

/** Equal ones are one object, so that answers about them can be kept by it. */
function kept(availability: Availability): Availability {
  const key = JSON.stringify(availability);
  const before = known.get(key);
  if (before !== undefined) return before;
  known.set(key, availability);
  return availability;
}

/** `Terraform 1.14 and later`, `OpenTofu 1.7 and later`, `Terraform before 1.3`; both where both know it. */
export function availabilityText(availability: Availability): string {
  const { terraform, opentofu } = availability;
  return [terraform && spanText('Terraform', terraform), opentofu && spanText('OpenTofu', opentofu)]
    .filter((text) => text !== undefined)
    .join(', ');
}

function spanText(product: string, { since: from, until: to }: Span): string {
  if (to === undefined) return `${product} ${from} and later`;
  return from === '0.12' ? `${product} before ${to}` : `${product} ${from} to before ${to}`;
}
