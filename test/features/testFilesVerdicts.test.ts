import assert from 'node:assert/strict';
import { diagnose } from '../../server/features/diagnostics';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import { fixture } from '../support/fixture';
import { accepted } from './testFiles/accepted';
import { moduleUnderTest } from './testFiles/module';
import { refused } from './testFiles/refused';

const schemas = openBundledSchemas(providerDataFolder());

function found(text: string): { readonly severity: string; readonly code: string; readonly message: string }[] {
  const { snapshot, path } = fixture(
    `${moduleUnderTest}//- tests/main.tftest.hcl\n<|>${text}`,
    schemas,
  );
  const terraform = { product: 'terraform', version: '1.11.4' } as const;
  return [...diagnose({ ...snapshot, terraform }, path)];
}

describe('what Terraform accepts in a test file', () => {
  for (const [name, text] of Object.entries(accepted)) {
    it(name, () => {
      const errors = found(text).filter(({ severity }) => severity === 'error');
      assert.deepEqual(errors, []);
    });
  }
});

describe('what Terraform refuses in a test file', () => {
  for (const [name, { text, code }] of Object.entries(refused)) {
    it(`${name}: ${code}`, () => {
      const codes = found(text).map((each) => each.code);
      assert.ok(codes.includes(code), `found ${codes.join(', ') || 'nothing'}`);
    });
  }
});
