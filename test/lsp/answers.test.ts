import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  CodeAction,
  CodeLens,
  DocumentHighlight,
  DocumentLink,
  InlayHint,
  SelectionRange,
  SemanticTokens,
  SemanticTokensDelta,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { Client } from './client';

const main = `variable "region" {
  default = "eu"
}

locals {
  name = "x-\${var.region}"
}

resource "aws_instance" "trainer" {
  ami = local.nam
}
`;

describe('answers over stdio', () => {
  let folder: string;
  let client: Client;
  let uri: string;

  beforeEach(async () => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'terratrain-lsp-')));
    writeFileSync(path.join(folder, 'main.tf'), main);
    uri = pathToFileURL(path.join(folder, 'main.tf')).href;
    client = new Client();
    await client.start(
      folder,
      {
        workspace: { configuration: true, inlayHint: { refreshSupport: true } },
        textDocument: {
          codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix'] } } },
        },
      },
      { hasCommands: true },
    );
    await client.open(uri, main);
  });

  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const place = (line: number, character: number) => ({ line, character });

  it('a quick fix carries the edit and the diagnostic it mends', async () => {
    const range = { start: place(9, 10), end: place(9, 10) };
    const actions = await client.in<CodeAction[]>('textDocument/codeAction', uri, {
      range,
      context: { diagnostics: [], only: ['quickfix'] },
    });
    const [first] = actions;
    assert.equal(first?.title, 'Change to "local.name"');
    assert.equal(first.isPreferred, true);
    assert.equal(first.diagnostics?.[0]?.code, 'undeclared-local');
    assert.deepEqual(first.edit?.changes?.[uri], [
      { range: { start: place(9, 8), end: place(9, 17) }, newText: 'local.name' },
    ]);
  });

  it('a rename of a resource writes the moved block', async () => {
    const edit = await client.at<WorkspaceEdit>('textDocument/rename', uri, 8, 27, { newName: 'gpu' });
    const texts = edit.changes?.[uri]?.map(({ newText }) => newText) ?? [];
    assert.deepEqual(texts, [
      'gpu',
      '\n\nmoved {\n  from = aws_instance.trainer\n  to   = aws_instance.gpu\n}',
    ]);
  });

  it('inlay hints and lenses come when the person wants them', async () => {
    const whole = { range: { start: place(0, 0), end: place(99, 0) } };
    assert.deepEqual(await client.in<InlayHint[]>('textDocument/inlayHint', uri, whole), []);
    const runs = await client.in<CodeLens[]>('textDocument/codeLens', uri);
    assert.deepEqual(
      runs.map(({ command }) => [command?.command, command?.arguments]),
      ['terratrain.plan', 'terratrain.showGraph'].map((name) => [name, [pathToFileURL(folder).href]]),
    );
    await client.until(() => client.refreshes > 0);
    const before = client.refreshes;
    await client.configure({ inlayHints: { values: true }, codeLens: { references: true, run: false } });
    await client.until(() => client.refreshes > before);
    const hints = await client.in<InlayHint[]>('textDocument/inlayHint', uri, whole);
    assert.deepEqual(
      hints.map(({ label, position }) => [label, position.line]),
      [[' = "x-eu"', 5]],
    );
    const lenses = await client.in<CodeLens[]>('textDocument/codeLens', uri);
    assert.deepEqual(
      lenses.map(({ command }) => command?.title),
      ['1 reference', '0 references', '0 references'],
    );
    assert.equal(lenses[0]?.command?.command, 'terratrain.showReferences');
  });

  it('a test file can be run from above its first run', async () => {
    const test = pathToFileURL(path.join(folder, 'tests', 'a.tftest.hcl')).href;
    await client.open(test, 'variables {\n  region = "x"\n}\n\nrun "a" {}\n\nrun "b" {}\n');
    const [lens, ...more] = await client.in<CodeLens[]>('textDocument/codeLens', test);
    assert.deepEqual(more, []);
    assert.equal(lens?.range.start.line, 4);
    assert.deepEqual(lens.command?.arguments, [
      pathToFileURL(folder).href,
      ['test', `-filter=${path.join('tests', 'a.tftest.hcl')}`],
    ]);
  });

  it('semantic tokens of a changed document are the difference to the last ones', async () => {
    const before = await client.in<SemanticTokens>('textDocument/semanticTokens/full', uri);
    assert.equal(before.data.length % 5, 0);
    await client.change(uri, [{ range: { start: place(8, 0), end: place(8, 0) }, text: 'locals {}\n' }]);
    const delta = await client.in<SemanticTokensDelta>('textDocument/semanticTokens/full/delta', uri, {
      previousResultId: before.resultId,
    });
    const [edit] = delta.edits;
    assert.ok(edit !== undefined && (edit.data?.length ?? 0) < before.data.length);
    const data = [...before.data];
    data.splice(edit.start, edit.deleteCount, ...(edit.data ?? []));
    const after = await client.in<SemanticTokens>('textDocument/semanticTokens/full', uri);
    assert.deepEqual(data, after.data);
    const visible = await client.in<SemanticTokens>('textDocument/semanticTokens/range', uri, {
      range: { start: place(0, 0), end: place(1, 0) },
    });
    assert.ok(visible.data.length > 0 && visible.data.length < after.data.length);
  });

  it("the rest of navigation answers in LSP's shapes", async () => {
    const highlights = await client.at<DocumentHighlight[]>('textDocument/documentHighlight', uri, 0, 12);
    assert.deepEqual(
      highlights.map(({ kind, range }) => [kind, range.start.line]),
      [
        [3, 0],
        [2, 5],
      ],
    );
    const links = await client.in<DocumentLink[]>('textDocument/documentLink', uri);
    assert.match(links[0]?.target ?? '', /hashicorp\/aws\/[\d.]+\/docs\/resources\/instance$/);
    const [selection] = await client.in<SelectionRange[]>('textDocument/selectionRange', uri, {
      positions: [place(5, 18)],
    });
    assert.deepEqual(selection?.range, { start: place(5, 18), end: place(5, 24) });
    assert.ok(selection.parent?.parent !== undefined);
    const symbols = await client.connection.sendRequest<SymbolInformation[]>('workspace/symbol', {
      query: 'ait',
    });
    assert.deepEqual(
      symbols.map(({ name }) => name),
      ['aws_instance.trainer'],
    );
  });

  it('formatting on type touches the line alone, and a broken file not at all', async () => {
    await client.change(uri, [{ text: 'locals {\n  a=1\n  bb=2\n}\n' }]);
    const edits = await client.at<{ newText: string }[]>('textDocument/onTypeFormatting', uri, 2, 0, {
      ch: '\n',
      options: { tabSize: 2, insertSpaces: true },
    });
    assert.ok(edits.length > 0);
    await client.change(uri, [{ text: 'locals {\n  a=1\n  bb=\n}\n' }]);
    const none = await client.at<unknown[]>('textDocument/onTypeFormatting', uri, 2, 0, {
      ch: '\n',
      options: { tabSize: 2, insertSpaces: true },
    });
    assert.deepEqual(none, []);
  });
});
