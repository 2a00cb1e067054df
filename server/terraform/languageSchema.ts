import type { Dialect } from './dialect';
import { block, many, one, optional, required } from './languageBlock';
import type { BlockParts, LanguageBlock } from './languageBlock';
import { connection, provisioner, provisioners } from './provisionerSchema';

/** Top-level block types of files in a dialect. */
export function topLevelBlocks(dialect: Dialect = 'configuration'): Readonly<Record<string, LanguageBlock>> {
  return dialect === 'configuration' ? topLevel : {};
}

/** The built-in provisioner of that name. */
export function provisionerBlock(name: string): LanguageBlock | undefined {
  return Object.hasOwn(provisioners, name) ? provisioners[name] : undefined;
}

/** Names that Terraform offers for a label, where they do not come from a provider. */
export function labelNames(blockType: string): readonly string[] {
  if (blockType === 'backend') {
    return [
      'azurerm',
      'consul',
      'cos',
      'gcs',
      'http',
      'kubernetes',
      'local',
      'oci',
      'oss',
      'pg',
      'remote',
      's3',
    ];
  }
  return blockType === 'provisioner' ? Object.keys(provisioners) : [];
}

/** The block that repeats another block's type for each element; its `content` follows that type's schema. */
export const dynamicBlock: LanguageBlock = block(
  'Makes one nested block of the labelled type for each element.',
  {
    labels: ['block type'],
    attributes: {
      for_each: required(
        'dynamic',
        'The collection to repeat over; one nested block comes from each element.',
      ),
      iterator: optional(
        'dynamic',
        'The name of the current element inside `content`. The block type when left out.',
      ),
      labels: optional(['list', 'string'], 'Labels of the blocks made, where their type has labels.'),
    },
    blocks: {
      content: one('The body of each block made.', { rest: 'provider' }),
    },
  },
);

const condition = {
  condition: required('bool', 'An expression that must be true.'),
  error_message: required('string', 'What to tell the person when the condition is false.'),
};

const repetition = {
  count: optional('number', 'How many instances to make. `count.index` is the number of each, from 0.'),
  for_each: optional(
    'dynamic',
    'A map or a set of strings: one instance for each element, as `each.key` and `each.value`.',
  ),
};

const dependsOn = optional(
  ['list', 'dynamic'],
  'Things to wait for that no expression here refers to. Prefer a reference where there is one.',
);

const chosenProvider = optional(
  'dynamic',
  'The provider configuration to use when it is not the default one: `aws.west`.',
);

const conditions = {
  precondition: many('Checked before this is planned; a false condition stops the operation.', {
    attributes: condition,
  }),
  postcondition: many(
    'Checked on the result, where `self` is this object; a false condition stops the operation.',
    {
      attributes: condition,
    },
  ),
};

const enabled = { enabled: optional('bool', 'Whether this exists at all (OpenTofu 1.11 and later).') };

const actionTrigger = many(
  'Runs actions when something happens to the resource (Terraform 1.14 and later).',
  {
    attributes: {
      events: required(
        ['list', 'dynamic'],
        'What to react to: `before_create`, `after_create`, `before_update`, `after_update`.',
      ),
      condition: optional('bool', 'The actions run only where this is true.'),
      actions: required(['list', 'dynamic'], 'The actions to run, in order.'),
    },
  },
);

const resourceLifecycle = one('How Terraform treats the resource when it changes.', {
  attributes: {
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
    replace_triggered_by: optional(
      ['list', 'dynamic'],
      'Resources or attributes whose change replaces this one.',
    ),
    destroy: optional('bool', 'Whether removing the block destroys the object (OpenTofu).'),
    ...enabled,
  },
  blocks: { ...conditions, action_trigger: actionTrigger },
});

const readLifecycle = one('Checks around reading it.', { attributes: enabled, blocks: conditions });

/** Names a provider's schema took first can be given inside `_ {}`. */
const escape = one('Arguments of the provider whose names mean something to Terraform.', {
  rest: 'anything',
});

const readParts: BlockParts = {
  attributes: { ...repetition, depends_on: dependsOn, provider: chosenProvider },
  blocks: { lifecycle: readLifecycle, _: escape },
  rest: 'provider',
};

const data: LanguageBlock = block('Reads something that exists outside of this configuration.', {
  ...readParts,
  labels: ['data source type', 'name'],
});

const topLevel: Readonly<Record<string, LanguageBlock>> = {
  resource: block('An infrastructure object that Terraform creates, changes and destroys.', {
    labels: ['resource type', 'name'],
    attributes: { ...repetition, depends_on: dependsOn, provider: chosenProvider },
    blocks: { lifecycle: resourceLifecycle, connection, provisioner, _: escape },
    rest: 'provider',
  }),
  data,
  ephemeral: block('Something opened for the time of an operation only; it never reaches plan or state.', {
    ...readParts,
    labels: ['ephemeral resource type', 'name'],
  }),
  module: block('Calls another module.', {
    labels: ['name'],
    attributes: {
      source: required('string', 'Where the module is: `./folder`, a registry address, or a URL.'),
      version: optional('string', 'Which versions of a registry module are fine, such as `~> 5.0`.'),
      ...repetition,
      depends_on: dependsOn,
      providers: optional(
        ['map', 'dynamic'],
        'Which provider configurations the module gets: `{ aws = aws.west }`.',
      ),
    },
    blocks: {
      lifecycle: one('How Terraform treats the call (OpenTofu).', { attributes: enabled }),
      _: escape,
    },
    rest: 'module',
  }),
  variable: block('An input of this module.', {
    labels: ['name'],
    attributes: {
      type: optional('dynamic', 'The type that values must have, such as `string` or `list(string)`.', [
        'string',
        'number',
        'bool',
        'any',
      ]),
      default: optional(
        'dynamic',
        'The value when the caller gives none. Without it the variable is required.',
      ),
      description: optional('string', 'What the variable is for.'),
      sensitive: optional('bool', 'Hide the value in plans and outputs.'),
      nullable: optional('bool', 'Whether null is a value of its own; otherwise null means the default.'),
      ephemeral: optional('bool', 'Keep the value out of plan and state.'),
      deprecated: optional('string', 'Tell callers what to use instead.'),
      const: optional('bool', 'The value is known before anything is planned (Terraform 1.15 and later).'),
    },
    blocks: { validation: many('A condition on the value.', { attributes: condition }) },
  }),
  output: block('A value this module gives to its caller.', {
    labels: ['name'],
    attributes: {
      value: required('dynamic', 'The value.'),
      type: optional('dynamic', 'The type of the value (Terraform 1.15 and later).', [
        'string',
        'number',
        'bool',
        'any',
      ]),
      description: optional('string', 'What the value is.'),
      sensitive: optional('bool', 'Hide the value in plans and outputs.'),
      ephemeral: optional('bool', 'Keep the value out of plan and state.'),
      deprecated: optional('string', 'Tell callers what to use instead.'),
      depends_on: dependsOn,
    },
    blocks: { precondition: conditions.precondition },
  }),
  locals: block('Names for expressions, used as `local.NAME`.', { rest: 'anything' }),
  provider: block('The configuration of a provider.', {
    labels: ['provider name'],
    attributes: {
      alias: optional('string', 'A name for a further configuration of the same provider: `aws.NAME`.'),
      version: {
        ...optional('string', 'A version constraint. Write it in `required_providers` instead.'),
        deprecated: true,
      },
      for_each: optional('dynamic', 'One configuration for each element (OpenTofu).'),
    },
    blocks: { _: escape },
    rest: 'provider',
  }),
  terraform: block('Settings of Terraform itself: versions, providers, where state is kept.', {
    attributes: {
      required_version: optional('string', 'Which versions of Terraform may be used, such as `>= 1.5`.'),
      language: optional('dynamic', 'The edition of the language this module is written in.'),
      experiments: optional(['list', 'dynamic'], 'Unfinished features of the language to switch on.'),
    },
    blocks: {
      required_providers: one(
        'The providers this module needs, by local name, each with `source` and `version`.',
        {
          rest: 'anything',
        },
      ),
      backend: one('Where state is kept.', { labels: ['backend type'], rest: 'anything' }),
      state_store: one('Where state is kept, by a provider (unfinished in Terraform).', {
        labels: ['state store type'],
        rest: 'anything',
      }),
      cloud: one('Keep state and run operations in HCP Terraform.', {
        attributes: {
          organization: optional('string', 'The organization.'),
          hostname: optional('string', 'The host, when it is a private one.'),
          token: optional('string', 'The credential. Better given by `terraform login`.'),
        },
        blocks: {
          workspaces: one('Which workspaces belong to this folder.', {
            attributes: {
              name: optional('string', 'The one workspace.'),
              tags: optional('dynamic', 'Tags that all its workspaces have.'),
              project: optional('string', 'The project they are in.'),
            },
          }),
        },
      }),
      provider_meta: many('Data for a provider about this module.', {
        labels: ['provider name'],
        rest: 'anything',
      }),
      encryption: one('How state and plans are encrypted (OpenTofu).', { rest: 'anything' }),
    },
  }),
  moved: block('Tells Terraform that an object has a new address, so that it is not replaced.', {
    attributes: {
      from: required('dynamic', 'The address it had.'),
      to: required('dynamic', 'The address it has now.'),
    },
  }),
  import: block('Takes an existing object into the state.', {
    attributes: {
      to: required('dynamic', 'The resource address it gets.'),
      id: optional('string', 'How the provider names the object.'),
      identity: optional('dynamic', 'The attributes that identify the object, instead of `id`.'),
      for_each: optional('dynamic', 'One import for each element.'),
      provider: chosenProvider,
    },
  }),
  removed: block('Lets go of an object whose block is gone.', {
    attributes: { from: required('dynamic', 'The address it had.') },
    blocks: {
      lifecycle: one('What happens to the object itself.', {
        attributes: { destroy: optional('bool', 'Whether to destroy it; otherwise it is only forgotten.') },
      }),
      connection,
      provisioner,
    },
  }),
  check: block('Conditions that are watched on every operation; a false one is a warning.', {
    labels: ['name'],
    blocks: {
      data: { nesting: 'single', minItems: 0, maxItems: 1, block: data },
      assert: { ...many('One condition.', { attributes: condition }), minItems: 1 },
    },
  }),
  action: block('Something a provider can do besides managing objects (Terraform 1.14 and later).', {
    labels: ['action type', 'name'],
    attributes: { ...repetition, provider: chosenProvider },
    blocks: { config: one('The arguments of the action.', { rest: 'anything' }) },
  }),
};
