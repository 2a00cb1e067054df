import assert from 'node:assert/strict';
import { checkEdition } from '../../server/features/checkEdition';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import { drawn, messages, openTofu, required, said, terraform } from '../support/editions';

const bundled = openBundledSchemas(providerDataFolder());
const check = 'check "c" {\n  assert {\n    condition     = true\n    error_message = "No."\n  }\n}\n';

describe('what a release lacks', () => {
  it('is an error where no release that may read the module has it', () => {
    assert.deepEqual(said(required('~> 1.3.0') + check), ['error needs-newer-version check']);
    assert.deepEqual(said(check, terraform('1.4.6')), ['error needs-newer-version check']);
    assert.deepEqual(said(`//- main.tf\n${check}//- .terraform-version\n1.4.0\n`), [
      'error needs-newer-version check',
    ]);
    assert.deepEqual(messages(required('~> 1.3.0') + check), [
      '"check" blocks came with Terraform 1.5; required_version "~> 1.3.0" allows no release that has it. Raise it, or do without.',
    ]);
    assert.deepEqual(messages(check, terraform('1.4.6')), [
      '"check" blocks came with Terraform 1.5; Terraform 1.4.6 is used here.',
    ]);
  });

  it('is said softly and once where some of them have it', () => {
    const twice = required('>= 1.0') + check + check.replace('"c"', '"d"');
    assert.deepEqual(said(twice), ['information allows-older-version check']);
    assert.deepEqual(messages(twice), [
      '"check" blocks came with Terraform 1.5; required_version ">= 1.0" also allows older ones. Raise it to ">= 1.5".',
    ]);
    assert.deepEqual(said(twice, terraform('1.11.4')), ['information allows-older-version check']);
    assert.deepEqual(said(twice, terraform('1.4.0')), ['warning allows-older-version check']);
  });

  it('is not said of what all have, nor where nothing is known', () => {
    assert.deepEqual(said(required('>= 1.5') + check), []);
    assert.deepEqual(said(check, terraform('1.11.4')), []);
    assert.deepEqual(said(check), []);
    assert.deepEqual(said(check, openTofu('1.6.0')), []);
    assert.deepEqual(said(check, terraform('1.5.0-beta1')), []);
  });

  it('tells a fix what is needed', () => {
    const { moment, module, config } = drawn(required('>= 1.0') + check);
    assert.deepEqual(
      checkEdition(moment, module, config).map(({ facts }) => facts),
      [{ product: 'terraform', since: '1.5', constraint: '>= 1.0' }],
    );
  });

  // Each as the changelog of the release names it: what needs it, and the release before it.
  const needs: readonly (readonly [config: string, text: string, before: string, since: string])[] = [
    [
      'variable "v" {\n  validation {\n    condition     = var.v\n    error_message = "No."\n  }\n}',
      'validation',
      '0.12.31',
      '0.13.0',
    ],
    ['module "m" {\n  source = "./m"\n  count  = 1\n}', 'count', '0.12.31', '0.13.0'],
    ['module "m" {\n  source     = "./m"\n  depends_on = []\n}', 'depends_on', '0.12.31', '0.13.0'],
    ['resource "a_b" "c" {\n  for_each = {}\n}', 'for_each', '0.12.5', '0.12.6'],
    ['variable "v" {\n  sensitive = true\n}', 'sensitive', '0.13.7', '0.14.0'],
    [
      'terraform {\n  required_providers {\n    a = {\n      source                = "x/a"\n      configuration_aliases = [a.b]\n    }\n  }\n}',
      'configuration_aliases',
      '0.14.11',
      '0.15.0',
    ],
    ['moved {\n  from = a_b.c\n  to   = a_b.d\n}', 'moved', '1.0.11', '1.1.0'],
    ['variable "v" {\n  nullable = false\n}', 'nullable', '1.0.11', '1.1.0'],
    ['terraform {\n  cloud {}\n}', 'cloud', '1.0.11', '1.1.0'],
    [
      'output "o" {\n  value = 1\n  precondition {\n    condition     = true\n    error_message = "No."\n  }\n}',
      'precondition',
      '1.1.9',
      '1.2.0',
    ],
    [
      'resource "a_b" "c" {\n  lifecycle {\n    replace_triggered_by = [a_b.d]\n  }\n}',
      'replace_triggered_by',
      '1.1.9',
      '1.2.0',
    ],
    [
      'data "a_b" "c" {\n  lifecycle {\n    postcondition {\n      condition     = true\n      error_message = "No."\n    }\n  }\n}',
      'lifecycle',
      '1.1.9',
      '1.2.0',
    ],
    ['variable "v" {\n  type = object({ a = optional(string, "x") })\n}', 'optional', '1.2.9', '1.3.0'],
    ['resource "terraform_data" "d" {}', '"terraform_data"', '1.3.10', '1.4.0'],
    ['import {\n  to = a_b.c\n  id = "x"\n}', 'import', '1.4.7', '1.5.0'],
    ['import {\n  to = a_b.c\n  id = var.x\n}', 'var.x', '1.5.7', '1.6.0'],
    ['import {\n  to       = a_b.c\n  id       = "x"\n  for_each = {}\n}', 'for_each', '1.6.6', '1.7.0'],
    ['removed {\n  from = a_b.c\n}', 'removed', '1.6.6', '1.7.0'],
    ['locals {\n  a = provider::aws::arn_parse("x")\n}', 'provider::aws::arn_parse', '1.7.5', '1.8.0'],
    [
      'variable "v" {\n  validation {\n    condition     = var.v > var.w\n    error_message = "No."\n  }\n}',
      'var.w',
      '1.8.5',
      '1.9.0',
    ],
    ['ephemeral "a_b" "c" {}', 'ephemeral', '1.9.8', '1.10.0'],
    ['output "o" {\n  value = terraform.applying\n}', 'terraform.applying', '1.9.8', '1.10.0'],
    ['terraform {\n  backend "s3" {\n    use_lockfile = true\n  }\n}', 'use_lockfile', '1.9.8', '1.10.0'],
    ['import {\n  to       = a_b.c\n  identity = {}\n}', 'identity', '1.11.4', '1.12.0'],
    ['terraform {\n  backend "oci" {}\n}', '"oci"', '1.11.4', '1.12.0'],
    ['action "a_b" "c" {}', 'action', '1.13.5', '1.14.0'],
    [
      'resource "a_b" "c" {\n  lifecycle {\n    action_trigger {\n      events  = [after_create]\n      actions = []\n    }\n  }\n}',
      'action_trigger',
      '1.13.5',
      '1.14.0',
    ],
    ['variable "v" {\n  const = true\n}', 'const', '1.14.9', '1.15.0'],
    ['output "o" {\n  value = 1\n  type  = number\n}', 'type', '1.14.9', '1.15.0'],
    ['variable "v" {\n  deprecated = "x"\n}', 'deprecated', '1.14.9', '1.15.0'],
    ['resource "a_b" "c" {\n  lifecycle {\n    destroy = false\n  }\n}', 'destroy', '1.15.9', '1.16.0'],
  ];
  for (const [config, text, before, since] of needs) {
    it(`${text} came with Terraform ${since}`, () => {
      assert.deepEqual(said(config, terraform(before)), [`error needs-newer-version ${text}`]);
      assert.deepEqual(said(config, terraform(since)), []);
    });
  }

  it('says so of what never comes back from the provider', () => {
    const config =
      'resource "aws_ssm_parameter" "p" {\n  name     = "p"\n  type     = "String"\n  value_wo = "x"\n}\n';
    assert.deepEqual(said(config, terraform('1.10.5'), bundled), ['error needs-newer-version value_wo']);
    assert.deepEqual(said(config, terraform('1.11.0'), bundled), []);
    const other = 'resource "aws_ssm_parameter" "p" {\n  other_wo = "x"\n}\n';
    assert.deepEqual(said(other, terraform('1.10.5'), bundled), []);
  });
});

describe('JSON', () => {
  it('is checked as well', () => {
    const json = '//- main.tf.json\n{ "check": { "c": {} }, "variable": { "v": { "nullable": true } } }\n';
    assert.deepEqual(said(json, terraform('1.0.0')), [
      'error needs-newer-version check',
      'error needs-newer-version nullable',
    ]);
    assert.deepEqual(said(json, terraform('1.5.0')), []);
  });
});

describe('imports inside modules', () => {
  it('are for Terraform 1.16', () => {
    const called = `//- m/main.tf\nimport {\n  to = a_b.c\n  id = "x"\n}\n//- main.tf\nmodule "m" {\n  source = "./m"\n}\n`;
    // `terraform validate` 1.11.4: Import blocks are only allowed in the root module.
    assert.deepEqual(said(called, terraform('1.11.4')), ['error needs-newer-version import']);
    assert.deepEqual(said(called, terraform('1.16.0')), []);
    assert.deepEqual(said(called.slice(0, called.indexOf('//- main')), terraform('1.11.4')), []);
  });
});

describe('functions', () => {
  const call = (name: string) => `locals {\n  a = ${name}("x")\n}\n`;

  it('came with releases', () => {
    const came = [
      ['try', '0.12.19', '0.12.20'],
      ['sum', '0.12.31', '0.13.0'],
      ['alltrue', '0.13.7', '0.14.0'],
      ['one', '0.14.11', '0.15.0'],
      ['startswith', '1.2.9', '1.3.0'],
      ['strcontains', '1.4.7', '1.5.0'],
      ['issensitive', '1.7.5', '1.8.0'],
      ['templatestring', '1.8.5', '1.9.0'],
      ['ephemeralasnull', '1.9.8', '1.10.0'],
      ['convert', '1.14.9', '1.15.0'],
    ] as const;
    for (const [name, before, since] of came) {
      assert.deepEqual(said(call(name), terraform(before)), [`error needs-newer-version ${name}`], name);
      assert.deepEqual(said(call(name), terraform(since)), [], name);
    }
    assert.deepEqual(said(call('templatestring'), openTofu('1.6.3')), [
      'error needs-newer-version templatestring',
    ]);
    assert.deepEqual(said(call('templatestring'), openTofu('1.7.0')), []);
    assert.deepEqual(said(call('core::upper'), terraform('1.7.0')), [
      'error needs-newer-version core::upper',
    ]);
  });

  it('went with releases', () => {
    assert.deepEqual(said(call('list'), terraform('0.14.11')), []);
    // `terraform validate` 1.11.4: the "list" function was deprecated in Terraform v0.12 and is no longer available.
    assert.deepEqual(said(call('list'), terraform('1.11.4')), ['error dropped-from-language list']);
    assert.deepEqual(said(required('>= 0.12') + call('list')), ['information dropped-from-language list']);
  });

  it('of OpenTofu are no functions of Terraform', () => {
    // `terraform validate` 1.11.4: There is no function named "urldecode".
    for (const name of ['urldecode', 'base64gunzip', 'cidrcontains']) {
      assert.deepEqual(said(call(name), terraform('1.11.4')), [`error other-product ${name}`]);
      assert.deepEqual(said(call(name)), [`warning other-product ${name}`]);
      assert.deepEqual(said(call(name), openTofu('1.6.0')), [`error needs-newer-version ${name}`]);
      assert.deepEqual(said(call(name), openTofu('1.12.0')), []);
    }
  });

  it('are looked for in calls alone', () => {
    assert.deepEqual(said('locals {\n  urldecode = 1\n  a = local.urldecode\n}\n', terraform('1.11.4')), []);
    assert.deepEqual(
      said('# urldecode("x")\nvariable "v" {\n  type = list(string)\n}\n', terraform('1.11.4')),
      [],
    );
    assert.deepEqual(
      said(
        'variable "v" {\n  type = map(list(string))\n  default = { list = "map(x)" }\n}\n',
        terraform('1.11.4'),
      ),
      [],
    );
  });
});

describe('what the other product has', () => {
  const enabled = 'resource "a_b" "c" {\n  lifecycle {\n    enabled = true\n  }\n}\n';

  it('is an error where it is known who reads the module, else a warning', () => {
    // `terraform validate` 1.11.4: An argument named "enabled" is not expected here.
    assert.deepEqual(said(enabled, terraform('1.11.4')), ['error other-product enabled']);
    assert.deepEqual(said(enabled), ['warning other-product enabled']);
    assert.deepEqual(said(enabled, openTofu('1.11.0')), []);
    assert.deepEqual(said(enabled, openTofu('1.10.0')), ['error needs-newer-version enabled']);
    assert.deepEqual(messages(enabled), [
      'Only OpenTofu has the argument "enabled" of lifecycle, from 1.11 on; Terraform has not. Where this is for OpenTofu, a file .opentofu-version says so.',
    ]);
  });

  it('is told of all that OpenTofu added', () => {
    const added = [
      ['terraform {\n  encryption {}\n}', 'encryption', '1.6.0', '1.7.0'],
      ['provider "a" {\n  alias    = "b"\n  for_each = {}\n}', 'for_each', '1.8.0', '1.9.0'],
      ['resource "a_b" "c" {\n  provider = a.b["x"]\n}', 'a.b["x"]', '1.8.0', '1.9.0'],
      ['locals {\n  a = tofu.workspace\n}', 'tofu.workspace', '1.8.0', '1.9.0'],
      ['language {}', 'language', '1.11.0', '1.12.0'],
      ['terraform {\n  backend "s3" {\n    state_tags = {}\n  }\n}', 'state_tags', '1.10.0', '1.11.0'],
      ['terraform {\n  backend "pg" {\n    table_name = "x"\n  }\n}', 'table_name', '1.9.0', '1.10.0'],
      ['terraform {\n  backend "http" {\n    headers = {}\n  }\n}', 'headers', '1.6.0', '1.7.0'],
    ] as const;
    for (const [config, text, before, since] of added) {
      assert.deepEqual(said(config, openTofu(since)), [], text);
      const tooOld = text === 'language' ? [] : said(config, openTofu(before));
      if (text !== 'language') assert.deepEqual(tooOld, [`error needs-newer-version ${text}`]);
      if (text !== 'language')
        assert.deepEqual(said(config, terraform('1.15.0')), [`error other-product ${text}`]);
    }
  });

  it('is told of what only Terraform has', () => {
    assert.deepEqual(said('action "a_b" "c" {}\n', openTofu('1.12.0')), ['error other-product action']);
    assert.deepEqual(said('terraform {\n  backend "oci" {}\n}\n', openTofu('1.12.0')), [
      'error other-product "oci"',
    ]);
  });

  it('came to both at different times', () => {
    const removed = 'removed {\n  from = a_b.c\n  lifecycle {\n    destroy = false\n  }\n}\n';
    assert.deepEqual(said(removed, terraform('1.7.0')), []);
    assert.deepEqual(said(removed, openTofu('1.9.0')), ['error needs-newer-version lifecycle']);
    assert.deepEqual(said(removed, openTofu('1.10.0')), []);
    const variable = 'variable "v" {\n  ephemeral = true\n}\n';
    assert.deepEqual(said(variable, terraform('1.10.0')), []);
    assert.deepEqual(said(variable, openTofu('1.10.0')), ['error needs-newer-version ephemeral']);
  });

  it('reads values early', () => {
    const early = 'module "m" {\n  source = "./${var.name}"\n}\n';
    assert.deepEqual(said(early, openTofu('1.7.0')), ['error needs-newer-version var.name']);
    assert.deepEqual(said(early, openTofu('1.8.0')), []);
    const backend = 'terraform {\n  backend "s3" {\n    bucket = var.bucket\n  }\n}\n';
    assert.deepEqual(said(backend, openTofu('1.7.0')), ['error needs-newer-version var.bucket']);
    assert.deepEqual(said(backend, openTofu('1.8.0')), []);
  });

  it('reads files of its own', () => {
    assert.deepEqual(said(`//- main.tofu\n${required('>= 1.6')}`), [
      'information allows-older-version terraform',
    ]);
    assert.deepEqual(said(`//- main.tofu\n${required('>= 1.8')}`), []);
  });
});

describe('what a release dropped', () => {
  it('is told with the release', () => {
    // `terraform init` 1.11.4: The "artifactory" backend is not supported in Terraform v1.3 or later.
    const backend = 'terraform {\n  backend "artifactory" {\n    repo = "r"\n  }\n}\n';
    assert.deepEqual(said(backend, terraform('1.11.4')), ['error dropped-from-language "artifactory"']);
    assert.deepEqual(said(backend, terraform('1.2.9')), []);
    assert.deepEqual(said(backend), ['warning dropped-from-language "artifactory"']);
    assert.deepEqual(messages(backend, terraform('1.11.4')), [
      'Terraform 1.3 dropped the backend "artifactory"; Terraform 1.11.4 is used here.',
    ]);
  });

  it('may be a provisioner', () => {
    // `terraform validate` 1.11.4: The "chef" provisioner has been removed.
    const chef = 'resource "a_b" "c" {\n  provisioner "chef" {\n    run_list = []\n  }\n}\n';
    assert.deepEqual(said(chef, terraform('1.11.4')), ['error dropped-from-language "chef"']);
    assert.deepEqual(said(chef, terraform('0.14.11')), []);
  });

  it('was an experiment before it came', () => {
    const type = 'variable "v" {\n  type = object({ a = optional(string) })\n}\n';
    const tried = `terraform {\n  experiments = [module_variable_optional_attrs]\n}\n${type}`;
    assert.deepEqual(said(type, terraform('1.2.9')), ['error needs-newer-version optional']);
    assert.deepEqual(said(tried, terraform('1.2.9')), []);
  });

  it('may be an experiment', () => {
    // terraform 1.11.4: Experimental features … are available only in alpha releases of Terraform.
    const config = 'terraform {\n  experiments = [module_variable_optional_attrs]\n}\n';
    assert.deepEqual(said(config, terraform('1.11.4')), [
      'error dropped-from-language module_variable_optional_attrs',
    ]);
    assert.deepEqual(said(config, terraform('1.2.9')), []);
  });

  it('may be an argument', () => {
    // `terraform init` 1.11.4: An argument named "role_arn" is not expected here.
    const role = 'terraform {\n  backend "s3" {\n    role_arn = "x"\n  }\n}\n';
    assert.deepEqual(said(role, terraform('1.11.4')), ['error dropped-from-language role_arn']);
    assert.deepEqual(messages(role, terraform('1.11.4')), [
      'Terraform 1.10 dropped the argument "role_arn" of backend; Terraform 1.11.4 is used here. Use "assume_role".',
    ]);
    assert.deepEqual(messages('locals {\n  a = list("x")\n}\n', terraform('1.11.4')), [
      'Terraform 0.15 dropped the function "list"; Terraform 1.11.4 is used here. Write "[…]" or "tolist([…])".',
    ]);
    assert.deepEqual(said(role, terraform('1.9.0')), []);
    assert.deepEqual(said(role, openTofu('1.12.0')), []);
  });
});
