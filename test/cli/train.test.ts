import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from '../../server/cli/command';
import { predict } from '../../server/cli/predict';
import { duration } from '../../server/cli/progressLine';
import { runs } from '../../server/cli/runs';
import { train } from '../../server/cli/train';
import { listRuns } from '../../server/training/training';
import { TinyWorkspace } from '../training/tinyRun';

describe('terratrain train, runs and predict', function () {
  this.timeout(60_000);
  let workspace: TinyWorkspace;
  beforeEach(() => {
    workspace = new TinyWorkspace(960);
    workspace.spec();
  });
  afterEach(() => {
    workspace.dispose();
  });

  interface Result {
    readonly code: number;
    readonly stdout: string;
    readonly stderr: string;
  }

  async function run(
    command: Command,
    args: readonly string[],
    signal = new AbortController().signal,
  ): Promise<Result> {
    const streams = { stdout: new PassThrough(), stderr: new PassThrough() };
    const text = { stdout: '', stderr: '' };
    streams.stdout.on('data', (chunk: Buffer) => (text.stdout += chunk.toString()));
    streams.stderr.on('data', (chunk: Buffer) => (text.stderr += chunk.toString()));
    const io = {
      ...streams,
      stdin: process.stdin,
      cwd: workspace.folder,
      env: process.env,
      colour: false,
      signal,
    };
    const code = await command.run(args, io);
    return { code, ...text };
  }

  it('trains, then lists, shows, compares, predicts and removes the run', async () => {
    const trained = await run(train, ['train.json', '--epochs', '1', '--seed', '3']);
    assert.equal(trained.code, 0, trained.stderr);
    assert.match(trained.stdout, /720 images, .* 1 epoch of 45 steps on wasm/);
    assert.match(trained.stdout, /Epoch 1\/1 {2}loss .* validation loss/);
    assert.match(trained.stdout, /Held-out images: .* Saved bars\.h5/);
    const again = await run(train, ['train.json', '--epochs', '1', '--seed', '3', '--json']);
    const events = again.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as { type: string });
    assert.equal(events.at(-1)?.type, 'finished');
    assert.equal(events.filter(({ type }) => type === 'batch').length, 45);

    const listed = JSON.parse((await run(runs, ['--json'])).stdout) as {
      id: string;
      status: string;
      loss: number;
    }[];
    assert.deepEqual(
      listed.map(({ status }) => status),
      ['completed', 'completed'],
    );
    const [one, two] = listed;
    assert.ok(one !== undefined && two !== undefined);
    assert.equal(one.loss, two.loss);
    assert.match((await run(runs, ['show', one.id])).stdout, /seed +3\n/);
    assert.match(
      (await run(runs, ['compare', one.id, two.id])).stdout,
      /test_accuracy\n.*completed.*\n.*completed/,
    );

    writeFileSync(path.join(workspace.folder, 'noise.png'), 'noise');
    const folder = path.join('.terratrain', 'runs', one.id);
    const predicted = await run(predict, [folder, 'noise.png', 'none.png']);
    assert.equal(predicted.code, 1);
    assert.match(
      predicted.stderr,
      /noise\.png: This is neither a PNG nor a JPEG.*\nnone\.png: There is no such file/,
    );

    assert.equal((await run(runs, ['rm', one.id, two.id])).code, 0);
    assert.match((await run(runs, [])).stdout, /No runs in/);
  });

  it('stops with 130 at the first Ctrl-C and resumes', async () => {
    const stop = new AbortController();
    const training = run(train, ['train.json', '--epochs', '60'], stop.signal);
    const folder = path.join(workspace.folder, '.terratrain', 'runs');
    while ((listRuns(folder)[0]?.status ?? 'starting') !== 'running') await sleep(20);
    stop.abort();
    const { code, stderr } = await training;
    assert.equal(code, 130);
    assert.match(stderr, /Stopped\. Go on with: terratrain train --resume/);
    const [stopped] = listRuns(folder);
    assert.ok(stopped !== undefined);
    const other = new AbortController();
    const resumed = run(train, ['--resume', stopped.id, '--json'], other.signal);
    await sleep(1500);
    other.abort();
    assert.equal((await resumed).code, 130);
  });

  it('shows the problems of a spec with their places', async () => {
    const file = path.join(workspace.folder, 'train.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('"epochs":3', '"epochs":0'));
    const { code, stderr, stdout } = await run(train, ['train.json']);
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^train\.json:1:\d+: "epochs" is 0\. Expected: a whole number of at least 1/);
  });

  const mistakes: readonly (readonly [readonly string[], RegExp])[] = [
    [[], /Give a spec/],
    [['nowhere.json'], /There is no file nowhere\.json, and no recipe/],
    [['logistic-regression'], /comes later\. The recipes that exist: image-classifier/],
    [['train.json', '--epochs', '0'], /--epochs takes a whole number from 1, not "0"/],
    [['train.json', '--backend', 'tpu'], /no backend "tpu"\. Use one of: auto/],
    [['train.json', '--data', 'full'], /"data\.full" in the spec does not say where/],
    [['train.json', '--resume', 'x'], /not both/],
  ];
  for (const [args, message] of mistakes) {
    it(`refuses "train ${args.join(' ')}"`, async () => {
      await assert.rejects(
        run(train, args),
        (error: Error) => error.name === 'UsageError' && message.test(error.message),
      );
    });
  }

  it('writes durations for people', () => {
    assert.deepEqual([4.4, 200, 7500].map(duration), ['4 s', '3 min 20 s', '2 h 05 min']);
  });
});
