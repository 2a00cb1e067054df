import { mkdir, mkdtemp, rm, stat, symlink, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import type { LockedProvider } from './lockFile';

/** A folder in which the installed providers, and nothing else of a root module, can be asked for their schemas. */
export interface Scratch {
  readonly directory: string;
  dispose(): Promise<void>;
}

/**
 * Makes a folder that requires exactly these providers and finds them where they are installed. So a configuration that
 * cannot be read while somebody types, a backend that asks for credentials, or one broken provider are not in the way.
 *
 * @param dataDirectory `.terraform` of the root module in which they are installed
 */
export async function makeScratch(
  dataDirectory: string,
  providers: readonly LockedProvider[],
): Promise<Scratch> {
  const directory = await mkdtemp(path.join(os.tmpdir(), 'terratrain-providers-'));
  const dispose = (): Promise<void> => rm(directory, { recursive: true, force: true });
  try {
    await writeFile(path.join(directory, 'providers.tf'), requirements(providers));
    await writeFile(path.join(directory, '.terraform.lock.hcl'), lockFile(providers));
    // For whom runs the program: an empty configuration of the command line.
    await writeFile(path.join(directory, 'terraform.rc'), '');
    await mkdir(path.join(directory, '.terraform'));
    // A junction needs no rights on Windows and is an ordinary link elsewhere.
    await symlink(
      path.join(dataDirectory, 'providers'),
      path.join(directory, '.terraform', 'providers'),
      'junction',
    );
  } catch (error) {
    await dispose();
    throw error;
  }
  return { directory, dispose };
}

/** Whether the version that the lock file names lies unpacked under a data directory. */
export async function isInstalled(
  dataDirectory: string,
  { source, version }: LockedProvider,
): Promise<boolean> {
  const folder = path.join(dataDirectory, 'providers', ...source.split('/'), version);
  try {
    return (await stat(folder)).isDirectory();
  } catch {
    // Not there, or not for us.
    return false;
  }
}

function requirements(providers: readonly LockedProvider[]): string {
  const entries = providers.map(
    ({ source, version }, index) =>
      `    p${index} = {\n      source  = "${source}"\n      version = "${version}"\n    }\n`,
  );
  return `terraform {\n  required_providers {\n${entries.join('')}  }\n}\n`;
}

function lockFile(providers: readonly LockedProvider[]): string {
  return providers
    .map(({ source, version, hashes }) => {
      const lines = hashes.map((hash) => `    "${hash}",\n`).join('');
      return `provider "${source}" {\n  version = "${version}"\n  hashes = [\n${lines}  ]\n}\n`;
    })
    .join('\n');
}
