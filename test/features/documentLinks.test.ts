import assert from 'node:assert/strict';
import { documentLinks } from '../../server/features/documentLinks';
import { fixture } from '../support/fixture';

/** `text → target` of every link of the first file; files by their names. */
function links(drawn: string): readonly string[] {
  const from = fixture(drawn);
  const text = from.files.get(from.path) ?? '';
  return documentLinks(from.snapshot, from.path).map(
    ({ range, target }) =>
      `${text.slice(range.start, range.end)} → ${target.replace(/^file:.*\/project\//, 'file ')}`,
  );
}

const call = (source: string, more = '') =>
  links(`module "m" {\n  source = "${source}"\n${more}}\n`)[0]?.split(' → ')[1];

describe('links of a module', () => {
  it('lead to the page of the registry, in the version that is asked for', () => {
    assert.equal(call('acme/vpc/aws'), 'https://registry.terraform.io/modules/acme/vpc/aws/latest');
    assert.equal(
      call('acme/vpc/aws', '  version = "5.1.0"\n'),
      'https://registry.terraform.io/modules/acme/vpc/aws/5.1.0',
    );
    assert.equal(
      call('acme/vpc/aws', '  version = "~> 5.1"\n'),
      'https://registry.terraform.io/modules/acme/vpc/aws/latest',
    );
    assert.equal(
      call('acme/vpc/aws//modules/endpoints'),
      'https://registry.terraform.io/modules/acme/vpc/aws/latest/submodules/endpoints',
    );
  });

  it('lead to the repository, the folder and the commit', () => {
    assert.equal(call('github.com/acme/vpc'), 'https://github.com/acme/vpc');
    assert.equal(
      call('git::https://github.com/acme/vpc.git//net?ref=v1.2'),
      'https://github.com/acme/vpc/tree/v1.2/net',
    );
    assert.equal(call('git@github.com:acme/vpc.git'), 'https://github.com/acme/vpc');
    assert.equal(
      call('git::ssh://git@gitlab.com/acme/vpc.git?ref=main'),
      'https://gitlab.com/acme/vpc/-/tree/main',
    );
    assert.equal(call('https://example.com/vpc.zip'), 'https://example.com/vpc.zip');
    assert.equal(call('s3::https://bucket/x.zip'), undefined);
    assert.equal(call('./missing'), undefined);
  });
});

describe('links to documentation', () => {
  it('stand on types, requirements, backends and provisioners', () => {
    assert.deepEqual(
      links(`terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
  backend "s3" {}
}
resource "aws_bucket" "a" {
  provisioner "local-exec" {}
}
check "c" {
  data "aws_image" "b" {}
}
`),
      [
        's3 → https://developer.hashicorp.com/terraform/language/backend/s3',
        'hashicorp/aws → https://registry.terraform.io/providers/hashicorp/aws/latest/docs',
        'aws_bucket → https://registry.terraform.io/providers/hashicorp/aws/6.66.0/docs/resources/bucket',
        'local-exec → https://developer.hashicorp.com/terraform/language/resources/provisioners/local-exec',
        'aws_image → https://registry.terraform.io/providers/hashicorp/aws/6.66.0/docs/data-sources/image',
      ],
    );
  });
});

describe('links to files', () => {
  it('lead to what functions read, where it is there', () => {
    assert.deepEqual(
      links(`//- net/main.tf
locals {
  a = file("\${path.module}/a.txt")
  b = templatefile("\${path.root}/b.tftpl", {})
  c = filebase64("gone.bin")
  d = fileset(path.module, "*.txt")
  e = fileset("\${path.module}/none", "*.txt")
}
//- net/a.txt
//- main.tf
module "net" {
  source = "./net"
}
//- b.tftpl
`),
      [
        '${path.module}/a.txt → file net/a.txt',
        '${path.root}/b.tftpl → file b.tftpl',
        'path.module → file net',
      ],
    );
  });
});
