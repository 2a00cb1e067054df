import assert from 'node:assert/strict';
import { complete } from '../../server/features/completion';
import { includes, labels, offers, taken } from '../support/completing';
import { demandingSchemas } from '../support/demandingSchemas';
import { fixture } from '../support/fixture';

describe('completion of provider requirements (terraform-ls 871, 370, 371)', () => {
  const inside = (entry: string) => `terraform {\n  required_providers {\n    ${entry}\n  }\n}\n`;

  it('writes a whole entry', () => {
    assert.match(
      taken(inside('<|>'), 'aws'),
      /aws = \{\n {2}source {2}= "hashicorp\/aws"\n {2}version = "~> 6\.66"\n\}/,
    );
    assert.deepEqual(labels(inside('aws = {}\n    <|>')), []);
  });

  it('offers sources, that of the same name first', () => {
    const drawn = inside('demo = {\n      source = "<|>"\n    }');
    assert.deepEqual(labels(drawn, demandingSchemas), ['acme/demo', 'hashicorp/aws']);
    assert.match(
      taken(inside('aws = {\n      source = "hash<|>icorp/x"\n    }'), 'hashicorp/aws'),
      /source = "hashicorp\/aws"\n/,
    );
    assert.match(
      taken(inside('aws = {\n      source = "<|>\n    }'), 'hashicorp/aws'),
      /source = "hashicorp\/aws"\n/,
    );
  });

  it('offers constraints from the version at hand', () => {
    assert.deepEqual(
      labels(inside('aws = {\n      source = "hashicorp/aws"\n      version = "<|>"\n    }')),
      ['~> 6.66', '~> 6.0', '~> 6.66.0', '>= 6.66.0', '6.66.0'],
    );
    assert.deepEqual(labels(inside('aws = "<|>"'))[0], '~> 6.66');
    assert.deepEqual(labels(inside('aws = { version = "~> 6.0<|>" }')), ['~> 6.0']);
  });

  it('offers the locked version before the bundled one', () => {
    const lock = `//- .terraform.lock.hcl
provider "registry.terraform.io/hashicorp/aws" {
  version = "5.1.2"
}
provider "registry.terraform.io/acme/rare" {
  version = "0.4.1"
}
`;
    const drawn = `//- main.tf\n${inside('aws = {\n      version = "<|>"\n    }')}${lock}`;
    assert.deepEqual(labels(drawn).slice(0, 2), ['~> 5.1', '~> 6.66']);
    assert.match(offers(drawn)[0]?.detail ?? '', /5\.1\.2 is locked/);
    includes(`//- main.tf\n${inside('<|>')}${lock}`, 'aws', 'rare');
  });

  it('offers keys, those that are there left out', () => {
    assert.deepEqual(labels(inside('aws = {\n      source = "hashicorp/aws"\n      <|>\n    }')), [
      'version',
      'configuration_aliases',
    ]);
  });

  it('offers constraints for Terraform from the program at hand', () => {
    const { snapshot, path, offset } = fixture('terraform {\n  required_version = "<|>"\n}\n');
    const terraform = { product: 'terraform', version: '1.11.4' } as const;
    const found = complete({ ...snapshot, terraform }, path, offset).items.map(({ label }) => label);
    assert.deepEqual(found, ['~> 1.11', '~> 1.0', '~> 1.11.4', '>= 1.11.4', '1.11.4']);
    const [newest] = offers('terraform {\n  required_version = "<|>"\n}\n');
    assert.match(newest?.label ?? '', /^~> \d+\.\d+$/);
    assert.match(newest?.detail ?? '', /the newest that Terratrain knows/);
  });
});

describe('completion of module sources and versions', () => {
  const installed = `//- .terraform/modules/modules.json
{"Modules":[{"Key":"","Source":"","Dir":"."},
{"Key":"vpc","Source":"registry.terraform.io/acme/vpc/aws","Version":"5.2.1","Dir":".terraform/modules/vpc"}]}
//- .terraform/modules/vpc/main.tf
variable "cidr" {}
`;

  it('offers what is installed, and its versions', () => {
    const source = `//- main.tf\nmodule "m" {\n  source = "<|>"\n}\n${installed}`;
    assert.equal(labels(source)[0], 'acme/vpc/aws');
    assert.equal(offers(source)[0]?.detail, 'installed 5.2.1');
    assert.deepEqual(
      labels(`//- main.tf\nmodule "m" {\n  source = "acme/vpc/aws"\n  version = "<|>"\n}\n${installed}`),
      ['~> 5.2', '~> 5.0', '~> 5.2.1', '>= 5.2.1', '5.2.1'],
    );
    assert.deepEqual(
      labels(`//- main.tf\nmodule "m" {\n  source = "acme/other/aws"\n  version = "<|>"\n}\n${installed}`),
      [],
    );
  });

  it('offers the keys and values of providers', () => {
    const files = (content: string) => `//- main.tf
provider "aws" {}
provider "aws" {
  alias = "east"
}
provider "google" {}
module "m" {
  source = "./m"
  providers = {
    ${content}
  }
}
//- m/main.tf
terraform {
  required_providers {
    aws = {
      source                = "hashicorp/aws"
      configuration_aliases = [aws.west]
    }
  }
}
`;
    assert.deepEqual(labels(files('<|>')), ['aws', 'aws.west']);
    assert.match(taken(files('<|>'), 'aws.west'), /\n {4}aws\.west = \n/);
    assert.deepEqual(labels(files('aws.west = <|>')), ['aws', 'aws.east', 'google']);
    assert.deepEqual(labels(files('aws = aws.<|>')), ['aws.east']);
  });
});
