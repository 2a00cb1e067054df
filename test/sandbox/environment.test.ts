import assert from 'node:assert/strict';
import { harmlessEnvironment, sandboxEnvironment } from '../../server/sandbox/environment';
import { reattachKeys } from '../../server/sandbox/reattach';

const secrets = {
  AWS_SECRET_ACCESS_KEY: 's',
  AWS_PROFILE: 's',
  GOOGLE_APPLICATION_CREDENTIALS: 's',
  ARM_CLIENT_SECRET: 's',
  KUBECONFIG: 's',
  GITHUB_TOKEN: 's',
  SSH_AUTH_SOCK: 's',
  PGPASSWORD: 's',
  ACME_API_KEY: 's',
  SOME_INTERNAL_TOKEN: 's',
  TF_TOKEN_app_terraform_io: 's',
  TF_HTTP_PASSWORD: 's',
  TFE_TOKEN: 's',
};
const commandChangers = {
  TF_CLI_ARGS_plan: '-target=x',
  TF_WORKSPACE: 'w',
  TF_LOG: 'TRACE',
  TF_LOG_PATH: '/tmp/log',
  TF_REATTACH_PROVIDERS: '{}',
  TF_PLUGIN_CACHE_DIR: '/tmp',
  TF_CLI_CONFIG_FILE: '/home/me/.terraformrc',
  NODE_OPTIONS: '--inspect',
};
const needed = {
  PATH: '/bin',
  HOME: '/home/me',
  TMPDIR: '/tmp',
  LC_ALL: 'C',
  TF_VAR_size: '3',
  TF_VAR_token: 't',
};
const harmless = { MY_SETTING: 'x' };

describe('the environment of the sandbox', () => {
  it('holds what terraform needs, and nothing that could be a credential or change a command', () => {
    assert.deepEqual(harmlessEnvironment({ ...secrets, ...commandChangers, ...needed, ...harmless }), needed);
  });

  it('holds more for provisioners that were agreed to, but no credentials', () => {
    const env = harmlessEnvironment({ ...secrets, ...commandChangers, ...needed, ...harmless }, true);
    for (const name of Object.keys(secrets)) assert.equal(env[name], undefined, name);
    assert.equal(env.MY_SETTING, 'x');
    assert.equal(env.TF_CLI_ARGS_plan, undefined);
  });

  it('tells terraform where everything is', () => {
    const places = { dataDirectory: '/shadow/data', cliConfigFile: '/shadow/rc' };
    const env = sandboxEnvironment({ ...secrets, ...commandChangers, ...needed }, places, { a: 1 });
    assert.deepEqual(env, {
      ...needed,
      CHECKPOINT_DISABLE: '1',
      TF_IN_AUTOMATION: '1',
      TF_INPUT: '0',
      TF_DATA_DIR: '/shadow/data',
      TF_CLI_CONFIG_FILE: '/shadow/rc',
      TF_REATTACH_PROVIDERS: '{"a":1}',
    });
  });
});

describe('the names a provider is announced under', () => {
  it('are those that Terraform and OpenTofu complete short addresses to', () => {
    const both = ['registry.terraform.io/hashicorp/aws', 'registry.opentofu.org/hashicorp/aws'];
    assert.deepEqual(reattachKeys('registry.terraform.io/hashicorp/aws'), both);
    assert.deepEqual(reattachKeys('registry.opentofu.org/hashicorp/aws'), [...both].reverse());
  });

  it('are as written for every other registry', () => {
    assert.deepEqual(reattachKeys('example.com/acme/thing'), ['example.com/acme/thing']);
  });
});
