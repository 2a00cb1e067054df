import { openBundledSchemas } from '../../server/providers/bundled';
import { collectGarbage } from '../measure';

/** What one process that reads types of a provider measures. */
export interface Reading {
  /** Milliseconds of processor time for the first type, everything that has to be opened included. */
  readonly cold: number;
  /** The same by the clock, which counts what other programs do meanwhile. */
  readonly coldWall: number;
  /** Milliseconds for the same type once more. */
  readonly warm: number;
  /** Bytes of heap that all the types, with what stands around them, take. */
  readonly heap: number;
}

function main([folder = '', provider = '', ...types]: readonly string[]): Reading {
  const [first = ''] = types;
  collectGarbage();
  const before = process.memoryUsage();
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const schemas = openBundledSchemas(folder);
  const block = schemas.provider(provider)?.block('resource', first);
  const coldWall = performance.now() - begin;
  const { user, system } = process.cpuUsage(cpu);
  const cold = (user + system) / 1000;
  if (block === undefined) throw new Error(`There is no type ${first}.`);
  const again = performance.now();
  schemas.provider(provider)?.block('resource', first);
  const warm = performance.now() - again;
  const kept = types.map((type) => schemas.provider(provider)?.block('resource', type));
  collectGarbage();
  const after = process.memoryUsage();
  if (kept.includes(undefined)) throw new Error('A type is missing.');
  return { cold, coldWall, warm, heap: after.heapUsed + after.external - before.heapUsed - before.external };
}

process.stdout.write(JSON.stringify(main(process.argv.slice(2))));
