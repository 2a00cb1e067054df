import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import path from 'node:path';
import type * as NodePty from 'node-pty';
import * as vscode from 'vscode';

const id = 'terratrain.terratrain';

function workspaceFile(name: string): vscode.Uri {
  const folder = vscode.workspace.workspaceFolders?.[0]?.uri;
  assert.ok(folder, 'no folder is open');
  return vscode.Uri.joinPath(folder, name);
}

/** Polls until `read` gives something, because an editor answers when it is ready and not before. */
async function until<T>(what: string, read: () => T | undefined | Promise<T | undefined>): Promise<T> {
  for (let attempt = 0; attempt < 200; attempt += 1) {
    const value = await read();
    if (value !== undefined) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`Never happened: ${what}`);
}

/** A document with other text than on disk, shown in an editor; undone by `restore`. */
async function withText(
  file: string,
  text: string,
  work: (document: vscode.TextDocument) => Promise<void>,
): Promise<void> {
  const document = await vscode.workspace.openTextDocument(workspaceFile(file));
  const editor = await vscode.window.showTextDocument(document);
  const before = document.getText();
  const all = (): vscode.Range =>
    new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  await editor.edit((edit) => {
    edit.replace(all(), text);
  });
  try {
    await work(document);
  } finally {
    await editor.edit((edit) => {
      edit.replace(all(), before);
    });
    await document.save();
  }
}

async function labelsAt(
  document: vscode.TextDocument,
  position: vscode.Position,
  wanted: string,
): Promise<readonly string[]> {
  return until(`completion of ${wanted}`, async () => {
    const list = await vscode.commands.executeCommand<vscode.CompletionList>(
      'vscode.executeCompletionItemProvider',
      document.uri,
      position,
    );
    const labels = list.items.map((item) => (typeof item.label === 'string' ? item.label : item.label.label));
    return labels.includes(wanted) ? labels : undefined;
  });
}

describe('the installed extension', () => {
  before(async () => {
    const extension = vscode.extensions.getExtension<{ ready: Promise<void> }>(id);
    assert.ok(extension, `${id} is not installed`);
    const api = await extension.activate();
    await api.ready;
  });

  it('runs from the package, not from the source tree', () => {
    const where = vscode.extensions.getExtension(id)?.extensionPath ?? '';
    assert.ok(where.includes(`${path.sep}extensions${path.sep}`), where);
  });

  it('carries a node-pty that runs terraform on a terminal in this host', async () => {
    const where = vscode.extensions.getExtension(id)?.extensionPath ?? '';
    const pty = createRequire(__filename)(path.join(where, 'dist/node_modules/node-pty')) as typeof NodePty;
    const terminal = pty.spawn('/bin/sh', ['-c', 'test -t 0 && terraform version; sleep 1'], {});
    let text = '';
    terminal.onData((data) => (text += data));
    await until('an answer of terraform', () => (/Terraform v\d/.test(text) ? true : undefined));
  });

  it('registers every command of its manifest', async () => {
    const manifest = vscode.extensions.getExtension(id)?.packageJSON as {
      contributes: { commands: { command: string }[] };
    };
    const registered = new Set(await vscode.commands.getCommands(true));
    for (const { command } of manifest.contributes.commands) assert.ok(registered.has(command), command);
  });

  it('gives files their languages', async () => {
    const languageOf = async (file: string): Promise<string> =>
      (await vscode.workspace.openTextDocument(workspaceFile(file))).languageId;
    assert.equal(await languageOf('main.tf'), 'terraform');
    assert.equal(await languageOf('terraform.tfvars'), 'terraform-vars');
  });

  it('finds nothing wrong with the example', async () => {
    for (const file of [
      'main.tf',
      'serving.tf',
      'variables.tf',
      'outputs.tf',
      'versions.tf',
      'terraform.tfvars',
    ]) {
      const document = await vscode.workspace.openTextDocument(workspaceFile(file));
      await vscode.window.showTextDocument(document);
      // A hover is answered after the diagnostics of the same version were computed.
      await vscode.commands.executeCommand(
        'vscode.executeHoverProvider',
        document.uri,
        new vscode.Position(0, 0),
      );
      await new Promise((resolve) => setTimeout(resolve, 500));
      const errors = vscode.languages
        .getDiagnostics(document.uri)
        .filter((each) => each.severity <= vscode.DiagnosticSeverity.Warning);
      assert.deepEqual(
        errors.map((each) => each.message),
        [],
        file,
      );
    }
  });

  it('completes resource types, arguments and references', async () => {
    await withText(
      'main.tf',
      'resource "aws_s3_bu" "x" {\n  \n}\n\nlocals {\n  id = aws_ecs_cluster.main.\n}\n',
      async (document) => {
        await labelsAt(document, new vscode.Position(0, 19), 'aws_s3_bucket');
        await labelsAt(document, new vscode.Position(5, 28), 'arn');
      },
    );
    await withText('main.tf', 'resource "aws_instance" "x" {\n  \n}\n', async (document) => {
      const labels = await labelsAt(document, new vscode.Position(1, 2), 'instance_type');
      assert.ok(labels.includes('root_block_device'), 'nested blocks are missing');
      assert.ok(labels.includes('for_each'), 'meta-arguments are missing');
    });
  });

  it('underlines what is wrong as one types, and takes the line away again', async () => {
    await withText(
      'outputs.tf',
      'output "x" {\n  value = aws_ecs_cluster.nowhere.id\n}\n',
      async (document) => {
        const [problem] = await until('a diagnostic', () => {
          const found = vscode.languages.getDiagnostics(document.uri);
          return found.length > 0 ? found : undefined;
        });
        assert.match(problem?.message ?? '', /nowhere/);
      },
    );
    await until('no diagnostic', () =>
      vscode.languages.getDiagnostics(workspaceFile('outputs.tf')).length === 0 ? true : undefined,
    );
  });

  it('goes to definitions in other files', async () => {
    const document = await vscode.workspace.openTextDocument(workspaceFile('serving.tf'));
    const offset = document.getText().indexOf('aws_ecs_cluster.main.id') + 'aws_ecs_cluster.ma'.length;
    const own = await until('a definition', async () => {
      const found = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
        'vscode.executeDefinitionProvider',
        document.uri,
        document.positionAt(offset),
      );
      return found.length > 0 ? found : undefined;
    });
    assert.equal(own.length, 1);
    const variable = document.getText().indexOf('var.subnet_ids') + 6;
    const [far] = await vscode.commands.executeCommand<(vscode.Location | vscode.LocationLink)[]>(
      'vscode.executeDefinitionProvider',
      document.uri,
      document.positionAt(variable),
    );
    assert.ok(far);
    assert.ok(('uri' in far ? far.uri : far.targetUri).path.endsWith('variables.tf'));
  });

  it('formats as terraform does', async () => {
    await withText('outputs.tf', 'output "x" {\nvalue=1\n  description   = "d"\n}\n', async (document) => {
      await vscode.commands.executeCommand('editor.action.formatDocument');
      assert.equal(document.getText(), 'output "x" {\n  value       = 1\n  description = "d"\n}\n');
    });
  });

  it('stays quiet about random bytes', async () => {
    const noise = Array.from({ length: 4000 }, (_, index) => String.fromCharCode((index * 7919) % 900)).join(
      '',
    );
    await withText('outputs.tf', noise, async (document) => {
      await until('a diagnostic', () =>
        vscode.languages.getDiagnostics(document.uri).length > 0 ? true : undefined,
      );
    });
    await until('no diagnostic', () =>
      vscode.languages.getDiagnostics(workspaceFile('outputs.tf')).length === 0 ? true : undefined,
    );
  });
});
