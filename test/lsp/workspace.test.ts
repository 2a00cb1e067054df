import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { findDefinition } from '../../server/features/definition';
import { diagnose } from '../../server/features/diagnostics';
import { toPath, toUri } from '../../server/lsp/uris';
import { Workspace } from '../../server/lsp/workspace';
import { fakeSchemas } from '../support/fakeSchemas';

const silent = { begin: () => undefined, report: () => undefined, end: () => undefined };

describe('workspaces on a disk', () => {
  let root: string;
  let workspace: Workspace;

  const at = (name: string) => path.join(root, ...name.split('/'));
  const write = (name: string, text: string) => {
    mkdirSync(path.dirname(at(name)), { recursive: true });
    writeFileSync(at(name), text);
    return at(name);
  };
  const open = (name: string, text: string) => {
    workspace.documents.open(toUri(at(name)), 1, text);
    workspace.edited(at(name));
  };
  /** The codes of what is wrong with a file; that nothing reads a name is not asked for here. */
  const codes = (name: string): string[] =>
    diagnose(workspace.snapshot(), at(name)).flatMap(({ code }) =>
      code.startsWith('unused-') ? [] : [code],
    );
  const relative = (folders: readonly string[]) =>
    folders.map((folder) => path.relative(root, folder).split(path.sep).join('/')).sort();

  beforeEach(() => {
    root = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'terratrain-workspace-')));
    workspace = new Workspace(fakeSchemas, silent);
    workspace.setWatched();
    workspace.setFolders([root]);
  });

  afterEach(() => {
    workspace.stop();
    rmSync(root, { recursive: true, force: true });
  });

  const called = 'variable "name" {\n  type = string\n}\noutput "id" {\n  value = var.name\n}\n';
  const call = (source: string, name = 'm') =>
    `module "${name}" {\n  source = "${source}"\n  name   = "x"\n}\noutput "o_${name}" {\n  value = module.${name}.id\n}\n`;

  // hashicorp/terraform-ls 1398 and 937.
  it('LS#1398 and LS#937: follow links to the folders of modules', async () => {
    write('shared/net/main.tf', called);
    mkdirSync(at('live'));
    symlinkSync(at('shared/net'), at('live/net'), 'junction');
    write('live/main.tf', `${call('./net')}output "none" {\n  value = module.m.none\n}\n`);
    await workspace.index();
    assert.deepEqual(codes('live/main.tf'), ['undeclared-output']);
    const text = workspace.documents.read(at('live/main.tf')) ?? '';
    const found = findDefinition(workspace.snapshot(), at('live/main.tf'), text.indexOf('m.id') + 3);
    assert.equal(found?.target.path, at('live/net/main.tf'));
  });

  it('do not go round in circles of links', async () => {
    write('main.tf', 'locals {}\n');
    symlinkSync(root, at('again'), 'junction');
    assert.deepEqual(relative(await workspace.index()), ['']);
  });

  // hashicorp/vscode-terraform 1875.
  it('take blanks, letters of any language, percent signs and hashes in names', async () => {
    const folder = 'häuser & höfe/100%25 #1 日本/ü';
    write(`${folder}/net work/main.tf`, called);
    const file = write(`${folder}/main.tf`, call('./net work'));
    await workspace.index();
    assert.equal(toPath(toUri(file)), file);
    open(`${folder}/main.tf`, call('./net work').replace('m.id', 'm.none'));
    assert.deepEqual(codes(`${folder}/main.tf`), ['undeclared-output']);
    assert.equal(workspace.documents.uriOf(file), toUri(file));
  });

  it('know a document by its path, however its URI is written', () => {
    const file = write('a b/ü.tf', '');
    const written = toUri(file).replace('%20', ' ').replace('%C3%BC', 'ü');
    assert.equal(toPath(written), file);
    assert.equal(toPath(toUri(file).replace(/%C3%BC/, '%c3%bc')), file);
  });

  // hashicorp/vscode-terraform 1102, 382 and hashicorp/terraform-ls 155.
  it('live with URIs that are no files of this machine', () => {
    const uris = [
      '',
      'untitled:Untitled-1',
      'file://wsl%24/Ubuntu/home/x/main.tf',
      'file://wsl.localhost/Ubuntu/home/x/main.tf',
      'vscode-remote://wsl%2Bubuntu/home/x/main.tf',
      'git:/x/main.tf?%7B%22ref%22%3A%22~%22%7D',
      'file:///x%zz/main.tf',
    ];
    const paths = uris.map(toPath);
    assert.equal(new Set(paths).size, uris.length);
    for (const [index, uri] of uris.entries()) {
      const file = paths[index] ?? '';
      assert.ok(path.isAbsolute(file), uri);
      workspace.documents.open(uri, 1, 'resource "aws_bucket" "b" {\n  nothing = 1\n}\n');
      workspace.edited(file);
      assert.deepEqual(
        diagnose(workspace.snapshot(), file).map(({ code }) => code),
        ['unknown-argument'],
        uri,
      );
      assert.equal(workspace.documents.uriOf(file), uri);
    }
  });

  // hashicorp/terraform-ls 2145.
  it('know in each folder what its own init installed', async () => {
    for (const name of ['one', 'two']) {
      write(`${name}/main.tf`, call('git::https://example.com/net.git'));
      const modules = [{ Key: 'm', Source: 'git::https://example.com/net.git', Dir: '.terraform/modules/m' }];
      write(`${name}/.terraform/modules/modules.json`, JSON.stringify({ Modules: modules }));
    }
    write('one/.terraform/modules/m/main.tf', called);
    write(
      'two/.terraform/modules/m/main.tf',
      called.replace('"name"', '"title"').replace('var.name', 'var.title'),
    );
    workspace.setFolders([at('one'), at('two')]);
    await workspace.index();
    assert.deepEqual(codes('one/main.tf'), []);
    assert.deepEqual(codes('two/main.tf').sort(), ['missing-argument', 'unknown-argument']);
  });

  // hashicorp/terraform-ls 1107.
  it('give two calls of one source the same module', async () => {
    write('net/main.tf', called);
    write('main.tf', `${call('./net', 'a')}${call('./net', 'b')}`);
    await workspace.index();
    const { index } = workspace.snapshot();
    const module = index.module(root);
    const [a, b] = ['module.a', 'module.b'].map((address) => {
      const declaration = module.find(address);
      return declaration === undefined ? undefined : index.called(declaration, module);
    });
    assert.ok(a !== undefined && a === b);
    assert.deepEqual(
      index.callsOf(a).map((each) => each.call.address),
      ['module.a', 'module.b'],
    );
    assert.deepEqual(codes('main.tf'), []);
  });

  // hashicorp/terraform-ls 598.
  it('know local modules without terraform init, and say of others once and softly that they are not known', async () => {
    write('net/main.tf', called);
    write('main.tf', `${call('./net', 'a')}${call('terraform-aws-modules/vpc/aws', 'b')}`);
    await workspace.index();
    const found = diagnose(workspace.snapshot(), at('main.tf'));
    assert.deepEqual(
      found.map(({ severity, code }) => `${severity} ${code}`),
      ['information module-not-installed'],
    );
  });

  it('walk neither hidden folders nor what git ignores nor packages of other tools', async () => {
    for (const name of [
      'main.tf',
      'sub/main.tf',
      'old/main.tf',
      'old/deep/main.tf',
      'kept/build/main.tf',
      'sub/generated/main.tf',
      '.terraform/modules/m/main.tf',
      '.git/x/main.tf',
      'node_modules/x/main.tf',
    ])
      write(name, 'locals {}\n');
    write('.gitignore', 'old/\n/build\n');
    write('sub/.gitignore', 'generated\n');
    assert.deepEqual(relative(await workspace.index()), ['', 'kept/build', 'sub']);
  });

  it('live with files and folders that cannot be read', async () => {
    symlinkSync(at('nowhere.tf'), at('gone.tf'));
    symlinkSync(at('round'), at('round'), 'junction');
    mkdirSync(at('folder.tf'));
    write('main.tf', `output "o" {\n  value = var.elsewhere\n}\n${call('./round')}`);
    await workspace.index();
    // What nobody could read may declare anything.
    assert.deepEqual(codes('main.tf'), ['module-not-found']);
    assert.deepEqual(workspace.snapshot().index.module(root).unread, ['gone.tf']);
  });

  it('follow files that vanish and come back', async () => {
    write('main.tf', 'output "o" {\n  value = var.region\n}\n');
    const values = write('values.tf', 'variable "region" {}\n');
    await workspace.index();
    assert.deepEqual(codes('main.tf'), []);
    rmSync(values);
    workspace.filesChanged([values]);
    assert.deepEqual(codes('main.tf'), ['undeclared-variable']);
    write('values.tf', 'variable "region" {}\n');
    workspace.filesChanged([values]);
    assert.deepEqual(codes('main.tf'), []);
  });

  it('follow the folder of a module that vanishes and comes back', async () => {
    write('main.tf', call('./net'));
    write('net/main.tf', called);
    await workspace.index();
    assert.deepEqual(codes('main.tf'), []);
    rmSync(at('net'), { recursive: true });
    workspace.filesChanged([at('net/main.tf'), at('net')]);
    assert.deepEqual(codes('main.tf'), ['module-not-found']);
    write('net/main.tf', called);
    workspace.filesChanged([at('net'), at('net/main.tf')]);
    assert.deepEqual(codes('main.tf'), []);
  });

  it('keep the text of an open document whose file is deleted, till it is closed', async () => {
    const values = write('values.tf', 'variable "region" {}\n');
    write('main.tf', 'output "o" {\n  value = var.region\n}\n');
    await workspace.index();
    open('values.tf', 'variable "region" {}\nvariable "more" {}\n');
    rmSync(values);
    workspace.filesChanged([values]);
    assert.deepEqual(codes('main.tf'), []);
    assert.ok(workspace.snapshot().index.module(root).find('var.more'));
    workspace.documents.close(toUri(values));
    workspace.edited(values);
    assert.deepEqual(codes('main.tf'), ['undeclared-variable']);
  });

  // hashicorp/vscode-terraform 1886, hashicorp/terraform-ls 524 and 716.
  it('are up to date after a branch switch that touches 2,000 files', async () => {
    const folders = 40;
    const files = 50;
    const names: string[] = [];
    for (let folder = 0; folder < folders; folder += 1) {
      for (let file = 0; file < files; file += 1) names.push(`m${folder}/f${file}.tf`);
    }
    const fill = (name: string, suffix: string) => {
      const own = path.basename(name, '.tf');
      return write(
        name,
        `variable "${own}${suffix}" {}\noutput "${own}" {\n  value = var.${own}${suffix}\n}\n`,
      );
    };
    const paths = names.map((name) => fill(name, ''));
    write('main.tf', 'module "m" {\n  source = "./m7"\n}\n');
    await workspace.index();
    const before = codes('main.tf');
    assert.equal(before.length, files);
    open('m3/f1.tf', 'output "mine" {\n  value = var.f2\n}\n');
    assert.deepEqual(codes('m3/f1.tf'), []);
    const [kept, gone] = [names.slice(0, -files), names.slice(-files)];
    for (const name of kept) fill(name, '_b');
    for (const name of gone) rmSync(at(name));
    write('fresh/main.tf', 'locals {}\n');
    workspace.filesChanged([...paths, at('fresh/main.tf')]);
    assert.deepEqual(codes('m0/f0.tf'), []);
    assert.equal(codes('main.tf').length, files);
    assert.ok(workspace.snapshot().index.module(at('m7')).find('var.f9_b'));
    // The person's own text stays, and what it reads is gone with the branch.
    assert.deepEqual(codes('m3/f1.tf'), ['undeclared-variable']);
    assert.equal(workspace.snapshot().index.module(at(`m${folders - 1}`)).files.length, 0);
    const found = relative(await workspace.index());
    assert.ok(found.includes('fresh') && !found.includes(`m${folders - 1}`));
  }).timeout(20_000);

  it('find modules whose files are links', async () => {
    write('shared.tf', 'locals {}\n');
    mkdirSync(at('linked'));
    symlinkSync(at('shared.tf'), at('linked/main.tf'));
    assert.deepEqual(relative(await workspace.index()), ['', 'linked']);
  });

  it('find stacks that no module lies beside, and take none for a root module', async () => {
    write('stack/main.tfcomponent.hcl', 'component "net" {\n  source = "../net"\n}\n');
    write('net/main.tf', 'variable "name" {}\n');
    assert.deepEqual(relative(await workspace.index()), ['net', 'stack']);
    const { index } = workspace.snapshot();
    assert.deepEqual(
      index.stackCallsOf(index.module(at('net'))).map(({ call: each }) => each.address),
      ['component.net'],
    );
    assert.ok(!relative(await workspace.rootModules()).includes('stack'));
  });

  it('know the stacks of the workspace, and that a component uses a module', async () => {
    write(
      'stack/main.tfcomponent.hcl',
      'component "net" {\n  source = "../modules/net"\n  inputs = { nam = "x" }\n}\n',
    );
    write('modules/net/main.tf', called);
    await workspace.index();
    assert.deepEqual(codes('stack/main.tfcomponent.hcl'), ['missing-input', 'unknown-input']);
    open('modules/net/main.tf', called.replaceAll('name', 'nam'));
    assert.deepEqual(codes('stack/main.tfcomponent.hcl'), []);
  });
});
