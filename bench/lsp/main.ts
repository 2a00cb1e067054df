import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { longFile } from '../corpus/corpus';
import { characterLoop, median, quantile, time } from '../measure';
import { readOptions } from '../options';
import { printTable, say } from '../table';
import type { Row } from '../table';
import { MeasuredClient } from './client';
import { writeWorkspace } from './workspace';
import type { GeneratedWorkspace } from './workspace';

/** The promises of the language server, over stdio, on a workspace of ten thousand files. */
async function main(): Promise<void> {
  const { quick, seed } = readOptions(process.argv.slice(2));
  if (!existsSync(path.resolve(__dirname, '../../../../dist/server.js')))
    throw new Error('There is no dist/server.js: run "npm run build" first.');
  const folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-bench-'));
  try {
    const size = quick ? { modules: 60, files: 1000 } : { modules: 600, files: 10_000 };
    const workspace = writeWorkspace(folder, { ...size, seed });
    const megabytes = (workspace.characters / 1e6).toFixed(1);
    say(`The language server, node ${process.version}, seed ${seed}\n`);
    say(
      `${workspace.files} files, ${megabytes} MB, ${size.modules} modules; a character loop does ${loopSpeed().toFixed(0)} MB/s here\n`,
    );
    const rows = [await coldRow(workspace, quick ? 3 : 5), ...(await warmRows(workspace, quick ? 40 : 200))];
    process.exitCode = printTable('The language server', rows) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function loopSpeed(): number {
  const text = longFile(1, 5000);
  const rounds = Array.from({ length: 30 }, () => time(() => void characterLoop([text])));
  return text.length / 1000 / median(rounds.slice(10));
}

async function coldRow(workspace: GeneratedWorkspace, rounds: number): Promise<Row> {
  const times: number[] = [];
  for (let round = 0; round < rounds; round += 1) {
    const client = new MeasuredClient();
    try {
      await client.start(workspace.folder);
      await client.open(workspace.edited);
      await client.request('textDocument/completion', workspace.edited, 17, 2);
      times.push(performance.now() - client.begin);
    } finally {
      client.stop();
    }
  }
  return limitRow('start to first completion, index cold', 300, median(times), 'ms');
}

async function warmRows(workspace: GeneratedWorkspace, keys: number): Promise<Row[]> {
  const client = new MeasuredClient();
  try {
    await client.start(workspace.folder);
    await client.open(workspace.edited);
    await client.untilIndexed();
    const index = client.processorSeconds();
    const variables = path.join(workspace.popular, 'variables.tf');
    await client.open(variables);
    const search = await client.ask('textDocument/references', variables, 0, 11, {
      context: { includeDeclaration: true },
    });
    const rename = await client.ask('textDocument/rename', variables, 0, 11, { newName: 'title' });
    const { answers, diagnostics } = await typing(client, workspace, keys);
    return [
      ...quantileRows('completion, hover, definition while typing', answers, 3, 15),
      ...quantileRows('keystroke to diagnostics', diagnostics, 10, 50),
      limitRow('whole workspace indexed, processor time', 6, index, 's'),
      limitRow('memory with the workspace open', 250, client.residentMegabytes(), 'MB'),
      limitRow('first reference search over all files', 300, search, 'ms'),
      limitRow('first rename over all files', 300, rename, 'ms'),
    ];
  } finally {
    client.stop();
  }
}

/** One key each 100 ms, and after each key the three questions that editors ask. */
async function typing(client: MeasuredClient, { edited }: GeneratedWorkspace, keys: number) {
  const answers: number[] = [];
  const diagnostics: number[] = [];
  const line = readFileSync(edited, 'utf8')
    .split('\n')
    .findIndex((each) => each.includes('instance_type'));
  const text = '  subnet_id = var.name\n';
  for (let key = 0; key < keys; key += 1) {
    const begin = performance.now();
    const place = key % text.length;
    const current = line + Math.floor(key / text.length);
    const published = client.type(edited, current, place, text.charAt(place));
    const [at, character] = place === text.length - 1 ? [current + 1, 0] : [current, place + 1];
    answers.push(await client.ask('textDocument/completion', edited, at, character));
    answers.push(await client.ask('textDocument/hover', edited, line - 1, 20));
    answers.push(await client.ask('textDocument/definition', edited, line - 1, 20));
    diagnostics.push(await published);
    await sleep(Math.max(0, 100 - (performance.now() - begin)));
  }
  return { answers, diagnostics };
}

function limitRow(what: string, most: number, measured: number, unit: string): Row {
  return {
    what,
    atLeast: `≤ ${most} ${unit}`,
    measured: `${measured.toFixed(measured < 10 ? 1 : 0)} ${unit}`,
    ok: measured <= most,
  };
}

function quantileRows(what: string, values: readonly number[], middle: number, high: number): Row[] {
  return [
    limitRow(`${what}, p50`, middle, median(values), 'ms'),
    limitRow(`${what}, p99`, high, quantile(values, 0.99), 'ms'),
  ];
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
