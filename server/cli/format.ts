import { readFile, readdir, stat, writeFile } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { format as formatText } from '../hcl/format';
import { LineIndex } from '../text/lineIndex';
import type { Command, CommandIo } from './command';
import { UsageError } from './command';

const EXTENSIONS = ['.tf', '.tfvars', '.tftest.hcl', '.tfmock.hcl', '.tofu'] as const;

const CHANGED = 3;
const FAILED = 2;

/** Formats files, folders or standard input exactly as `terraform fmt` would. */
export const format: Command = {
  name: 'format',
  summary: 'Rewrite Terraform files to the canonical style.',
  help: `Usage: terratrain format [PATH…|-] [--check] [--recursive]

Rewrites Terraform files to exactly what "terraform fmt" writes and lists those that changed.
PATH is a file or a folder (default: the current folder). "-" reads standard input and
writes standard output. Formatted are ${EXTENSIONS.join(', ')} files.

Options:
  --check      write nothing, list what would change
  --recursive  also the folders inside of each folder, except hidden ones and node_modules

Exit code: 0, 3 when --check finds something to change, 2 when a file does not parse.
A file that does not parse is left as it is.

Example:
  terratrain format --check --recursive infrastructure
`,
  async run(args, io) {
    const { paths, check, recursive } = readArguments(args);
    if (paths.includes('-')) return formatStdin(io, check);
    const files: string[] = [];
    let code = 0;
    const onUnreadable = (folder: string, error: unknown): void => {
      io.stderr.write(`${displayName(folder, io.cwd)}: The folder was left out: ${messageOf(error)}.\n`);
      code = FAILED;
    };
    for (const path of paths) {
      files.push(...(await findFiles(resolve(io.cwd, path), path, recursive, onUnreadable)));
    }
    for (const file of [...new Set(files)]) {
      if (io.signal.aborted) return 130;
      const result = await formatFile(file, io, check);
      if (result === 'failed') code = FAILED;
      else if (result === 'changed' && check && code === 0) code = CHANGED;
    }
    return code;
  },
};

interface Arguments {
  readonly paths: readonly string[];
  readonly check: boolean;
  readonly recursive: boolean;
}

function readArguments(args: readonly string[]): Arguments {
  const paths: string[] = [];
  let check = false;
  let recursive = false;
  let onlyPaths = false;
  for (const argument of args) {
    if (onlyPaths || argument === '-' || !argument.startsWith('-')) paths.push(argument);
    else if (argument === '--') onlyPaths = true;
    else if (argument === '--check') check = true;
    else if (argument === '--recursive') recursive = true;
    else throw new UsageError(`Unknown option "${argument}". "terratrain format --help" lists the options.`);
  }
  if (paths.includes('-') && paths.length > 1) {
    throw new UsageError('"-" (standard input) cannot be combined with other paths.');
  }
  return { paths: paths.length === 0 ? ['.'] : paths, check, recursive };
}

async function formatStdin(io: CommandIo, check: boolean): Promise<number> {
  const chunks: Buffer[] = [];
  for await (const chunk of io.stdin) chunks.push(Buffer.from(chunk));
  const text = decode(Buffer.concat(chunks));
  if (text === undefined) {
    io.stderr.write(notText('<stdin>'));
    return FAILED;
  }
  const result = formatText(text);
  if (!result.ok) {
    reportErrors('<stdin>', text, result.errors, io);
    return FAILED;
  }
  // Terraform ends what it writes to a terminal or pipe with a line break, unlike what it writes to a file.
  const output = result.text.endsWith('\n') ? result.text : `${result.text}\n`;
  if (!check) io.stdout.write(output);
  else if (output !== text) {
    io.stdout.write('<stdin>\n');
    return CHANGED;
  }
  return 0;
}

async function formatFile(
  file: string,
  io: CommandIo,
  check: boolean,
): Promise<'same' | 'changed' | 'failed'> {
  const name = displayName(file, io.cwd);
  try {
    return await formatReadable(file, name, io, check);
  } catch (error) {
    io.stderr.write(`${name}:1:1: The file was left as it is: ${messageOf(error)}.\n`);
    return 'failed';
  }
}

async function formatReadable(
  file: string,
  name: string,
  io: CommandIo,
  check: boolean,
): Promise<'same' | 'changed' | 'failed'> {
  const text = decode(await readFile(file));
  if (text === undefined) {
    io.stderr.write(notText(name));
    return 'failed';
  }
  const result = formatText(text);
  if (!result.ok) {
    reportErrors(name, text, result.errors, io);
    return 'failed';
  }
  if (result.text === text) return 'same';
  if (!check) await writeFile(file, result.text);
  io.stdout.write(`${name}\n`);
  return 'changed';
}

/** The files of a folder in the order of their names; the path itself when it is a file. */
async function findFiles(
  path: string,
  given: string,
  recursive: boolean,
  onUnreadable: (folder: string, error: unknown) => void,
): Promise<string[]> {
  const stats = await stat(path).catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') {
      throw new UsageError(`There is no file or folder "${given}".`);
    }
    throw new UsageError(`"${given}" cannot be read: ${messageOf(error)}.`);
  });
  if (!stats.isDirectory()) {
    if (hasExtension(path)) return [path];
    throw new UsageError(
      `"${given}" is no Terraform file: only ${EXTENSIONS.join(', ')} files are formatted.`,
    );
  }
  const files: string[] = [];
  const folders = [path];
  for (let folder = folders.pop(); folder !== undefined; folder = folders.pop()) {
    const inner: string[] = [];
    const entries = await readdir(folder, { withFileTypes: true }).catch((error: unknown) => {
      onUnreadable(folder, error);
      return [];
    });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      if (entry.name.startsWith('.') || entry.name === 'node_modules') continue;
      const child = join(folder, entry.name);
      if (entry.isDirectory()) inner.push(child);
      else if (isFormatted(entry.name) && (entry.isFile() || (await isLinkToFile(child)))) files.push(child);
    }
    if (recursive) folders.push(...inner.reverse());
  }
  return files;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** Backups of editors are left alone, as by Terraform. */
function isFormatted(name: string): boolean {
  return hasExtension(name) && !name.endsWith('~') && !(name.startsWith('#') && name.endsWith('#'));
}

function hasExtension(path: string): boolean {
  return EXTENSIONS.some((extension) => path.endsWith(extension));
}

async function isLinkToFile(path: string): Promise<boolean> {
  return stat(path).then(
    (stats) => stats.isFile(),
    // A dangling link is no file.
    () => false,
  );
}

/** Undefined for bytes that are no UTF-8, which would not survive being written back. */
function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

function reportErrors(
  name: string,
  text: string,
  errors: readonly { readonly message: string; readonly range: { readonly start: number } }[],
  io: CommandIo,
): void {
  const lines = new LineIndex(text);
  for (const { message, range } of errors) {
    const { line, character } = lines.positionAt(range.start);
    io.stderr.write(`${name}:${line + 1}:${character + 1}: ${message}\n`);
  }
}

function notText(name: string): string {
  return `${name}:1:1: The file is not UTF-8 text and was left as it is. Save it as UTF-8.\n`;
}

function displayName(file: string, cwd: string): string {
  const name = relative(cwd, file);
  return name === '' || name.startsWith('..') ? file : name;
}
