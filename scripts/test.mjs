// Everything that must hold before a change lands, on a fresh machine: installs what it needs, checks, tests, packages,
// and drives the installed package in a real VS Code. Ends with one line of counts over all suites.
//   npm test                 everything
//   npm test -- --only unit  one stage: check, unit, host, e2e
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installBrowser, installPackages } from './install.mjs';
import { run, say } from './terminal.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const started = Date.now();
const only = process.argv.includes('--only') ? process.argv[process.argv.indexOf('--only') + 1] : undefined;
const totals = { passes: 0, failures: 0 };

/** A stage counts as one failed test when it breaks without saying how many failed. */
async function stage(name, work) {
  if (only !== undefined && only !== name) return;
  process.stdout.write(`\n── ${name} ──\n`);
  const begin = Date.now();
  try {
    await work();
  } catch (error) {
    totals.failures += error instanceof CountedFailure ? 0 : 1;
    process.stdout.write(`${error instanceof Error ? error.message : String(error)}\n`);
  }
  process.stdout.write(`${name}: ${((Date.now() - begin) / 1000).toFixed(0)} s\n`);
}

class CountedFailure extends Error {}

function add(file) {
  if (!existsSync(file)) throw new Error('The suite ended before it could count its tests.');
  let failures = 0;
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const counts = JSON.parse(line);
    totals.passes += counts.passes;
    failures += counts.failures;
  }
  totals.failures += failures;
  if (failures > 0) throw new CountedFailure(`${failures} failed.`);
}

async function mocha(args, env) {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-counts-'));
  const counts = path.join(folder, 'counts.jsonl');
  const reporter = ['--reporter', path.join(root, 'test/support/countingReporter.cjs')];
  try {
    await run(process.execPath, [path.join(root, 'node_modules/mocha/bin/mocha.js'), ...reporter, ...args], {
      cwd: root,
      show: true,
      env: { ...process.env, ...env, TERRATRAIN_TEST_COUNTS: counts },
    }).catch((error) => {
      if (!existsSync(counts)) throw error;
    });
    add(counts);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What the tests in a real VS Code need to know. */
async function editorEnvironment() {
  const chromium = await installBrowser();
  const { installCodeServer } = await import('./codeServer.mjs');
  const { makePackage } = await import('./package.mjs');
  const { node, entry } = await installCodeServer();
  const empty = path.join(root, 'out', 'empty.tfrc');
  mkdirSync(path.dirname(empty), { recursive: true });
  writeFileSync(empty, '');
  return {
    TERRATRAIN_TEST_CHROMIUM: chromium,
    TERRATRAIN_TEST_NODE: node,
    TERRATRAIN_TEST_CODE_SERVER: entry,
    TERRATRAIN_TEST_VSIX: await makePackage(),
    // A CLI configuration that is named but missing would print a warning above every output.
    TF_CLI_CONFIG_FILE: empty,
  };
}

try {
  await installPackages();
  const { buildAll, buildHostTests } = await import('./build.mjs');
  if (only !== 'host' && only !== 'e2e') await say('Building', () => buildAll());
  await stage('check', async () => {
    await run(process.execPath, [path.join(root, 'scripts/check.mjs')], { cwd: root, show: true });
    totals.passes += 1;
  });
  await stage('unit', () => mocha(['--ignore', 'test/{e2e,host}/**', 'test/**/*.test.ts'], {}));
  if (only === undefined || only === 'host' || only === 'e2e') {
    let env = {};
    await stage(only ?? 'package', async () => {
      env = await editorEnvironment();
      await say('Building the tests of the extension host', () => buildHostTests());
    });
    await stage('host', async () => {
      const driver = ['--import', 'tsx', path.join(root, 'test/host/driver.ts')];
      await run(process.execPath, driver, { cwd: root, show: true, env: { ...process.env, ...env } }).catch(
        (error) => {
          if (!existsSync(path.join(root, 'out/host-tests.txt.json'))) throw error;
        },
      );
      add(path.join(root, 'out/host-tests.txt.json'));
    });
    await stage('e2e', () => mocha(['--config', 'test/e2e/.mocharc.json'], env));
  }
} catch (error) {
  totals.failures += 1;
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
}
process.stdout.write(`\nAll of it took ${((Date.now() - started) / 1000).toFixed(0)} s.\n`);
process.stdout.write(`${totals.passes} passed, ${totals.failures} failed\n`);
process.exitCode = totals.failures > 0 || totals.passes === 0 ? 1 : 0;
