import assert from 'node:assert/strict';
import { UsageError } from '../../server/cli/command';
import { readSandboxArguments } from '../../server/cli/sandboxArguments';

describe('the arguments of terratrain sandbox', () => {
  it('are told apart from those of terraform, wherever they stand', () => {
    const read = readSandboxArguments([
      '-chdir=infra',
      'plan',
      '--stub-modules',
      '-out=a.tfplan',
      '-var',
      'x=1',
      '--scenario=a',
    ]);
    assert.equal(read.directory, 'infra');
    assert.equal(read.command, 'plan');
    assert.deepEqual(read.terraform, ['plan', '-out=a.tfplan', '-var', 'x=1']);
    assert.equal(read.stubModules, true);
    assert.equal(read.allowProvisioners, false);
    assert.deepEqual(read.scenarios, ['a']);
    assert.deepEqual(read.outputs, ['a.tfplan']);
  });

  it('name files that terraform writes, and plans it applies', () => {
    assert.deepEqual(readSandboxArguments(['plan', '-out', 'p', '-generate-config-out=g.tf']).outputs, [
      'p',
      'g.tf',
    ]);
    assert.deepEqual(readSandboxArguments(['plan', '-out=/tmp/p']).outputs, []);
    assert.deepEqual(readSandboxArguments(['apply', '-auto-approve', 'dir/p']).plans, ['dir/p']);
    assert.deepEqual(readSandboxArguments(['show', 'p']).plans, []);
  });

  it('choose scenarios, none, or all', () => {
    assert.equal(readSandboxArguments(['plan']).scenarios, undefined);
    assert.deepEqual(readSandboxArguments(['plan', '--scenario=none']).scenarios, []);
  });

  it('are refused where they would act outside of the sandbox', () => {
    const wrong = [
      ['fmt'],
      ['login'],
      ['plan', '-state=/home/me/real.tfstate'],
      ['apply', '-state-out', 'x'],
      ['apply', '-backup=x'],
      ['plan', '--scenario='],
      ['plan', '-chdir=a', '-chdir=b'],
    ];
    for (const args of wrong) assert.throws(() => readSandboxArguments(args), UsageError, args.join(' '));
  });
});
