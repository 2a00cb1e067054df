import { readTarball } from './tarball.mjs';

/**
 * Descriptions and deprecations out of a Pulumi package for the same provider, for what the bindings leave out. The package's
 * declarations name types and properties in their own way, so each Terraform type is paired with the declaration whose
 * properties are the same, and a property with the attribute of the same letters.
 */

/** Longer texts are cut after a sentence: a hover is read, not studied. */
const longest = 700;
/** The share of common properties below which a pair is no pair; a name that agrees needs less. */
const sameProperties = { named: 0.5, unnamed: 0.8 };

/**
 * @param {string} archive of the Pulumi package
 * @returns {Promise<{ package: string, classes: Declared[], nested: Map<string, Map<string, Property>> }>}
 *
 * @typedef {{ text: string, type: string, deprecated: boolean }} Property
 * @typedef {{ kind: 'resource' | 'data', module: string, name: string, text: string, properties: Map<string, Property> }} Declared
 */
export async function readDeclarations(archive) {
  const classes = [];
  const nested = new Map();
  let origin;
  for await (const { path, text } of readTarball(archive, (name) => name === 'package.json' || /^[\w/]+\.d\.ts$/.test(name))) {
    if (path === 'package.json') origin = JSON.parse(text);
    else if (/^types\/(in|out)put\.d\.ts$/.test(path)) {
      for (const [name, properties] of readInterfaces(text)) nested.set(name, new Map([...(nested.get(name) ?? []), ...properties]));
    } else classes.push(...readModule(path, text));
  }
  if (origin.license !== 'Apache-2.0') throw new Error(`${archive} is under another licence than NOTICE.md says: ${origin.license}`);
  return { package: `${origin.name}@${origin.version}`, classes, nested };
}

/** `ec2/instance.d.ts` declares a resource or the function that reads a data source. */
function readModule(path, text) {
  const module = path.includes('/') ? path.split('/')[0] : '';
  const resource = /^export declare class (\w+) extends pulumi\.CustomResource/m.exec(text)?.[1];
  const reader = /^export declare function get(\w+?)(?:Output)?\(/m.exec(text)?.[1];
  const name = resource ?? reader;
  if (name === undefined) return [];
  const interfaces = readInterfaces(text);
  const parts = resource === undefined ? [`Get${name}Result`, `Get${name}Args`] : [`${name}State`, `${name}Args`];
  const properties = new Map(parts.flatMap((part) => [...(interfaces.get(part) ?? [])]));
  const head = /\/\*\*\n((?: \*.*\n)+?) \*\/\nexport declare (?:class|function)/.exec(text)?.[1] ?? '';
  const about = head
    .split('\n')
    .map((line) => line.replace(/^ \* ?/, ''))
    .join('\n')
    .split(/\n(?=## |> |```)/)[0];
  return [{ kind: resource === undefined ? 'data' : 'resource', module, name, text: about.trim(), properties }];
}

/** Properties of each interface of a file, by `namespace.Name`, with the comment before them. */
function readInterfaces(text) {
  const found = new Map();
  let namespace = '';
  let current;
  let comment;
  for (const line of text.split('\n')) {
    const opened = /^export declare namespace (\w+) \{/.exec(line)?.[1];
    if (opened !== undefined) namespace = `${opened}.`;
    else if (line === '}') namespace = current === undefined ? '' : namespace;
    const head = /^ *(?:export )?interface (\w+) .*\{/.exec(line)?.[1];
    if (head !== undefined) {
      current = new Map();
      found.set(namespace + head, current);
    } else if (line.trim() === '/**') comment = [];
    else if (comment !== undefined && /^ +\* ?/.test(line) && !line.includes('*/')) comment.push(line.replace(/^ +\* ?/, ''));
    else {
      const [, name, type] = /^ +(?:readonly )?(\w+)\??: (.+);$/.exec(line) ?? [];
      if (name !== undefined && current !== undefined && comment !== undefined) current.set(name, toProperty(comment, type));
      if (!line.includes('*/')) comment = undefined;
      if (/^ *\}$/.test(line)) current = undefined;
    }
  }
  return found;
}

function toProperty(comment, type) {
  const at = comment.findIndex((line) => line.startsWith('@deprecated'));
  const lines = at < 0 ? comment : [...comment.slice(0, at), '', ...comment.slice(at)];
  const text = lines.join('\n').replace(/@deprecated\s*/, 'Deprecated: ').trim();
  return { text, type, deprecated: at >= 0 };
}

/**
 * Describes what has no description yet, in place.
 *
 * @param {Map<string, object>} blocks of the provider, by `<kind>.<name>`
 * @param {(text: string) => string} [respell] puts right the values that the package spells in its own way
 * @returns {{ paired: number, types: number, described: number }}
 */
export function describeBlocks(blocks, { classes, nested }, respell = (text) => text) {
  const pairs = pairTypes(blocks, classes);
  const names = new Map([...pairs].map(([key, { module, name }]) => [letters(`${module}.${name}`), key.slice(key.indexOf('.') + 1)]));
  let described = 0;
  for (const [key, declared] of pairs) {
    const block = blocks.get(key);
    const words = wordsOf(block);
    const clean = (text) => respell(toTerraform(text, words, names));
    if (block.description === undefined && declared.text !== '') block.description = clean(declared.text);
    described += describeBlock(block, declared.properties, nested, clean);
  }
  return { paired: pairs.size, types: [...blocks.keys()].filter((key) => /^(resource|data)\./.test(key)).length, described };
}

function describeBlock(block, properties, nested, clean) {
  let described = 0;
  const known = new Map([...properties].map(([name, property]) => [letters(name), property]));
  const propertyOf = (name) => spellings(letters(name)).map((each) => known.get(each)).find((each) => each !== undefined);
  const insideOf = (property) => nested.get(/(?:in|out)puts\.([\w.]+)/.exec(property.type)?.[1]) ?? new Map();
  for (const [name, attribute] of Object.entries(block.attributes)) {
    const property = propertyOf(name);
    if (property === undefined) continue;
    if (property.deprecated) attribute.deprecated = true;
    if (attribute.description === undefined && property.text !== '') {
      attribute.description = clean(property.text);
      described += 1;
    }
    if (attribute.nested !== undefined) {
      described += describeBlock({ attributes: attribute.nested.attributes, blocks: {} }, insideOf(property), nested, clean);
    }
  }
  for (const [name, { block: inner }] of Object.entries(block.blocks)) {
    const property = propertyOf(name);
    if (property === undefined) continue;
    if (property.deprecated) inner.deprecated = true;
    if (inner.description === undefined && property.text !== '') inner.description = clean(property.text);
    described += describeBlock(inner, insideOf(property), nested, clean);
  }
  return described;
}

/** The declaration of each type: the same name and mostly the same properties, or nearly all properties. */
function pairTypes(blocks, classes) {
  const byKind = { resource: [], data: [] };
  for (const declared of classes) {
    const set = new Set([...declared.properties.keys()].map(letters));
    byKind[declared.kind].push({ declared, set, own: letters(declared.name), full: letters(declared.module + declared.name) });
  }
  const pairs = new Map();
  for (const [key, block] of blocks) {
    const [kind, type = ''] = key.split('.');
    if (byKind[kind] === undefined) continue;
    const name = letters(type.slice(type.indexOf('_') + 1));
    const wanted = Object.keys({ ...block.attributes, ...block.blocks }).filter((each) => !['id', 'timeouts'].includes(each)).map(letters);
    let best;
    for (const candidate of byKind[kind]) {
      const isNamed = candidate.own === name || candidate.full === name;
      const score = similarity(wanted, candidate.set);
      if (score < (isNamed ? sameProperties.named : sameProperties.unnamed)) continue;
      const rank = score + (candidate.full === name ? 0.4 : isNamed ? 0.3 : name.endsWith(candidate.own) ? 0.1 : 0);
      if (best === undefined || rank > best.rank) best = { rank, declared: candidate.declared, tied: false };
      else if (rank === best.rank) best.tied = true;
    }
    if (best !== undefined && !best.tied) pairs.set(key, best.declared);
  }
  return pairs;
}

function similarity(wanted, set) {
  let common = 0;
  for (const name of wanted) if (spellings(name).some((each) => set.has(each))) common += 1;
  return common / Math.max(1, wanted.length + set.size - common);
}

function letters(name) {
  return name.replaceAll('_', '').toLowerCase();
}

/** Collections are in the plural there. */
function spellings(name) {
  return [name, `${name}s`, `${name}es`, name.endsWith('y') ? `${name.slice(0, -1)}ies` : name];
}

/** Names of a type, at any depth, by their letters. */
function wordsOf(block, words = new Map()) {
  for (const name of Object.keys(block.attributes)) for (const each of spellings(letters(name))) words.set(each, name);
  for (const attribute of Object.values(block.attributes)) if (attribute.nested) wordsOf({ attributes: attribute.nested.attributes, blocks: {} }, words);
  for (const [name, { block: inner }] of Object.entries(block.blocks)) {
    for (const each of spellings(letters(name))) words.set(each, name);
    wordsOf(inner, words);
  }
  return words;
}

/** Their names for things, where they stand as code, in Terraform's spelling; and no more than a hover shows. */
function toTerraform(text, words, types) {
  const spelled = text
    .replaceAll(/`([a-z]+[A-Z]\w*)`/g, (whole, name) => (words.has(letters(name)) ? `\`${words.get(letters(name))}\`` : whole))
    .replaceAll(/`\w+\.(?:(\w+)\.)?(?:get)?([A-Z]\w+)`/g, (whole, module = '', name) => {
      const type = types.get(letters(`${module}.${name}`));
      return type === undefined ? whole : `\`${type}\``;
    })
    .replaceAll(/\n{3,}/g, '\n\n')
    .trim();
  if (spelled.length <= longest) return spelled;
  const head = spelled.slice(0, longest);
  const end = Math.max(head.lastIndexOf('. '), head.lastIndexOf('.\n'), head.lastIndexOf('\n\n'));
  return end > longest / 3 ? head.slice(0, end + 1).trim() : `${head.slice(0, head.lastIndexOf(' '))} …`;
}
