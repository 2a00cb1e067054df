import { block, known, many, one, optional, required } from '../languageBlock';
import type { BlockParts, LanguageArgument, LanguageBlock } from '../languageBlock';
import { connection, provisioner } from '../provisionerSchema';
import { openTofuOnly, since, terraformOnly } from './availability';

/** A condition and what to say when it is false. */
export const condition = {
  condition: required('bool', 'An expression that must be true.'),
  error_message: required('string', 'What to tell the person when the condition is false.'),
};

const count = optional('number', 'How many instances to make. `count.index` is the number of each, from 0.');
const forEach = optional(
  'dynamic',
  'A map or a set of strings: one instance for each element, as `each.key` and `each.value`.',
);

/** Arguments that make several instances, of a resource or of what came after it. */
export const repetition = { count, for_each: known(since('0.12.6'), forEach) };

/** The same for a module. */
export const moduleRepetition = {
  count: known(since('0.13'), count),
  for_each: known(since('0.13'), forEach),
};

export const dependsOn = optional(
  ['list', 'dynamic'],
  'Things to wait for that no expression here refers to. Prefer a reference where there is one.',
);

export const chosenProvider = optional(
  'dynamic',
  'The provider configuration to use when it is not the default one: `aws.west`.',
);

const conditionsSince = since('1.2');

export const conditions = {
  precondition: many('Checked before this is planned; a false condition stops the operation.', {
    available: conditionsSince,
    attributes: condition,
  }),
  postcondition: many(
    'Checked on the result, where `self` is this object; a false condition stops the operation.',
    { available: conditionsSince, attributes: condition },
  ),
};

/** The argument of OpenTofu that switches something off. */
export const enabled = {
  enabled: known(openTofuOnly('1.11'), optional('bool', 'Whether this exists at all.')),
};

/** Names that a provider's schema took first can be given inside `_ {}`. */
export const escape = one('Arguments of the provider whose names mean something to Terraform.', {
  available: since('0.15.5'),
  rest: 'anything',
});

const actionEvents = [
  'before_create',
  'after_create',
  'before_update',
  'after_update',
  'before_destroy',
  'after_destroy',
];

const actionTrigger = many('Runs actions when something happens to the resource.', {
  available: terraformOnly('1.14'),
  attributes: {
    events: {
      ...required(
        ['list', 'dynamic'],
        'What to react to: `before_create`, `after_create`, `before_update`, `after_update`; from Terraform 1.16 on also `before_destroy` and `after_destroy`.',
      ),
      elementKeywords: actionEvents,
    },
    condition: optional('bool', 'The actions run only where this is true.'),
    actions: required(['list', 'dynamic'], 'The actions to run, in order.'),
    on_failure: known(
      terraformOnly('1.16'),
      optional(
        'dynamic',
        'What a failure does: stop the operation, mark the resource for replacement, or nothing.',
        ['halt', 'taint', 'continue'],
      ),
    ),
  },
});

const lifecycleArguments: Readonly<Record<string, LanguageArgument>> = {
  create_before_destroy: optional(
    'bool',
    'When it must be replaced: make the new one before destroying the old.',
  ),
  prevent_destroy: optional('bool', 'Refuse every plan that would destroy it.'),
  ignore_changes: optional(
    ['list', 'dynamic'],
    'Arguments whose changes outside of Terraform are left alone.',
    ['all'],
  ),
  replace_triggered_by: known(
    since('1.2'),
    optional(['list', 'dynamic'], 'Resources or attributes whose change replaces this one.'),
  ),
  destroy: known(
    since('1.16', '1.12'),
    optional('bool', 'Whether the object is destroyed; `false` only lets go of it when its block is gone.'),
  ),
  ...enabled,
};

const resourceLifecycle = one('How Terraform treats the resource when it changes.', {
  attributes: lifecycleArguments,
  blocks: { ...conditions, action_trigger: actionTrigger },
});

/** Terraform reserved the block for data sources until it got conditions. */
const readLifecycle = one('Checks around reading it.', {
  available: conditionsSince,
  attributes: enabled,
  blocks: conditions,
});

const readParts: BlockParts = {
  attributes: { ...repetition, depends_on: dependsOn, provider: chosenProvider },
  blocks: { lifecycle: readLifecycle, _: escape },
  rest: 'provider',
};

export const resource: LanguageBlock = block(
  'An infrastructure object that Terraform creates, changes and destroys.',
  {
    labels: ['resource type', 'name'],
    attributes: { ...repetition, depends_on: dependsOn, provider: chosenProvider },
    blocks: { lifecycle: resourceLifecycle, connection, provisioner, _: escape },
    rest: 'provider',
  },
);

export const data: LanguageBlock = block('Reads something that exists outside of this configuration.', {
  ...readParts,
  labels: ['data source type', 'name'],
});

/** A data source that only its check sees. */
export const scopedData: LanguageBlock = block('Reads what the conditions of this check are about.', {
  labels: ['data source type', 'name'],
  attributes: { depends_on: dependsOn, provider: chosenProvider },
  blocks: { _: escape },
  rest: 'provider',
});

export const ephemeral: LanguageBlock = block(
  'Something opened for the time of an operation only; it never reaches plan or state.',
  { ...readParts, labels: ['ephemeral resource type', 'name'], available: since('1.10', '1.11') },
);

export const action: LanguageBlock = block('Something a provider can do besides managing objects.', {
  available: terraformOnly('1.14'),
  labels: ['action type', 'name'],
  attributes: { ...repetition, provider: chosenProvider },
  blocks: { config: one('The arguments of the action.', { rest: 'anything' }) },
});
