// The packages of this project and the browser of its tests, installed where they are missing.
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { isOnPath, run, say } from './terminal.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Installs the npm packages when the lock file changed since the last time. */
export async function installPackages() {
  const stamp = path.join(root, 'node_modules/.terratrain-lock');
  const lock = readFileSync(path.join(root, 'package-lock.json'), 'utf8');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === lock) return;
  await say('Installing packages', () =>
    run('npm', ['ci', '--no-audit', '--no-fund', '--loglevel', 'error'], { cwd: root }),
  );
  writeFileSync(stamp, lock);
}

const browsers = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/**
 * Finds a Chromium, or installs Debian's.
 * @returns {Promise<string>} its path
 */
export async function installBrowser() {
  const given = process.env['TERRATRAIN_TEST_CHROMIUM'];
  if (given) return given;
  const found = await findBrowser();
  if (found !== undefined) return found;
  const asRoot = process.getuid?.() === 0;
  if (!(await isOnPath('apt-get')) || (!asRoot && !(await isOnPath('sudo')))) {
    throw new Error(
      'The tests in a real VS Code need Chromium: install it, or set TERRATRAIN_TEST_CHROMIUM to its path.',
    );
  }
  const apt = async (...args) => {
    const command = ['apt-get', '-o', 'DPkg::Lock::Timeout=240', ...args];
    const [first, ...rest] = asRoot ? command : ['sudo', '-n', ...command];
    await run(first, rest, { env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' } });
  };
  // With the Vulkan loader, Chromium's software adapter lets the WebGPU backend be tested without a GPU.
  await say('Installing Chromium', async () => {
    await apt('update', '-qq');
    await apt('install', '-y', '-qq', '--no-install-recommends', 'chromium', 'libvulkan1');
  });
  const installed = await findBrowser();
  if (installed === undefined) throw new Error('Chromium was installed but is not on PATH.');
  return installed;
}

async function findBrowser() {
  for (const browser of browsers) {
    if (await isOnPath(browser)) return (await run('which', [browser])).trim();
  }
  return undefined;
}
