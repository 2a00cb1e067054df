import assert from 'node:assert/strict';
import { diagnose } from '../../server/features/diagnostics';
import { documentLinks } from '../../server/features/documentLinks';
import { formatDocument } from '../../server/features/formatting';
import { hover } from '../../server/features/hover';
import { fixture } from '../support/fixture';

const h1 = `h1:${'A'.repeat(43)}=`;
const zh = `zh:${'0a'.repeat(32)}`;

const entry = (source: string, version: string, rest = '') =>
  `provider "${source}" {\n  version = "${version}"\n${rest}}\n`;

const aws = 'registry.terraform.io/hashicorp/aws';

const configuration = `//- main.tf
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}
resource "aws_bucket" "b" {}
`;

const locked = (text: string, others = configuration) => `//- .terraform.lock.hcl\n${text}${others}`;

const found = (drawn: string): string[] => {
  const { snapshot, path, files } = fixture(drawn);
  return diagnose(snapshot, path).map(({ severity, code, range }) => {
    const text = files.get(path)?.slice(range.start, range.end) ?? '';
    return `${severity} ${code} ${text}`;
  });
};

describe('diagnostics of lock files', () => {
  it('accept what terraform writes', () => {
    const text = entry(
      aws,
      '6.2.0',
      `  constraints = "~> 6.0"\n  hashes = [\n    "${h1}",\n    "${zh}",\n  ]\n`,
    );
    assert.deepEqual(
      found(locked(`# This file is maintained automatically by "terraform init".\n\n${text}`)),
      [],
    );
    assert.deepEqual(found(locked(text, '')), []);
    assert.deepEqual(found(locked(entry(aws, '6.0.0-beta.1+x', '  constraints = ""\n'), '')), []);
  });

  it('name a version that the constraints or the configuration exclude', () => {
    assert.deepEqual(found(locked(entry(aws, '5.9.0', '  constraints = "~> 6.0"\n'))), [
      'warning lock-contradiction "5.9.0"',
    ]);
    assert.deepEqual(found(locked(entry(aws, '5.9.0', '  constraints = "~> 5.0"\n'))), [
      'warning lock-contradiction "5.9.0"',
    ]);
    assert.deepEqual(found(locked(entry(aws, '5.9.0', '  constraints = "~> 5.0"\n'), '')), []);
  });

  // What terraform 1.11.4 says to each of these is an error, with `terraform init -backend=false`.
  it('name versions, constraints and addresses that terraform refuses', () => {
    assert.deepEqual(found(locked(entry(aws, '6'))), ['error invalid-version "6"']);
    assert.deepEqual(found(locked(entry(aws, '06.0.0'))), ['error invalid-version "06.0.0"']);
    assert.deepEqual(found(locked(entry(aws, '6.0.0', '  constraints = "six"\n'))), [
      'error invalid-version "six"',
    ]);
    assert.deepEqual(found(locked(entry('hashicorp/aws', '6.0.0'))), ['error invalid-source hashicorp/aws']);
    assert.deepEqual(found(locked(entry('registry.terraform.io/hashicorp/AWS', '6.0.0'))), [
      'error invalid-source registry.terraform.io/hashicorp/AWS',
    ]);
    assert.deepEqual(found(locked(entry('terraform.io/builtin/terraform', '1.0.0'))), [
      'error invalid-source terraform.io/builtin/terraform',
    ]);
  });

  it('name checksums that are none', () => {
    const hashes = (text: string) => found(locked(entry(aws, '6.0.0', `  hashes = [${text}]\n`)));
    assert.deepEqual(hashes('"abc"'), ['error invalid-hash "abc"']);
    assert.deepEqual(hashes('"h1:abc"'), ['warning invalid-hash "h1:abc"']);
    assert.deepEqual(hashes(`"${zh.toUpperCase().replace('ZH', 'zh')}"`), [
      `warning invalid-hash "${zh.toUpperCase().replace('ZH', 'zh')}"`,
    ]);
    assert.deepEqual(hashes('"h9:of the future"'), []);
    assert.deepEqual(hashes(''), ['error invalid-hash []']);
  });

  it('name providers that are locked twice, and what does not belong there', () => {
    assert.deepEqual(found(locked(entry(aws, '6.0.0') + entry(aws, '6.1.0'))), [
      `error duplicate-declaration ${aws}`,
    ]);
    assert.deepEqual(found(locked(`provider "${aws}" {}\n`)), ['error missing-argument provider']);
    assert.deepEqual(found(locked(entry(aws, '6.0.0', '  source = "x"\n'))), [
      'error unknown-argument source',
    ]);
    assert.deepEqual(found(locked('resource "a" "b" {}\n')), ['error unknown-block resource']);
  });

  it('fade providers that nothing uses, as far as all of it is known', () => {
    const random = 'registry.terraform.io/hashicorp/random';
    assert.deepEqual(found(locked(entry(random, '3.0.0'))), [`hint unused-lock provider "${random}"`]);
    const implied = `//- main.tf\nresource "random_id" "i" {}\n`;
    assert.deepEqual(found(locked(entry(random, '3.0.0'), implied)), []);
    const inModule =
      '//- main.tf\nmodule "m" {\n  source = "./m"\n}\n//- m/main.tf\nresource "random_id" "i" {}\n';
    assert.deepEqual(found(locked(entry(random, '3.0.0'), inModule)), []);
    const notInstalled = '//- main.tf\nmodule "m" {\n  source = "acme/m/aws"\n}\n';
    assert.deepEqual(found(locked(entry(random, '3.0.0'), notInstalled)), []);
    assert.deepEqual(found(locked(entry('registry.opentofu.org/hashicorp/aws', '6.0.0'))), []);
  });

  it('know what stacks need', () => {
    const stack = `//- main.tfcomponent.hcl
required_providers {
  aws = {
    source  = "hashicorp/aws"
    version = "~> 6.0"
  }
}
component "a" {
  source = "./a"
}
//- a/main.tf
resource "random_id" "i" {}
`;
    const random = 'registry.terraform.io/hashicorp/random';
    const other = 'registry.terraform.io/hashicorp/null';
    const text = entry(aws, '5.0.0') + entry(random, '3.0.0') + entry(other, '3.0.0');
    assert.deepEqual(found(locked(text, stack)), [
      'warning lock-contradiction "5.0.0"',
      `hint unused-lock provider "${other}"`,
    ]);
  });
});

describe('lock files', () => {
  it('tell on hover which provider it is, and where its schema comes from', () => {
    const shown = (drawn: string) => {
      const { snapshot, path, offset } = fixture(drawn);
      return hover(snapshot, path, offset)?.contents ?? '';
    };
    const text = entry(aws, '6.66.0', `  constraints = "~> 6.0"\n  hashes = ["${h1}", "${zh}"]\n`);
    const label = shown(locked(text.replace('hashicorp/aws', 'hashi<|>corp/aws')));
    assert.match(label, /hashicorp\/aws 6\.66\.0/);
    assert.match(label, /hashicorp\/aws 6\.66\.0 bundled/);
    assert.match(label, /providers\/hashicorp\/aws\/6\.66\.0\/docs/);
    const older = text.replaceAll('6.66.0', '7.1.0').replace('hashicorp/aws', 'hashi<|>corp/aws');
    assert.match(shown(locked(older)), /lock file names version 7\.1\.0/);
    assert.match(
      shown(locked(entry('example.com/acme/th<|>ing', '1.0.0'))),
      /has no schema of this provider/,
    );
    assert.match(shown(locked(text.replace('h1:', 'h<|>1:'))), /contents of a package/);
    assert.match(shown(locked(text.replace('zh:', 'z<|>h:'))), /zip archive/);
    assert.match(
      shown(locked(text.replace('constraints', 'const<|>raints'))),
      /at the time the version was chosen/,
    );
  });

  it('link to the documentation of the locked version', () => {
    const links = (text: string) => {
      const { snapshot, path } = fixture(locked(text));
      return documentLinks(snapshot, path).map(({ target }) => target);
    };
    assert.deepEqual(links(entry(aws, '6.2.0')), [
      'https://registry.terraform.io/providers/hashicorp/aws/6.2.0/docs',
    ]);
    assert.deepEqual(links(entry('registry.opentofu.org/hashicorp/aws', '6.2.0')), [
      'https://search.opentofu.org/provider/hashicorp/aws/v6.2.0',
    ]);
    assert.deepEqual(links(entry('example.com/acme/thing', '1.0.0')), []);
  });

  it('are never formatted: terraform owns them', () => {
    const { snapshot, path } = fixture(locked('provider   "a/b/c" {\nversion="1.0.0"\n}\n'));
    assert.deepEqual(formatDocument(snapshot, path), []);
  });
});
