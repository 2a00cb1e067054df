import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { terratrain } from './commandLine';

describe('terratrain check', function () {
  this.timeout(30_000);
  let folder: string;

  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'terratrain-check-'));
  });

  afterEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  const write = (files: Readonly<Record<string, string | Buffer>>): void => {
    for (const [name, text] of Object.entries(files)) {
      const file = path.join(folder, ...name.split('/'));
      fs.mkdirSync(path.dirname(file), { recursive: true });
      fs.writeFileSync(file, text);
    }
  };

  it('reports what is wrong in the whole tree as JSON', async () => {
    write({
      'main.tf':
        'module "m" {\n  source = "./inner"\n}\nlocals {\n  é = "😀${var.gone}"\n}\noutput "o" {\n  value = local.é\n}\n',
      'inner/main.tf': 'resource "aws_ecs_cluster" "c" {\n  name = "x"\n  nam  = 1\n}\n',
      'terraform.tfvars': 'odd = 1\n',
      'other/main.tf': 'not read\n',
    });
    const { code, stdout, stderr } = await terratrain(folder, ['check', '--json']);
    assert.equal(stderr, '');
    assert.equal(code, 1);
    const findings = JSON.parse(stdout) as { message: string }[];
    assert.deepEqual(
      findings.map(({ message, ...rest }) => ({ ...rest, message: message.length > 10 })),
      [
        {
          file: 'main.tf',
          range: { start: { line: 4, character: 11 }, end: { line: 4, character: 19 } },
          severity: 'error',
          code: 'undeclared-variable',
          source: 'terratrain',
          message: true,
        },
        {
          file: 'inner/main.tf',
          range: { start: { line: 2, character: 2 }, end: { line: 2, character: 5 } },
          severity: 'error',
          code: 'unknown-argument',
          source: 'terratrain',
          message: true,
        },
        {
          file: 'terraform.tfvars',
          range: { start: { line: 0, character: 0 }, end: { line: 0, character: 3 } },
          severity: 'warning',
          code: 'value-without-variable',
          source: 'terratrain',
          message: true,
        },
      ],
    );
  });

  it('is content with a sound configuration, and with none at all', async () => {
    const none = await terratrain(folder, ['check', '--json']);
    assert.deepEqual([none.code, none.stdout], [0, '[]\n']);
    assert.match(none.stderr, /no Terraform files/);
    write({ 'main.tf': 'variable "a" {}\noutput "b" {\n  value = var.a\n}\n' });
    const sound = await terratrain(folder, ['check']);
    assert.deepEqual([sound.code, sound.stdout, sound.stderr], [0, 'no errors\n', '']);
  });

  it('takes a file of random bytes', async () => {
    write({ 'main.tf': Buffer.from(Array.from({ length: 5000 }, (_, n) => (n * 7919) % 256)) });
    const { code, stderr } = await terratrain(folder, ['check']);
    assert.deepEqual([code, stderr], [1, '']);
  });

  it('refuses a directory that is not there and arguments it does not know', async () => {
    const absent = await terratrain(folder, ['check', 'absent']);
    assert.deepEqual([absent.code, absent.stdout], [2, '']);
    assert.match(absent.stderr, /no directory "absent"/);
    assert.equal((await terratrain(folder, ['check', '--what'])).code, 2);
    assert.equal((await terratrain(folder, ['check', 'a', 'b'])).code, 2);
    assert.equal((await terratrain(folder, ['lsp', '--what'])).code, 2);
  });
});
