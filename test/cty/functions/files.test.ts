import assert from 'node:assert/strict';
import * as path from 'node:path';
import { baseName, cleanPath, folderName, withHome, withSlashes } from '../../../server/cty/functions/files';
import { memoryWorld } from '../memoryWorld';

const { posix, win32 } = path;

describe('paths as Go understands them', () => {
  it('are cleaned', () => {
    const cases = [
      ['', '.'],
      ['a//b/', 'a/b'],
      ['/', '/'],
      ['/..', '/'],
      ['a/..', '.'],
      ['../a', '../a'],
      ['./', '.'],
    ];
    for (const [name = '', wanted] of cases) assert.equal(cleanPath(name, posix), wanted, name);
    const windows = [
      ['', '.'],
      ['a/b\\', 'a\\b'],
      ['C:\\', 'C:\\'],
      ['C:\\a\\..\\b', 'C:\\b'],
      ['a\\.\\b', 'a\\b'],
    ];
    for (const [name = '', wanted] of windows) assert.equal(cleanPath(name, win32), wanted, name);
  });

  it('end in a name', () => {
    for (const [name = '', wanted] of [
      ['', '.'],
      ['/', '/'],
      ['a/b/', 'b'],
      ['a\\b', 'a\\b'],
    ]) {
      assert.equal(baseName(name, posix), wanted, name);
    }
    for (const [name = '', wanted] of [
      ['', '.'],
      ['C:\\a\\b.txt', 'b.txt'],
      ['a/b', 'b'],
      ['\\', '\\'],
    ]) {
      assert.equal(baseName(name, win32), wanted, name);
    }
  });

  it('start with a folder', () => {
    for (const [name = '', wanted] of [
      ['', '.'],
      ['a', '.'],
      ['/a', '/'],
      ['a/b/', 'a/b'],
      ['a//b', 'a'],
      ['a\\b', '.'],
    ]) {
      assert.equal(folderName(name, posix), wanted, name);
    }
    for (const [name = '', wanted] of [
      ['a', '.'],
      ['C:\\a', 'C:\\'],
      ['a/b\\c', 'a\\b'],
      ['C:\\a\\b', 'C:\\a'],
      ['\\a', '\\'],
    ]) {
      assert.equal(folderName(name, win32), wanted, name);
    }
  });

  it('are shown with slashes, and keep the backslashes that are part of a name', () => {
    assert.equal(withSlashes('a\\b/c', win32), 'a/b/c');
    assert.equal(withSlashes('a\\b/c', posix), 'a\\b/c');
  });

  it('may start at home, but not at another one', () => {
    const world = memoryWorld();
    assert.equal(withHome('~', world), path.resolve('/home/ann'));
    assert.equal(withHome('~/a//b/', world), path.resolve('/home/ann/a/b'));
    assert.equal(withHome('a~', world), 'a~');
    assert.throws(() => withHome('~bob/a', world), /user-specific home/);
  });
});
