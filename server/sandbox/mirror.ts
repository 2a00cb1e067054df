import {
  copyFileSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  readdirSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import type { Dirent, Stats } from 'node:fs';
import path from 'node:path';

export interface MirrorRules {
  /** Terraform reads configuration from this directory. */
  readonly isModule: boolean;
  /** A child that is mirrored itself, because a module lies in it. */
  readonly isMirrored: (child: string) => boolean;
  /** What a file of configuration says in the shadow, where that is not what it says outside. */
  readonly rewritten?: ReadonlyMap<string, string>;
  /** Configuration that counts: any other was not looked into, and stays outside. */
  readonly read?: ReadonlySet<string>;
  /** Names of files in the shadow that are ours. */
  readonly own: readonly string[];
}

/** What belongs to the person's own runs of terraform, and must stay out of the sandbox's. */
const privateNames =
  /^(\.terraform|\.terraform\.lock\.hcl|terraform\.tfstate\.d|.*\.tfstate(\.\d+)?(\.backup)?|\..*\.tfstate\.lock\.info|crash(\..*)?\.log)$/;
/** What terraform or OpenTofu takes for a part of a module. */
const moduleFile = /\.(tf|tofu)(\.json)?$/;
/** Copied, not linked: whatever formats or generates configuration would write through a link. */
const configuration =
  /\.(tf|tofu|tf\.json|tofu\.json|tfvars|tfvars\.json|(tftest|tofutest|tfmock)\.(hcl|json))$/;

/**
 * Brings `shadow` in line with `directory`: configuration is copied, everything else linked (copied where the system
 * does not allow links). What the person removed disappears; other files in the shadow, such as saved plans, stay.
 */
export function mirrorDirectory(directory: string, shadow: string, rules: MirrorRules): void {
  makeDirectory(shadow);
  const wanted = new Set<string>(rules.own);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (privateNames.test(entry.name) || rules.own.includes(entry.name)) continue;
    if (moduleFile.test(entry.name) && rules.read?.has(path.join(directory, entry.name)) === false) continue;
    wanted.add(entry.name);
    const from = path.join(directory, entry.name);
    const to = path.join(shadow, entry.name);
    if (rules.isMirrored(from)) continue;
    if (rules.isModule && configuration.test(entry.name) && !entry.isDirectory()) {
      copyWhenDifferent(from, to, rules.rewritten?.get(from));
    } else if (entry.isDirectory() && isOwnDirectory(to)) openDirectory(from, to);
    else link(from, to, entry);
  }
  for (const entry of readdirSync(shadow, { withFileTypes: true })) {
    const ours =
      entry.isSymbolicLink() || (configuration.test(entry.name) && !rules.own.includes(entry.name));
    if (ours && !wanted.has(entry.name)) rmSync(path.join(shadow, entry.name), { force: true });
  }
}

/**
 * Makes room for files that terraform is about to write: a link to a folder of the person becomes a folder of our own
 * that links what is in it, so that nothing is written through. Folders on the way are opened as well.
 *
 * @param file where terraform will write, inside `shadow`
 */
export function openForWriting(shadow: string, file: string): void {
  let at = shadow;
  for (const name of path.relative(shadow, file).split(path.sep)) {
    at = path.join(at, name);
    const there = lstatSync(at, { throwIfNoEntry: false });
    if (there?.isSymbolicLink() !== true) continue;
    const target = path.resolve(path.dirname(at), readlinkSync(at));
    rmSync(at);
    if (at !== file && existsSync(target) && statSync(target).isDirectory()) openDirectory(target, at);
  }
}

export function writeWhenDifferent(file: string, text: string): void {
  const there = lstatSync(file, { throwIfNoEntry: false });
  if (there?.isFile() === true && readFileSync(file, 'utf8') === text) return;
  // Never through a link: it would lead into the person's folder.
  if (there !== undefined) rmSync(file, { recursive: true });
  mkdirSync(path.dirname(file), { recursive: true });
  writeFileSync(file, text, { mode: 0o600 });
}

function openDirectory(from: string, to: string): void {
  mirrorDirectory(from, to, { isModule: false, isMirrored: () => false, own: [] });
}

function isOwnDirectory(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false })?.isDirectory() === true;
}

/** A link from an earlier run gives way: the directory may hold a module now. */
export function makeDirectory(shadow: string): void {
  const there = lstatSync(shadow, { throwIfNoEntry: false });
  if (there !== undefined && !there.isDirectory()) rmSync(shadow);
  mkdirSync(shadow, { recursive: true, mode: 0o700 });
}

function copyWhenDifferent(from: string, to: string, text: string | undefined): void {
  // A dangling link, for example an editor's lock file, is nothing to read.
  if (!existsSync(from)) return;
  const contents = text === undefined ? readFileSync(from) : Buffer.from(text);
  const there = lstatSync(to, { throwIfNoEntry: false });
  if (there?.isFile() === true && readFileSync(to).equals(contents)) return;
  if (there !== undefined) rmSync(to, { recursive: true });
  writeFileSync(to, contents, { mode: 0o600 });
}

function link(from: string, to: string, entry: Dirent): void {
  const there = lstatSync(to, { throwIfNoEntry: false });
  if (there?.isSymbolicLink() === true && readlinkSync(to) === from) return;
  // A file that terraform wrote here, such as a plan, counts more than one of the same name beside the configuration.
  if (there?.isFile() === true && !isOutdatedCopy(from, there)) return;
  if (there !== undefined) rmSync(to, { recursive: true });
  if (process.platform !== 'win32') symlinkSync(from, to);
  // Windows lets everybody link directories, but not files.
  else if (entry.isDirectory()) symlinkSync(from, to, 'junction');
  else copyFileSync(from, to);
}

/** Only Windows has copies, which keep the time of what they were copied from. */
function isOutdatedCopy(from: string, copy: Stats): boolean {
  return process.platform === 'win32' && existsSync(from) && statSync(from).mtimeMs > copy.mtimeMs;
}
