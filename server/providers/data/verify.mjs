/**
 * Compares the generator with the truth: `node server/providers/data/verify.mjs [--archives DIR] [--write]`.
 * Where terraform can install the real provider (TF_CLI_CONFIG_FILE may name a mirror), its own schema must equal what
 * is extracted from the bindings of the same version, but for the differences explained below; what the bindings lose
 * is derived from it. `--write` carries that forward to the bundled version, as `overlays/*.derived.json`, and records
 * the comparison in `verified.json`, with which `test/real` compares the real provider again.
 */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { tsImport } from 'tsx/esm/api';
import { compareBlocks, digestBlocks } from './compare.mjs';
import { applyOverlay, find } from './overlay.mjs';
import { download, extractPackage, packages } from './packages.mjs';

const here = import.meta.dirname ?? path.dirname(new URL(import.meta.url).pathname);
const { readSchemaDump } = await tsImport('../schemaDump.ts', import.meta.url);

/** The newest provider that is at hand, and the bindings made from it. */
const known = { source: 'registry.terraform.io/hashicorp/aws', version: '5.100.0' };
const bindings = { name: '@cdktf/provider-aws', version: '20.1.0' };
const bundled = '@cdktn/provider-aws';

/** Differences that cannot be otherwise, each with its reason. */
const explained = new Map([
  ...['aws_quicksight_analysis', 'aws_quicksight_dashboard', 'aws_quicksight_template', 'data.aws_quicksight_analysis'].map((type) => [
    `${type}.definition`,
    'the generator of the bindings replaces this tree by "any"',
  ]),
  ...['aws_wafv2_rule_group', 'aws_wafv2_web_acl'].map((type) => [
    `${type}.rule.statement`,
    'the generator of the bindings replaces this tree by "any"',
  ]),
  [
    'data.aws_networkmanager_core_network_policy_document.segment_actions.via.with_edge_override.edge_sets',
    'the bindings do not tell a list from a set inside another collection',
  ],
]);

function reasonFor({ what, path: place }) {
  if (what === 'missing' && place.startsWith('ephemeral.')) return 'bindings of that family have no ephemeral resources';
  return explained.get(place);
}

async function main() {
  const { values } = parseArgs({ options: { archives: { type: 'string' }, write: { type: 'boolean', default: false } } });
  const folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-verify-'));
  const archives = values.archives ?? folder;
  mkdirSync(archives, { recursive: true });
  try {
    const truth = await askProvider(folder);
    const extracted = (await extractPackage(download(bindings, archives))).blocks;
    const overlay = deriveOverlay(truth, extracted, (place) => place);
    applyOverlay({ blocks: extracted, functions: [] }, overlay);
    const differences = compareBlocks(truth, extracted);
    const unexplained = differences.filter((each) => reasonFor(each) === undefined);
    for (const each of unexplained) process.stdout.write(`${JSON.stringify(each)}\n`);
    const except = new Set(differences.map((each) => each.path));
    const [mine, theirs] = [extracted, truth].map((blocks) => digestBlocks(blocks, except));
    process.stdout.write(
      `${known.source} ${known.version}: ${truth.size} types, ${theirs.counted} attributes compared, ${unexplained.length} unexplained differences, ${except.size} explained\n`,
    );
    if (unexplained.length > 0 || mine.sha256 !== theirs.sha256) process.exitCode = 1;
    else if (values.write) await record(truth, differences, mine, archives);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** What `providers schema` says, by `<kind>.<name>`. */
async function askProvider(folder) {
  const name = known.source.split('/').at(-1);
  const required = `${name} = {\n      source  = "${known.source}"\n      version = "${known.version}"\n    }`;
  writeFileSync(path.join(folder, 'main.tf'), `terraform {\n  required_providers {\n    ${required}\n  }\n}\n`);
  execFileSync('terraform', ['init', '-no-color'], { cwd: folder, stdio: ['ignore', 'ignore', 'inherit'] });
  const blocks = new Map();
  const child = spawn('terraform', ['providers', 'schema', '-json'], { cwd: folder, stdio: ['ignore', 'pipe', 'inherit'] });
  await readSchemaDump(child.stdout, {
    block: (_source, kind, type, block) => blocks.set(`${kind}.${kind === 'provider' ? name : type}`, block),
    function: () => undefined,
  });
  return blocks;
}

/** What the bindings lose, as an overlay. `accept` says which paths exist in what it will be applied to. */
function deriveOverlay(truth, extracted, accept) {
  const overlay = { items: {}, types: {}, sensitive: [], deprecated: [] };
  for (const difference of compareBlocks(truth, extracted)) {
    const { what, path: place } = difference;
    if (!accept(place, what)) continue;
    if (what === 'limits') overlay.items[place] = difference.truth;
    else if ((what === 'sensitive' || what === 'deprecated') && difference.truth) overlay[what].push(place);
  }
  overlay.sensitive.sort();
  overlay.deprecated.sort();
  return overlay;
}

/** Carries forward what still exists in the bundled version, and writes down what was compared. */
async function record(truth, differences, digest, archives) {
  const newest = packages.find(({ name }) => name === bundled);
  const { blocks, version } = await extractPackage(download(newest, archives));
  const plain = (await extractPackage(download(bindings, archives))).blocks;
  const gone = [];
  const overlay = deriveOverlay(truth, plain, (place, what) => {
    // A secret stays one, however it is given.
    if (what === 'sensitive' ? exists(blocks, place) : isSame(plain, blocks, place)) return true;
    gone.push(place);
    return false;
  });
  for (const [place] of explained) if (place.endsWith('.edge_sets') && exists(blocks, place)) overlay.types[place] = find(truth, place).type;
  // The older bindings have no ephemeral resources; those of the bundled version do.
  const ephemeral = new Map([...truth].filter(([key]) => key.startsWith('ephemeral.') && blocks.has(key)));
  const more = deriveOverlay(ephemeral, new Map([...ephemeral.keys()].map((key) => [key, blocks.get(key)])), (place) => exists(blocks, place));
  overlay.sensitive = [...overlay.sensitive, ...more.sensitive].sort();
  overlay.deprecated = [...overlay.deprecated, ...more.deprecated].sort();
  const statement = `\`terraform providers schema -json\` of ${known.source} ${known.version}: what the bindings lose, for everything that is the same in ${version}. Written by verify.mjs.`;
  const name = known.source.split('/').slice(1).join('-');
  writeFileSync(path.join(here, 'overlays', `${name}.derived.json`), `${JSON.stringify({ sources: { all: statement }, ...overlay }, null, 2)}\n`);
  const verified = {
    source: known.source,
    version: known.version,
    package: `${bindings.name}@${bindings.version}`,
    attributes: digest.counted,
    sha256: digest.sha256,
    explained: Object.fromEntries(differences.map((each) => [each.path, reasonFor(each)])),
    carriedForward: { version, gone: gone.length },
  };
  writeFileSync(path.join(here, 'verified.json'), `${JSON.stringify(verified, null, 2)}\n`);
  process.stdout.write(`carried forward to ${version}; ${gone.length} statements are about what is no longer the same there\n`);
}

/** Whether something is there in both, and used in the same way. */
function isSame(before, after, place) {
  if (!exists(before, place) || !exists(after, place)) return false;
  const use = ({ required, optional, computed, nesting, minItems, maxItems }) =>
    JSON.stringify([required, optional, computed, nesting, minItems, maxItems]);
  return use(find(before, place)) === use(find(after, place));
}

function exists(blocks, place) {
  try {
    return find(blocks, place) !== undefined;
  } catch {
    // A path that matches nothing is told by an exception, which here is an answer.
    return false;
  }
}

await main();
