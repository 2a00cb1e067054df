import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { chromium, type BrowserContext, type Page } from 'playwright-core';
import { freePort } from '../support/processes';

export const root = path.resolve(__dirname, '../..');
export const artifacts = path.join(root, 'out');

export interface EditorOptions {
  /** Folder to open. */
  readonly folder: string;
  /** Settings beside the ones that keep VS Code quiet. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** Environment of the extension host. */
  readonly env?: NodeJS.ProcessEnv;
  /** Extra `payload` entries of the web workbench, made once the address is known. */
  readonly payload?: (remote: (file: string) => string) => readonly (readonly [string, string])[];
  /** Bound before the workbench loads. */
  readonly functions?: Readonly<Record<string, (...values: never[]) => unknown>>;
  readonly name: string;
}

/** A running VS Code with the packaged extension installed, and the browser page that shows it. */
export interface Editor {
  readonly page: Page;
  readonly context: BrowserContext;
  readonly home: string;
  /** Loads the workbench again, as "Reload Window" does. */
  reload(): Promise<void>;
  stop(): Promise<void>;
}

const quiet = {
  'terminal.integrated.gpuAcceleration': 'off',
  'files.autoSave': 'off',
  'files.hotExit': 'off',
  'workbench.startupEditor': 'none',
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'telemetry.telemetryLevel': 'off',
  'workbench.enableExperiments': false,
  'security.workspace.trust.enabled': false,
  'editor.minimap.enabled': false,
  'window.confirmBeforeClose': 'never',
  'window.commandCenter': false,
  'workbench.colorTheme': 'Default Dark Modern',
} as const;

/** Starts code-server with the `.vsix` installed and opens the folder in headless Chromium. */
export async function startEditor(options: EditorOptions): Promise<Editor> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'terratrain-editor-'));
  const userData = path.join(home, 'data');
  mkdirSync(path.join(userData, 'User'), { recursive: true });
  writeFileSync(
    path.join(userData, 'User', 'settings.json'),
    JSON.stringify({ ...quiet, ...options.settings }, null, 2),
  );
  const extensions = path.join(home, 'extensions');
  await codeServer([
    '--user-data-dir',
    userData,
    '--extensions-dir',
    extensions,
    '--install-extension',
    required('TERRATRAIN_TEST_VSIX'),
  ]);
  const port = await freePort();
  const server = startServer({
    port,
    userData,
    extensions,
    home,
    name: options.name,
    env: options.env ?? {},
    driver: options.payload !== undefined,
  });
  try {
    await waitForServer(`http://127.0.0.1:${port}/healthz`, server);
    const context = await chromium.launchPersistentContext(path.join(home, 'profile'), {
      executablePath: required('TERRATRAIN_TEST_CHROMIUM'),
      headless: true,
      viewport: { width: 1400, height: 900 },
      args: chromiumArguments,
    });
    await context.grantPermissions(['clipboard-read', 'clipboard-write']);
    const page = context.pages()[0] ?? (await context.newPage());
    for (const [name, handler] of Object.entries(options.functions ?? {}))
      await page.exposeFunction(name, handler);
    const payload = options.payload?.((file) => `vscode-remote://127.0.0.1:${port}${file}`) ?? [];
    const query = new URLSearchParams({ folder: options.folder, payload: JSON.stringify(payload) });
    const address = `http://127.0.0.1:${port}/?${query.toString()}`;
    const load = async (): Promise<void> => {
      await page.goto(address);
      await page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    };
    await load();
    const stop = async (): Promise<void> => {
      await context.close();
      await stopServer(server);
      rmSync(home, { recursive: true, force: true, maxRetries: 5, retryDelay: 200 });
    };
    return { page, context, home, reload: load, stop };
  } catch (error) {
    await stopServer(server);
    throw error;
  }
}

const chromiumArguments = [
  // The administrator of a container may run Chromium only without its sandbox.
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '')
    throw new Error(`${name} is not set: run these tests through "npm test".`);
  return value;
}

/** Runs code-server's own command line to its end. */
async function codeServer(args: readonly string[]): Promise<void> {
  const child = spawn(required('TERRATRAIN_TEST_NODE'), [required('TERRATRAIN_TEST_CODE_SERVER'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  const code = await new Promise<number | null>((resolve) => child.on('close', resolve));
  if (code !== 0) throw new Error(`code-server ${args.join(' ')} failed:\n${output}`);
}

interface ServerOptions {
  readonly port: number;
  readonly userData: string;
  readonly extensions: string;
  readonly home: string;
  readonly name: string;
  readonly env: NodeJS.ProcessEnv;
  readonly driver: boolean;
}

function startServer(options: ServerOptions): ChildProcess {
  mkdirSync(artifacts, { recursive: true });
  const output = openSync(path.join(artifacts, `code-server-${options.name}.log`), 'w');
  const args = [
    required('TERRATRAIN_TEST_CODE_SERVER'),
    ...['--auth', 'none', '--bind-addr', `127.0.0.1:${options.port}`],
    ...['--config', path.join(options.userData, 'code-server.yaml')],
    ...['--user-data-dir', options.userData, '--extensions-dir', options.extensions],
    ...['--disable-telemetry', '--disable-update-check', '--disable-workspace-trust'],
    ...['--disable-getting-started-override', '--ignore-last-opened'],
    // Without the smoke test driver VS Code ignores `extensionTestsPath` in the payload; with it, it shows no
    // notifications.
    ...(options.driver ? ['--vscode-option', 'enable-smoke-test-driver'] : []),
  ];
  return spawn(required('TERRATRAIN_TEST_NODE'), args, {
    env: { ...process.env, ...options.env },
    detached: true,
    stdio: ['ignore', output, output],
  });
}

async function waitForServer(url: string, server: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 600; attempt += 1) {
    if (server.exitCode !== null)
      throw new Error(`code-server ended with exit code ${server.exitCode}; see out/`);
    const answer = await fetch(url).catch(() => undefined);
    if (answer?.ok === true) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error('code-server did not answer within a minute; see out/');
}

async function stopServer(server: ChildProcess): Promise<void> {
  if (server.pid === undefined || server.exitCode !== null) return;
  const ended = new Promise<void>((resolve) =>
    server.once('exit', () => {
      resolve();
    }),
  );
  // The extension host, its language server and the terminals are children: the whole group ends.
  process.kill(-server.pid, 'SIGTERM');
  const timer = setTimeout(() => {
    if (server.pid !== undefined) process.kill(-server.pid, 'SIGKILL');
  }, 5000);
  await ended;
  clearTimeout(timer);
}

/** The log of code-server, for the message of a failure. */
export function serverLog(name: string): string {
  return readFileSync(path.join(artifacts, `code-server-${name}.log`), 'utf8')
    .split('\n')
    .slice(-40)
    .join('\n');
}
