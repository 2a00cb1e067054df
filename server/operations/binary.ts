import * as fs from 'node:fs/promises';
import * as os from 'node:os';
import * as path from 'node:path';
import { readVariable, terraformEnvironment } from './environment';
import { runShortCommand } from './shortCommand';

export interface Binary {
  /** Absolute. */
  readonly path: string;
  /** Without a leading `v`: `1.11.4`. */
  readonly version: string;
  readonly product: 'terraform' | 'opentofu';
}

/** No terraform and no tofu where one was looked for. The message says what to do. */
export class MissingTerraformError extends Error {
  override readonly name = 'MissingTerraformError';
}

/** A file is there, but it does not answer `version` as terraform does. */
export class NotTerraformError extends Error {
  override readonly name = 'NotTerraformError';
}

const ADVICE =
  'Install Terraform (developer.hashicorp.com/terraform/install) or OpenTofu (opentofu.org), and put it on PATH ' +
  'or set its path in the setting terratrain.terraform.path (on the command line: the variable TERRATRAIN_TERRAFORM).';

/**
 * Finds terraform, or OpenTofu where there is no terraform, and asks it who it is.
 *
 * @param options.configured What the person set: a path, or a name to look for on PATH.
 * @throws MissingTerraformError, NotTerraformError
 */
export async function findTerraform(options: {
  readonly configured?: string | undefined;
  readonly env: NodeJS.ProcessEnv;
}): Promise<Binary> {
  const configured = options.configured?.trim();
  const file = configured
    ? await findConfigured(configured, options.env)
    : ((await searchPath('terraform', options.env)) ?? (await searchPath('tofu', options.env)));
  if (file === undefined) {
    throw new MissingTerraformError(`Neither terraform nor tofu was found on PATH. ${ADVICE}`);
  }
  return identify(file, options.env);
}

async function findConfigured(configured: string, env: NodeJS.ProcessEnv): Promise<string> {
  const expanded = configured.replace(/^~(?=$|[/\\])/, os.homedir());
  const isName = !expanded.includes('/') && !expanded.includes(path.sep);
  if (isName) {
    const found = await searchPath(expanded, env);
    if (found !== undefined) return found;
    throw new MissingTerraformError(
      `The path of terraform is set to "${configured}", and no such program is on PATH. ${ADVICE}`,
    );
  }
  const file = path.resolve(expanded);
  const problem = await whyNotRunnable(file);
  if (problem === undefined) return file;
  throw new MissingTerraformError(
    `The path of terraform is set to "${configured}", but ${problem}. ${ADVICE}`,
  );
}

async function searchPath(name: string, env: NodeJS.ProcessEnv): Promise<string | undefined> {
  const folders = (readVariable(env, 'PATH') ?? '').split(path.delimiter).filter((folder) => folder !== '');
  for (const folder of folders) {
    for (const extension of executableExtensions(name, env)) {
      const file = path.resolve(folder, name + extension);
      if ((await whyNotRunnable(file)) === undefined) return file;
    }
  }
  return undefined;
}

/** Windows starts `.exe` and `.com` files by themselves; a `.cmd` needs a shell, which would rewrite our arguments. */
function executableExtensions(name: string, env: NodeJS.ProcessEnv): readonly string[] {
  if (process.platform !== 'win32') return [''];
  const known = (readVariable(env, 'PATHEXT') ?? '.COM;.EXE')
    .split(';')
    .filter((extension) => /^\.(com|exe)$/i.test(extension));
  return known.some((extension) => name.toLowerCase().endsWith(extension.toLowerCase())) ? [''] : known;
}

async function whyNotRunnable(file: string): Promise<string | undefined> {
  try {
    const stat = await fs.stat(file);
    if (stat.isDirectory()) return 'that is a folder, not the program in it';
    await fs.access(file, fs.constants.X_OK);
    return undefined;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    return code === 'EACCES' ? 'that file may not be executed' : 'there is no such file';
  }
}

async function identify(file: string, env: NodeJS.ProcessEnv): Promise<Binary> {
  const complaint = (what: string): NotTerraformError =>
    new NotTerraformError(`${file} is not terraform: ${what}. ${ADVICE}`);
  const result = await runShortCommand(file, ['version'], {
    cwd: os.tmpdir(),
    env: terraformEnvironment(env),
    milliseconds: 20_000,
  }).catch((error: unknown) => {
    throw complaint(`it does not start (${error instanceof Error ? error.message : String(error)})`);
  });
  const match = /^(Terraform|OpenTofu) v(\d+\.\d+\.\d+\S*)/m.exec(result.stdout);
  if (match?.[2] === undefined) {
    throw complaint(
      result.exitCode === undefined
        ? 'it did not answer "version" within 20 seconds'
        : `it answers "version" with exit code ${result.exitCode} and no version number`,
    );
  }
  return { path: file, version: match[2], product: match[1] === 'OpenTofu' ? 'opentofu' : 'terraform' };
}
