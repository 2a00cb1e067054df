/**
 * The environment every terraform is started with: what the person set, plus what a program that reads its output
 * needs. No question is asked on a terminal nobody watches, no version check leaves the machine.
 */
export function terraformEnvironment(env: NodeJS.ProcessEnv, workspace?: string): NodeJS.ProcessEnv {
  return {
    ...env,
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_INPUT: '0',
    ...(workspace === undefined ? {} : { TF_WORKSPACE: workspace }),
  };
}

/** Names of the `TF_CLI_ARGS` variables that change what terraform does behind the back of a command's options. */
export function hiddenArguments(env: NodeJS.ProcessEnv): readonly string[] {
  return Object.keys(env)
    .filter((name) => /^TF_CLI_ARGS(_|$)/.test(name) && env[name] !== '')
    .sort();
}

/** Reads a variable the way the platform does: Windows ignores the case of names. */
export function readVariable(env: NodeJS.ProcessEnv, name: string): string | undefined {
  if (process.platform !== 'win32' || env[name] !== undefined) return env[name];
  const key = Object.keys(env).find((candidate) => candidate.toUpperCase() === name.toUpperCase());
  return key === undefined ? undefined : env[key];
}
