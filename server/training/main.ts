import { existsSync, rmSync } from 'node:fs';
import path from 'node:path';
import { chooseBackend, probeBackends } from './backends/ladder';
import type { ChosenBackend } from './backends/ladder';
import { readNewestCheckpoint } from './checkpoint';
import { EventLog, truncateEvents } from './events';
import { readRecord, readRunSpec, runFiles, writeRecord } from './runFolder';
import type { RunRecord } from './runFolder';
import { resumableHash } from './spec';
import type { TrainSpec } from './trainSpec';

/*
 * The trainer: a process of its own that outlives whoever started it.
 *
 *   node trainer.js RUN_FOLDER   carries out the run whose spec lies in the folder, or goes on with it
 *   node trainer.js --probe      prints what each backend is on this machine, as one JSON line
 *
 * A run says everything in the files of its folder, nothing on stdout: libraries write there what they like.
 */
async function main(): Promise<void> {
  const [argument] = process.argv.slice(2);
  if (argument === '--probe') {
    process.stdout.write(`${JSON.stringify(await probeBackends())}\n`);
    return;
  }
  if (argument === undefined) {
    process.stderr.write('Usage: trainer.js RUN_FOLDER. "terratrain train" is the command for people.\n');
    process.exitCode = 2;
    return;
  }
  await carryOut(path.resolve(argument));
}

async function carryOut(folder: string): Promise<void> {
  const spec = readRunSpec(folder);
  const checkpoint = readNewestCheckpoint(path.join(folder, runFiles.checkpoints));
  let record = readRecord(folder);
  const update = (change: Partial<RunRecord>): void => {
    record = { ...record, ...change };
    writeRecord(folder, record);
  };
  rmSync(path.join(folder, runFiles.stop), { force: true });
  update({ pid: process.pid, status: 'running', versions: versions() });

  const eventsFile = path.join(folder, runFiles.events);
  if (existsSync(eventsFile)) truncateEvents(eventsFile, checkpoint?.state.eventBytes ?? 0);
  const events = new EventLog(eventsFile);
  const stop = stopSwitch(folder);
  const usage = reportUsage(events);
  try {
    if (checkpoint !== undefined) checkSameSpec(checkpoint.state.specHash, spec);
    const chosen = await choose(spec, checkpoint === undefined ? undefined : record.backend);
    for (const text of chosen.passedOver) events.append({ type: 'log', stream: 'stderr', text });
    update({ backend: chosen.probe.name, device: chosen.probe.device });

    const outcome = await chosen.backend.train({
      spec,
      runFolder: folder,
      events,
      device: chosen.probe.device,
      shouldStop: stop,
      ...(checkpoint === undefined ? {} : { resume: checkpoint }),
    });
    events.append({ type: 'finished', status: outcome.status, ...outcome.metrics, saved: outcome.saved });
    update({ status: outcome.status, endedAt: new Date().toISOString() });
  } catch (error) {
    const text = error instanceof Error ? error.message : String(error);
    if (error instanceof Error && error.stack !== undefined) process.stderr.write(`${error.stack}\n`);
    events.append({ type: 'finished', status: 'failed', error: text });
    update({ status: 'failed', error: text, endedAt: new Date().toISOString() });
    process.exitCode = 1;
  } finally {
    clearInterval(usage);
    events.close();
  }
}

/** A run goes on where it began, because its numbers repeat exactly only there; another backend is better than none. */
async function choose(spec: TrainSpec, before: string | undefined): Promise<ChosenBackend> {
  if (spec.backend !== 'auto' || before === undefined) return chooseBackend(spec.backend);
  const probes = await probeBackends();
  const same = probes.find((probe) => probe.name === before && probe.available);
  return chooseBackend(same?.name ?? 'auto');
}

/** More epochs may be added to a run; anything else would make its history a lie. */
function checkSameSpec(hash: string, spec: TrainSpec): void {
  if (hash === resumableHash(spec)) return;
  throw new Error(
    'The spec in the run folder is not the one that the checkpoint was made with. Start a new run.',
  );
}

/** True once someone asked for the run to stop: by a signal, or by the file that works on every system. */
function stopSwitch(folder: string): () => boolean {
  let asked = false;
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      asked = true;
    });
  }
  const file = path.join(folder, runFiles.stop);
  return () => asked || existsSync(file);
}

const USAGE_SECONDS = 5;

function reportUsage(events: EventLog): NodeJS.Timeout {
  let before = process.cpuUsage();
  const timer = setInterval(() => {
    const used = process.cpuUsage(before);
    before = process.cpuUsage();
    const cpu = (used.user + used.system) / (USAGE_SECONDS * 1e6);
    events.append({
      type: 'system',
      cpu: Math.round(cpu * 1000) / 1000,
      memoryBytes: process.memoryUsage.rss(),
    });
  }, USAGE_SECONDS * 1000);
  return timer.unref();
}

function versions(): Readonly<Record<string, string>> {
  return { node: process.versions.node, platform: `${process.platform}-${process.arch}` };
}

void main();
