import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import {
  compareFingerprints,
  fingerprintConfiguration,
  selectedWorkspace,
} from '../../server/operations/configuration';

describe('configuration', () => {
  let root = '';
  const write = (name: string, text: string): string => {
    const file = path.join(root, name);
    fs.mkdirSync(path.dirname(file), { recursive: true });
    fs.writeFileSync(file, text);
    return file;
  };
  beforeEach(() => {
    root = fs.mkdtempSync(path.join(os.tmpdir(), 'terratrain-configuration-'));
    write('main.tf', 'module "m" { source = "./modules/m" }');
    write('modules/m/main.tf', 'module "deep" { source = "../deep" }');
    write('modules/deep/main.tf', 'locals { a = 1 }');
    write('terraform.tfvars', 'a = 1');
  });
  afterEach(() => {
    fs.rmSync(root, { recursive: true, force: true });
  });

  it('covers the root, its variables and every module that is called', () => {
    write('modules/unused/main.tf', '');
    write('other.tfvars', 'a = 2');
    write('README.md', '');
    const given = write('envs/production.tfvars', 'a = 3');
    assert.deepEqual(Object.keys(fingerprintConfiguration(root, [given])).sort(), [
      'envs/production.tfvars',
      'main.tf',
      'modules/deep/main.tf',
      'modules/m/main.tf',
      'terraform.tfvars',
    ]);
  });

  it('says exactly what differs', () => {
    const before = fingerprintConfiguration(root, []);
    assert.deepEqual(compareFingerprints(before, fingerprintConfiguration(root, [])), []);
    write('modules/deep/main.tf', 'locals { a = 2 }');
    write('extra.tf.json', '{}');
    fs.rmSync(path.join(root, 'terraform.tfvars'));
    assert.deepEqual(compareFingerprints(before, fingerprintConfiguration(root, [])), [
      'extra.tf.json is new',
      'modules/deep/main.tf changed',
      'terraform.tfvars is gone',
    ]);
  });

  it('finds the workspace where terraform does', () => {
    assert.equal(selectedWorkspace(root, {}), 'default');
    write('.terraform/environment', 'staging');
    assert.equal(selectedWorkspace(root, {}), 'staging');
    assert.equal(selectedWorkspace(root, { TF_DATA_DIR: 'elsewhere' }), 'default');
    assert.equal(selectedWorkspace(root, { TF_WORKSPACE: 'production' }), 'production');
  });
});
