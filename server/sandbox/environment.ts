/**
 * What terraform needs of a person's environment. Everything else stays outside, because nothing in the sandbox needs
 * it, and what does not get in cannot leak: credentials above all, whatever their names, but also variables that change
 * a command behind its options (`TF_CLI_ARGS`, `TF_WORKSPACE`, `TF_LOG_PATH`).
 */
const kept = [
  /^TF_VAR_/,
  /^(PATH|PATHEXT|HOME|USER|LOGNAME|SHELL|TERM|COLORTERM|TZ|LANG|LANGUAGE|COLUMNS|LINES|NO_COLOR)$/i,
  /^LC_/,
  /^(TMPDIR|TEMP|TMP|SYSTEMROOT|SYSTEMDRIVE|WINDIR|COMSPEC|USERPROFILE|HOMEDRIVE|HOMEPATH|APPDATA|LOCALAPPDATA|PROGRAMDATA)$/i,
  /^(XDG_RUNTIME_DIR|GODEBUG|GOMAXPROCS|GOMEMLIMIT|GOGC|SSL_CERT_FILE|SSL_CERT_DIR)$/,
];

/** A provisioner that was agreed to may need more of the environment, but no credentials either. */
const secret = [
  /^(AWS|AMAZON|ARM|AZURE|GOOGLE|GCLOUD|GCP|CLOUDSDK|KUBE|HELM|VAULT|CONSUL|NOMAD|DATABRICKS|SNOWFLAKE|OKTA)_/i,
  /^(GITHUB|GITLAB|CLOUDFLARE|DIGITALOCEAN|LINODE|HCLOUD|HEROKU|FASTLY|DATADOG|DD|NEWRELIC|NEW_RELIC|PAGERDUTY)_/i,
  /^(ALICLOUD|OCI|IBMCLOUD|YANDEX|SCW|OVH|OS|MONGODB_ATLAS|HF|HUGGING_FACE|WANDB|OPENAI|ANTHROPIC|SSH|PG)_?/i,
  /(TOKEN|SECRET|PASSW(OR)?D|PASSPHRASE|CREDENTIAL|API_?KEY|ACCESS_?KEY|PRIVATE_?KEY|KUBECONFIG|_AUTH|_PAT|_DSN)/i,
  /^(TF_(?!VAR_)|TFE_|TERRATRAIN_)/i,
];

/** `PATH`, language and temporary folder, `TF_VAR_…`; with `everything` all that does not look like a credential. */
export function harmlessEnvironment(env: NodeJS.ProcessEnv, everything = false): NodeJS.ProcessEnv {
  const stays = (name: string): boolean =>
    kept.some((pattern) => pattern.test(name)) ||
    (everything && !secret.some((pattern) => pattern.test(name)));
  return Object.fromEntries(Object.entries(env).filter(([name]) => stays(name)));
}

/** The environment for terraform in the sandbox. */
export function sandboxEnvironment(
  env: NodeJS.ProcessEnv,
  places: { readonly dataDirectory: string; readonly cliConfigFile: string },
  reattach: Readonly<Record<string, unknown>>,
  provisioners = false,
): NodeJS.ProcessEnv {
  return {
    ...harmlessEnvironment(env, provisioners),
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    TF_DATA_DIR: places.dataDirectory,
    TF_CLI_CONFIG_FILE: places.cliConfigFile,
    TF_REATTACH_PROVIDERS: JSON.stringify(reattach),
  };
}
