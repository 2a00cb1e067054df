import assert from 'node:assert/strict';
import { appendFileSync, existsSync, mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import {
  listRuns,
  openRun,
  readEvents,
  removeRun,
  resumeRun,
  runStatus,
  startRun,
  stopRun,
  trainerProgram,
  watchRun,
} from '../../server/training/training';
import type { Run, RunEvent } from '../../server/training/training';
import type { TrainSpec } from '../../server/training/trainSpec';
import { TinyWorkspace } from './tinyRun';

const program = trainerProgram();

describe('runs', function () {
  this.timeout(60_000);
  let workspace: TinyWorkspace;
  const started: Run[] = [];
  beforeEach(() => {
    workspace = new TinyWorkspace(1200);
  });
  afterEach(async () => {
    for (const run of started.splice(0)) if (existsSync(run.folder)) await stopRun(run.folder, 5000);
    workspace.dispose();
  });

  async function start(change: Partial<TrainSpec> = {}): Promise<Run> {
    const { specPath, runsFolder } = workspace;
    const run = await startRun({ spec: workspace.spec(change), specPath, runsFolder, ...program });
    started.push(run);
    return run;
  }

  /** Waits until the run has done some steps. */
  async function steps(run: Run, count: number): Promise<void> {
    while (readEvents(run.folder).filter(({ type }) => type === 'batch').length < count) {
      assert.equal(
        runStatus(run.folder),
        'running',
        readFileSync(path.join(run.folder, 'trainer.log'), 'utf8'),
      );
      await sleep(20);
    }
  }

  it('trains in a process of its own and is followed from start to end', async () => {
    const run = await start();
    const seen: RunEvent[] = [];
    const status = await watchRun(run.folder, (events, fromStart) => {
      if (fromStart) seen.length = 0;
      seen.push(...events);
    });
    assert.equal(status, 'completed');
    assert.deepEqual(seen, readEvents(run.folder));
    assert.equal(seen.filter(({ type }) => type === 'batch').length, 171);
    const last = seen.at(-1);
    assert.ok(last?.type === 'finished');
    assert.ok((last.test_accuracy ?? 0) > 0.8);
    assert.ok(existsSync(path.join(run.folder, 'bars.h5')));
    const { record } = openRun(run.folder);
    assert.equal(record.backend, 'wasm');
    assert.equal(record.seed, 7);
    assert.deepEqual(
      listRuns(workspace.runsFolder).map(({ id, status: each }) => [id, each]),
      [[run.id, 'completed']],
    );
    removeRun(run.folder);
    assert.deepEqual(listRuns(workspace.runsFolder), []);
  });

  it('stops when asked, and can be continued to the same end', async () => {
    const whole = await start({ epochs: 6 });
    await watchRun(whole.folder, () => undefined);
    const run = await start({ epochs: 6 });
    await steps(run, 3);
    assert.equal(await stopRun(run.folder), 'stopped');
    const done = readEvents(run.folder).filter(({ type }) => type === 'batch').length;
    assert.ok(done < 340, 'it had ended before the stop');
    await resumeRun(run.folder, program);
    assert.equal(await watchRun(run.folder, () => undefined), 'completed');
    const losses = (folder: string): number[] =>
      readEvents(folder).flatMap((event) => (event.type === 'batch' ? [event.loss] : []));
    assert.deepEqual(losses(run.folder), losses(whole.folder));
  });

  it('keeps what was saved when it is killed, says so, and continues', async () => {
    const run = await start({ epochs: 400 });
    await steps(run, 120);
    const pid = openRun(run.folder).record.pid ?? 0;
    process.kill(pid, 'SIGKILL');
    while (runStatus(run.folder) === 'running') await sleep(20);
    assert.equal(runStatus(run.folder), 'lost');
    const before = readEvents(run.folder).filter(({ type }) => type === 'epoch').length;
    assert.ok(before >= 1);
    const resumed = await resumeRun(run.folder, program);
    await steps(resumed, 120);
    const again = readEvents(run.folder).find(
      (event) => event.type === 'started' && event.resumedAt !== undefined,
    );
    assert.ok(again !== undefined);
    assert.equal(await stopRun(run.folder), 'stopped');
  });

  it('goes on with more epochs after it was completed', async () => {
    const run = await start({ epochs: 1 });
    await watchRun(run.folder, () => undefined);
    await assert.rejects(resumeRun(run.folder, program), /is complete after 1 epochs\. Give more/);
    await resumeRun(run.folder, { ...program, epochs: 2 });
    assert.equal(await watchRun(run.folder, () => undefined), 'completed');
    const epochs = readEvents(run.folder).filter(({ type }) => type === 'epoch');
    assert.equal(epochs.length, 2);
  });

  it('says why it failed', async () => {
    const spec = workspace.spec();
    const run = await startRun({
      spec: { ...spec, data: { ...spec.data, path: 'nowhere' } },
      specPath: workspace.specPath,
      runsFolder: workspace.runsFolder,
      ...program,
    });
    assert.equal(await watchRun(run.folder, () => undefined), 'failed');
    assert.match(
      openRun(run.folder).record.error ?? '',
      /There is no folder .*nowhere\. Correct "data\.path"/,
    );
  });

  it('says in the words of the trainer why it did not start', async () => {
    const broken = path.join(workspace.folder, 'broken.js');
    writeFileSync(broken, 'throw new Error("the trainer is broken");');
    const { specPath, runsFolder } = workspace;
    await assert.rejects(
      startRun({ spec: workspace.spec(), specPath, runsFolder, trainerEntry: broken }),
      /did not start \(exit code 1\).*the trainer is broken/s,
    );
    assert.equal(listRuns(runsFolder)[0]?.status, 'failed');
  });

  it('passes over folders that are no runs', () => {
    mkdirSync(path.join(workspace.runsFolder, 'empty'), { recursive: true });
    mkdirSync(path.join(workspace.runsFolder, 'damaged'));
    writeFileSync(path.join(workspace.runsFolder, 'damaged', 'run.json'), '{');
    assert.deepEqual(listRuns(workspace.runsFolder), []);
    assert.throws(() => openRun(workspace.folder), /is not a run: it has no run\.json/);
  });
});

describe('watching', () => {
  let workspace: TinyWorkspace;
  let folder: string;
  beforeEach(() => {
    workspace = new TinyWorkspace();
    folder = workspace.newFolder('run');
    const record = { id: 'run', startedAt: new Date().toISOString(), status: 'running', pid: process.pid };
    writeFileSync(
      path.join(folder, 'run.json'),
      JSON.stringify({ ...record, startedAt: '2026-01-01T00:00:00Z' }),
    );
    setStatus('starting');
  });
  afterEach(() => {
    workspace.dispose();
  });

  /** A record without a process number counts as starting for a minute. */
  function setStatus(status: string): void {
    writeFileSync(
      path.join(folder, 'run.json'),
      JSON.stringify({ id: 'run', startedAt: new Date().toISOString(), status }),
    );
  }

  const line = (step: number): string =>
    `${JSON.stringify({ type: 'batch', time: '2026-01-01T00:00:00Z', epoch: 1, step, loss: 1, samplesPerSecond: 1 })}\n`;

  it('leaves a torn last line until it is whole, and begins anew when the file was cut', async () => {
    const events = path.join(folder, 'events.jsonl');
    writeFileSync(events, line(1) + line(2) + line(3).slice(0, 20));
    const heard: (readonly [boolean, ...number[]])[] = [];
    const watching = watchRun(folder, (batch, fromStart) => {
      heard.push([fromStart, ...batch.map((event) => (event.type === 'batch' ? event.step : -1))]);
    });
    const until = async (count: number): Promise<void> => {
      while (heard.length < count) await sleep(10);
    };
    await until(1);
    appendFileSync(events, `${line(3).slice(20)}no event\n${line(4)}`);
    await until(2);
    truncateSync(events, line(1).length);
    appendFileSync(events, line(12) + line(13) + line(14) + line(15) + line(16));
    await until(3);
    setStatus('completed');
    assert.equal(await watching, 'completed');
    assert.deepEqual(heard, [
      [true, 1, 2],
      [false, 3, 4],
      [true, 1, 12, 13, 14, 15, 16],
    ]);
  });

  it('ends when it is told to', async () => {
    const stop = new AbortController();
    const watching = watchRun(folder, () => undefined, stop.signal);
    stop.abort();
    assert.equal(await watching, 'starting');
  });
});
