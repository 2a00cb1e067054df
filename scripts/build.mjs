// Bundles the product into dist/: one file per process, one script and one style per webview page, data beside them.
import { build, context } from 'esbuild';
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** Native, optional or very large modules: loaded where they are when they are needed, or not at all. */
const external = [
  'h5wasm',
  'vscode',
  'node-pty',
  'webgpu',
  '@tensorflow/tfjs-node-gpu',
  '@tensorflow/tfjs-node',
];

const processes = {
  extension: 'client/extension.ts',
  server: 'server/lsp/main.ts',
  cli: 'server/cli/main.ts',
  sandbox: 'server/sandbox/main.ts',
  trainer: 'server/training/main.ts',
};

const pages = ['graph', 'training', 'inference'];

function nodeOptions(minify) {
  return {
    entryPoints: Object.entries(processes).map(([out, input]) => ({ in: path.join(root, input), out })),
    outdir: path.join(root, 'dist'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external,
    minifyWhitespace: minify,
    minifySyntax: minify,
    // Names stay as they are, so that stack traces of bug reports can be read; esbuild's other way to keep them
    // (`keepNames`) costs a call for each function that is made, a quarter of the time of some checks.
    minifyIdentifiers: false,
    sourcemap: !minify,
    logLevel: 'warning',
    mainFields: ['module', 'main'],
    define: { 'process.env.TERRATRAIN_BUNDLED': '"1"' },
    loader: { '.wasm': 'file' },
  };
}

function pageOptions(minify) {
  return {
    entryPoints: pages.map((page) => ({ in: path.join(root, `webview/${page}/main.ts`), out: page })),
    outdir: path.join(root, 'dist/webview'),
    bundle: true,
    platform: 'browser',
    target: 'chrome120',
    format: 'iife',
    minify,
    sourcemap: minify ? false : 'inline',
    logLevel: 'warning',
  };
}

/** Data that the processes read at run time, beside the bundles. */
function copyData() {
  const data = path.join(root, 'dist/data');
  rmSync(data, { recursive: true, force: true });
  mkdirSync(path.join(data, 'providers'), { recursive: true });
  const providers = path.join(root, 'server/providers/data');
  for (const file of readdirSync(providers)) {
    if (/\.tf[sv]$|\.json$|NOTICE/.test(file))
      cpSync(path.join(providers, file), path.join(data, 'providers', file));
  }
  // What the editor opens from the code of a problem.
  mkdirSync(path.join(root, 'dist/docs'), { recursive: true });
  cpSync(path.join(root, 'docs/diagnostics.md'), path.join(root, 'dist/docs/diagnostics.md'));
  cpSync(path.join(root, 'server/training/trainSpec.schema.json'), path.join(data, 'trainSpec.schema.json'));
  cpSync(path.join(root, 'server/sandbox/scenario.schema.json'), path.join(data, 'scenario.schema.json'));
  const wasm = path.join(root, 'node_modules/@tensorflow/tfjs-backend-wasm/dist');
  mkdirSync(path.join(data, 'wasm'), { recursive: true });
  for (const file of readdirSync(wasm)) {
    // Threads do not work in Node (tensorflow/tfjs#3830), so that build stays out of the package.
    if (file.endsWith('.wasm') && !file.includes('threaded'))
      cpSync(path.join(wasm, file), path.join(data, 'wasm', file));
  }
}

/**
 * @param {{ minify?: boolean }} [options]
 */
export async function buildAll({ minify = false } = {}) {
  rmSync(path.join(root, 'dist'), { recursive: true, force: true });
  const [result] = await Promise.all([
    build({ ...nodeOptions(minify), metafile: true }),
    build(pageOptions(minify)),
  ]);
  mkdirSync(path.join(root, 'node_modules/.cache'), { recursive: true });
  writeFileSync(path.join(root, 'node_modules/.cache/build-meta.json'), JSON.stringify(result.metafile));
  copyData();
}

/** Bundles the in-editor tests for the extension host, which loads plain CommonJS. */
export async function buildHostTests() {
  const folder = path.join(root, 'test/host');
  const suites = readdirSync(folder).filter((file) => file === 'index.ts' || file.endsWith('.test.ts'));
  rmSync(path.join(root, 'out/host'), { recursive: true, force: true });
  await build({
    entryPoints: suites.map((file) => path.join(folder, file)),
    outdir: path.join(root, 'out/host'),
    bundle: true,
    platform: 'node',
    target: 'node20',
    format: 'cjs',
    external: ['vscode', 'mocha'],
    sourcemap: 'inline',
    logLevel: 'warning',
  });
}

async function watch() {
  const contexts = await Promise.all([context(nodeOptions(false)), context(pageOptions(false))]);
  copyData();
  await Promise.all(contexts.map((each) => each.watch()));
  process.stdout.write('Watching for changes; stop with Ctrl-C.\n');
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (!existsSync(path.join(root, 'node_modules'))) throw new Error('Run "npm ci" first.');
  await (process.argv.includes('--watch')
    ? watch()
    : buildAll({ minify: process.argv.includes('--minify') }));
}
