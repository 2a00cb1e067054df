import assert from 'node:assert/strict';
import { usedProviders } from '../../server/features/usedProviders';
import { fixture, projectFolder } from '../support/fixture';

describe('the providers of a root module', () => {
  it('are those of all its modules, with what is asked for, locked and known', () => {
    const { snapshot } = fixture(`//- main.tf
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = "~> 6.0"
    }
  }
}
module "m" {
  source = "./m"
}
//- m/main.tf
terraform {
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.0"
    }
  }
}
resource "corp_thing" "t" {}
//- .terraform.lock.hcl
provider "registry.terraform.io/hashicorp/aws" {
  version = "6.10.0"
}
`);
    assert.deepEqual(usedProviders(snapshot, projectFolder), [
      {
        source: 'hashicorp/aws',
        constraint: '~> 6.0, >= 5.0',
        locked: '6.10.0',
        schema: '6.66.0 bundled',
        page: 'https://registry.terraform.io/providers/hashicorp/aws/6.10.0/docs',
      },
      {
        source: 'hashicorp/corp',
        page: 'https://registry.terraform.io/providers/hashicorp/corp/latest/docs',
      },
    ]);
  });
});
