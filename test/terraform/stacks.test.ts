import assert from 'node:assert/strict';
import path from 'node:path';
import { ModuleIndex } from '../../server/terraform/moduleIndex';
import { bundledDirectory, readSourceBundle } from '../../server/terraform/stacks/sourceBundle';
import { inputsOf } from '../../server/terraform/stacks/stackCalls';
import { fixture, memoryFiles, projectFolder, relativeName } from '../support/fixture';

const drawn = `//- b.tfcomponent.hcl
component "net" {
  source = "./net"
  inputs = { "range" = 1, (upper("x")) = 2 }
}
provider "aws" "main" {}
//- a.tfcomponent.hcl
variable "region" {
  type = string
}
required_providers {
  aws = {
    source  = "acme/aws"
    version = "~> 6.0"
  }
}
locals {
  x = component.net.url
}
//- main.tfdeploy.hcl
deployment "one" {
  inputs = { region = local.y }
}
locals {
  y = "z"
}
//- main.tf
variable "of_the_module" {}
//- net/main.tf
variable "range" {}
`;

describe('stacks', () => {
  const { snapshot } = fixture(drawn);
  const { index } = snapshot;
  const at = (name: string) => path.join(projectFolder, ...name.split('/'));

  it('are made of all component files of a directory, apart from deployments and from the module there', () => {
    const stack = index.view(at('b.tfcomponent.hcl'));
    assert.deepEqual(
      stack.declarations.map(({ address }) => address),
      ['var.region', 'local.x', 'component.net', 'provider.aws.main'],
    );
    assert.deepEqual(stack.requirements, [
      { name: 'aws', source: 'registry.terraform.io/acme/aws', version: '~> 6.0' },
    ]);
    assert.equal(index.view(at('a.tfcomponent.hcl')), stack);
    const deployments = index.view(at('main.tfdeploy.hcl'));
    assert.deepEqual(
      deployments.declarations.map(({ address }) => address),
      ['deployment.one', 'local.y'],
    );
    assert.deepEqual(
      index.module(projectFolder).declarations.map(({ address }) => address),
      ['var.of_the_module'],
    );
  });

  it('know what they call, and who calls a module', () => {
    const stack = index.stack(projectFolder);
    const component = stack.find('component.net');
    assert.ok(component);
    assert.equal(index.called(component, stack)?.directory, at('net'));
    assert.deepEqual(
      index.stackCallsOf(index.module(at('net'))).map(({ call }) => call.address),
      ['component.net'],
    );
    const deployments = index.stack(projectFolder, 'deployment');
    const deployment = deployments.find('deployment.one');
    assert.ok(deployment);
    assert.equal(index.called(deployment, deployments), stack);
    assert.deepEqual(
      index.stackCallsOf(stack).map(({ call }) => call.address),
      ['deployment.one'],
    );
    // The module in the same folder is another thing.
    assert.deepEqual(index.stackCallsOf(index.module(projectFolder)), []);
  });

  it('give inputs as far as their names are written out', () => {
    const component = index.stack(projectFolder).find('component.net');
    assert.ok(component);
    const { text } = component.file.syntax;
    assert.deepEqual(
      inputsOf(component).map(({ name, range }) => [name, text.slice(range.start, range.end)]),
      [['range', 'range']],
    );
  });

  it('are found from any module that is known, and forgotten when their files are gone', () => {
    const files = new Map([...fixture(drawn).files]);
    const apart = new ModuleIndex(memoryFiles(files), [projectFolder]);
    assert.deepEqual(
      apart.knownStacks().map(({ dialect }) => dialect),
      ['stack', 'deployment'],
    );
    for (const file of files.keys()) if (file.endsWith('.hcl')) files.delete(file);
    assert.deepEqual(new ModuleIndex(memoryFiles(files), [projectFolder]).knownStacks(), []);
  });
});

describe('source bundles', () => {
  const manifest = {
    terraform_source_bundle: 1,
    packages: [
      { source: 'git::https://github.com/acme/infra.git', local: 'infra' },
      { source: 'git::https://example.com/net.git?ref=v2', local: 'net2' },
      { source: 'https://example.com/archive.zip', local: 'archive' },
    ],
    registry: [
      {
        source: 'app.terraform.io/acme/net/aws',
        versions: {
          '1.2.0': { source: 'git::https://example.com/net.git?ref=v1' },
          '2.0.0': { source: 'git::https://example.com/net.git//module?ref=v2' },
        },
      },
    ],
  };
  const folder = path.join(projectFolder, '.terraform', 'modules');
  const read = (text: string) =>
    readSourceBundle(
      projectFolder,
      memoryFiles(new Map([[path.join(folder, 'terraform-sources.json'), text]])),
    );
  const found = (source: string, version?: string): string | undefined => {
    const bundle = read(JSON.stringify(manifest));
    assert.ok(bundle);
    const directory = bundledDirectory(source, version, bundle);
    return directory === undefined ? undefined : relativeName(directory);
  };

  it('lead from an address to a folder', () => {
    assert.equal(found('git::https://github.com/acme/infra.git//vpc'), '.terraform/modules/infra/vpc');
    assert.equal(found('github.com/acme/infra//vpc'), '.terraform/modules/infra/vpc');
    assert.equal(found('github.com/acme/infra'), '.terraform/modules/infra');
    assert.equal(found('https://example.com/archive.zip'), '.terraform/modules/archive');
    assert.equal(found('git::https://example.com/net.git//a?ref=v2'), '.terraform/modules/net2/a');
    assert.equal(found('git::https://example.com/other.git'), undefined);
  });

  it('choose the newest version that fits', () => {
    assert.equal(found('app.terraform.io/acme/net/aws', '>= 1.0'), '.terraform/modules/net2/module');
    assert.equal(found('app.terraform.io/acme/net/aws//sub', '>= 1.0'), '.terraform/modules/net2/module/sub');
    // Version 1.2.0 fits, and its package is not there.
    assert.equal(found('app.terraform.io/acme/net/aws', '~> 1.0'), undefined);
    assert.equal(found('acme/net/aws', '>= 1.0'), undefined);
  });

  it('are nothing where they cannot be read', () => {
    assert.equal(read('{'), undefined);
    assert.deepEqual(read('[]')?.packages.size, 0);
    assert.deepEqual(read('{ "packages": 3, "registry": [null, {}] }')?.registry.size, 0);
  });
});
