import assert from 'node:assert/strict';
import { complete } from '../../server/features/completion';
import { diagnose } from '../../server/features/diagnostics';
import { hover } from '../../server/features/hover';
import type { TerraformAtHand } from '../../server/features/snapshot';
import { openBundledSchemas } from '../../server/providers/bundled';
import { providerDataFolder } from '../../server/providers/dataFolder';
import { fixture } from '../support/fixture';

const terraform = (version: string): TerraformAtHand => ({ product: 'terraform', version });
const openTofu = (version: string): TerraformAtHand => ({ product: 'opentofu', version });

const bundled = openBundledSchemas(providerDataFolder());

function drawn(text: string, program?: TerraformAtHand) {
  const { snapshot, path, offset } = fixture(text, bundled);
  return { moment: { ...snapshot, terraform: program }, path, offset };
}

/** The labels offered at the cursor. */
function offered(text: string, program?: TerraformAtHand): string[] {
  const { moment, path, offset } = drawn(text, program);
  return complete(moment, path, offset).items.map(({ label }) => label);
}

/** The members of objects offered at the cursor, sorted. */
function membersOffered(text: string, program?: TerraformAtHand): string[] {
  const { moment, path, offset } = drawn(text, program);
  const { items } = complete(moment, path, offset);
  return items.flatMap(({ label, kind }) => (kind === 'argument' ? [label] : [])).sort();
}

function said(text: string, program?: TerraformAtHand): string[] {
  const { moment, path } = drawn(text, program);
  return diagnose(moment, path).map(({ severity, code }) => `${severity} ${code}`);
}

describe('what is offered', () => {
  it('are the blocks of the releases that may read the module', () => {
    const top = (program: TerraformAtHand) => offered('<|>', program);
    assert.ok(top(terraform('1.14.0')).includes('action'));
    assert.ok(!top(terraform('1.13.0')).includes('action'));
    assert.ok(!top(terraform('1.14.0')).includes('language'));
    assert.ok(top(openTofu('1.12.0')).includes('language'));
    assert.ok(!top(openTofu('1.12.0')).includes('action'));
    assert.ok(!top(terraform('0.15.5')).includes('moved'));
  });

  it('are their arguments', () => {
    const variable = (program: TerraformAtHand) => offered('variable "v" {\n  <|>\n}\n', program);
    assert.ok(!variable(terraform('1.0.0')).includes('nullable'));
    assert.ok(variable(terraform('1.1.0')).includes('nullable'));
    assert.ok(!variable(terraform('1.14.0')).includes('const'));
    assert.ok(variable(openTofu('1.12.0')).includes('const'));
    const limited = 'terraform {\n  required_version = "~> 1.0.0"\n}\nvariable "v" {\n  <|>\n}\n';
    assert.ok(!offered(limited, terraform('1.11.4')).includes('nullable'));
  });

  it('are their functions', () => {
    const functions = (program: TerraformAtHand, word: string) =>
      offered(`locals {\n  a = ${word}<|>\n}\n`, program);
    assert.ok(functions(openTofu('1.7.0'), 'url').includes('urldecode'));
    assert.ok(!functions(terraform('1.11.4'), 'url').includes('urldecode'));
    assert.ok(!functions(terraform('1.4.0'), 'strc').includes('strcontains'));
    assert.ok(functions(terraform('1.5.0'), 'strc').includes('strcontains'));
    assert.ok(!functions(terraform('1.11.4'), 'list').includes('list'));
  });

  it('are the backends', () => {
    const backends = (program: TerraformAtHand) => offered('terraform {\n  backend "<|>"\n}\n', program);
    assert.deepEqual(
      backends(terraform('1.12.0')).sort(),
      'azurerm consul cos gcs http inmem kubernetes local oci oss pg remote s3'.split(' '),
    );
    assert.ok(!backends(openTofu('1.12.0')).includes('oci'));
    assert.ok(backends(terraform('1.2.0')).includes('swift'));
  });
});

describe('words that stand without quotes', () => {
  it('are offered inside of lists', () => {
    const events = offered(
      'resource "aws_instance" "a" {\n  lifecycle {\n    action_trigger {\n      events = [<|>]\n    }\n  }\n}\n',
    );
    assert.ok(events.includes('after_create'));
    assert.deepEqual(
      offered(
        'resource "aws_instance" "a" {\n  lifecycle {\n    action_trigger {\n      on_failure = <|>\n    }\n  }\n}\n',
      ).sort(),
      ['continue', 'halt', 'taint'],
    );
  });
});

describe('a backend', () => {
  it('has arguments, of which none is missing', () => {
    assert.ok(offered('terraform {\n  backend "s3" {\n    <|>\n  }\n}\n').includes('bucket'));
    assert.deepEqual(said('terraform {\n  backend "s3" {}\n}\n'), []);
    assert.deepEqual(said('terraform {\n  backend "gcs" {\n    bukket = "x"\n  }\n}\n'), [
      'error unknown-argument',
    ]);
    const { moment, path, offset } = drawn(
      'terraform {\n  backend "s3" {\n    use_lock<|>file = true\n  }\n}\n',
    );
    const label = drawn('terraform {\n  backend "g<|>cs" {}\n}\n');
    assert.match(
      hover(label.moment, label.path, label.offset)?.contents ?? '',
      /bucket of Google Cloud Storage/,
    );
    assert.match(hover(moment, path, offset)?.contents ?? '', /Lock with a file beside the state/);
  });

  it('takes known strings, the regions of its cloud among them', () => {
    const values = offered('terraform {\n  backend "azurerm" {\n    environment = <|>\n  }\n}\n');
    assert.ok(values.includes('"usgovernment"'));
    const regions = offered('terraform {\n  backend "s3" {\n    region = "<|>"\n  }\n}\n');
    assert.ok(regions.includes('eu-central-1'));
  });

  it('has objects with members', () => {
    const members = membersOffered(
      'terraform {\n  backend "s3" {\n    endpoints = {\n      <|>\n    }\n  }\n}\n',
    );
    assert.deepEqual(members, ['dynamodb', 'iam', 's3', 'sso', 'sts']);
    const inTofu = membersOffered(
      'terraform {\n  backend "s3" {\n    endpoints = {\n      <|>\n    }\n  }\n}\n',
      openTofu('1.12.0'),
    );
    assert.deepEqual(inTofu, ['dynamodb', 'iam', 's3', 'sts']);
  });

  it('that does not exist is told', () => {
    // `terraform init` 1.11.4: There is no backend type named "gsc".
    assert.deepEqual(said('terraform {\n  backend "gsc" {\n    a = 1\n  }\n}\n'), ['error unknown-kind']);
    assert.deepEqual(said('terraform {\n  backend "gsc" {}\n}\n', terraform('9.0.0')), [
      'warning unknown-kind',
    ]);
  });

  it('advises against what is on its way out', () => {
    const items = (program: TerraformAtHand) => {
      const { moment, path, offset } = drawn(
        'terraform {\n  backend "s3" {\n    dynamodb_t<|>\n  }\n}\n',
        program,
      );
      return complete(moment, path, offset).items.map(({ label, deprecated }) => [label, deprecated]);
    };
    assert.deepEqual(items(terraform('1.11.0')), [['dynamodb_table', true]]);
    assert.deepEqual(items(terraform('1.10.0')), [['dynamodb_table', false]]);
    assert.deepEqual(items(openTofu('1.12.0')), [['dynamodb_table', false]]);
  });
});

describe('terraform_remote_state', () => {
  const state = (body: string) =>
    `data "terraform_remote_state" "s" {\n${body}\n}\noutput "o" {\n  value = data.terraform_remote_state.s\n}\n`;

  it('knows the backends and what they take', () => {
    assert.ok(offered(state('  backend = "<|>"')).includes('gcs'));
    const members = membersOffered(state('  backend = "remote"\n  config = {\n    <|>\n  }'));
    assert.deepEqual(members, ['hostname', 'organization', 'token', 'workspaces']);
    const inner = membersOffered(
      state('  backend = "remote"\n  config = {\n    workspaces = {\n      <|>\n    }\n  }'),
    );
    assert.deepEqual(inner, ['name', 'prefix']);
  });

  it('is checked as terraform validate does', () => {
    // terraform 1.11.4: unexpected attribute "buket"; There is no backend type named "foo"; .workspaces: unexpected attribute "x".
    assert.deepEqual(said(state('  backend = "s3"\n  config = {\n    buket = "b"\n  }')), [
      'error unknown-argument',
    ]);
    assert.deepEqual(said(state('  backend = "foo"')), ['error unknown-kind']);
    assert.deepEqual(
      said(
        state('  backend = "remote"\n  config = {\n    organization = "o"\n    workspaces = { x = 1 }\n  }'),
      ),
      ['error unknown-argument'],
    );
    assert.deepEqual(
      said(
        state(
          '  backend = "s3"\n  config = { bucket = "b", key = "k", region = "eu-west-1", role_arn = "r" }',
        ),
        terraform('1.11.4'),
      ),
      ['error dropped-from-language'],
    );
    assert.deepEqual(
      said(
        state('  backend = "s3"\n  config = { bucket = "b", key = "k", region = "eu-west-1" }'),
        terraform('1.11.4'),
      ),
      [],
    );
  });
});

describe('encryption of OpenTofu', () => {
  const inside = (body: string) => `terraform {\n  encryption {\n${body}\n  }\n}\n`;

  it('has key providers and methods', () => {
    assert.ok(offered(inside('    key_provider "<|>"'), openTofu('1.12.0')).includes('pbkdf2'));
    assert.ok(!offered(inside('    key_provider "<|>"'), openTofu('1.9.0')).includes('external'));
    assert.ok(offered(inside('    method "<|>"'), openTofu('1.12.0')).includes('aes_gcm'));
    assert.ok(
      offered(inside('    key_provider "pbkdf2" "p" {\n      <|>\n    }'), openTofu('1.12.0')).includes(
        'passphrase',
      ),
    );
  });

  it('has nothing wrong where it is right', () => {
    const right = `    key_provider "pbkdf2" "p" {
      passphrase = "0123456789abcdef"
    }
    key_provider "aws_kms" "k" {
      kms_key_id = "k"
      key_spec   = "AES_256"
      endpoints {
        sts = "http://localhost"
      }
    }
    method "aes_gcm" "m" {
      keys = key_provider.pbkdf2.p
    }
    method "unencrypted" "u" {}
    state {
      method   = method.aes_gcm.m
      enforced = true
      fallback {
        method = method.unencrypted.u
      }
    }
    remote_state_data_sources {
      default {
        method = method.aes_gcm.m
      }
      remote_state_data_source "x" {
        method = method.unencrypted.u
      }
    }`;
    assert.deepEqual(said(inside(right), openTofu('1.12.0')), []);
  });

  it('is told what is wrong', () => {
    assert.deepEqual(said(inside('    key_provider "pbkdf" "p" {}'), openTofu('1.12.0')), [
      'error unknown-kind',
    ]);
    assert.deepEqual(said(inside('    method "aes_gcm" "m" {\n      key = 1\n    }'), openTofu('1.12.0')), [
      'error missing-argument',
      'error unknown-argument',
    ]);
  });
});

describe('test files', () => {
  const test =
    '//- tests/a.tftest.hcl\nmock_provider "aws" {}\nrun "r" {\n  state_key = "k"\n}\n//- main.tf\n';
  const about = (version: string) =>
    said(test, terraform(version)).filter((line) => /newer|older|dropped|product/.test(line));

  it('are told what their release lacks', () => {
    assert.deepEqual(about('1.6.0'), ['error needs-newer-version', 'error needs-newer-version']);
    assert.deepEqual(about('1.10.0'), ['error needs-newer-version']);
    assert.deepEqual(about('1.11.0'), []);
  });

  it('are not measured by what users of the module need', () => {
    const asked = `${test}terraform {\n  required_version = ">= 1.3"\n}\n`;
    assert.ok(!said(asked, terraform('1.11.4')).some((line) => line.includes('older')));
  });
});

describe('types in quotes', () => {
  const quoted = (version: string) =>
    said('variable "v" {\n  type = "string"\n}\noutput "o" {\n  value = var.v\n}\n', terraform(version));

  it('are refused since Terraform 0.15', () => {
    // `terraform validate` 1.11.4: Invalid quoted type constraints.
    assert.deepEqual(quoted('1.11.4'), ['error quoted-type']);
    assert.deepEqual(quoted('0.14.11'), ['warning quoted-type']);
  });
});

describe('references to tofu', () => {
  it('are as those to terraform', () => {
    assert.deepEqual(said('output "o" {\n  value = tofu.workspace\n}\n', openTofu('1.12.0')), []);
  });
});

describe('a release that nobody knows yet', () => {
  it('may be right where it does what is unknown', () => {
    const unknown =
      'futures "f" {}\nlocals {\n  a = futurize("x")\n}\nvariable "v" {\n  future = true\n}\noutput "o" {\n  value = [local.a, var.v]\n}\n';
    assert.deepEqual(said(unknown, terraform('1.11.4')), [
      'error unknown-block',
      'error unknown-function',
      'error unknown-argument',
    ]);
    assert.deepEqual(said(unknown, terraform('7.0.0')), [
      'warning unknown-block',
      'warning unknown-function',
      'warning unknown-argument',
    ]);
  });
});
