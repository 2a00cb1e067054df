import assert from 'node:assert/strict';
import * as os from 'node:os';
import { terratrain } from './commandLine';

const NAMES = [
  'check',
  'format',
  'graph',
  'plan',
  'apply',
  'sandbox',
  'train',
  'runs',
  'predict',
  'serve',
  'demo',
  'lsp',
];

describe('terratrain', function () {
  this.timeout(30_000);
  const run = (...args: readonly string[]): ReturnType<typeof terratrain> => terratrain(os.tmpdir(), args);

  it('lists its commands', async () => {
    const { code, stdout, stderr } = await run('--help');
    assert.equal(code, 0);
    assert.equal(stderr, '');
    for (const name of NAMES) assert.match(stdout, new RegExp(`^  ${name} +\\S`, 'm'));
  });

  it('wants a command', async () => {
    const { code, stdout, stderr } = await run();
    assert.equal(code, 2);
    assert.equal(stdout, '');
    assert.match(stderr, /^Usage: terratrain COMMAND/m);
  });

  for (const name of NAMES) {
    it(`explains ${name} with an example`, async () => {
      for (const args of [
        [name, '--help'],
        ['help', name],
      ]) {
        const { code, stdout } = await run(...args);
        assert.equal(code, 0);
        assert.match(stdout, new RegExp(`^Usage: terratrain ${name}`));
        assert.match(stdout, new RegExp(`^ *(\\S.* )?terratrain ${name}`, 'm'));
      }
    });
  }

  it('says its version', async () => {
    const { code, stdout } = await run('--version');
    assert.equal(code, 0);
    assert.match(stdout, /^\d+\.\d+\.\d+\n$/);
  });

  it('answers what it does not know with one sentence and exit code 2', async () => {
    for (const [args, expected] of [
      [['plam'], /^There is no command "plam"\./],
      [['plans'], /Did you mean "plan"\?\n$/],
      [['--nope'], /^There is no option "--nope"/],
      [['toString'], /^There is no command "toString"/],
      [['plan', '--nope'], /^Unknown option '--nope'\.?\n$/],
      [['plan', 'a', 'b'], /^Give one directory/],
      [['plan', '--var', 'x'], /^--var takes NAME=VALUE/],
      [['plan', '--parallelism', '0'], /^--parallelism takes/],
      [['apply'], /^Give the plan file/],
      [['apply', 'x', '--var', 'a=b'], /^Unknown option '--var'/],
    ] as const) {
      const { code, stdout, stderr } = await run(...args);
      assert.equal(code, 2, args.join(' '));
      assert.equal(stdout, '');
      assert.match(stderr, expected);
      assert.equal(stderr.trim().split('\n').length, 1, stderr);
    }
  });

  it('says what is wrong in one sentence when a command fails, with the stack only for debugging', async () => {
    const short = await run('plan', 'no-such-folder');
    assert.equal(short.code, 1);
    assert.match(short.stderr, /^There is no directory .*no-such-folder\.\n$/);
    const env = { ...process.env, TERRATRAIN_DEBUG: '1' };
    const long = await terratrain(os.tmpdir(), ['plan', 'no-such-folder'], { env });
    assert.match(long.stderr, /\n +at /);
  });
});
