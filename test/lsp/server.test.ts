import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import type { ChildProcessWithoutNullStreams } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type {
  ClientCapabilities,
  CompletionItem,
  CompletionList,
  Hover,
  Location,
  ProtocolConnection,
  PublishDiagnosticsParams,
  TextEdit,
} from 'vscode-languageserver/node';
import { exportGraph, graph, graphChanged, nodeLocation, rootModules } from '../../server/lsp/protocol';

const repository = path.resolve(__dirname, '../..');

/** The built server as any editor starts it, spoken to over stdio. */
class Client {
  readonly connection: ProtocolConnection;
  readonly graphChanges: string[] = [];
  private readonly process: ChildProcessWithoutNullStreams;
  private readonly diagnostics = new Map<string, PublishDiagnosticsParams>();
  private readonly waiting = new Set<() => void>();
  private version = 1;

  constructor() {
    this.process = spawn(process.execPath, [path.join(repository, 'dist', 'server.js'), '--stdio']);
    this.connection = createProtocolConnection(
      new StreamMessageReader(this.process.stdout),
      new StreamMessageWriter(this.process.stdin),
    );
    this.connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
      this.diagnostics.set(params.uri, params);
      for (const wake of this.waiting) wake();
    });
    this.connection.onNotification(graphChanged, ({ root }) => {
      this.graphChanges.push(root);
      for (const wake of this.waiting) wake();
    });
    this.connection.listen();
  }

  async start(folder: string, capabilities: ClientCapabilities = {}): Promise<void> {
    await this.connection.sendRequest('initialize', {
      processId: process.pid,
      capabilities,
      workspaceFolders: [{ uri: pathToFileURL(folder).href, name: 'test' }],
      rootUri: null,
    });
    await this.connection.sendNotification('initialized', {});
  }

  open(uri: string, text: string): Promise<void> {
    const textDocument = { uri, languageId: 'terraform', version: this.version, text };
    return this.connection.sendNotification('textDocument/didOpen', { textDocument });
  }

  change(uri: string, contentChanges: readonly object[]): Promise<void> {
    this.version += 1;
    return this.connection.sendNotification('textDocument/didChange', {
      textDocument: { uri, version: this.version },
      contentChanges,
    });
  }

  at<T>(method: string, uri: string, line: number, character: number, more: object = {}): Promise<T> {
    return this.connection.sendRequest(method, {
      textDocument: { uri },
      position: { line, character },
      ...more,
    });
  }

  /** The codes of the newest diagnostics of a document, once they are as `isWanted` says. */
  async codes(uri: string, isWanted: (codes: readonly string[]) => boolean): Promise<readonly string[]> {
    const read = () => (this.diagnostics.get(uri)?.diagnostics ?? []).map((each) => String(each.code));
    await this.until(() => this.diagnostics.has(uri) && isWanted(read()));
    return read();
  }

  until(isDone: () => boolean): Promise<void> {
    return new Promise((resolve) => {
      const look = () => {
        if (!isDone()) return;
        this.waiting.delete(look);
        resolve();
      };
      this.waiting.add(look);
      look();
    });
  }

  /** Ends the server as LSP says; resolves to its exit code. */
  async stop(): Promise<number | null> {
    const ended = new Promise<number | null>((resolve) => this.process.once('exit', resolve));
    await this.connection.sendRequest('shutdown');
    await this.connection.sendNotification('exit');
    const code = await ended;
    this.connection.dispose();
    return code;
  }
}

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

  it('goes on after requests it cannot answer and text of any kind', async () => {
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
