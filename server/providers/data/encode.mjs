import { brotliCompressSync, constants } from 'node:zlib';

/** Raised when a reader of an older version would misread the file. */
export const formatVersion = 1;

const digits = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const chunkCharacters = 65_536;
const descriptionsPerChunk = 400;
const nestingLetters = { list: 'l', set: 's', map: 'm', single: 'o', group: 'g' };
const typeLetters = { string: 's', number: 'n', bool: 'b', dynamic: 'd', list: 'L', set: 'S', map: 'M' };
const kindLetters = { provider: 'p', resource: 'r', data: 'd', ephemeral: 'e' };

/**
 * Packs a provider into one seekable file; the format is described in README.md beside this file.
 * The same input gives the same bytes.
 *
 * @param {{ source: string, version: string, package: string }} provenance
 * @param {Map<string, object>} blocks by `<kind>.<name>`
 */
export function encodeProvider(provenance, blocks) {
  const descriptions = new Map();
  const entries = [...blocks]
    .map(([key, block]) => ({ name: entryName(key), line: encodeBlock(block, descriptions) }))
    .sort((a, b) => order(a.name) - order(b.name) || (a.name < b.name ? -1 : 1));
  const { texts, sizes } = chunkLines(entries.map((entry) => entry.line));
  const strings = [...descriptions.keys()];
  for (let at = 0; at < strings.length; at += descriptionsPerChunk) {
    texts.push(JSON.stringify(strings.slice(at, at + descriptionsPerChunk)));
  }
  return assemble(texts.map(compress), {
    v: formatVersion,
    ...provenance,
    nschema: sizes.length,
    names: entries.map((entry) => entry.name).join(' '),
    pos: sizes,
  });
}

function entryName(key) {
  const [kind, name] = key.split('.');
  return kind === 'provider' ? 'p' : `${kindLetters[kind]}.${name}`;
}

function order(name) {
  return 'prde'.indexOf(name[0]);
}

function chunkLines(lines) {
  const texts = [];
  const sizes = [];
  let current = [];
  let length = 0;
  const flush = () => {
    if (current.length === 0) return;
    texts.push(current.join('\n'));
    sizes.push(current.length);
    current = [];
    length = 0;
  };
  for (const line of lines) {
    current.push(line);
    length += line.length + 1;
    if (length > chunkCharacters) flush();
  }
  flush();
  return { texts, sizes };
}

function assemble(chunks, index) {
  const table = [];
  let offset = 0;
  for (const chunk of chunks) {
    table.push([offset, chunk.length]);
    offset += chunk.length;
  }
  const packedIndex = compress(JSON.stringify({ ...index, table }));
  const header = Buffer.alloc(8);
  header.writeUInt32LE(packedIndex.length, 0);
  header.writeUInt32LE(8 + packedIndex.length, 4);
  return Buffer.concat([header, packedIndex, ...chunks]);
}

function compress(text) {
  return brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_QUALITY]: 11, [constants.BROTLI_PARAM_LGWIN]: 22, [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT },
  });
}

function encodeBlock(block, descriptions) {
  if (block.open) return '*';
  const attributes = sorted(block.attributes).map(([name, attribute]) => encodeAttribute(name, attribute, descriptions));
  const blocks = sorted(block.blocks).map(
    ([name, { nesting, min, max, block: inner }]) =>
      `${name}{${encodeBlock(inner, descriptions)}}${nestingLetters[nesting]}${digits[min]}${digits[max]}${inner.deprecated ? '!' : ''}`,
  );
  return [...attributes, ...blocks].join(';');
}

function encodeAttribute(name, attribute, descriptions) {
  const flags =
    (attribute.required ? 1 : 0) |
    (attribute.optional ? 2 : 0) |
    (attribute.computed ? 4 : 0) |
    (attribute.sensitive ? 8 : 0) |
    (attribute.deprecated ? 16 : 0) |
    (attribute.writeOnly ? 32 : 0);
  const type =
    attribute.nested === undefined
      ? encodeType(attribute.type)
      : `N${nestingLetters[attribute.nested.nesting]}{${encodeBlock({ attributes: attribute.nested.attributes, blocks: {} }, descriptions)}}`;
  return `${name} ${type}${digits[flags]}${encodeDescription(attribute.description, descriptions)}`;
}

function encodeDescription(text, descriptions) {
  if (text === undefined) return '';
  if (!descriptions.has(text)) descriptions.set(text, descriptions.size);
  return `#${descriptions.get(text).toString(36)}`;
}

function encodeType(type) {
  if (typeof type === 'string') return typeLetters[type];
  const [constructor, inner] = type;
  if (constructor === 'object') return `O(${sorted(inner).map(([name, each]) => `${name}:${encodeType(each)}`).join(',')})`;
  if (constructor === 'tuple') return `T(${inner.map(encodeType).join(',')})`;
  return typeLetters[constructor] + encodeType(inner);
}

function sorted(group) {
  return Object.entries(group).sort(([a], [b]) => (a < b ? -1 : 1));
}
