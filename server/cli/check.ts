import { isUtf8 } from 'node:buffer';
import { closeSync, openSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { openWorld } from '../cty/world';
import type { Diagnostic, Severity } from '../features/diagnostic';
import { diagnose } from '../features/diagnostics';
import type { Snapshot } from '../features/snapshot';
import type { SchemaLookup } from '../providers/schema';
import { largestFile, openDiskFiles } from '../terraform/diskFiles';
import { isVariablesName } from '../terraform/fileNames';
import { ModuleIndex } from '../terraform/moduleIndex';
import { eachNode } from '../terraform/moduleTree';
import { LineIndex } from '../text/lineIndex';
import type { Position } from '../text/lineIndex';
import { UsageError } from './command';
import type { Command, CommandIo } from './command';
import { openSchemasFor } from './schemas';

const help = `Usage: terratrain check [DIR] [--installed] [--json]

Everything the editor would underline in the module at DIR (the current directory unless given) and in the modules it
calls: syntax, names that are not declared, arguments that a provider does not have. It needs neither terraform nor an
init nor a network.

Options:
  --installed   ask the providers that "terraform init" has installed for their schemas, instead of using the bundled
                ones: exactly your versions, but it runs the providers' programs, so trust them
  --json        one JSON document: [{file, range, severity, code, source, message}], lines and characters from 0
  --help        this text

Exit code: 0 without errors, 1 with errors.

Example:
  terratrain check examples/image-classifier
`;

interface Finding {
  /** Relative to the checked directory, with slashes. */
  readonly file: string;
  readonly range: { readonly start: Position; readonly end: Position };
  readonly severity: Severity;
  readonly code: string;
  readonly source: 'terratrain';
  readonly message: string;
}

export const check: Command = {
  name: 'check',
  summary: 'every problem the editor would show in a configuration',
  help,
  async run(args, io) {
    if (args.includes('--help') || args.includes('-h')) {
      io.stdout.write(help);
      return 0;
    }
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { installed: { type: 'boolean', default: false }, json: { type: 'boolean', default: false } },
    });
    const [given = '.', ...more] = positionals;
    if (more.length > 0) throw new UsageError(`check takes one directory, not ${positionals.length}.`);
    const directory = path.resolve(io.cwd, given);
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new UsageError(`There is no directory "${given}".`);
    }
    const schemas = await openSchemasFor(directory, values.installed, io);
    const findings = findingsIn(directory, given, schemas, io);
    io.stdout.write(
      values.json ? `${JSON.stringify(findings, undefined, 2)}\n` : toText(findings, io.colour),
    );
    return findings.some(({ severity }) => severity === 'error') ? 1 : 0;
  },
};

function findingsIn(
  directory: string,
  given: string,
  schemas: SchemaLookup,
  io: CommandIo,
): readonly Finding[] {
  const index = new ModuleIndex(openDiskFiles(), [directory]);
  const snapshot = { index, schemas, world: openWorld };
  const { files, unread } = filesOf(snapshot, directory);
  if (files.length + unread.length === 0) io.stderr.write(`There are no Terraform files in ${given}.\n`);
  const unreadable = unread.map((file) => {
    const diagnostic = {
      range: start,
      severity: 'error',
      code: 'unreadable-file',
      message: whyUnread(file),
    } as const;
    return toFinding(diagnostic, directory, file, new LineIndex(''));
  });
  const found = files.flatMap((file) => {
    const text = index.file(file)?.syntax.text ?? '';
    const lines = new LineIndex(text);
    return [...encodingFaults(file, text), ...diagnose(snapshot, file)].map((diagnostic) =>
      toFinding(diagnostic, directory, file, lines),
    );
  });
  return [...unreadable, ...found];
}

const start = { start: 0, end: 0 };

/** Why a file that is there was not read, and what to do. */
function whyUnread(file: string): string {
  try {
    const status = statSync(file);
    if (!status.isFile())
      return 'This is no regular file, so that it was not read. Rename it or take it away.';
    if (status.size > largestFile) {
      return `This file is larger than ${largestFile / 1024 / 1024} MiB, so that it was not read. Split it.`;
    }
    closeSync(openSync(file, 'r'));
    return 'This file could not be read.';
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (code === 'ENOENT')
      return 'This is a link to a file that does not exist. Remove the link or bring the file back.';
    if (code === 'ELOOP') return 'This is a link that leads back to itself. Remove it.';
    return `This file could not be read: ${error instanceof Error ? error.message : String(error)}.`;
  }
}

/** Terraform refuses what is not UTF-8; a text of it that was read has replacement characters. */
function encodingFaults(file: string, text: string): readonly Diagnostic[] {
  const at = text.indexOf('\uFFFD');
  if (at < 0 || isUtf8(readFileSync(file))) return [];
  const message = 'This file is not UTF-8 text, which Terraform asks for. Save it as UTF-8.';
  return [{ range: { start: at, end: at + 1 }, severity: 'error', code: 'not-utf-8', message }];
}

/** Configuration of the tree, each file once, and the variables files beside the root. */
function filesOf(
  snapshot: Snapshot,
  directory: string,
): { readonly files: readonly string[]; readonly unread: readonly string[] } {
  const modules = [...eachNode(snapshot.index.tree(directory))].map(({ module }) => module);
  const own = modules.filter((module) => !module.directory.split(path.sep).includes('.terraform'));
  const configuration = own.flatMap((module) => module.files.map((file) => file.path));
  const variables = snapshot.index.files
    .list(directory)
    .filter(isVariablesName)
    .map((name) => path.join(directory, name));
  const unread = own.flatMap((module) => module.unread.map((name) => path.join(module.directory, name)));
  const seen = [...new Set([...configuration, ...variables])];
  return {
    files: seen.filter((file) => snapshot.index.file(file) !== undefined),
    unread: [...new Set([...unread, ...seen.filter((file) => snapshot.index.file(file) === undefined)])],
  };
}

function toFinding(diagnostic: Diagnostic, directory: string, file: string, lines: LineIndex): Finding {
  const { range, severity, code, message } = diagnostic;
  return {
    file: path.relative(directory, file).split(path.sep).join('/'),
    range: { start: lines.positionAt(range.start), end: lines.positionAt(range.end) },
    severity,
    code,
    source: 'terratrain',
    message,
  };
}

const colours: Readonly<Record<Severity, number>> = { error: 31, warning: 33, information: 36, hint: 2 };

function toText(findings: readonly Finding[], colour: boolean): string {
  const lines = findings.map(({ file, range, severity, code, message }) => {
    const place = `${file}:${range.start.line + 1}:${range.start.character + 1}`;
    const word = colour ? `\u001B[${colours[severity]}m${severity}\u001B[0m` : severity;
    return `${place}  ${word}  ${message}  (${code})`;
  });
  const errors = findings.filter(({ severity }) => severity === 'error').length;
  const others = findings.length - errors;
  const summary = [counted(errors, 'error'), ...(others > 0 ? [counted(others, 'remark')] : [])].join(', ');
  return `${[...lines, summary].join('\n')}\n`;
}

function counted(count: number, noun: string): string {
  return `${count === 0 ? 'no' : count} ${noun}${count === 1 ? '' : 's'}`;
}
