import assert from 'node:assert/strict';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { findTerraform, MissingTerraformError, NotTerraformError } from '../../server/operations/binary';

describe('binary', () => {
  let folder = '';
  beforeEach(() => {
    folder = fs.mkdtempSync(path.join(os.tmpdir(), 'terratrain-binary-'));
  });
  afterEach(() => {
    fs.rmSync(folder, { recursive: true, force: true });
  });

  it('says what to install and where to set the path when there is none', async () => {
    await assert.rejects(findTerraform({ env: { PATH: folder } }), (error: unknown) => {
      assert.ok(error instanceof MissingTerraformError);
      assert.match(error.message, /Install Terraform .* or OpenTofu .* PATH .*terratrain\.terraform\.path/);
      return true;
    });
  });

  it('says which configured path does not exist, or is a folder', async () => {
    const env = { PATH: folder };
    await assert.rejects(
      findTerraform({ configured: '/no/such/terraform', env }),
      /no\/such\/terraform.*no such file/,
    );
    await assert.rejects(findTerraform({ configured: folder, env }), /a folder, not the program/);
    await assert.rejects(
      findTerraform({ configured: 'terraform-9', env }),
      /"terraform-9", and no such program/,
    );
  });

  // The programs of these tests are shell scripts.
  if (process.platform !== 'win32') {
    const program = (name: string, script: string): string => {
      const file = path.join(folder, name);
      fs.writeFileSync(file, `#!/bin/sh\n${script}\n`, { mode: 0o755 });
      return file;
    };
    const env = (): NodeJS.ProcessEnv => ({
      PATH: `${path.join(folder, 'no-such-folder')}:${folder}:/usr/bin:/bin`,
    });

    it('finds terraform before tofu on PATH', async () => {
      const file = program('terraform', 'echo "Terraform v1.99.1-beta2"; echo "on linux_amd64"');
      program('tofu', 'echo "OpenTofu v1.10.0"');
      assert.deepEqual(await findTerraform({ env: env() }), {
        path: file,
        version: '1.99.1-beta2',
        product: 'terraform',
      });
    });

    it('takes tofu where there is no terraform', async () => {
      const file = program('tofu', 'echo "OpenTofu v1.10.0"');
      const found = await findTerraform({ env: { PATH: folder } });
      assert.deepEqual(found, { path: file, version: '1.10.0', product: 'opentofu' });
    });

    it('takes the configured one, by path or by name', async () => {
      program('terraform', 'echo "Terraform v1.11.4"');
      const other = program('terraform-old', 'echo "Terraform v1.5.7"');
      for (const configured of [other, 'terraform-old']) {
        assert.equal((await findTerraform({ configured, env: env() })).version, '1.5.7');
      }
    });

    it('passes over what may not be executed', async () => {
      fs.writeFileSync(path.join(folder, 'terraform'), 'notes', { mode: 0o644 });
      await assert.rejects(findTerraform({ env: { PATH: folder } }), MissingTerraformError);
    });

    it('says so when a file is not terraform', async () => {
      const script = program('terraform', 'echo hello; exit 3');
      await assert.rejects(findTerraform({ configured: script, env: env() }), (error: unknown) => {
        assert.ok(error instanceof NotTerraformError);
        assert.match(error.message, /is not terraform: it answers "version" with exit code 3/);
        return true;
      });
      const noise = path.join(folder, 'noise');
      fs.writeFileSync(noise, Buffer.from([1, 2, 3, 4, 0, 255]), { mode: 0o755 });
      await assert.rejects(findTerraform({ configured: noise, env: env() }), NotTerraformError);
    });
  }
});
