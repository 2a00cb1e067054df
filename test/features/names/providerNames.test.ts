import assert from 'node:assert/strict';
import { places, renamed, refusal, definition } from './drawn';

describe('names of providers', () => {
  const project = (cursor: string) => {
    const text = `//- child/main.tf
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", configuration_aliases = [aws.src] }
  }
}
resource "aws_bucket" "b" {
  provider = aws.src
}
//- main.tf
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  alias  = "west"
  region = "us-west-2"
}
resource "aws_bucket" "a" {
  provider = aws.west
}
module "child" {
  source    = "./child"
  providers = { aws.src = aws.west }
}
`;
    assert.ok(text.includes(cursor.replace('<|>', '')), `the project does not hold ${cursor}`);
    return text.replace(cursor.replace('<|>', ''), cursor);
  };
  const west = `//- main.tf
terraform {
  required_providers {
    aws = { source = "hashicorp/aws" }
  }
}
provider "aws" {
  alias  = "‹west›"
  region = "us-west-2"
}
resource "aws_bucket" "a" {
  provider = aws.‹west›
}
module "child" {
  source    = "./child"
  providers = { aws.src = aws.‹west› }
}
`;

  it('finds an alias from the block, a use, and what is handed to a module', () => {
    assert.equal(places(project('alias  = "we<|>st"')), west);
    assert.equal(places(project('provider = aws.we<|>st')), west);
    assert.equal(places(project('aws.src = aws.we<|>st')), west);
  });

  it('follows the name that a called module has for it, from both sides', () => {
    const found = places(project('[aws.s<|>rc]'));
    assert.match(found, /\/\/- child\/main\.tf[^]*\[aws\.‹src›\][^]*provider = aws\.‹src›/);
    assert.match(found, /\/\/- main\.tf[^]*providers = \{ aws\.‹src› = aws\.west \}/);
    assert.equal(places(project('{ aws.sr<|>c = aws')), found);
  });

  it('renames an alias everywhere it stands', () => {
    const after = renamed(project('provider = aws.sr<|>c'), 'given');
    assert.match(after, /configuration_aliases = \[aws\.given\][^]*provider = aws\.given/);
    assert.match(after, /providers = \{ aws\.given = aws\.west \}/);
    assert.equal(
      refusal('provider "aws" {\n  alias = "a<|>"\n}\nprovider "aws" {\n  alias = "other"\n}\n'),
      'The provider name "aws.other" is taken in this module.',
    );
  });

  it('leads to the block, to what is handed in, to the requirement', () => {
    assert.match(definition(project('provider = aws.we<|>st')), /alias {2}= "‹west›"/);
    assert.match(definition(project('provider = aws.s<|>rc')), /\[aws\.‹src›\]/);
    assert.match(definition(project('{ aws.s<|>rc = aws')), /child\/main\.tf[^]*\[aws\.‹src›\]/);
  });

  it('renames a local name, unless something follows from it', () => {
    const named = `terraform {
  required_providers {
    cloud = { source = "hashicorp/aws" }
  }
}
provider "clo<|>ud" {
  region = "eu"
}
resource "aws_bucket" "a" {
  provider = cloud
}
output "x" {
  value = provider::cloud::arn_parse("a")
}
`;
    assert.equal(
      renamed(named, 'amazon'),
      `//- main.tf\n${named.replace('clo<|>ud', 'cloud').replaceAll('cloud', 'amazon')}`,
    );
    assert.match(
      refusal(
        'terraform {\n  required_providers {\n    a<|>ws = { source = "hashicorp/aws" }\n  }\n}\nresource "aws_bucket" "b" {}\n',
      ),
      /^aws_bucket\.b finds its provider by this name, because its type begins with "aws_"/,
    );
    assert.match(
      refusal('terraform {\n  required_providers {\n    a<|>ws = { version = "~> 6.0" }\n  }\n}\n'),
      /source of this provider follows from its name/,
    );
  });

  it('has the names of a module in tests that hand in nothing by themselves', () => {
    const drawn = (module: string, test: string) => `//- main.tf
terraform {
  required_providers {
    cloud = { source = "hashicorp/aws", configuration_aliases = [cloud.${module}src] }
  }
}
//- main.tftest.hcl
mock_provider "cloud" {
  alias = "${test}src"
}
run "a" {}
`;
    const found = places(drawn('<|>', ''));
    assert.match(found, /\[cloud\.‹src›\][^]*alias = "‹src›"/);
    assert.equal(places(drawn('', '<|>')), found);
    assert.match(
      renamed(drawn('', '').replace('mock_provider "cloud"', 'mock_provider "clo<|>ud"'), 'amazon'),
      /amazon = \{ source = "hashicorp\/aws", configuration_aliases = \[amazon\.src\][^]*mock_provider "amazon"/,
    );
  });

  it('follows aliases into tests', () => {
    const found = places(`//- main.tf
terraform {
  required_providers {
    aws = { source = "hashicorp/aws", configuration_aliases = [aws.s<|>rc] }
  }
}
//- tests/main.tftest.hcl
provider "aws" {
  alias  = "src"
  region = "eu"
}
run "a" {
  providers = { aws.src = aws.src }
}
`);
    assert.match(found, /providers = \{ aws\.‹src› = aws\.src \}/);
    assert.doesNotMatch(found, /alias {2}= "‹src›"/);
  });
});
