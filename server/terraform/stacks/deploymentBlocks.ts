import { block, lazily, many, optional, required } from '../languageBlock';
import type { LanguageArgument, LanguageBlock, LanguageNestedBlock } from '../languageBlock';

type Blocks = Readonly<Record<string, LanguageBlock>>;

/** The blocks of `.tfdeploy.hcl` files, as HCP Terraform documents them. */
export const deploymentBlocks = lazily((): Blocks => ({
  deployment: block('Deploys the whole stack once, with its own values and its own state.', {
    labels: ['name'],
    attributes: {
      inputs: optional(['map', 'dynamic'], 'Values for the variables of the stack, by name.'),
      deployment_group: optional('dynamic', 'The group whose rules hold: `deployment_group.NAME`.'),
      destroy: optional('bool', 'Whether to destroy everything this deployment made.'),
      import: optional('bool', 'Set by `tf-migrate` while it takes over the state of a workspace.'),
      migrate: optional('bool', 'Set by `tf-migrate` while it takes over the state of a workspace.'),
    },
  }),
  ...ruleBlocks(),
  ...sourceBlocks(),
  locals: block('Names for expressions, used as `local.NAME`.', { rest: 'anything' }),
}));

/** Rules that decide about plans. */
function ruleBlocks(): Blocks {
  const check: LanguageNestedBlock = {
    ...many('A condition that must hold.', {
      attributes: {
        condition: required(
          'bool',
          'An expression that must be true. `context` tells about the plan it is asked for.',
        ),
        reason: required('string', 'What a person reads when the condition is false.'),
      },
    }),
    minItems: 1,
  };
  return {
    deployment_group: block('Rules for the deployments that name this group.', {
      labels: ['name'],
      attributes: {
        auto_approve_checks: optional(
          ['list', 'dynamic'],
          'The rules that approve a plan when all of them hold: `[deployment_auto_approve.NAME]`.',
        ),
        failure_tolerance: optional(
          'number',
          'How many deployments of the group may fail before no more are started. No limit when left out.',
        ),
        eager_plan: oneOf(
          ['on', 'off'],
          '`"off"` keeps the plans of a large group from starting at once.',
          false,
        ),
      },
    }),
    deployment_auto_approve: block('A rule under which a plan is applied without asking anybody.', {
      labels: ['name'],
      blocks: { check },
    }),
    orchestrate: block(
      'A rule for plans, as it was written before there were `deployment_group` and `deployment_auto_approve`.',
      {
        labels: ['rule type', 'name'],
        attributes: { description: optional('string', 'What the rule is for.') },
        blocks: { check },
        deprecated: true,
      },
    ),
  };
}

/** Where values come from, and where they go. */
function sourceBlocks(): Blocks {
  return {
    identity_token: block('A token that HCP Terraform signs, with which providers prove who they are.', {
      labels: ['name'],
      attributes: {
        audience: required(
          ['set', 'string'],
          'Whom the token is meant for, such as `["aws.workload.identity"]`.',
        ),
      },
    }),
    store: block('Values that are kept somewhere else: `store.TYPE.NAME.KEY`.', {
      labels: storeLabels,
      rest: 'anything',
      byLabel: storeBlocks,
    }),
    publish_output: block('A value of a deployment that other stacks may read.', {
      labels: ['name'],
      attributes: {
        value: required('dynamic', 'The value: `deployment.NAME.OUTPUT`.'),
        description: optional('string', 'What the value is.'),
        type: optional('dynamic', 'The type of the value.', ['string', 'number', 'bool', 'any']),
      },
    }),
    upstream_input: block('The outputs that another stack publishes: `upstream_input.NAME.OUTPUT`.', {
      labels: ['name'],
      attributes: {
        type: oneOf(['stack'], 'What is read.', true),
        source: required('string', 'The other stack: `app.terraform.io/ORGANIZATION/PROJECT/STACK`.'),
      },
    }),
  };
}

const storeLabels = ['store type', 'name'];

/** The types of `store` blocks. */
const storeBlocks = lazily((): Blocks => ({
  varset: block('A variable set of HCP Terraform, read when the deployment is planned.', {
    labels: storeLabels,
    attributes: {
      id: optional('string', 'The identifier of the variable set, `varset-…`. Either this or `name`.'),
      name: optional('string', 'The name of the variable set. Either this or `id`.'),
      category: oneOf(
        ['terraform', 'env'],
        'Which variables of the set to read: those for Terraform, or those of the environment.',
        true,
      ),
    },
  }),
  tfvars: block('A variables file, read when the deployment is planned.', {
    labels: storeLabels,
    attributes: { path: required('string', 'The path of the file.') },
  }),
}));

function oneOf(values: readonly string[], description: string, isRequired: boolean): LanguageArgument {
  const words = values.map((value) => `\`"${value}"\``).join(' or ');
  const text = `${description} ${words}.`;
  return { ...(isRequired ? required('string', text) : optional('string', text)), values };
}
