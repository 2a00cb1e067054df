import { existsSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import {
  chooseData,
  noProgress,
  openRun,
  problemLines,
  progressAfter,
  readSpec,
  resumeRun,
  startRun,
  stopRun,
  trainerProgram,
  watchRun,
} from '../training/training';
import type { Run, RunEvent, TrainSpec } from '../training/training';
import { UsageError } from './command';
import type { Command, CommandIo } from './command';
import { ProgressLine } from './progressLine';

const RECIPES = ['image-classifier'];
const LATER_RECIPES = ['logistic-regression', 'collaborative-filtering'];
const BACKENDS = ['auto', 'cuda', 'webgpu', 'wasm', 'cpu'];

const help = `Usage: terratrain train SPEC|RECIPE [options]
       terratrain train --resume RUN [--epochs N]

Trains the model that SPEC describes (a train.json, or a folder that holds one), or the bundled example of a RECIPE
(${RECIPES.join(', ')}). Leaves a run folder with run.json, events.jsonl, checkpoints, the model and a Keras .h5.

The training is a process of its own: when this command is killed, it goes on, and "terratrain runs" shows it. Ctrl-C
stops it: it finishes its step and leaves a checkpoint.

Options:
  --backend NAME   ${BACKENDS.join(', ')}; auto is the fastest that works here
  --epochs N       instead of the spec's
  --batch-size N   instead of the spec's
  --seed N         instead of the spec's
  --data PATH      folder with the data instead of the spec's; "full" insists on the full set that the spec names
  --runs DIR       folder of all runs, .terratrain/runs unless given
  --resume RUN     go on with a run (its folder or its id) from its last checkpoint
  --json           the events as JSON lines, and nothing else, on stdout

Exit code: 0 completed, 1 failed, 130 stopped.

Examples:
  terratrain train examples/image-classifier/train.json --epochs 2
  terratrain train train.json --data full --backend wasm
`;

export const train: Command = {
  name: 'train',
  summary: 'train a model from a spec',
  help,
  async run(args, io) {
    const options = readOptions(args, io);
    const trainer = trainerProgram();
    if (options.resume !== undefined) {
      const folder = runFolder(options.resume, options.runs);
      const epochs = options.epochs === undefined ? {} : { epochs: options.epochs };
      return follow(await resumeRun(folder, { ...trainer, ...epochs }), options.json, io);
    }
    const reading = loadSpec(options, io);
    if (reading === undefined) return 2;
    const { spec, specPath } = reading;
    return follow(await startRun({ spec, specPath, runsFolder: options.runs, ...trainer }), options.json, io);
  },
};

interface Options {
  readonly source: string | undefined;
  readonly backend: string | undefined;
  readonly epochs: number | undefined;
  readonly batchSize: number | undefined;
  readonly seed: number | undefined;
  readonly data: string | undefined;
  readonly runs: string;
  readonly resume: string | undefined;
  readonly json: boolean;
}

function readOptions(args: readonly string[], io: CommandIo): Options {
  const { values, positionals } = parseArgs({
    args: [...args],
    allowPositionals: true,
    strict: true,
    options: {
      backend: { type: 'string' },
      epochs: { type: 'string' },
      'batch-size': { type: 'string' },
      seed: { type: 'string' },
      data: { type: 'string' },
      runs: { type: 'string' },
      resume: { type: 'string' },
      json: { type: 'boolean', default: false },
    },
  });
  const [source, ...more] = positionals;
  if (more.length > 0) throw new UsageError(`Give one spec, not ${positionals.length}.`);
  if (source === undefined && values.resume === undefined) {
    throw new UsageError('Give a spec (train.json) or a recipe to train, or --resume RUN.');
  }
  if (source !== undefined && values.resume !== undefined) {
    throw new UsageError('Give a spec or --resume, not both: a resumed run keeps its own spec.');
  }
  if (values.backend !== undefined && !BACKENDS.includes(values.backend)) {
    throw new UsageError(`There is no backend "${values.backend}". Use one of: ${BACKENDS.join(', ')}.`);
  }
  return {
    source,
    backend: values.backend,
    epochs: whole('--epochs', values.epochs, 1),
    batchSize: whole('--batch-size', values['batch-size'], 1),
    seed: whole('--seed', values.seed, 0),
    data:
      values.data === undefined || values.data === 'full' ? values.data : path.resolve(io.cwd, values.data),
    runs: path.resolve(io.cwd, values.runs ?? path.join('.terratrain', 'runs')),
    resume: values.resume,
    json: values.json,
  };
}

function whole(option: string, text: string | undefined, least: number): number | undefined {
  if (text === undefined) return undefined;
  if (!/^\d{1,9}$/.test(text) || Number(text) < least) {
    throw new UsageError(`${option} takes a whole number from ${least}, not "${text}".`);
  }
  return Number(text);
}

/** A run named by its folder or, in the folder of runs, by its id. */
export function runFolder(run: string, runs: string): string {
  const inRuns = path.join(runs, run);
  return !existsSync(run) && existsSync(inRuns) ? inRuns : run;
}

function loadSpec(options: Options, io: CommandIo): { spec: TrainSpec; specPath: string } | undefined {
  const specPath = findSpec(options.source ?? '', io.cwd);
  const text = readFileSync(specPath, 'utf8');
  const shown = path.relative(io.cwd, specPath) || specPath;
  const reading = readSpec(text, shown);
  if (!reading.ok) {
    io.stderr.write(`${problemLines(text, shown, reading.problems)}\n`);
    return undefined;
  }
  const spec: TrainSpec = {
    ...reading.spec,
    data: { ...reading.spec.data, ...dataOption(options.data) },
    ...(options.epochs === undefined ? {} : { epochs: options.epochs }),
    ...(options.batchSize === undefined ? {} : { batchSize: options.batchSize }),
    ...(options.seed === undefined ? {} : { seed: options.seed }),
    ...(options.backend === undefined ? {} : { backend: options.backend as TrainSpec['backend'] }),
  };
  return { spec: withData(spec), specPath };
}

function findSpec(source: string, cwd: string): string {
  const given = path.resolve(cwd, source);
  if (existsSync(given)) {
    const inside = statSync(given).isDirectory() ? path.join(given, 'train.json') : given;
    if (existsSync(inside)) return inside;
    throw new UsageError(`There is no train.json in ${source}.`);
  }
  if (LATER_RECIPES.includes(source)) {
    throw new UsageError(
      `The recipe "${source}" comes later. The recipes that exist: ${RECIPES.join(', ')}.`,
    );
  }
  if (!RECIPES.includes(source)) {
    throw new UsageError(`There is no file ${source}, and no recipe of that name (${RECIPES.join(', ')}).`);
  }
  const example = ['..', '../..']
    .map((up) => path.join(__dirname, up, 'examples', source, 'train.json'))
    .find((file) => existsSync(file));
  if (example === undefined)
    throw new UsageError(`The example of the recipe "${source}" is not part of this installation.`);
  return example;
}

/** What `--data` says about the spec's data; without it the spec decides. */
function dataOption(given: string | undefined): Partial<TrainSpec['data']> {
  if (given === undefined) return {};
  return given === 'full' ? { use: 'full' } : { path: given, use: 'path' };
}

/** Asking for data that is not there is a mistake in the arguments. */
function withData(spec: TrainSpec): TrainSpec {
  try {
    return chooseData(spec);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error), { cause: error });
  }
}

/** Shows a run until it ends; the first Ctrl-C stops it. */
async function follow(run: Run, json: boolean, io: CommandIo): Promise<number> {
  const shown = path.relative(io.cwd, run.folder) || '.';
  const line = new ProgressLine(io);
  let progress = noProgress;
  const stop = (): void => {
    if (!json) io.stderr.write('\nStopping: the step is finished and a checkpoint left.\n');
    stopRun(run.folder).catch((error: unknown) => {
      io.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    });
  };
  if (io.signal.aborted) stop();
  io.signal.addEventListener('abort', stop, { once: true });
  if (!json) io.stdout.write(`Run ${run.id} in ${shown}\n`);
  const status = await watchRun(run.folder, (events, fromStart) => {
    progress = progressAfter(fromStart ? noProgress : progress, events);
    if (json) writeLines(events, io);
    else line.show(events, progress);
  });
  io.signal.removeEventListener('abort', stop);
  line.end();
  return conclude(openRun(run.folder), status, shown, json, io);
}

function writeLines(events: readonly RunEvent[], io: CommandIo): void {
  io.stdout.write(events.map((event) => `${JSON.stringify(event)}\n`).join(''));
}

function conclude(run: Run, status: Run['status'], shown: string, json: boolean, io: CommandIo): number {
  switch (status) {
    case 'completed':
      if (!json) io.stdout.write(`Done. Predict with: terratrain predict ${shown} IMAGE\n`);
      return 0;
    case 'stopped':
      io.stderr.write(`Stopped. Go on with: terratrain train --resume ${shown}\n`);
      return 130;
    case 'failed':
      io.stderr.write(`${run.record.error ?? 'The training failed.'}\n`);
      return 1;
    default:
      io.stderr.write(
        `The trainer ended without saying why (killed, or out of memory); see ${path.join(shown, 'trainer.log')}. ` +
          `Go on from its last checkpoint with: terratrain train --resume ${shown}\n`,
      );
      return 1;
  }
}
