/**
 * Makes the bundled provider schemas: `node server/providers/data/generate.mjs [--archives DIR]`.
 * Downloads the packages of packages.mjs one after the other (npm, into a temporary folder; DIR keeps the archives for
 * the next time), extracts, repairs, validates and packs them, and writes beside this file `<namespace>-<name>.tfs`,
 * `manifest.json` and `NOTICE.md`, and the table in `docs/providers.md`.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';
import { builtin } from './builtin.mjs';
import { count } from './count.mjs';
import { applyOverlay } from './overlay.mjs';
import { download, extractPackage, packages } from './packages.mjs';
import { writeNotice, writePage } from './pages.mjs';
import { describeBlocks, readDeclarations } from './prose.mjs';
import { violations } from './validate.mjs';
import { respell } from './values/spellings.mjs';

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const { SchemaWriter } = await tsImport('../schemaWriter.ts', import.meta.url);

async function main() {
  const { values } = parseArgs({ options: { archives: { type: 'string' } } });
  const folder = values.archives ?? mkdtempSync(path.join(os.tmpdir(), 'terratrain-schemas-'));
  mkdirSync(folder, { recursive: true });
  try {
    const providers = [await write(builtin)];
    for (const wanted of packages) {
      const archive = download(wanted, folder);
      const provider = await extractPackage(archive, wanted);
      if (wanted.prose !== undefined) await addProse(provider, download(wanted.prose, folder));
      for (const overlay of overlaysOf(provider.source)) applyOverlay(provider, overlay);
      providers.push(await write(provider));
      if (values.archives === undefined) rmSync(archive);
    }
    providers.sort((a, b) => (a.source < b.source ? -1 : 1));
    dropOthers(providers);
    writeFileSync(path.join(here, 'manifest.json'), `${JSON.stringify({ providers }, null, 2)}\n`);
    writeNotice(here, providers);
    writePage(path.join(here, '../../../docs/providers.md'), providers);
  } finally {
    if (values.archives === undefined) rmSync(folder, { recursive: true, force: true });
  }
}

async function addProse(provider, archive) {
  const declarations = await readDeclarations(archive);
  const { paired, types, described } = describeBlocks(provider.blocks, declarations, (text) => respell(provider.source.split('/').slice(1).join('/'), text));
  provider.prose = declarations.package;
  process.stdout.write(`${provider.source}: ${described} descriptions from ${declarations.package}, ${paired} of ${types} types paired\n`);
}

/** What was derived from a provider's own words first, then what is known by hand. */
function overlaysOf(source) {
  const name = source.split('/').slice(1).join('-');
  return [`${name}.derived.json`, `${name}.json`]
    .map((file) => path.join(here, 'overlays', file))
    .filter((file) => existsSync(file))
    .map((file) => JSON.parse(readFileSync(file, 'utf8')));
}

async function write({ source, version, package: origin, prose, blocks, functions }) {
  const broken = [...blocks].flatMap(([key, block]) => violations(key, block));
  if (broken.length > 0) throw new Error(`${source} would be refused by terraform:\n${broken.join('\n')}`);
  const writer = new SchemaWriter({ source, version, package: origin });
  for (const [key, block] of [...blocks].sort(([a], [b]) => (a < b ? -1 : 1))) {
    const dot = key.indexOf('.');
    writer.addBlock(key.slice(0, dot), key.slice(dot + 1), block);
  }
  for (const each of functions) writer.addFunction(each);
  const bytes = await writer.toBytes({ quality: 11 });
  const file = `${source.split('/').slice(1).join('-')}.tfs`;
  writeFileSync(path.join(here, file), bytes);
  const counts = count(blocks, functions);
  process.stdout.write(`${source} ${version}: ${JSON.stringify(counts)}, ${(bytes.length / 1024).toFixed(1)} KB\n`);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  return { file, source, version, package: origin, ...(prose && { prose }), ...counts, bytes: bytes.length, sha256 };
}

/** Files of providers that are no longer in the list must not ship. */
function dropOthers(providers) {
  const wanted = new Set(providers.map(({ file }) => file));
  for (const name of readdirSync(here)) if (name.endsWith('.tfs') && !wanted.has(name)) rmSync(path.join(here, name));
}

await main();
