import { createHash } from 'node:crypto';
import { lstatSync, mkdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { ValueRecord } from '../values';
import type { SandboxFiles } from './simulator';

/** Where a path of the configuration leads: paths are relative to the folder Terraform runs in. */
export function resolveFile(files: SandboxFiles | undefined, file: string): string {
  return path.resolve(files?.workingDirectory ?? '.', file);
}

/**
 * Writes a file of a simulated object, in the sandbox's own folder only; elsewhere nothing happens. A link into the
 * person's folder is replaced by the file, never followed.
 *
 * @returns whether it was written
 */
export function writeInside(files: SandboxFiles | undefined, file: string, contents: Buffer): boolean {
  const place = placeInside(files, file);
  if (place === undefined) return false;
  mkdirSync(path.dirname(place), { recursive: true });
  if (isLink(place)) rmSync(place);
  writeFileSync(place, contents);
  return true;
}

/** Takes a file away that `writeInside` wrote. */
export function removeInside(files: SandboxFiles | undefined, file: string): void {
  const place = placeInside(files, file);
  if (place !== undefined && !isLink(place)) rmSync(place, { force: true });
}

/** @throws Error that names the file as the configuration does */
export function readInput(files: SandboxFiles | undefined, file: string): Buffer {
  try {
    return readFileSync(resolveFile(files, file));
  } catch (error) {
    throw new Error(`${file} cannot be read: ${(error as Error).message}`, { cause: error });
  }
}

/** The hashes that hashicorp/local and hashicorp/archive give, by the names behind `prefix`. */
export function hashesOf(contents: Buffer, prefix: string, sha1: string): ValueRecord {
  const hash = (algorithm: string, encoding: 'hex' | 'base64' = 'hex'): string =>
    createHash(algorithm).update(contents).digest(encoding);
  return {
    [`${prefix}_md5`]: hash('md5'),
    [`${prefix}_${sha1}`]: hash('sha1'),
    [`${prefix}_sha256`]: hash('sha256'),
    [`${prefix}_sha512`]: hash('sha512'),
    [`${prefix}_base64sha256`]: hash('sha256', 'base64'),
    [`${prefix}_base64sha512`]: hash('sha512', 'base64'),
  };
}

/** The place itself, when it really lies in the sandbox's folder whatever is linked on the way. */
function placeInside(files: SandboxFiles | undefined, file: string): string | undefined {
  if (files === undefined) return undefined;
  const place = path.resolve(files.workingDirectory, file);
  let existing = path.dirname(place);
  const missing: string[] = [];
  while (!exists(existing)) {
    missing.unshift(path.basename(existing));
    existing = path.dirname(existing);
  }
  const real = path.join(realpathSync(existing), ...missing);
  const home = realpathSync(files.home);
  const inside = path.relative(home, real);
  return inside.startsWith('..') || path.isAbsolute(inside)
    ? undefined
    : path.join(real, path.basename(place));
}

function exists(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false }) !== undefined;
}

function isLink(place: string): boolean {
  return lstatSync(place, { throwIfNoEntry: false })?.isSymbolicLink() === true;
}
