import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { parseArgs } from 'node:util';
import type { Command, CommandIo } from './command';

const help = `Usage: terratrain demo [--json]

The whole journey on the bundled example, without an editor and without an account: checks the configuration, reads its
dependency graph, plans and applies it in the sandbox, trains the classifier on real images, saves image_classifier.h5,
serves it and asks the server for a prediction. Ends with a summary.

Options:
  --json   one JSON document with the summary, and nothing else, on stdout

Example:
  terratrain demo
`;

/** One line of the summary. */
interface Step {
  readonly name: string;
  readonly result: string;
  readonly seconds: number;
}

export const demo: Command = {
  name: 'demo',
  summary: 'the whole journey on the example, without an editor',
  help,
  async run(args, io) {
    const { values } = parseArgs({
      args: [...args],
      options: { json: { type: 'boolean', default: false } },
      strict: true,
    });
    const folder = await mkdtemp(path.join(os.tmpdir(), 'terratrain-demo-'));
    try {
      return await journey(folder, values.json, io);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};

async function journey(folder: string, json: boolean, io: CommandIo): Promise<number> {
  const example = path.join(folder, 'image-classifier');
  await copyExample(example);
  // The demo's sandbox state lives and dies with it, so that every demo starts from nothing.
  const env = { ...io.env, TERRATRAIN_SANDBOX_HOME: path.join(folder, 'sandbox') };
  const quiet: CommandIo = { ...io, cwd: example, env };
  const progress = json ? new PassThrough().resume() : io.stdout;
  const steps: Step[] = [];
  const step = async (name: string, work: () => Promise<string>): Promise<void> => {
    progress.write(`\n${name}\n`);
    const start = Date.now();
    const result = await work();
    steps.push({ name, result, seconds: (Date.now() - start) / 1000 });
    progress.write(`  ${result}\n`);
  };

  const plan = path.join(folder, 'demo.tfplan');
  const runs = path.join(io.cwd, '.terratrain', 'runs');
  let run = '';
  let accuracy = 0;
  let predicted: Prediction | undefined;
  await step('Check the configuration', () => check(example, quiet));
  await step('Read the dependency graph', () => readGraph(example, quiet));
  await step('Plan in the sandbox', () => makePlan(example, plan, quiet));
  await step('Apply the plan', () => applyPlan(plan, quiet));
  await step('Train the classifier', async () => {
    ({ run, accuracy } = await train(example, runs, { ...quiet, stdout: progress }));
    return `accuracy ${accuracy.toFixed(3)} on held-out images, saved ${path.join(run, 'image_classifier.h5')}`;
  });
  await step('Serve it and predict', async () => {
    predicted = await serveAndPredict(run);
    return `POST /predict answered ${predicted.class} (${predicted.predicted_label})`;
  });
  report(steps, { run, accuracy, prediction: predicted }, json, io);
  if (accuracy >= wantedAccuracy) return 0;
  io.stderr.write(
    `The accuracy ${accuracy.toFixed(3)} is below the ${wantedAccuracy} that this example reaches.\n`,
  );
  return 1;
}

/** What five epochs on the example's images reach with a margin. */
const wantedAccuracy = 0.8;

interface Prediction {
  readonly predicted_label: number;
  readonly class: string;
}

async function copyExample(target: string): Promise<void> {
  const source = ['../examples/image-classifier', '../../examples/image-classifier']
    .map((each) => path.join(__dirname, each))
    .find((each) => existsSync(each));
  if (source === undefined)
    throw new Error('The example is not part of this installation: reinstall Terratrain.');
  await mkdir(path.dirname(target), { recursive: true });
  cpSync(source, target, { recursive: true, filter: (each) => !/[\\/]\.(terraform|terratrain)$/.test(each) });
}

async function check(example: string, io: CommandIo): Promise<string> {
  const { check: command } = await import('./check');
  const { code, document } = await captured(command, [example, '--json'], io);
  const problems = document as readonly { readonly severity: string }[];
  const errors = problems.filter((each) => each.severity === 'error').length;
  if (code !== 0) throw new Error(`The example has ${errors} errors; run "terratrain check" on it.`);
  return `no errors, ${problems.length} remarks`;
}

async function readGraph(example: string, io: CommandIo): Promise<string> {
  const { graph } = await import('./graph');
  const { document } = await captured(graph, [example, '--format', 'json'], io);
  const { nodes, edges } = document as { nodes: unknown[]; edges: { kind: string }[] };
  const explicit = edges.filter((edge) => edge.kind === 'explicit').length;
  return `${nodes.length} nodes, ${edges.length - explicit} implicit and ${explicit} explicit edges`;
}

async function makePlan(example: string, file: string, io: CommandIo): Promise<string> {
  const { plan } = await import('./plan');
  const { code, document } = await captured(plan, [example, '--sandbox', '--out', file, '--json'], io);
  if (code !== 2)
    throw new Error('The plan failed; run "terratrain plan --sandbox" on the example to see why.');
  return `${(document as { summary: { create: number } }).summary.create} resources planned`;
}

async function applyPlan(file: string, io: CommandIo): Promise<string> {
  const { apply } = await import('./apply');
  const { code, document } = await captured(apply, [file, '--json'], io);
  if (code !== 0)
    throw new Error('The apply failed; run "terratrain apply" on the example\'s plan to see why.');
  return `${(document as { applied: number }).applied} resources applied`;
}

async function train(
  example: string,
  runs: string,
  io: CommandIo,
): Promise<{ run: string; accuracy: number }> {
  const { train: command } = await import('./train');
  const before = new Set(existsSync(runs) ? readdirSync(runs) : []);
  const code = await command.run(
    [path.join(example, 'train.json'), '--runs', runs, '--data', path.join(example, 'data')],
    io,
  );
  if (code !== 0) throw new Error(`The training ended with exit code ${code}.`);
  const name = readdirSync(runs).find((each) => !before.has(each));
  if (name === undefined) throw new Error(`The training left no run in ${runs}.`);
  const run = path.join(runs, name);
  const last = readFileSync(path.join(run, 'events.jsonl'), 'utf8').trimEnd().split('\n').at(-1) ?? '{}';
  return { run, accuracy: (JSON.parse(last) as { test_accuracy?: number }).test_accuracy ?? 0 };
}

/** Runs a command inside this process and parses the one JSON document that it prints. */
async function captured(
  command: Command,
  args: readonly string[],
  io: CommandIo,
): Promise<{ code: number; document: unknown }> {
  const stdout = new PassThrough();
  let text = '';
  stdout.on('data', (chunk: Buffer) => (text += chunk.toString()));
  const code = await command.run(args, { ...io, stdout, colour: false });
  if (text === '') throw new Error(`"terratrain ${command.name}" printed nothing.`);
  return { code, document: JSON.parse(text) };
}

/** Starts a server of the trained model as its own process, as a person would, and posts it one of the held-out images. */
async function serveAndPredict(run: string): Promise<Prediction> {
  const { exampleImages, startInferenceProcess } = await import('../inference/inference');
  const cliEntry = process.argv[1];
  const [example] = await exampleImages(run);
  if (cliEntry === undefined || example === undefined)
    throw new Error('There is nothing to serve or to predict.');
  const server = await startInferenceProcess({ model: run, cliEntry, execArgv: process.execArgv });
  try {
    const form = new FormData();
    form.append('image', await (await fetch(example.image)).blob(), 'image.png');
    const response = await fetch(`${server.url}/predict`, { method: 'POST', body: form });
    if (!response.ok) throw new Error(`The server answered ${response.status}: ${await response.text()}`);
    return (await response.json()) as Prediction;
  } finally {
    await server.stop();
  }
}

interface Summary {
  readonly run: string;
  readonly accuracy: number;
  readonly prediction: Prediction | undefined;
}

function report(steps: readonly Step[], summary: Summary, json: boolean, io: CommandIo): void {
  if (json) {
    io.stdout.write(`${JSON.stringify({ steps, ...summary }, null, 2)}\n`);
    return;
  }
  const width = Math.max(...steps.map((step) => step.name.length));
  const lines = steps.map(
    ({ name, result, seconds }) => `  ${name.padEnd(width)}  ${seconds.toFixed(1).padStart(6)} s  ${result}`,
  );
  const total = steps.reduce((sum, step) => sum + step.seconds, 0);
  io.stdout.write(
    `\nSummary\n${lines.join('\n')}\n  ${'All of it'.padEnd(width)}  ${total.toFixed(1).padStart(6)} s\n`,
  );
}
