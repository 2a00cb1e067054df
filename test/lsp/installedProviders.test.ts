import assert from 'node:assert/strict';
import { spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import {
  createProtocolConnection,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { PublishDiagnosticsParams } from 'vscode-languageserver/node';
import { InstalledProviders } from '../../server/lsp/installedProviders';
import { programAtHand } from '../../server/lsp/programAtHand';
import { workspaceTrusted } from '../../server/lsp/protocol';
import type { TerraformProgram } from '../../server/lsp/protocol';
import { runProvidersSchema } from '../../server/lsp/schemaProgram';
import { fakeSchemas } from '../support/fakeSchemas';

/** Node itself plays terraform: this is loaded first, prints a schema of the locked version, and ends. */
const player = `
const { readFileSync, appendFileSync } = require('node:fs');
if (process.argv[1]?.endsWith('providers') && process.argv[2] === 'schema') {
  appendFileSync(process.env.PLAYED, process.env.TF_DATA_DIR + ' ' + process.env.TF_CLI_CONFIG_FILE + '\\n');
  const lock = readFileSync('.terraform.lock.hcl', 'utf8');
  const version = /version = "(.+)"/.exec(lock)[1];
  if (version === '0.0.0') {
    process.stderr.write('╷\\n│ Error: checksum\\n│   mismatch\\n╵\\n');
    process.exit(1);
  }
  const block = { attributes: { ['v' + version.replaceAll('.', '_')]: { type: 'string', optional: true } } };
  const schema = { resource_schemas: { aws_bucket: { version: 0, block } } };
  const provider_schemas = { 'registry.terraform.io/hashicorp/aws': schema };
  require('node:fs').writeSync(1, JSON.stringify({ provider_schemas }));
  process.exit(0);
}
`;

describe('installed providers in the language server', () => {
  let top: string;
  let root: string;
  let problems: string[];
  let changed: () => void;
  let providers: InstalledProviders;
  const program: TerraformProgram = { path: process.execPath, version: '1.11.4', product: 'terraform' };
  const names = ['NODE_OPTIONS', 'XDG_CACHE_HOME', 'PLAYED', 'TF_DATA_DIR'] as const;
  const kept = Object.fromEntries(names.map((name) => [name, process.env[name]]));
  let built: string;

  before(async function () {
    this.timeout(60_000);
    built = mkdtempSync(path.join(os.tmpdir(), 'terratrain-lsp-built-'));
    await build({
      entryPoints: [path.join(__dirname, '../../server/lsp/main.ts')],
      outfile: path.join(built, 'server.js'),
      bundle: true,
      platform: 'node',
      target: 'node20',
    });
  });
  after(() => {
    rmSync(built, { recursive: true, force: true });
  });

  beforeEach(() => {
    top = mkdtempSync(path.join(os.tmpdir(), 'terratrain-lsp-installed-'));
    root = path.join(top, 'root');
    problems = [];
    writeFileSync(path.join(top, 'player.cjs'), player);
    // Node wants slashes and quotes in this variable on every platform.
    process.env.NODE_OPTIONS = `--require "${path.join(top, 'player.cjs').replaceAll('\\', '/')}"`;
    process.env.XDG_CACHE_HOME = path.join(top, 'cache');
    process.env.PLAYED = path.join(top, 'played');
    changed = () => undefined;
    providers = open();
  });
  afterEach(() => {
    providers.stop();
    for (const name of names) {
      const value = kept[name];
      if (value === undefined) Reflect.deleteProperty(process.env, name);
      else process.env[name] = value;
    }
    rmSync(top, { recursive: true, force: true });
  });

  const open = () =>
    new InstalledProviders({
      bundle: fakeSchemas,
      directories: () => Promise.resolve([root]),
      onChange: () => {
        changed();
      },
      onProblem: (message) => {
        problems.push(message);
        changed();
      },
    });
  const next = () => new Promise<void>((resolve) => (changed = resolve));
  const init = (version: string, data = '.terraform') => {
    mkdirSync(path.join(root, data, 'providers/registry.terraform.io/hashicorp/aws', version), {
      recursive: true,
    });
    const entry = `provider "registry.terraform.io/hashicorp/aws" {\n  version = "${version}"\n}\n`;
    writeFileSync(path.join(root, '.terraform.lock.hcl'), entry);
  };
  const told = () => {
    const { version, origin } = providers.schemas.provider('aws', [root])?.provenance ?? {};
    return `${version} ${origin}`;
  };

  it('are asked once the workspace is trusted, and again after another init', async () => {
    init('5.40.0');
    providers.look();
    assert.equal(told(), '6.66.0 bundled');
    const first = next();
    providers.configure(program);
    await first;
    assert.deepEqual(problems, []);
    assert.equal(told(), '5.40.0 installed');
    const block = providers.schemas.provider('hashicorp/aws', [root])?.block('resource', 'aws_bucket');
    assert.deepEqual(Object.keys(block?.attributes ?? {}), ['v5_40_0']);
    init('5.41.0');
    const second = next();
    for (let times = 0; times < 20; times += 1) providers.look();
    await second;
    assert.equal(told(), '5.41.0 installed');
    providers.configure(undefined);
    assert.equal(told(), '6.66.0 bundled');
  });

  it('are looked for where the data of terraform is kept', async () => {
    init('5.40.0', 'elsewhere');
    process.env.TF_DATA_DIR = 'elsewhere';
    const first = next();
    providers.configure(program);
    await first;
    assert.equal(told(), '5.40.0 installed');
  });

  it('are asked with the program the client names, else the one found, only in a trusted workspace', async () => {
    const found = () => Promise.resolve(program);
    const named = { ...program, version: '1.9.0' };
    const both = (known: TerraformProgram | undefined) => ({ known, runnable: known });
    const nothing = both(undefined);
    assert.deepEqual(await programAtHand({ trusted: true }, found), both(program));
    assert.deepEqual(await programAtHand({ trusted: true, terraform: named }, found), both(named));
    assert.deepEqual(await programAtHand({ terraform: named }, found), { known: named, runnable: undefined });
    assert.deepEqual(await programAtHand({}, found), nothing);
    assert.deepEqual(await programAtHand({ trusted: true }, undefined), nothing);
    const near = { ...program, path: 'node' };
    assert.deepEqual(await programAtHand({ trusted: true, terraform: near }, found), nothing);
  });

  it('are told about in one line when they fail', async () => {
    init('0.0.0');
    const first = next();
    providers.configure(program);
    await first;
    assert.match(
      problems[0] ?? '',
      /hashicorp\/aws 0\.0\.0 did not tell its schema.*: Error: checksum mismatch$/,
    );
    assert.equal(told(), '6.66.0 bundled');
  });

  it('LS#1540: stand in the diagnostics and hovers of a server whose client says that the workspace is trusted', async function () {
    this.timeout(20_000);
    init('5.40.0');
    const text = 'resource "aws_bucket" "b" {\n  v5_40_0 = "x"\n  other   = 1\n}\n';
    writeFileSync(path.join(root, 'main.tf'), text);
    const child = spawn(process.execPath, [path.join(built, 'server.js'), '--stdio']);
    const connection = createProtocolConnection(
      new StreamMessageReader(child.stdout),
      new StreamMessageWriter(child.stdin),
    );
    const said = new Promise<string>((resolve) => {
      connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
        const message = params.diagnostics.find(({ code }) => code === 'unknown-argument')?.message;
        if (typeof message === 'string') resolve(message);
      });
    });
    connection.listen();
    const uri = pathToFileURL(path.join(root, 'main.tf')).href;
    await connection.sendRequest('initialize', {
      processId: process.pid,
      capabilities: {},
      workspaceFolders: [{ uri: pathToFileURL(root).href, name: 'test' }],
      rootUri: null,
      initializationOptions: { trusted: false, terraform: program },
    });
    await connection.sendNotification('initialized', {});
    await connection.sendNotification('textDocument/didOpen', {
      textDocument: { uri, languageId: 'terraform', version: 1, text },
    });
    await connection.sendNotification(workspaceTrusted, { trusted: true, terraform: program });
    assert.match(await said, /There is no argument "other".*\(hashicorp\/aws 5\.40\.0 installed\)/);
    const hover = await connection.sendRequest('textDocument/hover', {
      textDocument: { uri },
      position: { line: 1, character: 4 },
    });
    assert.match(JSON.stringify(hover), /hashicorp\/aws 5\.40\.0 installed/);
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await connection.sendRequest('shutdown');
    await connection.sendNotification('exit');
    await ended;
    connection.dispose();
  });

  it('run with an empty configuration of the command line and nothing else of Terraform', async () => {
    process.env.TF_DATA_DIR = 'somewhere';
    mkdirSync(root);
    writeFileSync(path.join(root, '.terraform.lock.hcl'), 'version = "1.0.0"\n');
    const parts: Uint8Array[] = [];
    for await (const part of runProvidersSchema(process.execPath, root, new AbortController().signal))
      parts.push(part);
    assert.match(Buffer.concat(parts).toString('utf8'), /v1_0_0/);
    assert.equal(
      readFileSync(path.join(top, 'played'), 'utf8'),
      `undefined ${path.join(root, 'terraform.rc')}\n`,
    );
    const missing = runProvidersSchema(path.join(top, 'absent'), root, new AbortController().signal);
    await assert.rejects(missing.next(), /ENOENT/);
  });
});
