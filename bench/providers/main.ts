import { readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import { openBundledSchemas } from '../../server/providers/bundled';
import { median, runProcess } from '../measure';
import { readOptions } from '../options';
import { printTable, say } from '../table';
import type { Row } from '../table';
import type { Reading } from './readingProcess';
import { measureDump } from './dump';

const megabyte = 1024 * 1024;
/** Types that AI infrastructure uses, and the largest ones. */
const types = [
  'aws_instance',
  'aws_s3_bucket',
  'aws_ecs_service',
  'aws_eks_cluster',
  'aws_sagemaker_endpoint_configuration',
  'aws_security_group',
  'aws_lexv2models_intent',
  'aws_wafv2_web_acl_rule',
];

/** The promises of the bundled provider schemas. */
async function main(): Promise<void> {
  const { quick } = readOptions(process.argv.slice(2));
  const folder = path.resolve('server/providers/data');
  say(`Provider schemas, node ${process.version}\n`);
  const rows = [
    sizeRow(folder),
    ...readingRows(folder, quick ? 3 : 9),
    memoryRow(folder),
    await dumpRow(quick),
  ];
  process.exitCode = printTable('Provider schemas', rows) ? 0 : 1;
}

function sizeRow(folder: string): Row {
  const { providers } = JSON.parse(readFileSync(path.join(folder, 'manifest.json'), 'utf8')) as {
    readonly providers: readonly { readonly file: string }[];
  };
  const files = [...providers.map(({ file }) => file), 'manifest.json', 'NOTICE.md'];
  const bytes = files.reduce((sum, file) => sum + statSync(path.join(folder, file)).size, 0);
  return {
    what: `all ${providers.length} providers in the package`,
    atLeast: '≤ 4 MB',
    measured: `${(bytes / megabyte).toFixed(2)} MB`,
    ok: bytes <= 4 * megabyte,
  };
}

/** Each type in fresh processes: nothing is warm but the disk. */
function readingRows(folder: string, rounds: number): Row[] {
  const cold: number[] = [];
  const wall: number[] = [];
  const warm: number[] = [];
  const slowest = { type: '', milliseconds: 0 };
  for (const type of types) {
    const readings = Array.from(
      { length: rounds },
      () => runProcess('readingProcess', [folder, 'aws', type]) as Reading,
    );
    const milliseconds = median(readings.map((reading) => reading.cold));
    cold.push(milliseconds);
    wall.push(median(readings.map((reading) => reading.coldWall)));
    warm.push(median(readings.map((reading) => reading.warm)));
    if (milliseconds > slowest.milliseconds) Object.assign(slowest, { type, milliseconds });
  }
  const typical = median(cold);
  return [
    {
      what: 'one AWS resource type, cold',
      atLeast: '≤ 10 ms',
      measured: `${typical.toFixed(1)} ms of processor time, ${median(wall).toFixed(1)} ms by the clock (slowest: ${slowest.type} ${slowest.milliseconds.toFixed(1)} ms)`,
      ok: typical <= 10,
    },
    {
      what: 'the same type again',
      atLeast: '≤ 0.1 ms',
      measured: `${(median(warm) * 1000).toFixed(1)} µs`,
      ok: median(warm) <= 0.1,
    },
  ];
}

/** Ten times the types take ten times the memory, not the provider's. */
function memoryRow(folder: string): Row {
  const names = openBundledSchemas(folder).provider('aws')?.names('resource') ?? [];
  const step = Math.floor(names.length / 200);
  const some = names.filter((_, index) => index % step === 0);
  const heap = (count: number): number =>
    (runProcess('readingProcess', [folder, 'aws', ...some.slice(0, count)]) as Reading).heap;
  const [few, many] = [heap(15), heap(150)];
  const perType = (many - few) / 135;
  return {
    what: 'memory per AWS type in use',
    atLeast: '≤ 150 KB each',
    measured: `${(perType / 1024).toFixed(0)} KB each; 15 types ${(few / megabyte).toFixed(1)} MB, 150 types ${(many / megabyte).toFixed(1)} MB`,
    ok: perType <= 150 * 1024,
  };
}

async function dumpRow(quick: boolean): Promise<Row> {
  const size = (quick ? 20 : 100) * megabyte;
  const { longestTurn, milliseconds, growth } = await measureDump(size);
  return {
    what: `an installed provider's dump of ${(size / megabyte).toFixed(0)} MB`,
    atLeast: 'turns ≤ 100 ms',
    measured: `longest turn ${longestTurn.toFixed(0)} ms of processor time, ${(milliseconds / 1000).toFixed(1)} s in all, ${(growth / megabyte).toFixed(0)} MB of memory`,
    ok: longestTurn <= 100,
  };
}

void main();
