import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import type { World } from '../../server/cty/functions/function';
import { MissingFileError } from '../../server/cty/functions/function';
import { openWorld } from '../../server/cty/world';

describe('the world as functions see it', () => {
  let folder = '';
  let world: World;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(tmpdir(), 'terratrain-world-'));
    world = openWorld(folder);
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  function write(name: string, text = name): void {
    const file = path.join(folder, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  }

  it('starts from its folder, whatever the current one is', () => {
    write('a.txt', 'hello');
    assert.equal(world.baseFolder, path.resolve(folder));
    assert.equal(Buffer.from(world.readFile('a.txt') ?? []).toString(), 'hello');
    assert.equal(Buffer.from(world.readFile(path.join(folder, 'a.txt')) ?? []).toString(), 'hello');
    assert.equal(world.fileExists('a.txt'), true);
    assert.equal(world.fileExists('b.txt'), false);
  });

  it('tells a missing file from others that cannot be read', () => {
    write('one/a.txt');
    assert.throws(() => world.readFile('b.txt'), MissingFileError);
    assert.throws(
      () => world.readFile('one'),
      (error: unknown) =>
        error instanceof Error &&
        !(error instanceof MissingFileError) &&
        error.message.includes('is a directory'),
    );
    assert.throws(() => world.fileExists('one'), /"one" is a directory, not a file/);
  });

  it('does not read what is larger than 16 MiB', () => {
    const file = path.join(folder, 'large.bin');
    fs.writeFileSync(file, '');
    fs.truncateSync(file, 16 * 1024 * 1024);
    assert.equal(world.readFile('large.bin')?.length, 16 * 1024 * 1024);
    fs.truncateSync(file, 16 * 1024 * 1024 + 1);
    assert.equal(world.readFile('large.bin'), undefined);
    assert.equal(world.fileExists('large.bin'), true);
  });

  it('finds files by parts of their names, with slashes on every system', () => {
    for (const name of ['a.txt', 'one/b.txt', 'one/two/c.txt', 'one/two/d.dat']) write(name);
    assert.deepEqual(world.findFiles('.', '**/*.txt')?.toSorted(), ['a.txt', 'one/b.txt', 'one/two/c.txt']);
    assert.deepEqual(world.findFiles('one', '*/*')?.toSorted(), ['two/c.txt', 'two/d.dat']);
    assert.deepEqual(world.findFiles('one', '../*.txt'), ['../a.txt']);
    assert.deepEqual(world.findFiles(path.join(folder, 'one'), '*.txt'), ['b.txt']);
    assert.deepEqual(world.findFiles('nope', '*'), []);
    assert.throws(() => world.findFiles('.', '['), /syntax error in pattern/);
  });

  it('takes the name of its own folder as it is, not as a pattern', () => {
    write('[x]/{y}/a.txt');
    assert.deepEqual(openWorld(path.join(folder, '[x]', '{y}')).findFiles('.', '*.txt'), ['a.txt']);
  });

  it('ends where a link leads back up', () => {
    write('one/a.txt');
    fs.symlinkSync(folder, path.join(folder, 'one', 'loop'), 'junction');
    const found = world.findFiles('.', '**/a.txt');
    assert.ok(found === undefined || found.includes('one/a.txt'));
  });

  it('gives up on more than 50,000 entries', () => {
    for (let at = 0; at < 230; at++) write(`hub/${at}`);
    fs.mkdirSync(path.join(folder, 'wide'));
    for (let at = 0; at < 230; at++) {
      fs.symlinkSync(path.join(folder, 'hub'), path.join(folder, 'wide', `to${at}`), 'junction');
    }
    assert.equal(world.findFiles('wide', '*')?.length, 0);
    assert.equal(world.findFiles('hub', '*')?.length, 230);
    assert.equal(world.findFiles('wide', '*/*'), undefined);
  });
});
