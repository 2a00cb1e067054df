/**
 * Writes down what terraform says: `node --import tsx test/cty/console/record.ts [CATEGORY…]`, all without a name.
 * Reads cases/CATEGORY.txt, writes recorded/CATEGORY.json.
 */
import { categories, readCases, writeRecording } from './recording';
import { askTerraform, consoleVersion } from './terraformConsole';

async function main(): Promise<void> {
  const version = await consoleVersion();
  if (version === undefined)
    throw new Error('terraform is not on PATH; it is what the cases are recorded from.');
  const asked = process.argv.slice(2);
  for (const category of asked.length > 0 ? asked : categories()) {
    const cases = await askTerraform(readCases(category));
    writeRecording(category, { terraform: version, cases });
    const refused = cases.filter((one) => one.refused !== undefined).length;
    process.stdout.write(`${category}: ${String(cases.length)} cases, ${String(refused)} refused\n`);
  }
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
