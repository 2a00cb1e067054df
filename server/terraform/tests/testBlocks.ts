import { openTofuOnly, since, terraformOnly } from '../language/availability';
import { backendBlocks } from '../language/backends';
import { locals, provider, variable } from '../language/moduleBlocks';
import { block, known, lazily, many, one, optional, required } from '../languageBlock';
import type { LanguageArgument, LanguageBlock, LanguageNestedBlock } from '../languageBlock';

type Blocks = Readonly<Record<string, LanguageBlock>>;

/**
 * Blocks of a test file: what Terraform's `internal/configs/test_file.go` and OpenTofu's file of the same name read.
 */
export const testBlocks = lazily((): Blocks => ({
  run,
  variables: inputs('Values of variables for all runs of this file.'),
  variable: known(terraformOnly('1.13'), variable),
  provider,
  mock_provider: mockProvider,
  ...blocksOf(overrides),
  override_module: overrideModule.block,
  test: block('Settings of all runs of this file.', {
    available: terraformOnly('1.12'),
    attributes: { parallel: parallel('the runs of this file'), skip_cleanup: skipCleanup },
  }),
}));

/** Blocks of a file in the folder that `source` of a mocked provider names. */
export const mockBlocks = lazily((): Blocks => ({ ...blocksOf(mocks), ...blocksOf(overrides) }));

/** Blocks of a query file, as Terraform's `internal/configs/query_file.go` reads them. */
export const queryBlocks = lazily((): Blocks => ({ list, provider, variable, locals }));

const condition = {
  condition: required('bool', 'An expression that must be true after the command of the run.'),
  error_message: required('string', 'What to tell the person when the condition is false.'),
};

const mocking = since('1.7', '1.8');

const skipCleanup = known(
  terraformOnly('1.14'),
  optional('bool', 'Leave what the test made (only in experimental builds of Terraform).'),
);

const overrideDuring = known(
  terraformOnly('1.11'),
  optional(
    'dynamic',
    'From which command on the given values are used: with `plan` they are known in a plan already.',
    ['plan', 'apply'],
  ),
);

function target(what: string): LanguageArgument {
  return required('dynamic', `The address of the ${what}, in the module under test or in one that it calls.`);
}

function override(kind: string, what: string): LanguageNestedBlock {
  return many(`Gives ${kind} values instead of asking its provider.`, {
    available: mocking,
    attributes: {
      target: target(what),
      values: optional(
        ['map', 'dynamic'],
        'Values of computed attributes. What is left out is made up by its type.',
      ),
      override_during: overrideDuring,
    },
  });
}

const overrides = {
  override_resource: override('a resource', 'resource'),
  override_data: override('a data source', 'data source'),
};

const overrideModule = many('Gives the outputs of a module call instead of calling it.', {
  available: mocking,
  attributes: {
    target: target('module call'),
    outputs: optional(['map', 'dynamic'], 'Values of its outputs. What is left out is null.'),
    override_during: overrideDuring,
  },
});

function mock(kind: string, label: string): LanguageNestedBlock {
  return many(`Values for computed attributes of every ${kind} of the labelled type.`, {
    labels: [label],
    attributes: {
      defaults: optional(
        ['map', 'dynamic'],
        'Values of computed attributes. What is left out is made up by its type.',
      ),
      override_during: overrideDuring,
    },
  });
}

const mocks = {
  mock_resource: mock('resource', 'resource type'),
  mock_data: mock('data source', 'data source type'),
};

const mockProvider = block('Stands in for a provider: nothing real is made or read.', {
  available: mocking,
  labels: ['provider name'],
  attributes: {
    alias: optional('string', 'A name for a further configuration of the same provider: `aws.NAME`.'),
    source: known(
      terraformOnly('1.7'),
      optional('string', 'A folder of `.tfmock.hcl` files with more of this, from the module under test on.'),
    ),
    override_during: overrideDuring,
    for_each: known(
      openTofuOnly('1.11'),
      optional('dynamic', 'One configuration for each element. Needs an alias.'),
    ),
  },
  blocks: { ...mocks, ...overrides },
});

function parallel(what: string): LanguageArgument {
  return known(
    terraformOnly('1.12'),
    optional('bool', `Whether ${what} may run beside others that keep another state.`),
  );
}

function inputs(description: string): LanguageBlock {
  return block(description, { rest: 'module' });
}

const planOptions = one('How the plan of the run is made.', {
  attributes: {
    mode: optional('dynamic', 'What to plan: `normal`, or `refresh-only` to only read what is there.', [
      'normal',
      'refresh-only',
    ]),
    refresh: optional('bool', 'Whether to read what is there before planning. True when left out.'),
    replace: optional(['list', 'dynamic'], 'Addresses of resources to replace, as with `-replace`.'),
    target: optional(['list', 'dynamic'], 'Addresses to plan for and nothing else, as with `-target`.'),
  },
});

const run = block('One step of a test: a plan or an apply, and what must be true after it.', {
  labels: ['name'],
  attributes: {
    command: optional('dynamic', 'What to run. `apply` when left out.', ['plan', 'apply']),
    providers: optional(
      ['map', 'dynamic'],
      'Which of the provider configurations of this file the module gets: `{ aws = aws.mocked }`. All when left out.',
    ),
    expect_failures: optional(
      ['list', 'dynamic'],
      'What must fail for the run to pass: variables, outputs, checks, resources and data sources with conditions.',
    ),
    state_key: known(terraformOnly('1.11'), optional('string', 'Runs with the same key share their state.')),
    parallel: parallel('the run'),
    skip_cleanup: skipCleanup,
  },
  blocks: {
    assert: many('A condition that must be true after the command.', { attributes: condition }),
    variables: {
      ...one(''),
      block: inputs('Values of variables for this run. They win over those of the file.'),
    },
    plan_options: planOptions,
    module: one('The module to run instead of the one under test.', {
      attributes: {
        source: required(
          'string',
          'Where the module is: `./folder` beside the module under test, or a registry address.',
        ),
        version: optional('string', 'Which versions of a registry module are fine, such as `~> 5.0`.'),
      },
    }),
    ...overrides,
    override_module: overrideModule,
    backend: one('Where the state of the run is loaded from (only in experimental builds of Terraform).', {
      available: terraformOnly('1.14'),
      labels: ['backend type'],
      byLabel: backendBlocks,
    }),
  },
});

const list = block('Searches for objects that exist already.', {
  available: terraformOnly('1.14'),
  labels: ['list resource type', 'name'],
  attributes: {
    provider: required('dynamic', 'The provider configuration to ask: `aws` or `aws.west`.'),
    include_resource: optional('bool', 'Whether results carry the attributes of the resource too.'),
    limit: optional('number', 'How many results to take at most.'),
    count: optional('number', 'How many searches to make. `count.index` is the number of each, from 0.'),
    for_each: optional('dynamic', 'One search for each element, as `each.key` and `each.value`.'),
  },
  blocks: { config: one('What to look for: arguments of the list resource.', { rest: 'anything' }) },
});

function blocksOf(nested: Readonly<Record<string, LanguageNestedBlock>>): Blocks {
  return Object.fromEntries(Object.entries(nested).map(([type, each]) => [type, each.block]));
}
