import { terraformVersion } from '../../test/hcl/terraformFmt';
import { readOptions } from '../options';
import { printTable, say } from '../table';
import { measureDifferentials } from './differentials';
import { measureSpeed } from './speed';

/** The promises of the HCL engine: speed against references of the same run, and the long differentials. */
async function main(): Promise<void> {
  const options = readOptions(process.argv.slice(2));
  const terraform = terraformVersion();
  say(`HCL engine, seed ${options.seed}, node ${process.version}, terraform ${terraform ?? 'not on PATH'}\n`);
  const speed = await measureSpeed(options, terraform !== undefined);
  const fast = printTable('Speed', speed.rows);
  for (const note of speed.notes) say(`${note}\n`);
  const differentials = measureDifferentials(options, terraform !== undefined);
  const right = printTable('Against terraform', differentials.rows);
  for (const note of differentials.notes) say(`${note}\n`);
  process.exitCode = fast && right ? 0 : 1;
}

void main();
