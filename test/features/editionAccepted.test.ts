import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import { openWorld } from '../../server/cty/world';
import { checkEdition } from '../../server/features/checkEdition';
import { checkKinds } from '../../server/features/checkKinds';
import type { Snapshot, TerraformAtHand } from '../../server/features/snapshot';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import { openDiskFiles } from '../../server/terraform/diskFiles';
import { ModuleIndex } from '../../server/terraform/moduleIndex';
import { eachNode } from '../../server/terraform/moduleTree';

const tests = path.resolve(__dirname, '..');

/** Configurations that terraform 1.11.4 plans and applies in other tests. */
const accepted = [
  ...readdirSync(path.join(tests, 'sandbox/configurations')).map((name) =>
    path.join(tests, 'sandbox/configurations', name),
  ),
  path.resolve(tests, '../examples/image-classifier'),
];

describe('the language of configurations that terraform 1.11 accepts', () => {
  const schemas = openBundledSchemas(providerDataFolder());
  const errors = (folder: string, terraform: TerraformAtHand | undefined): string[] => {
    const index = new ModuleIndex(openDiskFiles(), [folder]);
    const snapshot: Snapshot = { index, schemas, world: openWorld, terraform };
    return [...eachNode(index.tree(folder))].flatMap(({ module }) =>
      module.files
        .flatMap((file) => [...checkEdition(snapshot, module, file), ...checkKinds(snapshot, module, file)])
        .filter(({ severity }) => severity === 'error')
        .map(({ message }) => message),
    );
  };

  it('has no error with it at hand, with nothing at hand, and with releases that nobody knows', () => {
    assert.ok(accepted.length > 30);
    for (const version of ['1.11.4', '1.16.0', '9.9.0', undefined]) {
      const terraform = version === undefined ? undefined : { product: 'terraform' as const, version };
      for (const folder of accepted)
        assert.deepEqual(
          errors(folder, terraform),
          [],
          `${path.basename(folder)} with ${version ?? 'nothing'}`,
        );
    }
  });

  it('has errors with a terraform that is too old for some of them', () => {
    const old = { product: 'terraform', version: '0.12.0' } as const;
    assert.ok(accepted.some((folder) => errors(folder, old).length > 0));
  });
});
