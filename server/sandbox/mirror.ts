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
import { overrideFile } from './overrides';

export interface MirrorRules {
  /** Terraform reads configuration from this directory. */
  readonly isModule: boolean;
  /** A child that is mirrored itself, because a module lies in it. */
  readonly isMirrored: (child: string) => boolean;
}

/** What belongs to the person's own runs of terraform, and must stay out of the sandbox's. */
const privateNames =
  /^(\.terraform|\.git|\.terraform\.lock\.hcl|terraform\.tfstate\.d|.*\.tfstate(\.backup)?|\..*\.tfstate\.lock\.info|crash(\..*)?\.log)$/;
/** Copied, not linked: `terraform fmt` would write through a link. */
const configuration = /\.(tf|tofu|tfvars|tfvars\.json|tftest\.hcl|tofutest\.hcl|tfmock\.hcl)$/;

/**
 * Brings `shadow` in line with `directory`: configuration is copied, everything else linked (copied where the system
 * does not allow links). What the person removed disappears; other files in the shadow, such as saved plans, stay.
 */
export function mirrorDirectory(directory: string, shadow: string, rules: MirrorRules): void {
  makeDirectory(shadow);
  const wanted = new Set<string>([overrideFile]);
  for (const entry of readdirSync(directory, { withFileTypes: true })) {
    if (privateNames.test(entry.name) || entry.name === overrideFile) continue;
    wanted.add(entry.name);
    const from = path.join(directory, entry.name);
    const to = path.join(shadow, entry.name);
    if (rules.isMirrored(from)) continue;
    if (rules.isModule && configuration.test(entry.name) && !entry.isDirectory()) copyWhenDifferent(from, to);
    else link(from, to, entry);
  }
  for (const entry of readdirSync(shadow, { withFileTypes: true })) {
    const ours = entry.isSymbolicLink() || configuration.test(entry.name);
    if (ours && !wanted.has(entry.name)) rmSync(path.join(shadow, entry.name), { force: true });
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

/** A link from an earlier run gives way: the directory may hold a module now. */
function makeDirectory(shadow: string): void {
  if (lstatSync(shadow, { throwIfNoEntry: false })?.isSymbolicLink() === true) rmSync(shadow);
  mkdirSync(shadow, { recursive: true, mode: 0o700 });
}

function copyWhenDifferent(from: string, to: string): void {
  // A dangling link, for example an editor's lock file, is nothing to read.
  if (!existsSync(from)) return;
  const there = lstatSync(to, { throwIfNoEntry: false });
  if (there?.isFile() === true && readFileSync(to).equals(readFileSync(from))) return;
  if (there !== undefined) rmSync(to, { recursive: true });
  writeFileSync(to, readFileSync(from), { mode: 0o600 });
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
