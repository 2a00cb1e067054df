import { block, known, many, one, optional } from '../languageBlock';
import type { LanguageBlock } from '../languageBlock';
import { openTofuOnly, since, terraformOnly } from './availability';
import { backendBlocks } from './backends';
import { encryption } from './encryption';
import { experiments } from './experiments';

const experimentsArgument = {
  ...optional(
    ['list', 'dynamic'],
    'Unfinished features of the language to switch on. Released versions of Terraform take none since 1.3.',
  ),
  elementKeywords: Object.keys(experiments),
};

const requiredProviders = one(
  'The providers this module needs, by local name, each with `source` and `version`.',
  { rest: 'anything' },
);

const workspaces = one('Which workspaces belong to this folder.', {
  partial: true,
  attributes: {
    name: optional('string', 'The one workspace.'),
    tags: optional(
      'dynamic',
      'Tags that all its workspaces have; a map of keys and values since Terraform 1.10.',
    ),
    project: known(since('1.6'), optional('string', 'The project they are in.')),
  },
});

const cloud = one('Keep state and run operations in HCP Terraform.', {
  available: since('1.1'),
  partial: true,
  attributes: {
    organization: optional('string', 'The organization. `TF_CLOUD_ORGANIZATION` may give it.'),
    hostname: optional('string', 'The host, when it is a private one. `TF_CLOUD_HOSTNAME` may give it.'),
    token: { ...optional('string', 'The credential. Better given by `terraform login`.'), sensitive: true },
  },
  blocks: { workspaces },
});

export const terraform: LanguageBlock = block(
  'Settings of Terraform itself: versions, providers, where state is kept.',
  {
    attributes: {
      required_version: optional('string', 'Which versions of Terraform may be used, such as `>= 1.5`.'),
      language: known(
        since('0.15'),
        optional('dynamic', 'The edition of the language this module is written in.', ['TF2021']),
      ),
      experiments: known(since('0.12.18'), experimentsArgument),
    },
    blocks: {
      required_providers: requiredProviders,
      backend: one('Where state is kept.', {
        labels: ['backend type'],
        rest: 'anything',
        byLabel: backendBlocks,
      }),
      state_store: one('Where state is kept, by a provider (experimental builds of Terraform only).', {
        available: terraformOnly('1.14'),
        labels: ['state store type'],
        rest: 'anything',
      }),
      cloud,
      provider_meta: many('Data for a provider about this module.', {
        available: since('0.13'),
        labels: ['provider name'],
        rest: 'anything',
      }),
      encryption,
    },
  },
);

/** OpenTofu's own settings of a module. */
export const language: LanguageBlock = block('What this module needs of the language.', {
  available: openTofuOnly('1.12'),
  attributes: {
    edition: optional('dynamic', 'The edition of the language this module is written in.', ['tofu2024']),
    experiments: optional(['list', 'dynamic'], 'Unfinished features of the language to switch on.'),
  },
  blocks: {
    compatible_with: one('Which programs may read this module.', {
      attributes: {
        opentofu: optional('string', 'Which versions of OpenTofu may be used, such as `>= 1.12`.'),
      },
      rest: 'anything',
    }),
  },
});
