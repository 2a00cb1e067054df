import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/**
 * Reads the generated TypeScript of a bindings package out of the inline source maps of its JavaScript.
 *
 * @typedef {{ kind: 'interface' | 'function' | 'class', name: string, text: string }} Piece
 * @typedef {{ kind: 'provider' | 'resource' | 'data' | 'ephemeral', name: string, main: Piece,
 *   pieces: Map<string, Piece> }} Entry one type with every declaration of its folder
 *
 * @param {string} folder of the installed package
 * @returns {{ package: string, packageVersion: string, source: string, version: string, entries: Entry[] }}
 */
export function readPackage(folder) {
  const manifest = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8'));
  const provider = (manifest.cdktn ?? manifest.cdktf)?.provider;
  if (!provider?.name || !provider.version) {
    throw new Error(`${folder}/package.json names no provider; is this a package of generated bindings?`);
  }
  const library = path.join(folder, 'lib');
  const entries = readdirSync(library, { withFileTypes: true })
    .filter((item) => item.isDirectory() && existsSync(path.join(library, item.name, 'index.js')))
    .flatMap((item) => readEntry(path.join(library, item.name)));
  return {
    package: manifest.name,
    packageVersion: manifest.version,
    source: provider.name,
    version: provider.version,
    entries,
  };
}

const entryKinds = {
  TerraformProvider: 'provider',
  TerraformResource: 'resource',
  TerraformDataSource: 'data',
  TerraformEphemeralResource: 'ephemeral',
};

/** No entry for folders that hold something else, such as provider functions. */
function readEntry(folder) {
  const structs = path.join(folder, 'index-structs');
  const files = [path.join(folder, 'index.js')];
  if (existsSync(structs)) {
    files.push(...readdirSync(structs).filter((name) => /^structs\d+\.js$/.test(name)).map((name) => path.join(structs, name)));
  }
  const pieces = new Map(files.flatMap((file) => splitPieces(originalText(file))).map((piece) => [piece.kind + ' ' + piece.name, piece]));
  for (const piece of pieces.values()) {
    const base = /^export class \w+ extends cdktf\.(\w+)/.exec(piece.text)?.[1];
    const kind = base === undefined ? undefined : entryKinds[base];
    const type = /public static readonly tfResourceType = "(\w+)"/.exec(piece.text)?.[1];
    if (kind && type) return [{ kind, name: type.replace(/^ephemeral_/, ''), main: piece, pieces }];
  }
  return [];
}

/** The last line of each file is a source map with the original text inside. */
function originalText(file) {
  const text = readFileSync(file, 'utf8');
  const at = text.lastIndexOf('base64,');
  if (at < 0) throw new Error(`${file} has no inline source map`);
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
