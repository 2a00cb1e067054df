import { existsSync, readFileSync, readdirSync, realpathSync, statSync } from 'node:fs';
import path from 'node:path';
import { openBundledSchemas } from '../providers/bundled';
import type { ProviderSchema, SchemaLookup } from '../providers/schema';
import { openDiskFiles } from '../terraform/diskFiles';
import type { Module, ModuleNode, ProviderUse } from '../terraform/model';
import { eachNode, providerUses, readModuleTree } from '../terraform/moduleTree';
import { providerOf, shortSource } from '../terraform/providerSource';
import { rememberBackend } from './backends';
import { sandboxEnvironment } from './environment';
import { exclusively } from './exclusive';
import { inferProvider } from './inferredSchema';
import { openForWriting } from './mirror';
import { plansProvisioners, provisionedResources, removedProvisioners } from './overrides';
import { makeHome, placesOf, selectedState, stateFiles } from './places';
import type { Places } from './places';
import { replaceRemoteStates } from './remoteStates';
import type { ProviderRequest } from './request';
import { SandboxError } from './sandboxError';
import { readScenario } from './scenario';
import { noScenario, scenarioFiles } from './scenarioFiles';
import type { Scenario } from './scenarioFiles';
import type { ScenarioRequest } from './scenarioEffects';
import { resolveRules } from './scenarioRules';
import type { ObjectType, ResolvedRules } from './scenarioRules';
import { startSimulator } from './simulatorProcess';
import { mergeUses, readStates } from './stateTypes';
import type { StateContents } from './stateTypes';
import { listedLocals, missingModules, refuseMissing, writeStubs } from './stubModules';
import { readTestNeeds } from './testFiles';
import { UsedTypes } from './usedTypes';
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
  /** The person agreed, for this session, that provisioners really run. They run in the shadow, with the person's rights. */
  readonly allowProvisioners?: boolean;
  /** The person wants stand-ins for modules that are not on this machine. */
  readonly stubModules?: boolean;
  /** Names of the scenario files to play, of those in `directory`; all of them when left out, none for `[]`. */
  readonly scenarios?: readonly string[] | undefined;
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
  /** The sandbox's state in the default workspace. */
  readonly stateFile: string;
  /** The state of the selected workspace. `terraform console` must be told with `-state`. */
  readonly selectedStateFile: string;
  /** The scenario files that are played. */
  readonly scenarioFiles: readonly string[];
  /** Addresses of blocks with provisioners that do not run in this session. */
  readonly silencedProvisioners: readonly string[];
  /** What else differs from a real run, in sentences for the person. */
  readonly notices: readonly string[];
  /**
   * Makes sure that a file terraform is about to write does not land in the person's folder through a link.
   *
   * @param file relative to `workingDirectory`
   * @throws SandboxError when it would lie outside of the sandbox
   */
  prepareOutput(file: string): void;
  /**
   * @param file a saved plan, relative to `workingDirectory` or absolute
   * @throws SandboxError when applying it would run provisioners that were agreed to only when it was made
   */
  checkPlan(file: string): void;
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
  const allowed = options.allowProvisioners === true;
  const places = placesOf(root, options.env, allowed);
  makeHome(places);
  const prepared = await exclusively(path.join(places.home, 'lock'), () => prepare(root, places, options));
  const simulator = await startSimulator(
    {
      dataFolder: options.dataFolder,
      identifiersFile: places.identifiersFile,
      providers: prepared.requests,
      scenario: prepared.scenario,
      files: { home: places.home, workingDirectory: prepared.workingDirectory },
    },
    { entry: options.sandboxEntry, execArgv: options.execArgv ?? [], env: options.env },
  );
  const { workingDirectory } = prepared;
  return {
    workingDirectory,
    env: sandboxEnvironment(options.env, places, simulator.reattach, allowed),
    providers: prepared.infos,
    stateFile: places.stateFile,
    get selectedStateFile() {
      return selectedState(places);
    },
    scenarioFiles: prepared.scenarioFiles,
    silencedProvisioners: prepared.silencedProvisioners,
    notices: prepared.notices,
    prepareOutput: (file) => {
      prepareOutput(places, workingDirectory, file);
    },
    checkPlan: (file) => {
      if (!allowed) refusePlannedProvisioners(path.resolve(workingDirectory, file));
    },
    holdFor: (pid) => {
      simulator.holdFor(pid);
    },
    dispose: () => simulator.stop(),
  };
}

interface Prepared {
  readonly workingDirectory: string;
  readonly requests: readonly ProviderRequest[];
  readonly infos: readonly SimulatedProviderInfo[];
  readonly scenario: ScenarioRequest;
  readonly scenarioFiles: readonly string[];
  readonly silencedProvisioners: readonly string[];
  readonly notices: readonly string[];
}

function prepare(root: string, places: Places, options: SandboxOptions): Prepared {
  const notices: string[] = [];
  const tree = readModuleTree(root, openDiskFiles());
  const tests = readTestNeeds(root);
  const trees = [tree, ...tests.trees];
  const modules = distinctModules(trees);
  for (const module of modules) refuseUnread(module);
  const missing = trees.flatMap(missingModules);
  refuseMissing(missing, root, options.stubModules === true);
  const schemas = openBundledSchemas(options.dataFolder, { onProblem: (problem) => notices.push(problem) });
  const usedTypes = new Map<ModuleNode, UsedTypes>();
  const usedIn = (node: ModuleNode): UsedTypes => {
    const known = usedTypes.get(node) ?? newUsedTypes(node, schemas);
    usedTypes.set(node, known);
    return known;
  };
  const states = readStates(places);
  const scenario = scenarioOf(root, options.scenarios);
  const uses = mergeUses([...trees.flatMap(providerUses), ...tests.uses, ...states.uses]).filter(isServed);
  const rules = resolveRules(scenario.rules, tree, states.objects, uses);
  const stubs = writeStubs(missing, places, () => usedIn(tree));
  for (const { address, source } of missing)
    notices.push(
      `${address} is a stand-in for ${source}: it takes any argument, and its outputs are made up.`,
    );
  const remote = replaceRemoteStates(trees, places, options.env, scenario.remoteStates, usedIn);
  notices.push(...remote.notices);
  const workingDirectory = prepareWorkingDirectory({
    root,
    modules,
    places,
    provisioners: options.allowProvisioners === true,
    overrides: [remote.overrides, rules.overrides],
    edits: remote.edits,
    located: rules.located,
    stubs,
    locals: stubs.length === 0 ? [] : listedLocals(tree),
  });
  rememberBackend(places, tree.module);
  const whole = options.wholeProviders === true || tests.unread;
  const planned = planProviders(schemas, trees, usedIn, uses, states, whole);
  return {
    ...planned,
    workingDirectory,
    scenario: scenarioRequest(places, scenario, rules, planned.examples),
    scenarioFiles: scenario.files,
    silencedProvisioners: options.allowProvisioners === true ? [] : provisionersIn(tree),
    notices,
  };
}

function scenarioOf(root: string, chosen: readonly string[] | undefined): Scenario {
  const files = scenarioFiles(root, chosen);
  return files.length === 0 ? noScenario : readScenario(root, files);
}

function rootOf(directory: string): string {
  if (!existsSync(directory)) throw new SandboxError(`There is no directory ${path.resolve(directory)}.`);
  const root = realpathSync(directory);
  if (!statSync(root).isDirectory()) throw new SandboxError(`${root} is no directory.`);
  if (readdirSync(root).some((name) => /\.(tf|tofu)(\.json)?$/.test(name))) return root;
  throw new SandboxError(`${root} holds no Terraform configuration: no file there ends in .tf.`);
}

function distinctModules(trees: readonly ModuleNode[]): readonly Module[] {
  const modules = new Map<string, Module>();
  for (const tree of trees) for (const { module } of eachNode(tree)) modules.set(module.directory, module);
  return [...modules.values()];
}

/** Configuration that nobody has read could hold provisioners and providers unseen. */
function refuseUnread(module: Module): void {
  const unread = module.unread[0];
  if (unread === undefined) return;
  throw new SandboxError(
    `${path.resolve(module.directory, unread)} cannot be read, so the sandbox cannot know what it holds. Correct or remove it.`,
  );
}

function newUsedTypes(tree: ModuleNode, schemas: SchemaLookup): UsedTypes {
  return new UsedTypes(tree, (declaration, module) => {
    const { kind } = declaration;
    if (kind !== 'resource' && kind !== 'data' && kind !== 'ephemeral') return undefined;
    return schemas.provider(providerOf(declaration, module))?.block(kind, declaration.type);
  });
}

interface PlannedProviders {
  readonly requests: readonly ProviderRequest[];
  readonly infos: readonly SimulatedProviderInfo[];
  readonly examples: ScenarioRequest['examples'];
}

function planProviders(
  schemas: SchemaLookup,
  trees: readonly ModuleNode[],
  usedIn: (tree: ModuleNode) => UsedTypes,
  uses: readonly ProviderUse[],
  states: StateContents,
  whole: boolean,
): PlannedProviders {
  const infos: SimulatedProviderInfo[] = [];
  const examples: Record<ObjectType, ScenarioRequest['examples'][ObjectType]> = {};
  const requests = uses.map((use): ProviderRequest => {
    const bundled = schemas.provider(use.source);
    infos.push({
      source: use.source,
      version: bundled?.provenance.version ?? '',
      inferred: bundled === undefined,
    });
    if (bundled === undefined) {
      const inferred = inferProvider(
        trees.map((tree) => ({ tree, used: usedIn(tree) })),
        use,
        states,
      );
      Object.assign(examples, inferred.examples);
      return { source: use.source, types: undefined, inferred: inferred.schema };
    }
    const types = { resource: use.resources, data: use.data, ephemeral: use.ephemeral };
    // With all names at hand, terraform can say which one was meant.
    const all = whole || !hasTypes(bundled, use);
    return { source: use.source, types: all ? undefined : types, inferred: undefined };
  });
  return { requests, infos, examples };
}

function hasTypes(schema: ProviderSchema, { resources, data, ephemeral }: ProviderUse): boolean {
  const used = { resource: resources, data, ephemeral };
  return (['resource', 'data', 'ephemeral'] as const).every((kind) => {
    const known = new Set(schema.names(kind));
    return used[kind].every((name) => known.has(name));
  });
}

function scenarioRequest(
  places: Places,
  { account, region, time }: Scenario,
  { rules, marked }: ResolvedRules,
  examples: ScenarioRequest['examples'],
): ScenarioRequest {
  const { memoryFile } = places;
  return { rules, marked, account, region, time, memoryFile, stateFiles: stateFiles(places), examples };
}

/** Terraform's own provider is no process that could be played. */
function isServed({ source }: ProviderUse): boolean {
  return !source.startsWith('terraform.io/builtin/');
}

function provisionersIn(tree: ModuleNode): readonly string[] {
  return [...eachNode(tree)].flatMap(({ path: calls, module }) => {
    const prefix = calls.map((name) => `module.${name}.`).join('');
    const resources = provisionedResources(module).map((header) => {
      const [type = '', name = ''] = [...header.matchAll(/"([^"]*)"/g)].map((match) => match[1] ?? '');
      return `${prefix}${type}.${name}`;
    });
    return [...resources, ...(removedProvisioners(module).length > 0 ? [`${prefix}removed`] : [])];
  });
}

function prepareOutput(places: Places, workingDirectory: string, file: string): void {
  const place = path.resolve(workingDirectory, file);
  const relative = path.relative(places.tree, place);
  if (relative.startsWith('..') || path.isAbsolute(relative)) {
    throw new SandboxError(
      `${file} lies outside of the sandbox's folder. Name a file at or below the root module's folder.`,
    );
  }
  openForWriting(places.tree, place);
}

function refusePlannedProvisioners(file: string): void {
  if (!existsSync(file) || !statSync(file).isFile() || !plansProvisioners(readFileSync(file))) return;
  throw new SandboxError(
    `${file} was planned with --allow-provisioners, and applying it runs them. Give --allow-provisioners for this run too, or plan again without.`,
  );
}

/** The providers in a person's words, for the one line that says what is simulated. */
export function describeProviders(providers: readonly SimulatedProviderInfo[]): string {
  const played = providers.map(({ source, version, inferred }) =>
    inferred
      ? `${shortSource(source)} (no schema, guessed from the configuration)`
      : `${shortSource(source)} ${version}`,
  );
  return played.length === 0 ? 'no providers' : played.join(', ');
}
