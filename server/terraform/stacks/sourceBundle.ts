import path from 'node:path';
import type { FileSource } from '../model';
import { compareVersions, satisfies } from '../versionConstraint';

/**
 * Where `terraform stacks init` put the remote sources of a stack: `.terraform/modules/terraform-sources.json`, whose
 * format is that of go-slug's `sourcebundle` (version 1).
 */
interface SourceBundle {
  /** Addresses of packages, without a path inside them, to directories. */
  readonly packages: ReadonlyMap<string, string>;
  /** Registry addresses, with their host, to what each version stands for. */
  readonly registry: ReadonlyMap<string, ReadonlyMap<string, string>>;
}

/** Reads the bundle of a stack; `undefined` where there is none or it cannot be read. */
export function readSourceBundle(stack: string, files: FileSource): SourceBundle | undefined {
  const folder = path.join(stack, '.terraform', 'modules');
  const text = files.read(path.join(folder, 'terraform-sources.json'));
  const root = text === undefined ? undefined : parseJson(text);
  if (root === undefined) return undefined;
  const packages = new Map<string, string>();
  for (const entry of listOf(root, 'packages')) {
    const source = textOf(entry, 'source');
    const local = textOf(entry, 'local');
    if (source !== undefined && local !== undefined) packages.set(source, path.join(folder, local));
  }
  const registry = new Map<string, ReadonlyMap<string, string>>();
  for (const entry of [...listOf(root, 'registry'), ...listOf(root, 'components')]) {
    const source = textOf(entry, 'source');
    if (source !== undefined) registry.set(source, versionsOf(entry));
  }
  return { packages, registry };
}

/** The directory behind a remote source, in its newest version that fits; `undefined` where the bundle has none. */
export function bundledDirectory(
  source: string,
  version: string | undefined,
  bundle: SourceBundle,
): string | undefined {
  const { address, folder } = split(source);
  const versions =
    bundle.registry.get(address) ??
    bundle.registry.get(`registry.terraform.io/${address}`) ??
    new Map<string, string>();
  const [newest] = [...versions.keys()]
    .filter((each) => version === undefined || satisfies(each, version) !== false)
    .sort((a, b) => compareVersions(b, a) ?? 0);
  const meant = newest === undefined ? undefined : versions.get(newest);
  const remote = meant === undefined ? { address, folder: '' } : split(meant);
  const directory = spellings(remote.address)
    .map((each) => bundle.packages.get(each))
    .find(isThere);
  return directory === undefined ? undefined : path.join(directory, remote.folder, folder);
}

function isThere(directory: string | undefined): directory is string {
  return directory !== undefined;
}

/** `//` parts a package from a folder in it; a query belongs to the package. */
function split(source: string): { readonly address: string; readonly folder: string } {
  const match = /^((?:[a-z0-9+]+::)?(?:[a-z0-9+.-]+:\/\/)?[^?]*?)(?:\/\/([^?]*))?(\?.*)?$/i.exec(source);
  if (match === null) return { address: source, folder: '' };
  return { address: `${match[1] ?? ''}${match[3] ?? ''}`, folder: match[2] ?? '' };
}

/** The short forms of well-known hosts as the bundle writes them. */
function spellings(address: string): readonly string[] {
  const [plain = '', query] = address.split('?');
  const suffix = query === undefined ? '' : `?${query}`;
  const short = /^(?:https:\/\/)?(github\.com|gitlab\.com|bitbucket\.org)\/([^/]+\/[^/]+?)(?:\.git)?$/.exec(
    plain,
  );
  if (short === null) return [address, `git::${address}`];
  return [address, `git::https://${short[1] ?? ''}/${short[2] ?? ''}.git${suffix}`];
}

function versionsOf(entry: unknown): ReadonlyMap<string, string> {
  const versions = new Map<string, string>();
  const listed = fieldOf(entry, 'versions');
  if (typeof listed !== 'object' || listed === null) return versions;
  for (const [version, meant] of Object.entries(listed)) {
    const source = textOf(meant, 'source');
    if (source !== undefined) versions.set(version, source);
  }
  return versions;
}

function listOf(value: unknown, name: string): readonly unknown[] {
  const list = fieldOf(value, name);
  return Array.isArray(list) ? list : [];
}

function textOf(value: unknown, name: string): string | undefined {
  const text = fieldOf(value, name);
  return typeof text === 'string' ? text : undefined;
}

function fieldOf(value: unknown, name: string): unknown {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[name] : undefined;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // A half-written manifest is as good as none: its sources count as not installed.
    return undefined;
  }
}
