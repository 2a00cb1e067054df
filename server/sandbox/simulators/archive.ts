import { readdirSync, statSync } from 'node:fs';
import path from 'node:path';
import { isList, isRecord } from '../values';
import type { ValueRecord } from '../values';
import { hashesOf, readInput, resolveFile, writeInside } from './files';
import { textOf } from './simulator';
import type { Simulation, Simulator } from './simulator';
import { makeTarGz, makeZip } from './zip';
import type { ArchiveEntry } from './zip';

/** hashicorp/archive: a real archive of real files, written only inside the sandbox. */
export const archiveSimulators: Readonly<Record<string, Simulator>> = { archive_file: archiveFile };

function archiveFile(simulation: Simulation): ValueRecord {
  const { object, files } = simulation;
  const type = textOf(object, 'type') ?? 'zip';
  if (type !== 'zip' && type !== 'tar.gz')
    throw new Error(`There are archives of the types "zip" and "tar.gz", not "${type}".`);
  const entries = entriesOf(simulation);
  if (entries.length === 0) throw new Error('The archive would be empty: nothing is left to put into it.');
  const archive = type === 'zip' ? makeZip(entries) : makeTarGz(entries);
  const output = textOf(object, 'output_path');
  if (output !== undefined) writeInside(files, output, archive);
  const hashes = hashesOf(archive, 'output', 'sha');
  return { ...hashes, output_size: archive.length, id: hashes.output_sha ?? '' };
}

function entriesOf({ object, files }: Simulation): ArchiveEntry[] {
  const chosen = textOf(object, 'output_file_mode');
  const mode = chosen === undefined ? undefined : Number.parseInt(chosen, 8);
  const folder = textOf(object, 'source_dir');
  const file = textOf(object, 'source_file');
  const name = textOf(object, 'source_content_filename');
  if (folder !== undefined) return folderEntries(resolveFile(files, folder), folder, excluded(object), mode);
  if (file !== undefined) {
    const contents = readInput(files, file);
    return [{ name: path.basename(file), contents, mode: mode ?? modeOf(resolveFile(files, file)) }];
  }
  if (name !== undefined)
    return [
      {
        name: toSlashes(name),
        contents: Buffer.from(textOf(object, 'source_content') ?? ''),
        mode: undefined,
      },
    ];
  const sources = isList(object.source) ? object.source.filter(isRecord) : [];
  return sources
    .map((each): ArchiveEntry => ({
      name: toSlashes(textOf(each, 'filename') ?? ''),
      contents: Buffer.from(textOf(each, 'content') ?? ''),
      mode: undefined,
    }))
    .sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** All files below a folder in the order of their names; links are followed. */
function folderEntries(
  root: string,
  written: string,
  isExcluded: (name: string) => boolean,
  mode: number | undefined,
): ArchiveEntry[] {
  const walk = (folder: string, prefix: string): ArchiveEntry[] =>
    readdirSync(folder)
      .sort()
      .flatMap((each) => {
        const name = prefix + each;
        const place = path.join(folder, each);
        if (isExcluded(name)) return [];
        const found = statSync(place);
        if (found.isDirectory()) return walk(place, `${name}/`);
        return [{ name, contents: readInput(undefined, place), mode: mode ?? modeOf(place) }];
      });
  try {
    return walk(root, '');
  } catch (error) {
    throw new Error(`The folder ${written} cannot be archived: ${(error as Error).message}`, {
      cause: error,
    });
  }
}

/** Patterns of paths: `*` within a name, `**` across folders, `?` one character, `{a,b}` one of several. */
function excluded(object: ValueRecord): (name: string) => boolean {
  const texts = isList(object.excludes) ? object.excludes.filter((each) => typeof each === 'string') : [];
  const patterns = texts
    .filter((each) => each !== '')
    .map((each) => new RegExp(`^${toPattern(toSlashes(each))}$`, 'u'));
  return (name) => patterns.some((pattern) => pattern.test(name));
}

function toPattern(glob: string): string {
  const tokens = glob.match(/\*\*\/|\*\*|\*|\?|\{[^}]*\}|\[[^\]]*\]|[^*?{[]+|./gu) ?? [];
  return tokens
    .map((token) => {
      if (token === '**/') return '(?:[^/]+/)*';
      if (token === '**') return '.*';
      if (token === '*') return '[^/]*';
      if (token === '?') return '[^/]';
      if (/^\{.*\}$/u.test(token)) return `(?:${token.slice(1, -1).split(',').map(toPattern).join('|')})`;
      if (/^\[.*\]$/u.test(token)) return token.replace(/^\[!/u, '[^');
      return token.replace(/[\\^$.*+?()[\]{}|/]/gu, '\\$&');
    })
    .join('');
}

function modeOf(file: string): number {
  return statSync(file).mode & 0o777;
}

function toSlashes(name: string): string {
  return name.replaceAll('\\', '/');
}
