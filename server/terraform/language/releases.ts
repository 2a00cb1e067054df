import type { Product } from './availability';

/** The last patch of each minor release, as tagged in the products' repositories in August 2026. */
const lastPatches: Readonly<Record<Product, Readonly<Record<string, number>>>> = {
  terraform: {
    '0.12': 31,
    '0.13': 7,
    '0.14': 11,
    '0.15': 5,
    '1.0': 11,
    '1.1': 9,
    '1.2': 9,
    '1.3': 10,
    '1.4': 7,
    '1.5': 7,
    '1.6': 6,
    '1.7': 5,
    '1.8': 5,
    '1.9': 8,
    '1.10': 5,
    '1.11': 4,
    '1.12': 2,
    '1.13': 5,
    '1.14': 9,
    '1.15': 9,
    // Known by its second release candidate.
    '1.16': 0,
  },
  opentofu: { '1.6': 3, '1.7': 10, '1.8': 11, '1.9': 4, '1.10': 10, '1.11': 14, '1.12': 6 },
};

const lists = new Map<Product, readonly string[]>();

/** Every release of a product since Terraform 0.12 whose language is known, oldest first. */
export function releasesOf(product: Product): readonly string[] {
  const known = lists.get(product);
  if (known !== undefined) return known;
  const releases = Object.entries(lastPatches[product]).flatMap(([minor, last]) =>
    Array.from({ length: last + 1 }, (_, patch) => `${minor}.${patch}`),
  );
  lists.set(product, releases);
  return releases;
}

/** `Terraform` or `OpenTofu`. */
export function productName(product: Product): string {
  return product === 'terraform' ? 'Terraform' : 'OpenTofu';
}
