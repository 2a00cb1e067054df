import assert from 'node:assert/strict';
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { Client } from './client';

describe('settings over stdio', () => {
  let folder: string;
  let client: Client;
  let uri: string;
  const text = 'locals {\n  a = 1\n}\n';
  const ignore = { diagnostics: { ignore: ['unused-declaration'] } };

  beforeEach(() => {
    folder = realpathSync(mkdtempSync(path.join(os.tmpdir(), 'terratrain-settings-')));
    writeFileSync(path.join(folder, 'main.tf'), text);
    uri = pathToFileURL(path.join(folder, 'main.tf')).href;
  });
  afterEach(async () => {
    await client.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  it('LS#1610: are taken from an editor that only sends them', async () => {
    client = new Client();
    await client.start(folder);
    await client.open(uri, text);
    assert.deepEqual(await client.codes(uri, (codes) => codes.length === 1), ['unused-declaration']);
    await client.configure(ignore);
    await client.codes(uri, (codes) => codes.length === 0);
    await client.configure({});
    assert.deepEqual(await client.codes(uri, (codes) => codes.length === 1), ['unused-declaration']);
  });

  it('are asked for where they can be, and again when they change', async () => {
    client = new Client(ignore);
    await client.start(folder, { workspace: { configuration: true } });
    await client.open(uri, text);
    await client.codes(uri, (codes) => codes.length === 0);
    await client.configure({ diagnostics: { ignore: 'nonsense', validateOnSave: 1 } });
    assert.deepEqual(await client.codes(uri, (codes) => codes.length === 1), ['unused-declaration']);
  });
});
