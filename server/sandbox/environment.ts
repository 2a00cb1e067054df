import os from 'node:os';
import path from 'node:path';

/**
 * Variables that must not reach a sandboxed terraform: credentials, because nothing in the sandbox needs them and a
 * program we failed to see must not find them, and whatever changes a command behind its options.
 */
const removed = [
  /^(AWS|AMAZON|ARM|AZURE|GOOGLE|GCLOUD|GCP|CLOUDSDK|KUBE|HELM|VAULT|CONSUL|NOMAD|DATABRICKS|SNOWFLAKE|OKTA)_/i,
  /^(GITHUB|GITLAB|CLOUDFLARE|DIGITALOCEAN|LINODE|HCLOUD|HEROKU|FASTLY|DATADOG|DD|NEWRELIC|NEW_RELIC|PAGERDUTY)_/i,
  /^(ALICLOUD|OCI|IBMCLOUD|YANDEX|SCW|OVH|OS|MONGODB_ATLAS|HF|HUGGING_FACE|WANDB|OPENAI)_/i,
  /^KUBECONFIG$/i,
  /^TF_(LOG|CLI_ARGS|WORKSPACE|TOKEN_|REATTACH_PROVIDERS|PLUGIN_CACHE|DATA_DIR|CLI_CONFIG_FILE|ENCRYPTION)/i,
  /^TFE_TOKEN$/i,
];

/** The environment for terraform in the sandbox. `TF_VAR_…` and everything else a person may rely on stays. */
export function sandboxEnvironment(
  env: NodeJS.ProcessEnv,
  places: { readonly dataDirectory: string; readonly cliConfigFile: string },
  reattach: Readonly<Record<string, unknown>>,
): NodeJS.ProcessEnv {
  const kept = Object.entries(env).filter(([name]) => !removed.some((pattern) => pattern.test(name)));
  return {
    ...Object.fromEntries(kept),
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    TF_DATA_DIR: places.dataDirectory,
    TF_CLI_CONFIG_FILE: places.cliConfigFile,
    TF_REATTACH_PROVIDERS: JSON.stringify(reattach),
  };
}

/** Where shadow directories and sandbox states are kept, for all root modules of a person. */
export function sandboxHome(env: NodeJS.ProcessEnv): string {
  const chosen = env.TERRATRAIN_SANDBOX_HOME;
  if (chosen !== undefined && chosen !== '') return path.resolve(chosen);
  const cache =
    process.platform === 'win32'
      ? (env.LOCALAPPDATA ?? path.join(os.homedir(), 'AppData', 'Local'))
      : (env.XDG_CACHE_HOME ?? path.join(os.homedir(), '.cache'));
  return path.join(cache, 'terratrain', 'sandbox');
}
