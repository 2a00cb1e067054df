import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import type { Module, ModuleNode } from '../terraform/model';
import { eachNode } from '../terraform/moduleTree';
import { sandboxHome } from './environment';
import { mirrorDirectory, writeWhenDifferent } from './mirror';
import { overrideFile, overrideText } from './overrides';
import { SandboxError } from './sandboxError';

/** The places of one root module's sandbox. They last from command to command, so that its state does. */
export interface ShadowPlaces {
  /** Where terraform runs: looks like the root module's own directory. */
  readonly workingDirectory: string;
  readonly dataDirectory: string;
  readonly stateFile: string;
  /** States of workspaces other than the default. */
  readonly workspaces: string;
  readonly identifiersFile: string;
  /** An empty configuration file of the command line. */
  readonly cliConfigFile: string;
}

/**
 * Makes, or brings up to date, the shadow of a root module: the person's files at the same relative places, with
 * overrides that keep state and side effects out of the person's folder. Nothing is written there.
 *
 * @param root real path of the root module's directory, where `tree` was read
 * @throws SandboxError when the configuration cannot be run in a shadow
 */
export function prepareWorkingDirectory(
  root: string,
  tree: ModuleNode,
  env: NodeJS.ProcessEnv,
): ShadowPlaces {
  const home = path.join(sandboxHome(env), `${path.basename(root) || 'root'}-${shortHash(root)}`);
  const places = placesIn(home);
  const modules = new Map<string, Module>();
  for (const node of eachNode(tree)) modules.set(node.module.directory, node.module);
  const installed = path.join(root, '.terraform', 'modules');
  const [downloaded, local] = partition([...modules.keys()], (directory) => isInside(directory, installed));
  const top = commonTop([root, ...local]);
  const shadowOf = (directory: string): string => path.join(home, 'tree', path.relative(top, directory));

  mkdirSync(places.dataDirectory, { recursive: true });
  writeWhenDifferent(places.cliConfigFile, '');
  for (const directory of directoriesDownTo(top, [root, ...local])) {
    mirrorDirectory(directory, shadowOf(directory), {
      isModule: modules.has(directory),
      isMirrored: (child) => [root, ...local].some((module) => isInside(module, child)),
    });
  }
  const shadowOfDownload = (directory: string): string =>
    path.join(places.dataDirectory, 'modules', path.relative(installed, directory));
  for (const directory of directoriesDownTo(installed, downloaded).slice(1)) {
    mirrorDirectory(directory, shadowOfDownload(directory), {
      isModule: modules.has(directory),
      isMirrored: (child) => downloaded.some((module) => isInside(module, child)),
    });
  }
  const workingDirectory = shadowOf(root);
  for (const [directory, module] of modules) {
    refuseJson(directory, module);
    const shadow = isInside(directory, installed) ? shadowOfDownload(directory) : shadowOf(directory);
    writeWhenDifferent(
      path.join(shadow, overrideFile),
      overrideText(module, directory === root ? places : undefined),
    );
  }
  copyModuleManifest(root, installed, workingDirectory, shadowOf, shadowOfDownload);
  return { ...places, workingDirectory };
}

function placesIn(home: string): Omit<ShadowPlaces, 'workingDirectory'> {
  return {
    dataDirectory: path.join(home, 'data'),
    stateFile: path.join(home, 'sandbox.tfstate'),
    workspaces: path.join(home, 'workspaces'),
    identifiersFile: path.join(home, 'identifiers.txt'),
    cliConfigFile: path.join(home, 'terraform.rc'),
  };
}

/** Modules that `terraform init` of the person downloaded: the manifest must name their shadows. */
function copyModuleManifest(
  root: string,
  installed: string,
  workingDirectory: string,
  shadowOf: (directory: string) => string,
  shadowOfDownload: (directory: string) => string,
): void {
  const manifest = path.join(installed, 'modules.json');
  if (!existsSync(manifest)) return;
  interface Entry {
    readonly Dir: string;
  }
  const { Modules } = JSON.parse(readFileSync(manifest, 'utf8')) as { readonly Modules: readonly Entry[] };
  const rewritten = Modules.map((entry) => {
    const directory = path.resolve(root, entry.Dir);
    const shadow = isInside(directory, installed) ? shadowOfDownload(directory) : shadowOf(directory);
    return { ...entry, Dir: path.relative(workingDirectory, shadow).replaceAll('\\', '/') || '.' };
  });
  writeWhenDifferent(
    path.join(shadowOfDownload(installed), 'modules.json'),
    JSON.stringify({ Modules: rewritten }),
  );
}

/** Configuration in JSON syntax is not read by the sandbox, so it could hold provisioners and providers unseen. */
function refuseJson(directory: string, module: Module): void {
  const json = module.unread.find((file) => file.endsWith('.tf.json'));
  if (json === undefined) return;
  throw new SandboxError(
    `${path.resolve(directory, json)} is configuration in JSON syntax, which the sandbox cannot check for provisioners yet. Write it in HCL, or run terraform on the real target.`,
  );
}

/** The lowest directory that holds all modules; a repository's own top when there is one, so that `../file` works. */
function commonTop(directories: readonly string[]): string {
  let top = directories[0] ?? path.sep;
  for (const directory of directories) while (!isInside(directory, top)) top = path.dirname(top);
  for (let above = top; above !== path.dirname(above); above = path.dirname(above)) {
    if (existsSync(path.join(above, '.git'))) return above;
  }
  return top;
}

/** `top` and every directory between it and the given ones, parents first. */
function directoriesDownTo(top: string, directories: readonly string[]): readonly string[] {
  const all = new Set<string>();
  for (const directory of directories) {
    const chain: string[] = [];
    for (let at = directory; isInside(at, top); at = path.dirname(at)) chain.unshift(at);
    for (const step of chain) all.add(step);
  }
  return [...all].sort((a, b) => a.length - b.length);
}

function isInside(directory: string, parent: string): boolean {
  const relative = path.relative(parent, directory);
  return relative === '' || (!relative.startsWith('..') && !path.isAbsolute(relative));
}

function partition<T>(items: readonly T[], test: (item: T) => boolean): [T[], T[]] {
  return [items.filter(test), items.filter((item) => !test(item))];
}

function shortHash(text: string): string {
  return createHash('sha256').update(text).digest('hex').slice(0, 12);
}
