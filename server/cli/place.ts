import * as fs from 'node:fs';
import * as path from 'node:path';
import { findTerraform } from '../operations/operations';
import type { Operation, OperationListener, Place, Target } from '../operations/operations';
import type { CommandIo } from './command';
import { stateFolder } from './installation';

/** A target that is ready for terraform. */
export interface OpenPlace {
  readonly place: Place;
  /** Wraps a listener so that what the target needs lives as long as terraform does, also when we are gone. */
  listen(listener: OperationListener): OperationListener;
  dispose(): Promise<void>;
}

/**
 * Opens the real target, or a sandbox for the root module at `directory`.
 * @throws With a sentence for the person, when there is no terraform or the directory holds no configuration.
 */
export async function openPlace(directory: string, target: Target, io: CommandIo): Promise<OpenPlace> {
  const root = rootModule(directory);
  const binary = await findTerraform({ configured: io.env.TERRATRAIN_TERRAFORM, env: io.env });
  if (target === 'real') {
    return {
      place: { directory: root, workingDirectory: root, env: io.env, binary, target },
      listen: (listener) => listener,
      dispose: () => Promise.resolve(),
    };
  }
  const [{ openSandbox }, { installedSandbox }] = await Promise.all([
    import('../sandbox/sandbox'),
    import('../sandbox/installation'),
  ]);
  const session = await openSandbox({ ...installedSandbox(), directory: root, env: io.env });
  return {
    place: { directory: root, workingDirectory: session.workingDirectory, env: session.env, binary, target },
    listen: (listener) => (event) => {
      if (event.type === 'process') session.holdFor(event.pid);
      listener(event);
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
