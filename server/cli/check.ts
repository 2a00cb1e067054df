import { statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import type { Diagnostic, Severity } from '../features/diagnostic';
import { diagnose } from '../features/diagnostics';
import type { Snapshot } from '../features/snapshot';
import { openBundledSchemas } from '../providers/bundled';
import { providerDataFolder } from '../providers/dataFolder';
import { openDiskFiles } from '../terraform/diskFiles';
import { ModuleIndex } from '../terraform/moduleIndex';
import { eachNode } from '../terraform/moduleTree';
import { LineIndex } from '../text/lineIndex';
import type { Position } from '../text/lineIndex';
import { UsageError } from './command';
import type { Command, CommandIo } from './command';

const help = `Usage: terratrain check [DIR] [--json]

Everything the editor would underline in the module at DIR (the current directory unless given) and in the modules it
calls: syntax, names that are not declared, arguments that a provider does not have. It needs neither terraform nor an
init nor a network.

Options:
  --json   one JSON document: [{file, range, severity, code, source, message}], lines and characters from 0
  --help   this text

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
  run(args, io) {
    if (args.includes('--help') || args.includes('-h')) {
      io.stdout.write(help);
      return Promise.resolve(0);
    }
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { json: { type: 'boolean', default: false } },
    });
    const [given = '.', ...more] = positionals;
    if (more.length > 0) throw new UsageError(`check takes one directory, not ${positionals.length}.`);
    const directory = path.resolve(io.cwd, given);
    if (statSync(directory, { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new UsageError(`There is no directory "${given}".`);
    }
    const findings = findingsIn(directory, given, io);
    io.stdout.write(
      values.json ? `${JSON.stringify(findings, undefined, 2)}\n` : toText(findings, io.colour),
    );
    return Promise.resolve(findings.some(({ severity }) => severity === 'error') ? 1 : 0);
  },
};

function findingsIn(directory: string, given: string, io: CommandIo): readonly Finding[] {
  const index = new ModuleIndex(openDiskFiles(), undefined, [directory]);
  const onProblem = (message: string): void => {
    io.stderr.write(`${message}\n`);
  };
  const snapshot = { index, schemas: openBundledSchemas(providerDataFolder(), { onProblem }) };
  const files = filesOf(snapshot, directory);
  if (files.length === 0) io.stderr.write(`There are no Terraform files in ${given}.\n`);
  return files.flatMap((file) => {
    const lines = new LineIndex(index.file(file)?.syntax.text ?? '');
    return diagnose(snapshot, file).map((diagnostic) => toFinding(diagnostic, directory, file, lines));
  });
}

/** Configuration of the tree, each file once, and the variables files beside the root. */
function filesOf(snapshot: Snapshot, directory: string): readonly string[] {
  const modules = [...eachNode(snapshot.index.tree(directory))].map(({ module }) => module);
  const own = modules.filter((module) => !module.directory.split(path.sep).includes('.terraform'));
  const configuration = own.flatMap((module) => module.files.map((file) => file.path));
  const variables = snapshot.index.files
    .list(directory)
    .filter((name) => name.endsWith('.tfvars'))
    .map((name) => path.join(directory, name));
  return [...new Set([...configuration, ...variables])];
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
