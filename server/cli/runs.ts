import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  listRuns,
  noProgress,
  openRun,
  progressAfter,
  readEvents,
  readRunSpec,
  removeRun,
} from '../training/training';
import type { Run } from '../training/training';
import { UsageError } from './command';
import type { Command, CommandIo } from './command';
import { duration } from './progressLine';
import { runFolder } from './train';

const help = `Usage: terratrain runs [list] [options]
       terratrain runs show RUN
       terratrain runs compare RUN RUN…
       terratrain runs rm RUN…

The trainings on disk. RUN is a run's id or its folder.

Options:
  --runs DIR   folder of all runs, .terratrain/runs unless given
  --json       one JSON document, and nothing else, on stdout

Example:
  terratrain runs compare 20261122-101500-image-classifier 20261122-113000-image-classifier
`;

export const runs: Command = {
  name: 'runs',
  summary: 'list, show, compare and remove trainings',
  help,
  run(args, io) {
    return new Promise((resolve) => {
      resolve(dispatch(args, io));
    });
  },
};

function dispatch(args: readonly string[], io: CommandIo): number {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: true,
    options: { runs: { type: 'string' }, json: { type: 'boolean', default: false } },
  });
  const folder = path.resolve(io.cwd, values.runs ?? path.join('.terratrain', 'runs'));
  const [action = 'list', ...names] = positionals;
  const named = (): Run[] => names.map((name) => openRun(path.resolve(io.cwd, runFolder(name, folder))));
  switch (action) {
    case 'list':
      if (names.length > 0) throw new UsageError('"runs list" takes no run; use "runs show RUN".');
      return print(listRuns(folder).map(summary), values.json, io, `No runs in ${folder}.`);
    case 'show': {
      if (names.length !== 1) throw new UsageError('"runs show" takes one run.');
      return show(named()[0], values.json, io);
    }
    case 'compare':
      if (names.length < 2) throw new UsageError('"runs compare" takes at least two runs.');
      return print(named().map(summary), values.json, io, '');
    case 'rm': {
      if (names.length === 0) throw new UsageError('"runs rm" takes the runs to remove.');
      const removed = named();
      for (const run of removed) removeRun(run.folder);
      const ids = removed.map((run) => run.id);
      io.stdout.write(values.json ? `${JSON.stringify({ removed: ids })}\n` : `Removed ${ids.join(', ')}.\n`);
      return 0;
    }
    default:
      throw new UsageError(`There is no "runs ${action}". Use list, show, compare or rm.`);
  }
}

interface RunSummary {
  readonly id: string;
  readonly status: string;
  readonly backend: string | null;
  readonly epochs: number | null;
  readonly step: number;
  readonly seconds: number;
  readonly loss: number | null;
  readonly accuracy: number | null;
  readonly val_accuracy: number | null;
  readonly test_accuracy: number | null;
  readonly learningRate: number | null;
  readonly batchSize: number;
  readonly seed: number;
  readonly folder: string;
}

function summary(run: Run): RunSummary {
  const events = readEvents(run.folder);
  const progress = progressAfter(noProgress, events);
  const spec = readRunSpec(run.folder);
  const { finished } = progress;
  return {
    id: run.id,
    status: run.status,
    backend: progress.backend ?? null,
    epochs: progress.epochs ?? null,
    step: progress.step,
    seconds: Math.round(progress.elapsed * 10) / 10,
    loss: finished?.loss ?? progress.loss ?? null,
    accuracy: finished?.accuracy ?? progress.accuracy ?? null,
    val_accuracy: progress.validationAccuracy ?? null,
    test_accuracy: finished?.test_accuracy ?? null,
    learningRate: spec.optimizer.learningRate ?? null,
    batchSize: spec.batchSize,
    seed: spec.seed,
    folder: run.folder,
  };
}

function show(run: Run | undefined, json: boolean, io: CommandIo): number {
  if (run === undefined) return 1;
  const events = readEvents(run.folder);
  const epochs = events.filter((event) => event.type === 'epoch');
  const details = { ...summary(run), record: run.record, epochsDone: epochs };
  if (json) {
    io.stdout.write(`${JSON.stringify(details, null, 2)}\n`);
    return 0;
  }
  const { record, epochsDone, ...facts } = details;
  for (const [name, value] of Object.entries(facts)) {
    if (value !== null) io.stdout.write(`${name.padEnd(14)} ${cell(name, value)}\n`);
  }
  if (record.error !== undefined) io.stdout.write(`${'error'.padEnd(14)} ${record.error}\n`);
  for (const { epoch, loss, accuracy, val_loss, val_accuracy } of epochsDone) {
    const parts = Object.entries({ loss, accuracy, val_loss, val_accuracy }).flatMap(([name, value]) =>
      value === undefined ? [] : [`${name} ${value.toFixed(4)}`],
    );
    io.stdout.write(`epoch ${epoch}: ${parts.join('  ')}\n`);
  }
  return 0;
}

const COLUMNS = [
  'id',
  'status',
  'backend',
  'epochs',
  'step',
  'seconds',
  'loss',
  'val_accuracy',
  'test_accuracy',
] as const;

function print(summaries: readonly RunSummary[], json: boolean, io: CommandIo, nothing: string): number {
  if (json) {
    io.stdout.write(`${JSON.stringify(summaries, null, 2)}\n`);
    return 0;
  }
  if (summaries.length === 0) {
    io.stdout.write(`${nothing}\n`);
    return 0;
  }
  const rows = [COLUMNS.map(String), ...summaries.map((run) => COLUMNS.map((name) => cell(name, run[name])))];
  const widths = COLUMNS.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  for (const row of rows) {
    io.stdout.write(
      `${row
        .map((text, column) => text.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd()}\n`,
    );
  }
  return 0;
}

function cell(name: string, value: string | number | null): string {
  if (value === null) return '–';
  if (typeof value === 'string') return value;
  if (name === 'seconds') return duration(value);
  return Number.isInteger(value) ? String(value) : value.toPrecision(4);
}
