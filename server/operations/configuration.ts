import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { openDiskFiles } from '../terraform/diskFiles';
import { eachNode, readModuleTree } from '../terraform/moduleTree';
import { asOptionalText, asRecord, parseJson } from './json';

/** SHA-256 in hexadecimal by file; files under the root are named relative to it with `/`. */
export type Fingerprint = Readonly<Record<string, string>>;

/**
 * Hashes everything written that a plan is made from: the configuration files of the root module and of every module it
 * calls, the variable files terraform loads by itself and those named, and the lock file. Templates and other files
 * that functions read are not among them: their contents are in the plan already.
 *
 * @param varFiles Absolute.
 */
export function fingerprintConfiguration(root: string, varFiles: readonly string[]): Fingerprint {
  const tree = readModuleTree(root, openDiskFiles());
  const directories = new Set([...eachNode(tree)].map((node) => node.module.directory));
  const files = new Set<string>(varFiles);
  for (const directory of directories) {
    for (const name of namesIn(directory)) {
      if (isConfiguration(name) || (directory === tree.module.directory && isRootFile(name))) {
        files.add(path.join(directory, name));
      }
    }
  }
  const fingerprint: Record<string, string> = {};
  for (const file of [...files].sort()) {
    const hash = hashFile(file);
    if (hash !== undefined) fingerprint[nameFrom(root, file)] = hash;
  }
  return fingerprint;
}

/** Sentences' parts that say what differs: `main.tf changed`, `gpu.tf is new`, `old.tf is gone`. */
export function compareFingerprints(before: Fingerprint, now: Fingerprint): readonly string[] {
  const names = [...new Set([...Object.keys(before), ...Object.keys(now)])].sort();
  return names.flatMap((name) => {
    if (before[name] === now[name]) return [];
    if (before[name] === undefined) return [`${name} is new`];
    return [now[name] === undefined ? `${name} is gone` : `${name} changed`];
  });
}

/** `undefined` where there is no such file. */
export function hashFile(file: string): string | undefined {
  try {
    return createHash('sha256').update(fs.readFileSync(file)).digest('hex');
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code;
    if (code === 'ENOENT' || code === 'EISDIR' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

/** Where terraform keeps what `init` made: `.terraform`, unless `TF_DATA_DIR` says otherwise. */
export function dataFolder(workingDirectory: string, env: NodeJS.ProcessEnv): string {
  return path.resolve(workingDirectory, env.TF_DATA_DIR ?? '.terraform');
}

/** The selected workspace, found where terraform itself finds it. */
export function selectedWorkspace(workingDirectory: string, env: NodeJS.ProcessEnv): string {
  if (env.TF_WORKSPACE) return env.TF_WORKSPACE;
  const file = path.join(dataFolder(workingDirectory, env), 'environment');
  return readText(file)?.trim() ?? 'default';
}

/** The kind of the initialised backend: `s3`, `cloud`; `local` where none was declared. */
export function backendType(workingDirectory: string, env: NodeJS.ProcessEnv): string {
  const file = path.join(dataFolder(workingDirectory, env), 'terraform.tfstate');
  const backend = asRecord(asRecord(parseJson(readText(file) ?? '')).backend);
  return asOptionalText(backend.type) ?? 'local';
}

function readText(file: string): string | undefined {
  return fs.existsSync(file) ? fs.readFileSync(file, 'utf8') : undefined;
}

function namesIn(directory: string): readonly string[] {
  return fs.existsSync(directory) ? fs.readdirSync(directory) : [];
}

function isConfiguration(name: string): boolean {
  return /\.(tf|tofu)(\.json)?$/.test(name) && !name.startsWith('.');
}

function isRootFile(name: string): boolean {
  return name === '.terraform.lock.hcl' || /^terraform\.tfvars(\.json)?$|\.auto\.tfvars(\.json)?$/.test(name);
}

function nameFrom(root: string, file: string): string {
  return path.relative(root, file).split(path.sep).join('/');
}
