// All static checks, one after the other: types, lint, format, floors, dead exports. Fails with the first one's output.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { run, say } from './terminal.mjs';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

const checks = [
  ['Types', 'typescript/bin/tsc', ['-b']],
  ['Lint', 'eslint/bin/eslint.js', ['.', '--cache', '--cache-location', 'node_modules/.cache/eslint/']],
  ['Format', 'prettier/bin/prettier.cjs', ['--check', '--log-level', 'warn', '--cache', '.']],
  [
    'Floors',
    'dependency-cruiser/bin/dependency-cruise.mjs',
    ['client', 'server', 'webview', 'test', 'bench', '--output-type', 'err-long'],
  ],
  ['Dead code', 'knip/bin/knip.js', ['--no-progress']],
];

try {
  for (const [title, bin, args] of checks) {
    await say(title, () =>
      run(process.execPath, [path.join(root, 'node_modules', bin), ...args], { cwd: root }),
    );
  }
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
