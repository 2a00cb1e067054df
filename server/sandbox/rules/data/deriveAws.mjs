// Asks the real AWS provider, argument by argument, what it plans: defaults, what replaces an object, what is unknown.
// Run: node --import tsx server/sandbox/rules/data/deriveAws.mjs PROVIDER-PROGRAM VERSION [TYPE,TYPE…]
// No service is asked anything: only plans are made, with made-up arguments, over made-up states.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import { impliedType } from '../../impliedType.ts';
import { UNKNOWN, encodeValue, isSame } from '../../values.ts';
import { plan, startProvider } from './realProvider.mjs';
import { documentedEmpty, documentedReplacements, neededArguments, sampleConfig as anyConfig, sampleValue } from './sampleValues.mjs';

const [binary, version, only] = process.argv.slice(2);
/** Their schemas alone are larger than all others together, and nobody trains models with them. */
const leftOut = /^aws_(quicksight_(dashboard|analysis|template)|wafv2_(web_acl|rule_group)|lexv2models_)/;
let real = await startProvider(binary);
const { provider: providerBlock, resources } = real;
await configure();
/** Depth down to which blocks are looked at. */
const deepest = 4;
/** Values that alone are allowed for arguments of the type at hand, by path. */
let known = new Map();
const types = {};
const problems = [];
for (const [name, block] of Object.entries(resources)) {
  if (leftOut.test(name)) continue;
  if (only !== undefined && !only.split(',').includes(name)) continue;
  known = new Map(Object.entries(neededArguments[name] ?? {}).map(([path, values]) => [path, { values, needed: true }]));
  await learnValues(name, block);
  const rules = withDocumented(name, await derive(name, block));
  process.stdout.write('.');
  if (Object.keys(rules).length > 0) types[name] = rules;
}
real.stop();
const file = fileURLToPath(new URL('../aws.json', import.meta.url));
if (only === undefined)
  writeFileSync(file, await format(toText(types), { ...(await resolveConfig(file)), parser: 'json' }));
else console.log(toText(types));
console.log(`${Object.keys(types).length} types, ${problems.length} problems`);
for (const problem of problems) console.log(problem);

async function configure() {
  const nothing = anyConfig(providerBlock, 0, () => false);
  const config = {
    ...nothing,
    region: 'us-east-1',
    access_key: 'none',
    secret_key: 'none',
    skip_credentials_validation: true,
    skip_metadata_api_check: 'true',
    skip_requesting_account_id: true,
    skip_region_validation: true,
  };
  const msgpack = encodeValue(config, impliedType(providerBlock));
  await real.call('ConfigureProvider', { terraformVersion: '1.11.4', config: { msgpack } });
}

function sampleConfig(block, turn, wanted) {
  return anyConfig(block, turn, wanted, known);
}

/** Plans everything at once, again and again, until no enumeration is violated any more: the error names its values. */
async function learnValues(type, block) {
  for (let round = 0; round < 40; round++) {
    const config = sampleConfig(block, 0, (path) => path !== 'tags_all' && path.split('.').length <= deepest);
    const { errors } = await ask(type, block, { prior: null, proposed: config, config });
    const found = errors
      .map((error) => /Path: (\S+)[\s\S]*Valid Values: \[([^\]]*)\]/.exec(error))
      .filter((match) => match !== null)
      .map(([, path, values]) => [path.replaceAll(/\[[^\]]*\]/g, ''), values.trim().split(/\s+/)])
      .filter(([path, values]) => values[0] !== '' && !known.has(path));
    if (found.length === 0) return;
    for (const [path, values] of found) known.set(path, { values, needed: false });
  }
}

/** Arguments that nobody would write make the provider itself crash now and then. */
async function ask(type, block, change) {
  try {
    return await plan(real, type, block, change);
  } catch {
    real.stop();
    real = await startProvider(binary);
    await configure();
    return { errors: ['the provider crashed'], planned: null, replace: [] };
  }
}

async function derive(type, block) {
  const create = async (config) => ask(type, block, { prior: null, proposed: config, config });
  const bare = sampleConfig(block, 0, () => false);
  const bareResult = await create(bare);
  const blocksOnly = sampleConfig(block, 0, (path, kind) => kind === 'block' && path.split('.').length <= deepest);
  const blocksResult = await create(blocksOnly);
  const topBlocks = await create(sampleConfig(block, 0, (path, kind) => kind === 'block' && !path.includes('.')));
  if (bareResult.errors.length > 0) problems.push(`${type} bare: ${bareResult.errors[0]}`);
  const defaults = {};
  if (bareResult.planned !== null) collectDefaults(block, bare, bareResult.planned, '', defaults);
  if (blocksResult.planned !== null) collectDefaults(block, blocksOnly, blocksResult.planned, '', defaults);
  const unknownBlocks = [
    ...unknownBlocksOf(block, bareResult.planned, ''),
    ...unknownBlocksOf(block, topBlocks.planned, ''),
    ...unknownBlocksOf(block, blocksResult.planned, ''),
  ].filter((path, index, all) => all.indexOf(path) === index);
  const empty =
    bareResult.planned === null
      ? []
      : Object.keys(block.attributes).filter((name) => isLeftEmpty(block.attributes[name], bare[name], bareResult.planned[name]));
  const { replace, recomputed } = await changes(type, block, create);
  return {
    ...(replace.length > 0 && { replace: shortest(replace).join(' ') }),
    ...(Object.keys(defaults).length > 0 && { defaults }),
    ...(empty.length > 0 && { empty: empty.join(' ') }),
    ...(unknownBlocks.length > 0 && { computedBlocks: unknownBlocks.join(' ') }),
    ...(Object.keys(recomputed).length > 0 && { recomputed }),
  };
}

/** What no plan of made-up arguments shows, from the provider's documentation. */
function withDocumented(name, rules) {
  const join = (known, more) =>
    [...new Set([...(known ?? '').split(' '), ...more])].filter((path) => path !== '').sort().join(' ');
  const { [name]: replace } = documentedReplacements;
  const { [name]: empty } = documentedEmpty;
  return {
    ...rules,
    ...(replace !== undefined && { replace: join(rules.replace, replace) }),
    ...(empty !== undefined && { empty: join(rules.empty, empty) }),
  };
}

/** Blocks that the provider fills, at every depth. */
function unknownBlocksOf(block, planned, prefix) {
  if (planned === null || planned === undefined) return [];
  return Object.entries(block.blocks).flatMap(([name, nested]) => {
    if (planned[name] === UNKNOWN) return [prefix + name];
    return unknownBlocksOf(nested.block, firstOf(planned[name], nested.nesting), `${prefix}${name}.`);
  });
}

/** The provider decides on it, and decides for nothing while planning already. */
function isLeftEmpty(attribute, written, planned) {
  if (!attribute.computed || written !== null || planned === UNKNOWN) return false;
  return planned === null || (typeof planned === 'object' && Object.keys(planned).length === 0);
}

/** What stands inside a block that replaces the object needs no mention. */
function shortest(paths) {
  return paths.filter((path) => !paths.some((other) => path.startsWith(`${other}.`)));
}

/** Arguments that nobody set and that are planned with a value. */
function collectDefaults(block, config, planned, prefix, found) {
  for (const name of Object.keys(block.attributes)) {
    const value = planned[name];
    if (config[name] !== null || value === null || value === UNKNOWN || typeof value === 'object') continue;
    // An empty text is what the old SDK makes of a text that is not there.
    if (value === '') continue;
    found[prefix + name] = value;
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    const before = firstOf(config[name], nested.nesting);
    const after = firstOf(planned[name], nested.nesting);
    if (before && after) collectDefaults(nested.block, before, after, `${prefix}${name}.`, found);
  }
}

function firstOf(value, nesting) {
  if (value === null || value === UNKNOWN || value === undefined) return undefined;
  if (nesting === 'list' || nesting === 'set') return value[0];
  return nesting === 'map' ? value.key : value;
}

/** Changes every argument, then every one alone, and takes every block away. */
async function changes(type, block, create) {
  const before = sampleConfig(block, 0, (path) => path !== 'tags_all' && path.split('.').length <= deepest);
  const created = await create(before);
  if (created.errors.length > 0) problems.push(`${type} full: ${created.errors[0]}`);
  const replace = new Set();
  const recomputed = {};
  let inPlace = 0;
  const prior = created.planned === null ? undefined : fill(block, created.planned);
  for (const path of argumentPaths(block, '')) {
    const own = await changeOne(type, block, path, create, prior, before);
    if (own === undefined) continue;
    if (own.replace) replace.add(path);
    else if (own.changed) {
      inPlace += 1;
      for (const name of own.unknown) (recomputed[name] ??= new Set()).add(path);
    }
  }
  return { replace: [...replace].sort(), recomputed: shorten(recomputed, inPlace) };
}

async function changeOne(type, block, path, create, fullPrior, fullConfig) {
  const steps = path.split('.');
  const wanted = (candidate) => path === candidate || path.startsWith(`${candidate}.`);
  const config = sampleConfig(block, 0, wanted);
  const created = await create(config);
  let prior = created.planned === null || created.errors.length > 0 ? fullPrior : fill(block, created.planned);
  let base = prior === fullPrior ? fullConfig : config;
  if (prior === undefined) return undefined;
  const changed = setAt(block, base, steps, path);
  const result = await ask(type, block, {
    prior,
    proposed: propose(block, prior, changed),
    config: changed,
  });
  if (result.planned === null) {
    problems.push(`${type} ${path}: ${result.errors[0]}`);
    return undefined;
  }
  const unknown = Object.keys(block.attributes).filter(
    (name) => result.planned[name] === UNKNOWN && prior[name] !== UNKNOWN && !wanted(name),
  );
  return {
    replace: result.replace.some((each) => each === path || path.startsWith(`${each}.`)),
    changed: !isSame(result.planned, prior),
    unknown,
  };
}

/** Every argument by its dotted path, and every block itself. */
function argumentPaths(block, prefix) {
  const paths = [];
  if (prefix.split('.').length > deepest) return paths;
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const settable = attribute.required || attribute.optional;
    if (settable && !attribute.writeOnly && !['id', 'tags_all'].includes(prefix + name)) paths.push(prefix + name);
  }
  for (const [name, nested] of Object.entries(block.blocks)) {
    if (prefix + name === 'timeouts') continue;
    paths.push(prefix + name, ...argumentPaths(nested.block, `${prefix}${name}.`));
  }
  return paths;
}

/** The configuration with another value at one place; a block is taken away. */
function setAt(block, config, [name, ...rest], path) {
  const attribute = block.attributes[name];
  if (attribute !== undefined) {
    const turned = sampleValue(name, attribute.type, 1, known.get(path)?.values);
    return { ...config, [name]: turned };
  }
  const { nesting, block: inner } = block.blocks[name];
  if (rest.length === 0) return { ...config, [name]: nesting === 'map' ? {} : nesting === 'single' ? null : [] };
  const content = firstOf(config[name], nesting);
  const changed = content === undefined ? undefined : setAt(inner, content, rest, path);
  if (changed === undefined) return config;
  const wrapped = nesting === 'map' ? { key: changed } : nesting === 'single' ? changed : [changed];
  return { ...config, [name]: wrapped };
}

/** What terraform proposes: the configuration, and the prior value where only the provider decides. */
function propose(block, prior, config) {
  const result = {};
  for (const [name, attribute] of Object.entries(block.attributes))
    result[name] = config[name] === null && attribute.computed ? prior[name] : config[name];
  for (const [name, nested] of Object.entries(block.blocks)) {
    const before = firstOf(prior[name], nested.nesting);
    const after = firstOf(config[name], nested.nesting);
    if (!before || !after) {
      result[name] = config[name];
      continue;
    }
    const inner = propose(nested.block, before, after);
    result[name] = nested.nesting === 'map' ? { key: inner } : nested.nesting === 'single' ? inner : [inner];
  }
  return result;
}

/** A state as it might be after apply. */
function fill(block, planned) {
  const result = {};
  for (const [name, attribute] of Object.entries(block.attributes))
    result[name] = planned[name] === UNKNOWN ? sampleValue(name, attribute.type, 0) : planned[name];
  for (const [name, nested] of Object.entries(block.blocks)) {
    const value = planned[name];
    const empty = nesting(nested) === 'one' ? null : nested.nesting === 'map' ? {} : [];
    if (value === UNKNOWN || value === null) result[name] = empty;
    else if (Array.isArray(value)) result[name] = value.map((each) => fill(nested.block, each));
    else if (nested.nesting === 'map')
      result[name] = Object.fromEntries(Object.entries(value).map(([key, each]) => [key, fill(nested.block, each)]));
    else result[name] = nested.nesting === 'single' && name !== 'timeouts' ? fill(nested.block, value) : value;
  }
  return result;
}

function nesting(nested) {
  return nested.nesting === 'single' || nested.nesting === 'group' ? 'one' : 'many';
}

/** `*` for a value that every change makes unknown. */
function shorten(recomputed, inPlace) {
  return Object.fromEntries(
    Object.entries(recomputed)
      .filter(([name]) => name !== 'tags_all' && name !== 'id')
      .map(([name, triggers]) => [name, triggers.size >= Math.max(2, inPlace * 0.5) ? '*' : [...triggers].join(' ')]),
  );
}

function toText(derived) {
  const head = {
    provider: 'hashicorp/aws',
    version,
    source: 'the real provider asked for plans by data/deriveAws.mjs; documented at https://registry.terraform.io/providers/hashicorp/aws/5.100.0/docs',
  };
  const lines = Object.entries(derived).map(([name, rules]) => `    ${JSON.stringify(name)}: ${JSON.stringify(rules, plain)}`);
  const top = Object.entries(head).map(([key, value]) => `  ${JSON.stringify(key)}: ${JSON.stringify(value)},`);
  return `{\n${top.join('\n')}\n  "types": {\n${lines.join(',\n')}\n  }\n}\n`;
}

function plain(_, value) {
  return typeof value === 'bigint' ? Number(value) : value;
}
