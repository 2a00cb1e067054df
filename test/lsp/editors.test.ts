import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import type {
  ClientCapabilities,
  CodeAction,
  Command,
  CompletionList,
  FullDocumentDiagnosticReport,
  Hover,
  SymbolInformation,
  WorkspaceEdit,
} from 'vscode-languageserver/node';
import { LineIndex } from '../../server/text/lineIndex';
import { Client } from './client';

/** What editors say of themselves, as far as it makes a difference here. */
const editors: Readonly<Record<string, ClientCapabilities>> = {
  'an editor of the first LSP that applies edits': { workspace: { applyEdit: true } },
  'Neovim 0.11': {
    general: { positionEncodings: ['utf-8', 'utf-16', 'utf-32'] },
    textDocument: {
      codeAction: {
        dynamicRegistration: true,
        isPreferredSupport: true,
        dataSupport: true,
        codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source'] } },
        resolveSupport: { properties: ['edit', 'command'] },
        disabledSupport: true,
      },
      completion: {
        completionItem: {
          snippetSupport: true,
          deprecatedSupport: true,
          documentationFormat: ['markdown', 'plaintext'],
          tagSupport: { valueSet: [1] },
        },
        completionItemKind: { valueSet: [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 18, 22, 25] },
      },
      definition: { dynamicRegistration: true, linkSupport: true },
      diagnostic: { dynamicRegistration: false, relatedDocumentSupport: true },
      documentSymbol: { hierarchicalDocumentSymbolSupport: true },
      hover: { contentFormat: ['markdown', 'plaintext'] },
      publishDiagnostics: { relatedInformation: true, tagSupport: { valueSet: [1, 2] } },
      rename: { prepareSupport: true },
    },
    workspace: {
      applyEdit: true,
      configuration: true,
      didChangeConfiguration: { dynamicRegistration: false },
      didChangeWatchedFiles: { dynamicRegistration: false },
      workspaceEdit: { resourceOperations: ['rename', 'create', 'delete'] },
      workspaceFolders: true,
    },
  },
  'Helix 25': {
    general: { positionEncodings: ['utf-8', 'utf-32', 'utf-16'] },
    textDocument: {
      codeAction: {
        isPreferredSupport: true,
        disabledSupport: true,
        dataSupport: true,
        codeActionLiteralSupport: { codeActionKind: { valueSet: ['', 'quickfix', 'refactor', 'source'] } },
        resolveSupport: { properties: ['edit', 'command'] },
      },
      completion: {
        completionItem: {
          snippetSupport: true,
          deprecatedSupport: true,
          insertReplaceSupport: true,
          tagSupport: { valueSet: [1] },
        },
        completionItemKind: {},
      },
      hover: { contentFormat: ['markdown'] },
      publishDiagnostics: { tagSupport: { valueSet: [1, 2] }, versionSupport: true },
      diagnostic: { dynamicRegistration: false, relatedDocumentSupport: true },
      rename: { prepareSupport: false, honorsChangeAnnotations: false },
    },
    workspace: {
      applyEdit: true,
      configuration: true,
      didChangeWatchedFiles: { dynamicRegistration: true },
      workspaceEdit: { documentChanges: true, resourceOperations: ['create', 'rename', 'delete'] },
      workspaceFolders: true,
    },
  },
};

const text = `variable "region" {
  default = "eu"
}

locals {
  name = "x-\${var.regoin}"
}

output "name" {
  value = local.name
}
`;

for (const [name, capabilities] of Object.entries(editors)) {
  describe(`in ${name}`, () => {
    let folder: string;
    let client: Client;
    let uri: string;
    let now: string;
    const at = (word: string) => new LineIndex(now).positionAt(now.indexOf(word) + 1);

    beforeEach(async () => {
      folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'terratrain-editor-')));
      now = text;
      writeFileSync(path.join(folder, 'main.tf'), now);
      uri = pathToFileURL(path.join(folder, 'main.tf')).href;
      client = new Client();
      await client.start(folder, capabilities);
      await client.open(uri, now);
    });
    afterEach(async () => {
      await client.stop();
      rmSync(folder, { recursive: true, force: true });
    });

    const codes = async (): Promise<readonly unknown[]> => {
      if (capabilities.textDocument?.diagnostic === undefined) return client.codes(uri, () => true);
      const report = await client.in<FullDocumentDiagnosticReport>('textDocument/diagnostic', uri);
      return report.items.map(({ code }) => code);
    };
    /** Does to the text what the server says, as far as it is about this document. */
    const apply = async (edit: WorkspaceEdit | undefined): Promise<void> => {
      const changed = (edit?.documentChanges ?? []).flatMap((change) => {
        assert.ok('edits' in change && change.textDocument.uri === uri);
        return change.edits;
      });
      const edits = [...(edit?.changes?.[uri] ?? []), ...changed];
      assert.ok(edits.length > 0);
      const lines = new LineIndex(now);
      for (const each of edits.toReversed()) {
        assert.ok('range' in each && 'newText' in each);
        now =
          now.slice(0, lines.offsetAt(each.range.start)) +
          each.newText +
          now.slice(lines.offsetAt(each.range.end));
      }
      await client.change(uri, [{ text: now }]);
    };
    const chooseFix = async (title: string): Promise<void> => {
      const position = at('var.regoin');
      const actions = await client.in<(CodeAction | Command)[]>('textDocument/codeAction', uri, {
        range: { start: position, end: position },
        context: { diagnostics: [] },
      });
      const action = actions.find((each) => each.title === title);
      assert.ok(action !== undefined, actions.map((each) => each.title).join());
      if (typeof action.command === 'string') {
        assert.equal(capabilities.textDocument?.codeAction, undefined);
        await client.connection.sendRequest('workspace/executeCommand', action);
        await apply(client.applied.at(-1));
      } else if ('edit' in action) await apply(action.edit);
      else await apply((await client.connection.sendRequest<CodeAction>('codeAction/resolve', action)).edit);
    };

    it('a mistake is told, mended and gone', async () => {
      assert.deepEqual(await codes(), ['unused-declaration', 'undeclared-variable']);
      await chooseFix('Change to "var.region"');
      assert.match(now, /x-\$\{var\.region\}/);
      if (capabilities.textDocument?.diagnostic === undefined)
        await client.codes(uri, (found) => found.length === 0);
      else assert.deepEqual(await codes(), []);
    });

    it('names are completed, explained and changed', async () => {
      const list = await client.at<CompletionList>('textDocument/completion', uri, 9, 16);
      const item = list.items.find(({ label }) => label === 'name');
      assert.equal(item?.textEdit?.newText, 'name');
      const kinds = capabilities.textDocument?.completion?.completionItemKind?.valueSet;
      for (const { kind = 1 } of list.items) assert.ok(kinds?.includes(kind) ?? kind <= 18, String(kind));
      const { contents } = await client.at<Hover>('textDocument/hover', uri, 9, 17);
      const markup = contents as { readonly kind: string; readonly value: string };
      const wanted = capabilities.textDocument?.hover === undefined ? 'plaintext' : 'markdown';
      assert.equal(markup.kind, wanted);
      assert.equal(markup.value.includes('```'), wanted === 'markdown');
      await apply(await client.at<WorkspaceEdit>('textDocument/rename', uri, 5, 3, { newName: 'title' }));
      assert.match(now, /title = "x-/);
      assert.match(now, /value = local\.title/);
    });

    it('symbols have kinds that the editor knows', async () => {
      const symbols = await client.in<readonly SymbolInformation[]>('textDocument/documentSymbol', uri);
      assert.ok(symbols.length >= 3);
      // Without a list of kinds those up to Array are known.
      for (const { kind } of symbols) assert.ok(kind <= 18, String(kind));
      const isFlat = capabilities.textDocument?.documentSymbol === undefined;
      assert.equal(
        symbols.every((symbol) => 'location' in symbol),
        isFlat,
      );
    });
  });
}
