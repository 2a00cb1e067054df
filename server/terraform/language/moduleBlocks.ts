import { block, known, many, one, optional, required } from '../languageBlock';
import type { LanguageBlock } from '../languageBlock';
import { openTofuOnly, since, terraformOnly } from './availability';
import {
  chosenProvider,
  condition,
  conditions,
  dependsOn,
  enabled,
  escape,
  moduleRepetition,
  scopedData,
} from './resourceBlocks';
import { connection, provisioner } from '../provisionerSchema';

const primitiveTypes = ['string', 'number', 'bool', 'any'];
const deprecated = known(since('1.15', '1.10'), optional('string', 'Tell callers what to use instead.'));
const sensitive = optional('bool', 'Hide the value in plans and outputs.');
const ephemeral = known(since('1.10', '1.11'), optional('bool', 'Keep the value out of plan and state.'));

export const moduleCall: LanguageBlock = block('Calls another module.', {
  labels: ['name'],
  attributes: {
    source: required('string', 'Where the module is: `./folder`, a registry address, or a URL.'),
    version: optional('string', 'Which versions of a registry module are fine, such as `~> 5.0`.'),
    ...moduleRepetition,
    depends_on: known(since('0.13'), dependsOn),
    providers: optional(
      ['map', 'dynamic'],
      'Which provider configurations the module gets: `{ aws = aws.west }`.',
    ),
    ignore_nested_deprecations: known(
      terraformOnly('1.15'),
      optional('bool', 'Say nothing of what is deprecated inside the module.'),
    ),
  },
  blocks: {
    lifecycle: one('How OpenTofu treats the call.', { available: openTofuOnly('1.11'), attributes: enabled }),
    _: escape,
  },
  rest: 'module',
});

export const variable: LanguageBlock = block('An input of this module.', {
  labels: ['name'],
  attributes: {
    type: optional(
      'dynamic',
      'The type that values must have, such as `string` or `list(string)`.',
      primitiveTypes,
    ),
    default: optional(
      'dynamic',
      'The value when the caller gives none. Without it the variable is required.',
    ),
    description: optional('string', 'What the variable is for.'),
    sensitive: known(since('0.14'), sensitive),
    nullable: known(
      since('1.1'),
      optional('bool', 'Whether null is a value of its own; otherwise null means the default.'),
    ),
    ephemeral,
    deprecated,
    const: known(
      since('1.15', '1.12'),
      optional(
        'bool',
        'The value is known before anything is planned, so that sources of modules may use it.',
      ),
    ),
  },
  blocks: {
    validation: many('A condition on the value.', { available: since('0.13'), attributes: condition }),
  },
});

export const output: LanguageBlock = block('A value this module gives to its caller.', {
  labels: ['name'],
  attributes: {
    value: required('dynamic', 'The value.'),
    type: known(terraformOnly('1.15'), optional('dynamic', 'The type of the value.', primitiveTypes)),
    description: optional('string', 'What the value is.'),
    sensitive,
    ephemeral,
    deprecated,
    depends_on: dependsOn,
  },
  blocks: { precondition: conditions.precondition },
});

export const locals: LanguageBlock = block('Names for expressions, used as `local.NAME`.', {
  rest: 'anything',
});

export const provider: LanguageBlock = block('The configuration of a provider.', {
  labels: ['provider name'],
  attributes: {
    alias: optional('string', 'A name for a further configuration of the same provider: `aws.NAME`.'),
    version: {
      ...optional('string', 'A version constraint. Write it in `required_providers` instead.'),
      deprecatedIn: since('0.14'),
    },
    for_each: known(
      openTofuOnly('1.9'),
      optional('dynamic', 'One configuration for each element, as `aws.NAME["key"]`. It needs an `alias`.'),
    ),
  },
  blocks: { _: escape },
  rest: 'provider',
});

export const moved: LanguageBlock = block(
  'Tells Terraform that an object has a new address, so that it is not replaced.',
  {
    available: since('1.1'),
    attributes: {
      from: required('dynamic', 'The address it had.'),
      to: required('dynamic', 'The address it has now.'),
    },
  },
);

export const importBlock: LanguageBlock = block('Takes an existing object into the state.', {
  available: since('1.5'),
  attributes: {
    to: required('dynamic', 'The resource address it gets.'),
    id: optional('string', 'How the provider names the object.'),
    identity: known(
      since('1.12', '1.12'),
      optional('dynamic', 'The attributes that identify the object, instead of `id`.'),
    ),
    for_each: known(since('1.7', '1.7'), optional('dynamic', 'One import for each element.')),
    provider: chosenProvider,
  },
});

export const removed: LanguageBlock = block('Lets go of an object whose block is gone.', {
  available: since('1.7', '1.7'),
  attributes: { from: required('dynamic', 'The address it had.') },
  blocks: {
    lifecycle: one('What happens to the object itself.', {
      available: since('1.7', '1.10'),
      attributes: { destroy: optional('bool', 'Whether to destroy it; otherwise it is only forgotten.') },
    }),
    connection: known(terraformOnly('1.9'), connection),
    provisioner: known(since('1.9', '1.10'), provisioner),
  },
});

export const check: LanguageBlock = block(
  'Conditions that are watched on every operation; a false one is a warning.',
  {
    available: since('1.5'),
    labels: ['name'],
    blocks: {
      data: { nesting: 'single', minItems: 0, maxItems: 1, block: scopedData },
      assert: { ...many('One condition.', { attributes: condition }), minItems: 1 },
    },
  },
);
