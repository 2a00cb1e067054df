import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  DocumentDiagnosticReport,
  FullDocumentDiagnosticReport,
  WorkspaceDiagnosticReport,
} from 'vscode-languageserver/node';
import { findTerraform } from '../../server/operations/operations';
import { Client } from './client';

const hasTerraform = spawnSync('terraform', ['version']).status === 0;

describe('diagnostics over stdio', () => {
  let folder: string;
  let client: Client;
  const uriOf = (name: string) => pathToFileURL(path.join(folder, name)).href;
  const write = (name: string, text: string): string => {
    const file = path.join(folder, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
    return text;
  };

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'terratrain-diagnostics-')));
    client = new Client();
  });
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('VS#1886: are told of the files beside an open one, and taken back with the file', async () => {
    const text = write('main.tf', 'variable "a" {}\n');
    write('other.tf', 'output "x" {\n  value = var.a\n}\noutput "y" {\n  value = var.b\n}\n');
    await client.start(folder);
    await client.open(uriOf('main.tf'), text);
    const beside = uriOf('other.tf');
    assert.deepEqual(await client.codes(beside, (codes) => codes.length > 0), ['undeclared-variable']);
    assert.equal(client.versionOf(beside), undefined);
    unlinkSync(path.join(folder, 'other.tf'));
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: beside, type: 3 }],
    });
    assert.deepEqual(await client.codes(beside, (codes) => codes.length === 0), []);
    // Of a folder that nobody works in any more nothing stays either.
    write('other.tf', 'output "y" {\n  value = var.b\n}\n');
    await client.connection.sendNotification('workspace/didChangeWatchedFiles', {
      changes: [{ uri: beside, type: 1 }],
    });
    await client.codes(beside, (codes) => codes.length > 0);
    await client.connection.sendNotification('textDocument/didClose', {
      textDocument: { uri: uriOf('main.tf') },
    });
    assert.deepEqual(await client.codes(beside, (codes) => codes.length === 0), []);
  });

  it('LS#716, LS#1365, LS PR#488, LS#1162 and LS#524: name the version of the text they are about', async () => {
    const text = write('main.tf', 'locals {\n  a = var.b\n}\n');
    await client.start(folder);
    const uri = uriOf('main.tf');
    await client.open(uri, text);
    await client.codes(uri, (codes) => codes.includes('undeclared-variable'));
    assert.equal(client.versionOf(uri), 1);
    await client.change(uri, [{ text: 'locals {\n  a = 1\n}\n' }]);
    await client.codes(uri, (codes) => !codes.includes('undeclared-variable'));
    assert.equal(client.versionOf(uri), 2);
  });

  it('LS#1603: are not sent again for what did not change', async () => {
    const text = write('main.tf', 'output "x" {\n  value = var.a\n}\n');
    const other = write('other.tf', 'variable "a" {}\noutput "y" {\n  value = var.none\n}\n');
    write('beside.tf', 'output "z" {\n  value = var.none\n}\n');
    await client.start(folder);
    await client.open(uriOf('main.tf'), text);
    await client.open(uriOf('other.tf'), other);
    await client.codes(uriOf('beside.tf'), (codes) => codes.length > 0);
    const sent = client.sentOf(uriOf('other.tf'));
    await client.change(uriOf('main.tf'), [{ text: 'output "x" {\n  value = var.a + var.b\n}\n' }]);
    await client.codes(uriOf('main.tf'), (codes) => codes.length > 0);
    // Whatever else is to be sent was sent when the files that nobody opened were looked at again.
    await client.change(uriOf('other.tf'), [{ text: 'variable "a" {}\nvariable "none" {}\n' }]);
    await client.codes(uriOf('beside.tf'), (codes) => codes.length === 0);
    assert.equal(client.sentOf(uriOf('other.tf')), sent + 1);
    assert.equal(client.sentOf(uriOf('beside.tf')), 2);
  });

  it('lead to the page of their code, and are not told where the person does not want them', async () => {
    const text = write('main.tf', 'locals {\n  a = var.b\n}\n');
    client = await restarted(client, { diagnostics: { ignore: ['unused-declaration'] } });
    await client.start(folder, {
      workspace: { configuration: true },
      textDocument: { publishDiagnostics: { codeDescriptionSupport: true } },
    });
    const uri = uriOf('main.tf');
    await client.open(uri, text);
    const found = await client.codes(uri, (codes) => codes.length === 1);
    assert.deepEqual(found, ['undeclared-variable']);
    assert.match(client.pageOf(uri) ?? '', /^file:.*\/diagnostics\.md#L\d+$/);
    await client.configure({ diagnostics: { ignore: ['unused-declaration', 'undeclared-variable'] } });
    assert.deepEqual(await client.codes(uri, (codes) => codes.length === 0), []);
  });

  it('are asked for by an editor that can, and then not sent', async () => {
    const text = write('main.tf', 'locals {\n  a = var.b\n}\n');
    const uri = uriOf('main.tf');
    await client.start(folder, { textDocument: { diagnostic: {} } });
    await client.open(uri, text);
    const full = await client.in<FullDocumentDiagnosticReport>('textDocument/diagnostic', uri);
    assert.equal(full.kind, 'full');
    assert.deepEqual(
      full.items.map(({ code }) => code),
      ['unused-declaration', 'undeclared-variable'],
    );
    const previousResultId = full.resultId;
    const same = await client.in<DocumentDiagnosticReport>('textDocument/diagnostic', uri, {
      previousResultId,
    });
    assert.deepEqual(same, { kind: 'unchanged', resultId: previousResultId });
    await client.change(uri, [{ text: 'locals {\n  a = "b"\n}\noutput "a" {\n  value = local.a\n}\n' }]);
    const after = await client.in<FullDocumentDiagnosticReport>('textDocument/diagnostic', uri, {
      previousResultId,
    });
    assert.deepEqual(after.items, []);
    assert.equal(client.versionOf(uri), 'never sent');
  });

  it('of the whole workspace are asked for, and told again only where they changed', async () => {
    write('main.tf', 'module "m" {\n  source = "./m"\n}\n');
    write('m/main.tf', 'output "x" {\n  value = var.none\n}\n');
    write('.terraform/modules/far/main.tf', 'nonsense "x" {}\n');
    await client.start(folder, { textDocument: { diagnostic: {} } });
    const ask = (previousResultIds: readonly { uri: string; value: string }[]) =>
      client.connection.sendRequest<WorkspaceDiagnosticReport>('workspace/diagnostic', { previousResultIds });
    const { items } = await ask([]);
    const codes = items.map((item) => [
      path.basename(path.dirname(item.uri)),
      item.kind === 'full' ? item.items.map(({ code }) => code).join() : 'unchanged',
    ]);
    assert.deepEqual(codes, [
      [path.basename(folder), ''],
      ['m', 'undeclared-variable'],
    ]);
    // With nothing new the answer waits for an edit.
    const waiting = ask(items.map(({ uri, resultId }) => ({ uri, value: resultId ?? '' })));
    await client.open(uriOf('m/main.tf'), 'output "x" {\n  value = 1\n}\n');
    const next = await waiting;
    assert.deepEqual(
      next.items.map(({ kind, version }) => [kind, version]),
      [
        ['unchanged', null],
        ['full', 1],
      ],
    );
  });

  if (hasTerraform) {
    it('take in what terraform validate says when a file is saved, till the file changes', async () => {
      // We say the same: terraform is heard where the person does not want to hear us.
      const text = write(
        'main.tf',
        'locals {\n  café = "é"\n}\n\ndata "terraform_remote_state" "net" {\n  backend = "nowhere"\n  config  = { path = local.café }\n}\n\noutput "x" {\n  value = data.terraform_remote_state.net.outputs\n}\n',
      );
      write('m/main.tf', 'locals {}\n');
      write('calls.tf', 'module "m" {\n  source = "./m"\n}\n');
      assert.equal(spawnSync('terraform', ['init', '-no-color'], { cwd: folder }).status, 0);
      const { path: program, version, product } = await findTerraform({ env: process.env });
      await client.start(folder, {}, { trusted: true, terraform: { path: program, version, product } });
      const uri = uriOf('main.tf');
      await client.open(uri, text);
      assert.deepEqual(await client.codes(uri, (codes) => codes.length > 0), ['unknown-kind']);
      await client.configure({ diagnostics: { ignore: ['unknown-kind'] } });
      await client.codes(uri, (codes) => codes.length === 0);
      const isTerraforms = (sources: readonly string[]) => sources.includes('terraform validate');
      await client.connection.sendNotification('textDocument/didSave', { textDocument: { uri } });
      await client.until(() => isTerraforms(client.sourcesOf(uri)));
      assert.deepEqual(client.rangeOf(uri, 'terraform validate'), {
        start: { line: 5, character: 12 },
        end: { line: 5, character: 21 },
      });
      await client.change(uri, [
        { range: { start: { line: 2, character: 2 }, end: { line: 2, character: 2 } }, text: 'x' },
      ]);
      await client.until(() => !isTerraforms(client.sourcesOf(uri)));
    });
  }
});

/** The same with other settings. */
async function restarted(client: Client, configuration: unknown): Promise<Client> {
  await client.stop();
  return new Client(configuration);
}
