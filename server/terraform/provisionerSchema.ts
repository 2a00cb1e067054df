import { since, until } from './language/availability';
import { argumentsFrom, block, known, many, one, optional, required } from './languageBlock';
import type { ArgumentRow, BlockParts, LanguageArgument, LanguageBlock } from './languageBlock';

const proxy = { available: since('1.2') };

const connectionArguments: readonly ArgumentRow[] = [
  ['type', 'string', '`ssh` or `winrm`.', { values: ['ssh', 'winrm'] }],
  ['host', 'string', 'The address to connect to.'],
  ['port', 'number', 'The port to connect to.'],
  ['user', 'string', 'The user to log in as.'],
  ['password', 'string', 'The password to log in with.'],
  ['timeout', 'string', 'How long to wait until the connection works, such as `5m`.'],
  ['script_path', 'string', 'Where scripts are copied to on the remote machine.'],
  [
    'target_platform',
    'string',
    'The platform of the remote machine: `unix` or `windows`.',
    { available: since('0.15'), values: ['unix', 'windows'] },
  ],
  ['private_key', 'string', 'The SSH key itself, in PEM.'],
  ['certificate', 'string', 'The signed certificate that goes with the key.'],
  ['agent', 'bool', 'Whether to ask the SSH agent for keys.'],
  ['agent_identity', 'string', 'The identity to prefer among those of the agent.'],
  ['host_key', 'string', 'The key the remote machine must present.'],
  ['https', 'bool', 'Whether WinRM goes over HTTPS.'],
  ['insecure', 'bool', 'Whether to skip the check of the HTTPS certificate.'],
  ['use_ntlm', 'bool', 'Whether WinRM authenticates by NTLM.'],
  ['cacert', 'string', 'The authority to check the HTTPS certificate against, in PEM.'],
  ['bastion_host', 'string', 'A machine to go through.'],
  ['bastion_host_key', 'string', 'The key the bastion must present.'],
  ['bastion_port', 'number', 'The port of the bastion.'],
  ['bastion_user', 'string', 'The user on the bastion.'],
  ['bastion_password', 'string', 'The password on the bastion.'],
  ['bastion_private_key', 'string', 'The SSH key for the bastion, in PEM.'],
  ['bastion_certificate', 'string', 'The certificate for the bastion.'],
  [
    'proxy_scheme',
    'string',
    'How to speak to the proxy: `http`, `https` or `socks5`.',
    { ...proxy, values: ['http', 'https', 'socks5'] },
  ],
  ['proxy_host', 'string', 'A proxy to go through.', proxy],
  ['proxy_port', 'number', 'The port of the proxy.', proxy],
  ['proxy_user_name', 'string', 'The user on the proxy.', proxy],
  ['proxy_user_password', 'string', 'The password on the proxy.', proxy],
];

export const connection = one('How provisioners reach the machine.', {
  attributes: argumentsFrom(connectionArguments),
});

const provisionerArguments = {
  when: optional('dynamic', 'When to run: after creation (the default), or before destruction.', [
    'create',
    'destroy',
  ]),
  on_failure: optional('dynamic', 'What a failure does to the operation.', ['fail', 'continue']),
};

function provisionerParts(attributes: Readonly<Record<string, LanguageArgument>>): BlockParts {
  return {
    labels: ['provisioner type'],
    attributes: { ...attributes, ...provisionerArguments },
    blocks: { connection },
  };
}

/** Terraform had them until 0.15; what they took is not checked. */
function vendor(tool: string, from = '0.12'): LanguageBlock {
  return block(`Sets the new machine up with ${tool}.`, {
    ...provisionerParts({}),
    available: until('0.15', from),
    deprecated: true,
    rest: 'anything',
  });
}

const provisioners: Readonly<Record<string, LanguageBlock>> = {
  file: block(
    'Copies a file or folder to the new machine.',
    provisionerParts({
      source: optional('string', 'The local file or folder.'),
      content: optional('string', 'Text to write instead of a file.'),
      destination: required('string', 'The path on the remote machine.'),
    }),
  ),
  'local-exec': block(
    'Runs a command on the machine that runs Terraform.',
    provisionerParts({
      command: required('string', 'The command line.'),
      working_dir: optional('string', 'The folder to run in.'),
      interpreter: optional(['list', 'string'], 'The program and arguments that get the command line.'),
      environment: optional(['map', 'string'], 'Environment variables for the command.'),
      quiet: known(since('1.4'), optional('bool', 'Whether to leave the command out of the log.')),
    }),
  ),
  'remote-exec': block(
    'Runs commands on the new machine.',
    provisionerParts({
      inline: optional(['list', 'string'], 'Command lines, run in order.'),
      script: optional('string', 'A local script to copy and run.'),
      scripts: optional(['list', 'string'], 'Local scripts to copy and run in order.'),
    }),
  ),
  chef: vendor('Chef'),
  habitat: vendor('Habitat'),
  puppet: vendor('Puppet', '0.12.2'),
  'salt-masterless': vendor('Salt'),
};

export const provisioner = many('Runs something when the resource is created or destroyed. A last resort.', {
  labels: ['provisioner type'],
  attributes: provisionerArguments,
  blocks: { connection },
  rest: 'anything',
  byLabel: () => provisioners,
});
