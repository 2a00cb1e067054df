import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { openWorld } from '../../server/cty/world';
import { diagnose } from '../../server/features/diagnostics';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import { openDiskFiles } from '../../server/terraform/diskFiles';
import { ModuleIndex } from '../../server/terraform/moduleIndex';
import { eachNode } from '../../server/terraform/moduleTree';

const tests = path.resolve(__dirname, '..');

/** Configurations that the real terraform plans and applies in other tests: an error in one of them is a false one. */
const accepted = [
  ...readdirSync(path.join(tests, 'sandbox/configurations')).map((name) =>
    path.join(tests, 'sandbox/configurations', name),
  ),
  path.resolve(tests, '../examples/image-classifier'),
];

describe('configurations that terraform accepts', () => {
  const schemas = openBundledSchemas(providerDataFolder());

  it('are many', () => {
    assert.ok(accepted.length > 30);
  });

  for (const folder of accepted) {
    it(`${path.basename(folder)} has no error`, () => {
      const index = new ModuleIndex(openDiskFiles(), [folder]);
      const snapshot = { index, schemas, world: openWorld };
      const errors = [...eachNode(index.tree(folder))].flatMap(({ module }) =>
        module.files.flatMap((file) =>
          diagnose(snapshot, file.path)
            .filter(({ severity }) => severity === 'error')
            .map(({ code, message }) => `${path.relative(folder, file.path)}: ${code}: ${message}`),
        ),
      );
      assert.deepEqual(errors, []);
    });
  }
});
