import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createOnigScanner, createOnigString, loadWASM } from 'vscode-oniguruma';
import { INITIAL, parseRawGrammar, Registry } from 'vscode-textmate';
import type { IRawGrammar } from 'vscode-textmate';

const repository = path.resolve(__dirname, '../..');

/** Small languages in the place of those that an editor brings along: a string, a key and a comment are enough. */
const embedded: Readonly<Record<string, object>> = Object.fromEntries(
  ['source.json', 'source.yaml', 'source.shell', 'source.sql', 'text.xml'].map((scopeName) => [
    scopeName,
    {
      scopeName,
      patterns: [
        { name: 'comment.line', match: '#.*$' },
        { name: 'string.quoted', begin: '"', end: '"' },
        { name: 'meta.structure', begin: '\\{', end: '\\}', patterns: [{ include: '$self' }] },
        { name: 'keyword.word', match: '\\b[a-z]+\\b' },
      ],
    },
  ]),
);

/** What each piece of a text is: its scopes without the file's own, `text: scopes`; blanks are left out. */
export async function tokenize(scopeName: string, text: string): Promise<readonly string[]> {
  const grammar = await (await registry()).loadGrammar(scopeName);
  if (grammar === null) throw new Error(`there is no grammar ${scopeName}`);
  const found: string[] = [];
  let stack = INITIAL;
  for (const line of text.split('\n')) {
    const { tokens, ruleStack } = grammar.tokenizeLine(line, stack);
    stack = ruleStack;
    for (const { startIndex, endIndex, scopes } of tokens) {
      const piece = line.slice(startIndex, endIndex).trim();
      if (piece !== '') found.push(`${piece}: ${scopes.slice(1).join(' ')}`);
    }
  }
  return found;
}

let made: Promise<Registry> | undefined;

function registry(): Promise<Registry> {
  made ??= makeRegistry();
  return made;
}

async function makeRegistry(): Promise<Registry> {
  const wasm = path.join(path.dirname(require.resolve('vscode-oniguruma')), 'onig.wasm');
  const bytes = readFileSync(wasm);
  await loadWASM(bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength));
  const own = grammars();
  return new Registry({
    onigLib: Promise.resolve({ createOnigScanner, createOnigString }),
    loadGrammar: (name) =>
      Promise.resolve(own.get(name) ?? (embedded[name] as IRawGrammar | undefined) ?? null),
    getInjections: (name) =>
      name.startsWith('source.hcl') ? ['source.hcl.heredocs', 'source.hcl.interpolations'] : [],
  });
}

/** Every grammar of the extension by its scope. */
function grammars(): ReadonlyMap<string, IRawGrammar> {
  const folder = path.join(repository, 'syntaxes');
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.tmGrammar.json'),
  );
  return new Map(
    files.map((name) => {
      const grammar = parseRawGrammar(readFileSync(path.join(folder, name), 'utf8'), name);
      return [grammar.scopeName, grammar];
    }),
  );
}
