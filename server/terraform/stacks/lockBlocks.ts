import { block, lazily, optional, required } from '../languageBlock';
import type { LanguageBlock } from '../languageBlock';

/** The blocks of `.terraform.lock.hcl`, which terraform writes and reads back. */
export const lockBlocks = lazily((): Readonly<Record<string, LanguageBlock>> => ({
  provider: block('The version of a provider that every run uses until somebody upgrades it.', {
    labels: ['provider source'],
    attributes: {
      version: required('string', 'The chosen version.'),
      constraints: optional('string', 'The version constraints of the configuration when it was chosen.'),
      hashes: optional(
        ['set', 'string'],
        'Checksums of the packages that are accepted: `h1:` of the contents, `zh:` of a zip archive.',
      ),
    },
  }),
  module: block('Kept free by Terraform for the day when modules are locked too. It has no effect.', {
    labels: ['module path'],
    rest: 'anything',
  }),
}));
