import assert from 'node:assert/strict';
import { incomingCalls, outgoingCalls } from '../../server/features/callHierarchy';
import { documentLinks } from '../../server/features/documentLinks';
import { documentSymbols } from '../../server/features/documentSymbols';
import { inlayHints } from '../../server/features/inlayHints';
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

  it('shows who calls whom', () => {
    const { snapshot, path, files } = fixture(stack);
    const network = [...files.keys()].find((file) => file.endsWith('main.tf')) ?? '';
    const shown = ({ item }: { item: { name: string; detail: string } }) => `${item.name}: ${item.detail}`;
    assert.deepEqual(outgoingCalls(snapshot, path).map(shown), [
      'network: component.network',
      'inner: stack.inner',
    ]);
    assert.deepEqual(incomingCalls(snapshot, network).map(shown), ['project: component.network']);
    assert.deepEqual(incomingCalls(snapshot, path).map(shown), ['project: deployment.blue']);
  });

  it('shows what local values are', () => {
    const drawn = fixture(
      '//- main.tfcomponent.hcl\nlocals {\n  a = upper("x")\n}\n//- terraform.tfvars\na = 1\n',
    );
    const hints = inlayHints(
      drawn.snapshot,
      drawn.path,
      { start: 0, end: 50 },
      {
        values: true,
        forEachKeys: true,
        parameterNames: false,
      },
    );
    assert.deepEqual(
      hints.map(({ text }) => text.trim()),
      ['= "X"'],
    );
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
