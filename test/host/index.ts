import { appendFileSync, readdirSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { format } from 'node:util';
import Mocha from 'mocha';

/**
 * Entry of the tests inside the extension host, as VS Code and @vscode/test-electron call it. The host's console
 * reaches nobody, so the report goes to the file named by TERRATRAIN_TEST_OUTPUT and the counts to a file beside it.
 */
export async function run(): Promise<void> {
  const output = process.env.TERRATRAIN_TEST_OUTPUT;
  if (output === undefined)
    throw new Error('TERRATRAIN_TEST_OUTPUT is not set: run these tests through "npm test".');
  const mocha = new Mocha({ ui: 'bdd', timeout: 60_000, color: false });
  for (const file of readdirSync(__dirname)) {
    if (file.endsWith('.test.js')) mocha.addFile(path.join(__dirname, file));
  }
  Mocha.reporters.Base.consoleLog = (...values: unknown[]) => {
    appendFileSync(output, `${format(...values)}\n`);
  };
  const { passes, failures } = await new Promise<Mocha.Stats>((resolve) => {
    const runner = mocha.run(() => {
      resolve(runner.stats ?? { suites: 0, tests: 0, passes: 0, pending: 0, failures: 1 });
    });
  });
  writeFileSync(`${output}.json`, JSON.stringify({ passes, failures }));
  if (failures > 0) throw new Error(`${failures} tests failed`);
  // An empty run must not be green.
  if (passes === 0) throw new Error('No test ran.');
}
