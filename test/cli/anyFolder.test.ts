import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { terratrain } from './commandLine';

/** Folders as they are in the world: check and format say what is wrong, and go on. */
describe('check and format of any folder', function () {
  this.timeout(60_000);
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'terratrain-any-'));
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const write = (name: string, text: string | Buffer): void => {
    const file = path.join(folder, ...name.split('/'));
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
  };
  const link = (name: string, target: string): boolean => {
    try {
      fs.symlinkSync(target, path.join(folder, ...name.split('/')));
      return true;
    } catch (error) {
      // Windows lets only some accounts make links.
      if (error instanceof Error && 'code' in error && error.code === 'EPERM') return false;
      throw error;
    }
  };
  /** `file code` of each finding. */
  const check = async (): Promise<string[]> => {
    const { stdout, stderr } = await terratrain(folder, ['check', '--json']);
    assert.equal(stderr, '');
    const findings = JSON.parse(stdout) as { readonly file: string; readonly code: string }[];
    return [...new Set(findings.map(({ file, code }) => `${file} ${code}`))].sort();
  };

  const sound = 'variable "a" {\n}\noutput "o" {\n  value = var.a\n}\n';

  it('passes over folders that are named like files', async () => {
    write('dir.tf/main.tf', 'a=1\n');
    write('dir.tfvars/x.txt', '');
    write('dir.tf.json/x.txt', '');
    write('main.tf', sound);
    assert.deepEqual(await check(), []);
    const formatted = await terratrain(folder, ['format', '--recursive']);
    assert.deepEqual(
      [formatted.code, formatted.stdout, formatted.stderr],
      [0, `${path.join('dir.tf', 'main.tf')}\n`, ''],
    );
  });

  it('tells of links that lead nowhere or in a circle, and does not follow circles of folders', async function () {
    write('main.tf', sound);
    if (!link('dangling.tf', 'nowhere.tf')) return;
    link('loop.tf', 'pool.tf');
    link('pool.tf', 'loop.tf');
    link('self', '.');
    fs.mkdirSync(path.join(folder, 'inner'));
    link('inner/up', '..');
    assert.deepEqual(await check(), [
      'dangling.tf unreadable-file',
      'loop.tf unreadable-file',
      'pool.tf unreadable-file',
    ]);
    const formatted = await terratrain(folder, ['format', '--recursive', '--check']);
    assert.deepEqual([formatted.code, formatted.stdout, formatted.stderr], [0, '', '']);
    const asked = await terratrain(folder, ['format', 'loop.tf']);
    assert.equal(asked.code, 2);
    assert.match(asked.stderr, /"loop\.tf" cannot be read/);
  });

  it('tells of text that is not UTF-8, and leaves it as it is', async () => {
    const bytes = Buffer.from('locals {\n a="\xff"\n}\n', 'latin1');
    write('latin.tf', bytes);
    write('fine.tf', 'locals {\n  replacement = "\uFFFD"\n}\n');
    const findings = await check();
    assert.deepEqual(
      findings.filter((finding) => !finding.endsWith('unused-declaration')),
      ['latin.tf not-utf-8'],
    );
    const formatted = await terratrain(folder, ['format']);
    assert.equal(formatted.code, 2);
    assert.match(formatted.stderr, /latin\.tf.*not UTF-8/);
    assert.deepEqual(fs.readFileSync(path.join(folder, 'latin.tf')), bytes);
  });

  it('takes empty files, CR LF, byte order marks and unusual names', async () => {
    write('empty.tf', '');
    write('blank.tf', '\n\n  \n');
    write('crlf.tf', sound.replaceAll('\n', '\r\n'));
    write('mark.tf', '\uFEFFoutput "m" {\n  value = 1\n}\n');
    write("ü [1] 日本 'x' #.tf", 'output "n" {\n  value = 1\n}\n');
    write('-dash.tf', 'output "d" {\n  value = 1\n}\n');
    write('.hidden.tf', 'not read');
    write('backup.tf~', 'not read');
    write('#auto.tf#', 'not read');
    assert.deepEqual(await check(), []);
    const { code, stderr } = await terratrain(folder, ['format', '--check']);
    assert.deepEqual([code, stderr], [3, '']);
  });

  it('says of JSON that is no configuration what is wrong with it', async () => {
    write('package.tf.json', '{"name": "x", "dependencies": {"a": "1"}}');
    write('empty.tf.json', '');
    write('list.tf.json', '[1, "a", null]');
    write('text.tf.json', '"resource"');
    write('mark.tf.json', '\uFEFF{}');
    write('commented.tf.json', '{\n  // no\n}\n');
    write('terraform.tfvars.json', '[]');
    write('other.json', 'not read');
    assert.deepEqual(await check(), [
      'commented.tf.json json-comment',
      'empty.tf.json json-value-expected',
      'list.tf.json json-body-expected',
      'mark.tf.json json-byte-order-mark',
      'package.tf.json unknown-argument',
      'terraform.tfvars.json json-root',
      'text.tf.json json-body-expected',
    ]);
    const formatted = await terratrain(folder, ['format', '--check']);
    assert.deepEqual([formatted.code, formatted.stdout, formatted.stderr], [0, '', '']);
  });

  it('reads modules that are written in both notations', async () => {
    write('main.tf.json', '{"module": {"m": {"source": "./m", "size": "${var.size}"}}}');
    write('variables.tf', 'variable "size" {\n}\n');
    write(
      'm/main.tf.json',
      '{"variable": {"size": {}}, "output": {"o": {"value": "${var.size + var.gone}"}}}',
    );
    write('terraform.tfvars.json', '{"size": 1, "sise": 2}');
    const findings = await check();
    assert.deepEqual(
      findings.map((finding) => finding.split(' ')[0]),
      ['m/main.tf.json', 'terraform.tfvars.json'],
    );
  });

  it('takes files of ten megabytes, and says so of larger ones', async () => {
    const lines = Array.from(
      { length: 10_000 },
      (_, order) => `  value_${order} = [1, { b = var.gone }] # ${'x'.repeat(1000)}\n`,
    );
    write('big.tf', `locals {\n${lines.join('')}}\n`);
    write('huge.tf', `# ${'x'.repeat(17 * 1024 * 1024)}\n`);
    assert.deepEqual(await check(), ['huge.tf unreadable-file']);
    fs.rmSync(path.join(folder, 'huge.tf'));
    const { stdout, code } = await terratrain(folder, ['check']);
    assert.equal(code, 1);
    assert.match(stdout, /"var\.gone"/);
  });
});
