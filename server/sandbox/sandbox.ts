import { existsSync, readdirSync, realpathSync } from 'node:fs';
import path from 'node:path';
import { openBundledSchemas } from '../providers/bundled';
import { openDiskFiles } from '../terraform/diskFiles';
import type { ModuleNode, ProviderUse } from '../terraform/model';
import { eachNode, providerUses, readModuleTree } from '../terraform/moduleTree';
import { sandboxEnvironment } from './environment';
import { inferSchema } from './inferredSchema';
import type { ProviderRequest } from './request';
import { SandboxError } from './sandboxError';
import { startSimulator } from './simulatorProcess';
import { mergeUses, stateUses } from './stateTypes';
import { prepareWorkingDirectory } from './workingDirectory';

export { SandboxError } from './sandboxError';

export interface SandboxOptions {
  /** The root module's directory. Never written to. */
  readonly directory: string;
  /** Folder of the bundled provider schemas. */
  readonly dataFolder: string;
  /** The simulator's program: `dist/sandbox.js`, or its source together with `execArgv`. */
  readonly sandboxEntry: string;
  readonly execArgv?: readonly string[];
  readonly env: NodeJS.ProcessEnv;
  /** Serve every type of the bundled providers instead of those in use, which takes terraform longer to read. */
  readonly wholeProviders?: boolean;
}

/** A provider as the sandbox plays it. */
export interface SimulatedProviderInfo {
  /** Full source address. */
  readonly source: string;
  /** Of the bundled schema; empty for an inferred one. */
  readonly version: string;
  /** No schema is bundled: it is guessed from the configuration, and finds no mistakes. */
  readonly inferred: boolean;
}

export interface SandboxSession {
  /** Where to run terraform: the shadow of `directory`. Paths relative to it mean what they mean in `directory`. */
  readonly workingDirectory: string;
  /** The whole environment to run terraform with. */
  readonly env: NodeJS.ProcessEnv;
  readonly providers: readonly SimulatedProviderInfo[];
  /** The sandbox's state in the default workspace. `terraform console` must be told with `-state`. */
  readonly stateFile: string;
  /** Keeps the providers alive until the process with this id has ended, whatever happens to this one. */
  holdFor(pid: number): void;
  /** Ends the providers; those held for a running process end after it. */
  dispose(): Promise<void>;
}

/**
 * Starts simulated providers for a root module and makes a shadow of it, in which the real terraform runs offline.
 * The sandbox's state lasts between sessions; sessions of one root module may overlap.
 *
 * @throws SandboxError when the configuration cannot be run in the sandbox
 */
export async function openSandbox(options: SandboxOptions): Promise<SandboxSession> {
  const root = rootOf(options.directory);
  const tree = readModuleTree(root, openDiskFiles());
  refuseMissingModules(tree);
  const places = prepareWorkingDirectory(root, tree, options.env);
  const uses = mergeUses([...providerUses(tree), ...stateUses(places)]).filter(
    ({ source }) => !isBuiltIn(source),
  );
  const whole = options.wholeProviders === true || hasTests(root);
  const planned = planProviders(options.dataFolder, tree, uses, whole);
  const simulator = await startSimulator(
    { dataFolder: options.dataFolder, identifiersFile: places.identifiersFile, providers: planned.requests },
    { entry: options.sandboxEntry, execArgv: options.execArgv ?? [], env: options.env },
  );
  return {
    workingDirectory: places.workingDirectory,
    env: sandboxEnvironment(options.env, places, simulator.reattach),
    providers: planned.infos,
    stateFile: places.stateFile,
    holdFor: (pid) => {
      simulator.holdFor(pid);
    },
    dispose: () => simulator.stop(),
  };
}

function rootOf(directory: string): string {
  if (!existsSync(directory)) throw new SandboxError(`There is no directory ${path.resolve(directory)}.`);
  const root = realpathSync(directory);
  if (readdirSync(root).some((name) => /\.(tf|tofu)(\.json)?$/.test(name))) return root;
  throw new SandboxError(`${root} holds no Terraform configuration: no file there ends in .tf.`);
}

/** Without network nothing can be downloaded, and a module nobody has read cannot be simulated. */
function refuseMissingModules(tree: ModuleNode): void {
  for (const node of eachNode(tree)) {
    const [missing] = node.unresolved;
    if (missing === undefined) continue;
    throw new SandboxError(
      `${[...node.path.map((name) => `module.${name}`), missing.address].join('.')} (${missing.file.path}) is not on this machine. ` +
        'A local module needs its directory; a module from a registry must be downloaded once with "terraform get".',
    );
  }
}

function planProviders(
  dataFolder: string,
  tree: ModuleNode,
  uses: readonly ProviderUse[],
  whole: boolean,
): { requests: readonly ProviderRequest[]; infos: readonly SimulatedProviderInfo[] } {
  const schemas = openBundledSchemas(dataFolder);
  const infos: SimulatedProviderInfo[] = [];
  const requests = uses.map((use): ProviderRequest => {
    const bundled = schemas.provider(use.source);
    infos.push({
      source: use.source,
      version: bundled?.provenance.version ?? '',
      inferred: bundled === undefined,
    });
    if (bundled === undefined)
      return { source: use.source, types: undefined, inferred: inferSchema(tree, use) };
    const types = { resource: use.resources, data: use.data, ephemeral: use.ephemeral };
    return { source: use.source, types: whole ? undefined : types, inferred: undefined };
  });
  return { requests, infos };
}

function isBuiltIn(source: string): boolean {
  return source.startsWith('terraform.io/builtin/');
}

/** Test files may use types that the configuration does not. */
function hasTests(root: string): boolean {
  const tests = path.join(root, 'tests');
  const names = [...readdirSync(root), ...(existsSync(tests) ? readdirSync(tests) : [])];
  return names.some((name) => /\.(tftest|tofutest)\.(hcl|json)$/.test(name));
}
