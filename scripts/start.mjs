// From a fresh clone to the example in VS Code with one command.
//   npm start                 installs, builds, opens the example in VS Code (desktop, or in the browser)
//   npm start -- --headless   the same journey in the terminal, without an editor
//   npm start -- --browser    VS Code in the browser, even where the desktop one is installed
import { spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { installPackages } from './install.mjs';
import { isOnPath, run, say } from './terminal.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const headless = process.argv.includes('--headless');
const browser = process.argv.includes('--browser');
const state = path.join(
  process.env['XDG_DATA_HOME'] ?? path.join(os.homedir(), '.local', 'share'),
  'terratrain-start',
);

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 12)) return;
  throw new Error(
    `Terratrain needs Node 20.12 or newer, this is ${process.versions.node}. Install it from nodejs.org.`,
  );
}

async function demo() {
  const { buildAll } = await import('./build.mjs');
  await say('Building', () => buildAll());
  const child = spawn(process.execPath, [path.join(root, 'dist/cli.js'), 'demo'], {
    cwd: root,
    stdio: 'inherit',
  });
  process.exitCode = await new Promise((resolve) => child.on('close', (code) => resolve(code ?? 1)));
}

/** A copy of the example, so that what a person tries out stays out of the checkout. */
function exampleFolder() {
  const folder = path.join(state, 'image-classifier');
  if (!existsSync(folder)) {
    mkdirSync(state, { recursive: true });
    cpSync(path.join(root, 'examples/image-classifier'), folder, { recursive: true });
  }
  return folder;
}

async function openDesktop(vsix, folder) {
  await say('Installing the extension into VS Code', () =>
    run('code', ['--install-extension', vsix, '--force']),
  );
  await run('code', ['--new-window', folder, path.join(folder, 'main.tf')]);
  process.stdout.write(`The example is open in VS Code: ${folder}\n`);
}

async function openBrowser(vsix, folder) {
  const { installCodeServer } = await import('./codeServer.mjs');
  const { node, entry } = await installCodeServer();
  const data = path.join(state, 'editor');
  const settings = path.join(data, 'User', 'settings.json');
  if (!existsSync(settings)) {
    mkdirSync(path.dirname(settings), { recursive: true });
    const quiet = {
      'workbench.startupEditor': 'none',
      'telemetry.telemetryLevel': 'off',
      'chat.disableAIFeatures': true,
    };
    writeFileSync(settings, `${JSON.stringify(quiet, null, 2)}\n`);
  }
  const folders = ['--user-data-dir', data, '--extensions-dir', path.join(data, 'extensions')];
  await say('Installing the extension into VS Code', () =>
    run(node, [entry, ...folders, '--install-extension', vsix, '--force']),
  );
  const port = await freePort(8080);
  const quiet = ['--disable-telemetry', '--disable-update-check', '--disable-getting-started-override'];
  const args = [
    entry,
    '--auth',
    'none',
    '--bind-addr',
    `127.0.0.1:${port}`,
    '--config',
    path.join(data, 'code-server.yaml'),
    ...folders,
    ...quiet,
    folder,
  ];
  const server = spawn(node, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  await answers(`http://127.0.0.1:${port}/healthz`, server);
  process.stdout.write(
    `\nVS Code with the example is at http://127.0.0.1:${port}/?folder=${encodeURIComponent(folder)}\nStop it with Ctrl-C.\n`,
  );
  const stop = () => server.kill('SIGTERM');
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  await new Promise((resolve) => server.on('close', resolve));
}

async function answers(url, server) {
  for (let attempt = 0; attempt < 300; attempt += 1) {
    if (server.exitCode !== null)
      throw new Error(`VS Code in the browser ended with exit code ${server.exitCode}.`);
    try {
      if ((await fetch(url)).ok) return;
    } catch (error) {
      // Refused until it listens.
      if (!(error instanceof TypeError)) throw error;
    }
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`VS Code in the browser did not answer at ${url} within 30 seconds.`);
}

function freePort(wanted) {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', () =>
      wanted === 0 ? reject(new Error('No free port was found.')) : freePort(0).then(resolve, reject),
    );
    probe.listen(wanted, '127.0.0.1', () => {
      const { port } = probe.address();
      probe.close(() => resolve(port));
    });
  });
}

try {
  checkNode();
  const { version } = JSON.parse(readFileSync(path.join(root, 'package.json'), 'utf8'));
  process.stdout.write(`Terratrain ${version}\n`);
  await installPackages();
  if (headless) {
    await demo();
  } else {
    const { makePackage } = await import('./package.mjs');
    const vsix = await makePackage();
    const folder = exampleFolder();
    await ((await isOnPath('code')) && !browser ? openDesktop(vsix, folder) : openBrowser(vsix, folder));
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
