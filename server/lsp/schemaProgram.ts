import path from 'node:path';
import { runTerraform } from './terraformRun';

/**
 * Runs `providers schema -json` of a terraform or tofu in a directory, and gives its output as it comes.
 *
 * @param directory holds the requirements and a `terraform.rc`, which takes the place of the person's configuration of
 *   the command line: providers under development are not what a lock file names
 * @throws with what the program complains about, in one line
 */
export function runProvidersSchema(
  program: string,
  directory: string,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array> {
  return runTerraform(program, {
    arguments: ['providers', 'schema', '-json', '-no-color'],
    directory,
    environment: environment(directory),
    signal,
  });
}

/** The person's environment without what would make terraform do something else than it is asked for. */
function environment(directory: string): NodeJS.ProcessEnv {
  const stays = Object.entries(process.env).filter(([name]) => !/^TF_/i.test(name));
  return {
    ...Object.fromEntries(stays),
    CHECKPOINT_DISABLE: '1',
    TF_IN_AUTOMATION: '1',
    TF_CLI_CONFIG_FILE: path.join(directory, 'terraform.rc'),
  };
}
