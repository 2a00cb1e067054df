import * as fs from 'node:fs';
import * as path from 'node:path';
import { describeSimulation, findTerraform } from '../operations/operations';
import type { Operation, OperationListener, Place, Target } from '../operations/operations';
import { UsageError } from './command';
import type { CommandIo } from './command';
import { stateFolder } from './installation';

/** A target that is ready for terraform. */
export interface OpenPlace {
  readonly place: Place;
  /** Wraps a listener so that what the target needs lives as long as terraform does, also when we are gone. */
  listen(listener: OperationListener): OperationListener;
  /**
   * To be asked before a saved plan is applied.
   * @throws SandboxError when applying it would run provisioners that were agreed to only when it was made
   */
  checkPlan(file: string): void;
  dispose(): Promise<void>;
}

/** What a person asks of the sandbox for one run. */
export interface SandboxWishes {
  readonly allowProvisioners: boolean;
  readonly stubModules: boolean;
  /** Names of the scenarios to play; all there are when left out. */
  readonly scenarios?: readonly string[] | undefined;
}

/** The command line's words for them, as `parseArgs` takes them. */
export const wishOptions = {
  'allow-provisioners': { type: 'boolean', default: false },
  'stub-modules': { type: 'boolean', default: false },
  scenario: { type: 'string', multiple: true },
} as const;

/** @throws UsageError for wishes that only the sandbox can grant. */
export function readWishes(
  values: {
    readonly 'allow-provisioners': boolean;
    readonly 'stub-modules': boolean;
    readonly scenario?: readonly string[];
  },
  target: Target,
): SandboxWishes {
  const { 'allow-provisioners': allowProvisioners, 'stub-modules': stubModules, scenario } = values;
  const given = [
    ...(allowProvisioners ? ['--allow-provisioners'] : []),
    ...(stubModules ? ['--stub-modules'] : []),
    ...(scenario === undefined ? [] : ['--scenario']),
  ];
  if (target === 'real' && given[0] !== undefined) {
    throw new UsageError(`${given[0]} is for the sandbox, and this is the real target.`);
  }
  if (scenario?.includes('') === true) {
    throw new UsageError('--scenario needs a name, for example --scenario=no-capacity.');
  }
  return { allowProvisioners, stubModules, scenarios: scenario?.filter((name) => name !== 'none') };
}

/**
 * Opens the real target, or a sandbox for the root module at `directory`, and says on stderr what it simulates.
 * @throws With a sentence for the person, when there is no terraform or the directory holds no configuration.
 */
export async function openPlace(
  directory: string,
  target: Target,
  wishes: SandboxWishes,
  io: CommandIo,
): Promise<OpenPlace> {
  const root = rootModule(directory);
  const binary = await findTerraform({ configured: io.env.TERRATRAIN_TERRAFORM, env: io.env });
  if (target === 'real') {
    return {
      place: { directory: root, workingDirectory: root, env: io.env, binary, target },
      listen: (listener) => listener,
      checkPlan: () => undefined,
      dispose: () => Promise.resolve(),
    };
  }
  const [{ describeProviders, openSandbox }, { installedSandbox }] = await Promise.all([
    import('../sandbox/sandbox'),
    import('../sandbox/installation'),
  ]);
  const session = await openSandbox({ ...installedSandbox(), ...wishes, directory: root, env: io.env });
  const providers = describeProviders(session.providers);
  for (const line of describeSimulation(session, { providers, howToRun: '--allow-provisioners runs them' })) {
    io.stderr.write(`${line}\n`);
  }
  return {
    place: { directory: root, workingDirectory: session.workingDirectory, env: session.env, binary, target },
    listen: (listener) => (event) => {
      if (event.type === 'process') session.holdFor(event.pid);
      listener(event);
    },
    checkPlan: (file) => {
      session.checkPlan(file);
    },
    dispose: () => session.dispose(),
  };
}

/** Waits for an operation and removes its files, which may hold secrets; where the outcome is not certain they stay. */
export async function finish<Outcome extends { readonly status: string }>(
  operation: Operation<Outcome>,
): Promise<Outcome> {
  const outcome = await operation.outcome;
  if (outcome.status !== 'unknown') fs.rmSync(operation.folder, { recursive: true, force: true });
  return outcome;
}

export function operationsFolder(io: CommandIo): string {
  return path.join(stateFolder(io.env), 'operations');
}

/** Columns to lay text out for; a file gets what a usual terminal has. */
export function columnsOf(stream: NodeJS.WritableStream): number {
  const { columns } = stream as { columns?: number };
  return columns === undefined || columns < 40 ? 100 : columns;
}

function rootModule(directory: string): string {
  const isDirectory = fs.statSync(directory, { throwIfNoEntry: false })?.isDirectory() === true;
  if (!isDirectory) throw new Error(`There is no directory ${directory}.`);
  const root = fs.realpathSync(directory);
  if (fs.readdirSync(root).some((name) => /\.(tf|tofu)(\.json)?$/.test(name))) return root;
  throw new Error(`${root} holds no Terraform configuration: no file there ends in .tf.`);
}
