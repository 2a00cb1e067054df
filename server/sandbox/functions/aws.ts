import { FunctionError, textArgument } from './providerFunction';
import type { Implementation } from './providerFunction';

const arnParts = ['partition', 'service', 'region', 'account_id', 'resource'] as const;

/** provider::aws::…: https://registry.terraform.io/providers/hashicorp/aws/latest/docs/functions/arn_parse and beside. */
export const awsFunctions: Readonly<Record<string, Implementation>> = {
  arn_build: {
    parameters: arnParts.map((name) => [name, 'string']),
    returns: 'string',
    call: (values) => ['arn', ...arnParts.map((_, index) => textArgument(values, index))].join(':'),
  },
  arn_parse: {
    parameters: [['arn', 'string']],
    returns: ['object', Object.fromEntries(arnParts.map((name) => [name, 'string']))],
    call: (values) => parseArn(textArgument(values, 0)),
  },
  trim_iam_role_path: {
    parameters: [['arn', 'string']],
    returns: 'string',
    call: (values) => {
      const { partition, service, region, account_id: account, resource } = parseArn(textArgument(values, 0));
      if (service !== 'iam') throw new FunctionError(`service must be "iam", not "${service}"`, 0);
      if (region !== '') throw new FunctionError(`region must be empty, not "${region}"`, 0);
      const parts = resource.split('/');
      if (parts[0] !== 'role' || parts.length < 2)
        throw new FunctionError(`resource must begin with "role/", not be "${resource}"`, 0);
      return `arn:${partition}:iam::${account}:role/${parts.at(-1) ?? ''}`;
    },
  },
  user_agent: {
    parameters: [
      ['product_name', 'string'],
      ['product_version', 'string'],
      ['comment', 'string'],
    ],
    returns: 'string',
    call: (values) => {
      const [name, version, comment] = values.map((value) => (typeof value === 'string' ? value : ''));
      if (name === undefined || name === '') throw new FunctionError('product_name must be set', 0);
      const product = version === undefined || version === '' ? name : `${name}/${version}`;
      return comment === undefined || comment === '' ? product : `${product} (${comment})`;
    },
  },
};

type Arn = Record<(typeof arnParts)[number], string>;

function parseArn(text: string): Arn {
  const [prefix, partition, service, region, account, ...resource] = text.split(':');
  if (prefix !== 'arn' || partition === undefined || service === undefined || resource.length === 0)
    throw new FunctionError(
      `"${text}" is no ARN: six parts separated by colons are needed, the first "arn"`,
      0,
    );
  return {
    partition,
    service,
    region: region ?? '',
    account_id: account ?? '',
    resource: resource.join(':'),
  };
}
