import assert from 'node:assert/strict';
import { diagnose } from '../../server/features/diagnostics';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import { fixture } from '../support/fixture';
import { accepted } from './testFiles/accepted';
import { moduleUnderTest } from './testFiles/module';
import { readRefused } from './testFiles/refused';

const schemas = openBundledSchemas(providerDataFolder());

/** Accepted as it stands by `terraform test` 1.11.4. */
const json = `{
  "variables": { "region": "west" },
  "mock_provider": {
    "terraform": {
      "alias": "fake",
      "override_during": "apply",
      "mock_resource": { "terraform_data": { "defaults": { "id": "x" } } }
    }
  },
  "override_module": { "target": "module.child", "outputs": { "name": "y" } },
  "run": {
    "setup": { "module": { "source": "./setup" } },
    "a": {
      "command": "plan",
      "providers": { "terraform": "terraform.fake" },
      "variables": { "region": "\${run.setup.bucket}" },
      "plan_options": { "mode": "normal", "refresh": true },
      "assert": {
        "condition": "\${output.full == \\"p-1\\"}",
        "error_message": "No \${local.full}"
      }
    },
    "b": { "variables": { "size": 0 }, "command": "plan", "expect_failures": ["var.size"] }
  }
}
`;

function found(
  text: string,
  name = 'tests/main.tftest.hcl',
): { readonly severity: string; readonly code: string; readonly message: string }[] {
  const { snapshot, path } = fixture(`${moduleUnderTest}//- ${name}\n<|>${text}`, schemas);
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
  const refused = readRefused();

  it('is much', () => {
    assert.ok(refused.length > 80);
  });

  for (const { name, text, code } of refused) {
    it(`${name}: ${code}`, () => {
      const codes = found(text).map((each) => each.code);
      assert.ok(codes.includes(code), `found ${codes.join(', ') || 'nothing'}`);
    });
  }
});

describe('test files in JSON', () => {
  const name = 'tests/main.tftest.json';

  it('have no errors where Terraform sees none', () => {
    assert.deepEqual(found(json, name), []);
  });

  for (const [what, right, wrong, code] of [
    ['an unknown run', 'run.setup.bucket', 'run.setap.bucket', 'undeclared-run'],
    ['an unknown output of a run', 'run.setup.bucket', 'run.setup.gone', 'undeclared-output'],
    ['an unknown output', 'output.full', 'output.gone', 'undeclared-output'],
    ['a wrong command', '"command": "plan"', '"command": "destroy"', 'invalid-keyword'],
    ['a wrong expectation', '"var.size"', '"local.full"', 'not-checkable'],
    ['a wrong target', '"module.child"', '"terraform_data.main"', 'invalid-address'],
    ['an unknown argument', '"expect_failures"', '"expected_failures"', 'unknown-argument'],
    ['a wrong type', '"size": 0', '"size": "many"', 'wrong-type'],
  ] as const) {
    it(`have an error where Terraform sees one: ${what}`, () => {
      const codes = found(json.replace(right, wrong), name).map((each) => each.code);
      assert.deepEqual(codes, [code]);
    });
  }
});
