// Runs one benchmark: bundles bench/NAME as the product is bundled, runs it in a fresh process and ends with its exit
// code (0 only where every row is met).
//   npm run bench -- hcl [--quick] [--seed N]
// A benchmark is a folder with main.ts; every *Process.ts beside it is bundled as a program that main.ts can start.
import { build } from 'esbuild';
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';

/** What the product does not bundle, and what finds its own WebAssembly beside itself. */
const external = [
  'web-tree-sitter',
  '@tree-sitter-grammars/tree-sitter-hcl',
  'h5wasm',
  'vscode',
  'node-pty',
  'webgpu',
  '@tensorflow/tfjs-node',
  '@tensorflow/tfjs-node-gpu',
];

const bench = path.dirname(fileURLToPath(import.meta.url));
const root = path.dirname(bench);
const [name, ...options] = process.argv.slice(2);
const names = readdirSync(bench, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && existsSync(path.join(bench, entry.name, 'main.ts')))
  .map((entry) => entry.name);

if (name === undefined || !names.includes(name)) {
  process.stderr.write(`Say which benchmark to run: npm run bench -- ${names.join('|')}\n`);
  process.exitCode = 2;
} else {
  const folder = path.join(bench, name);
  const out = path.join(root, 'node_modules/.cache/bench', name);
  await build({
    entryPoints: readdirSync(folder)
      .filter((file) => file === 'main.ts' || file.endsWith('Process.ts'))
      .map((file) => path.join(folder, file)),
    outdir: out,
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    // As the product ships: minified but for the names.
    minifyWhitespace: true,
    minifySyntax: true,
    mainFields: ['module', 'main'],
    external,
    logLevel: 'warning',
  });
  const program = [`--expose-gc`, path.join(out, 'main.js'), ...options];
  const { status } = spawnSync(process.execPath, program, { cwd: root, stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
