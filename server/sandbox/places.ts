import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, readdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The places of one root module's sandbox. They last from command to command, so that its state does. */
export interface Places {
  /** Everything below belongs to this root module's sandbox alone. */
  readonly home: string;
  /** The shadow of the person's folders; provisioners that were agreed to have one of their own. */
  readonly tree: string;
  readonly dataDirectory: string;
  readonly stateFile: string;
  /** States of workspaces other than the default. */
  readonly workspaces: string;
  /** States that stand in for those of `terraform_remote_state`. */
  readonly remoteStates: string;
  /** Stand-ins for modules that were never downloaded. */
  readonly stubs: string;
  readonly identifiersFile: string;
  /** What rules of scenarios have done already. */
  readonly memoryFile: string;
  /** The backend that the configuration names, so that other sandboxes know whose state this is. */
  readonly backendFile: string;
  /** Which root module this is the sandbox of. */
  readonly rootFile: string;
  /** An empty configuration file of the command line. */
  readonly cliConfigFile: string;
}

/**
 * @param root real path of the root module's directory
 * @param provisioners whether they were agreed to: such a session shares nothing but the states with the others,
 *   so that none of them runs provisioners by accident
 */
export function placesOf(root: string, env: NodeJS.ProcessEnv, provisioners: boolean): Places {
  const home = path.join(sandboxHome(env), `${safeName(path.basename(root))}-${shortHash(root)}`);
  const suffix = provisioners ? '-with-provisioners' : '';
  return {
    home,
    tree: path.join(home, `tree${suffix}`),
    dataDirectory: path.join(home, `data${suffix}`),
    stateFile: path.join(home, 'sandbox.tfstate'),
    workspaces: path.join(home, 'workspaces'),
    remoteStates: path.join(home, 'remote'),
    stubs: path.join(home, 'stubs'),
    identifiersFile: path.join(home, 'identifiers.txt'),
    memoryFile: path.join(home, 'scenario.json'),
    backendFile: path.join(home, 'backend.json'),
    rootFile: path.join(home, 'root.txt'),
    cliConfigFile: path.join(home, 'terraform.rc'),
  };
}

/** Makes the private folder that holds everything. */
export function makeHome({ home }: Places): void {
  mkdirSync(home, { recursive: true, mode: 0o700 });
}

/** The states that exist, the default workspace's first. */
export function stateFiles({ stateFile, workspaces }: Places): readonly string[] {
  const others = existsSync(workspaces)
    ? readdirSync(workspaces).map((name) => path.join(workspaces, name, 'terraform.tfstate'))
    : [];
  return [stateFile, ...others].filter((file) => existsSync(file));
}

/** The state of the workspace that was selected last. */
export function selectedState({ dataDirectory, stateFile, workspaces }: Places): string {
  const selection = path.join(dataDirectory, 'environment');
  const name = existsSync(selection) ? readFileSync(selection, 'utf8').trim() : '';
  return name === '' || name === 'default' ? stateFile : path.join(workspaces, name, 'terraform.tfstate');
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

/** A name for a file or folder of ours, whatever the person called theirs. */
export function safeName(text: string): string {
  const name = text.replace(/[^A-Za-z0-9._-]+/g, '-').slice(0, 40);
  return /^[.-]*$/.test(name) ? 'root' : name;
}

export function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
