/**
 * Makes the bundled provider schemas: `node server/providers/data/generate.mjs [PACKAGE…]`.
 * Installs the packages of packages.mjs into a temporary folder, extracts, repairs, validates and packs them, and
 * writes `<namespace>-<name>.tfs` and `manifest.json` beside this file. `--from DIR` takes installed packages there.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { encodeProvider } from './encode.mjs';
import { extractEntry, settleStructs } from './extract.mjs';
import { applyOverlay, markWriteOnly } from './overlay.mjs';
import { packages } from './packages.mjs';
import { readPackage } from './source.mjs';
import { violations } from './validate.mjs';

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);

function main(args) {
  const from = args[0] === '--from' ? args[1] : undefined;
  const folder = from ?? mkdtempSync(path.join(os.tmpdir(), 'terratrain-schemas-'));
  try {
    if (from === undefined) install(folder);
    const providers = packages.map(({ name }) => generate(path.join(folder, 'node_modules', name)));
    writeFileSync(path.join(here, 'manifest.json'), JSON.stringify({ providers }, null, 2) + '\n');
  } finally {
    if (from === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

/** Never runs a package's own scripts, and leaves the project's package.json alone. */
function install(folder) {
  writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  const wanted = packages.map(({ name, version }) => `${name}@${version}`);
  const flags = ['--ignore-scripts', '--no-save', '--legacy-peer-deps', '--no-audit', '--no-fund'];
  execFileSync('npm', ['install', ...flags, ...wanted], { cwd: folder, stdio: 'inherit', shell: process.platform === 'win32' });
}

function generate(packageFolder) {
  const { source, version, entries, ...origin } = readPackage(packageFolder);
  const blocks = new Map(entries.map((entry) => [`${entry.kind}.${entry.name}`, extractEntry(entry)]));
  settleStructs([...blocks.values()]);
  for (const [key, block] of blocks) if (key.startsWith('resource.')) markWriteOnly(block);
  const [, namespace, name] = source.split('/');
  const overlay = path.join(here, 'overlays', `${namespace}-${name}.json`);
  if (existsSync(overlay)) applyOverlay(blocks, JSON.parse(readFileSync(overlay, 'utf8')));
  const broken = [...blocks].flatMap(([key, block]) => violations(key, block));
  if (broken.length > 0) throw new Error(`${source} would be refused by terraform:\n${broken.join('\n')}`);
  const bytes = encodeProvider({ source, version, package: `${origin.package}@${origin.packageVersion}` }, blocks);
  const file = `${namespace}-${name}.tfs`;
  writeFileSync(path.join(here, file), bytes);
  const counts = count(blocks);
  process.stdout.write(`${source} ${version}: ${JSON.stringify(counts)}, ${(bytes.length / 1024).toFixed(1)} KB\n`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { file, source, version, package: `${origin.package}@${origin.packageVersion}`, ...counts, bytes: bytes.length, sha256 };
}

/** Shown and kept in the manifest: a change of more than a few per cent in an update wants an explanation. */
function count(blocks) {
  const total = { resources: 0, data: 0, ephemeral: 0, attributes: 0, blocks: 0, described: 0 };
  const visitAttributes = (group) => {
    for (const attribute of Object.values(group)) {
      total.attributes += 1;
      if (attribute.description !== undefined) total.described += 1;
      if (attribute.nested !== undefined) visitAttributes(attribute.nested.attributes);
    }
  };
  const visit = (block) => {
    visitAttributes(block.attributes);
    for (const nested of Object.values(block.blocks)) {
      total.blocks += 1;
      visit(nested.block);
    }
  };
  for (const [key, block] of blocks) {
    if (key.startsWith('resource.')) total.resources += 1;
    if (key.startsWith('data.')) total.data += 1;
    if (key.startsWith('ephemeral.')) total.ephemeral += 1;
    visit(block);
  }
  return total;
}

main(process.argv.slice(2));
