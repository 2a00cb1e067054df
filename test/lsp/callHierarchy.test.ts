import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  CallHierarchyIncomingCall,
  CallHierarchyItem,
  CallHierarchyOutgoingCall,
  Hover,
  Location,
} from 'vscode-languageserver/node';
import { Client } from './client';

const main = `module "store" {
  source = "./store"
}

module "logs" {
  source = "./store"
}

variable "region" {}
`;

describe('call hierarchy, implementations and templates over stdio', () => {
  let folder: string;
  let client: Client;
  const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;

  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'terratrain-calls-')));
    mkdirSync(path.join(folder, 'store'));
    writeFileSync(path.join(folder, 'main.tf'), main);
    writeFileSync(path.join(folder, 'override.tf'), 'variable "region" {\n  default = "eu"\n}\n');
    writeFileSync(
      path.join(folder, 'store', 'main.tf'),
      'locals {\n  script = templatefile("${path.module}/init.tftpl", { port = 80 })\n}\n',
    );
    writeFileSync(path.join(folder, 'store', 'init.tftpl'), 'listen ${port}\n');
    client = new Client();
    await client.start(folder);
    await client.open(uriOf('main.tf'), main);
  });

  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('shows which modules call which', async () => {
    const prepare = (line: number, character: number) =>
      client.at<CallHierarchyItem[]>('textDocument/prepareCallHierarchy', uriOf('main.tf'), line, character);
    const [store] = await prepare(0, 10);
    assert.equal(store?.uri, uriOf('store/main.tf'));
    assert.deepEqual([store.name, store.detail], ['store', 'module.store']);
    const incoming = await client.connection.sendRequest<CallHierarchyIncomingCall[]>(
      'callHierarchy/incomingCalls',
      { item: store },
    );
    assert.deepEqual(
      incoming.map(({ from, fromRanges }) => [
        from.uri,
        from.detail,
        fromRanges.map(({ start }) => start.line),
      ]),
      [[uriOf('main.tf'), 'module.store, module.logs', [0, 4]]],
    );
    const [own] = await prepare(8, 1);
    assert.equal(own?.name, path.basename(folder));
    const outgoing = await client.connection.sendRequest<CallHierarchyOutgoingCall[]>(
      'callHierarchy/outgoingCalls',
      { item: own },
    );
    assert.deepEqual(
      outgoing.map(({ to, fromRanges }) => [to.uri, fromRanges.length]),
      [[uriOf('store/main.tf'), 2]],
    );
  });

  it('says why a name cannot be changed', async () => {
    await assert.rejects(
      client.at('textDocument/prepareRename', uriOf('main.tf'), 0, 2),
      /"module" is a word of the language/,
    );
  });

  it('leads to overrides', async () => {
    const found = await client.at<Location[]>('textDocument/implementation', uriOf('main.tf'), 8, 12);
    assert.deepEqual(
      found.map(({ uri, range }) => [uri, range.start]),
      [[uriOf('override.tf'), { line: 0, character: 10 }]],
    );
  });

  it('reads templates', async () => {
    const uri = uriOf('store/init.tftpl');
    await client.open(uri, 'listen ${port} ${prot}\n');
    assert.deepEqual(await client.codes(uri, (codes) => codes.length > 0), ['undeclared-template-variable']);
    const hover = await client.at<Hover>('textDocument/hover', uri, 0, 10);
    assert.match(JSON.stringify(hover.contents), /port: number.*main\.tf, line 2/);
    await client.change(uri, [
      { range: { start: { line: 0, character: 17 }, end: { line: 0, character: 21 } }, text: 'port' },
    ]);
    assert.deepEqual(await client.codes(uri, (codes) => codes.length === 0), []);
  });
});
