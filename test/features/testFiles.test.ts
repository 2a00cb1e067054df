import assert from 'node:assert/strict';
import { diagnose } from '../../server/features/diagnostics';
import { findDefinition } from '../../server/features/definition';
import { documentSymbols } from '../../server/features/documentSymbols';
import { hover } from '../../server/features/hover';
import { findReferences } from '../../server/features/references';
import { prepareRename, rename } from '../../server/features/rename';
import { excludes, includes, labels, taken } from '../support/completing';
import { fixture, relativeName } from '../support/fixture';

const project = `//- main.tf
terraform {
  required_providers {
    aws = {
      source = "hashicorp/aws"
    }
  }
}
variable "region" {
  type        = string
  description = "Where things are."
}
variable "net" {
  type    = object({ cidr = string, zones = list(string) })
  default = { cidr = "10.0.0.0/8", zones = [] }
  validation {
    condition     = var.net.cidr != ""
    error_message = "A network has a range."
  }
}
locals {
  name = "net-\${var.region}"
}
resource "aws_instance" "trainer" {
  ami = "x"
}
data "aws_image" "gpu" {
  name = local.name
}
module "store" {
  source = "./store"
}
output "url" {
  value = module.store.url
}
output "name" {
  value = local.name
}
check "alive" {
  assert {
    condition     = aws_instance.trainer.id != ""
    error_message = "Not alive."
  }
}
//- store/main.tf
variable "size" {
  type    = number
  default = 1
}
resource "aws_bucket" "data" {}
output "url" {
  value = "https://\${aws_bucket.data.id}"
}
//- testing/setup/main.tf
variable "prefix" {
  type    = string
  default = "p"
}
output "bucket" {
  value = "\${var.prefix}-bucket"
}
`;

/** The project with one more file, in which the cursor stands; by default a test. */
function drawn(text: string, name = 'tests/main.tftest.hcl'): string {
  return `${project}//- ${name}\n${text}`;
}

describe('completion in test files', () => {
  it('offers the blocks of a test file (vscode-terraform 2191)', () => {
    const offered = labels(drawn('<|>'));
    for (const label of ['run', 'variables', 'provider', 'mock_provider', 'override_module', 'test'])
      assert.ok(offered.includes(label), label);
    for (const label of ['resource', 'locals', 'module', 'terraform', 'mock_resource'])
      assert.ok(!offered.includes(label), label);
  });

  it('offers what a run holds', () => {
    includes(
      drawn('run "a" {\n  <|>\n}\n'),
      'command',
      'assert',
      'expect_failures',
      'plan_options',
      'providers',
    );
    includes(drawn('run "a" {\n  plan_options {\n    <|>\n  }\n}\n'), 'mode', 'refresh', 'replace', 'target');
  });

  it('offers keywords', () => {
    assert.deepEqual(labels(drawn('run "a" {\n  command = <|>\n}\n')).slice(0, 2), ['plan', 'apply']);
    includes(drawn('run "a" {\n  plan_options {\n    mode = <|>\n  }\n}\n'), 'normal', 'refresh-only');
  });

  it('offers the variables of the module that is run', () => {
    includes(drawn('variables {\n  <|>\n}\n'), 'region', 'net');
    includes(drawn('run "a" {\n  variables {\n    <|>\n  }\n}\n'), 'region', 'net');
    const setup = drawn(
      'run "a" {\n  module {\n    source = "./testing/setup"\n  }\n  variables {\n    <|>\n  }\n}\n',
    );
    assert.deepEqual(labels(setup), ['prefix']);
  });

  it('offers the members of a typed variable', () => {
    assert.deepEqual(labels(drawn('variables {\n  net = {\n    <|>\n  }\n}\n')), ['cidr', 'zones']);
  });

  it('offers in an assertion what the module declares, its outputs and earlier runs', () => {
    const roots = 'run "a" {}\nrun "b" {\n  assert {\n    condition = <|>\n  }\n}\nrun "c" {}\n';
    includes(drawn(roots), 'var', 'local', 'module', 'data', 'output', 'run', 'aws_instance', 'output.url');
    const output = 'run "a" {\n  assert {\n    condition = output.<|>\n  }\n}\n';
    assert.deepEqual(labels(drawn(output)), ['name', 'url']);
    const runs = 'run "a" {}\nrun "b" {\n  assert {\n    condition = run.<|>\n  }\n}\nrun "c" {}\n';
    assert.deepEqual(labels(drawn(runs)), ['a']);
    const member = 'run "a" {\n  assert {\n    condition = aws_instance.trainer.<|>\n  }\n}\n';
    includes(drawn(member), 'public_ip', 'ami');
  });

  it('offers the outputs of the module that a run ran', () => {
    const setup = 'run "setup" {\n  module {\n    source = "./testing/setup"\n  }\n}\n';
    assert.deepEqual(
      labels(drawn(`${setup}run "b" {\n  variables {\n    region = run.setup.<|>\n  }\n}\n`)),
      ['bucket'],
    );
    const inside = setup.replace('}\n}\n', '}\n  assert {\n    condition = output.<|>\n  }\n}\n');
    assert.deepEqual(labels(drawn(inside)), ['bucket']);
  });

  it('offers outside of assertions only variables of the file and runs', () => {
    const text =
      'variables {\n  base = "x"\n}\nrun "a" {}\nrun "b" {\n  variables {\n    region = <|>\n  }\n}\n';
    includes(drawn(text), 'var', 'run', 'var.base');
    excludes(drawn(text), 'local', 'module', 'data', 'aws_instance', 'output', 'var.net');
  });

  it('offers what can fail', () => {
    assert.deepEqual(labels(drawn('run "a" {\n  expect_failures = [<|>]\n}\n')), ['check.alive', 'var.net']);
  });

  it('offers targets, those inside called modules too', () => {
    includes(
      drawn('override_resource {\n  target = <|>\n}\n'),
      'aws_instance.trainer',
      'module.store.aws_bucket.data',
    );
    assert.deepEqual(labels(drawn('override_data {\n  target = <|>\n}\n')), ['data.aws_image.gpu']);
    assert.deepEqual(labels(drawn('override_module {\n  target = <|>\n}\n')), ['module.store']);
    includes(drawn('run "a" {\n  plan_options {\n    target = [<|>]\n  }\n}\n'), 'module.store');
  });

  it('offers what a provider computes as the values of mocks and overrides', () => {
    const mock =
      'mock_provider "aws" {\n  mock_resource "aws_bucket" {\n    defaults = {\n      <|>\n    }\n  }\n}\n';
    assert.deepEqual(labels(drawn(mock)), ['bucket', 'arn', 'id']);
    const override = 'override_resource {\n  target = aws_instance.trainer\n  values = {\n    <|>\n  }\n}\n';
    assert.deepEqual(labels(drawn(override)), ['id', 'public_ip']);
    const inner = override.replace('aws_instance.trainer', 'module.store.aws_bucket.data');
    assert.deepEqual(labels(drawn(inner)), ['bucket', 'arn', 'id']);
    const module = 'override_module {\n  target = module.store\n  outputs = {\n    <|>\n  }\n}\n';
    assert.deepEqual(labels(drawn(module)), ['url']);
  });

  it('offers mocked types and providers', () => {
    assert.deepEqual(labels(drawn('mock_provider "aws" {\n  mock_resource "<|>\n}\n')), [
      'aws_instance',
      'aws_bucket',
    ]);
    assert.deepEqual(labels(drawn('mock_provider "aws" {\n  mock_data "<|>\n}\n')), ['aws_image']);
    includes(drawn('mock_provider "<|>\n'), 'aws');
    assert.equal(
      taken(drawn('mock_provider "aws" {\n  mock_data "<|>\n}\n'), 'aws_image', 'snippet'),
      'mock_provider "aws" {\n  mock_data "aws_image" {\n  $0\n}\n}\n',
    );
  });

  it('offers the provider configurations of the file for a run', () => {
    const text =
      'mock_provider "aws" {\n  alias = "fake"\n}\nrun "a" {\n  providers = {\n    aws = <|>\n  }\n}\n';
    includes(drawn(text), 'aws.fake');
  });

  it('offers modules to run', () => {
    includes(drawn('run "a" {\n  module {\n    source = "<|>"\n  }\n}\n'), './store');
  });

  it('offers types and targets in files of mocks', () => {
    assert.deepEqual(labels(drawn('<|>', 'tests/aws/mocks.tfmock.hcl')), [
      'mock_data',
      'mock_resource',
      'override_data',
      'override_resource',
    ]);
    includes(drawn('mock_resource "<|>', 'tests/aws/mocks.tfmock.hcl'), 'aws_bucket');
    const inside = 'mock_resource "aws_bucket" {\n  defaults = {\n    <|>\n  }\n}\n';
    includes(drawn(inside, 'tests/aws/mocks.tfmock.hcl'), 'arn');
  });

  it('offers searches and the names of the configuration in query files', () => {
    assert.deepEqual(labels(drawn('<|>', 'find.tfquery.hcl')), ['list', 'locals', 'provider', 'variable']);
    includes(drawn('list "<|>', 'find.tfquery.hcl'), 'aws_bucket');
    const inside = 'list "aws_bucket" "all" {\n  provider = aws\n  <|>\n}\n';
    includes(drawn(inside, 'find.tfquery.hcl'), 'config', 'limit', 'include_resource');
    const value = 'list "aws_bucket" "all" {\n  provider = aws\n  limit = <|>\n}\n';
    includes(drawn(value, 'find.tfquery.hcl'), 'var.region', 'local.name');
  });
});

describe('hover in test files', () => {
  const shown = (text: string, name?: string): string => {
    const { snapshot, path, offset } = fixture(drawn(text, name));
    return hover(snapshot, path, offset)?.contents ?? '';
  };

  it('tells what blocks and arguments are', () => {
    assert.match(shown('r<|>un "a" {}\n'), /One step of a test/);
    assert.match(shown('run "a" {\n  comm<|>and = plan\n}\n'), /`apply` when left out/);
    assert.match(shown('run "a" {\n  state_<|>key = "x"\n}\n'), /share their state/);
  });

  it('tells of variables where they are set and read', () => {
    assert.match(shown('variables {\n  reg<|>ion = "x"\n}\n'), /Where things are/);
    assert.match(
      shown('run "a" {\n  assert {\n    condition = var.reg<|>ion == ""\n  }\n}\n'),
      /Where things are/,
    );
  });

  it('tells the value that the run gives', () => {
    const text = `variables {
  region = "north"
}
run "a" {
  assert {
    condition = output.na<|>me == ""
  }
}
run "b" {
  variables {
    region = "\${var.region}-2"
  }
  assert {
    condition = local.na<!>me == ""
  }
}
`;
    assert.match(shown(text.replace('<!>', '')), /"net-north"/);
    assert.match(shown(text.replace('<|>', '').replace('<!>', '<|>')), /"net-north-2"/);
  });

  it('tells what an earlier run gave', () => {
    const text = `run "setup" {
  module {
    source = "./testing/setup"
  }
  variables {
    prefix = "q"
  }
}
run "b" {
  variables {
    region = run.setup.buc<|>ket
  }
}
`;
    assert.match(shown(text), /output "bucket"/);
    assert.match(shown(text), /"q-bucket"/);
  });
});

describe('navigation between tests and modules', () => {
  const file = `variables {
  region = "north"
}
run "setup" {
  module {
    source = "./testing/setup"
  }
  variables {
    prefix = "q"
  }
}
run "check" {
  variables {
    net = { cidr = run.setup.bucket, zones = [] }
  }
  assert {
    condition     = output.name == var.region && local.name == ""
    error_message = "Not \${aws_instance.trainer.id} in \${run.setup.bucket}."
  }
  expect_failures = [var.net]
  override_resource {
    target = module.store.aws_bucket.data
  }
  override_module {
    target  = module.store
    outputs = { url = "x" }
  }
}
`;

  /** The project with the cursor in the n-th occurrence of a text of one of its files. */
  function at(name: string, text: string, within = 0) {
    const whole = drawn(file);
    const start = whole.indexOf(`//- ${name}\n`);
    const position = whole.indexOf(text, start) + within;
    assert.ok(start >= 0 && position > start, text);
    return fixture(`${whole.slice(0, position)}<|>${whole.slice(position)}`);
  }

  function target(name: string, text: string, within = 0): string | undefined {
    const { snapshot, path, offset, files } = at(name, text, within);
    const found = findDefinition(snapshot, path, offset)?.target;
    if (found === undefined) return undefined;
    const line = (files.get(found.path) ?? '').slice(0, found.range.start).split('\n').length;
    return `${relativeName(found.path)}:${line}`;
  }

  const test = 'tests/main.tftest.hcl';

  it('leads from a test to what it names', () => {
    assert.equal(target(test, 'region = "north"', 1), 'main.tf:8');
    assert.equal(target(test, 'prefix = "q"', 1), 'testing/setup/main.tf:1');
    assert.equal(target(test, 'run.setup.bucket', 5), `${test}:4`);
    assert.equal(target(test, 'run.setup.bucket', 12), 'testing/setup/main.tf:5');
    assert.equal(target(test, 'output.name', 8), 'main.tf:35');
    assert.equal(target(test, 'local.name', 7), 'main.tf:21');
    assert.equal(target(test, 'var.net', 5), 'main.tf:12');
    assert.equal(target(test, 'aws_bucket.data', 12), 'store/main.tf:5');
    assert.equal(target(test, '"./testing/setup"', 4), 'testing/setup/main.tf:1');
  });

  function renamed(name: string, text: string, within: number, to: string): Record<string, string> {
    const { snapshot, path, offset, files } = at(name, text, within);
    assert.ok(prepareRename(snapshot, path, offset) !== undefined, 'nothing to rename');
    const texts = new Map(files);
    const edits = [...rename(snapshot, path, offset, to)].sort((a, b) => b.range.start - a.range.start);
    for (const { path: place, range, newText } of edits) {
      const before = texts.get(place) ?? '';
      texts.set(place, before.slice(0, range.start) + newText + before.slice(range.end));
    }
    return Object.fromEntries(
      [...texts]
        .filter(([place, now]) => now !== files.get(place))
        .map(([place, now]) => [relativeName(place), now]),
    );
  }

  it('renames a variable in the module and its tests, from both', () => {
    for (const [name, text, within] of [
      ['main.tf', 'variable "region"', 11],
      [test, 'region = "north"', 1],
      [test, 'var.region', 5],
    ] as const) {
      const changed = renamed(name, text, within, 'place');
      assert.deepEqual(Object.keys(changed).sort(), ['main.tf', test]);
      assert.match(changed[test] ?? '', /^variables \{\n {2}place = "north"/);
      assert.match(changed[test] ?? '', /output\.name == var\.place/);
      assert.match(changed['main.tf'] ?? '', /net-\$\{var\.place\}/);
    }
  });

  it('renames outputs, locals and resources in tests', () => {
    assert.match(renamed('main.tf', 'output "name"', 9, 'title')[test] ?? '', /output\.title ==/);
    assert.match(renamed(test, 'local.name', 7, 'title')['main.tf'] ?? '', /title = "net-/);
    assert.match(
      renamed('main.tf', '"aws_instance" "trainer"', 18, 'runner')[test] ?? '',
      /aws_instance\.runner\.id/,
    );
    assert.match(
      renamed('store/main.tf', '"aws_bucket" "data"', 15, 'kept')[test] ?? '',
      /module\.store\.aws_bucket\.kept/,
    );
  });

  it('renames what only runs of a setup module use', () => {
    const output = renamed('testing/setup/main.tf', 'output "bucket"', 9, 'place');
    assert.match(output[test] ?? '', /cidr = run\.setup\.place/);
    assert.match(output[test] ?? '', /in \$\{run\.setup\.place\}/);
    const variable = renamed(test, 'prefix = "q"', 1, 'start');
    assert.deepEqual(Object.keys(variable).sort(), ['testing/setup/main.tf', test].sort());
  });

  it('renames a run with all that reads it', () => {
    const changed = renamed(test, 'run "setup"', 6, 'prepare');
    assert.deepEqual(Object.keys(changed), [test]);
    assert.match(changed[test] ?? '', /run "prepare" \{/);
    assert.equal((changed[test] ?? '').split('run.prepare.bucket').length, 3);
  });

  it('refuses a name that another run has', () => {
    const { snapshot, path, offset } = at(test, 'run "setup"', 6);
    assert.throws(() => rename(snapshot, path, offset, 'check'), /exists already/);
  });

  it('finds tests among the references of a variable', () => {
    const { snapshot, path, offset } = at('main.tf', 'variable "region"', 11);
    const found = findReferences(snapshot, path, offset, false).map((place) => relativeName(place.path));
    assert.deepEqual([...found].sort(), ['main.tf', test, test]);
  });
});

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

describe('the outline of a test file', () => {
  it('holds its runs', () => {
    const { snapshot, path } = fixture(drawn('<|>run "a" {\n  assert {}\n}\n'));
    const [run] = documentSymbols(snapshot, path);
    assert.equal(run?.name, 'a');
    assert.equal(run.detail, 'run');
  });
});
