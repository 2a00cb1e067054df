// Makes the .vsix of this platform: bundles without source maps, and the native parts of this platform only.
import { cpSync, existsSync, mkdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { buildAll } from './build.mjs';
import { run, say } from './terminal.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/**
 * Modules that are not bundled, most because they are native, go beside the bundles, where `require` looks first, with the binaries of this
 * platform only: all of them together would be ten times the size of everything else.
 */
function copyNative(target) {
  const from = path.join(root, 'node_modules');
  const to = path.join(root, 'dist/node_modules');
  const parts = {
    'node-pty': ['package.json', 'LICENSE', 'lib', `prebuilds/${target}`],
    h5wasm: ['package.json', 'LICENSE.txt', 'dist/esm'],
    webgpu: [
      'package.json',
      'LICENSE.md',
      'index.js',
      `dist/${target.startsWith('darwin') ? 'darwin-universal' : target}`,
    ],
  };
  for (const [name, files] of Object.entries(parts)) {
    for (const file of files) {
      const source = path.join(from, name, file);
      // webgpu is optional, and no package has binaries for every platform: the product then says so and goes on.
      if (existsSync(source))
        cpSync(source, path.join(to, name, file), {
          recursive: true,
          filter: (each) => !/\.(map|pdb|test\.js)$/.test(each),
        });
    }
  }
}

/** @returns {Promise<string>} path of the package */
export async function makePackage() {
  const target = `${process.platform}-${process.arch}`;
  const file = path.join(root, 'out', `terratrain-${target}.vsix`);
  mkdirSync(path.dirname(file), { recursive: true });
  await say('Building the package', async () => {
    await buildAll({ minify: true });
    copyNative(target);
  });
  const vsce = path.join(root, 'node_modules/@vscode/vsce/vsce');
  await say('Packaging', () =>
    run(
      process.execPath,
      [
        vsce,
        'package',
        '--target',
        target,
        '--out',
        file,
        '--no-dependencies',
        '--allow-missing-repository',
        '--no-rewrite-relative-links',
      ],
      { cwd: root },
    ),
  );
  return file;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  process.stdout.write(`${await makePackage()}\n`);
}
