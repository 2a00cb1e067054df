import { readTarball } from './tarball.mjs';

/**
 * Reads the generated TypeScript of a bindings package out of the inline source maps of its JavaScript.
 *
 * @typedef {{ kind: 'interface' | 'function' | 'class', name: string, text: string }} Piece
 * @typedef {{ kind: 'provider' | 'resource' | 'data' | 'ephemeral', name: string, main: Piece,
 *   pieces: Map<string, Piece> }} Entry one type with every declaration of its folder
 *
 * @param {string} file the package's archive
 * @returns {Promise<{ package: string, source: string, version: string, entries: Entry[], functions: string }>}
 *   `functions` is the text that declares the provider's functions, or empty
 */
export async function readPackage(file) {
  let manifest;
  const folders = new Map();
  for await (const { path, text } of readTarball(file, isNeeded)) {
    if (path === 'package.json') manifest = JSON.parse(text);
    else {
      const folder = path.split('/')[1];
      folders.set(folder, [...(folders.get(folder) ?? []), { path, text: originalText(path, text) }]);
    }
  }
  const provider = (manifest?.cdktn ?? manifest?.cdktf)?.provider;
  if (!provider?.name || !provider.version) {
    throw new Error(`the package.json in ${file} names no provider; is this a package of generated bindings?`);
  }
  if (manifest.license !== 'MPL-2.0') throw new Error(`${file} is under another licence than NOTICE.md says: ${manifest.license}`);
  return {
    package: `${manifest.name}@${manifest.version}`,
    source: provider.name,
    version: provider.version,
    entries: [...folders.keys()].sort().flatMap((folder) => readEntry(folders.get(folder))),
    functions: folders.get('provider-functions')?.[0]?.text ?? '',
  };
}

function isNeeded(path) {
  return path === 'package.json' || /^lib\/[^/]+\/(index|index-structs\/structs\d+)\.js$/.test(path);
}

const entryKinds = {
  TerraformProvider: 'provider',
  TerraformResource: 'resource',
  TerraformDataSource: 'data',
  TerraformEphemeralResource: 'ephemeral',
};

/** No entry for folders that hold something else, such as provider functions. */
function readEntry(files) {
  const pieces = new Map(files.flatMap((file) => splitPieces(file.text)).map((piece) => [`${piece.kind} ${piece.name}`, piece]));
  for (const piece of pieces.values()) {
    const base = /^export class \w+ extends cdktf\.(\w+)/.exec(piece.text)?.[1];
    const kind = base === undefined ? undefined : entryKinds[base];
    const type = /public static readonly tfResourceType = "([\w-]+)"/.exec(piece.text)?.[1];
    if (kind && type) return [{ kind, name: type.replace(/^ephemeral_/, ''), main: piece, pieces }];
  }
  return [];
}

/** The last line of each file is a source map with the original text inside. */
function originalText(path, text) {
  const at = text.lastIndexOf('base64,');
  if (at < 0) throw new Error(`${path} has no inline source map`);
  const map = JSON.parse(Buffer.from(text.slice(at + 'base64,'.length).trim(), 'base64').toString('utf8'));
  return map.sourcesContent[0].replaceAll('cdktn.', 'cdktf.');
}

function splitPieces(text) {
  const heads = [...text.matchAll(/^export (interface|function|class) (\w+)/gm)];
  return heads.map((head, index) => ({
    kind: head[1],
    name: head[2],
    text: text.slice(head.index, heads[index + 1]?.index ?? text.length),
  }));
}
