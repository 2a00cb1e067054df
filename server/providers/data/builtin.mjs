const version = '1.11.4';

/**
 * The provider inside Terraform itself, which no package carries. Names, types and flags are those that
 * `terraform providers schema -json` prints in the version above; the sentences are ours.
 */
export const builtin = {
  source: 'terraform.io/builtin/terraform',
  version,
  package: `terraform ${version}`,
  blocks: new Map([
    ['provider.terraform', { attributes: {}, blocks: {} }],
    [
      'resource.terraform_data',
      {
        description: 'Keeps a value in the state, and a place for provisioners and for replacements that follow a value.',
        attributes: {
          id: { type: 'string', computed: true, description: 'A string that is unique to this instance.' },
          input: { type: 'dynamic', optional: true, description: 'Any value. It is stored, and given back in `output` after apply.' },
          output: { type: 'dynamic', computed: true, description: 'The value of `input`, known after apply.' },
          triggers_replace: { type: 'dynamic', optional: true, description: 'Any value. When it changes, the instance is replaced.' },
        },
        blocks: {},
      },
    ],
    [
      'data.terraform_remote_state',
      {
        description: 'Reads the root outputs of another configuration out of its state.',
        attributes: {
          backend: { type: 'string', required: true, description: 'The kind of backend that holds the state, such as `s3` or `local`.' },
          config: { type: 'dynamic', optional: true, description: "The backend's arguments, as an object: what would stand in its `backend` block." },
          defaults: { type: 'dynamic', optional: true, description: 'Values for outputs that the state does not have, as an object.' },
          outputs: { type: 'dynamic', computed: true, description: 'All root outputs of the other configuration.' },
          workspace: { type: 'string', optional: true, description: 'The workspace whose state is read; the default one unless given.' },
        },
        blocks: {},
      },
    ],
  ]),
  functions: [
    {
      name: 'decode_tfvars',
      summary: 'Reads the text of a .tfvars file',
      description: 'Gives an object with the values that a text in the syntax of `.tfvars` files defines.',
      parameters: [{ name: 'src', type: 'string' }],
      returns: 'dynamic',
    },
    {
      name: 'encode_expr',
      summary: 'Writes a value as an expression',
      description: 'Gives an expression of the Terraform language that has this value, as text.',
      parameters: [{ name: 'value', type: 'dynamic' }],
      returns: 'string',
    },
    {
      name: 'encode_tfvars',
      summary: 'Writes an object as a .tfvars file',
      description: 'Gives the text of a `.tfvars` file that sets a variable for every attribute of the object.',
      parameters: [{ name: 'value', type: 'dynamic' }],
      returns: 'string',
    },
  ],
};
