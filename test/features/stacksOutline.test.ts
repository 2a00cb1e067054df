import assert from 'node:assert/strict';
import { documentLinks } from '../../server/features/documentLinks';
import { documentSymbols } from '../../server/features/documentSymbols';
import { semanticTokens } from '../../server/features/semanticTokens';
import { workspaceSymbols } from '../../server/features/workspaceSymbols';
import { fixture, relativeName } from '../support/fixture';

const stack = `//- main.tfcomponent.hcl
provider "aws" "main" {}
component "network" {
  source    = "./network"
  providers = { aws = provider.aws.main }
}
stack "inner" {
  source = "./inner"
}
component "remote" {
  source  = "terraform-aws-modules/vpc/aws"
  version = "~> 5.0"
}
//- main.tfdeploy.hcl
store "varset" "keys" {
  name     = "k"
  category = "env"
}
deployment "blue" {
  inputs = { a = store.varset.keys.a }
}
//- network/main.tf
variable "range" {}
//- inner/values.tfcomponent.hcl
variable "inner" {
  type = string
}
`;

describe('outline of stacks', () => {
  it('names blocks by their labels', () => {
    const { snapshot, files } = fixture(stack);
    const shown = [...files.keys()]
      .filter((file) => file.endsWith('.hcl'))
      .flatMap((file) =>
        documentSymbols(snapshot, file).map(({ name, detail, kind }) => `${kind} ${detail} ${name}`),
      );
    assert.deepEqual(shown, [
      'provider provider aws.main',
      'module component network',
      'module stack inner',
      'module component remote',
      'block store varset.keys',
      'module deployment blue',
      'variable variable inner',
    ]);
  });

  it('finds what stacks and deployments declare in the workspace', () => {
    const { snapshot } = fixture(stack);
    const names = workspaceSymbols(snapshot, '').map(({ name }) => name);
    for (const name of [
      'component.network',
      'provider.aws.main',
      'deployment.blue',
      'store.varset.keys',
      'var.range',
    ])
      assert.ok(names.includes(name), name);
  });

  it('links to modules, stacks and documentation', () => {
    const { snapshot, path } = fixture(stack);
    const links = documentLinks(snapshot, path).map(({ target, tooltip }) => {
      const file = target.startsWith('file:')
        ? relativeName(new URL(target).pathname.replace(/^\/([A-Za-z]:)/, '$1'))
        : target;
      return `${tooltip}: ${file}`;
    });
    assert.deepEqual(links, [
      'Documentation of aws: https://registry.terraform.io/providers/hashicorp/aws/6.66.0/docs',
      'Open ./network: network/main.tf',
      'Open ./inner: inner/values.tfcomponent.hcl',
      'Documentation of terraform-aws-modules/vpc/aws: https://registry.terraform.io/modules/terraform-aws-modules/vpc/aws/latest',
    ]);
  });

  it('colours the first names of references', () => {
    const { snapshot, files } = fixture(stack);
    const coloured = [...files].flatMap(([file, text]) =>
      semanticTokens(snapshot, file)
        .filter(({ type }) => type === 'namespace')
        .map(({ range }) => text.slice(range.start, range.end)),
    );
    assert.deepEqual(coloured, ['provider', 'store']);
  });
});
