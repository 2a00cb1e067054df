import { block, lazily, many, one, optional, required } from '../languageBlock';
import type { LanguageArgument, LanguageBlock } from '../languageBlock';

type Arguments = Readonly<Record<string, LanguageArgument>>;

/** Attributes at the top level of a stack's files. */
export const stackArguments = lazily((): Arguments => ({
  language: optional('dynamic', 'The edition of the language of stacks. There is one so far.', [
    'TFStack2023',
  ]),
}));

/** The blocks of `.tfcomponent.hcl` files, as the decoder in Terraform's `internal/stacks/stackconfig` reads them. */
export const stackBlocks = lazily((): Readonly<Record<string, LanguageBlock>> => {
  const shared = sharedArguments();
  return {
    component: block('A module that is planned and applied as one part of the stack.', {
      labels: ['name'],
      attributes: {
        source: required(
          'string',
          'Where the module is: `./folder`, a registry address, or the URL of a repository.',
        ),
        version: optional('string', 'Which versions of a registry module are fine, such as `~> 5.0`.'),
        inputs: optional(['map', 'dynamic'], 'Values for the variables of the module, by name.'),
        ...shared,
        providers: passedProviders,
      },
    }),
    stack: block('Takes all components of another stack into this one.', {
      labels: ['name'],
      attributes: {
        source: required('string', 'Where the other stack is: `./folder`, a registry address, or a URL.'),
        version: optional('string', 'Which versions of a registry stack are fine, such as `~> 1.0`.'),
        inputs: optional(['map', 'dynamic'], 'Values for the variables of the other stack, by name.'),
        ...shared,
      },
    }),
    provider: block('A configuration of a provider, given to components as `provider.TYPE.NAME`.', {
      labels: ['provider name', 'name'],
      attributes: {
        for_each: optional('dynamic', 'One configuration for each element, as `each.key` and `each.value`.'),
      },
      blocks: { config: one('The arguments of the provider.', { rest: 'provider' }) },
    }),
    required_providers: block(
      'The providers of this stack, by local name, each with `source` and `version`.',
      { rest: 'anything' },
    ),
    ...valueBlocks(),
    locals: block('Names for expressions, used as `local.NAME`.', { rest: 'anything' }),
    removed: removedBlock(),
  };
});

function sharedArguments(): Arguments {
  return {
    for_each: optional(
      'dynamic',
      'A map or a set of strings: one instance for each element, as `each.key` and `each.value`.',
    ),
    depends_on: optional(
      ['list', 'dynamic'],
      'Components and embedded stacks to wait for that no expression here refers to.',
    ),
  };
}

const passedProviders = optional(
  ['map', 'dynamic'],
  'Which provider configuration the module gets for each provider it needs: `{ aws = provider.aws.main }`.',
);

function valueBlocks(): Readonly<Record<string, LanguageBlock>> {
  const type = (description: string): LanguageArgument => ({
    ...required('dynamic', description),
    keywords: ['string', 'number', 'bool', 'any'],
  });
  const hidden: Arguments = {
    sensitive: optional('bool', 'Hide the value in plans and outputs.'),
    ephemeral: optional('bool', 'Keep the value out of plan and state.'),
  };
  return {
    variable: block('An input of this stack.', {
      labels: ['name'],
      attributes: {
        type: type('The type that values must have, such as `string` or `list(string)`.'),
        default: optional('dynamic', 'The value when none is given. Without it the variable is required.'),
        description: optional('string', 'What the variable is for.'),
        ...hidden,
      },
      blocks: {
        validation: many('A condition on the value.', {
          attributes: {
            condition: required('bool', 'An expression that must be true.'),
            error_message: required('string', 'What to tell the person when the condition is false.'),
          },
        }),
      },
    }),
    output: block('A value that this stack gives to the outside.', {
      labels: ['name'],
      attributes: {
        type: type('The type of the value. A stack must say it.'),
        value: required('dynamic', 'The value.'),
        description: optional('string', 'What the value is.'),
        ...hidden,
      },
    }),
  };
}

function removedBlock(): LanguageBlock {
  return block('Destroys or forgets what a component or an embedded stack made that is no longer here.', {
    attributes: {
      from: required('dynamic', 'The address it had: `component.NAME`, or one instance of it.'),
      source: required('string', 'Where the module or stack was, which is read once more to remove it.'),
      version: optional('string', 'Which versions of a registry module are fine, such as `~> 5.0`.'),
      for_each: optional('dynamic', 'One removal for each element; `from` must use `each`.'),
      providers: passedProviders,
      inputs: optional(
        ['map', 'dynamic'],
        'Values for the variables of an embedded stack. For a component it must be left out.',
      ),
    },
    blocks: {
      lifecycle: one('What happens to the objects themselves.', {
        attributes: {
          destroy: optional('bool', 'Whether to destroy them; otherwise they are only forgotten.'),
        },
      }),
    },
  });
}
