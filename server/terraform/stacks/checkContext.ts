import type { CtyType } from '../../cty/type';

/** A value that HCP Terraform hands to a deployment configuration, with what it means. */
export interface GivenValue {
  readonly type: CtyType;
  readonly description: string;
}

const changes: CtyType = [
  'object',
  { add: 'number', change: 'number', import: 'number', remove: 'number', total: 'number' },
];
const messages: CtyType = ['set', ['object', { summary: 'string', detail: 'string' }]];

/** What `context` holds in the condition of a check. */
export const checkContext: Readonly<Record<string, GivenValue>> = {
  operation: { type: 'string', description: 'What is going on: `"plan"` or `"apply"`.' },
  success: { type: 'bool', description: 'Whether it went well.' },
  errors: { type: messages, description: 'What went wrong.' },
  warnings: { type: messages, description: 'What a person should know.' },
  plan: {
    type: [
      'object',
      {
        mode: 'string',
        applyable: 'bool',
        changes,
        component_changes: ['map', changes],
        replans: 'number',
        deployment: ['object', { deployment_name: 'string' }],
      },
    ],
    description:
      'The plan: its `mode`, the number of `changes` of each kind, the same for each component, how often the deployment was planned before.',
  },
};

/** What an identity token gives. */
export const tokenMembers: Readonly<Record<string, GivenValue>> = {
  jwt: { type: 'string', description: 'The token itself.' },
  jwt_filename: { type: 'string', description: 'The path of a file that holds the token.' },
};
