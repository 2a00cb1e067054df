import { readSchemaDump } from '../../server/providers/schemaDump';
import { SchemaWriter } from '../../server/providers/schemaWriter';
import { collectGarbage } from '../measure';

const portion = 64 * 1024;

export interface DumpMeasure {
  /** Milliseconds of processor time of the longest turn in which nobody else was served. */
  readonly longestTurn: number;
  readonly milliseconds: number;
  /** Bytes of memory that were held at the end. */
  readonly growth: number;
}

/** Reads a made-up dump of this size as it would come from terraform, types of 200 KB each. */
export async function measureDump(size: number): Promise<DumpMeasure> {
  const writer = new SchemaWriter({ source: 'registry.terraform.io/acme/large', version: '1.0.0' });
  collectGarbage();
  const before = process.memoryUsage().heapUsed;
  let longestTurn = 0;
  let turn = process.cpuUsage();
  const watch = setInterval(() => {
    const { user, system } = process.cpuUsage(turn);
    longestTurn = Math.max(longestTurn, (user + system) / 1000);
    turn = process.cpuUsage();
  }, 1);
  const begin = performance.now();
  await readSchemaDump(portions(size), {
    block: (_source, kind, name, block) => {
      writer.addBlock(kind, name, block);
    },
    function: () => undefined,
  });
  const milliseconds = performance.now() - begin;
  clearInterval(watch);
  collectGarbage();
  return { longestTurn, milliseconds, growth: process.memoryUsage().heapUsed - before };
}

async function* portions(size: number): AsyncGenerator<Uint8Array> {
  let rest =
    '{"format_version":"1.0","provider_schemas":{"registry.terraform.io/acme/large":{"resource_schemas":{';
  let written = 0;
  for (let number = 0; written < size; number += 1) {
    const text = `${number === 0 ? '' : ','}"large_${number}":${typeText(number)}`;
    rest += text;
    written += text.length;
    while (rest.length >= portion) {
      yield await Promise.resolve(Buffer.from(rest.slice(0, portion)));
      rest = rest.slice(portion);
    }
  }
  yield Buffer.from(`${rest}}}}}`);
}

function typeText(number: number): string {
  const attributes = (level: number): string =>
    Array.from(
      { length: 40 },
      (_, index) =>
        `"argument_${level}_${index}":{"type":["list",["object",{"name":"string","value":["map","number"]}]],"description":"What argument ${index} of type ${number % 100} is for, in a sentence of usual length.","description_kind":"plain","optional":true}`,
    ).join(',');
  const blocks = Array.from(
    { length: 22 },
    (_, index) =>
      `"block_${index}":{"nesting_mode":"list","block":{"attributes":{${attributes(index)}}},"max_items":1}`,
  ).join(',');
  return `{"version":0,"block":{"attributes":{${attributes(99)}},"block_types":{${blocks}}}}`;
}
