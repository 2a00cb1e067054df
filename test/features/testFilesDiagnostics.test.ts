import assert from 'node:assert/strict';
import { join } from 'node:path';
import { codeActions } from '../../server/features/actions/codeActions';
import { diagnose } from '../../server/features/diagnostics';
import { testRunsOf } from '../../server/features/testRuns';
import { fixture, relativeName } from '../support/fixture';
import { drawn } from './testFiles/project';

describe('the module that a test file is about', () => {
  const errors = (name: string, text: string): string[] => {
    const { snapshot, path } = fixture(drawn(`<|>${text}`, name));
    return diagnose(snapshot, path).map(({ code }) => code);
  };
  const text =
    'variables {\n  region = "x"\n}\nrun "a" {\n  assert {\n    condition     = output.url != ""\n    error_message = "No."\n  }\n}\n';

  it('is beside it or above its folder', () => {
    assert.deepEqual(errors('main.tftest.hcl', text), []);
    assert.deepEqual(errors('tests/main.tftest.hcl', text), []);
    assert.deepEqual(errors('tests/unit/main.tftest.hcl', text), []);
    assert.deepEqual(errors('main.tofutest.hcl', text), []);
  });

  it('is that of a folder of its own where there is one', () => {
    assert.deepEqual(errors('store/tests/main.tftest.hcl', text), ['value-without-variable']);
  });
});

describe('diagnostics of test files', () => {
  const found = (
    text: string,
    name?: string,
  ): { code: string; severity: string; suggestion?: string | undefined }[] => {
    const { snapshot, path } = fixture(drawn(`<|>${text}`, name));
    return diagnose(snapshot, path).map(({ code, severity, suggestion }) => ({
      code,
      severity,
      ...(suggestion !== undefined && { suggestion }),
    }));
  };
  const given = 'variables {\n  region = "x"\n}\n';

  it('suggests what was meant', () => {
    assert.deepEqual(found(`${given}run "a" {\n  command = "plan"\n}\n`), [
      { code: 'invalid-keyword', severity: 'error', suggestion: 'plan' },
    ]);
    assert.deepEqual(
      found(`${given}run "setup" {}\nrun "b" {\n  variables {\n    net = run.setups.url\n  }\n}\n`),
      [{ code: 'undeclared-run', severity: 'error', suggestion: 'setup' }],
    );
    assert.deepEqual(found(`${given}run "a" {\n  expect_failures = [var.nett]\n}\n`), [
      { code: 'not-checkable', severity: 'error', suggestion: 'var.net' },
    ]);
    assert.deepEqual(found(`${given}override_resource {\n  target = aws_instance.trainr\n}\nrun "a" {}\n`), [
      { code: 'override-without-target', severity: 'warning', suggestion: 'aws_instance.trainer' },
    ]);
    assert.deepEqual(
      found(`${given}mock_provider "aws" {\n  mock_resource "aws_bukket" {}\n}\nrun "a" {}\n`),
      [{ code: 'unknown-mocked-type', severity: 'warning', suggestion: 'aws_bucket' }],
    );
  });

  it('tells which variable nobody sets', () => {
    assert.deepEqual(found('run "a" {}\n'), [{ code: 'missing-test-variable', severity: 'warning' }]);
    const { snapshot, path } = fixture(
      `${drawn('<|>run "a" {}\n')}//- tests/terraform.tfvars\nregion = "x"\n`,
    );
    assert.deepEqual(diagnose(snapshot, path), []);
  });

  it('says nothing about runs of modules that are not installed', () => {
    const text = `${given}run "a" {
  module {
    source = "terraform-aws-modules/vpc/aws"
  }
  variables {
    anything = 1
  }
  assert {
    condition     = output.any == var.thing && aws_vpc.main.id == local.x
    error_message = "No."
  }
}
run "b" {
  variables {
    region = run.a.whatever
  }
}
`;
    assert.deepEqual(found(text), [{ code: 'module-not-installed', severity: 'information' }]);
  });

  it('knows the module of a run that terraform init installed', () => {
    const manifest = JSON.stringify({
      Modules: [{ Key: 'test.tests.main.a', Source: 'x/y/z', Dir: '.terraform/modules/test.tests.main.a' }],
    });
    const { snapshot, path } = fixture(
      `${drawn(`<|>${given}run "a" {
  module {
    source = "x/y/z"
  }
}
run "b" {
  variables {
    region = run.a.gone
  }
}
`)}//- .terraform/modules/modules.json
${manifest}
//- .terraform/modules/test.tests.main.a/main.tf
output "here" {
  value = 1
}
`,
    );
    assert.deepEqual(
      diagnose(snapshot, path).map(({ code }) => code),
      ['undeclared-output'],
    );
  });

  it('takes what only OpenTofu takes from files for OpenTofu', () => {
    const text =
      'variables {\n  region = run.a.url\n}\nrun "a" {\n  module {\n    source = "git::https://example.com/x.git"\n  }\n}\n';
    assert.deepEqual(found(text, 'tests/main.tofutest.hcl'), []);
  });

  it('checks query files', () => {
    assert.deepEqual(
      found('list "aws_bucket" "all" {\n  provider = aws\n  limit = var.regoin\n}\n', 'find.tfquery.hcl'),
      [{ code: 'undeclared-variable', severity: 'error', suggestion: 'var.region' }],
    );
    assert.deepEqual(found('list "aws_bucket" "all" {}\nresource "x" "y" {}\n', 'find.tfquery.hcl'), [
      { code: 'missing-argument', severity: 'error' },
      { code: 'unknown-block', severity: 'error' },
    ]);
    const twice = 'list "aws_bucket" "all" {\n  provider = aws\n}\n';
    assert.deepEqual(found(twice + twice, 'find.tfquery.hcl'), [
      { code: 'duplicate-declaration', severity: 'error' },
    ]);
    assert.deepEqual(found('variable "region" {}\n', 'find.tfquery.hcl'), [
      { code: 'duplicate-declaration', severity: 'error' },
    ]);
  });

  it('checks files of mocks', () => {
    const text =
      'mock_resource "aws_bukket" {\n  defaults = {}\n}\noverride_module {\n  target = module.store\n}\n';
    assert.deepEqual(
      found(text, 'tests/aws/x.tfmock.hcl').map(({ code }) => code),
      ['unknown-mocked-type', 'unknown-block'],
    );
  });

  it('lets a file of mocks override what only other modules have', () => {
    const text = 'override_resource {\n  target = aws_instance.elsewhere\n}\n';
    assert.deepEqual(found(text, 'tests/aws/x.tfmock.hcl'), []);
  });

  it('never throws while a run is being written', () => {
    const whole = `${given}run "a" {
  command = plan
  assert {
    condition     = output.url != ""
    error_message = "No."
  }
}
`;
    for (let length = 0; length <= whole.length; length += 1) diagnose(...broken(whole.slice(0, length)));
  });

  function broken(text: string): Parameters<typeof diagnose> {
    const { snapshot, path } = fixture(drawn(`<|>${text}`));
    return [snapshot, path];
  }
});

describe('how tests are run', () => {
  const text = '<|>variables {\n  region = "x"\n}\nrun "a" {}\nrun "b" {}\n';

  it('starts in the folder of the module under test', () => {
    const { snapshot, path } = fixture(drawn(text));
    const runs = testRunsOf(snapshot, path);
    assert.equal(relativeName(runs?.directory ?? ''), '');
    const place = join('tests', 'main.tftest.hcl');
    assert.equal(runs?.filter, place);
    assert.deepEqual(runs.arguments, ['test', `-filter=${place}`]);
    assert.equal(runs.product, 'terraform');
  });

  it('names the folder of the tests where it is another one', () => {
    const { snapshot, path } = fixture(drawn(text, 'tests/unit/main.tofutest.hcl'));
    const runs = testRunsOf(snapshot, path);
    const folder = join('tests', 'unit');
    assert.deepEqual(runs?.arguments, [
      'test',
      `-test-directory=${folder}`,
      `-filter=${join(folder, 'main.tofutest.hcl')}`,
    ]);
    assert.equal(runs.product, 'opentofu');
  });

  it('finds the runs of a file', () => {
    const { snapshot, path, files } = fixture(drawn(text));
    const shown = testRunsOf(snapshot, path)?.runs.map(({ name, range, extent }) => {
      const written = files.get(path) ?? '';
      return [name, written.slice(range.start, range.end), written.slice(extent.start, extent.end)];
    });
    assert.deepEqual(shown, [
      ['a', 'a', 'run "a" {}'],
      ['b', 'b', 'run "b" {}'],
    ]);
    assert.equal(testRunsOf(snapshot, join(path, '..', '..', 'main.tf')), undefined);
  });
});

describe('quick fixes in test files', () => {
  /** Titles of the fixes at the cursor, each with the files that it changes. */
  const fixes = (text: string): Record<string, string[]> => {
    const { snapshot, path, offset } = fixture(drawn(text));
    const actions = codeActions(snapshot, path, { start: offset, end: offset }, ['quickfix']);
    return Object.fromEntries(
      actions.map((action) => [
        action.title,
        [...new Set(action.edits().map((edit) => relativeName(edit.path)))],
      ]),
    );
  };
  const asserting = (condition: string, module = '') =>
    `variables {\n  region = "x"\n}\nrun "a" {\n${module}  assert {\n    condition     = ${condition} == ""\n    error_message = "No."\n  }\n}\n`;

  it('declare in the module what a test misses', () => {
    assert.deepEqual(fixes(asserting('var.mis<|>sing'))['Declare the variable "missing"'], ['main.tf']);
    assert.deepEqual(fixes(asserting('output.mis<|>sing'))['Declare the output "missing"'], ['main.tf']);
    assert.deepEqual(fixes(asserting('local.mis<|>sing'))['Declare the local value "missing"'], ['main.tf']);
    assert.deepEqual(
      fixes(asserting('aws_bucket.mis<|>sing'))['Declare the resource "aws_bucket" "missing"'],
      ['main.tf'],
    );
    const setup = '  module {\n    source = "./testing/setup"\n  }\n';
    assert.deepEqual(fixes(asserting('output.mis<|>sing', setup))['Declare the output "missing"'], [
      'testing/setup/main.tf',
    ]);
  });

  it('write keywords without quotes', () => {
    assert.deepEqual(fixes('run "a" {\n  command = "pl<|>an"\n}\n')['Change to "plan"'], [
      'tests/main.tftest.hcl',
    ]);
  });
});
