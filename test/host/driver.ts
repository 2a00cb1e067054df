import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { runTests } from '@vscode/test-electron';
import { artifacts, root, serverLog, startEditor } from '../e2e/codeServer';

/**
 * Runs the suites of this folder inside a real extension host, from the installed package: in VS Code for the browser,
 * or with `--desktop` in the desktop VS Code that @vscode/test-electron downloads. Prints the report; exit code 0 when
 * everything passed.
 */
async function main(): Promise<void> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-host-'));
  const workspace = path.join(folder, 'image-classifier');
  cpSync(path.join(root, 'examples/image-classifier'), workspace, { recursive: true });
  const output = path.join(artifacts, 'host-tests.txt');
  mkdirSync(artifacts, { recursive: true });
  rmSync(`${output}.json`, { force: true });
  writeFileSync(output, '');
  const env = { TERRATRAIN_TEST_OUTPUT: output, TERRATRAIN_SANDBOX_HOME: path.join(folder, 'sandbox') };
  try {
    const code = process.argv.includes('--desktop')
      ? await desktop(workspace, env)
      : await browser(workspace, env);
    process.stdout.write(readFileSync(output, 'utf8'));
    if (code !== 0 || !existsSync(`${output}.json`)) {
      process.stderr.write(`The extension host ended with code ${code}.\n${serverLog('host')}\n`);
      process.exitCode = 1;
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function browser(workspace: string, env: NodeJS.ProcessEnv): Promise<number> {
  let finish: (code: number) => void = () => undefined;
  const ended = new Promise<number>((resolve) => (finish = resolve));
  const companion = writeCompanion();
  const editor = await startEditor({
    name: 'host',
    folder: workspace,
    env,
    settings: { 'terratrain.operations.target': 'sandbox' },
    // VS Code starts test runs only for extensions under development: an empty companion stands for that, while
    // the extension under test is the installed package.
    payload: (remote) => [
      ['extensionDevelopmentPath', remote(companion)],
      ['extensionTestsPath', remote(path.join(root, 'out/host/index.js'))],
    ],
    functions: {
      codeAutomationExit: (code: number) => {
        finish(code);
      },
      codeAutomationLog: () => undefined,
    },
  });
  const timer = setTimeout(() => {
    finish(99);
  }, 240_000);
  try {
    return await ended;
  } finally {
    clearTimeout(timer);
    await editor.stop();
  }
}

function writeCompanion(): string {
  const companion = path.join(artifacts, 'host-companion');
  mkdirSync(companion, { recursive: true });
  const manifest = {
    name: 'terratrain-tests',
    publisher: 'terratrain',
    version: '0.0.1',
    engines: { vscode: '^1.100.0' },
  };
  writeFileSync(path.join(companion, 'package.json'), JSON.stringify(manifest));
  return companion;
}

async function desktop(workspace: string, env: NodeJS.ProcessEnv): Promise<number> {
  return runTests({
    extensionDevelopmentPath: root,
    extensionTestsPath: path.join(root, 'out/host/index.js'),
    launchArgs: [workspace, '--disable-extensions'],
    extensionTestsEnv: env,
  });
}

void main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
