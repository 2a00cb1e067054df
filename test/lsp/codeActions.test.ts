import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  ClientCapabilities,
  CodeAction,
  CreateFile,
  TextDocumentEdit,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { Client } from './client';

const main = 'resource "aws_s3_bucket" "logs" {\n  bucket = "x"\n}\n\nvariable "n" {}\n';

/** What a full editor can, as far as actions ask for it. */
const full: ClientCapabilities = {
  workspace: { workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename'] } },
  textDocument: {
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: [''] } },
      dataSupport: true,
      resolveSupport: { properties: ['edit'] },
      disabledSupport: true,
      isPreferredSupport: true,
    },
  },
};

describe('code actions over stdio', () => {
  let folder: string;
  let uri: string;
  let client: Client;

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(tmpdir(), 'terratrain-actions-')));
    writeFileSync(path.join(folder, 'main.tf'), main);
    uri = pathToFileURL(path.join(folder, 'main.tf')).href;
    client = new Client();
  });

  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const ask = async (capabilities: ClientCapabilities, line: number, only: string[]) => {
    await client.start(folder, capabilities);
    await client.open(uri, main);
    const place = { line, character: 3 };
    return client.in<CodeAction[]>('textDocument/codeAction', uri, {
      range: { start: place, end: place },
      context: { diagnostics: [], only },
    });
  };

  it('edits that make files are worked out when the action is chosen', async () => {
    const actions = await ask(full, 0, ['refactor.extract']);
    const found = actions.find(({ title }) => title === 'Extract to the module "logs"');
    assert.ok(found !== undefined && found.edit === undefined);
    const { edit } = await client.connection.sendRequest<CodeAction>('codeAction/resolve', found);
    const changes = (edit?.documentChanges ?? []) as (CreateFile | TextDocumentEdit)[];
    const made = changes.flatMap((change) => ('kind' in change ? [change.uri] : []));
    assert.deepEqual(made, [pathToFileURL(path.join(folder, 'modules', 'logs', 'main.tf')).href]);
    const [first, ...texts] = changes;
    assert.ok(first !== undefined && 'kind' in first);
    const versions = texts.flatMap((change) =>
      'kind' in change ? [] : [[change.textDocument.uri === uri, change.textDocument.version]],
    );
    assert.deepEqual(versions, [
      [false, null],
      [true, 1],
    ]);
  });

  it('an action of an older version of the document is not resolved', async () => {
    const [action] = await ask(full, 0, ['refactor.extract']);
    await client.change(uri, [{ text: `# new\n${main}` }]);
    await assert.rejects(
      client.connection.sendRequest('codeAction/resolve', action ?? {}),
      /changed since this action was offered/,
    );
  });

  it('an editor that cannot make files or show reasons gets neither', async () => {
    const simple = { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } };
    const actions = await ask({ textDocument: { codeAction: simple } }, 0, ['refactor']);
    assert.ok(actions.length > 0);
    assert.deepEqual(
      actions.filter(({ title }) => title.includes('module') || title.includes('new file')),
      [],
    );
    assert.ok(actions.every(({ disabled, edit }) => disabled === undefined && edit?.changes !== undefined));
  });

  it('what cannot be done is shown with its reason, where that can be shown', async () => {
    const actions = await ask(full, 4, ['refactor.rewrite']);
    const found = actions.find(({ title }) => title === 'Convert to the local value "n"');
    assert.equal(found, undefined);
    const place = { line: 4, character: 10 };
    const atName = await client.in<CodeAction[]>('textDocument/codeAction', uri, {
      range: { start: place, end: place },
      context: { diagnostics: [], only: ['refactor.rewrite'] },
    });
    assert.match(atName[0]?.disabled?.reason ?? '', /no default/);
  });

  it('source actions come only when they are asked for', async () => {
    const none = await ask(full, 0, ['refactor']);
    assert.ok(none.every(({ kind }) => !(kind ?? '').startsWith('source.')));
    const edit: WorkspaceEdit | undefined = none[0]?.edit;
    assert.equal(edit, undefined);
  });
});
