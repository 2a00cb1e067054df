import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { parse } from '../../server/hcl/parser';
import { Documents } from '../../server/lsp/documents';
import { toUri } from '../../server/lsp/uris';

describe('documents', () => {
  let folder: string;
  let documents: Documents;
  const uriOf = (name: string) => toUri(path.join(folder, name));
  const at = (line: number, character: number) => ({ line, character });

  beforeEach(() => {
    folder = mkdtempSync(path.join(os.tmpdir(), 'terratrain-documents-'));
    documents = new Documents();
  });

  afterEach(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it('apply changes one after the other, in UTF-16 and with any line ends', () => {
    const uri = uriOf('a.tf');
    documents.open(uri, 1, 'a = "😀"\r\nb = 2\r\n');
    const changed = documents.change(uri, 2, [
      { range: { start: at(0, 7), end: at(0, 7) }, text: '!' },
      { range: { start: at(1, 4), end: at(1, 5) }, text: '[\n  3,\n]' },
      { range: { start: at(3, 1), end: at(9, 0) }, text: '\nc = var.x\n' },
    ]);
    const text = 'a = "😀!"\r\nb = [\n  3,\n]\nc = var.x\n';
    assert.equal(changed?.syntax.text, text);
    assert.deepEqual(changed.syntax.errors, parse(text).errors);
    assert.equal(changed.syntax.body.items.length, 3);
    assert.deepEqual(changed.lines.positionAt(text.indexOf('c = ')), at(4, 0));
    assert.equal(documents.change(uri, 3, [{ text: '' }])?.syntax.text, '');
    assert.equal(documents.change(uriOf('other.tf'), 1, []), undefined);
  });

  it('lie over the disk', () => {
    const file = path.join(folder, 'a.tf');
    writeFileSync(file, 'disk = 1\n');
    assert.equal(documents.read(file), 'disk = 1\n');
    documents.open(uriOf('a.tf'), 1, 'open = 1\n');
    documents.open(uriOf('new.tf'), 1, 'new = 1\n');
    assert.equal(documents.read(file), 'open = 1\n');
    assert.deepEqual([...documents.list(folder)].sort(), ['a.tf', 'new.tf']);
    documents.close(uriOf('a.tf'));
    documents.close(uriOf('new.tf'));
    assert.equal(documents.read(file), 'disk = 1\n');
    writeFileSync(file, 'disk = 1234\n');
    assert.equal(documents.read(file), 'disk = 1234\n');
    rmSync(file);
    assert.equal(documents.read(file), undefined);
    assert.deepEqual(documents.list(path.join(folder, 'absent')), []);
    assert.equal(documents.read(folder), undefined);
  });
});
