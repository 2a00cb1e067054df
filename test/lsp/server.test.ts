import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type { CompletionItem, CompletionList, Hover, Location, TextEdit } from 'vscode-languageserver/node';
import { exportGraph, graph, nodeLocation, rootModules } from '../../server/lsp/protocol';
import { Client } from './client';

describe('language server over stdio', () => {
  let folder: string;
  let client: Client;
  const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
  const main = `resource "aws_ecs_cluster" "main" {
  name = var.name
}

output "cluster" {
  value = aws_ecs_cluster.main.arn
}
`;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'terratrain-lsp-')));
    writeFileSync(path.join(folder, 'main.tf'), main);
    writeFileSync(
      path.join(folder, 'variables.tf'),
      'variable "name" {\n  description = "What to call it."\n}\n',
    );
    client = new Client();
  });

  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('serves an editor that can do next to nothing', async () => {
    await client.start(folder);
    const uri = uriOf('main.tf');
    await client.open(uri, main);
    assert.deepEqual(await client.codes(uri, () => true), []);

    const hover = await client.at<Hover>('textDocument/hover', uri, 0, 12);
    const contents = hover.contents as { kind: string; value: string };
    assert.equal(contents.kind, 'plaintext');
    assert.match(contents.value, /hashicorp\/aws \d+\.\d+\.\d+ bundled/);

    const list = await client.at<CompletionList>('textDocument/completion', uri, 5, 26);
    assert.equal(list.items[0]?.insertTextFormat, 1);
    assert.deepEqual(
      list.items.map((item: CompletionItem) => item.label),
      ['main'],
    );

    const definition = await client.at<Location>('textDocument/definition', uri, 1, 14);
    assert.equal(definition.uri, uriOf('variables.tf'));
    assert.deepEqual(definition.range.start, { line: 0, character: 10 });
  });

  it('follows edits, in the document and in the others of its module', async () => {
    await client.start(folder);
    const uri = uriOf('main.tf');
    const variables = uriOf('variables.tf');
    await client.open(uri, main);
    await client.open(variables, 'variable "name" {}\n');
    await client.codes(variables, () => true);
    const range = { start: { line: 0, character: 10 }, end: { line: 0, character: 14 } };
    await client.change(variables, [{ range, text: 'title' }]);
    assert.deepEqual(await client.codes(uri, (codes) => codes.length > 0), ['undeclared-variable']);
    await client.change(uri, [
      { range: { start: { line: 1, character: 13 }, end: { line: 1, character: 17 } }, text: 'title' },
    ]);
    assert.deepEqual(await client.codes(uri, (codes) => codes.length === 0), []);
    await client.change(uri, [{ text: 'resource "aws_ecs_cluster" "main" {\n  nam = 1\n' }]);
    const codes = await client.codes(uri, (found) => found.length > 1);
    assert.ok(codes.includes('unknown-argument'), codes.join());
  });

  it('counts characters as UTF-16', async () => {
    await client.start(folder);
    const uri = uriOf('main.tf');
    await client.open(uri, 'locals { a = "😀😀" }\noutput "b" { value = "😀${local.a}" }\n');
    const [first] = await client.at<Location[]>('textDocument/references', uri, 0, 9, {
      context: { includeDeclaration: false },
    });
    assert.deepEqual(first?.range, { start: { line: 1, character: 32 }, end: { line: 1, character: 33 } });
  });

  it('formats, and renames across files', async () => {
    await client.start(folder);
    const uri = uriOf('main.tf');
    await client.open(uri, 'locals {\na=var.name\n}\n');
    const edits = await client.connection.sendRequest<TextEdit[]>('textDocument/formatting', {
      textDocument: { uri },
      options: { tabSize: 2, insertSpaces: true },
    });
    assert.equal(edits.map((edit) => edit.newText).join(''), '  a = var.name\n');
    const { changes } = await client.at<{ changes: Record<string, TextEdit[]> }>(
      'textDocument/rename',
      uri,
      1,
      8,
      {
        newName: 'title',
      },
    );
    assert.deepEqual(Object.keys(changes).sort(), [uriOf('main.tf'), uriOf('variables.tf')]);
  });

  it('draws the graph, tells of changes and leads to blocks', async () => {
    mkdirSync(path.join(folder, 'child'));
    writeFileSync(
      path.join(folder, 'child', 'main.tf'),
      'resource "aws_ecs_cluster" "inner" {\n  name = "x"\n}\n',
    );
    const text = `${main}module "child" {\n  source = "./child"\n}\n`;
    await client.start(folder);
    const uri = uriOf('main.tf');
    await client.open(uri, text);
    const root = pathToFileURL(folder).href;
    assert.deepEqual(await client.connection.sendRequest(rootModules, null), { roots: [root] });
    const { picture } = await client.connection.sendRequest(graph, {
      root,
      changes: [{ address: 'aws_ecs_cluster.main', action: 'create' }],
    });
    const boxes = new Map(picture.boxes.map((box) => [box.id, box]));
    assert.deepEqual([...boxes.keys()].sort(), [
      'aws_ecs_cluster.main',
      'module.child',
      'module.child.aws_ecs_cluster.inner',
    ]);
    assert.equal(boxes.get('aws_ecs_cluster.main')?.action, 'create');
    const place = await client.connection.sendRequest(nodeLocation, {
      root,
      id: 'module.child.aws_ecs_cluster.inner',
    });
    assert.equal(place?.uri, pathToFileURL(path.join(folder, 'child', 'main.tf')).href);
    assert.equal(await client.connection.sendRequest(nodeLocation, { root, id: 'nothing.there' }), null);
    const drawn = await client.connection.sendRequest(exportGraph, { root, format: 'mermaid' });
    assert.match(drawn.text, /aws_ecs_cluster/);
    await client.change(uri, [{ text: main }]);
    await client.until(() => client.graphChanges.includes(root));
    const after = await client.connection.sendRequest(graph, { root });
    assert.deepEqual(
      after.picture.boxes.map((box) => box.id),
      ['aws_ecs_cluster.main'],
    );
  });

  it('LS#1606, LS#1893, LS#1897, LS#1177, VS#1338, VS#1425, VS#1228 and VS#619: goes on after requests it cannot answer and text of any kind', async () => {
    await client.start(folder);
    const uri = uriOf('random.tf');
    await client.open(
      uri,
      Array.from({ length: 4000 }, (_, n) => String.fromCharCode((n * 7919) % 65536)).join(''),
    );
    await client.codes(uri, (codes) => codes.length > 0);
    assert.equal(await client.at('textDocument/hover', uriOf('not-open.tf'), 0, 0), null);
    assert.equal(await client.at('textDocument/hover', 'untitled:Untitled-1', 5, 5), null);
    await client.open('untitled:Untitled-1', 'variable "a" {}\noutput "b" {\n  value = var.\n}\n');
    const list = await client.at<CompletionList>('textDocument/completion', 'untitled:Untitled-1', 2, 14);
    assert.deepEqual(
      list.items.map((item) => item.label),
      ['a'],
    );
  });

  it('ends cleanly', async () => {
    await client.start(folder);
    const other = client;
    assert.equal(await other.stop(), 0);
    client = new Client();
    await client.start(folder);
  });
});
