import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Readable, Writable } from 'node:stream';
import { UsageError } from '../../server/cli/command';
import { format } from '../../server/cli/format';

const MESSY = 'a=1\nbb = 2\n';
const TIDY = 'a  = 1\nbb = 2\n';
const BROKEN = 'a = [\n';

describe('terratrain format', () => {
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'terratrain-format-'));
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('rewrites the files of a folder and lists those that changed', async () => {
    write({ 'main.tf': MESSY, 'tidy.tf': TIDY, 'x.tfvars': MESSY, 'notes.txt': MESSY, 'inner/a.tf': MESSY });
    assert.deepEqual(await run([]), { code: 0, stdout: 'main.tf\nx.tfvars\n', stderr: '' });
    assert.deepEqual(read('main.tf', 'tidy.tf', 'x.tfvars', 'notes.txt', 'inner/a.tf'), [
      TIDY,
      TIDY,
      TIDY,
      MESSY,
      MESSY,
    ]);
  });

  it('goes into folders with --recursive, but not into hidden ones or node_modules', async () => {
    write({
      'inner/a.tf': MESSY,
      '.terraform/b.tf': MESSY,
      'node_modules/c.tf': MESSY,
      'inner/d.tftest.hcl': MESSY,
    });
    const listed = [path.join('inner', 'a.tf'), path.join('inner', 'd.tftest.hcl')]
      .map((name) => `${name}\n`)
      .join('');
    assert.deepEqual(await run(['--recursive', '.']), { code: 0, stdout: listed, stderr: '' });
    assert.deepEqual(read('inner/a.tf', '.terraform/b.tf', 'node_modules/c.tf'), [TIDY, MESSY, MESSY]);
  });

  it('only lists with --check, and then exits 3', async () => {
    write({ 'main.tf': MESSY });
    assert.deepEqual(await run(['--check']), { code: 3, stdout: 'main.tf\n', stderr: '' });
    assert.deepEqual(read('main.tf'), [MESSY]);
    write({ 'main.tf': TIDY });
    assert.deepEqual(await run(['--check']), { code: 0, stdout: '', stderr: '' });
  });

  it('leaves a file that does not parse as it is, says where, and goes on', async () => {
    write({ 'broken.tf': BROKEN, 'main.tf': MESSY });
    const { code, stdout, stderr } = await run([]);
    assert.equal(code, 2);
    assert.equal(stdout, 'main.tf\n');
    assert.match(stderr, /^broken\.tf:1:5: This "\[" is never closed/);
    assert.deepEqual(read('broken.tf', 'main.tf'), [BROKEN, TIDY]);
  });

  it('refuses bytes that are no UTF-8 instead of replacing them', async () => {
    const bytes = Buffer.from([0x61, 0x3d, 0x22, 0xff, 0x22, 0x0a]);
    fs.writeFileSync(path.join(folder, 'latin.tf'), bytes);
    const { code, stderr } = await run(['latin.tf']);
    assert.equal(code, 2);
    assert.match(stderr, /latin\.tf:1:1: The file is not UTF-8 text/);
    assert.deepEqual(fs.readFileSync(path.join(folder, 'latin.tf')), bytes);
  });

  it('formats standard input', async () => {
    assert.deepEqual(await run(['-'], 'a=1'), { code: 0, stdout: 'a = 1\n', stderr: '' });
    assert.deepEqual(await run(['-', '--check'], TIDY), { code: 0, stdout: '', stderr: '' });
    assert.equal((await run(['-', '--check'], MESSY)).code, 3);
    const broken = await run(['-'], BROKEN);
    assert.deepEqual([broken.code, broken.stdout], [2, '']);
  });

  it('refuses what it does not know', async () => {
    write({ 'notes.txt': MESSY });
    await assert.rejects(run(['--chek']), UsageError);
    await assert.rejects(run(['nowhere.tf']), /There is no file or folder "nowhere\.tf"/);
    await assert.rejects(run(['notes.txt']), /no Terraform file/);
    await assert.rejects(run(['-', 'main.tf']), UsageError);
  });

  async function run(
    args: readonly string[],
    input = '',
  ): Promise<{ code: number; stdout: string; stderr: string }> {
    const stdout = new Sink();
    const stderr = new Sink();
    const code = await format.run(args, {
      stdout,
      stderr,
      stdin: Readable.from([Buffer.from(input)]),
      cwd: folder,
      env: {},
      colour: false,
      signal: new AbortController().signal,
    });
    return { code, stdout: stdout.text, stderr: stderr.text };
  }

  function write(files: Readonly<Record<string, string>>): void {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, name);
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
  }

  function read(...names: readonly string[]): string[] {
    return names.map((name) => fs.readFileSync(path.join(folder, name), 'utf8'));
  }
});

class Sink extends Writable {
  text = '';

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.text += chunk.toString();
    done();
  }
}
